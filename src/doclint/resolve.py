"""A destination to what it means; pure, and without a look at what exists.

The rules are those of github.com's file view (GitHub documentation, "About READMEs", "Relative links"; RFC 3986 for the
rest): a path starts from the page's folder or, with a slash, from the repository's root; `.` and `..` are resolved as
text; percent-encoding is decoded once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from doclint.model import Empty, InRepo, Other, Outside, SamePage, Target, Web

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_OWN_URL = re.compile(
    r"(?i)(?:https?:)?//(?:www\.)?github\.com/([^/?#]+)/([^/?#]+)/(?:blob|tree|raw|edit|blame)/([^/?#]+)(?:/([^?#]*))?"
)
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


@dataclass(frozen=True, slots=True)
class Site:
    """The repository on github.com; its names are lower-cased, `branch` is the one that the site shows first."""

    owner: str
    repository: str
    branch: str | None


def resolve(page: str, destination: str, site: Site | None = None) -> Target:
    """Return what `destination`, as Markdown understands it, means on `page`.

    >>> resolve("docs/a.md", "../img/b%20c.png#x")
    InRepo(path='img/b c.png', fragment='x', folder=False)
    """
    if not destination:
        return Empty()
    if destination.startswith("#"):
        return SamePage(destination[1:])
    if destination.startswith("//") or _SCHEME.match(destination):
        return _url(destination, site)
    path, mark, fragment = destination.partition("#")
    path = path.partition("?")[0]
    if not path:
        return SamePage(fragment)
    return _in_tree(page, _decoded(path), fragment if mark else None, site)


def _url(destination: str, site: Site | None) -> Target:
    scheme = _SCHEME.match(destination)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        return Other(scheme[1].lower())
    own = _OWN_URL.match(destination)
    if own is None or site is None or (own[1].lower(), own[2].lower()) != (site.owner, site.repository):
        return Web(destination)
    if own[3] not in ("HEAD", site.branch):
        return Web(destination)
    _, mark, fragment = destination.partition("#")
    return _in_tree("", "/" + _decoded(own[4] or ""), fragment if mark else None, site)


def _in_tree(page: str, path: str, fragment: str | None, site: Site | None) -> Target:
    """Resolve a decoded path that starts at the root, with a slash, or in the page's folder."""
    folder = "" if path.startswith("/") else page.rpartition("/")[0]
    parts: list[str] = []
    above = 0
    for part in (*folder.split("/"), *path.split("/")):
        if part in ("", "."):
            continue
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            above += 1
    ends_in_folder = path.rpartition("/")[2] in ("", ".", "..")
    if above == 0:
        return InRepo("/".join(parts), fragment, ends_in_folder)
    return _above_root(above, parts, fragment, ends_in_folder, site)


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


def _decoded(path: str) -> str:
    # Bytes that are not UTF-8 become what `os.fsdecode` makes of them in a file's name.
    return unquote(path, errors="surrogateescape") if "%" in path else path
