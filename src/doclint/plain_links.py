"""What the plain ones among the links of a page name, told by their destinations alone; pure.

Nearly all links are plain: a relative path to a file, a fragment of the page itself, an address of the web. What such a
link names does not depend on what there is, nor on the host, so it is found out once, kept with the parse, and in each
run only held against what is there, for all links of a page at once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from doclint.model import LinkKind
from doclint.percent import decoded_once
from doclint.value import Value

if TYPE_CHECKING:
    from doclint.model import Links

# Schemes, queries, escapes, templates, wiki names, and what begins with a sign that some host knows.
_NEEDS_THOUGHT = re.compile(r"[:?{}$<>|\\~@&]|^//|^$")
# An address of no repository on github.com, and without the signs of a template.
_WEB = re.compile(r"https?://(?!(?i:(?:www\.)?github\.com)/)[^{$<]+")


class Named(Value):
    """What some links name.

    Attributes:
        files: Files, as paths from the root; whether they are there is not known.
        anchors: Pages, each with the fragments that links want on it, as they are written.
    """

    files: frozenset[str] = frozenset()
    anchors: tuple[tuple[str, frozenset[str]], ...] = ()


class PlainLinks(Value):
    """What the plain links of a page name, and which links are not plain.

    Attributes:
        relative: What is named by paths from the page's folder, and by fragments alone.
        rooted: What is named by paths from the root, which on a site start elsewhere.
        web: How many links lead to the web.
        others: The numbers of the links that are not plain.
    """

    relative: Named = Named()
    rooted: Named = Named()
    web: int = 0
    others: tuple[int, ...] = ()


class Name(NamedTuple):
    """What one plain destination names: a file, and a fragment of it, "" for none."""

    file: str
    fragment: str
    rooted: bool = False


def plain_links(path: str, links: Links) -> PlainLinks:
    """Return what the plain links of the page at `path` name."""
    if links.has(LinkKind.WIKI):
        return PlainLinks(others=tuple(range(len(links))))
    relative, rooted = _Names(), _Names()
    others = []
    web = 0
    for number, destination in enumerate(links.destinations):
        if (name := named(path, destination)) is not None:
            names = rooted if name.rooted else relative
            # By its own name, too, a page is there only if git has it.
            if not destination.startswith("#"):
                names.files.add(name.file)
            if name.fragment:
                names.anchors.setdefault(name.file, set()).add(name.fragment)
        elif _WEB.fullmatch(destination) is not None:
            web += 1
        else:
            others.append(number)
    return PlainLinks(relative.named(), rooted.named(), web, tuple(others))


class _Names:
    def __init__(self) -> None:
        self.files: set[str] = set()
        self.anchors: dict[str, set[str]] = {}

    def named(self) -> Named:
        anchors = tuple((page, frozenset(fragments)) for page, fragments in self.anchors.items())
        return Named(frozenset(self.files), anchors)


def named(path: str, destination: str) -> Name | None:
    """Return what a plain destination on the page at `path` names; None says that it is not plain, or of the web.

    >>> named("docs/a.md", "../b.md#c")
    Name(file='b.md', fragment='c', rooted=False)
    """
    if destination.startswith("#"):
        return Name(path, destination[1:])
    return _named_in(path.rpartition("/")[0], destination)


@lru_cache(maxsize=1 << 14)
def _named_in(folder: str, destination: str) -> Name | None:
    """Return what a destination names on all pages of a folder, many of which lead to the same."""
    if _NEEDS_THOUGHT.search(destination) is not None:
        return None
    name, _, fragment = destination.partition("#")
    name = decoded_once(name)
    rooted = name.startswith("/")
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
