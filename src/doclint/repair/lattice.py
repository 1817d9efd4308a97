"""What damaged text may have been: a lattice of candidates over the bytes that are left.

UTF-8 is self-synchronising: the first byte of a character says how many follow, so a character that lost bytes is a
slot with few candidates, and the characters around it are known. An edge of the lattice leads from one position in
the tokens to a later one and carries one character.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache, partial
from math import prod
from typing import TYPE_CHECKING

from doclint.repair.codecs import LOST, NOT_A_BYTE, codec
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.multibyte import MULTI_BYTE, Swallows, pairs, swallows, unreadable
from doclint.repair.scan import CONTINUATIONS, LEADS
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    _Way = tuple[int, tuple[frozenset[int], ...], float, bool]

MISSING = -1
"""Token of a byte whose place is known, but not its value."""

LITERAL = -2
"""Token of a character that the codec cannot write: it was never damaged."""

TAIL = -3
"""Token behind `MISSING`: the character of ASCII that the same marker stands for."""

HEAD = -4
"""Token behind `TAIL`: the first byte of the next character, in place of ASCII."""

UNTOUCHED = 12.0
"""What it costs, in nats, that a character of damaged text is not damaged itself."""

_BLANK = 3.0
"""What it costs that a no-break space was turned into a space, or trimmed."""

_STRIPPED = 3.0
"""What it costs that a soft hyphen was stripped."""

_TOO_MANY = 1100
"""Candidates for one character from which on nothing can tell them apart."""

_QUESTION_MARK = 0x3F
SOFT_HYPHEN = frozenset((0xAD,))
_NO_BREAK_SPACE = frozenset((0xA0,))
_NONE: frozenset[int] = frozenset()
_CONTINUATIONS = frozenset(CONTINUATIONS)
_LEADS = frozenset(LEADS)


class Tokens(Value):
    """A text as the bytes that are left of it.

    Attributes:
        text: A character for each token: what it is if it was not damaged, "" inside a character of several bytes.
        values: The tokens: bytes, `MISSING` or `LITERAL`.
        places: For each token, and for the end, the offset in the text at which it begins.
        missing: The values that a byte which was lost in front of a given token may have had.
        dropped: Whether bytes may be missing without a trace.
        question: Whether "?" may stand for a missing byte.
        blank: Whether a space, or nothing at the line's end, may stand for a no-break space.
        hyphens: Whether soft hyphens may be missing without a trace, whatever else is.
        leads: The first bytes that a character whose first byte is missing may have had.
        swallows: What a marker stands for where it is put for a pair of bytes; None where it is for one byte.
    """

    text: Sequence[str]
    values: Sequence[int]
    places: Sequence[int]
    missing: Callable[[int], frozenset[int]]
    dropped: bool
    question: bool
    blank: bool
    hyphens: bool
    leads: frozenset[int]
    swallows: Swallows | None = None


class Edge(Value):
    """A candidate: `char` explains the tokens up to `end`, at a cost in nats; `guessed` when bytes are missing."""

    end: int
    char: str
    cost: float = 0.0
    guessed: bool = False


def tokens(  # noqa: PLR0913 - all that is known of how a text was damaged
    text: str,
    name: str,
    loss: Loss,
    *,
    blank: bool = True,
    hyphens: bool = False,
    leads: frozenset[int] = _LEADS,
) -> Tokens:
    """Return `text` as what is left of its bytes in the codec `name`.

    Args:
        text: A line.
        name: The codec.
        loss: How bytes were lost.
        blank: Whether no-break spaces may have become spaces.
        hyphens: Whether soft hyphens may have been stripped.
        leads: The first bytes that a character whose first byte is missing may have had.
    """
    dropped, question = loss in (Loss.DROPPED, Loss.CONTROLS), loss is Loss.QUESTION
    if name in MULTI_BYTE:
        return _pairs(text, name, loss, leads)
    values = [
        MISSING if char == LOST else LITERAL if char == NOT_A_BYTE else ord(char) for char in codec(name).bytes_of(text)
    ]
    missing = _NONE if loss is Loss.NONE else lost_bytes(name, loss) & _CONTINUATIONS
    return Tokens(
        text, values, range(len(text) + 1), lambda _following: missing, dropped, question, blank, hyphens, leads
    )


def _pairs(text: str, name: str, loss: Loss, leads: frozenset[int]) -> Tokens:
    """Return the tokens of `text` in a codec of one and two bytes."""
    known = pairs(name)
    characters: list[str] = []
    values: list[int] = []
    places: list[int] = []
    swallowed = swallows(name) if loss is Loss.SWALLOWED else None
    marker = [MISSING] if swallowed is None else [MISSING, TAIL, HEAD]
    for place, char in enumerate(text):
        data = known.bytes_of.get(char)
        several = marker if char == LOST else [LITERAL] if data is None else list(data)
        values += several
        places += [place] * len(several)
        characters += [char, *[""] * (len(several) - 1)]
    missing = (lambda _following: _NONE) if loss is Loss.NONE else partial(unreadable, name)
    dropped, question = loss in (Loss.DROPPED, Loss.CONTROLS), loss is Loss.QUESTION
    places.append(len(text))
    known_tokens = Tokens(
        characters, values, places, missing, dropped, question, blank=False, hyphens=False, leads=leads
    )
    return known_tokens if swallowed is None else replace(known_tokens, swallows=swallowed)


def edges(known: Tokens, start: int) -> list[Edge]:
    """Return the candidates for the character that begins at the token `start`."""
    value = known.values[start]
    char = known.text[start]
    if value == LITERAL:
        return [Edge(start + 1, char)]
    if value == TAIL and known.swallows is not None:
        return [Edge(start + 2, tail, guessed=True) for tail in sorted(known.swallows.tails)]
    if 0 <= value < 0x80 and not (value == _QUESTION_MARK and known.question):
        return [Edge(start + 1, char or chr(value))]
    found = _characters(known, start) if value in LEADS else _without_lead(known, start)
    exact = [edge for edge in found if not edge.guessed]
    if exact:
        # Bytes that make a whole character are that character.
        return exact
    if value == HEAD:
        return found
    if value < 0x80:
        return [*found, Edge(start + (1 if known.swallows is None else 3), "?")]
    # A character of several bytes that was not damaged itself takes all of them.
    end = start + 1
    while end < len(known.text) and not known.text[end]:
        end += 1
    return [*found, Edge(end, char, UNTOUCHED)] if char else found


def _without_lead(known: Tokens, start: int) -> list[Edge]:
    """Return the candidates for a character whose first byte is missing, when its place is known."""
    value = _at(known, start)
    if value == HEAD:
        leads = known.leads
    elif value != MISSING:
        return []
    elif known.swallows is not None:
        leads = known.leads & known.swallows.leads
    else:
        leads = known.missing(_at(known, start + 1)) & known.leads
    found = [edge for lead in sorted(leads) for edge in _characters(known, start, lead)]
    return found if len(found) <= _TOO_MANY else []


def _characters(known: Tokens, start: int, lost_lead: int = 0) -> list[Edge]:
    lead = lost_lead or known.values[start]
    length = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    best: dict[tuple[int, str], Edge] = {}
    for end, data, cost, guessed in _ways(known, start, lost_lead, length):
        if prod(map(len, data)) > _TOO_MANY:
            continue
        following = _at(known, end)
        if known.dropped and following in CONTINUATIONS:
            continue  # a byte that no character claims
        for char in _completions(lead, data):
            key = (end, char)
            if key not in best or best[key].cost > cost:
                best[key] = Edge(end, char, cost, guessed)
    return list(best.values())


def _ways(known: Tokens, start: int, lost_lead: int, length: int) -> list[_Way]:
    """Return the ways to fill the `length` continuation bytes: (end, values of each byte, cost, guessed)."""
    ways: list[_Way] = [(start + 1, (), 0.0, bool(lost_lead))]
    if lost_lead and known.swallows is not None and known.values[start] == MISSING:
        # One marker stands for the first byte and the second.
        trails = known.swallows.trails[lost_lead] & _CONTINUATIONS
        ways = [(start + 3, (trails,), 0.0, True)] if trails else []
    complete: list[_Way] = []
    while ways:
        complete += [way for way in ways if len(way[1]) == length]
        ways = [way for old in ways if len(old[1]) < length for way in _next_byte(known, length, old)]
    return complete


def _at(known: Tokens, position: int) -> int:
    """Return the token at a position, `LITERAL` beyond the end; "?" may stand for a missing byte."""
    value = known.values[position] if position < len(known.values) else LITERAL
    return MISSING if known.question and value == _QUESTION_MARK else value


def _next_byte(known: Tokens, length: int, way: _Way) -> list[_Way]:
    """Return the ways to go on with one more continuation byte of `length`, or two where one marker stands for both."""
    position, data, cost, guessed = way
    value, following = _at(known, position), _at(known, position + 1)
    ways: list[_Way] = []
    if value in CONTINUATIONS:
        ways.append((position + 1, (*data, frozenset((value,))), cost, guessed))
    elif value == MISSING and known.swallows is not None:
        ways += _swallowed(known, known.swallows, length, way)
    elif value == MISSING and (missing := known.missing(following) & _CONTINUATIONS):
        ways.append((position + 1, (*data, missing), cost, True))
    if known.dropped and (missing := known.missing(value) & _CONTINUATIONS):
        ways.append((position, (*data, missing), cost, True))
    if known.hyphens:
        ways.append((position, (*data, SOFT_HYPHEN), cost + _STRIPPED, True))
    if value == 0x20 and known.blank:
        ways.append((position + 1, (*data, _NO_BREAK_SPACE), cost + _BLANK, True))
    if known.blank and position == len(known.values):
        ways.append((position, (*data, _NO_BREAK_SPACE), cost + _BLANK, True))
    return ways


def _swallowed(known: Tokens, swallowed: Swallows, length: int, way: _Way) -> list[_Way]:
    """Return the ways to go on over a marker that stands for a pair of bytes, or for a byte that is in no pair."""
    position, data, cost, _ = way
    ways: list[_Way] = []
    if alone := swallowed.alone & _CONTINUATIONS:
        ways.append((position + 3, (*data, alone), cost, True))
    if length - len(data) > 1:
        return ways + [(position + 3, (*data, *pair), cost, True) for pair in _inside(swallowed)]
    ways.append((position + 1, (*data, swallowed.leads & _CONTINUATIONS), cost, True))
    before_head = frozenset(
        byte for byte in swallowed.leads & _CONTINUATIONS if not swallowed.trails[byte].isdisjoint(known.leads)
    )
    if before_head and _at(known, position + 3) in (*CONTINUATIONS, MISSING):
        ways.append((position + 2, (*data, before_head), cost, True))
    return ways


def _inside(swallowed: Swallows) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Return the pairs of continuation bytes that one marker stands for, as first ones and second ones."""
    firsts: defaultdict[frozenset[int], set[int]] = defaultdict(set)
    for lead in swallowed.leads & _CONTINUATIONS:
        firsts[swallowed.trails[lead] & _CONTINUATIONS].add(lead)
    return [(frozenset(leads), trails) for trails, leads in firsts.items() if trails]


@lru_cache(maxsize=1 << 14)
def _completions(lead: int, data: tuple[frozenset[int], ...]) -> tuple[str, ...]:
    """Return the characters whose UTF-8 is `lead` and one byte of each set in `data`."""
    found: list[bytes] = [bytes((lead,))]
    for values in data:
        found = [one + bytes((byte,)) for one in found for byte in sorted(values)]
    characters = []
    for one in found:
        try:
            char = one.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if unicodedata.category(char) not in ("Cn", "Co", "Cs", "Cc"):
            characters.append(char)
    return tuple(characters)
