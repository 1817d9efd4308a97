"""The lines of a page, as the runs of characters that are not ASCII; the rounds of repair write into them."""

from __future__ import annotations

from doclint.value import Draft


class Run(Draft):
    """A run of characters that are not ASCII, through the rounds of repair.

    Attributes:
        start: Its offset in the page.
        original: What stands on the disk.
        text: What it is after the rounds so far.
        before: The ASCII character in front of it, or "" at the line's beginning.
        after: The one behind it, or "" at the line's end.
        fragment: Whether it stands behind `#` in a destination: a slug of damaged text has lost signs by itself.
        codecs: The codecs that the rounds so far have undone, first undone first.
    """

    start: int
    original: str
    text: str
    before: str
    after: str
    fragment: bool = False
    codecs: tuple[str, ...] = ()


class Line(Draft):
    """The runs of one line.

    Attributes:
        number: The line, from 1.
        runs: Its runs, in order.
        lost_in: The codec by which bytes went missing, or "".
        sure: Whether all that was undone so far may be written.
        weak: Whether the evidence is so weak that a second opinion must decide.
    """

    number: int
    runs: list[Run]
    lost_in: str = ""
    sure: bool = True
    weak: bool = False
