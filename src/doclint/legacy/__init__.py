"""Which code page a page is in that is not UTF-8: strict decoding proposes texts, the language tables choose.

code_pages   which texts may the bytes be?        (about forty code pages, most of which fail)
evidence     how likely is a text in a language?

All candidates explain the same bytes, and what is ASCII in all of them counts for none, so that their totals can be
compared. Candidates race: line by line those fall out that are hopelessly behind.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.legacy.code_pages import Candidate, candidates
from doclint.legacy.evidence import surprise
from doclint.legacy.utf16 import utf16
from doclint.repair.language import languages
from doclint.repair.naturalness import Scripts, bits, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Guess", "guesses", "utf16"]

_ENOUGH = 1200
"""Bytes beyond ASCII that are looked at, and further ones as long as they are new."""

_OFTEN = 4
"""A byte has been looked at when it came so many times."""

_LONGEST = 1500
_BEHIND = 40.0
_HOPELESS = 1.5
_WORD = re.compile("[a-z]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_A_WORD_TELLS = 1.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A code page that a page may be in; `surprise` in nats: less is likelier, only differences mean something."""

    encoding: str
    surprise: float
    language: str


def guesses(data: bytes, proposals: Iterable[str] = ()) -> list[Guess]:
    """Return the code pages that `data` may be in, likeliest first."""
    runners = candidates(data, proposals)
    lines = list(_sample(data))
    if len(runners) == 1:
        return [Guess(runners[0].encoding, 0.0, "")]
    texts = {each.encoding: [_piece(line, each.encoding) for line in lines] for each in runners}
    prior = {each.encoding: each.surprise for each in runners}
    rough = {name: prior[name] + 0.7 * _unnatural(pieces) for name, pieces in texts.items()}
    best = min(rough.values(), default=0.0)
    finalists = [name for name in rough if rough[name] < _HOPELESS * best + _BEHIND]
    told = _told(lines)
    race: dict[tuple[str, str], float] = {}
    for name in finalists:
        for tag in _languages(texts[name], told):
            race[name, tag] = prior[name] + _language_surprise(tag, told)
    for number in range(len(lines)):
        for name, tag in race:
            race[name, tag] += surprise(texts[name][number], tag)
        lead = min(race.values())
        race = {key: value for key, value in race.items() if value < lead + _BEHIND}
    result: dict[str, Guess] = {}
    for (name, tag), value in sorted(race.items(), key=lambda item: item[1]):
        result.setdefault(name, Guess(name, value, tag))
    return list(result.values())


def _sample(data: bytes) -> Iterator[bytes]:
    """Yield lines of `data` that are not ASCII: enough of them, and those with bytes that were hardly seen before."""
    seen: Counter[int] = Counter()
    for line in data.splitlines():
        if line.isascii():
            continue
        line = line[:_LONGEST]
        beyond = [byte for byte in line if byte > 0x7F]
        if seen.total() < _ENOUGH or any(seen[byte] < _OFTEN for byte in set(beyond)):
            seen.update(beyond)
            yield line


def _piece(line: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return line.decode("utf-8", "surrogateescape")
    return codecs.getincrementaldecoder(encoding)().decode(line)


def _unnatural(pieces: Sequence[str]) -> float:
    scripts = Scripts(pieces)
    total = 0.0
    for piece in pieces[:30]:
        for match in _BEYOND_ASCII.finditer(piece):
            before, after = piece[max(0, match.start() - 1) : match.start()], piece[match.end() : match.end() + 1]
            total += bits(match[0], before, after, scripts)
    return total


def _told(lines: Sequence[bytes]) -> Counter[str]:
    words = Counter(word for line in lines for word in _WORD.findall(line.decode("ascii", "replace").lower()))
    told: Counter[str] = Counter()
    for tag, language in languages().items():
        told[tag] = sum(words[word] for word in language.words if word.isascii())
    return told


def _language_surprise(tag: str, told: Counter[str]) -> float:
    if languages()[tag].script != "LATIN":
        return 3.0
    return _A_WORD_TELLS * min(10, max(told.values()) - told[tag]) + 3.0


def _languages(pieces: Sequence[str], told: Counter[str]) -> list[str]:
    scripts = Counter(script_of(char) for piece in pieces for char in piece if not char.isascii())
    del scripts[""]
    total = scripts.total()
    wanted = {script for script, number in scripts.most_common(3) if number > 0.1 * total} or {"LATIN"}
    latin = [tag for tag, _ in sorted(told.items(), key=lambda item: -item[1]) if languages()[tag].script == "LATIN"]
    return [tag for tag, language in languages().items() if language.script in wanted and (language.script != "LATIN" or tag in latin)]
