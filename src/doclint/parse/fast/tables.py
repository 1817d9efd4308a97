"""Tables (GFM 4.10): which lines make one, and where its cells stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.parse.fast import lines
from doclint.parse.fast.excerpt import Excerpt, Straight
from doclint.parse.fast.rows import MOST_CELLS, PIPE
from doclint.parse.labels import WHITE
from doclint.parse.places import Content

if TYPE_CHECKING:
    from collections.abc import Callable

_ALIGNMENT = re.compile(r":?-+:?")


class Table:
    """The cells of a table that may say something, those of its first line apart; `end` is 0 where there is none."""

    def __init__(self, end: int = 0) -> None:
        self.end = end
        self.titles: list[Content] = []
        self.cells: list[Content] = []


def read_table(excerpt: Excerpt, header: int, delimiter: int, speaks: Callable[..., object]) -> Table | None:
    """Read the table whose first line is at `header` and whose second at `delimiter`, as far as it is one.

    Returns None where that is not certain. `speaks` tells whether a stretch of a text may say something.
    """
    text = excerpt.text
    titles = text[header : delimiter - 1]
    below = text.find("\n", delimiter) + 1
    width = _width(text[delimiter : below - 1].strip(" \t"))
    if lines.INDENTED_CODE.match(text, header) or not _is_simple(titles):
        return None
    if not width or "|" not in titles or len(_cells(titles, 0)) != width:
        return Table()
    table = Table()
    table.titles = [_content(excerpt, *cell) for cell in _cells(titles, header) if speaks(text, *cell)]
    rows = 0
    while below < len(text) and not lines.BLANK.match(text, below) and not lines.INDENTED_CODE.match(text, below):
        row = lines.TABLE_ROW.match(text, below)
        if row is None:
            if lines.ENDS_CONTAINER.match(text, below):
                break
            return None
        if not row[0].strip():
            # White space that is none to Markdown ends a table all the same.
            return None
        if speaks(text, below, row.end()):
            if not _is_simple(row[0][:-1]):
                return None
            cells = _cells(row[0][:-1], below)[:width]
            table.cells += [_content(excerpt, *cell) for cell in cells if speaks(text, *cell)]
        below = row.end()
        rows += 1
    table.end = below
    return table if rows * width < MOST_CELLS else None


def _width(delimiters: str) -> int:
    """Return how many columns a delimiter row announces; 0 when it is none."""
    # `- ` begins a list.
    if len(delimiters) < 2 or (delimiters[0] == "-" and delimiters[1] in " \t"):
        return 0
    columns = delimiters.removeprefix("|").removesuffix("|").split("|")
    return len(columns) if all(_ALIGNMENT.fullmatch(column.strip(" \t")) for column in columns) else 0


def _is_simple(row: str) -> bool:
    """Tell whether the reference parser sees the same cells as we do: no strange white space stands at the ends."""
    return row.strip(" \t") == row.strip(WHITE) == row.strip()


def _cells(row: str, start: int) -> list[tuple[int, int]]:
    """Return where the cells of a row that begins at `start` stand."""
    start += len(row) - len(row.lstrip(" \t"))
    cells = []
    for cell in PIPE.split(row.strip(" \t")):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    first = 1 if cells[0][0] == cells[0][1] else 0
    last = len(cells) - 1 if len(cells) > first and cells[-1][0] == cells[-1][1] else len(cells)
    return cells[first:last]


def _content(excerpt: Excerpt, start: int, end: int) -> Content:
    cell = excerpt.text[start:end]
    content = cell.replace("\\|", "|").strip(WHITE)
    # Only pipes with a backslash are left, and that is cut.
    dropped = [offset for offset, sign in enumerate(content) if sign == "|"] if "|" in content else []
    # Cells are placed from their end, and there as Python trims.
    place = excerpt.place(start + len(cell.rstrip()) - len(content) - len(dropped))
    return Content(content, [0], [place], dropped) if dropped else Straight(content, place)
