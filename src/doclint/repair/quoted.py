"""Damage that is meant: examples in pages about encodings, and in code.

A page that is damaged was damaged as a whole, code included. So damage in code alone, on a page whose prose is whole, is
quoted there; and so is damage here and there on a page that names the code pages it comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from doclint.model import Span
from doclint.repair.judge import Line, Run

_TOPIC = re.compile(
    r"(?i)\bmojibake|\blatin-?[19]\b|\biso[-_ ]?8859|\bwindows-?125\d|\bcp-?(?:125\d|437|850)\b|\bkoi-?8|\bmac[-_ ]?roman\b",
)
_FEW = 1 / 3
"""The share of its lines that are not ASCII up to which a page about encodings counts as whole."""


def is_quoted(text: str, lines: Sequence[Line], damaged: Sequence[tuple[Line, Sequence[Run]]], code: Sequence[Span]) -> bool:
    """Tell whether all the damage of a page is quoted.

    Args:
        text: The page.
        lines: All of its lines that hold a character that is not ASCII.
        damaged: The damaged ones, each with its damaged runs.
        code: The page's code spans and code blocks, sorted.
    """
    starts = [span.start for span in code]

    def in_code(run: Run) -> bool:
        index = bisect_right(starts, run.start) - 1
        return index >= 0 and run.start < code[index].end

    prose = sum(not all(in_code(run) for run in runs) for _, runs in damaged)
    if prose == 0:
        return True
    return prose <= len(lines) * _FEW and _TOPIC.search(text) is not None
