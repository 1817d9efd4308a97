"""The fast parse: ordinary Markdown by patterns, all else by the reference parser; both say the same of every page.

`lines.py` is the grammar of lines, `blocks.py` reads blocks with it, `inlines.py` reads what stands inside them. A
block of the page in which anything is unusual goes to the reference parser as a whole (`fallback.py`), a content with
something unusual alone, and a page whose parts depend on each other (footnotes, a heading in raw HTML that is left
open) altogether. Definitions hold for the whole page, so contents are read when all blocks are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from doclint.parse.deferred import Deferred
from doclint.parse.fast.front_matter import front_matter_end
from doclint.parse.fast.gathering import UnusualPageError, gather
from doclint.parse.fast.records import Above, Notes
from doclint.parse.fast.skim import skim
from doclint.parse.moved import with_plain_lines
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.model import Parsed
    from doclint.parse.fast.blocks import BlockReader

# A footnote is shown at the end of the page, and its number is told by the order of all of them.
_DEFINITION = re.compile(r"^[ \t>*+\-0-9.)]*+\[(?:[^\[\]\\]|\\.)*+\]:", re.MULTILINE | re.DOTALL)
_FOOTNOTE = re.compile(r"^[ \t>*+\-0-9.)]*+\[\^[^ \]\n]++\]:", re.MULTILINE)


def parse(text: str) -> Parsed:
    """Return what the page `text` says, with places in `text`; never raises.

    Code and the shape of the blocks, which few pages are asked for, are read by the reference parser when needed.
    """

    @cache
    def by_reference() -> Parsed:
        from doclint.parse import reference

        return reference.parse(text)

    try:
        parsed = with_plain_lines(text, _read)
    except UnusualPageError:
        return by_reference()
    return replace(parsed, code=Deferred(lambda: by_reference().code), blocks=Deferred(lambda: by_reference().blocks))


def _read(text: str) -> Parsed:
    return gather(text, notes_of(text))


def notes_of(text: str) -> Notes:
    """Return what both readers note of the page `text`, whose line ends are all LF; raises `UnusualPageError`."""
    if "[^" in text and _FOOTNOTE.search(text):
        raise UnusualPageError
    page = text if text.endswith("\n") else text + "\n"
    notes = Notes()
    position = front_matter_end(page)
    # Behind this, what the skim could not read is over. With definitions, brackets alone may be a link.
    stop = len(page) if "]:" in page and _DEFINITION.search(page) else -1
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
