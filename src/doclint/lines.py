"""Lines of a text: where they begin, places as people count them, and what edits do to them.

A line ends with LF, CRLF or CR, as in CommonMark; never at U+0085, U+2028 or a form feed, where `str.splitlines` ends
it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from doclint.model import Edit, Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
LINE_END = re.compile(r"\r\n?|\n")


def line_starts(text: str) -> list[int]:
    r"""Return the offset of the first character of every line; a text has one line more than it has line ends.

    >>> line_starts("a\r\nb\n")
    [0, 3, 5]
    """
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    starts = list(accumulate(map(len, text.split("\n")), _behind_next, initial=0))
    del starts[-1]
    return starts


def _behind_next(start: int, length: int) -> int:
    return start + length + 1


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; they must not overlap.

    >>> apply_edits("abc", [Edit(Span(1, 2), "X")])
    'aXc'
    """
    pieces = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


class LineMap:
    """Offsets of one text to lines and columns."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        # An editor does not count a byte-order mark as a column.
        self._mark = 1 if text.startswith("\ufeff") else 0
        self._lines: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, that holds the character at `offset`."""
        return bisect_right(self._starts, offset)

    def place(self, span: Span) -> Place:
        """Return the lines and columns, from 1, of `span`."""
        line, column = self._position(span.start)
        end_line, end_column = self._position(span.end)
        return Place(line, column, end_line, end_column)

    def span_of_line(self, line: int) -> Span:
        """Return the stretch of line `line` (from 1), without its line end."""
        start = self._starts[line - 1]
        match = LINE_END.search(self._text, start)
        return Span(start, match.start() if match else len(self._text))

    def line(self, line: int) -> str:
        """Return the text of line `line` (from 1), without its line end and byte-order mark."""
        # A long line may hold very many findings: it is cut out once for all of them.
        if line not in self._lines:
            self._lines[line] = self.span_of_line(line).of(self._text).removeprefix("\ufeff")
        return self._lines[line]

    def _position(self, offset: int) -> tuple[int, int]:
        line = self.line_of(offset)
        column = offset - self._starts[line - 1] + 1
        return line, max(1, column - self._mark) if line == 1 else column


class DiskMap:
    """Places in a repaired text to places in the text on the disk."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Take the `edits`, sorted, that led from the text on the disk to the repaired one."""
        self._edits = edits
        self._starts: list[int] = []
        self._shifts = [0]
        for edit in edits:
            shift = self._shifts[-1]
            self._starts.append(edit.span.start - shift)
            self._shifts.append(shift + (edit.span.end - edit.span.start) - len(edit.text))

    def on_disk(self, span: Span) -> Span:
        """Return where `span` is on the disk; what begins or ends inside a repair takes in the whole of it."""
        start = self._offset(span.start, at_end=False)
        return Span(start, max(start, self._offset(span.end, at_end=True)))

    def _offset(self, offset: int, *, at_end: bool) -> int:
        index = (bisect_left if at_end else bisect_right)(self._starts, offset)
        if index:
            edit, start = self._edits[index - 1], self._starts[index - 1]
            if offset < start + len(edit.text) or (at_end and offset == start + len(edit.text)):
                return edit.span.end if at_end else edit.span.start
        return offset + self._shifts[index]


def not_ascii(text: str) -> Iterator[str]:
    r"""Yield the lines of a text that are not ASCII, without their ends; quick where these are few.

    >>> list(not_ascii("a\n\xe9\nb\n\xfc"))
    ['é', 'ü']
    """
    position = 0
    while (found := _NOT_ASCII.search(text, position)) is not None:
        start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
        position = len(text) if end < 0 else end + 1
        yield from (line for line in text[start:position].splitlines() if not line.isascii())
