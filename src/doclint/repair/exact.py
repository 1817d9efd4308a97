"""Choose the wrong codec from a whole page's evidence and undo it, round by round.

Damage does not touch ASCII, so a line keeps its ASCII skeleton and each run of other characters is inverted by
itself. How common damage is on a page, and whether bytes go missing there, its lines tell together: a short `Ð¸` is
repaired on a page full of damage and left alone on a clean one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.repair.codecs import SINGLE_BYTE, Codec, codec
from doclint.repair.halves import damaged_word, holds, odd_capitals
from doclint.repair.judge import SAME_AGAIN, Verdict, frequencies, judge, seen_in
from doclint.repair.naturalness import Scripts, script_of
from doclint.repair.runs import Line, Run
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_RUN = re.compile(r"[^\x00-\x7f]+")

_BREAK = re.compile("[\\s()<>\"']")
"""What no fragment has in it."""

_FAR = 200
"""Characters in front of a run in which the `#` of its fragment is looked for."""

_ROUNDS = 6
"""Text was damaged at most so many times over."""

_NEARLY = 0.8
"""The share of the best codec's score from which on another one explains "nearly as much"."""

_SURE = 7.0
"""Bits by which the evidence must favour a repair: one error in a hundred and twenty-eight, before the proof."""

_THIN = 15.5
"""Bits that all of a page must have together, or a second opinion decides: two characters may meet by accident."""


def lines_of(text: str, starts: Sequence[int]) -> list[Line]:
    """Return the lines of `text` that hold a run; `starts` as `lines.line_starts` gives them."""
    lines: list[Line] = []
    number = 0
    for match in _RUN.finditer(text, 1 if text.startswith("\ufeff") else 0):
        start, end = match.span()
        while number < len(starts) and starts[number] <= start:
            number += 1
        before = text[start - 1] if start > starts[number - 1] else ""
        after = text[end] if end < len(text) and text[end] not in "\r\n" else ""
        if not lines or lines[-1].number != number:
            lines.append(Line(number, []))
        mark = text.rfind("#", max(starts[number - 1], start - _FAR), start)
        fragment = mark >= 0 and _BREAK.search(text, mark, start) is None
        lines[-1].runs.append(Run(start, match[0], match[0], before, after, fragment))
    return lines


def undo(text: str, lines: Sequence[Line], known: Collection[str] = ()) -> None:
    """Undo the damage of `lines`, in place; `text` is their page, which the codecs in `known` have damaged for sure."""
    words = "".join(char for char in text if char.isascii())
    for _ in range(_ROUNDS):
        ranked = _ranked(lines, words)
        if not ranked or not _undo_once(ranked, len(lines), known):
            break
    _doubt_odd_words(lines)


def _doubt_odd_words(lines: Sequence[Line]) -> None:
    """Doubt the lines whose repair makes words that are none, and those with the same letters of Latin."""
    odd = [odd_capitals(line.runs) for line in lines]
    everywhere = {char for capitals in odd for char in capitals if script_of(char) == "LATIN"}
    for line, capitals in zip(lines, odd, strict=True):
        line.sure = line.sure and not (capitals or holds(line.runs, everywhere) or damaged_word(line.runs))


class _Candidate(Value):
    """A codec, what it explains on the whole page, in bits, and its verdicts."""

    codec: Codec
    score: float
    verdicts: list[Verdict]

    @property
    def left(self) -> int:
        """How many characters it leaves unexplained on the lines that it explains in part."""
        return sum(verdict.left for verdict in self.verdicts if verdict.exact > 0)


def _ranked(lines: Sequence[Line], words: str) -> list[_Candidate]:
    """Return the codecs that explain something, best first; `words` are the page's characters of ASCII."""
    scripts = Scripts([words, *(run.text for line in lines for run in line.runs)])
    first = _scored(lines, SINGLE_BYTE, scripts)
    if not first:
        return []
    # Once more, now that the words are known: a page that becomes Russian makes Russian likely.
    repaired = {
        id(run): reading.exact
        for verdict in first[0].verdicts
        if verdict.exact > 0
        for run, reading in verdict.readings
    }
    scripts = Scripts([words, *(repaired.get(id(run), run.text) for line in lines for run in line.runs)])
    return _scored(lines, [candidate.codec.name for candidate in first], scripts)


def _scored(lines: Sequence[Line], names: Sequence[str], scripts: Scripts) -> list[_Candidate]:
    undone = {name for line in lines for run in line.runs for name in run.codecs}
    found = []
    for name in names:
        verdicts = judge(lines, codec(name), scripts)
        if score := sum(verdict.score for verdict in verdicts):
            found.append(_Candidate(codec(name), score + (SAME_AGAIN if name in undone else 0.0), verdicts))
    # The sorts are stable: on equal evidence the likelier codec stays in front. Of codecs that explain nearly as much
    # as the best, the one that leaves the least unexplained goes first.
    found.sort(key=lambda candidate: -candidate.score)
    near = [candidate for candidate in found if candidate.score >= _NEARLY * found[0].score]
    near.sort(key=lambda candidate: candidate.left)
    return near + found[len(near) :]


def _undo_once(ranked: Sequence[_Candidate], lines: int, known: Collection[str]) -> bool:
    """Undo the best codec where the evidence is good enough; tell whether another round is due."""
    best = ranked[0]
    damaged, losing = frequencies(best.verdicts, lines)
    # Where bytes go missing, the page as a whole is a weaker witness: each line asks all codecs.
    lossy_page = any(verdict.lossy > max(verdict.exact, _SURE) for verdict in best.verdicts)
    rivals = [rival for rival in ranked[1:] if lossy_page or rival.score > best.score - _SURE]
    doubtful = _doubtful(best.verdicts, [rival.verdicts for rival in rivals])
    seen = seen_in(best.verdicts)
    thin = best.codec.name not in known and _independent(best.verdicts) < _THIN
    changed = False
    for verdict in best.verdicts:
        line = verdict.line
        exact, lossy = verdict.exact + damaged, verdict.lossy + damaged + losing
        if lossy > exact and lossy >= (2 if verdict.whole else 3) * _SURE:
            line.lost_in = best.codec.name
        elif exact > 0 and verdict.held(seen, losing):
            # Bytes may be missing after all. That is said only where it is no stranger than the line as it stands.
            line.lost_in = best.codec.name if exact >= _SURE and verdict.lossy > 0 else ""
            line.sure = False
        elif exact > 0:
            # A doubtful further round makes the whole repair doubtful: half of it must not be written.
            line.sure = line.sure and verdict.worst > -_SURE and id(line) not in doubtful and not verdict.halves
            line.weak = exact < _SURE or (thin and not any(run.codecs for run in line.runs))
            for run, reading in verdict.readings:
                if reading.exact != run.text:
                    run.text = reading.exact
                    run.codecs = (*run.codecs, best.codec.name)
                    changed = True
    return changed


def _independent(verdicts: Sequence[Verdict]) -> float:
    """Return the bits that a codec explains on a page, where what recurs counts once."""
    known: set[str] = set()
    total = 0.0
    for verdict in verdicts:
        texts = [run.text for run, _ in verdict.readings]
        total += verdict.score * len(set(texts) - known) / len(texts)
        known.update(texts)
    return total


def _doubtful(verdicts: Sequence[Verdict], rivals: Sequence[Sequence[Verdict]]) -> set[int]:
    """Return the lines (by `id`) that a rival codec would repair to something else, hardly less naturally."""
    chosen = {id(verdict.line): verdict for verdict in verdicts}
    return {
        id(verdict.line)
        for rival in rivals
        for verdict in rival
        if (own := chosen.get(id(verdict.line))) is not None
        and verdict.exact > max(0.0, own.exact - _SURE)
        and own.repaired != verdict.repaired
        and own.left >= verdict.left
    }
