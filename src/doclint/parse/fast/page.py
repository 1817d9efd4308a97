"""One page through the fast parse: from reader to reader, as `doclint.parse.fast` says."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.model import Links, Parsed
from doclint.model.deferred import Deferred
from doclint.parse.fast.front_matter import front_matter_end
from doclint.parse.fast.records import Above, Notes, UnusualPageError
from doclint.parse.fast.skim import skim
from doclint.parse.fast.skimmed import Skimmed
from doclint.parse.moved import with_plain_lines
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Span
    from doclint.parse.fast.blocks import BlockReader

# A footnote is shown at the end of the page, and its number is told by the order of all of them.
# Searched for from line ends, which the engine finds much faster than beginnings of lines.
_DEFINITION = re.compile(r"\n[ \t>*+\-0-9.)]*+\[(?:[^\[\]\\]|\\.)*+\]:", re.DOTALL)
_FOOTNOTE = re.compile(r"\n[ \t>*+\-0-9.)]*+\[\^[^ \]\n]++\]:")


def parse(text: str, *, whole: bool = True) -> Parsed:
    """Return what the page `text` says, with places in `text`; never raises.

    Code and the shape of the blocks, which few pages are asked for, are read by the reference parser when needed; they
    are left out unless the `whole` parse is wanted.
    """
    by_reference = _ByReference(text)
    try:
        parsed = with_plain_lines(text, _read)
    except UnusualPageError:
        return by_reference.parsed
    if not whole:
        return parsed
    return replace(parsed, code=Deferred(by_reference.code), blocks=Deferred(by_reference.blocks))


class _ByReference:
    """What the reference parser says of a page, once it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def parsed(self) -> Parsed:
        from doclint.parse import reference

        return reference.parse(self._text)

    def code(self) -> Sequence[Span]:
        return self.parsed.code

    def blocks(self) -> Sequence[tuple[str, int, int]]:
        return self.parsed.blocks


def _read(text: str) -> Parsed:
    notes = notes_of(text)
    if not notes.whole and not notes.more:
        return Parsed(Skimmed(notes.records), Links.of_rows(notes.links))
    from doclint.parse.fast.gathering import gather

    parsed = gather(text, notes)
    return parsed if notes.whole else replace(parsed, marks=Skimmed(notes.records))


def notes_of(text: str) -> Notes:
    """Return what both readers note of the page `text`, whose line ends are all LF; raises `UnusualPageError`."""
    if "[^" in text and _FOOTNOTE.search("\n" + text):
        raise UnusualPageError
    page = text if text.endswith("\n") else text + "\n"
    notes = Notes()
    position = front_matter_end(page)
    # Behind this, what the skim could not read is over. With definitions, brackets alone may be a link.
    stop = len(page) if "]:" in page and _DEFINITION.search("\n" + page) else -1
    reader: BlockReader | None = None
    while position < len(page):
        if position > stop and (reader is None or reader.above is Above.OTHER):
            margin, stop = skim(page, position, notes)
            if margin >= len(page):
                break
            if reader is not None and margin > position:
                reader.above = Above.OTHER
            position = margin
        if reader is None:
            from doclint.parse.fast.blocks import BlockReader

            reader = BlockReader(page, notes)
            notes.whole = True
        position = reader.read(position)
    return notes
