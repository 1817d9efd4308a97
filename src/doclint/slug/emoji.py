"""Emoji by name."""

from __future__ import annotations

import re
from functools import cache

_SHORTCODE = re.compile(r":([+-]?[a-z0-9_+-]+):")


def emoji_as_names(text: str) -> str:
    """Return `text` with each emoji replaced by its usual name.

    >>> emoji_as_names("🎉 v2")
    'tada v2'
    """
    if text.isascii():
        return text
    names, pattern = _table()
    return pattern.sub(lambda found: names[found[0]], text)


def without_shortcodes(text: str) -> str:
    """Return `text` without what a page shows as an emoji.

    >>> without_shortcodes(":tada: at 10:30:00")
    ' at 10:30:00'
    """
    return _SHORTCODE.sub(lambda found: "" if found[1] in _shortcodes() else found[0], text) if ":" in text else text


@cache
def _shortcodes() -> frozenset[str]:
    """Return the names that stand between colons: `tada` of `:tada:`."""
    from doclint.slug.emoji_names import EMOJI_NAMES

    return frozenset(name for pair in EMOJI_NAMES.split() for name in pair.partition(">")[2].split("|"))


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    from doclint.slug.emoji_names import EMOJI_NAMES

    names = {}
    for pair in EMOJI_NAMES.split():
        points, _, called = pair.partition(">")
        names["".join(chr(int(point, 16)) for point in points.split("_"))] = called.partition("|")[0]
    # The longest first: a family before the man in it.
    longest = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(map(re.escape, longest)))
