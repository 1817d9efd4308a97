"""What may be an anchor of a page that was skimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Mark
from doclint.model.deferred import Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.parse.fast.records import Record


class Skimmed(Marks[Mark]):
    """The marks of a page; gathered from the records of the skim when they are asked for."""

    __slots__ = ("records",)

    def __init__(self, records: Sequence[Record], names: Callable[[], dict[str, frozenset[str]]] = dict) -> None:
        super().__init__(self._gather, names)
        self.records = records

    def _gather(self) -> Sequence[Mark]:
        from doclint.parse.fast.gathering import marks_of

        return marks_of(self.records)
