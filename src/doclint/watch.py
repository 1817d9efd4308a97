"""How far a long step of a run is, told to whoever wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

T = TypeVar("T")


class Watch(Protocol):
    """Is handed each long step of a run and what the step goes through."""

    def __call__(self, step: str, items: Collection[T]) -> Iterable[T]:
        """Return `items`, one by one and in their order; `step` is a participle such as "reading"."""
        ...


def unwatched(step: str, items: Collection[T]) -> Iterable[T]:  # noqa: ARG001 - nobody wants to know
    """Return `items`; see `Watch`."""
    return items
