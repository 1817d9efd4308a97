"""Does an older line of a page prove what a damaged one was?

Damage that turns an older line into exactly the damaged one explains it; but so may an edit that was made in the same
commit, if it exchanged characters that look alike after the damage ("上" for "下"). How likely that is, two witnesses
tell: the other damaged lines of the page, which were edited as well or were not, and language.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from math import exp
from typing import TYPE_CHECKING

from doclint.repair.beam import TEMPER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.repair.language import Reader

_RARELY = 0.002
"""The share of a page's damaged lines that were edited, where none of them seems to be."""

_LOOKS_ALIKE = 0.02
"""The share of edits that exchange nothing but characters which look alike after the damage."""

_SURE = 100.0
"""How much likelier than an edit the older line must be, to be a proof."""


def odds(original: str, guess: str, reader: Reader) -> float:
    """Return how much likelier than an edit of it language finds an older line, at the place that speaks most for one.

    Args:
        original: The older line.
        guess: What language alone makes of the damaged one.
        reader: A reader of the page.

    Returns:
        At most 1.0, which it is where language would have said the same.
    """
    found = 1.0
    known = reader.expects(original)
    matcher = SequenceMatcher(None, original, guess, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            edited = original[:start] + guess[first:last] + original[end:]
            found = min(found, exp(TEMPER * (known - reader.expects(edited))))
    return found


def edited(have_older: Iterable[bool]) -> float:
    """Return how likely an edit left a line that looks like an older one.

    `have_older` tells of each damaged line of the page whether damage of an older one explains it.
    """
    lines = list(have_older)
    return max(_RARELY, lines.count(False) / len(lines)) * _LOOKS_ALIKE


def proves(likelihood: float, edit: float) -> bool:
    """Tell whether an older line is a proof: its `odds`, and what `edited` says."""
    return likelihood >= min(1.0, _SURE * edit)


def is_likelier(likelihood: float, edit: float) -> bool:
    """Tell whether an older line is at least likelier than an edit of it."""
    return likelihood >= edit
