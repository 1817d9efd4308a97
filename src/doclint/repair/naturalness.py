"""How natural a text is, in bits: what a careful reader would need to be told to know it, character by character.

No language is known here, only Unicode's properties: words keep to one script, capitals stand at their beginning,
symbols stand apart from letters, rare blocks are rare. That is enough to choose between a damaged run and its repair:
`Ã©` needs more bits inside `cafÃ©` than `é` does inside `café`, while in a Russian text `её` needs fewer than the
`ţ` that it would be as KOI8-R. The figures are rough: nothing depends on a single bit.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import Enum, auto
from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(Enum):
    """What a character is to a reader."""

    # Each is there once. To hash its name, as enumerations do, takes longer than all else that is asked of it.
    __hash__ = object.__hash__

    SPACE = auto()
    LOWER = auto()
    UPPER = auto()
    LETTER = auto()  # of a script without case
    MARK = auto()
    DIGIT = auto()
    PUNCTUATION = auto()
    OPENING = auto()  # a quotation mark or bracket that begins something
    QUOTE = auto()  # other typographic punctuation: closing quotes, dashes, the apostrophe
    SYMBOL = auto()
    BOX = auto()
    EMOJI = auto()
    JOINER = auto()
    ODD = auto()  # controls, private use, unassigned, U+FFFD


LETTERS = frozenset({Kind.LOWER, Kind.UPPER, Kind.LETTER, Kind.MARK})

# One writing system, several scripts.
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})

_BITS_OF_KIND = {
    Kind.SPACE: 3.0,
    Kind.LOWER: 5.0,
    Kind.UPPER: 6.0,
    Kind.LETTER: 6.0,
    Kind.MARK: 5.0,
    Kind.DIGIT: 4.0,
    Kind.PUNCTUATION: 4.0,
    Kind.OPENING: 7.0,
    Kind.QUOTE: 7.0,
    Kind.SYMBOL: 10.0,
    Kind.BOX: 9.0,
    Kind.EMOJI: 11.0,
    Kind.JOINER: 8.0,
    Kind.ODD: 22.0,
}

_RARE_BLOCKS = (
    (0x0300, 0x0370),  # combining marks: nearly all text is composed
    (0x0370, 0x0384),  # archaic and Coptic letters among the Greek
    (0x03CF, 0x0400),
    (0x0180, 0x0218),  # Latin Extended-B; but for the Romanian letters and the two Vietnamese ones below
    (0x021C, 0x02B0),
    (0x0460, 0x0490),  # historic Cyrillic
    (0x0492, 0x0590),
    (0x0700, 0x0900),  # Syriac to Arabic Extended-A
    (0x1100, 0x1EA0),  # up to the Vietnamese letters
    (0x1EFA, 0x1F00),
    (0x2C00, 0x2E00),
    (0x3400, 0x4E00),
    (0xA000, 0xAC00),
    (0x10000, 0x1F000),
    (0x20000, 0x110000),
)
_NOT_RARE = frozenset("ƏƠơƯưșțȘȚ")
# Letters that several languages write, or one writes often; in the same blocks stand many that few ever need.
_USUAL_LATIN = frozenset("áàâäãåæçéèêëíìîïñóòôöõøúùûüýąćęłńśźżčďěňřšťůžăāēģīķļņūőűğışđœ")
_COMMON_PUNCTUATION = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb")
_BEHIND_A_NAME = frozenset("®™")
_BEHIND_A_WORD = frozenset("°¹²³")
_OPENING = frozenset("\u201e\u201a\u00bf\u00a1")


@lru_cache(maxsize=1 << 16)
def kind_of(char: str) -> Kind:  # noqa: C901, PLR0912 - a table of categories, read from top to bottom
    """Return what `char` is to a reader."""
    point = ord(char)
    category = unicodedata.category(char)
    if 0x2500 <= point < 0x25A0:
        return Kind.BOX
    if char == "\ufffd":
        return Kind.ODD
    if category == "So" and (point >= 0x1F000 or 0x2600 <= point < 0x27C0 or 0x2B00 <= point < 0x2C00):
        return Kind.EMOJI
    if point in (0x200C, 0x200D, 0xFE0F, 0x200E, 0x200F):
        return Kind.JOINER
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\r":
        return Kind.SPACE
    match category[0]:
        case "L":
            return {"Ll": Kind.LOWER, "Lu": Kind.UPPER}.get(category, Kind.LETTER)
        case "M":
            return Kind.MARK
        case "N":
            return Kind.DIGIT if category == "Nd" else Kind.SYMBOL
        case "P":
            if char.isascii() or 0x3000 <= point < 0x3040 or 0xFF00 <= point < 0xFFF0:
                return Kind.PUNCTUATION
            if char in _OPENING:
                return Kind.OPENING
            return Kind.QUOTE if category in ("Pd", "Pi", "Pf") or char in "\u2026\u00b7\u2022" else Kind.SYMBOL
        case "S":
            return Kind.PUNCTUATION if char.isascii() else Kind.SYMBOL
        case _:
            return Kind.ODD


@lru_cache(maxsize=1 << 16)
def script_of(char: str) -> str:
    """Return the writing system of a letter, after the first word of its Unicode name; "" for what has none."""
    if kind_of(char) not in LETTERS:
        return ""
    if char.isascii():
        return "LATIN"
    script = unicodedata.name(char, "").partition(" ")[0]
    if script in ("COMBINING", "VARIATION"):
        return ""
    return "CJK" if script in _EAST_ASIAN else script


@lru_cache(maxsize=1 << 16)
def own_bits(char: str) -> float:
    """Return the bits of `char` when its kind and script are as expected."""
    point = ord(char)
    kind = kind_of(char)
    bits = _BITS_OF_KIND[kind]
    if kind in (Kind.LETTER, Kind.LOWER, Kind.UPPER, Kind.MARK):
        if 0x4E00 <= point < 0xA000 or 0xAC00 <= point < 0xD7B0:
            bits = 10.0
        elif any(first <= point < last for first, last in _RARE_BLOCKS) and char not in _NOT_RARE:
            bits += 14.0
        elif unicodedata.category(char) in ("Lm", "Lo") and script_of(char) in (
            "FEMININE",
            "MASCULINE",
            "MODIFIER",
        ):
            bits += 6.0
        elif 0xC0 <= point < 0x180 and char.lower() not in _USUAL_LATIN:
            bits += 2.0
    elif kind is Kind.DIGIT and not char.isascii():
        bits += 6.0
    elif kind is Kind.QUOTE and char not in _COMMON_PUNCTUATION:
        bits += 2.0
    elif kind is Kind.SPACE and char not in " \n\t\u3000":
        bits += 4.0
    return bits


class Scripts:
    """How likely a word is in each script, on one page; and the bits of the steps between characters, once known."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            for char, number in Counter(text).items():
                if script := script_of(char):
                    counts[script] += number
        self._total = sum(counts.values()) + 8
        self._counts = counts
        self.steps: dict[tuple[str, str, str], float] = {}

    def bits(self, script: str) -> float:
        """Return the bits that say "a word in `script` begins here"."""
        return -log2((self._counts[script] + 1) / self._total)


def bits(text: str, before: str, after: str, scripts: Scripts) -> float:
    """Return the bits that `text` needs between the characters `before` and `after` (each one, or "")."""
    total = 0.0
    earlier, previous = "", before
    for char in text:
        total += own_bits(char) + _known_step(earlier, previous, char, scripts)
        earlier, previous = previous, char
    # What comes after costs the same whatever stands before, but for the step to it.
    return total + (_known_step(earlier, previous, after, scripts) if after else 0.0)


def _known_step(earlier: str, previous: str, char: str, scripts: Scripts) -> float:
    """Return what `_step` does; a page has few steps that differ."""
    key = (earlier, previous, char)
    if (known := scripts.steps.get(key)) is None:
        known = scripts.steps[key] = _step(earlier, previous, char, scripts)
    return known


def _step(earlier: str, previous: str, char: str, scripts: Scripts) -> float:
    """Return the bits of having `char` after `previous` and `earlier` (each "" beyond the edge of what is known)."""
    kind = kind_of(char)
    last = kind_of(previous) if previous else Kind.SPACE
    if kind in LETTERS:
        in_capitals = last is Kind.UPPER and bool(earlier) and kind_of(earlier) is Kind.UPPER
        return _letter_step(previous, last, char, kind, scripts) + (5.0 if in_capitals and kind is Kind.LOWER else 0.0)
    if (kind is Kind.SYMBOL and last is Kind.DIGIT) or (kind is Kind.DIGIT and last is Kind.SYMBOL):
        # "5×3", "£5", "25°": signs and figures belong together.
        return -4.0
    if kind is Kind.BOX:
        return -5.0 if last in (Kind.BOX, Kind.SPACE) else 4.0
    if char in _BEHIND_A_NAME and last in LETTERS:
        return 0.0
    if char in _BEHIND_A_WORD and _ends_a_word(earlier, previous, last):
        return 0.0
    if last in LETTERS and (kind in (Kind.SYMBOL, Kind.OPENING) or (kind is Kind.DIGIT and not char.isascii())):
        return 5.0
    if kind is Kind.SYMBOL and last in (Kind.SYMBOL, Kind.QUOTE, Kind.OPENING):
        return 2.0
    return 0.0


def _ends_a_word(earlier: str, previous: str, last: Kind) -> bool:
    """Tell whether `previous` may end a word: a small letter, or a capital among capitals."""
    in_capitals = last is Kind.UPPER and bool(earlier) and kind_of(earlier) is Kind.UPPER
    return last is Kind.LOWER or in_capitals or (previous.isascii() and last in LETTERS)


def _letter_step(previous: str, last: Kind, char: str, kind: Kind, scripts: Scripts) -> float:
    script = script_of(char)
    if last not in LETTERS:
        if script == "GREEK" and previous and unicodedata.category(previous) == "Sm":
            # A formula such as "√π", whatever script the page is in.
            return -3.0
        after_symbol = 4.0 if last in (Kind.SYMBOL, Kind.BOX) else 0.0
        orphan = 8.0 if kind is Kind.MARK else 0.0
        return after_symbol + orphan + (scripts.bits(script) if script else 0.0)
    if script and script_of(previous) and script != script_of(previous):
        return 6.0 + scripts.bits(script)
    if last is Kind.LOWER and kind is Kind.UPPER:
        return 6.0
    return 0.0
