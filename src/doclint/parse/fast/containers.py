"""Quotes and list items: how far they reach, and what stands inside."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from doclint.parse.fast import lines
from doclint.parse.fast.excerpt import Excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable


def item_end(text: str, start: int, width: int) -> int:
    """Return where the item at `start` ends whose text begins `width` columns in; lazy lines are left to the caller."""
    first = text.find("\n", start) + 1
    more = _item_lines(width).match(text, first)
    return more.end() if more else first


@cache
def _item_lines(width: int) -> re.Pattern[str]:
    """Return the pattern of the lines below the first one of an item whose text begins `width` columns in."""
    return re.compile(rf"(?:[ \t]*+\n|[ ]{{{width}}}[^\n]*+\n)++")


def ends_blank(text: str, end: int) -> bool:
    """Tell whether the line that ends at `end` is blank."""
    return not text[text.rfind("\n", 0, end - 1) + 1 : end].strip(" \t\n")


def is_whole(text: str, end: int) -> bool:
    """Tell whether no line goes on with the paragraph in the quote or the item that ends at `end`."""
    return ends_blank(text, end) or lines.ENDS_CONTAINER.match(text, end) is not None


def inside_quote(excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Cut out what stands behind the marks of a quote."""
    rows = _rows(excerpt.text[start:end])
    marks = (row.index(">") + 1 for row in rows)
    return _cut(excerpt, start, rows, (mark + (row[mark] == " ") for mark, row in zip(marks, rows, strict=True)))


def inside_item(excerpt: Excerpt, start: int, first: int, end: int) -> Excerpt:
    """Cut out the text, from `first` to `end`, of the item at `start`; its first line is where all others begin."""
    rows = _rows(excerpt.text[first:end])
    width = first - start
    indents = (min(width, len(row) - len(row.lstrip(" "))) for row in rows[1:])
    return _cut(excerpt, first, rows, (0, *indents))


def _cut(excerpt: Excerpt, start: int, rows: list[str], cuts: Iterable[int]) -> Excerpt:
    """Cut that many characters off the head of each row; the first one begins at `start`."""
    kept, origins = [], []
    for row, cut in zip(rows, cuts, strict=True):
        kept.append(row[cut:])
        origins.append(start + cut)
        start += len(row)
    return Excerpt("".join(kept), excerpt, origins)


def _rows(text: str) -> list[str]:
    """Return the lines of `text` with their line ends, which are all LF; `str.splitlines` knows too many others."""
    return [f"{row}\n" for row in text[:-1].split("\n")]
