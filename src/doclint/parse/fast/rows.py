"""Tables whose lines all begin with a pipe at the margin: which lines are theirs, and what may be read of them at once.

What is told of tables in `tables.py`, which knows tables of any shape, holds here as well.
"""

from __future__ import annotations

import re

from doclint.value import Value

PIPE = re.compile(r"(?<!\\)\|")
"""A pipe behind a backslash is part of the cell, also where another backslash stands before that one."""
MOST_CELLS = 0x10000
"""The reference parser ends a table for which it would have to add more empty cells than this."""

_ROWS = re.compile(r"(?:\|[^\n]*+\n)++")
_DELIMITERS = re.compile(r"\|[ \t]*+(?::?-++:?[ \t]*+\|[ \t]*+)*+(?::?-++:?[ \t]*+)?+")
_CODE_IN_CELLS = re.compile(r"(?:[^`]++|`[^`|\n]++`)*+")
speaks = re.compile(r"\](?=[(\[])|<(?=[^ \t\n])|://|\{[^{}\n#]*+#|\)=").search
"""Tells whether a stretch of a table may say something. A page with definitions is not skimmed."""


class Rows(Value):
    """The lines of a table from `start` to `end`; `width` is the number of its columns, 0 where that does not matter.

    `whole` says that no pipe stands in code, none is escaped, and no row has a cell too many, which would not count.
    """

    start: int
    end: int
    width: int = 0
    whole: bool = False


def rows_at(text: str, start: int) -> Rows | None:
    """Return the lines that begin with a pipe, from `start` down to a blank one; None where they may be no table.

    What says nothing may be anything.
    """
    found = _ROWS.match(text, start)
    if found is None:
        return None
    end = found.end()
    if end < len(text) and text[end] != "\n":
        return None
    if not speaks(text, start, end):
        return Rows(start, end)
    titles, delimiters, *_ = (*found[0].split("\n", 2), "")
    if not _DELIMITERS.fullmatch(delimiters.rstrip(" \t")) or ")=" in found[0]:
        return None
    width = len(cells(delimiters, 0))
    if len(cells(titles, 0)) != width or found[0].count("\n") * width >= MOST_CELLS:
        return None
    return Rows(start, end, width, _is_whole(found[0], width))


def _is_whole(table: str, width: int) -> bool:
    if "``" in table or "\\" in table or not _CODE_IN_CELLS.fullmatch(table):
        return False
    return all(row.count("|") - row.endswith("|") <= width for row in table.split("\n"))


def cells(row: str, start: int) -> list[tuple[int, int]]:
    """Return where the cells of a row that begins with a pipe at `start` stand."""
    found = []
    position = start + 1
    for cell in PIPE.split(row.rstrip(" \t"))[1:]:
        found.append((position, position + len(cell)))
        position += len(cell) + 1
    if found and found[-1][0] == found[-1][1]:
        del found[-1]
    return found
