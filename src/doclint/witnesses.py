"""Which codecs were at work in a repository, as its pages bear witness, and what that says of pages that quote damage.

Mojibake inside code may be an example. Where the prose of other pages was damaged by the same codec it is none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.model import Repaired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from doclint.model import Page, Source

    Reader = Callable[[Source, frozenset[str]], Page]

_ENOUGH = 2
"""So many pages whose prose a codec has damaged bear witness that it was at work in the repository."""


class Witnesses:
    """What the pages of a repository bear witness to.

    Args:
        read: A page, and the codecs that were at work beside it, to the page read in that light.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._damaged_by: defaultdict[str, set[str]] = defaultdict(set)
        self._quoting: set[str] = set()
        self._known: dict[str, tuple[Page, frozenset[str], Page]] = {}

    @property
    def quoting(self) -> list[str]:
        """The pages that quote damage, sorted: what they say depends on all others."""
        return sorted(self._quoting)

    def hear(self, pages: Iterable[Page]) -> None:
        """Take in what pages say; what they said before holds as well."""
        for page in pages:
            if isinstance(page.content, Repaired):
                for damage in page.content.damages:
                    for codec in damage.codecs:
                        self._damaged_by[codec].add(page.path)
                if page.content.quoted:
                    self._quoting.add(page.path)

    def forget(self, path: str) -> None:
        """Take back what a page has said."""
        self._quoting.discard(path)
        for damaged in self._damaged_by.values():
            damaged.discard(path)

    def damage(self, path: str) -> list[str]:
        """Return the codecs that are known to have damaged a page."""
        return [codec for codec, damaged in self._damaged_by.items() if path in damaged]

    def renamed(self, where: Callable[[str], str], read: Reader) -> Witnesses:
        """Return the same once every page is where `where` says."""
        other = Witnesses(read)
        other._damaged_by.update({codec: set(map(where, paths)) for codec, paths in self._damaged_by.items()})
        return other

    def judged(self, page: Page) -> Page:
        """Return a page with what it quotes repaired, where enough others bear witness that it is no quotation."""
        if not isinstance(page.content, Repaired) or not page.content.quoted:
            return page
        others = ((codec, damaged - {page.path}) for codec, damaged in self._damaged_by.items())
        at_work = frozenset(codec for codec, damaged in others if len(damaged) >= _ENOUGH)
        if not page.content.quoted & at_work:
            return page
        known = self._known.get(page.path)
        if known is None or known[0] is not page or known[1] != at_work:
            known = (page, at_work, self._read(page.content.source, at_work))
            self._known[page.path] = known
        return known[2]
