"""How much a text surprises, in nats: the tables of the languages know the letters, Unicode's properties the signs."""

from __future__ import annotations

from functools import lru_cache
from math import log

from doclint.repair.language import table
from doclint.repair.naturalness import LETTERS, Kind, kind_of, own_bits, script_of
from doclint.repair.ngrams import step

_BIT = log(2)

_UNFORESEEN = 20 * _BIT
"""No letter surprises more: a page quotes words of other languages."""

_CEDILLA = str.maketrans("şţ", "șț")
"""What stood for the Romanian letters in most code pages."""

_STRAY_BYTE = 16 * _BIT

_CAPITAL = 2.5 * _BIT
_CAPITALS = 1.0 * _BIT
_CAPITAL_INSIDE = 7 * _BIT
_SMALL_AFTER_CAPITALS = 4 * _BIT
_OTHER_SCRIPT_INSIDE = 5 * _BIT

_BESIDE_A_LETTER = 4 * _BIT
_DRAWN_ON = 1.0 * _BIT
_DRAWN_OTHERWISE = 3 * _BIT
_RARELY_DRAWN = 8 * _BIT
_OFTEN_DRAWN = frozenset("─│┌┐└┘├┤┬┴┼")
_BEGINS_A_LINE = _OFTEN_DRAWN | frozenset("═║╔╚╠█▓▒░▀▄■")
_LINE_BEGINS_TO_BE_DRAWN = 4 * _BIT
_BOX_ALONE = 13 * _BIT
_SOFT_HYPHEN = 7 * _BIT
_USUAL = dict.fromkeys("©®°§£€×·±…", 8 * _BIT)
_HALF_WIDTH = 12 * _BIT
_APART = frozenset({Kind.SYMBOL, Kind.BOX, Kind.OPENING, Kind.ODD})


def surprise(line: str, language: str) -> float:
    """Return how much a line surprises a reader of `language`: the letters and signs beyond ASCII, and what follows.

    Letters of ASCII are the same in every code page; but which of them follows "ü" tells whether it is one.
    """
    order = table(language).order
    result = 0.0
    history, previous, earlier = " ", "", ""
    for char in line:
        if not char.isascii():
            if "\udc80" <= char <= "\udcff":
                result += _STRAY_BYTE
            elif kind_of(char) in LETTERS:
                result += _letter(language, char.lower()[:1], history[-order:]) + _shape(earlier, previous, char)
            else:
                result += _sign(earlier, previous, char)
        elif previous and not previous.isascii() and char.isalpha():
            result += _letter(language, char.lower(), history[-order:]) + _shape(earlier, previous, char)
        history = step(history, char)
        earlier, previous = previous, char
    return result


@lru_cache(maxsize=1 << 17)
def _letter(language: str, char: str, history: str) -> float:
    if language == "ro":
        char, history = char.translate(_CEDILLA), history.translate(_CEDILLA)
    return min(-log(table(language).probability(char, history)), _UNFORESEEN)


@lru_cache(maxsize=1 << 16)
def _sign(earlier: str, previous: str, char: str) -> float:
    """Return what a sign costs, in whatever language."""
    kind = kind_of(char)
    last = kind_of(previous) if previous else Kind.SPACE
    if char == "\xad":
        return _SOFT_HYPHEN if last in LETTERS else _BOX_ALONE
    if kind is Kind.BOX:
        if last is Kind.BOX:
            return _DRAWN_ON if char == previous else _DRAWN_OTHERWISE if char in _OFTEN_DRAWN else _RARELY_DRAWN
        begins = char in _BEGINS_A_LINE and not (earlier + previous).strip()
        return _LINE_BEGINS_TO_BE_DRAWN if begins else _BOX_ALONE
    if "\uff61" <= char <= "\uff65" and not "\uff61" <= previous <= "\uff9f":
        return _HALF_WIDTH
    cost = _USUAL.get(char) or own_bits(char) * _BIT
    return cost + (_BESIDE_A_LETTER if last in LETTERS and kind in _APART else 0.0)


@lru_cache(maxsize=1 << 16)
def _shape(earlier: str, previous: str, char: str) -> float:
    """Return what it costs that a letter is a capital, stands behind a sign, or is of another script."""
    kind = kind_of(char)
    last = kind_of(previous) if previous else Kind.SPACE
    cost = _BESIDE_A_LETTER if last in (Kind.SYMBOL, Kind.BOX) else 0.0
    if kind is Kind.UPPER:
        cost += {Kind.LOWER: _CAPITAL_INSIDE, Kind.UPPER: _CAPITALS}.get(last, _CAPITAL)
    elif kind is Kind.LOWER and last is Kind.UPPER and earlier and kind_of(earlier) is Kind.UPPER:
        cost += _SMALL_AFTER_CAPITALS
    if last in LETTERS and (one := script_of(previous)) and (other := script_of(char)) and one != other:
        cost += _OTHER_SCRIPT_INSIDE
    return cost
