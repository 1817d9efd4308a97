"""Which languages a page is in, and what its reader expects: their tables, and the repository's own text.

A table (`ngrams.py`) is read when a page with missing bytes is met, never before.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import log
from typing import TYPE_CHECKING

from doclint.repair.naturalness import script_of
from doclint.repair.ngrams import END, Kind, Table, folded, step
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+")

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


def _file(name: str) -> bytes:
    """Return the content of a file beside the tables."""
    from importlib.resources import files

    return (files("doclint.repair") / "tables" / name).read_bytes()


@cache
def table(language: str) -> Table:
    """Return the table of a language, one of `languages`."""
    data = _file(f"{language}.xz")
    return Table.read(data, languages()[language].kind)


class Language(Value):
    """What tells a language.

    Attributes:
        kind: How it is written.
        script: In which letters.
        letters: Those beyond ASCII; none where there are no spaces between words.
        words: Words (or characters, without spaces between words) that others hardly have.
    """

    kind: Kind
    script: str
    letters: frozenset[str]
    words: frozenset[str]


@cache
def languages() -> dict[str, Language]:
    """Return the languages that have a table, by their BCP 47 tags."""
    import json

    text = _file("languages.json").decode("utf-8")
    return {
        tag: Language(
            Kind(known["kind"]),
            script_of(known["words"][0]),
            frozenset(known["letters"]),
            frozenset(known["words"].split()),
        )
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

    `counts` are the words of the page and its letters beyond ASCII. Without `text` they decide alone: words that tell a
    language speak for it, letters that it does not have against it.
    """
    letters = [char for char in counts if len(char) == 1 and not char.isascii() and script_of(char) == script]
    scores = {
        tag: sum(counts[word] for word in language.words)
        - sum(counts[char] for char in letters if language.letters and char.lower() not in language.letters)
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

    __slots__ = ("_own", "_seen", "_tables")

    def __init__(self, tables: Sequence[tuple[float, Table]], own: Vocabulary | None, seen: tuple[str, ...]) -> None:
        self._tables = tables
        self._own = own
        self._seen = seen

    def __missing__(self, char: str) -> float:
        folded = step("", char)
        own, *seen = self._seen
        result = 0.0
        for (share, each), history in zip(self._tables, seen, strict=True):
            result += share * each.after(history, folded)
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

    @property
    def spaced(self) -> bool:
        """Whether most of the text is in languages with spaces between words."""
        return 2 * sum(share for share, known in self._tables if known.kind is not Kind.UNSPACED) > sum(
            self._shares.values()
        )

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
