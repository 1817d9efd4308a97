"""Find lines whose UTF-8 was misread in a code page of East Asia, two bytes at a time.

Text that was really written in such a code page is hardly ever UTF-8 by accident, and the more of it is, the less: so
each line counts the bits by which its bytes are better UTF-8 than chance, and the lines of a page tell together how
common damage is there. `lossy.py` restores the lines that lost bytes; the others have an exact way back.
"""

from __future__ import annotations

import re
from math import log2
from typing import TYPE_CHECKING

from doclint.repair.codecs import LOST
from doclint.repair.lattice import MISSING, tokens
from doclint.repair.loss import Loss
from doclint.repair.multibyte import MULTI_BYTE, pairs
from doclint.repair.naturalness import Scripts, bits
from doclint.repair.scan import CONTINUATIONS, LEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.repair.runs import Line

_BY_CHANCE = {1: 2.0, 2: 6.0, 3: 10.0}
"""Bits that a character of UTF-8 with so many bytes behind its first is worth: how seldom other text forms one."""

_REST = 1.0
"""Bits that each byte of an incomplete character is worth."""

_UNEXPLAINED = 8.0
"""Bits that a byte which is no part of any character speaks against damage."""

_SURE = 12.0
"""Bits by which a line must be better UTF-8 than chance, given how common that is on its page."""

_PAGE = 30.0
"""Bits that all damaged lines of a page must have together: a few characters may be UTF-8 by accident."""

_PROVED = 80.0
"""The same, for a repair that may be written without asking."""

_PRIOR = 0.02
_ROUNDS = 4

_WHOLE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def find(lines: Sequence[Line], texts: Sequence[str]) -> None:
    """Mark the lines that are damaged, in place.

    Args:
        lines: The lines of a page that are not ASCII.
        texts: The text of each of them.
    """
    best: tuple[float, str, list[float]] = (0.0, "", [])
    scripts = Scripts(["".join(char for text in texts for char in text if char.isascii())])
    for name in MULTI_BYTE:
        worth = [_bits(text, name) + _gain(line, name, scripts) for line, text in zip(lines, texts, strict=True)]
        odds = _odds(worth)
        sure = [gain + odds for gain in worth]
        score = sum(gain for gain in sure if gain >= _SURE)
        if score > best[0]:
            best = (score, name, sure)
    score, name, sure = best
    if score < _PAGE:
        return
    for line, gain in zip(lines, sure, strict=False):
        if gain >= _SURE:
            _mark(line, name)
            line.sure = line.sure and score >= _PROVED


def _gain(line: Line, name: str, scripts: Scripts) -> float:
    """Return the bits by which the runs of a line that are whole are more natural with the codec undone."""
    result = 0.0
    for run in line.runs:
        if (then := _encoded(run.text, name)) is not None:
            before, after = run.before, run.after
            result += bits(run.text, before, after, scripts) - bits(then, before, after, scripts)
    return result


def _odds(worth: Sequence[float]) -> float:
    """Return how common damage is on a page, as log odds in bits; `worth` are the bits of its lines."""
    share = _PRIOR
    for _ in range(_ROUNDS):
        odds = log2(share / (1 - share))
        likely = sum(1 / (1 + 2 ** -max(-60.0, min(60.0, gain + odds))) for gain in worth)
        share = min(0.999, max(0.001, (likely + _PRIOR) / (len(worth) + 1)))
    return log2(share / (1 - share))


def _bits(text: str, name: str) -> float:
    """Return by how many bits the bytes of `text` in a codec are better UTF-8 than chance."""
    values = tokens(text, name, Loss.REPLACED).values
    result = 0.0
    position = 0
    while position < len(values):
        value = values[position]
        if value >= 0x80 and value in LEADS:
            need = 1 if value < 0xE0 else 2 if value < 0xF0 else 3
            end = position + 1
            missing = False
            while (
                end - position <= need
                and end < len(values)
                and (values[end] in CONTINUATIONS or values[end] == MISSING)
            ):
                missing = missing or values[end] == MISSING
                end += 1
            got = end - position - 1
            result += _REST * (got + 1) if missing else _BY_CHANCE[need] if got == need else -_UNEXPLAINED
            position = end
        else:
            if value >= 0x80 or (value < 0 and value != MISSING):
                result -= _UNEXPLAINED
            position += 1
    return result


def _mark(line: Line, name: str) -> None:
    """Undo the codec in a line, or say that it lost bytes."""
    texts = []
    for run in line.runs:
        data = _encoded(run.text, name)
        if data is None:
            line.lost_in = name
            return
        texts.append(data)
    line.sure = line.sure and all(_keeps(text, name) for text in texts)
    for run, text in zip(line.runs, texts, strict=True):
        run.text = text
        run.codecs = (*run.codecs, name)


def _keeps(text: str, name: str) -> bool:
    """Tell whether a codec reads whatever begins like the characters of `text`.

    If not, others may be gone without a trace.
    """
    known = pairs(name)
    leads = {char.encode("utf-8")[0] for char in text if not char.isascii()}
    return all(
        lead in known.single or bytes((lead, behind)) in known.pairs for lead in leads for behind in CONTINUATIONS
    )


def _encoded(text: str, name: str) -> str | None:
    """Return what `text` was before it was misread, if nothing is missing."""
    if LOST in text:
        return None
    values = tokens(text, name, Loss.NONE).values
    if min(values) < 0:
        return None
    try:
        return bytes(values).decode("utf-8")
    except UnicodeDecodeError:
        return None
