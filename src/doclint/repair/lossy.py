"""Lines of which bytes are missing: what they were, as far as language and evidence tell.

The whole page tells how bytes were lost and which languages it is in. Then each line is a lattice of candidates
(`lattice.py`), and the likeliest way through it is found (`beam.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.model import Edit, Inference, Safety, Source, Span
from doclint.repair.balance import balance
from doclint.repair.beam import Path, Slot, search
from doclint.repair.codecs import LOST, SINGLE_BYTE
from doclint.repair.language import UNKNOWN, Reader, Vocabulary, spoken
from doclint.repair.lattice import Tokens, edges, tokens
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.multibyte import MULTI_BYTE
from doclint.repair.proof import proves
from doclint.repair.scan import LEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.lines import LineMap
    from doclint.repair.evidence import Evidence
    from doclint.repair.judge import Line

_SAMPLE = 12
"""Lines that are enough to tell two code pages apart: the longest ones."""

_FEW = 0.1
"""The share of the lines that may have lost bytes in another way as well."""

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
    known = [tokens(line, name, Loss.NONE, blank=False) for line in lines]
    if not any(_unexplained(line) for line in known):
        return Loss.NONE
    if name in MULTI_BYTE or lost_bytes(name, Loss.DROPPED):
        questions = [tokens(line, name, Loss.QUESTION, blank=False) for line in lines]
        unexplained = sum(map(_unexplained, questions))
        if any("?" in line for line in lines) and unexplained <= _FEW * len(lines):
            return Loss.QUESTION
        if name in MULTI_BYTE:
            return Loss.DROPPED
        invisible = lost_bytes(name, Loss.CONTROLS) - lost_bytes(name, Loss.DROPPED)
        if any(value in invisible for line in known for value in line.values):
            return Loss.DROPPED
    return Loss.CONTROLS


def _unexplained(line: Tokens) -> bool:
    """Tell whether a lead byte of `line` cannot have become a character."""
    position = 0
    while position < len(line.values):
        found = edges(line, position)
        if line.values[position] in LEADS and all(edge.cost and not edge.guessed for edge in found):
            return True
        position = found[0].end if found else position + 1
    return False


def reader_for(lines: Sequence[str], name: str, loss: Loss, intact: str, own: Vocabulary | None) -> Reader:
    """Return a reader of the languages that a page is in: of its damaged `lines`, and of its `intact` text."""
    text = " ".join([intact, *(_certain(tokens(line, name, loss)) for line in lines)])
    return Reader(spoken(text) or _FALLBACK, own)


def leads_of(lines: Sequence[str], name: str, loss: Loss) -> frozenset[int]:
    """Return the first bytes of the characters that are certain in damaged lines, but for those of ASCII."""
    certain = "".join(_certain(tokens(line, name, loss)) for line in lines)
    return frozenset(char.encode("utf-8")[0] for char in set(certain) if not char.isascii() and char != UNKNOWN)


def _certain(line: Tokens) -> str:
    """Return the characters of a line that are known for certain, `UNKNOWN` for each other one."""
    found = []
    position = 0
    while position < len(line.values):
        candidates = edges(line, position)
        found.append(candidates[0].char if len(candidates) == 1 else UNKNOWN)
        position = candidates[0].end if candidates else position + 1
    return "".join(found)


def restore(  # noqa: PLR0913 - a line, and what is known of its page
    line: str, name: str, loss: Loss, reader: Reader, *, blank: bool = True, leads: frozenset[int] = frozenset()
) -> tuple[Stretch, ...]:
    """Return what the stretches of a damaged line were; empty when nothing explains it. Arguments as in `tokens`."""
    known = tokens(line, name, loss, blank=blank, leads=leads)
    candidates = [edges(known, position) for position in range(len(known.values))]
    balance(candidates)
    path = search(len(known.values), candidates.__getitem__, reader)
    return () if path is None else _stretches(line, known, path)


def _stretches(line: str, known: Tokens, path: Path) -> tuple[Stretch, ...]:
    slots = {slot.start: slot for slot in path.slots}
    found: list[Stretch] = []
    begin = end = None
    text: list[str] = []
    inside: list[Slot] = []

    def close() -> None:
        if begin is not None and end is not None and "".join(text) != line[begin:end]:
            found.append(Stretch(begin, end, "".join(text), tuple(inside)))

    for start, edge in path.steps:
        if edge.char.isascii() and not edge.guessed and known.text[start] == edge.char:
            close()
            begin, text, inside = None, [], []
            continue
        if begin is None:
            begin = known.places[start]
        end = known.places[edge.end]
        text.append(edge.char)
        if edge.guessed:
            inside.append(slots[start])
    close()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a line was.

    Attributes:
        edits: The way back, in places on the disk, for the stretches that are certain enough.
        safety: Whether it is proved, or inferred; DISPLAY when there is no edit.
        loss: How bytes were lost.
        held: How many stretches are too uncertain to touch.
        witness: What proves it, in words.
    """

    edits: tuple[Edit, ...]
    safety: Safety
    loss: Loss
    held: int = 0
    witness: str = ""


def restore_lines(
    source: Source, line_map: LineMap, lines: Sequence[Line], evidence: Evidence, confidence: float
) -> dict[int, Restored]:
    """Restore the lines that lost bytes.

    Args:
        source: The page.
        line_map: Its lines.
        lines: Those that are not ASCII, after all that is exact was undone.
        evidence: What is known beside the page.
        confidence: The posterior that each inferred character of a stretch must reach.

    Returns:
        What is known, by the number of the line, from 1.
    """
    found: dict[int, Restored] = {}
    by_codec: defaultdict[str, list[_Lost]] = defaultdict(list)
    for line in lines:
        if line.lost_in:
            by_codec[line.lost_in].append(_Lost(line, line_map, source.text))
    words = "".join(char if char.isascii() else " " for char in source.text)
    intact = " ".join([words, *(run.text for line in lines if not line.lost_in for run in line.runs)])
    for first, lost in by_codec.items():
        texts = [line.current for line in lost]
        name, loss, reader = _codec_of(first, texts, intact, evidence.vocabulary)
        leads = leads_of(texts, name, loss)
        for one in lost:
            stretches = restore(one.current, name, loss, reader, blank="\xa0" not in source.text, leads=leads)
            known = one.witnessed(source.path, name, loss, evidence, stretches)
            found[one.number] = known or one.inferred(name, loss, stretches, confidence)
    return found


def _codec_of(first: str, texts: Sequence[str], intact: str, own: Vocabulary | None) -> tuple[str, Loss, Reader]:
    """Return the codec in which `texts` were misread, how bytes were lost, and a reader of what they were.

    Several code pages may read all bytes that are left alike and lose others: the one that gives the more natural text
    is the right one, and `first` where that makes no difference.
    """
    loss = loss_of(texts, first)
    reader = reader_for(texts, first, loss, intact, own)
    names = [first, *(name for name in SINGLE_BYTE if name != first)] if first in SINGLE_BYTE else [first]
    sample = sorted(texts, key=len)[-_SAMPLE:]
    values = [tokens(text, first, loss).values for text in sample]
    choices: list[tuple[float, str, Loss]] = []
    for name in names:
        other = loss_of(texts, name)
        if [tokens(text, name, other).values for text in sample] != values:
            continue
        if choices and lost_bytes(name, other) == lost_bytes(choices[0][1], choices[0][2]):
            continue
        leads = leads_of(texts, name, other)
        restored = (_replaced(text, restore(text, name, other, reader, leads=leads)) for text in sample)
        choices.append((sum(map(reader.expects, restored)), name, other))
    if len(choices) < 2:
        return first, loss, reader
    _, name, loss = max(choices, key=lambda choice: choice[0])
    return name, loss, reader


class _Lost:
    """A line that lost bytes, as it is on the disk and as it is after what is exact was undone."""

    def __init__(self, line: Line, line_map: LineMap, text: str) -> None:
        self.number = line.number
        self._span = line_map.span_of_line(line.number)
        self._on_disk = self._span.of(text)
        self._undone = max((tuple(reversed(run.codecs)) for run in line.runs), key=len)
        # Where each run stands in the current text, and where on the disk.
        self._runs: list[tuple[Span, Span]] = []
        pieces = []
        position = self._span.start
        length = 0
        for run in line.runs:
            end = run.start + len(run.original)
            pieces += [text[position : run.start], run.text]
            length += run.start - position
            self._runs.append((Span(length, length + len(run.text)), Span(run.start, end)))
            length += len(run.text)
            position = end
        self.current = "".join([*pieces, text[position : self._span.end]])

    def witnessed(
        self, path: str, name: str, loss: Loss, evidence: Evidence, guess: Sequence[Stretch]
    ) -> Restored | None:
        """Return the line as an older or an equal one proves it; None where none does."""
        if self._undone:
            return None
        plain = self._on_disk.strip()
        offset = self._span.start + self._on_disk.index(plain)
        likeliest = _replaced(self.current, guess).strip()
        for witness, known in (
            ("an older version of the page", evidence.in_history(path, name, loss)),
            ("an intact line elsewhere in the repository", evidence.elsewhere(name, loss)),
        ):
            if (original := known.get(plain)) is not None:
                edit = Edit(Span(offset, offset + len(plain)), original)
                # A line of another page may be another line; that language says the same makes it certain.
                sure = witness.startswith("an older") or original == likeliest
                return Restored((edit,), Safety.SAFE if sure else Safety.UNSAFE, loss, 0, witness)
        return None

    def inferred(self, name: str, loss: Loss, stretches: Sequence[Stretch], confidence: float) -> Restored:
        """Return the line as language has it."""
        edits: list[Edit] = []
        held = 0
        for stretch in self._joined(stretches) if self._undone else stretches:
            span = self._place(stretch)
            old = self._on_disk[span.start - self._span.start : span.end - self._span.start]
            if stretch.posterior < confidence or not proves(old, stretch.text, (name, *self._undone), loss):
                held += 1
                continue
            inferred = tuple(Inference(slot.char, slot.posterior, slot.rivals) for slot in stretch.slots)
            edits.append(Edit(span, stretch.text, None, inferred))
        return Restored(tuple(edits), Safety.UNSAFE if edits else Safety.DISPLAY, loss, held)

    def _joined(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """Return the stretches as one that covers all runs: a run that was damaged twice has no parts on the disk."""
        if not stretches:
            return []
        start, end = self._runs[0][0].start, self._runs[-1][0].end
        behind = len(self.current) - end
        whole = _replaced(self.current, stretches)
        slots = tuple(slot for stretch in stretches for slot in stretch.slots)
        return [Stretch(start, end, whole[start : len(whole) - behind], slots)]

    def _place(self, stretch: Stretch) -> Span:
        """Return where a stretch of the current text is on the disk."""
        return Span(self._offset(stretch.start, end=False), self._offset(stretch.end, end=True))

    def _offset(self, position: int, *, end: bool) -> int:
        shift = self._span.start
        for now, then in self._runs:
            if position < now.start or (position == now.start and not end):
                break
            if position <= now.end if end else position < now.end:
                whole = now.end - now.start == then.end - then.start
                return then.start + position - now.start if whole else then.end if end else then.start
            shift = then.end - now.end
        return position + shift


def _replaced(line: str, stretches: Sequence[Stretch]) -> str:
    """Return a line with its stretches restored."""
    pieces = []
    position = 0
    for stretch in stretches:
        pieces += [line[position : stretch.start], stretch.text]
        position = stretch.end
    return "".join([*pieces, line[position:]])
