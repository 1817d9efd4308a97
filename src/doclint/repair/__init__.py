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

from collections.abc import Sequence

from doclint.lines import LineMap, line_starts
from doclint.model import Damage, DamageKind, Edit, Repaired, Safety, Source, Span
from doclint.repair.codecs import codec
from doclint.repair.exact import lines_of, undo
from doclint.repair.judge import Line, Run
from doclint.repair.quoted import is_quoted
from doclint.repair.scan import suspicious
from doclint.repair.second_opinion import agrees

__all__ = ["corrupt", "repair", "suspicious"]


def repair(source: Source, code: Sequence[Span] = ()) -> Repaired:
    """Find the damage of a page and undo what can be undone with a proof.

    Args:
        source: The page as it is on the disk.
        code: Its code spans and code blocks, sorted: mojibake quoted there is left alone.
    """
    text = source.text
    if not suspicious(text):
        return Repaired(source, text)
    lines = lines_of(text, line_starts(text))
    undo(text, lines)
    damaged = [(line, runs) for line in lines if (runs := _damaged_runs(line))]
    if not damaged or is_quoted(text, lines, damaged, code):
        return Repaired(source, text)
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


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with `edits`, which are sorted and do not overlap, made."""
    pieces = []
    position = 0
    for edit in edits:
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


def _damaged_runs(line: Line) -> list[Run]:
    """Return the runs of a line that the rounds have changed, or all of them where bytes are missing."""
    return line.runs if line.lost_in else [run for run in line.runs if run.text != run.original]


def _damage(line: Line, runs: Sequence[Run], text: str, line_map: LineMap) -> Damage | None:
    """Return what is known of a damaged line; None where the evidence is too thin."""
    span = Span(runs[0].start, runs[-1].start + len(runs[-1].original))
    if line.lost_in:
        undone = next((run.codecs for run in runs if run.codecs), ())
        return Damage(DamageKind.LOSSY, span, (line.lost_in, *reversed(undone)), (), Safety.DISPLAY)
    edits = tuple(_edit(run) for run in runs)
    codecs = max((tuple(reversed(run.codecs)) for run in runs), key=len)
    if not all(
        corrupt(edit.text, tuple(reversed(run.codecs))) == edit.span.of(text)
        for run, edit in zip(runs, edits, strict=True)
    ):
        return None
    if line.weak:
        whole = line_map.span_of_line(line.number)
        moved = [Edit(edit.span.shifted(-whole.start), edit.text) for edit in edits]
        if not agrees(whole.of(text), apply_edits(whole.of(text), moved)):
            return None
    safety = Safety.SAFE if line.sure or line.weak else Safety.UNSAFE
    return Damage(DamageKind.EXACT, span, codecs, edits, safety)


def _edit(run: Run) -> Edit:
    """Return the edit that repairs a run, without the characters at its ends that were never damaged."""
    old, new = run.original, run.text
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    return Edit(Span(run.start + front, run.start + len(old) - back), new[front : len(new) - back])
