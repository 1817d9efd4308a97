"""Sequences that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

ItemT_co = TypeVar("ItemT_co", covariant=True)


class Deferred(Sequence[ItemT_co]):
    """Equals the tuple of what `work_out` returns, and calls it no sooner than that is asked for."""

    __slots__ = ("_known", "_work_out")

    def __init__(self, work_out: Callable[[], Sequence[ItemT_co]]) -> None:
        self._work_out = work_out
        self._known: tuple[ItemT_co, ...] | None = None

    @property
    def _items(self) -> tuple[ItemT_co, ...]:
        if self._known is None:
            self._known = tuple(self._work_out())
        return self._known

    @overload
    def __getitem__(self, index: int) -> ItemT_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ItemT_co, ...]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == (other._items if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return repr(self._items)


Names = dict[str, frozenset[str]]
"""By the name of a host, the names of a page's anchors that a fragment finds which is written like them."""


class Marks(Deferred[ItemT_co]):
    """What may be an anchor of a page, and the names of its anchors, as far as they are known.

    Args:
        work_out: Returns the marks.
        names: Returns the names that are known from before.
    """

    __slots__ = ("_before", "_find_names", "_names")

    def __init__(self, work_out: Callable[[], Sequence[ItemT_co]], names: Callable[[], Names] = dict) -> None:
        super().__init__(work_out)
        self._find_names = names
        self._names: Names | None = None
        self._before = 0

    @property
    def names(self) -> Names:
        """The names, which grow as hosts are asked for them."""
        if self._names is None:
            self._names = self._find_names()
            self._before = len(self._names)
        return self._names

    @property
    def has_news(self) -> bool:
        """Whether names are known that were not known before."""
        return self._names is not None and len(self._names) > self._before

    def passing(self) -> tuple[ItemT_co, ...]:
        """Return the marks without keeping them: most pages are asked for them once, to find the names."""
        return self._known if self._known is not None else tuple(self._work_out())
