"""What may be an anchor of a page that was skimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Mark
from doclint.parse.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.parse.fast.records import Record


class Skimmed(Deferred[Mark]):
    """The marks of a page; gathered from the records of the skim when they are asked for."""

    def __init__(self, records: Sequence[Record]) -> None:
        super().__init__(self._gather)
        self.records = records

    def _gather(self) -> Sequence[Mark]:
        from doclint.parse.fast.gathering import marks_of

        return marks_of(self.records)
