"""Damage that is meant: examples in pages about encodings, and in code.

What damages a page damages it as a whole, code included, and often the pages beside it. So damage on a page whose prose
is whole is an example where it stands in code, on a line that spells its bytes, or between quotation marks on a line
that speaks of mending or showing text, unless other pages bear witness that this codec was at work; and so is damage
here and there on a page that names the code pages it comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.model import Span
from doclint.repair.codecs import NOT_A_BYTE, codec
from doclint.repair.scan import suspicious

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from doclint.repair.runs import Line, Run

_TOPIC = re.compile(
    r"(?i)\bmojibake|\blatin-?[19]\b|\biso[-_ ]?8859|\bwindows-?125\d|\bcp-?(?:125\d|437|850)\b|\bkoi-?8"
    r"|\bmac[-_ ]?roman\b|文字化け|乱码|亂碼|кракозябр"
)
_AN_EXAMPLE = re.compile(
    r"(?i)\bmojibake|文字化け|乱码|亂碼|кракозябр|\b(?:0x|\\x)?[c-f][0-9a-f][ ,]{0,2}(?:0x|\\x)?[89ab][0-9a-f]\b"
)
"""What stands on a line beside an example: the name of the thing, or the bytes of a character in UTF-8."""

_WORD = re.compile(r"[^\W\d_]+")

_ABOUT_TEXT = re.compile(
    r"(?i)(?<![a-z])(?:fix|correct|repair|encod|decod|display|render|show[ns]|appear|garbl|charset|character|accent|umlaut|utf"
    r"|unicode|statt|behoben|korrig|zeichen|kodier|angezeigt|anzeige|corrig|affich|caract|au lieu|en vez|em vez|invece"
    r"|visualizz|codif|muestra|mostra|arregl|opraven|zobraz|popraw|wyświetl|kodowa|zamiast|düzelt|görün)"
    r"|исправ|кодиров|вместо|отобра|виправ|замість|修复|修正|显示|顯示|編碼|编码|表示|표시|수정|인코딩"
)
"""Words that speak of mending or showing text."""

_QUOTATION = re.compile(
    r""""[^"\n]+"|(?<!\w)'[^'\n]+'(?!\w)|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|‘[^‘’\n]+’|「[^「」\n]+」"""
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

    def is_example(runs: Sequence[Run]) -> bool:
        line = _line_at(text, runs[0].start)
        if _AN_EXAMPLE.search(line.of(text)):
            return True
        quotations = _quotations(text, line)
        # Where bytes are missing, the whole line counts as damaged, its intact runs as well.
        return all(
            in_code(run) or any(span.overlaps(Span(run.start, run.start + len(run.original))) for span in quotations)
            for run in [run for run in runs if suspicious(run.original)] or runs
        )

    prose = sum(not is_example(runs) for _, runs in damaged)
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


def _line_at(text: str, place: int) -> Span:
    """Return the line at `place`, without its end."""
    end = text.find("\n", place)
    return Span(text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text))


def _quotations(text: str, line: Span) -> list[Span]:
    """Return what stands between quotation marks on a line, if the line speaks of mending or showing text."""
    if _ABOUT_TEXT.search(line.of(text)) is None:
        return []
    return [Span(*found.span()) for found in _QUOTATION.finditer(text, line.start, line.end)]


def is_used_elsewhere(
    text: str, damaged: Sequence[tuple[Line, Sequence[Run]]], words: Callable[[], frozenset[str]]
) -> bool:
    """Tell whether what damaged code stands for is nothing but words that the code of other pages uses.

    Args:
        text: The page.
        damaged: Its damaged lines, each with its damaged runs.
        words: Returns what the code of intact pages uses; they must all be read for that.
    """
    if not damaged or _TOPIC.search(text) is not None:
        return False
    for _, runs in damaged:
        pieces = []
        position = text.rfind("\n", 0, runs[0].start) + 1
        for run in runs:
            pieces += [text[position : run.start], run.text]
            position = run.start + len(run.original)
        end = text.find("\n", position)
        line = "".join([*pieces, text[position : end if end >= 0 else len(text)]])
        meant = [word for word in _WORD.findall(line) if not word.isascii()]
        if not meant or not words().issuperset(meant):
            return False
    return True


def _holds_more(line: Line, run: Run) -> bool:
    """Tell whether a damaged run also holds letters that the wrong codec lacks: they cannot have come from it."""
    wrong = codec(run.codecs[-1] if run.codecs else line.lost_in)
    read = wrong.bytes_of(run.original)
    return any(byte == NOT_A_BYTE and char.isalpha() for char, byte in zip(run.original, read, strict=True))
