"""UTF-16 without a byte-order mark: which half comes first?"""

from __future__ import annotations

import re
import unicodedata

from doclint.legacy.evidence import surprise
from doclint.repair.language import languages
from doclint.repair.naturalness import Scripts, bits

_LOOKED_AT = 4000
_NEVER_WRITTEN = frozenset({"Cn", "Co", "Cs"})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_UNNATURAL = 13.0
"""Bits for each character, above which no text lies; the rarest script comes close."""

_UNEXPECTED = 8.0
_MUCH_LESS = 0.8
_FEWEST = 8
_EAST_ASIAN = "CJK"


def utf16(data: bytes, as_utf8: str = "") -> str | None:
    """Return "utf-16-le" or "utf-16-be" when `data`, which has no mark, is text in it.

    Args:
        data: The bytes.
        as_utf8: What they are as UTF-8, where they are: that text must be much less natural.

    >>> utf16("# Título".encode("utf-16-be"))
    'utf-16-be'
    """
    if len(data) % 2 or not data:
        return None
    naturals: dict[str, float] = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (natural := _natural(text)) is not None and (b"\0" in data or _is_east_asian(text)):
            naturals[encoding] = natural
    best = min(naturals, key=lambda encoding: naturals[encoding], default=None)
    if best is None or not as_utf8:
        return best
    looked_at = as_utf8[:_LOOKED_AT]
    otherwise = bits(looked_at, "", "", Scripts([looked_at])) / len(looked_at.encode())
    return best if naturals[best] / 2 < _MUCH_LESS * otherwise else None


def _natural(text: str) -> float | None:
    """Return the bits of each character; None when the text holds what no text holds."""
    if _CONTROL.search(text) or any(unicodedata.category(char) in _NEVER_WRITTEN for char in set(text)):
        return None
    looked_at = text[:_LOOKED_AT]
    natural = bits(looked_at, "", "", Scripts([looked_at])) / len(looked_at)
    return natural if natural < _UNNATURAL else None


def _is_east_asian(text: str) -> bool:
    """Tell whether a text without a single character of ASCII is Chinese, Japanese or Korean that somebody wrote."""
    looked_at = text[:_LOOKED_AT]
    tags = [tag for tag, language in languages().items() if language.script == _EAST_ASIAN]
    return len(text) >= _FEWEST and min(surprise(looked_at, tag) for tag in tags) < _UNEXPECTED * len(looked_at)
