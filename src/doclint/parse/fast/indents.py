"""How far in the blocks of an item begin: what is indented further by four columns is code, whatever it looks like."""

from __future__ import annotations

import re
from functools import cache

from doclint.parse.fast.stretches import LINE_OF_TEXT

_MOST = 200
"""Lines that are looked back over at the most; who writes longer items has them read by the block reader."""


@cache
def code_lines(column: int) -> re.Pattern[str]:
    """Return the pattern of lines that are blank or indented by `column` columns."""
    return re.compile(rf"(?:[ ]{{{column}}}[^\n]*+\n|[ \t]*+\n)++")


class Indents:
    """Tells code from text on lines that are indented by four columns or more.

    Lines are named by the offset at which they begin. None says that it is not certain.

    Attributes:
        floor: Where a block of the page begins: what stands above has nothing to say.
    """

    def __init__(self, text: str, floor: int) -> None:
        self.floor = floor
        self._text = text
        self._known: dict[int, int | None] = {}
        self._decided: dict[int, int | None] = {}

    def code_column(self, line: int) -> int | None:
        """Return the column from which on the text at `line` is code; more than its own where it is none."""
        column = self._decided.get(line, -1)
        if column == -1:
            column = self._decided[line] = self._decide(line)
        return column

    def _decide(self, line: int) -> int | None:
        if (depth := self._depth(line)) is None:
            return None
        first = line
        for _ in range(_MOST):
            above = self._above(first)
            if first <= self.floor or not (said := self._text[above : first - 1].strip(" \t")):
                break
            if said.startswith(">") and not self._is_quote(first):
                # What stands below an empty line of a quote is a block of its own.
                return None
            if above in self._decided:
                return self._below_decided(above, depth)
            there = self._depth(above)
            if there is None:
                return None
            if there < 4:
                # It goes on with a paragraph, however deep it stands.
                return depth + 1 if LINE_OF_TEXT.match(self._text, above) else None
            first = above
        else:
            return None
        column = self.column(first)
        if column is None:
            return None
        column += 4
        if first == line:
            return column
        is_code = (self._depth(first) or 0) >= column
        return (column if depth >= column else None) if is_code else depth + 1

    def _below_decided(self, above: int, depth: int) -> int | None:
        column, there = self._decided[above], self._depth(above)
        if column is None or there is None:
            return None
        if there < column:
            return depth + 1
        return column if depth >= column else None

    def column(self, line: int) -> int | None:
        """Return the column at which the container begins of the block whose first line is `line`; 0 is the page."""
        if line not in self._known:
            self._known[line] = self._find(line)
        return self._known[line]

    def _find(self, line: int) -> int | None:
        text = self._text
        if not (depth := self._depth(line)):
            return depth
        above = line
        for _ in range(_MOST):
            if above <= self.floor:
                return 0
            above = self._above(above)
            there = self._depth(above)
            if there is None:
                return None
            if there == depth and above in self._known:
                return self._known[above]
            if there < depth and text[above + there] != "\n":
                break
        else:
            return None
        return self._inside_of(above, depth)

    def _inside_of(self, above: int, depth: int) -> int | None:
        """Return the column of the container of a block at `depth` below `above`, a line that stands further left."""
        text = self._text
        if text[above] in "#`":
            # Headings and fences at the margin end whatever stands above.
            return 0
        found = LINE_OF_TEXT.match(text, above)
        for _ in range(_MOST):
            if found is None:
                return None
            if found["bullet"] is not None or above <= self.floor:
                break
            # A line without a bullet goes on with the one right above.
            before = self._above(above)
            if not text[before : above - 1].strip(" \t"):
                break
            above, found = before, LINE_OF_TEXT.match(text, before)
        else:
            return None
        if found is None:
            return None
        outer = self._own_column(above, found["bullet"])
        if found["bullet"] is None or outer is None:
            return outer
        inner = found.end() - above
        return inner if inner <= depth else outer

    def _own_column(self, line: int, bullet: str | None) -> int | None:
        """Return the column of the container of a line that begins a block; None if it may be none of its own."""
        first = self._first_of_block(line)
        if first is None:
            return None
        if first < line:
            # Such an item interrupts whatever stands right above; any other may go on with it.
            if not bullet or not (bullet[0] in "-*+" or bullet.startswith(("1.", "1)"))):
                return None
            for other in self._lines(first, line):
                if LINE_OF_TEXT.match(self._text, other) is None:
                    return None
        depth, column = self._depth(line), self.column(line)
        return column if depth is not None and column is not None and 0 <= depth - column <= 3 else None

    def _first_of_block(self, line: int) -> int | None:
        """Return the first of the lines above `line` that no blank line parts from it."""
        for _ in range(_MOST):
            if line <= self.floor:
                return line
            above = self._above(line)
            if not self._text[above : line - 1].strip(" \t"):
                return line
            line = above
        return None

    def _lines(self, first: int, end: int) -> list[int]:
        found = []
        while first < end:
            found.append(first)
            first = self._text.find("\n", first) + 1
        return found

    def _above(self, line: int) -> int:
        return self._text.rfind("\n", 0, line - 1) + 1

    def _is_quote(self, line: int) -> bool:
        depth = self._depth(line)
        return depth is not None and self._text[line + depth] == ">"

    def _depth(self, line: int) -> int | None:
        """Return the number of spaces in front of a line; None where there is a tab."""
        text = self._text
        end = line
        while text[end] == " ":
            end += 1
        return None if text[end] == "\t" else end - line
