"""The data in front of a page, between lines of three dashes."""

from __future__ import annotations

import re

_START = re.compile(r"---[ \t]*+\n")
_END = re.compile(r"^(?:\.\.\.| {0,3}-{3,})[ \t]*\n", re.MULTILINE)


def front_matter_end(text: str) -> int:
    """Return where the page begins behind its front matter."""
    if (start := _START.match(text)) is None:
        return 0
    end = _END.search(text, start.end())
    return end.end() if end else 0
