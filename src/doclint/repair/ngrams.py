"""N-grams of characters: how likely a character is after those before it, as a table of a language tells.

A table is a model that backs off: the longest n-gram that it holds says how likely its last character is; where it
holds none, the shorter context is asked, times a weight of the longer one (scripts/ngram_model.py makes it; sources and
licences in tables/LICENSE.md).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from math import log

from doclint.value import Value

QUANTUM = 2
"""Probabilities are stored as logarithms, in steps of this part of a halving; weights in whole ones."""

NO_WEIGHT = 32
"""What stands for a weight of 1, so that greater ones have a number as well; 0 stands for none."""

_DIGITS = re.compile("[0-9]+")
_LETTERS = re.compile("[a-z]+")
_FOREIGN = re.compile("[a-z0 ]*[a-z0][a-z0 ]*")
_BETWEEN_WORDS = re.compile(r"[\x00-/:-`{-\x7f\s]+")

MEMORY = 16
"""Characters of history that a hypothesis remembers; a word of ASCII before the last n-gram fits in."""

_SURPRISE = 0.02
"""How often a character comes that has nothing to do with those before it."""

END = "\n"
"""The end of a line, which the tables foretell like a character."""

UNKNOWN = "\ufffd"
"""Stands in a text for a character that is not known."""

_ENOUGH_TO_TELL = 300
"""Characters that are enough to tell two languages from one another."""


class Kind(Enum):
    """How a language is written, as far as the tables care."""

    LATIN = "latin"
    SPACED = "spaced"  # other letters, with spaces between words
    UNSPACED = "unspaced"  # no spaces between words


def folded(text: str, kind: Kind) -> str:
    """Return `text` as the tables know it: small letters, "0" for a number, a space for what stands between words.

    Words of ASCII are "a" where they are foreign; where words have no spaces between them, neither have those.

    >>> folded("在 FastAPI 0.95 中", Kind.UNSPACED)
    '在0中'
    """
    text = _BETWEEN_WORDS.sub(" ", _DIGITS.sub("0", text.lower()))
    return _without_foreign_words(text, kind)


@lru_cache(maxsize=1 << 15)
def _without_foreign_words(text: str, kind: Kind) -> str:
    match kind:
        case Kind.LATIN:
            return text
        case Kind.SPACED:
            return _LETTERS.sub("a", text)
        case Kind.UNSPACED:
            return _FOREIGN.sub(lambda found: "0" if found[0].rstrip(" ").endswith("0") else "a", text)


@lru_cache(maxsize=1 << 16)
def step(history: str, char: str) -> str:
    r"""Return the history after `char`, folded for a language in Latin letters; "\n" ends a line.

    >>> step(" see ", "É")
    ' see é'
    """
    lowered = char.lower()[:1]
    if char.isascii():
        if char.isdigit():
            lowered = "0"
        elif not char.isalpha() and char != END:
            lowered = " "
        if lowered in "0 " and history.endswith(lowered):
            return history
    elif lowered.isspace():
        lowered = " "
        if history.endswith(" "):
            return history
    return (history + lowered)[-MEMORY:]


class Table(Value):
    """The n-grams of a language.

    Attributes:
        order: Characters in the longest n-gram.
        kind: How the language is written.
        probabilities: N-gram to how likely its last character is after the others.
        weights: Context to the factor for what shorter contexts say of characters that are not listed after it.
        unknown: How likely a character is that the table has never seen.
    """

    order: int
    kind: Kind
    probabilities: dict[str, float]
    weights: dict[str, float]
    unknown: float

    @classmethod
    def read(cls, data: bytes, kind: Kind) -> Table:
        """Read a table as the build script packs it."""
        import json
        import lzma

        header, _, body = lzma.decompress(data).partition(b"\n")
        known = json.loads(header)
        keys, characters, alphabet = known["keys"], known["characters"], known["alphabet"]
        shared, likely, weighty = body[:keys], body[keys : 2 * keys], body[2 * keys : 3 * keys]
        high, low = body[3 * keys : 3 * keys + characters], body[3 * keys + characters :]
        rests = "".join([alphabet[upper << 8 | lower] for upper, lower in zip(high, low, strict=True)])
        grams: list[str] = []
        key, place = "", 0
        for lengths in shared:
            end = place + (lengths & 15)
            key = key[: lengths >> 4] + rests[place:end]
            place = end
            grams.append(key)
        # What is left runs over all of them in one go each, which is much faster than all of it for each in turn.
        halved = [2.0 ** (-number / QUANTUM) for number in range(256)]
        factors = [2.0 ** (NO_WEIGHT - number) for number in range(256)]
        probabilities = dict(zip(grams, [halved[number] for number in likely], strict=True))
        weights = {gram: factors[number] for gram, number in zip(grams, weighty, strict=True) if number}
        return cls(known["order"], kind, probabilities, weights, known["unknown"])

    def probability(self, char: str, history: str) -> float:
        """Return how likely `char` (folded) is after `history` (as `step` makes it), between 0 and 1."""
        return self.after(self.seen(history), char)

    def seen(self, history: str) -> str:
        """Return as much of a history (as `step` makes it) as bears on what comes next."""
        if self.kind is not Kind.LATIN:
            history = _without_foreign_words(history, self.kind)
        return history[-self.order :]

    def after(self, seen: str, char: str) -> float:
        """Return how likely `char` (folded) is after what is `seen` of a history, between 0 and 1."""
        if self.kind is not Kind.LATIN:
            seen, char = _seen_by(self.kind, seen, char)
            if not char:
                return 1.0
        alone = self.probabilities.get(char, self.unknown)
        return (1 - _SURPRISE) * self._backing_off(seen[1 - self.order :] + char) + _SURPRISE * alone

    def _backing_off(self, key: str) -> float:
        """Return how likely the last character of `key` is after the others."""
        weight = 1.0
        while (known := self.probabilities.get(key)) is None:
            if len(key) == 1:
                return weight * self.unknown
            weight *= self.weights.get(key[:-1], 1.0)
            key = key[1:]
        return weight * known

    def expects(self, text: str) -> float:
        """Return how well the table foretells the characters of `text` that are not ASCII: nats, at most 0."""
        result = 0.0
        history = " "
        told = 0
        for char in text:
            if not char.isascii() and char != UNKNOWN:
                result += log(self.probability(char.lower()[:1], history))
                told += 1
                if told == _ENOUGH_TO_TELL:
                    break
            history = step(history, char)
        return result


def _seen_by(kind: Kind, history: str, char: str) -> tuple[str, str]:
    """Return a history without foreign words, and a character behind it; no character where it says nothing new."""
    if "a" <= char <= "z":
        char = "a"
    if kind is Kind.SPACED:
        return history, "" if char == "a" and history.endswith("a") else char
    if char in "a0":
        return history.rstrip(" "), "" if history.endswith(("a", "0")) else char
    return history, "" if char == " " else char
