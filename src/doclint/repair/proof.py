"""The proof of a repair: damaging its result again gives what stands on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Edit, Span
from doclint.repair.loss import Loss, misread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.repair.runs import Run


def corrupt(text: str, codecs: Sequence[str], loss: Loss = Loss.NONE) -> str:
    """Return what `text` becomes when its UTF-8 is read in each of `codecs` in turn; the first loses bytes.

    >>> corrupt("é", ("cp1252", "cp1252"))
    'ÃƒÂ©'
    """
    for name in codecs:
        text = misread(text, name, loss)
        loss = Loss.NONE
    return text


def proved_edit(run: Run) -> Edit | None:
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


def proves(old: str, new: str, codecs: Sequence[str], loss: Loss, *, hyphens: bool = False) -> bool:
    """Tell whether `new` is damaged to `old`, but for no-break spaces that became spaces or were trimmed.

    `hyphens` says whether soft hyphens may have been stripped as well.
    """
    again = corrupt(new, codecs, loss)
    if hyphens:
        again = again.replace("\xad", "")
    return again == old or _plain_spaces(again) == _plain_spaces(old)


def _plain_spaces(text: str) -> str:
    return text.replace("\xa0", " ").rstrip(" ")


def _shared(one: str, other: str) -> int:
    """Return how many characters the two begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
