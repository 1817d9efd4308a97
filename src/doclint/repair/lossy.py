"""Lines of which bytes are missing: what they were, as far as evidence and language tell.

`infer.py` says what language makes of them; here, what the page is known to be damaged by, and what proves a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.model import Edit, Inference, Safety, Source, Span
from doclint.repair.codecs import SINGLE_BYTE
from doclint.repair.infer import (
    InContext,
    Manner,
    Stretch,
    certain,
    leads_of,
    loss_of,
    reader_for,
    replaced,
    restore,
)
from doclint.repair.language import END, UNKNOWN, Reader, Vocabulary
from doclint.repair.lattice import tokens
from doclint.repair.loss import lost_bytes
from doclint.repair.proof import proves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.lines import LineMap
    from doclint.repair.evidence import Evidence
    from doclint.repair.judge import Line

_SAMPLE = 12
"""Lines that are enough to tell two code pages apart: the longest ones."""

_AGREES = 0.9
"""How likely language must find each character of an equal line elsewhere, to take it for the same line."""

_AROUND = 8
"""Characters of the lines around that are looked at."""

# A new block of Markdown; and a line that is a block by itself.
_BEGINS = re.compile(r"\s*(?:[-*+>#|`~<=]|\d+[.)]\s|$)")
_ALONE = re.compile(r"\s*(?:#|\||```|~~~|[-*_=]{3,}\s*$)")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a line was.

    Attributes:
        edits: The way back, in places on the disk, for the stretches that are certain enough.
        safety: Whether it is proved, or inferred; DISPLAY when there is no edit.
        manner: How it was damaged.
        held: How many stretches are too uncertain to touch.
        witness: What proves it, in words.
    """

    edits: tuple[Edit, ...]
    safety: Safety
    manner: Manner
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
    blank = "\xa0" not in source.text
    for first, lost in by_codec.items():
        manner, reader = _manner(first, [one.current for one in lost], intact, evidence.vocabulary, blank=blank)
        lines_in_context = [one.in_context(source.text, line_map, manner) for one in lost]
        for one, stretches in zip(lost, restore(lines_in_context, manner, reader), strict=True):
            known = one.witnessed(source.path, manner, evidence, reader)
            found[one.number] = known or one.inferred(manner, stretches, confidence)
    return found


def _manner(
    first: str, texts: Sequence[str], intact: str, own: Vocabulary | None, *, blank: bool
) -> tuple[Manner, Reader]:
    """Return how `texts` were damaged, and a reader of what they were.

    Several code pages may read all bytes that are left alike and lose others: the one that gives the more natural text
    is the right one, and `first` where that makes no difference.
    """
    loss = loss_of(texts, first)
    certainties = [certain(tokens(text, first, loss)) for text in texts]
    reader = reader_for(certainties, intact, own)
    names = [first, *(name for name in SINGLE_BYTE if name != first)] if first in SINGLE_BYTE else [first]
    sample = sorted(texts, key=len)[-_SAMPLE:]
    values = [tokens(text, first, loss).values for text in sample]
    choices: list[tuple[float, Manner]] = []
    lost = set()
    for name in names:
        if name != first and [tokens(text, name, loss).values for text in sample] != values:
            continue
        other = loss if name == first else loss_of(texts, name)
        if (name, other) != (first, loss):
            certainties = [certain(tokens(text, name, other)) for text in texts]
        manner = Manner(name, other, blank, leads_of(certainties))
        if name in SINGLE_BYTE:
            if lost_bytes(name, other) in lost:
                continue
            lost.add(lost_bytes(name, other))
        restored = restore([InContext(text) for text in sample], manner, reader, twice=False) if len(names) > 1 else ()
        told = sum(reader.expects(replaced(*pair)) for pair in zip(sample, restored, strict=False))
        choices.append((told, manner))
    return max(choices, key=lambda choice: choice[0])[1], reader


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

    def in_context(self, text: str, line_map: LineMap, manner: Manner) -> InContext:
        """Return the line with what is certain of the lines around it, where a sentence goes on over a line's end."""
        before, after = " ", END
        earlier = line_map.span_of_line(self.number - 1).of(text) if self.number > 1 else ""
        later = line_map.span_of_line(self.number + 1).of(text) if self.number < len(line_map) else ""
        if _goes_on(earlier, self._on_disk):
            before = " " + certain(manner.tokens(earlier.strip()))[-_AROUND:]
        if _goes_on(self._on_disk, later):
            after = certain(manner.tokens(later.strip()))[:_AROUND].partition(UNKNOWN)[0] or END
        return InContext(self.current, before, after)

    def witnessed(self, path: str, manner: Manner, evidence: Evidence, reader: Reader) -> Restored | None:
        """Return the line as an older or an equal one proves it; None where none does."""
        if self._undone:
            return None
        plain = self._on_disk.strip()
        offset = self._span.start + self._on_disk.index(plain)
        for witness, known in (
            ("an older version of the page", evidence.in_history(path, manner.codec, manner.loss)),
            ("an intact line elsewhere in the repository", evidence.elsewhere(manner.codec, manner.loss)),
        ):
            if (original := known.get(plain)) is not None:
                edit = Edit(Span(offset, offset + len(plain)), original)
                sure = witness.startswith("an older") or self._says(original, manner, reader.without_own())
                return Restored((edit,), Safety.SAFE if sure else Safety.UNSAFE, manner, 0, witness)
        return None

    def _says(self, original: str, manner: Manner, reader: Reader) -> bool:
        """Tell whether language alone makes `original` of the line: a line of another page may be another line."""
        (guess,) = restore([InContext(self.current)], manner, reader)
        sure = all(stretch.posterior >= _AGREES for stretch in guess)
        return sure and replaced(self.current, guess).strip() == original

    def inferred(self, manner: Manner, stretches: Sequence[Stretch], confidence: float) -> Restored:
        """Return the line as language has it."""
        edits: list[Edit] = []
        held = 0
        for stretch in self._joined(stretches) if self._undone else stretches:
            span = self._place(stretch)
            old = self._on_disk[span.start - self._span.start : span.end - self._span.start]
            if stretch.posterior < confidence or not proves(
                old, stretch.text, (manner.codec, *self._undone), manner.loss
            ):
                held += 1
                continue
            inferred = tuple(Inference(slot.char, slot.posterior, slot.rivals) for slot in stretch.slots)
            edits.append(Edit(span, stretch.text, None, inferred))
        return Restored(tuple(edits), Safety.UNSAFE if edits else Safety.DISPLAY, manner, held)

    def _joined(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """Return the stretches as one that covers all runs: a run that was damaged twice has no parts on the disk."""
        if not stretches:
            return []
        start, end = self._runs[0][0].start, self._runs[-1][0].end
        behind = len(self.current) - end
        whole = replaced(self.current, stretches)
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


def _goes_on(line: str, later: str) -> bool:
    """Tell whether a sentence of prose that begins in `line` may go on in `later`."""
    return bool(line.strip() and later.strip()) and not (_BEGINS.match(later) or _ALONE.match(line))
