"""What may be an anchor of a page that was skimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Mark
from doclint.model.deferred import Deferred
from doclint.parse.fast.headings import NAMED_WORDS, heading_of, named_words
from doclint.parse.fast.records import RawHtml, Title, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.parse.fast.records import Record


class Skimmed(Deferred[Mark]):
    """The marks of a page, made of the records of the skim when they are asked for."""

    __slots__ = ("records",)

    def __init__(self, records: Sequence[Record]) -> None:
        super().__init__(self._gather)
        self.records = records

    def _gather(self) -> Sequence[Mark]:
        marks: list[Mark] = []
        for record in self.records:
            if type(record) is Words:
                marks.append(heading_of(record))
            elif type(record) is Title and (plain := NAMED_WORDS.fullmatch(record.text)) is not None:
                marks += named_words(record, plain)
            else:
                from doclint.parse.fast.gathering import marks_of  # here, because few pages need it

                if type(record) is RawHtml:
                    # It may tie headings together.
                    return marks_of(self.records)
                marks += marks_of((record,))
        return marks
