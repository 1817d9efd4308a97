"""The addresses in a `srcset` (HTML standard, 4.8.4.2)."""

from __future__ import annotations

import re

from doclint.model import Span
from doclint.parse.html import Attribute

# One candidate of a srcset: an address without white space, perhaps a descriptor such as `2x` up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*+(\S++)([^,]*+)")


def candidates(srcset: Attribute) -> list[Attribute]:
    """Split a `srcset` into its addresses; places are exact where the value holds no character reference."""
    found = []
    position = 0
    while match := _CANDIDATE.match(srcset.value, position):
        address = match[1].rstrip(",")
        # A comma right behind the address ends the candidate; a descriptor needs white space first.
        position = match.end(1) if address != match[1] else match.end()
        start = match.start(1)
        if len(srcset.value) == srcset.span.end - srcset.span.start:
            span = Span(start, start + len(address)).shifted(srcset.span.start)
        else:
            span = srcset.span
        found.append(Attribute(address, span))
    return found
