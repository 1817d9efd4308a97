"""Where a match lies: what several rules about characters need."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import quote

from doclint.destinations import path_parts, renamed, respelled, with_path
from doclint.lines import DiskMap
from doclint.model import Edit, InRepo, LinkKind, Repaired, Web
from doclint.relink import readdressed
from doclint.resolve import resolve
from doclint.style import spellings, style_of
from doclint.tree import Standing

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from doclint.index import RepoIndex
    from doclint.model import Link, Page, Span, Target


def outside_code(matches: Iterable[re.Match[str]], code: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code; `code` is sorted, and not looked at unless something matches."""
    starts: list[int] | None = None
    for match in matches:
        if starts is None:
            starts = [span.start for span in code]
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.start() >= code[index].end:
            yield match


def under_repair(page: Page, span: Span) -> bool:
    """Tell whether what stands at `span` of the repaired text is written otherwise on the disk."""
    match page.content:
        case Repaired(source, text) as content:
            return DiskMap(content.edits).on_disk(span).of(source.text) != span.of(text)
        case _:
            return False


def links_that_break(page: Page, repo: RepoIndex) -> list[Span]:
    """Return where the destinations on the disk are that lead to a file and, once repaired, would lead to none."""
    before, after = page.as_on_disk, page.parsed
    if before is None or len(before.links) != len(after.links):
        return []
    return [
        old.destination_span
        for old, new in zip(before.links, after.links, strict=True)
        if old.destination != new.destination
        and _is_there(repo, repo.target(page, old))
        and not _is_there(repo, repo.target(page, new))
    ]


def _is_there(repo: RepoIndex, target: Target) -> bool:
    return isinstance(target, InRepo) and repo.look_up(target).standing in (Standing.FILE, Standing.FOLDER)


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
            if isinstance(there, InRepo) and repo.look_up(there).path == path and _is_there(repo, there):
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


def is_named(path: str, repo: RepoIndex, mentions: Collection[str]) -> bool:
    """Tell whether `mentions` hold the name of a file; where several files have it, together with its folder."""
    folder, _, name = path.lower().rpartition("/")
    if len(repo.tree.by_basename.get(name, ())) < 2 or not folder:
        return name in mentions
    return f"{folder.rpartition('/')[2]}/{name}" in mentions


class DamageMap:
    """Where another rule reports damage, for places in the repaired text."""

    def __init__(self, content: Repaired) -> None:
        self._disk = DiskMap(content.edits)
        self._spans = [damage.span for damage in content.damages]
        self._starts = [span.start for span in self._spans]

    def holds(self, span: Span) -> bool:
        """Tell whether `span` touches damage."""
        if not self._spans:
            return False
        place = self._disk.on_disk(span)
        # Damages are sorted and do not overlap: only the last that begins in front of the place's end can touch it.
        index = bisect_right(self._starts, max(place.start, place.end - 1)) - 1
        return index >= 0 and self._spans[index].overlaps(place)
