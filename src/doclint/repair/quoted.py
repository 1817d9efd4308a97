"""Damage that is meant: examples in pages about encodings, and in code.

What damages a page damages it as a whole, code included, and often the pages beside it. So damage in code alone, on a
page whose prose is whole, is quoted there, unless other pages bear witness that this codec was at work; and so is
damage here and there on a page that names the code pages it comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.repair.codecs import NOT_A_BYTE, codec

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.model import Span
    from doclint.repair.judge import Line, Run

_TOPIC = re.compile(
    r"(?i)\bmojibake|\blatin-?[19]\b|\biso[-_ ]?8859|\bwindows-?125\d|\bcp-?(?:125\d|437|850)\b|\bkoi-?8"
    r"|\bmac[-_ ]?roman\b|文字化け|乱码|亂碼|кракозябр"
)
_FEW = 1 / 3
"""The share of its lines that are not ASCII up to which a page about encodings counts as whole."""

_EXAMPLES = 3
"""So many damaged lines are examples on such a page in any case, if anything that is not ASCII is whole there."""

_MORE_THAN_A_SAMPLE = 3
"""Characters: with fewer, like `Ã©` or `CafÃ©`, it is a sample, whatever happened to other pages."""

_THROUGHOUT = 4
"""From so many lines on, a page on which every line that is not ASCII is damaged is no page with an example."""


def is_quoted(
    text: str,
    lines: Sequence[Line],
    damaged: Sequence[tuple[Line, Sequence[Run]]],
    code: Sequence[Span],
    witnesses: Collection[str],
) -> bool:
    """Tell whether all the damage of a page is quoted.

    Args:
        text: The page.
        lines: All of its lines that hold a character that is not ASCII.
        damaged: The damaged ones, each with its damaged runs.
        code: The page's code spans and code blocks, sorted.
        witnesses: Codecs that have damaged the prose of other pages.
    """
    starts = [span.start for span in code]

    def in_code(run: Run) -> bool:
        index = bisect_right(starts, run.start) - 1
        return index >= 0 and run.start < code[index].end

    prose = sum(not all(in_code(run) for run in runs) for _, runs in damaged)
    if _TOPIC.search(text) is not None:
        runs = sum(len(line.runs) for line in lines)
        some_whole = sum(len(runs_of_line) for _, runs_of_line in damaged) < runs or any(
            _holds_more(line, run) for line, runs_of_line in damaged for run in runs_of_line
        )
        return prose <= len(lines) * _FEW or (prose <= _EXAMPLES and some_whole)
    if prose:
        return False
    throughout = len(damaged) == len(lines) >= _THROUGHOUT
    characters = sum(len(run.text) for _, runs in damaged for run in runs)
    witnessed = characters >= _MORE_THAN_A_SAMPLE and all(
        set(run.codecs or (line.lost_in,)) <= set(witnesses) for line, runs in damaged for run in runs
    )
    return not throughout and not witnessed


def _holds_more(line: Line, run: Run) -> bool:
    """Tell whether a damaged run also holds letters that the wrong codec lacks: they cannot have come from it."""
    wrong = codec(run.codecs[-1] if run.codecs else line.lost_in)
    read = wrong.bytes_of(run.original)
    return any(byte == NOT_A_BYTE and char.isalpha() for char, byte in zip(run.original, read, strict=True))
