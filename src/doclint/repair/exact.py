"""Choose the wrong codec from a whole page's evidence and undo it, round by round.

Damage does not touch ASCII, so a line keeps its ASCII skeleton and each run of other characters is inverted by
itself. How common damage is on a page, and whether bytes go missing there, its lines tell together: a short `Ð¸` is
repaired on a page full of damage and left alone on a clean one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.repair.codecs import SINGLE_BYTE, Codec, codec
from doclint.repair.judge import Line, Run, Verdict, frequencies, judge
from doclint.repair.naturalness import Scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

_RUN = re.compile(r"[^\x00-\x7f]+")

_ROUNDS = 6
"""Text was damaged at most so many times over."""

_SAME_AGAIN = 10.0
"""Bits in favour of a codec that an earlier round has undone: what damages a text twice is mostly one program."""

_SURE = 7.0
"""Bits by which the evidence must favour a repair: one error in a hundred and twenty-eight, before the proof."""


def lines_of(text: str, starts: Sequence[int]) -> list[Line]:
    """Return the lines of `text` that hold a run; `starts` as `lines.line_starts` gives them."""
    lines: list[Line] = []
    number = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        while number < len(starts) and starts[number] <= start:
            number += 1
        before = text[start - 1] if start > starts[number - 1] else ""
        after = text[end] if end < len(text) and text[end] not in "\r\n" else ""
        if not lines or lines[-1].number != number:
            lines.append(Line(number, []))
        lines[-1].runs.append(Run(start, match[0], match[0], before, after))
    return lines


def undo(text: str, lines: Sequence[Line]) -> None:
    """Undo the damage of `lines`, in place; `text` is their page."""
    words = "".join(char for char in text if char.isascii())
    for _ in range(_ROUNDS):
        ranked = _codecs(lines, words)
        if not ranked or not _undo_once(*ranked[0], [verdicts for _, verdicts in ranked[1:]], len(lines)):
            return


def _codecs(lines: Sequence[Line], words: str) -> list[tuple[Codec, list[Verdict]]]:
    """Return the codec that explains most and the rivals that explain nearly as much, each with its verdicts."""
    scripts = Scripts([words, *(run.text for line in lines for run in line.runs)])
    first = _ranked(lines, SINGLE_BYTE, scripts, 2 * _SURE)
    if not first:
        return []
    # Once more, now that the words are known: a page that becomes Russian makes Russian likely.
    repaired = {
        id(run): reading.exact for verdict in first[0][1] if verdict.exact > 0 for run, reading in verdict.readings
    }
    scripts = Scripts([words, *(repaired.get(id(run), run.text) for line in lines for run in line.runs)])
    return _ranked(lines, [wrong.name for wrong, _ in first], scripts, _SURE)


def _ranked(
    lines: Sequence[Line], names: Sequence[str], scripts: Scripts, within: float
) -> list[tuple[Codec, list[Verdict]]]:
    """Return the codecs that explain something, best first, as far as they come `within` so many bits of the best."""
    undone = {name for line in lines for run in line.runs for name in run.codecs}
    scored = []
    for name in names:
        verdicts = judge(lines, codec(name), scripts)
        if score := sum(verdict.score for verdict in verdicts):
            scored.append((score + (_SAME_AGAIN if name in undone else 0.0), codec(name), verdicts))
    # The sort is stable: on equal evidence the likelier codec stays in front.
    scored.sort(key=lambda row: -row[0])
    return [(wrong, verdicts) for score, wrong, verdicts in scored if score > scored[0][0] - within]


def _undo_once(wrong: Codec, verdicts: Sequence[Verdict], rivals: Sequence[Sequence[Verdict]], lines: int) -> bool:
    """Undo `wrong` where the evidence is good enough; tell whether another round is due."""
    damaged, losing = frequencies(verdicts, lines)
    doubtful = _doubtful(verdicts, rivals)
    leads = {
        lead for verdict in verdicts if verdict.exact > 0 for _, reading in verdict.readings for lead in reading.whole
    }
    changed = False
    for verdict in verdicts:
        line = verdict.line
        exact, lossy = verdict.exact + damaged, verdict.lossy + damaged + losing
        if lossy > exact and lossy >= (_SURE if verdict.whole else 3 * _SURE):
            line.lost_in = wrong.name
        elif exact > 0 and verdict.held(leads, losing):
            # Bytes may be missing after all. That is said only where it is no stranger than the line as it stands.
            line.lost_in = wrong.name if exact >= _SURE and verdict.lossy > 0 else ""
        elif exact >= _SURE or (exact > 0 and not any(run.codecs for run in line.runs)):
            # A doubtful further round makes the whole repair doubtful: half of it must not be written.
            line.sure = line.sure and exact >= _SURE and verdict.worst > -_SURE and id(line) not in doubtful
            line.weak = exact < _SURE
            for run, reading in verdict.readings:
                if reading.exact != run.text:
                    run.text = reading.exact
                    run.codecs = (*run.codecs, wrong.name)
                    changed = True
    return changed


def _doubtful(verdicts: Sequence[Verdict], rivals: Sequence[Sequence[Verdict]]) -> set[int]:
    """Return the lines (by `id`) that a rival codec, as good on the whole page, would repair to something else."""
    chosen = {id(verdict.line): verdict.repaired for verdict in verdicts}
    return {
        id(verdict.line)
        for rival in rivals
        for verdict in rival
        if verdict.exact > 0 and chosen.get(id(verdict.line)) != verdict.repaired
    }
