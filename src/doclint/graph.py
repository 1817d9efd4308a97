"""`RepoIndex` to `Graph`: which of the pages that were looked at links to which page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.formats import format_of
from doclint.lines import DiskMap
from doclint.model import Graph, InRepo, Page, Reference, Repaired
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doclint.index import RepoIndex


def graph(pages: Sequence[Page], index: RepoIndex) -> Graph:
    """Return the links of `pages` to other pages.

    A link to a file that is there and no page, such as an image, is left out; so is one within its page.
    """
    references = tuple(reference for page in pages for reference in _references(page, index))
    return Graph(tuple(sorted(page.path for page in pages)), references)


def _references(page: Page, index: RepoIndex) -> Iterator[Reference]:
    disk = DiskMap(page.content.edits if isinstance(page.content, Repaired) else ())
    for link in page.parsed.links:
        target = index.target(page, link)
        path = _named(target, index) if isinstance(target, InRepo) else None
        if path is not None and path != page.path:
            yield Reference(page.path, path, disk.on_disk(link.destination_span))


def _named(target: InRepo, index: RepoIndex) -> str | None:
    """Return the page that a link means, there or not; None where it means a file that is no page."""
    found = index.look_up(target)
    match found.standing:
        case Standing.FOLDER:
            return index.tree.readmes.get(found.path)
        case Standing.FILE | Standing.WRONG_CASE:
            return found.path if format_of(found.path) is not None else None
        case Standing.NOT_JUDGED:
            return None
        case _:
            return target.path
