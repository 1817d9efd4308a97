"""The data in front of a page, between lines of three dashes."""

from __future__ import annotations

import re

_START = re.compile(r"---[ \t]*+\n")
_END = re.compile(r"^(?:\.\.\.| {0,3}-{3,})[ \t]*\n", re.MULTILINE)
_UNUSUAL_START = re.compile(r"(?=-)(?!---[ \t]*+\n).*?---")


def is_unusual_start(text: str) -> bool:
    """Tell whether the reference parser may take the first line for front matter though it is not three dashes alone.

    It does so for four of them, for three with words behind them, and for those in a list item.
    """
    return _UNUSUAL_START.match(text) is not None


def front_matter_end(text: str) -> int:
    """Return where the page begins behind its front matter."""
    if (start := _START.match(text)) is None:
        return 0
    end = _END.search(text, start.end())
    return end.end() if end else 0
