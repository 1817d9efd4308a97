"""The colours and hyperlinks of the text report."""

from __future__ import annotations

from enum import Enum


class Style(Enum):
    """What a piece of text is, with the ANSI parameters that show it."""

    STRONG = "1"
    ERROR = "1;31"
    ADDED = "32"
    WARNING = "1;33"
    GUTTER = "34"
    INFO = "1;36"


def paint(text: str, style: Style, *, color: bool) -> str:
    """Return `text` in its colours, or as it is unless `color`."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if color else text


def hyperlink(text: str, address: str) -> str:
    """Return `text` as a hyperlink (OSC 8) to an address, which must be printable ASCII: nothing may end it early."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
