"""Does undoing a codec repair a line wholly, or by halves?

What damages a line damages all of it, or one stretch of it. So what is left inside that stretch is the rest of a
character that lost bytes, or the sign that another codec was at work; and so are words that the repair alone would
make odd. Whether undoing is worth while at all is for `judge.py` to say.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from doclint.repair.naturalness import Kind, kind_of, script_of
from doclint.repair.reading import Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.repair.reading import Reading
    from doclint.repair.runs import Run

_CONTROL = re.compile("[\x80-\x9f]")

# A script without case may have no spaces either: a line of it is one run, whatever happened to its halves.
_WITH_CASE = frozenset((Kind.LOWER, Kind.UPPER))


def surrounded(readings: Sequence[tuple[Run, Reading]]) -> list[str]:
    """Return the first bytes of a line's incomplete characters between two that its codec undoes.

    None where there are many: then whole words are intact there.
    """
    stretch = _stretch([piece for run, reading in readings if not run.fragment for piece in reading.pieces])
    rests = [piece.rest for piece in stretch if piece.rest]
    undone = sum(len(piece.text) for piece in stretch if piece.undone)
    return rests if 2 * len(rests) <= undone else []


def by_halves(runs: Sequence[Run], readings: Sequence[tuple[Run, Reading]]) -> bool:
    """Tell whether undoing a codec leaves damage in a line, or makes words that are none.

    That is so where a character between two that are undone stays as it is, or a C1 control anywhere, and where what is
    undone has grown together with letters that do not go with it.

    Args:
        runs: All runs of the line.
        readings: What the codec says of some of them.
    """
    pieces_of = {id(run): reading.pieces for run, reading in readings}
    pieces = [piece for run in runs if not run.fragment for piece in pieces_of.get(id(run), (Piece(run.text),))]
    if any(not piece.undone and not piece.text.isspace() for piece in _stretch(pieces)):
        return True
    if any(not piece.undone and _CONTROL.search(piece.text) for piece in pieces):
        return True
    return any(_two_halves(reading.pieces) for _, reading in readings)


def odd_capitals(runs: Sequence[Run]) -> set[str]:
    """Return the capitals that stand behind small letters of their script in what became of damaged runs.

    They are what is left of characters that were damaged twice, or damaged in a codec that is not known.
    """
    return {
        other
        for run in runs
        if run.codecs
        for one, other in pairwise(run.before + run.text)
        if kind_of(one) is Kind.LOWER and kind_of(other) is Kind.UPPER and script_of(one) == script_of(other)
    }


def damaged_word(runs: Sequence[Run]) -> bool:
    """Tell whether a word of two scripts, or with a sign inside, is left beside runs that were undone.

    No codec has changed it, so another one, which is not known, has damaged it and probably all of the line.
    """
    return any(run.codecs for run in runs) and any(
        _is_no_word(run.before + run.text + run.after) for run in runs if not run.codecs
    )


def _is_no_word(text: str) -> bool:
    kinds = [kind_of(char) for char in text]
    if any(
        sign is Kind.SYMBOL and before in _WITH_CASE and after in _WITH_CASE
        for before, sign, after in zip(kinds, kinds[1:], kinds[2:], strict=False)
    ):
        return True
    scripts = [script_of(char) for char in text]
    return any(one != other and one and other and "LATIN" in (one, other) for one, other in pairwise(scripts))


def holds(runs: Sequence[Run], capitals: Collection[str]) -> bool:
    """Tell whether one of `capitals` is in what became of damaged runs."""
    return any(not run.original.count(char) and char in run.text for run in runs if run.codecs for char in capitals)


def _stretch(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the first to the last that is undone."""
    places = [index for index, piece in enumerate(pieces) if piece.undone]
    return pieces[places[0] : places[-1] + 1] if places else ()


def _two_halves(pieces: Sequence[Piece]) -> bool:
    """Tell whether a run would be of two scripts by what is undone, or a word of it be undone in part."""
    undone, left = (
        {script_of(char) for piece in pieces if piece.undone is side for char in piece.text} - {""}
        for side in (True, False)
    )
    if undone and not left <= undone:
        return True
    return any(
        one.undone != other.undone and _WITH_CASE.issuperset((kind_of(one.text[-1]), kind_of(other.text[0])))
        for one, other in pairwise(pieces)
    )
