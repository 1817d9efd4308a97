"""One damaged page: its rounds of repair, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.lines import LineMap, apply_edits, line_starts
from doclint.model import Damage, DamageKind, Edit, Repaired, Safety, Source, Span
from doclint.repair.codecs import LOST
from doclint.repair.east_asian import find
from doclint.repair.exact import lines_of, undo
from doclint.repair.loss import Loss, misread
from doclint.repair.lossy import Restored, restore_lines
from doclint.repair.proof import proved_edit
from doclint.repair.quoted import is_quoted, is_used_elsewhere
from doclint.repair.scan import east_asian
from doclint.repair.second_opinion import agrees
from doclint.repair.wrapped import Wrapped, code_page_of, cuts_in
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from doclint.repair.evidence import Evidence
    from doclint.repair.runs import Line, Run


def repair(  # noqa: PLR0913, PLR0917 - a page, and all that bears witness
    source: Source,
    code: Sequence[Span],
    witnesses: Collection[str],
    evidence: Evidence | None,
    confidence: float,
    known: Collection[str],
) -> Repaired:
    """Find the damage of a page that may be damaged, and undo what can be undone; as `doclint.repair` says."""
    text = source.text
    lines = _judged(text, known)
    wrapped = _unwrapped(text, lines, known)
    if wrapped.cuts:
        text, lines = wrapped.text, _judged(wrapped.text, known)
        wrapped.mark(lines)
    damaged = [(line, runs) for line in lines if (runs := _damaged_runs(line))]
    if not damaged:
        return Repaired(source, source.text)
    if is_quoted(text, lines, damaged, code, witnesses):
        if evidence is None or not is_used_elsewhere(text, damaged, lambda: evidence.code_words):
            return Repaired(
                source,
                source.text,
                quoted=frozenset(name for _, runs in damaged for run in runs for name in run.codecs),
            )
        for line, _ in damaged:
            line.sure = False
    line_map = LineMap(text)
    page = replace(source, text=text)
    restored = restore_lines(page, line_map, lines, evidence, confidence) if evidence is not None else {}
    by_line = {
        line.number: damage
        for line, runs in damaged
        if (damage := _damage(line, runs, text, line_map, restored)) is not None
    }
    damages = wrapped.on_disk(lines, by_line)
    repaired = Repaired(source, source.text, damages)
    return Repaired(source, apply_edits(source.text, repaired.edits), damages)


def _judged(text: str, known: Collection[str]) -> list[Line]:
    """Return the lines of a text that are not ASCII, with all undone that is exact."""
    lines = lines_of(text, line_starts(text))
    if east_asian(text):
        line_map = LineMap(text)
        find(lines, [line_map.span_of_line(line.number).of(text).removeprefix("\ufeff") for line in lines])
    undo(text, lines, known)
    return lines


def _unwrapped(text: str, lines: Sequence[Line], known: Collection[str]) -> Wrapped:
    """Return a page with the characters whole that a line wrap cut; `lines` are what was made of it as it stands."""
    name = code_page_of(lines)
    wrapped = Wrapped(text, cuts_in(text, name) if name else ())
    while wrapped.cuts:
        held = wrapped.held(_judged(wrapped.text, known))
        if not held:
            break
        wrapped = Wrapped(text, [cut for cut in wrapped.cuts if cut not in held])
    return wrapped


def _damaged_runs(line: Line) -> list[Run]:
    """Return the runs of a line that the rounds have changed, or all of them where bytes are missing."""
    if line.lost_in:
        shown = {misread(run.text, line.lost_in, Loss.DROPPED) for run in line.runs}
        example = any(len(damage) > 1 and damage in run.text for damage in shown for run in line.runs)
        return [] if example else line.runs
    damaged = [run for run in line.runs if run.text != run.original]
    intact = {run.text for run in line.runs if run.text == run.original}
    # A line that also shows what the damage stands for is an example of it.
    return [] if any(run.text in intact for run in damaged) else damaged


def _damage(
    line: Line, runs: Sequence[Run], text: str, line_map: LineMap, restored: Mapping[int, Restored]
) -> Damage | None:
    """Return what is known of a damaged line; None where the evidence is too thin."""
    span = Span(runs[0].start, runs[-1].start + len(runs[-1].original))
    undone = max((tuple(reversed(run.codecs)) for run in runs), key=len)
    if line.lost_in:
        if (found := restored.get(line.number)) is None:
            return Damage(DamageKind.LOSSY, span, (line.lost_in, *undone), (), Safety.DISPLAY)
        codecs = (found.manner.codec, *undone)
        if found.edits:
            span = Span(min(span.start, found.edits[0].span.start), max(span.end, found.edits[-1].span.end))
        return Damage(
            DamageKind.LOSSY,
            span,
            codecs,
            found.edits,
            found.safety,
            found.manner.loss.value,
            found.held,
            found.witness,
        )
    if any(LOST in run.text for run in runs):
        # The sign for a lost byte was damaged in its turn: nothing that yields it is written.
        return Damage(DamageKind.LOSSY, span, undone, (), Safety.DISPLAY)
    edits = tuple(edit for run in runs if (edit := proved_edit(run)))
    if len(edits) < len(runs):
        return None
    if line.weak:
        whole = line_map.span_of_line(line.number)
        moved = [Edit(edit.span.shifted(-whole.start), edit.text) for edit in edits]
        now, then = whole.of(text), apply_edits(whole.of(text), moved)
        if not agrees(now.removeprefix("\ufeff"), then.removeprefix("\ufeff")):
            return None
    safety = Safety.SAFE if line.sure else Safety.UNSAFE
    return Damage(DamageKind.EXACT, span, undone, edits, safety)
