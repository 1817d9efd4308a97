"""One line of a page with a part of it underlined, in the columns of a terminal."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from doclint.report.visible import columns, escape, hidden
from doclint.value import Value

ELLIPSIS = "..."  # not U+2026, which terminals with an East Asian font make two columns wide
_TAB_STOP = 8
_WIDEST = 100  # columns of gutter and line; longer lines are hard to read, also where they would fit
_NARROWEST = 12  # below this a window shows nothing; a narrower terminal wraps the line
_NUMBER_WIDTH = 5  # so that the lines of all findings begin in the same column
_ROOMY = 40  # columns of a terminal that has some to spare for that


def gutter(line: int, width: int | None) -> str:
    """Return what stands in front of a line that is shown: its number, and a bar.

    Args:
        line: The number.
        width: The columns of the terminal; None where there is none.
    """
    digits = _NUMBER_WIDTH if width is None or width >= _ROOMY else 1
    return f"{line:>{digits}} | "


def room_beside(gutter: str, width: int | None) -> int:
    """Return the columns that are left for a line, in a terminal of `width` columns."""
    return max(_NARROWEST, min(_WIDEST, width or _WIDEST) - len(gutter))


class Underlined(Value):
    """What to print: a line, and below it `padding` and then `carets`."""

    line: str
    padding: str
    carets: str


class _Cell(Value):
    """A character as it is shown, and the columns that this takes."""

    shown: str
    width: int


def underline(text: str, start: int, end: int, *, room: int, indent: int) -> Underlined:
    r"""Return the line `text` with the characters from `start` up to `end` underlined, by one caret at least.

    Args:
        text: The line, without its line ending.
        start: The first character to underline; anything past the end of the line means its end.
        end: The character after the last one to underline; cut to the line.
        room: The columns that the line may take; what does not fit is cut, around the underlined part.
        indent: The columns that stand before the line, which decide how wide a tab is.

    >>> shown = underline("技术 [a](b.md)", 7, 11, room=40, indent=0)
    >>> print(shown.line, shown.padding + shown.carets, sep="\n")
    技术 [a](b.md)
             ^^^^
    """
    start = min(start, len(text))
    end = max(start, min(end, len(text)))
    # About as many characters as columns can be shown: a line of a megabyte is not measured for each finding.
    low, high = max(0, start - room), min(len(text), start + room)
    cells = [_cell(character) for character in text[low:high]]
    start, end = start - low, min(end, high) - low
    while 0 < start < len(cells) and cells[start].width == 0:
        start -= 1  # a mark is drawn in the columns of its letter

    left, right = 0, len(cells)
    if low > 0 or high < len(text) or sum(cell.width for cell in cells) > room:
        left, right = _window(cells, start, end, room - 2 * len(ELLIPSIS))
    before = ELLIPSIS if low + left > 0 else ""
    after = ELLIPSIS if low + right < len(text) else ""
    padding, carets = _marks(cells[left:right], start - left, end - left, indent + len(before))
    line = "".join(cell.shown for cell in cells[left:right])
    return Underlined(before + line + after, " " * len(before) + padding, "^" * carets)


def _cell(character: str) -> _Cell:
    """Return how one character is shown; a tab stays a tab, and counts as its largest width."""
    if character == "\t":
        return _Cell(character, _TAB_STOP)
    if hidden().match(character):
        shown = escape(character)
        return _Cell(shown, len(shown))
    return _Cell(character, columns(character))


def _window(cells: list[_Cell], start: int, end: int, room: int) -> tuple[int, int]:
    """Return which cells to show in `room` columns: the underlined ones in the middle, or as many as fit."""
    edges = list(accumulate((cell.width for cell in cells), initial=0))
    context = max(room // 5, (room - (edges[end] - edges[start])) // 2)
    begin = max(0, min(edges[start] - context, edges[-1] - room))
    # Of several cells on one edge all but the last are marks of a letter that is cut off.
    left = min(start, bisect_right(edges, edges[bisect_left(edges, begin)]) - 1)
    right = max(left, min(len(cells), bisect_right(edges, edges[left] + room) - 1))
    return left, right


def _marks(cells: list[_Cell], start: int, end: int, column: int) -> tuple[str, int]:
    """Return the padding before the carets, and the number of carets.

    `column` is where the first cell stands. A tab in the padding stays a tab, so that it is as wide as the
    one above it, whatever the tab stops are.
    """
    padding: list[str] = []
    carets = 0
    for index, cell in enumerate(cells[: max(start, end)]):
        is_tab = cell.shown == "\t"
        width = _TAB_STOP - column % _TAB_STOP if is_tab else cell.width
        column += width
        if index >= start:
            carets += width
        else:
            padding.append("\t" if is_tab else " " * width)
    return "".join(padding), max(1, carets)
