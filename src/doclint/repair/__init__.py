"""Text to repaired text, each repair with its proof.

scan             may the text be damaged at all?                      (nearly always: no)
exact            which codec, undone round by round; it asks
  judge            what a codec says of each line, which asks
    reading          what a run says under a codec
    naturalness      how many bits a text needs
quoted           is the damage meant?
second_opinion   ftfy, where the evidence is thin
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.lines import LineMap, apply_edits, line_starts
from doclint.model import Damage, DamageKind, Edit, Repaired, Safety, Source, Span
from doclint.repair.codecs import LOST, codec
from doclint.repair.exact import lines_of, undo
from doclint.repair.quoted import is_quoted
from doclint.repair.scan import suspicious
from doclint.repair.second_opinion import agrees

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.repair.judge import Line, Run

__all__ = ["corrupt", "repair", "suspicious"]


def repair(source: Source, code: Sequence[Span] = (), witnesses: Collection[str] = ()) -> Repaired:
    """Find the damage of a page and undo what can be undone with a proof.

    Args:
        source: The page as it is on the disk.
        code: Its code spans and code blocks, sorted: mojibake quoted there is left alone.
        witnesses: Codecs that have damaged other pages of the repository; with them code is repaired too.
    """
    text = source.text
    if not suspicious(text):
        return Repaired(source, text)
    lines = lines_of(text, line_starts(text))
    undo(text, lines)
    damaged = [(line, runs) for line in lines if (runs := _damaged_runs(line))]
    if is_quoted(text, lines, damaged, code, witnesses):
        return Repaired(
            source, text, quoted=frozenset(name for _, runs in damaged for run in runs for name in run.codecs)
        )
    line_map = LineMap(text)
    damages = tuple(damage for line, runs in damaged if (damage := _damage(line, runs, text, line_map)))
    repaired = Repaired(source, text, damages)
    return Repaired(source, apply_edits(text, repaired.edits), damages)


def corrupt(text: str, codecs: Sequence[str]) -> str:
    """Return what `text` becomes when its UTF-8 is read in each of `codecs` in turn: the proof of a repair.

    >>> corrupt("é", ("cp1252", "cp1252"))
    'ÃƒÂ©'
    """
    for name in codecs:
        text = codec(name).misread(text)
    return text


def _damaged_runs(line: Line) -> list[Run]:
    """Return the runs of a line that the rounds have changed, or all of them where bytes are missing."""
    return line.runs if line.lost_in else [run for run in line.runs if run.text != run.original]


def _damage(line: Line, runs: Sequence[Run], text: str, line_map: LineMap) -> Damage | None:
    """Return what is known of a damaged line; None where the evidence is too thin."""
    span = Span(runs[0].start, runs[-1].start + len(runs[-1].original))
    undone = max((tuple(reversed(run.codecs)) for run in runs), key=len)
    if line.lost_in:
        return Damage(DamageKind.LOSSY, span, (line.lost_in, *undone), (), Safety.DISPLAY)
    if any(LOST in run.text for run in runs):
        # The sign for a lost byte was damaged in its turn: nothing that yields it is written.
        return Damage(DamageKind.LOSSY, span, undone, (), Safety.DISPLAY)
    edits = tuple(edit for run in runs if (edit := _proved_edit(run)))
    if len(edits) < len(runs):
        return None
    if line.weak:
        whole = line_map.span_of_line(line.number)
        moved = [Edit(edit.span.shifted(-whole.start), edit.text) for edit in edits]
        now, then = whole.of(text), apply_edits(whole.of(text), moved)
        if not agrees(now.removeprefix("\ufeff"), then.removeprefix("\ufeff")):
            return None
    safety = Safety.SAFE if line.sure or line.weak else Safety.UNSAFE
    return Damage(DamageKind.EXACT, span, undone, edits, safety)


def _proved_edit(run: Run) -> Edit | None:
    """Return the edit that repairs a run; None where corrupting its result again does not give what is on the disk."""
    wrongs = tuple(reversed(run.codecs))
    whole = Edit(Span(run.start, run.start + len(run.original)), run.text)
    if corrupt(run.text, wrongs) == run.original:
        return whole
    # Characters at the ends that were never damaged have no part in the repair, nor in its proof.
    front = _shared(run.original, run.text)
    old, new = run.original[front:], run.text[front:]
    back = _shared(old[::-1], new[::-1])
    old, new = old[: len(old) - back], new[: len(new) - back]
    if corrupt(new, wrongs) != old:
        return None
    return Edit(Span(run.start + front, run.start + front + len(old)), new)


def _shared(one: str, other: str) -> int:
    """Return how many characters the two begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
