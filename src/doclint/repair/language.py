"""What a character is likely to be, given those before it: tables of the languages, and the repository's own text.

A table holds n-grams of characters with their counts (scripts/build_language_tables.py; sources and licences in
tables/LICENSE.md). It is read when a page with missing bytes is met, never before.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING

from doclint.repair.naturalness import script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

QUANTUM = 2
"""Counts are stored as logarithms, in steps of this part of a doubling."""

_DIGITS = re.compile("[0-9]+")
_LETTERS = re.compile("[a-z]+")
_FOREIGN = re.compile("[a-z0 ]*[a-z0][a-z0 ]*")
_BETWEEN_WORDS = re.compile(r"[\x00-/:-`{-\x7f\s]+")
_WORD = re.compile(r"[^\W\d_]+")

MEMORY = 16
"""Characters of history that a hypothesis remembers; a word of ASCII before the last n-gram fits in."""

_DISCOUNT = 0.8
_SURPRISE = 0.05
"""How often a character comes that has nothing to do with those before it."""

_UNKNOWN = 30_000
"""How many characters there might be that a table has never seen."""

END = "\n"
"""The end of a line, which the tables foretell like a character."""

UNKNOWN = "\ufffd"
"""Stands in a text for a character that is not known."""

_ENOUGH_TO_TELL = 300
"""Characters that are enough to tell two languages from one another."""

_ASCII_LETTER = 0.05
"""What a letter of ASCII counts, as against one that is not: code and names are in ASCII in every language."""

_SCRIPTS = 3
_CANDIDATES = 4
_LIKELY = 0.2
_FEW_WORDS = 20
_SMALL = 0.1
"""The share of a page from which on it is worth to read tables to tell the languages of a script apart."""


_REMEMBERED = 1 << 15
"""Histories for which a reader remembers what may come next."""

_OWN_WEIGHT = 3.0
_OWN_CONTEXT = 2
"""What a repository says counts from contexts of so many characters on; shorter ones say little about it."""


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


@dataclass(frozen=True, slots=True)
class Table:
    """The n-grams of a language.

    Attributes:
        order: Characters in the longest n-gram.
        kind: How the language is written.
        counts: N-gram to its count.
        following: Context to the sum of the counts of the n-grams that are one character longer.
        kinds: Context to how many of them there are.
        contexts: History to what `contexts_of` has found for it.
    """

    order: int
    kind: Kind
    counts: dict[str, float]
    following: dict[str, float]
    kinds: dict[str, int]
    contexts: dict[str, list[tuple[str, float, float]]] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, data: bytes, kind: Kind) -> Table:
        """Read a table as the build script packs it."""
        import json
        import lzma

        header, _, body = lzma.decompress(data).partition(b"\n")
        known = json.loads(header)
        keys, characters, alphabet = known["keys"], known["characters"], known["alphabet"]
        shared, logarithms = body[:keys], body[keys : 2 * keys]
        high, low = body[2 * keys : 2 * keys + characters], body[2 * keys + characters :]
        rests = "".join([alphabet[upper << 8 | lower] for upper, lower in zip(high, low, strict=True)])
        powers = [2 ** (logarithm / QUANTUM) for logarithm in range(256)]
        grams: list[str] = []
        key, place = "", 0
        for lengths in shared:
            end = place + (lengths & 15)
            key = key[: lengths >> 4] + rests[place:end]
            place = end
            grams.append(key)
        # What is left runs over all of them in one go each, which is much faster than all of it for each in turn.
        numbers = [powers[logarithm] for logarithm in logarithms]
        contexts = [gram[:-1] for gram in grams]
        counts = dict(zip(grams, numbers, strict=True))
        kinds = Counter(contexts)
        following = dict.fromkeys(kinds, 0.0)
        for context, number in zip(contexts, numbers, strict=True):
            following[context] += number
        return cls(known["order"], kind, counts, following, kinds)

    def seen(self, history: str) -> str:
        """Return as much of a history (as `step` makes it) as bears on what comes next."""
        if self.kind is not Kind.LATIN:
            history = _without_foreign_words(history, self.kind)
        return history[-self.order :]

    def probability(self, char: str, history: str) -> float:
        """Return how likely `char` (folded) is after `history` (as `step` makes it), between 0 and 1."""
        if self.kind is not Kind.LATIN:
            history, char = _seen_by(self.kind, _without_foreign_words(history, self.kind), char)
            if not char:
                return 1.0
        return self.share(char, self.contexts_of(history))

    def share(self, char: str, contexts: Sequence[tuple[str, float, float]]) -> float:
        """Return how likely `char` (folded) is after a history with such `contexts`."""
        get = self.counts.get
        alone = result = (get(char, 0.0) + 0.5) / (self.following[""] + _UNKNOWN)
        for context, own, rest in contexts:
            count = get(context + char)
            result = rest * result if count is None else own * count + rest * result
        return (1 - _SURPRISE) * result + _SURPRISE * alone

    def contexts_of(self, history: str) -> Sequence[tuple[str, float, float]]:
        """Return the contexts that a history ends with, shortest first.

        With each: what a count in it is worth, and what is left for the shorter contexts (absolute discounting).
        """
        history = history[1 - self.order :]
        known = self.contexts.get(history)
        if known is None:
            known = self.contexts[history] = []
            for length in range(1, len(history) + 1):
                context = history[-length:]
                if (seen := self.following.get(context)) is not None:
                    total = max(self.counts.get(context, 0.0), seen)
                    discount = min(_DISCOUNT * self.kinds[context], 0.9 * seen)
                    known.append((context, (1 - discount / seen) / total, (total - seen + discount) / total))
        return known

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


def _file(name: str) -> bytes:
    """Return the content of a file beside the tables."""
    from importlib.resources import files

    return (files("doclint.repair") / "tables" / name).read_bytes()


@cache
def table(language: str) -> Table:
    """Return the table of a language, one of `languages`."""
    data = _file(f"{language}.xz")
    return Table.read(data, languages()[language].kind)


@dataclass(frozen=True, slots=True)
class Language:
    """What tells a language: words (or characters, without spaces between words) that others hardly have."""

    kind: Kind
    script: str
    words: frozenset[str]


@cache
def languages() -> dict[str, Language]:
    """Return the languages that have a table, by their BCP 47 tags."""
    import json

    text = _file("languages.json").decode("utf-8")
    return {
        tag: Language(Kind(known["kind"]), script_of(known["words"][0]), frozenset(known["words"].split()))
        for tag, known in json.loads(text).items()
    }


def spoken(text: str) -> dict[str, float]:
    """Return the languages that `text` seems to be in, with their shares, likeliest first; empty when nothing tells.

    A script that the text has is read by the language of that script whose table expects the text most.
    """
    letters = Counter(script_of(char) for char in text if not char.isascii())
    letters["LATIN"] += round(_ASCII_LETTER * sum(char.isalpha() for char in text if char.isascii()))
    del letters[""]
    counts = Counter(word.lower() for word in _WORD.findall(text))
    counts.update(char for char in text if not char.isascii())
    shares: dict[str, float] = {}
    if not sum(letters.values()):
        return shares
    for script, number in letters.most_common(_SCRIPTS):
        share = number / sum(letters.values())
        if number and (language := _language_of(script, counts, text if share > _SMALL else "")) is not None:
            shares[language] = share
    return shares


def _language_of(script: str, counts: Counter[str], text: str) -> str | None:
    """Return the language of a script whose table expects `text` most; None where no table is in the script.

    `counts` are the words of the page. Without `text` they decide alone.
    """
    scores = {
        tag: sum(counts[word] for word in language.words)
        for tag, language in languages().items()
        if language.script == script
    }
    if not scores:
        return None
    best = max(scores.values())
    likely = [tag for tag, score in scores.items() if score >= _LIKELY * best or best < _FEW_WORDS]
    likely = sorted(likely, key=lambda tag: -scores[tag])[:_CANDIDATES]
    if len(likely) == 1 or not text:
        return likely[0]
    return max(likely, key=lambda tag: (table(tag).expects(text), scores[tag]))


class Vocabulary:
    """The n-grams of intact text: what a repository says itself."""

    ORDER = 6

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        for line in lines:
            if line.isascii():
                continue
            text = " " + folded(line, Kind.LATIN).strip() + END
            for end in range(1, len(text) + 1):
                for start in range(max(0, end - self.ORDER), end - _OWN_CONTEXT):
                    key = text[start:end]
                    if not key.isascii():
                        if key not in self._counts:
                            self._kinds[key[:-1]] += 1
                        self._counts[key] += 1
        self._following: Counter[str] = Counter()
        for key, number in self._counts.items():
            self._following[key[:-1]] += number

    def probability(self, char: str, history: str, otherwise: float) -> float:
        """Return how likely `char` is after `history`, where it would be `otherwise` without the repository."""
        for length in range(_OWN_CONTEXT, self.ORDER):
            context = history[-length:]
            seen = self._following.get(context)
            if len(context) < length or seen is None:
                break
            prior = _OWN_WEIGHT * self._kinds[context]
            otherwise = (self._counts.get(context + char, 0) + prior * otherwise) / (seen + prior)
        return otherwise


class _After(dict[str, float]):
    """How likely each character is after one history; asked for when it is needed."""

    __slots__ = ("_known", "_own", "_seen", "_tables")

    def __init__(self, tables: Sequence[tuple[float, Table]], own: Vocabulary | None, seen: tuple[str, ...]) -> None:
        self._tables = tables
        self._own = own
        self._seen = seen
        self._known: list[Sequence[tuple[str, float, float]]] | None = None

    def __missing__(self, char: str) -> float:
        folded = step("", char)
        own, *seen = self._seen
        result = 0.0
        if folded.isascii():
            for (share, each), history in zip(self._tables, seen, strict=True):
                result += share * each.probability(folded, history)
        else:
            # No table takes it for a part of something longer: what they know of the history is asked for once.
            if self._known is None:
                self._known = [each.contexts_of(history) for (_, each), history in zip(self._tables, seen, strict=True)]
            for (share, each), contexts in zip(self._tables, self._known, strict=True):
                result += share * each.share(folded, contexts)
        if self._own is not None:
            result = self._own.probability(folded, own, result)
        self[char] = result
        return result


class Reader:
    """Somebody who reads a page: a mixture of languages, and the repository's own words."""

    def __init__(self, shares: dict[str, float], own: Vocabulary | None = None) -> None:
        self._shares = shares
        self._tables: Sequence[tuple[float, Table]] = [(share, table(tag)) for tag, share in shares.items()]
        self._own = own
        self._after: dict[tuple[str, ...], _After] = {}

    def probability(self, char: str, history: str) -> float:
        """Return how likely `char` is after `history` (as `step` makes it)."""
        return self.after(history)[char]

    def after(self, history: str) -> Mapping[str, float]:
        """Return how likely each character is after `history` (as `step` makes it)."""
        own = "" if self._own is None else history[1 - Vocabulary.ORDER :]
        # Histories that differ in nothing that anybody looks at share what is known of them.
        key = (own, *(each.seen(history) for _, each in self._tables))
        if (known := self._after.get(key)) is None:
            if len(self._after) == _REMEMBERED:
                self._after.clear()
            known = self._after[key] = _After(self._tables, self._own, key)
        return known

    def without_own(self) -> Reader:
        """Return a reader of the same languages that does not know the repository."""
        return self if self._own is None else Reader(self._shares)

    def expects(self, text: str) -> float:
        """Return how well the reader foretells the characters of `text` that are not ASCII: nats, at most 0."""
        result = 0.0
        history = " "
        for char in text:
            if not char.isascii():
                result += log(self.probability(char, history))
            history = step(history, char)
        return result
