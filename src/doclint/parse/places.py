"""Where the content of a Markdown block lies in the page.

markdown-it-py gives an inline parser the text of a block with indentation, quote marks and the like cut off. Each
line of that content is still the end of a line of the page (but for trailing white space), which is all that is
needed to take a place in the content back to the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from doclint.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PIPE = re.compile(r"\|")


def united(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans that cover the same, sorted and apart from each other."""
    last: Span | None = None
    for span in sorted(spans):
        if last is None:
            last = span
        elif span.start <= last.end:
            last = Span(last.start, max(last.end, span.end))
        else:
            yield last
            last = span
    if last is not None:
        yield last


class CodeMap:
    """Where a page's code is: `spans` are sorted and apart from each other."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def holds(self, offset: int) -> bool:
        """Tell whether the character at `offset` is code."""
        number = bisect_right(self._starts, offset) - 1
        return number >= 0 and offset < self._spans[number].end


class Content:
    r"""The content of a block and where each of its lines lies in the page.

    A table cell writes `\|` for `|`; `dropped` lists the offsets in the content before which a backslash was cut.
    """

    def __init__(self, text: str, line_offsets: list[int], page_offsets: list[int], dropped: list[int]) -> None:
        self.text = text
        self._line_offsets = line_offsets
        self._page_offsets = page_offsets
        self._dropped = dropped

    def place(self, span: Span) -> Span:
        """Return the place in the page of a stretch of the content."""
        start = self._offset(span.start)
        if span.end <= span.start:
            return Span(start, start)
        # The last character's place, not the next one's: that may stand on the next line, behind a quote mark.
        return Span(start, self._offset(span.end - 1) + 1)

    def between(self, start: int, end: int) -> Span:
        """Return the place in the page of the content from `start` to `end`."""
        return self.place(Span(start, end))

    def _offset(self, offset: int) -> int:
        line = bisect_right(self._line_offsets, offset) - 1
        moved = offset - self._line_offsets[line] + bisect_right(self._dropped, offset)
        return max(0, self._page_offsets[line] + moved)


class PageLines:
    """The lines of a page whose line ends are all LF."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of the lines from `first` (from 0) up to, not including, `last`."""
        end = self.starts[min(last, len(self.starts) - 1)]
        return Span(self.starts[min(first, len(self.starts) - 1)], min(end, len(self.text)))

    def number(self, offset: int) -> int:
        """Return the number (from 0) of the line that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1

    def line(self, number: int) -> str:
        """Return line `number` (from 0) without its line end."""
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    def block(self, content: str, first: int) -> Content:
        """Place the content of a paragraph, a setext heading or an HTML block that begins on line `first`."""
        line_offsets, page_offsets = [], []
        offset = 0
        # Lines of no-break spaces and the like are trimmed off, though they are not blank in Markdown.
        beginning = content.partition("\n")[0].strip()
        while beginning not in self.line(first) and first + 2 < len(self.starts):
            first += 1
        for number, line in enumerate(content.split("\n"), first):
            line_offsets.append(offset)
            page_offsets.append(self._suffix(line, number))
            offset += len(line) + 1
        return Content(content, line_offsets, page_offsets, [])

    def heading(self, content: str, number: int, level: int) -> Content:
        """Place the content of an ATX heading of `level` on line `number`."""
        line = self.line(number)
        marker = line.find("#" * level)
        found = line.find(content, marker + level)
        return Content(content, [0], [self.starts[number] + max(found, 0)], [])

    def cells(self, row_start: int, number: int) -> list[Span]:
        r"""Return the cells of the table row that begins at offset `row_start` on line `number`; `\|` is no pipe."""
        row = Span(row_start, self.starts[number + 1] - 1).of(self.text).rstrip()
        pipes = [match.start() for match in _PIPE.finditer(row) if row[match.start() - 1 : match.start()] != "\\"]
        edges = [-1, *pipes, len(row)]
        cells = [Span(row_start + left + 1, row_start + right) for left, right in pairwise(edges)]
        return cells[1:] if row.startswith("|") else cells

    def cell(self, content: str, cell: Span) -> Content:
        """Place the content of a table cell that lies in `cell`."""
        raw = cell.of(self.text).rstrip()
        dropped = []
        position = len(raw)
        for offset in range(len(content) - 1, -1, -1):
            position -= 1
            if content[offset] == "|" and raw[position - 1 : position] == "\\":
                position -= 1
                dropped.append(offset)
        # A backslash before content[k] moves content[k] itself and all behind it.
        return Content(content, [0], [cell.start + position], sorted(dropped))

    def _suffix(self, line: str, number: int) -> int:
        """Return where `line`, an end of line `number` of the page but for white space, begins in the page."""
        if number >= len(self.starts) - 1:
            return len(self.text)
        start = self.starts[number]
        there = self.line(number)
        found = there.rfind(line)
        if found >= 0:
            return start + found
        # A tab that was cut in two became spaces: they have no place of their own.
        bare = line.lstrip(" \t")
        return start + max(there.rfind(bare), 0) - (len(line) - len(bare))
