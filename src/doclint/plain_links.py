"""What the plain ones among the links of a folder's pages name, told by their destinations alone; pure.

Nearly all links are plain: a relative path to a file, a fragment of the page itself, an address of the web. What such a
link names does not depend on what there is, nor on the host, and is the same on all pages of a folder. So it is found
out once for each destination, kept with the parses, and in each run only held against what is there.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from doclint.percent import decoded_once
from doclint.value import Value, field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.model import Links

# Schemes, queries, escapes, templates, wiki names, and what begins with a sign that some host knows.
_NEEDS_THOUGHT = re.compile(r"[:?{}$<>|\\~@&]|^//|^$")
# An address that is no file of a repository on github.com, and without the signs of a template.
_WEB = re.compile(r"https?://(?!(?i:(?:www\.)?github\.com/[^/?#]+/[^/?#]+/(?:blob|tree|raw|edit|blame)/))[^{$<]+")


class Named(Value):
    """What some links name.

    Attributes:
        files: Files, as paths from the root; whether they are there is not known.
        anchors: Pages, each with the fragments that links want on it, as they are written.
    """

    files: frozenset[str] = frozenset()
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)


class FolderLinks(Value):
    """What the links of some pages of one folder come to, as far as they are plain, and which destinations are not.

    Attributes:
        count: How many links there are.
        relative: What is named by paths from the folder, and by fragments alone.
        from_folder: How often each of those paths stands there, as it is written.
        rooted: What is named by paths from the root, which on a site start elsewhere.
        from_root: How often each of those stands there, as it is written.
        web: How many links lead to the web.
        others: How often each destination stands there that is not plain.
    """

    count: int = 0
    relative: Named = Named()
    from_folder: dict[str, int] = field(default_factory=dict)
    rooted: Named = Named()
    from_root: dict[str, int] = field(default_factory=dict)
    web: int = 0
    others: dict[str, int] = field(default_factory=dict)


class Name(NamedTuple):
    """What one plain destination names: a file, and a fragment of it, "" for none."""

    file: str
    fragment: str
    rooted: bool = False


def folder_links(folder: str, pages: Iterable[tuple[str, Links]]) -> FolderLinks:
    """Return what the links of pages name, all of which lie right in `folder` and have no wiki links."""
    written: Counter[str] = Counter()
    relative, rooted = _Names(), _Names()
    for path, links in pages:
        written.update(links.destinations)
        own = {destination[1:] for destination in links.destinations if destination[:1] == "#"}
        own.discard("")
        if own:
            relative.anchors[path] = own
    from_folder: dict[str, int] = {}
    from_root: dict[str, int] = {}
    others: dict[str, int] = {}
    web = 0
    for destination, times in written.items():
        if destination[:1] == "#":
            continue
        if (name := meant_by(folder, destination)) is not None:
            if name.rooted:
                names = rooted
                from_root[destination] = times
            else:
                names = relative
                from_folder[destination] = times
            names.files.add(name.file)
            if name.fragment:
                names.anchors.setdefault(name.file, set()).add(name.fragment)
        elif _WEB.fullmatch(destination) is not None:
            web += times
        else:
            others[destination] = times
    return FolderLinks(written.total(), relative.named(), from_folder, rooted.named(), from_root, web, others)


def by_folder(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return pages by the folder in which they lie."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(path.rpartition("/")[0], []).append(path)
    return found


def joined(parts: Iterable[FolderLinks]) -> FolderLinks:
    """Return what the links of several groups of pages of one folder come to."""
    first, *more = parts
    if not more:
        return first
    relative, rooted = _Names(), _Names()
    from_folder: Counter[str] = Counter()
    from_root: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for part in (first, *more):
        relative.take(part.relative)
        rooted.take(part.rooted)
        from_folder.update(part.from_folder)
        from_root.update(part.from_root)
        others.update(part.others)
    count, web = sum(part.count for part in (first, *more)), sum(part.web for part in (first, *more))
    return FolderLinks(count, relative.named(), from_folder, rooted.named(), from_root, web, others)


class _Names:
    def __init__(self) -> None:
        self.files: set[str] = set()
        self.anchors: dict[str, set[str]] = {}

    def take(self, named: Named) -> None:
        self.files |= named.files
        for page, fragments in named.anchors.items():
            self.anchors.setdefault(page, set()).update(fragments)

    def named(self) -> Named:
        return Named(frozenset(self.files), {page: frozenset(found) for page, found in self.anchors.items()})


def meant_by(folder: str, destination: str) -> Name | None:
    """Return what a plain destination on the pages of `folder` names; None for one that is not, or is of the web.

    A fragment alone is not plain here: it names the page that it stands on.

    >>> meant_by("docs", "../b.md#c")
    Name(file='b.md', fragment='c', rooted=False)
    """
    if _NEEDS_THOUGHT.search(destination) is not None:
        return None
    name, _, fragment = destination.partition("#")
    if "%" in name:
        name = decoded_once(name)
    rooted = name[:1] == "/"
    file = below("" if rooted else folder, name[1:] if rooted else name)
    return Name(file, fragment, rooted) if file else None


def below(folder: str, name: str) -> str | None:
    """Return the file that a relative path in `folder` names, as a path from the root; None where that takes thought.

    >>> below("docs/api", "../guide.md"), below("docs", "../../guide.md"), below("", "docs/")
    ('docs/guide.md', None, None)
    """
    while name.startswith("../"):
        if not folder:
            return None
        name, folder = name[3:], folder.rpartition("/")[0]
    name = name.removeprefix("./")
    file = f"{folder}/{name}" if folder else name
    if "./" in file or "//" in file or file.endswith(("/", ".")):
        return None
    return file
