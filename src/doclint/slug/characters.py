"""What kind of character something is, in the Unicode version of the host, whatever Python's own is."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

NEWEST = 17
"""The newest version of Unicode that is known here; the others are 13 and 15."""


def kind_of(char: str, version: int = NEWEST) -> str:
    r"""Return the general category of a character, such as "Lu" or "Nd"; "L" or "M" alone for what is newer than 13.

    A letter, mark or number that the Unicode `version` does not have is "Cn", unassigned.

    >>> kind_of("é"), kind_of("²"), kind_of("\U00011F04", 13), kind_of("\U00011F04", 15)
    ('Ll', 'No', 'Cn', 'L')
    """
    starts, ends, kinds = _added()
    index = bisect_right(starts, char) - 1
    if index >= 0 and char <= ends[index]:
        kind, since = kinds[index]
        return kind if since <= version else "Cn"
    return unicodedata.category(char)


def kept(text: str, kinds: Collection[str], others: str, version: int = NEWEST) -> str:
    """Return the characters of `text` that are in `others` or of one of `kinds`, "L" for all letters, "Nd" for digits.

    >>> kept("x² + ½!", ("L", "N"), " ")
    'x²  ½'
    """
    wanted = frozenset(kinds)
    return "".join(char for char in text if char in others or _is_of(char, wanted, version))


def is_alphanumeric(char: str) -> bool:
    """Tell whether a character is Alphabetic or a number, as Rust's `is_alphanumeric` does."""
    kind = kind_of(char)
    if kind[0] == "M":
        return _is_in(char, *_alphabetic_marks())
    return kind[0] in "LN" or _is_circled_letter(char)


def lower(text: str, version: int = NEWEST) -> str:
    """Return `text` lower-cased as a whole: a final sigma is one, and the dotted capital I has two characters."""
    if text.isascii():
        return text.lower()
    added = lower_case_added()
    if added.keys().isdisjoint(text):
        return text.lower()
    return "".join(added[char] if char in added and kind_of(char, version) != "Cn" else char for char in text).lower()


def lower_one_by_one(text: str) -> str:
    """Return `text` with each character lower-cased by itself: no final sigma, and a plain i for the dotted capital."""
    if text.isascii():
        return text.lower()
    added = lower_case_added()
    if "İ" not in text and "Σ" not in text and added.keys().isdisjoint(text):
        return text.lower()
    return "".join("i" if char == "İ" else added.get(char) or char.lower() for char in text)


@cache
def lower_case_added() -> dict[str, str]:
    """Return the capitals that this Python may not know, each with its small letter."""
    from doclint.slug.unicode_words import LOWER_CASE_ADDED

    pairs = (pair.split(">") for pair in LOWER_CASE_ADDED.split())
    return {chr(int(capital, 16)): chr(int(small, 16)) for capital, small in pairs}


@cache
def _is_of(char: str, kinds: frozenset[str], version: int) -> bool:
    kind = kind_of(char, version)
    return kind in kinds or kind[0] in kinds


def _is_circled_letter(char: str) -> bool:
    """Tell whether a character is one of the symbols that Unicode counts among the letters: Ⓐ to ⓩ, 🄰 to 🅉, ..."""
    return (
        "Ⓐ" <= char <= "ⓩ"
        or "\U0001f130" <= char <= "\U0001f149"
        or "\U0001f150" <= char <= "\U0001f169"
        or ("\U0001f170" <= char <= "\U0001f189")
    )


def _is_in(char: str, starts: list[str], ends: list[str]) -> bool:
    index = bisect_right(starts, char) - 1
    return index >= 0 and char <= ends[index]


def _pairs(ranges: str) -> list[tuple[str, str]]:
    found = []
    for spelled in ranges.split():
        first, _, last = spelled.partition("-")
        found.append((chr(int(first, 16)), chr(int(last or first, 16))))
    return found


@cache
def _added() -> tuple[list[str], list[str], list[tuple[str, int]]]:
    from doclint.slug.unicode_categories import ADDED_BY_15, ADDED_BY_17

    rows = [
        (first, last, (kind, since))
        for since, table in ((15, ADDED_BY_15), (17, ADDED_BY_17))
        for kind, ranges in table.items()
        for first, last in _pairs(ranges)
    ]
    rows.sort()
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


@cache
def _alphabetic_marks() -> tuple[list[str], list[str]]:
    from doclint.slug.unicode_categories import ALPHABETIC_MARKS

    pairs = _pairs(ALPHABETIC_MARKS)
    return [first for first, _ in pairs], [last for _, last in pairs]
