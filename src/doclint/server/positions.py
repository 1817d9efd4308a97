"""Offsets in a text to the positions of the Language Server Protocol and back; pure.

A position is a line, from 0, and a number of code units in it: of UTF-16 unless editor and server agree on another
encoding. A line ends with LF, CRLF or CR, as in the rest of doclint, never at U+0085, which is frequent in mojibake.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from doclint.lines import LINE_END, line_starts
from doclint.model import UsageError


class Unit(Enum):
    """What positions count."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


class Position(NamedTuple):
    """A line, from 0, and how many units into it."""

    line: int
    character: int


class PositionError(UsageError):
    """A position that the text does not have."""


class Lines:
    """Places in one text, as an editor counts them.

    Args:
        text: The text as the editor has it.
        unit: What positions count.
        hidden: How many characters doclint sees in front of it that the editor does not show: a byte-order mark.
    """

    def __init__(self, text: str, unit: Unit = Unit.UTF16, hidden: int = 0) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._unit = unit
        self._hidden = hidden

    def position(self, offset: int) -> Position:
        """Return the position of the character at `offset`; beyond the end, that of the end."""
        offset = min(max(0, offset - self._hidden), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self._text[self._starts[line] : offset]))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; one beyond the end of its line stands for that end, as the protocol says.

        Raises:
            PositionError: There is no such line.
        """
        line, units = position
        if line < 0 or units < 0:
            raise PositionError(f"line {line}, character {units}: positions are not negative")
        if line >= len(self._starts):
            raise PositionError(f"line {line}: the text has the lines 0 to {len(self._starts) - 1}")
        start = self._starts[line]
        match = LINE_END.search(self._text, start)
        return self._hidden + start + self._characters(self._text[start : match.start() if match else None], units)

    def _units(self, text: str) -> int:
        if self._unit is Unit.UTF32 or text.isascii():
            return len(text)
        if self._unit is Unit.UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2

    def _characters(self, line: str, units: int) -> int:
        """Return how many characters of a line take so many units; one that is cut in two does not count."""
        if self._unit is Unit.UTF32 or line.isascii():
            return min(units, len(line))
        taken = 0
        for number, char in enumerate(line):
            taken += self._units(char)
            if taken > units:
                return number
        return len(line)
