"""A destination to what it means; pure, and without a look at what exists.

On a site that is built of pages a path may mean several files: `InRepo.others` lists them, `sites.py` says which. For
all other hosts the rules are those of github.com's file view (GitHub documentation, "About READMEs", "Relative
links"; RFC 3986 for the rest): a path starts from the page's folder or, with a slash, from the repository's root; `.`
and `..` are resolved as text; percent-encoding is decoded once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.areas import Area
from doclint.formats import format_of
from doclint.model import Empty, InRepo, Other, Outside, SamePage, Target, Web
from doclint.percent import decoded_once
from doclint.sites import PATHS_OF_FORMAT
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.sites import Paths

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# As text: `re` makes patterns of them where they are first used, and many runs need none.
_OWN_URL = (
    r"(?i)(?:https?:)?//(?:www\.)?github\.com/([^/?#]+)/([^/?#]+)/(?:blob|tree|raw|edit|blame)/([^/?#]+)(?:/([^?#]*))?"
)
# Liquid, Jinja, Hugo's shortcodes and the like: the destination is not known before the build.
_TEMPLATE = r"\{\{|\{%|\$\{|<%"
_FILE_VIEWS = frozenset({"blob", "tree", "raw", "edit", "blame"})
# A page is at /OWNER/REPOSITORY/blob/REF/PATH: two steps above the root are the repository's own pages on the site.
_SITE_PAGES = frozenset(
    {
        "actions", "activity", "archive", "blob", "branches", "commit", "commits", "community", "compare",
        "contributors", "deployments", "discussions", "edit", "fork", "forks", "generate", "graphs",
        "issues", "labels", "milestone", "milestones", "network", "new", "packages", "projects", "pull",
        "pulls", "pulse", "releases", "search", "security", "settings", "stargazers", "subscription",
        "tags", "tree", "watchers", "wiki",
    }
)  # fmt: skip


class Site(Value):
    """The repository on github.com; its names are lower-cased, `branch` is the one that the site shows first."""

    owner: str
    repository: str
    branch: str | None


def resolve(page: str, destination: str, site: Site | None = None, area: Area | None = None) -> Target:
    """Return what `destination`, as Markdown understands it, means on `page`, which is in `area`.

    >>> resolve("docs/a.md", "../img/b%20c.png#x")
    InRepo(path='img/b c.png', fragment='x', folder=False, others=(), judged=True, any_case=False)
    """
    if not destination:
        return Empty()
    if destination.startswith("#"):
        return SamePage(destination[1:])
    paths = (area.paths or PATHS_OF_FORMAT.get(format_of(page))) if area is not None else None
    if paths is not None and re.search(_TEMPLATE, destination):
        return Other("template")
    if destination.startswith("//") or _SCHEME.match(destination):
        return _url(destination, site)
    path, mark, fragment = destination.partition("#")
    path = path.partition("?")[0]
    if not path:
        return SamePage(fragment)
    if area is not None and paths is not None:
        name = decoded_once(path).replace("\\", "/") if paths.windows else decoded_once(path)
        if paths.beyond and name.startswith("/"):
            return Web(destination)
        return _on_site(page, name, fragment if mark else None, area, paths)
    return _in_tree(page, decoded_once(path), fragment if mark else None, site)


def _on_site(page: str, path: str, fragment: str | None, area: Area, paths: Paths) -> Target:
    """Resolve a decoded path on a page of a site: what it names as a file, and what else may be meant."""
    rooted, bare = unrooted(path, paths)
    starts = starts_of(page, area, rooted=bool(rooted))
    first, above = normalised(f"{starts[0]}/{bare}")
    ends_in_folder = path.rpartition("/")[2] in ("", ".", "..")
    is_html = path.endswith((".html", ".htm")) and not paths.html_files
    is_address = ends_in_folder or is_html or "." not in bare.rpartition("/")[2]
    leaves = above > 0 or not Area(area.root, area.flavour).holds(first)
    # A bare word may be the name of something on another page.
    judged = (paths.rooted or rooted == paths.marker) if rooted else not (paths.names and "/" not in path)
    if is_address:
        judged = judged and paths.addresses and not leaves
    if area.build is not None and judged and not above:
        judged = not area.build.adds(first)
    outside = "/".join([".."] * above + [first])
    if above and judged:
        return Outside(outside)
    others = [name for start in starts if (name := normalised(f"{start}/{bare}")) and not name[1]]
    as_folder = ends_in_folder and not paths.folders
    candidates = [form for name, _ in others for form in (indexes(name, paths) if as_folder else forms(name, paths))]
    return InRepo(outside, fragment, ends_in_folder, tuple(dict.fromkeys(candidates)), judged, paths.windows)


def unrooted(path: str, paths: Paths | None) -> tuple[str, str]:
    """Return what makes a decoded path start in the site's folder, "" where it does not, and the rest of the path."""
    if paths is not None and paths.marker and path.startswith(paths.marker):
        return paths.marker, path.removeprefix(paths.marker).lstrip("/")
    return ("/", path.lstrip("/")) if path.startswith("/") else ("", path)


def starts_of(page: str, area: Area, *, rooted: bool) -> list[str]:
    """Return the folders in which a path on a page of `area` may start, likeliest first.

    For a path that is not rooted, the first is the page's folder; the second lies behind the page's own address,
    `guide/` for `guide.md`, as a browser sees it; the others are folders of the site.
    """
    here, paths = page.rpartition("/")[0], area.paths
    if paths is None:
        return ["" if rooted else here]
    if rooted:
        static = (normalised(f"{area.root}/{folder}") for folder in paths.static)
        pages = (area.folder,) if paths.from_root else ()
        return [*dict.fromkeys((area.root, *pages, *(folder for folder, above in static if not above)))]
    return [
        here,
        *((page.rpartition(".")[0],) if paths.behind else ()),
        *((area.root, area.folder) if paths.from_root else ()),
    ]


def forms(path: str, paths: Paths) -> Iterator[str]:
    """Yield the files that a path without `..` may stand for on a site."""
    yield path
    stem = path.removesuffix(".html").removesuffix(".htm")
    yield from (f"{stem}{ending}" for ending in paths.endings)
    yield from indexes("" if stem == "index" else stem.removesuffix("/index"), paths)
    yield f"{stem}.html"


def indexes(folder: str, paths: Paths) -> Iterator[str]:
    """Yield the pages that may stand for a folder on a site."""
    yield from (f"{folder}/{index}" if folder else index for index in (*paths.indexes, "index.html"))


def normalised(path: str) -> tuple[str, int]:
    """Return a path with `.` and `..` resolved, and how many steps it leaves the root by."""
    parts: list[str] = []
    above = 0
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            above += 1
    return "/".join(parts), above


def _url(destination: str, site: Site | None) -> Target:
    scheme = _SCHEME.match(destination)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        return Other(scheme[1].lower())
    own = re.match(_OWN_URL, destination) if site is not None else None
    if own is None or site is None or (own[1].lower(), own[2].lower()) != (site.owner, site.repository):
        return Web(destination)
    if own[3] not in ("HEAD", site.branch):
        return Web(destination)
    _, mark, fragment = destination.partition("#")
    return _in_tree("", "/" + decoded_once(own[4] or ""), fragment if mark else None, site)


def _in_tree(page: str, path: str, fragment: str | None, site: Site | None) -> Target:
    """Resolve a decoded path that starts at the root, with a slash, or in the page's folder."""
    folder = "" if path.startswith("/") else page.rpartition("/")[0]
    name, above = normalised(f"{folder}/{path}")
    ends_in_folder = path.rpartition("/")[2] in ("", ".", "..")
    if above == 0:
        return InRepo(name, fragment, ends_in_folder)
    return _above_root(above, name.split("/") if name else [], fragment, ends_in_folder, site)


def _above_root(above: int, parts: list[str], fragment: str | None, folder: bool, site: Site | None) -> Target:
    """Resolve a path that leaves the root by `above` steps: to the site's own pages, or out of the repository."""
    branch = site.branch if site else None
    match above, parts:
        case 1, [ref, *rest] if ref in ("HEAD", branch):
            return InRepo("/".join(rest), fragment, folder)
        case 2, [view, ref, *rest] if view in _FILE_VIEWS and ref in ("HEAD", branch):
            return InRepo("/".join(rest), fragment, folder)
        case 2, []:
            return Web("/".join([".."] * above))
        case 2, [view, *_] if view in _SITE_PAGES:
            return Web("/".join([".."] * above + parts))
        case _:
            return Outside("/".join([".."] * above + parts))
