"""Lines of which bytes are missing: what they were, as far as language and evidence tell.

The whole page tells how bytes were lost and which languages it is in. Then each line is a lattice of candidates
(`lattice.py`), and the likeliest way through it is found (`beam.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.repair.balance import balance
from doclint.repair.beam import Path, Slot, search
from doclint.repair.codecs import LOST
from doclint.repair.language import Reader, Vocabulary, spoken
from doclint.repair.lattice import Edge, Tokens, edges, tokens
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.scan import LEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FALLBACK = {"en": 1.0}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring characters of a line that are repaired together, or not at all.

    Attributes:
        start: Where it begins in the damaged line.
        end: Where it ends there.
        text: What it was.
        slots: The characters of `text` that were inferred.
    """

    start: int
    end: int
    text: str
    slots: tuple[Slot, ...]

    @property
    def posterior(self) -> float:
        """How sure the least sure of its characters is; 1.0 when none was inferred."""
        return min((slot.posterior for slot in self.slots), default=1.0)


def loss_of(lines: Sequence[str], name: str) -> Loss:
    """Return how bytes were lost in `lines` when they were misread in the codec `name`."""
    if any(LOST in line for line in lines):
        return Loss.REPLACED
    known = [tokens(line, name, Loss.NONE) for line in lines]
    if not any(_unexplained(line) for line in known):
        return Loss.NONE
    if lost_bytes(name, Loss.DROPPED):
        questions = [tokens(line, name, Loss.QUESTION) for line in lines]
        if any("?" in line for line in lines) and not any(_unexplained(line) for line in questions):
            return Loss.QUESTION
        invisible = lost_bytes(name, Loss.CONTROLS) - lost_bytes(name, Loss.DROPPED)
        if any(value in invisible for line in known for value in line.values):
            return Loss.DROPPED
    return Loss.CONTROLS


def _unexplained(line: Tokens) -> bool:
    """Tell whether a lead byte of `line` cannot have become a character."""
    position = 0
    while position < len(line.values):
        found = edges(line, position)
        if line.values[position] in LEADS and len(found) == 1 and not found[0].guessed and found[0].cost:
            return True
        position = found[0].end
    return False


def reader_for(lines: Sequence[str], name: str, loss: Loss, intact: str, own: Vocabulary | None) -> Reader:
    """Return a reader of the languages that a page is in: of its damaged `lines`, and of its `intact` text."""
    text = " ".join([intact, *(_certain(tokens(line, name, loss)) for line in lines)])
    return Reader(spoken(text) or _FALLBACK, own)


def _certain(line: Tokens) -> str:
    """Return the characters of a line that are known for certain, a space for each other one."""
    found = []
    position = 0
    while position < len(line.values):
        candidates = edges(line, position)
        found.append(candidates[0].char if len(candidates) == 1 else " ")
        position = candidates[0].end
    return "".join(found)


def restore(line: str, name: str, loss: Loss, reader: Reader, *, blank: bool = True) -> tuple[Stretch, ...]:
    """Return what the stretches of a damaged line were; empty when nothing explains it.

    `blank` tells whether no-break spaces may have become spaces.
    """
    known = tokens(line, name, loss, blank=blank)
    candidates = [edges(known, position) for position in range(len(line))]
    balance(candidates)
    path = search(len(line), candidates.__getitem__, reader)
    return () if path is None else _stretches(line, path)


def _stretches(line: str, path: Path) -> tuple[Stretch, ...]:
    slots = {slot.start: slot for slot in path.slots}
    found = []
    begin = end = None
    text: list[str] = []
    inside: list[Slot] = []

    def close() -> None:
        if begin is not None and end is not None and "".join(text) != line[begin:end]:
            found.append(Stretch(begin, end, "".join(text), tuple(inside)))

    for start, edge in path.steps:
        if edge.char.isascii() and not edge.guessed:
            close()
            begin, text, inside = None, [], []
            continue
        if begin is None:
            begin = start
        end = edge.end
        text.append(edge.char)
        if edge.guessed:
            inside.append(slots[start])
    close()
    return tuple(found)


def is_plain(edge: Edge) -> bool:
    """Tell whether an edge carries a character that damage never touches."""
    return edge.char.isascii() and not edge.guessed
