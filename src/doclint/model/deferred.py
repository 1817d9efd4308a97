"""Sequences that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    def __iter__(self) -> Iterator[ItemT_co]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == (other._items if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def passing(self) -> tuple[ItemT_co, ...]:
        """Return the items without keeping them: most are asked for once."""
        return self._known if self._known is not None else tuple(self._work_out())
