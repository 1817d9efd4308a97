"""Destinations of links and definitions (CommonMark 6.3), as pieces of patterns for `re.VERBOSE`."""

from __future__ import annotations

import re

_PLAIN_LETTER = r"[^\s()<>\\&\x00-\x20\x7f]"
PLAIN_DESTINATION = rf"(?: {_PLAIN_LETTER}++ | \( {_PLAIN_LETTER}*+ \) | & (?![\#\w]++;) )*+"
"""A destination without `<>`, escapes, character references and parentheses inside of parentheses."""
ESCAPE = r"\\ [!-/:-@\[-`{-~]"
"""A backslash escape (CommonMark 2.4)."""
_ESCAPED = r"\\([!-/:-@\[-`{-~])"


def unescaped(destination: str) -> str:
    """Return a destination with its backslash escapes resolved."""
    return re.sub(_ESCAPED, r"\1", destination) if "\\" in destination else destination
