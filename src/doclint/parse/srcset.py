"""The addresses in a `srcset` (HTML standard, 4.8.4.2)."""

from __future__ import annotations

import re
from html import unescape

from doclint.model import Span
from doclint.parse.html import Attribute

# One candidate of a srcset: an address without white space, perhaps a descriptor such as `2x` up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*+(\S++)([^,]*+)")


def candidates(written: str, start: int) -> list[Attribute]:
    """Split a `srcset`, `written` from `start` on, into its addresses, each with its place."""
    found = []
    position = 0
    while match := _CANDIDATE.match(written, position):
        address = match[1].rstrip(",")
        # A comma right behind the address ends the candidate; a descriptor needs white space first.
        position = match.end(1) if address != match[1] else match.end()
        span = Span(match.start(1), match.start(1) + len(address)).shifted(start)
        # A browser resolves character references first; none of them stands for white space or a comma in an address.
        found.append(Attribute(unescape(address), span))
    return found
