"""The cheap necessary condition: does a text hold anything that damage could have left?

UTF-8 read in a wrong single-byte codec leaves, for each character, one that stood for a lead byte before one that stood
for a continuation byte. A text without such a pair in any codec is not damaged, and most texts hold none.
"""

from __future__ import annotations

import re
from functools import cache

from doclint.repair.codecs import SINGLE_BYTE, codec

LEADS = range(0xC2, 0xF5)
CONTINUATIONS = range(0x80, 0xC0)


@cache
def _pairs() -> re.Pattern[str]:
    """Return a pattern of what a lead byte and the byte behind it can look like, in any of the codecs."""
    groups: dict[frozenset[str], set[str]] = {}
    for name in SINGLE_BYTE:
        characters = codec(name).characters
        followers = frozenset(characters[byte] for byte in CONTINUATIONS)
        groups.setdefault(followers, set()).update(characters[byte] for byte in LEADS)
    return re.compile("|".join(f"[{_class(leads)}][{_class(followers)}]" for followers, leads in groups.items()))


def _class(characters: set[str] | frozenset[str]) -> str:
    return re.escape("".join(sorted(characters)))


def suspicious(text: str) -> bool:
    """Tell whether `text` may hold mojibake that can be undone; False is certain, True is not."""
    return not text.isascii() and _pairs().search(text) is not None
