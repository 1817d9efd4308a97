"""Which pages have a link to what; pure.

Kept page by page, so that a page which is read anew costs no look at the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from doclint.model import Page

Lead = tuple[int, str, str]
"""One link: its number among the links of its page, the file that it leads to, and its fragment, "" for none."""


class LinksIn:
    """The links of some pages, found by what they lead to; it never changes."""

    def __init__(self) -> None:
        self._by_page: dict[str, tuple[Lead, ...]] = {}
        self._pages: dict[str, list[str]] = {}

    def to(self, path: str) -> Iterator[tuple[str, int, str]]:
        """Yield the links to a file: the page of each, its number there, its fragment."""
        for page in self._pages.get(path, ()):
            for number, target, fragment in self._by_page[page]:
                if target == path:
                    yield page, number, fragment

    def revised(self, pages: Iterable[Page], leads: Callable[[Page], Iterable[Lead]]) -> LinksIn:
        """Return the same once `pages` have taken the places of those with their paths; the rest is shared.

        Args:
            pages: The pages that are new, or other ones than before.
            leads: A page to those of its links that count.
        """
        other = LinksIn()
        other._by_page, other._pages = dict(self._by_page), dict(self._pages)
        own: set[str] = set()
        for page in pages:
            before, after = other._by_page.get(page.path, ()), tuple(leads(page))
            if before == after:
                continue
            other._by_page[page.path] = after
            old, new = _targets(before), _targets(after)
            for target in (*(old.keys() - new.keys()), *(name for name in new if name not in old)):
                if target not in own:
                    other._pages[target] = list(other._pages.get(target, ()))
                    own.add(target)
                if target in new:
                    other._pages[target].append(page.path)
                else:
                    other._pages[target].remove(page.path)
        return other


def _targets(leads: Iterable[Lead]) -> dict[str, None]:
    return dict.fromkeys(target for _, target, _ in leads)
