"""Which code page a page is in that is not UTF-8: strict decoding proposes texts, the language tables choose.

utf16        is it UTF-16 without a byte-order mark?
code_pages   which texts may the bytes be?           (about forty code pages, most of which fail)
evidence     how likely is a text in a language?

All candidates explain the same bytes, and what is ASCII in all of them counts for none, so that their totals can be
compared. Candidates race: line by line those fall out that are hopelessly behind.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from math import inf, log
from typing import TYPE_CHECKING

from doclint.legacy.code_pages import candidates
from doclint.legacy.evidence import surprise
from doclint.legacy.utf16 import utf16
from doclint.repair.language import languages
from doclint.repair.naturalness import Scripts, bits, script_of
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Guess", "guesses", "likely", "utf16"]

_ENOUGH = 1200
"""Bytes beyond ASCII that are looked at, and further ones as long as they are new."""

_OFTEN = 4
"""A byte has been looked at when it came so many times."""

_TOO_CLOSE = 4.0
"""Two guesses that differ by no more nats are both reported."""

_LONGEST = 1500
"""So many bytes of a line are looked at."""

_ENOUGH_LINES = 30
_REPORTED = 3
_BIT = log(2)

_BEARABLE = 6.5
_ALWAYS_BEARABLE = 30.0
"""So many nats for each byte, and so many more, are the most that a page of a language with a table needs."""

_CONTROLS = 0.01
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_BEHIND = 40.0
"""Who is so many nats behind does not catch up."""

_HOPELESS = 1.5
_WORD = re.compile("[a-z]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_A_WORD_TELLS = 1.0
"""So many nats each word that hardly any other language has."""

_TELLING_WORDS = 10
_SHARE = 0.2
"""The share of the letters that a script has at least on a page in it."""

_FOREIGN = 3.0
"""How fast it becomes less likely that a page is in a script with a smaller share."""


class Guess(Value):
    """A code page that a page may be in.

    Attributes:
        encoding: The code page; "utf-8" for UTF-8 with stray bytes.
        surprise: In nats; less is likelier, and only differences mean something.
        reads_well: Whether somebody may have written the text.
    """

    encoding: str
    surprise: float
    reads_well: bool


def guesses(data: bytes, proposals: Iterable[str] = ()) -> list[Guess]:
    """Return the code pages that `data` may be in, likeliest first.

    Args:
        data: A page that is not UTF-8.
        proposals: Codecs beside the usual ones.
    """
    surprises = {each.encoding: each.surprise for each in candidates(data, proposals)}
    lines = list(_sample(data))
    told = _told(lines)
    race: dict[tuple[str, str], float] = {}
    texts = {encoding: [_text(line, encoding) for line in lines] for encoding in surprises}
    for encoding in _natural(texts):
        for tag, cost in _readers(texts[encoding], told):
            race[encoding, tag] = surprises[encoding] + cost
    for number in range(len(lines)):
        for encoding, tag in race:
            race[encoding, tag] += surprise(texts[encoding][number], tag)
        lead = min(race.values(), default=0.0)
        race = {key: value for key, value in race.items() if value < lead + _BEHIND}
    is_text = len(_NO_TEXT.findall(data)) < _CONTROLS * len(data)
    bearable = _BEARABLE * sum(byte > 0x7F for line in lines for byte in line) + _ALWAYS_BEARABLE
    result: dict[str, Guess] = {}
    for (encoding, _), value in sorted(race.items(), key=lambda item: item[1]):
        result.setdefault(encoding, Guess(encoding, value, is_text and value < bearable))
    if not next(iter(result.values()), Guess("", inf, reads_well=True)).reads_well:
        # None of them can be called: the others are worth a look, too.
        for encoding in surprises:
            result.setdefault(encoding, Guess(encoding, inf, reads_well=False))
    return list(result.values())


def likely(ranked: Sequence[Guess]) -> tuple[str, ...]:
    """Return the encoding of the best guess, and with it those that are too close to it to call.

    Where even the best does not read well, none can be called, and a single one is no guess.
    """
    if not ranked or ranked[0].reads_well:
        return tuple(guess.encoding for guess in ranked if guess.surprise < ranked[0].surprise + _TOO_CLOSE)[:_REPORTED]
    return tuple(guess.encoding for guess in ranked[:_REPORTED]) if len(ranked) > 1 else ()


def _sample(data: bytes) -> Iterator[bytes]:
    """Yield lines of `data` that are not ASCII: enough of them, and those with bytes that were hardly seen before."""
    seen: Counter[int] = Counter()
    for line in data.splitlines():
        if line.isascii():
            continue
        beyond = [byte for byte in line[:_LONGEST] if byte > 0x7F]
        if seen.total() < _ENOUGH or any(seen[byte] < _OFTEN for byte in set(beyond)):
            seen.update(beyond)
            yield line[:_LONGEST]


def _text(line: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return line.decode("utf-8", "surrogateescape")
    return codecs.getincrementaldecoder(encoding)().decode(line)


def _natural(texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the encodings whose texts are not hopeless, by what Unicode alone knows: no table is read for the rest."""
    needed = {encoding: _BIT * _bits(lines[:_ENOUGH_LINES]) for encoding, lines in texts.items()}
    best = min(needed.values(), default=0.0)
    return [encoding for encoding, nats in needed.items() if nats < _HOPELESS * best + _BEHIND]


def _bits(lines: Sequence[str]) -> float:
    scripts = Scripts(lines)
    return sum(
        bits(match[0], line[: match.start()][-1:], line[match.end() : match.end() + 1], scripts)
        for line in lines
        for match in _BEYOND_ASCII.finditer(line)
    )


def _told(lines: Sequence[bytes]) -> Counter[str]:
    """Return how often words of ASCII alone tell each language that is written in Latin letters."""
    words = Counter(word for line in lines for word in _WORD.findall(line.decode("ascii", "replace").lower()))
    known = {tag: language.words for tag, language in languages().items() if language.script == "LATIN"}
    return Counter({tag: sum(words[word] for word in telling) for tag, telling in known.items()})


def _readers(pieces: Sequence[str], told: Counter[str]) -> Iterator[tuple[str, float]]:
    """Yield the languages that a text may be in, each with what it costs to believe that."""
    letters = Counter(script_of(char) for piece in pieces for char in piece if char.isalpha())
    beyond = Counter(script_of(char) for piece in pieces for char in piece if not char.isascii() and char.isalpha())
    wanted = {script for script, number in beyond.most_common(3) if number > 0.1 * beyond.total()} or {"LATIN"}
    # English is in pages of all languages.
    others = max(number for tag, number in told.items() if tag != "en")
    for tag, language in languages().items():
        if language.script == "LATIN" and "LATIN" in wanted:
            yield tag, _A_WORD_TELLS * min(_TELLING_WORDS, others - min(told[tag], others))
        elif language.script in wanted:
            share = beyond[language.script] / letters.total()
            yield tag, _A_WORD_TELLS * min(_TELLING_WORDS, others) + _FOREIGN * max(0.0, log(_SHARE / share))
