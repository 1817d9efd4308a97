"""What the plain ones among the links of a page name, told by their destinations alone; pure.

Nearly all links are plain: a relative path to a file, a fragment of the page itself, an address of the web. What such a
link names does not depend on what there is, nor on the host, so it is found out once, kept with the parse, and in each
run only held against what is there, for all links of a page at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import LinkKind
from doclint.resolve import decoded
from doclint.value import Value

if TYPE_CHECKING:
    from doclint.model import Links

# Schemes, queries, escapes, templates, wiki names, and what begins with a sign that some host knows.
_NEEDS_THOUGHT = re.compile(r"[:?{}$<>|\\~@&]|^/|^$")
# An address of no repository on github.com, and without the signs of a template.
_WEB = re.compile(r"https?://(?!(?i:(?:www\.)?github\.com)/)[^{$<]+")


class PlainLinks(Value):
    """What the plain links of a page name, and which links are not plain.

    Attributes:
        files: The files that are named, as paths from the root; whether they are there is not known.
        anchors: A page and a fragment, as written, for each link that has one.
        web: How many links lead to the web.
        others: The numbers of the links that are not plain.
    """

    files: frozenset[str] = frozenset()
    anchors: tuple[tuple[str, str], ...] = ()
    web: int = 0
    others: tuple[int, ...] = ()


def plain_links(path: str, links: Links) -> PlainLinks:
    """Return what the plain links of the page at `path` name."""
    if links.has(LinkKind.WIKI):
        return PlainLinks(others=tuple(range(len(links))))
    files: set[str] = set()
    anchors: set[tuple[str, str]] = set()
    others = []
    web = 0
    for number, destination in enumerate(links.destinations):
        if (plain := named(path, destination)) is not None:
            if plain[0] != path:
                files.add(plain[0])
            if plain[1]:
                anchors.add(plain)
        elif _WEB.fullmatch(destination) is not None:
            web += 1
        else:
            others.append(number)
    return PlainLinks(frozenset(files), tuple(sorted(anchors)), web, tuple(others))


def named(path: str, destination: str) -> tuple[str, str] | None:
    """Return the file and the fragment, "" for none, that a plain destination on the page at `path` names.

    None says that it is not plain, or leads to the web.
    """
    if destination.startswith("#"):
        return path, destination[1:]
    if _NEEDS_THOUGHT.search(destination) is not None:
        return None
    name, _, fragment = destination.partition("#")
    file = below(path.rpartition("/")[0], decoded(name))
    return (file, fragment) if file is not None else None


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
