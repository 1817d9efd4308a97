"""How a link is written that is to lead elsewhere; loaded where one is wrong, which in most runs none is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from doclint.destinations import path_parts, renamed, respelled, with_path
from doclint.model import Edit, InRepo, LinkKind, Web
from doclint.relink import readdressed
from doclint.resolve import resolve
from doclint.rules.places import is_there
from doclint.style import spellings, style_of

if TYPE_CHECKING:
    from doclint.index import RepoIndex
    from doclint.model import Link, Page


def edit_to(page: Page, link: Link, target: InRepo, path: str, repo: RepoIndex) -> tuple[str, Edit | None]:
    """Return how `path` is named on a page, and the edit that lets `link`, which means `target`, name it.

    On a site the link stays an address if it is one; without an edit, nothing that is written so leads to `path`. What
    a wiki link says is its author's own wording, which is left to them.
    """
    if link.kind is LinkKind.WIKI:
        return path, None
    written = repo.written(page, link)
    if isinstance(resolve("", link.destination), Web):
        text = readdressed(written, link.destination, target.path, path)
        return path, None if text is None else Edit(link.destination_span, text)
    if repo.areas.of(page.path).paths is not None:
        return _edit_on_site(page, link, target, path, repo)
    name = renamed(link.destination, page.path, path, folder=target.folder and path in repo.tree.folders)
    return name, Edit(link.destination_span, with_path(written, name))


def _edit_on_site(page: Page, link: Link, target: InRepo, path: str, repo: RepoIndex) -> tuple[str, Edit | None]:
    area = repo.areas.of(page.path)
    written, html = repo.written(page, link), link.kind is LinkKind.HTML
    parts = path_parts(written, link.destination, html=html)
    for other in _namesakes(target, path, repo):
        style = style_of(page.path, parts, other, area) if parts is not None else None
        for names in spellings(style, page.path, path, area) if style is not None else ():
            place, text = respelled(written, names, html=html, angled=False)
            there = resolve(page.path, "/".join(map(quote, names)), repo.site, area)
            if isinstance(there, InRepo) and repo.look_up(there).path == path and is_there(repo, there):
                return "/".join(names), Edit(place.shifted(link.destination_span.start), text)
    return path, None


def _namesakes(target: InRepo, path: str, repo: RepoIndex) -> list[str]:
    """Return what `target` may have been the name of when `path` is meant, likeliest first: files of the same kind."""
    others = [other for other in dict.fromkeys((target.path, *target.others)) if _ending(other) == _ending(path)]
    if twins := [other for other in others if path in repo.tree.twins(other)]:
        return twins
    return sorted(others, key=repo.history.left, reverse=True)


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
