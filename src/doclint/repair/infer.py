"""What damaged lines say: the likeliest characters for what was lost, and how sure each is.

Each line is a lattice of candidates (`lattice.py`), through which the likeliest way is found (`beam.py`). Then the
lines of a page tell how often its author uses each of the candidates that look alike after the damage, and are read
again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

from doclint.repair import letter_case
from doclint.repair.balance import balance
from doclint.repair.beam import Path, Slot, search
from doclint.repair.codecs import LOST
from doclint.repair.language import Reader, Vocabulary, spoken
from doclint.repair.lattice import SOFT_HYPHEN, Edge, Tokens, edges, tokens
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.multibyte import MULTI_BYTE, swallows
from doclint.repair.ngrams import END, UNKNOWN
from doclint.repair.scan import CONTINUATIONS, LEADS
from doclint.repair.tails import charge
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 0.5
"""The share of the incomplete characters from which on a sign explains them: others may have lost bytes otherwise."""

_IDEOGRAPHS = range(0xE4, 0xEA)
"""The first bytes of the common ideographs."""

_ANY = frozenset(CONTINUATIONS)

_IN_FRONT = re.compile(r"\?[^\x00-\x7f]")
"""A question mark in front of a damaged character: one that was written stands behind words, not in front of them."""

_OFTEN = 1 / 3
"""So many of them for each line are no accident."""

_FALLBACK = {"en": 1.0}

_USUAL = 4.0
"""So many uses does the tables' word count for, against what is seen on the page."""

_HABIT = 2.5
"""The most, in nats, that the author's habits speak for or against a candidate."""


_HOPELESS = 20_000
"""Candidates of a line from which on it is left alone: reading it would take seconds, and it is hardly prose."""


class InContext(Value):
    """A damaged line between what is known of the text in front of it and behind it."""

    text: str
    before: str = " "
    after: str = END


class Manner(Value):
    """How lines were damaged.

    Attributes:
        codec: The codec in which their UTF-8 was misread.
        loss: What became of the bytes that it cannot show.
        blank: Whether no-break spaces may have become spaces.
        hyphens: Whether soft hyphens may have been stripped.
        leads: The first bytes that a character whose first byte is missing may have had.
        carriage: Whether lines end with CRLF.
    """

    codec: str
    loss: Loss
    blank: bool = True
    hyphens: bool = False
    leads: frozenset[int] = frozenset()
    carriage: bool = False

    def tokens(self, text: str) -> Tokens:
        """Return what is left of the bytes of `text`."""
        return tokens(text, self.codec, self.loss, blank=self.blank, hyphens=self.hyphens, leads=self.leads)


class Stretch(Value):
    """Neighbouring characters of a line that are repaired together, or not at all.

    Attributes:
        start: Where it begins in the damaged line.
        end: Where it ends there.
        text: What it was.
        slots: The characters of `text` that were inferred.
        offsets: Where each of them stands in `text`.
    """

    start: int
    end: int
    text: str
    slots: tuple[Slot, ...]
    offsets: tuple[int, ...]

    @property
    def posterior(self) -> float:
        """How sure the least sure of its characters is; 1.0 when none was inferred."""
        return min((slot.posterior for slot in self.slots), default=1.0)


def loss_of(lines: Sequence[str], name: str, *, blank: bool = False) -> Loss:
    """Return how bytes were lost in `lines` when they were misread in the codec `name`.

    `blank` says whether no-break spaces may have become spaces, which is no loss of the codec.
    """
    if any(LOST in line for line in lines):
        return _marked(lines, name)
    if name in MULTI_BYTE and sum(len(_IN_FRONT.findall(line)) for line in lines) > _OFTEN * len(lines):
        return Loss.QUESTION
    known = [tokens(line, name, Loss.NONE, blank=blank) for line in lines]
    incomplete = sum(map(_incomplete, known))
    if not incomplete:
        return Loss.NONE
    if name in MULTI_BYTE or lost_bytes(name, Loss.DROPPED):
        questions = [tokens(line, name, Loss.QUESTION, blank=blank) for line in lines]
        if sum(map(_incomplete, questions)) <= _MOST * incomplete:
            return Loss.QUESTION
        if name in MULTI_BYTE:
            return Loss.DROPPED
    # What is still there was not dropped; then soft hyphens alone were stripped.
    there = {value for line in known for value in line.values}
    if there & (lost_bytes(name, Loss.CONTROLS) - SOFT_HYPHEN):
        return Loss.NONE
    if lost_bytes(name, Loss.DROPPED) and there & SOFT_HYPHEN:
        return Loss.DROPPED
    return Loss.CONTROLS


def _marked(lines: Sequence[str], name: str) -> Loss:
    """Return what U+FFFD stands for in `lines`: a byte, or in some programs a pair of bytes."""
    # A codec that cannot read how ideographs begin swallows their first bytes: nothing tells what those were.
    if name not in MULTI_BYTE or any(swallows(name).trails.get(lead, _ANY) & _ANY for lead in _IDEOGRAPHS):
        return Loss.REPLACED
    byte, pair = (
        sum(_incomplete(tokens(line, name, loss)) for line in lines) for loss in (Loss.REPLACED, Loss.SWALLOWED)
    )
    return Loss.SWALLOWED if pair < _MOST * byte else Loss.REPLACED


def _incomplete(line: Tokens) -> int:
    """Return how many lead bytes of `line` cannot have become a character."""
    found = 0
    position = 0
    while position < len(line.values):
        candidates = edges(line, position)
        if line.values[position] in LEADS and all(edge.cost and not edge.guessed for edge in candidates):
            found += 1
        position = candidates[0].end if candidates else position + 1
    return found


def reader_for(certainties: Sequence[str], intact: str, own: Vocabulary | None) -> Reader:
    """Return a reader of the languages that a page is in: of what is certain in its lines, and of its `intact` text."""
    return Reader(spoken(" ".join([intact, *certainties])) or _FALLBACK, own)


def leads_of(certainties: Sequence[str]) -> frozenset[int]:
    """Return the first bytes of the characters that are certain in damaged lines, but for those of ASCII."""
    known = set().union(*certainties)
    # A stray byte of the page, a lone surrogate, is no character.
    characters = (char for char in known if not char.isascii() and char != UNKNOWN and not "\ud800" <= char <= "\udfff")
    return frozenset(char.encode("utf-8")[0] for char in characters)


def certain(line: Tokens) -> str:
    """Return the characters of a line that are known for certain, `UNKNOWN` for each other one."""
    found = []
    position = 0
    while position < len(line.values):
        candidates = edges(line, position)
        found.append(candidates[0].char if len(candidates) == 1 else UNKNOWN)
        position = candidates[0].end if candidates else position + 1
    return "".join(found)


def restore(
    lines: Sequence[InContext], manner: Manner, reader: Reader, *, twice: bool = True
) -> list[tuple[Stretch, ...]]:
    """Return what the stretches of each line were; empty for a line that nothing explains.

    Unless `twice`, they are read once, without regard to the author's habits.
    """
    # Equal lines are read once.
    places = {line: number for number, line in enumerate(dict.fromkeys(lines))}
    once = [places[line] for line in lines]
    lines = list(places)
    known = [manner.tokens(line.text) for line in lines]
    candidates = [_candidates(line, reader, carriage=manner.carriage) for line in known]
    paths = [_path(line, found, reader) for line, found in zip(lines, candidates, strict=True)]
    if twice:
        habits = _habits([candidates[number] for number in once], [paths[number] for number in once], reader)
        for number, found in enumerate(candidates):
            if _charge(found, habits):
                paths[number] = _path(lines[number], found, reader)
    found_in = [
        () if path is None else _stretches(line.text, tokens_of, path)
        for line, tokens_of, path in zip(lines, known, paths, strict=True)
    ]
    return [found_in[number] for number in once]


def _candidates(known: Tokens, reader: Reader, *, carriage: bool) -> list[list[Edge]]:
    """Return the candidates that begin at each token of a line; nothing where they are too many."""
    found = []
    number = 0
    for position in range(len(known.values)):
        found.append(edges(known, position))
        number += len(found[-1])
        if number > _HOPELESS:
            return []
    balance(found)
    letter_case.charge(found)
    charge(found, known, spaced=reader.spaced, carriage=carriage)
    return found


def _path(line: InContext, candidates: Sequence[Sequence[Edge]], reader: Reader) -> Path | None:
    if not candidates:
        return None
    return search(len(candidates), candidates.__getitem__, reader, line.before, line.after)


_Alike = frozenset[str]


def _alike(found: Sequence[Edge]) -> _Alike:
    """Return the candidates that look alike after the damage, of those that begin at one place."""
    return frozenset(edge.char for edge in found if edge.guessed)


def _habits(
    candidates: Sequence[Sequence[Sequence[Edge]]], paths: Sequence[Path | None], reader: Reader
) -> dict[_Alike, dict[str, float]]:
    """Return, for candidates that look alike, what the page's use of them speaks for each, in nats."""
    uses: defaultdict[_Alike, Counter[str]] = defaultdict(Counter)
    for found, path in zip(candidates, paths, strict=True):
        for slot in path.slots if path is not None else ():
            counts = uses[_alike(found[slot.start])]
            for char, share in ((slot.char, slot.posterior), *slot.rivals):
                counts[char] += share  # type: ignore[assignment]
    habits = {}
    for alike, counts in uses.items():
        if len(alike) < 2 or all(map(str.isascii, alike)) or sum(counts.values()) < _USUAL:
            continue
        usual = {char: reader.probability(char, "") for char in alike}
        total = sum(usual.values())
        weight = sum(counts.values()) + _USUAL
        habits[alike] = {
            char: max(-_HABIT, min(_HABIT, log((_seen(counts[char]) * total / usual[char] + _USUAL) / weight)))
            for char in alike
        }
    return habits


def _seen(uses: float) -> float:
    """Return how many uses count: less than one is no habit."""
    return uses if uses >= 1 else 0.0


def _charge(candidates: list[list[Edge]], habits: dict[_Alike, dict[str, float]]) -> bool:
    """Charge the candidates of a line, in place, for being against the author's habits; tell whether any was."""
    charged = False
    for position, found in enumerate(candidates):
        if len(found) > 1 and (habit := habits.get(_alike(found))) is not None:
            candidates[position] = [
                Edge(edge.end, edge.char, edge.cost - habit[edge.char], edge.guessed) if edge.guessed else edge
                for edge in found
            ]
            charged = True
    return charged


def _stretches(line: str, known: Tokens, path: Path) -> tuple[Stretch, ...]:
    slots = {slot.start: slot for slot in path.slots}
    found: list[Stretch] = []
    begin = end = None
    text: list[str] = []
    inside: dict[int, Slot] = {}

    def close() -> None:
        if begin is not None and end is not None and "".join(text) != line[begin:end]:
            starts = (0, *accumulate(map(len, text)))
            offsets = tuple(starts[number] for number in inside)
            found.append(Stretch(begin, end, "".join(text), tuple(inside.values()), offsets))

    for start, edge in path.steps:
        if edge.char.isascii() and not edge.guessed and known.text[start] == edge.char:
            close()
            begin, text, inside = None, [], {}
            continue
        if begin is None:
            begin = known.places[start]
        end = known.places[edge.end]
        if edge.guessed:
            inside[len(text)] = slots[start]
        text.append(edge.char)
    close()
    return tuple(found)


def replaced(line: str, stretches: Sequence[Stretch]) -> str:
    """Return a line with its stretches restored."""
    pieces = []
    position = 0
    for stretch in stretches:
        pieces += [line[position : stretch.start], stretch.text]
        position = stretch.end
    return "".join([*pieces, line[position:]])
