"""What damaged text may have been: a lattice of candidates over the bytes that are left.

UTF-8 is self-synchronising: the first byte of a character says how many follow, so a character that lost bytes is a
slot with few candidates, and the characters around it are known. An edge of the lattice leads from one position in
the tokens to a later one and carries one character.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from doclint.repair.codecs import LOST, NOT_A_BYTE, codec
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.scan import CONTINUATIONS, LEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING = -1
"""Token of a byte whose place is known, but not its value."""

LITERAL = -2
"""Token of a character that the codec cannot write: it was never damaged."""

UNTOUCHED = 12.0
"""What it costs, in nats, that a character of damaged text is not damaged itself."""

_BLANK = 3.0
"""What it costs that a no-break space was turned into a space, or trimmed."""

_NO_BREAK_SPACE = 0xA0


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the bytes that are left of it.

    Attributes:
        text: The text.
        values: A byte, `MISSING` or `LITERAL` for each of its characters.
        missing: The values that a `MISSING` byte, or one that was dropped, may have had.
        dropped: Whether bytes may be missing without a trace.
        question: Whether "?" may stand for a missing byte.
        blank: Whether a space, or nothing at the line's end, may stand for a no-break space.
    """

    text: str
    values: Sequence[int]
    missing: frozenset[int]
    dropped: bool
    question: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A candidate: `char` explains the tokens up to `end`, at a cost in nats; `guessed` when bytes are missing."""

    end: int
    char: str
    cost: float = 0.0
    guessed: bool = False


def tokens(text: str, name: str, loss: Loss, *, blank: bool = True) -> Tokens:
    """Return `text` as what is left of its bytes in the single-byte codec `name`."""
    values = [
        MISSING if char == LOST else LITERAL if char == NOT_A_BYTE else ord(char)
        for char in codec(name).bytes_of(text)
    ]
    missing = frozenset(byte for byte in lost_bytes(name, loss) if byte in CONTINUATIONS)
    return Tokens(text, values, missing, loss in (Loss.DROPPED, Loss.CONTROLS), loss is Loss.QUESTION, blank)


def edges(known: Tokens, start: int) -> list[Edge]:
    """Return the candidates for the character that begins at the token `start`."""
    value = known.values[start]
    char = known.text[start]
    if 0 <= value < 0x80:
        return [Edge(start + 1, char)]
    found = list(_characters(known, start)) if value in LEADS else []
    if value == LITERAL:
        return [Edge(start + 1, char)]
    exact = [edge for edge in found if not edge.guessed]
    if exact:
        # Bytes that make a whole character are that character.
        return exact
    return [*found, Edge(start + 1, char, UNTOUCHED)]


def _characters(known: Tokens, start: int) -> list[Edge]:
    lead = known.values[start]
    length = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    best: dict[tuple[int, str], Edge] = {}
    # Each way to fill the continuation bytes: (position, bytes, cost, guessed).
    ways: list[tuple[int, tuple[int | None, ...], float, bool]] = [(start + 1, (), 0.0, False)]
    for _ in range(length):
        ways = [way for old in ways for way in _next_byte(known, *old)]
    for end, data, cost, guessed in ways:
        following = known.values[end] if end < len(known.values) else LITERAL
        if known.dropped and following in CONTINUATIONS:
            continue  # a byte that no character claims
        for char in _completions(lead, data, known.missing):
            edge = Edge(end, char, cost, guessed)
            key = (end, char)
            if key not in best or best[key].cost > cost:
                best[key] = edge
    return list(best.values())


def _next_byte(
    known: Tokens,
    position: int,
    data: tuple[int | None, ...],
    cost: float,
    guessed: bool,  # noqa: FBT001 - part of a way
) -> list[tuple[int, tuple[int | None, ...], float, bool]]:
    """Return the ways to go on with one more continuation byte; None stands for one of the missing values."""
    value = known.values[position] if position < len(known.values) else LITERAL
    ways = []
    if value in CONTINUATIONS:
        ways.append((position + 1, (*data, value), cost, guessed))
    elif value == MISSING and known.missing:
        ways.append((position + 1, (*data, None), cost, True))
    elif value == 0x3F and known.question:
        ways.append((position + 1, (*data, None), cost, True))
    if known.dropped and known.missing:
        ways.append((position, (*data, None), cost, True))
    if value == 0x20 and known.blank:
        ways.append((position + 1, (*data, _NO_BREAK_SPACE), cost + _BLANK, True))
    if known.blank and position == len(known.values):
        ways.append((position, (*data, _NO_BREAK_SPACE), cost + _BLANK, True))
    return ways


@lru_cache(maxsize=1 << 14)
def _completions(lead: int, data: tuple[int | None, ...], missing: frozenset[int]) -> tuple[str, ...]:
    """Return the characters whose UTF-8 is `lead` and `data`, None being any of the `missing` bytes."""
    found: list[bytes] = [bytes((lead,))]
    for value in data:
        values = sorted(missing) if value is None else (value,)
        found = [one + bytes((byte,)) for one in found for byte in values]
    characters = []
    for one in found:
        try:
            char = one.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if unicodedata.category(char) not in ("Cn", "Co", "Cs", "Cc"):
            characters.append(char)
    return tuple(characters)
