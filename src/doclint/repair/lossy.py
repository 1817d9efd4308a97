"""Lines of which bytes are missing: what they were, as far as evidence and language tell.

`infer.py` says what language makes of them; here, what the page is known to be damaged by, and what proves a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.model import Edit, Inference, Safety, Source, Span
from doclint.repair import ancestry
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
from doclint.repair.lattice import tokens
from doclint.repair.loss import Loss, lost_bytes
from doclint.repair.ngrams import END, UNKNOWN
from doclint.repair.proof import proves
from doclint.repair.scan import CONTINUATIONS
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from doclint.lines import LineMap
    from doclint.repair.evidence import Evidence
    from doclint.repair.language import Reader, Vocabulary
    from doclint.repair.runs import Line

_SAMPLE = 12
"""Lines that are enough to tell two code pages apart: the longest ones."""

_AGREES = 0.9
"""How likely language must find each character of an equal line elsewhere, to take it for the same line."""

_AROUND = 8
"""Characters of the lines around that are looked at."""

# A new block of Markdown; and a line that is a block by itself.
_BEGINS = re.compile(r"\s*(?:[-*+>#|`~<=]|\d+[.)]\s|$)")
_ALONE = re.compile(r"\s*(?:#|\||```|~~~|[-*_=]{3,}\s*$)")


class Restored(Value):
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
    for first, lost in by_codec.items():
        manner, reader = _manner(first, [one.current for one in lost], source.text, intact, evidence.vocabulary)
        lines_in_context = [one.in_context(source.text, line_map, manner) for one in lost]
        older = evidence.in_history(source.path, manner.codec, manner.loss)
        equal = evidence.elsewhere(manner.codec, manner.loss)
        edited = ancestry.edited(one.plain in older for one in lost)
        for one, stretches in zip(lost, restore(lines_in_context, manner, reader), strict=True):
            found[one.number] = (
                one.as_before(older, manner, replaced(one.current, stretches), reader, edited)
                or one.as_elsewhere(equal, manner, reader)
                or one.inferred(manner, stretches, confidence)
            )
    return found


def _manner(first: str, texts: Sequence[str], page: str, intact: str, own: Vocabulary | None) -> tuple[Manner, Reader]:
    """Return how `texts`, lines of `page`, were damaged, and a reader of what they were.

    Several code pages may read the first byte of each character alike, but read or lose other bytes: the one that gives
    the more natural text is the right one, and `first` where that makes no difference.
    """
    # What a page still has was not changed on it.
    blank, hyphens = "\xa0" not in page, "\xad" not in page
    loss = loss_of(texts, first, blank=blank)
    certainties = [certain(tokens(text, first, loss)) for text in texts]
    reader = reader_for(certainties, intact, own)
    names = [first, *(name for name in SINGLE_BYTE if name != first)] if first in SINGLE_BYTE else [first]
    sample = sorted(texts, key=len)[-_SAMPLE:]
    leads = _leads(sample, first, loss)
    choices: list[tuple[float, Manner]] = []
    known = set()
    for name in names:
        if _leads(sample, name, loss) != leads:
            continue
        other = loss if name == first else loss_of(texts, name, blank=blank)
        if (name, other) != (first, loss):
            certainties = [certain(tokens(text, name, other)) for text in texts]
        manner = Manner(name, other, blank, hyphens, leads_of(certainties), carriage="\r\n" in page)
        if name in SINGLE_BYTE:
            alike = (lost_bytes(name, other), tuple(tuple(tokens(text, name, other).values) for text in sample))
            if alike in known:
                continue
            known.add(alike)
        restored = restore([InContext(text) for text in sample], manner, reader, twice=False) if len(names) > 1 else ()
        told = sum(reader.expects(replaced(*pair)) for pair in zip(sample, restored, strict=False))
        choices.append((told, manner))
    return max(choices, key=lambda choice: choice[0])[1], reader


def _leads(sample: Sequence[str], name: str, loss: Loss) -> list[list[int]]:
    """Return what is left of `sample`: bytes that may begin a character as they are, all continuation bytes as one."""
    return [[0x80 if value in CONTINUATIONS else value for value in tokens(text, name, loss).values] for text in sample]


class _Lost:
    """A line that lost bytes, as it is on the disk and as it is after what is exact was undone."""

    def __init__(self, line: Line, line_map: LineMap, text: str) -> None:
        self.number = line.number
        self._span = line_map.span_of_line(line.number)
        if self._span.of(text).startswith("\ufeff"):
            # The mark of the page is no part of its first line.
            self._span = Span(self._span.start + 1, self._span.end)
        self._on_disk = self._span.of(text)
        self.plain = self._on_disk.strip()
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

    def as_before(
        self, older: Mapping[str, str], manner: Manner, guess: str, reader: Reader, edited: float
    ) -> Restored | None:
        """Return the line as it was in an older version of the page; None where there is none, or an edit is likelier.

        Args:
            older: The older lines, by what damage makes of them.
            manner: How the line was damaged.
            guess: What language alone makes of it.
            reader: A reader of the page.
            edited: As `ancestry.edited` says.
        """
        if self._undone or (original := older.get(self.plain)) is None:
            return None
        likelihood = ancestry.odds(original, guess.strip(), reader)
        if not ancestry.is_likelier(likelihood, edited):
            return None
        safety = Safety.SAFE if ancestry.proves(likelihood, edited) else Safety.UNSAFE
        return Restored((self._whole(original),), safety, manner, 0, "an older version of the page")

    def as_elsewhere(self, equal: Mapping[str, str], manner: Manner, reader: Reader) -> Restored | None:
        """Return the line as it is on another page, by what damage makes of those lines; None where it is on none."""
        if self._undone or (original := equal.get(self.plain)) is None:
            return None
        safety = Safety.SAFE if self._says(original, manner, reader.without_own()) else Safety.UNSAFE
        return Restored((self._whole(original),), safety, manner, 0, "an intact line elsewhere in the repository")

    def _whole(self, original: str) -> Edit:
        """Return the edit that makes `original` of all of the line, but for white space around it."""
        start = self._span.start + self._on_disk.index(self.plain)
        return Edit(Span(start, start + len(self.plain)), original)

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
            wrongs = (manner.codec, *self._undone)
            if stretch.posterior < confidence or not proves(
                old, stretch.text, wrongs, manner.loss, hyphens=manner.hyphens
            ):
                held += 1
                continue
            inferred = tuple(
                Inference(slot.char, slot.posterior, slot.rivals, offset)
                for slot, offset in zip(stretch.slots, stretch.offsets, strict=True)
            )
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
        offsets: list[int] = []
        grown = 0
        for stretch in stretches:
            offsets += [stretch.start + grown - start + offset for offset in stretch.offsets]
            grown += len(stretch.text) - (stretch.end - stretch.start)
        return [Stretch(start, end, whole[start : len(whole) - behind], slots, tuple(offsets))]

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
