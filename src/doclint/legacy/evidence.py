"""How likely a text is, in nats: the tables of the languages for letters, Unicode's properties for signs."""

from __future__ import annotations

from functools import lru_cache
from math import log

from doclint.repair.language import languages, step, table
from doclint.repair.naturalness import LETTERS, Kind, kind_of, own_bits, script_of

_BIT = log(2)

_UNFORESEEN = 20 * _BIT
"""No letter surprises more: a page quotes words of other languages."""

_NOT_A_LETTER = 2 * _BIT
"""What a sign costs above its own bits: tables know the usual ones better."""

_CEDILLA = str.maketrans("şţ", "șț")
"""What stood for the Romanian letters in most code pages."""

_STRAY_BYTE = 16 * _BIT

_CAPITAL = 2.5 * _BIT
_CAPITALS = 1.0 * _BIT
_CAPITAL_INSIDE = 7 * _BIT
_SMALL_AFTER_CAPITALS = 4 * _BIT
_OTHER_SCRIPT_INSIDE = 5 * _BIT


def surprise(line: str, language: str) -> float:
    """Return how much a line surprises a reader of `language`: the letters and signs beyond ASCII, and what follows.

    Letters of ASCII are the same in every code page; but which of them follows "ü" tells whether it is one.
    """
    known = table(language)
    result = 0.0
    history, previous, earlier = " ", "", ""
    for char in line:
        beyond = not char.isascii()
        if beyond or (previous and not previous.isascii()):
            if "\udc80" <= char <= "\udcff":
                result += _STRAY_BYTE
            else:
                result += _known(language, char.lower()[:1], history[-known.order :]) if beyond or char.isalpha() else 0.0
                result += _shape(earlier, previous, char)
        history = step(history, char)
        earlier, previous = previous, char
    return result


@lru_cache(maxsize=1 << 17)
def _known(language: str, char: str, history: str) -> float:
    if language == "ro":
        char, history = char.translate(_CEDILLA), history.translate(_CEDILLA)
    cost = -log(table(language).probability(char, history))
    if kind_of(char) in LETTERS:
        return min(cost, _UNFORESEEN)
    natural = own_bits(char) * _BIT + _NOT_A_LETTER
    if kind_of(char) is Kind.BOX and history.endswith(char):
        natural = _BIT
    elif history[-1:].isalpha() and kind_of(char) not in (Kind.PUNCTUATION, Kind.QUOTE, Kind.SPACE):
        natural += 4 * _BIT
    return min(cost, natural)


@lru_cache(maxsize=1 << 16)
def _shape(earlier: str, previous: str, char: str) -> float:
    """Return what it costs that a letter is a capital, or of another script than the one before."""
    kind = kind_of(char)
    if kind not in LETTERS:
        return 0.0
    last = kind_of(previous) if previous else Kind.SPACE
    cost = 0.0
    if kind is Kind.UPPER:
        cost = {Kind.LOWER: _CAPITAL_INSIDE, Kind.UPPER: _CAPITALS}.get(last, _CAPITAL)
    elif kind is Kind.LOWER and last is Kind.UPPER and earlier and kind_of(earlier) is Kind.UPPER:
        cost = _SMALL_AFTER_CAPITALS
    if last in LETTERS and (one := script_of(previous)) and (other := script_of(char)) and one != other:
        cost += _OTHER_SCRIPT_INSIDE
    return cost


def scripts() -> frozenset[str]:
    """Return the scripts that a table is in."""
    return frozenset(language.script for language in languages().values())
