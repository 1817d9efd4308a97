"""What one codec says of a page's lines, in bits.

A line is judged as one: it is intact, damaged with an exact way back, or damaged with bytes missing. Each hypothesis
costs the bits of the text that it takes for the true one (`naturalness.py`).
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from doclint.repair.codecs import LOST, Codec
from doclint.repair.halves import by_halves, surrounded
from doclint.repair.naturalness import Scripts, bits
from doclint.repair.reading import Reading, read
from doclint.value import Draft, Value, field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.repair.runs import Line, Run

_LOST_CHARACTER = 3.0
"""Bits to say that a character lost bytes, and which: few bytes are ever lost, always the same ones."""

_LOSING = 5.0
"""Bits to say of a line that characters on it lost bytes."""

_PARTIAL = 2.0
"""Bits, for each doubling of the runs that are whole, to say that only the others on a line are damaged."""

SAME_AGAIN = 10.0
"""Bits in favour of a codec that an earlier round has undone: what damages a text twice is mostly one program."""

_MARGIN = 12.0
"""Bits by which "nothing is missing" must beat "bytes are missing"; twice as many right beside damaged characters."""

IMPOSSIBLE = -1000.0

_PUNCTUATION_LEAD = "\xe2"
"""The first byte of dashes, quotation marks, arrows and most signs."""


class Seen(Value):
    """What the characters of a page's damaged lines are.

    Attributes:
        leads: The lead bytes of whole ones, and of incomplete ones between two that are whole.
        scripts: The scripts of whole ones, but for Latin, which has its leads only: most of its letters with accents
            stand for lead bytes themselves.
    """

    leads: frozenset[str]
    scripts: frozenset[str]


def seen_in(verdicts: Sequence[Verdict]) -> Seen:
    """Return what characters `verdicts` found on damaged lines."""
    lost = {lead for verdict in verdicts if verdict.exact > 0 for lead in surrounded(verdict.readings)}
    readings = [reading for verdict in verdicts if verdict.exact > 0 for _, reading in verdict.readings]
    scripts = {script for reading in readings for script in reading.scripts}
    leads = {lead for reading in readings for lead in reading.whole}
    return Seen(frozenset(leads | lost), frozenset(scripts - {"LATIN"}))


class Verdict(Draft):
    """What one codec says of one line.

    Attributes:
        line: The line.
        readings: A run and what it says, for each run that the codec touches.
        exact: Bits gained by undoing the codec, nothing missing, over leaving the line as it is.
        lossy: Bits gained by believing that bytes are missing.
        worst: The smallest gain among the runs: a run that speaks against the rest.
        whole: Whether a run holds a whole character that the codec damaged.
        margin: Bits by which `exact` must beat `lossy`.
    """

    line: Line
    readings: list[tuple[Run, Reading]] = field(default_factory=list)
    exact: float = 0.0
    lossy: float = IMPOSSIBLE
    worst: float = 0.0
    whole: bool = False
    margin: float = _MARGIN

    @property
    def score(self) -> float:
        """The bits that the codec explains on this line."""
        return max(0.0, self.exact, self.lossy)

    def held(self, seen: Seen, losing: float) -> bool:
        """Tell whether a character that stays as it is may be the rest of a lost one, so that the line must not change.

        That is so where it is the first byte of characters that the page is full of (`seen`), where a question mark or
        U+FFFD stands for what is missing, where it stands alone like a dash, and where believing in the loss costs
        hardly more than not believing in it; `losing` tells how common missing bytes are in the page's damaged lines,
        as log odds in bits.
        """
        if self.lossy + max(losing, -self.margin / 2) > self.exact - self.margin:
            return True
        if any(LOST in run.text for run in self.line.runs):
            return True
        return any(_looks_like_a_rest(run, reading, seen) for run, reading in self.readings)

    @property
    def halves(self) -> bool:
        """Whether undoing the codec repairs only a part of the line's damage."""
        return by_halves(self.line.runs, self.readings)

    @property
    def left(self) -> int:
        """How many characters of the line, of those that are not ASCII, the codec does not explain."""
        all_of_them = sum(len(run.text) for run in self.line.runs)
        return all_of_them - sum(reading.undone for _, reading in self.readings)

    @property
    def repaired(self) -> str:
        """The line's runs with the codec undone, for comparing."""
        return "\n".join(reading.exact for _, reading in self.readings if reading.exact)


def _looks_like_a_rest(run: Run, reading: Reading, seen: Seen) -> bool:
    if not reading.rests:
        return False
    if not seen.leads.isdisjoint(reading.rests) or not seen.scripts.isdisjoint(reading.rest_scripts):
        return True
    alone = not (run.before.isalnum() or run.after.isalnum())
    return "?" in (run.before, run.after) or (alone and _PUNCTUATION_LEAD in reading.rests)


def judge(lines: Sequence[Line], wrong: Codec, scripts: Scripts) -> list[Verdict]:
    """Return the verdict of `wrong` on each line that it could have damaged, in order."""
    runs = [(line, run) for line in lines if not line.lost_in for run in line.runs]
    gains: dict[tuple[str, str, str], tuple[float, float]] = {}
    verdicts: list[Verdict] = []
    for (line, run), reading in zip(runs, read([run.text for _, run in runs], wrong), strict=True):
        if reading is None:
            continue
        if not verdicts or verdicts[-1].line is not line:
            verdicts.append(Verdict(line))
        key = (run.text, run.before, run.after)
        if key not in gains:
            gains[key] = _gains(run, reading, scripts)
        _add(verdicts[-1], run, reading, *gains[key])
    for verdict in verdicts:
        # What damages a line damages all of it: that some of its runs are whole has to be paid for.
        whole = len(verdict.line.runs) - sum(reading.exact != run.text for run, reading in verdict.readings)
        if verdict.whole:
            verdict.exact -= _PARTIAL * log2(1 + whole)
            verdict.exact += SAME_AGAIN if _same_again(verdict, wrong.name) else 0.0
    return verdicts


def _same_again(verdict: Verdict, name: str) -> bool:
    """Tell whether all that an earlier round made of a line could be what the same codec did before that."""
    readings = {id(run): reading for run, reading in verdict.readings}
    earlier = [run for run in verdict.line.runs if run.codecs]
    return bool(earlier) and all(
        run.codecs[-1] == name and id(run) in readings and readings[id(run)].undone == len(run.text) for run in earlier
    )


def _gains(run: Run, reading: Reading, scripts: Scripts) -> tuple[float, float]:
    """Return what the two hypotheses gain on one run."""
    now = bits(run.text, run.before, run.after, scripts)
    exact = now - bits(reading.exact, run.before, run.after, scripts) if reading.exact != run.text else 0.0
    if reading.lossy is None:
        return exact, exact
    return exact, now - bits(reading.lossy, run.before, run.after, scripts) - len(reading.rests) * _LOST_CHARACTER


def _add(verdict: Verdict, run: Run, reading: Reading, exact: float, lossy: float) -> None:
    if reading.lossy is not None and verdict.lossy == IMPOSSIBLE:
        verdict.lossy = verdict.exact - _LOSING
    verdict.readings.append((run, reading))
    verdict.exact += exact
    verdict.worst = min(verdict.worst, exact)
    if verdict.lossy != IMPOSSIBLE:
        verdict.lossy += lossy
    whole = reading.exact != run.text
    verdict.whole = verdict.whole or whole
    if reading.lossy is not None and whole:
        # Right beside damaged characters, what could be the rest of another one most likely is.
        verdict.margin = 2 * _MARGIN


def frequencies(verdicts: Sequence[Verdict], lines: int) -> tuple[float, float]:
    """Return how common damage is on a page, and missing bytes in its damaged lines, as log odds in bits.

    A few rounds of expectation and maximisation. `lines` counts all lines of the page that damage could have touched:
    those on which the codec changes nothing speak for an intact page.
    """
    damaged, losing = 0.1, 0.1
    for _ in range(4):
        shares = [_share(max(verdict.exact, verdict.lossy) + _odds(damaged)) for verdict in verdicts]
        losses = [
            share * _share(verdict.lossy - verdict.exact + _odds(losing))
            for verdict, share in zip(verdicts, shares, strict=True)
        ]
        damaged = (sum(shares) + 0.05) / (lines + 3)
        losing = (sum(losses) + 0.02) / (sum(shares) + 1)
    return _odds(damaged), _odds(losing)


def _share(log_odds: float) -> float:
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, log_odds)))


def _odds(share: float) -> float:
    share = min(max(share, 0.001), 0.999)
    return log2(share / (1 - share))
