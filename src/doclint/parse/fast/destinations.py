"""Destinations of links and definitions (CommonMark 6.3), as a piece of patterns for `re.VERBOSE`."""

from __future__ import annotations

_PLAIN_LETTER = r"[^\s()<>\\&\x00-\x20\x7f]"
PLAIN_DESTINATION = rf"(?: {_PLAIN_LETTER}++ | \( {_PLAIN_LETTER}*+ \) | & (?![\#\w]++;) )*+"
"""A destination without `<>`, escapes, character references and parentheses inside of parentheses."""
