"""A sequence that is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

ItemT_co = TypeVar("ItemT_co", covariant=True)


class Deferred(Sequence[ItemT_co]):
    """Equals the tuple of what `work_out` returns, and calls it no sooner than that is asked for."""

    def __init__(self, work_out: Callable[[], Sequence[ItemT_co]]) -> None:
        self._work_out = work_out

    @cached_property
    def _items(self) -> tuple[ItemT_co, ...]:
        return tuple(self._work_out())

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


class Marks(Deferred[ItemT_co]):
    """What may be an anchor of a page; and, by the name of a host, the names of its anchors, as far as they are known.

    Args:
        work_out: Returns the marks.
        names: Returns the names that are known from before.
    """

    def __init__(
        self, work_out: Callable[[], Sequence[ItemT_co]], names: Callable[[], dict[str, frozenset[str]]] = dict
    ) -> None:
        super().__init__(work_out)
        self._known = names

    @property
    def asked(self) -> bool:
        """Whether the names were asked for."""
        return "names" in vars(self)

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """For each host that was asked, the names that a fragment finds which is written like them."""
        return self._known()
