"""Headings of words and code, with an anchor in front or without: nearly all that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import ElementId, Heading, Mark, Part, PartKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.parse.fast.records import Title, Words

NAME = r"""[^"&<>\s]++"""
"""The name of an anchor in front of a heading."""
NAMING_TAG = '<a [ ]++ (?: name | id ) = "{name}" >'
"""The tag that gives it, for `format`."""
SIGNS = r"(?<=[^\W_]) _++ (?=[^\W_]) | : (?!//) | & (?![\#\w]) | \( (?![^()\n]*+\)=)"
"""Signs that have no meaning, because of what stands beside them."""

_ANCHOR = rf"(?P<opened> {NAMING_TAG.format(name=f'(?P<name> {NAME} )')} ) (?P<closed> </a> )"
# Words in which nothing has a meaning, and code in one pair of backticks.
_WORDS_AND_CODE = rf"(?: [^\\`*_&~\n<\[\]{{:(] | {SIGNS} | ` (?!`) [^`\n]++ ` (?!`) )*+"
ANCHOR_IN_FRONT = re.compile(_ANCHOR, re.VERBOSE)
"""`<a name="x"></a>`, as many tools write it in front of a heading."""
NAMED_WORDS = re.compile(rf"(?: {_ANCHOR} )?+ (?P<words> {_WORDS_AND_CODE} )", re.VERBOSE)
"""Words and code, behind such an anchor or not."""


def heading_of(words: Words) -> Heading:
    """Return a heading of nothing but words."""
    text, start = words.text, words.start
    parts = (Part(PartKind.TEXT, text),)
    return Heading(words.level, parts, Span(start, start + len(text)), source=text, interrupts=words.interrupts)


def named_words(title: Title, plain: re.Match[str]) -> Iterator[Mark]:
    """Yield a heading of words and code, behind the anchor that stands in front of them, if there is one."""
    parts = []
    if plain["opened"] is not None:
        start, end = plain.span("name")
        yield ElementId(plain["name"], Span(title.start + start, title.start + end))
        parts = [Part(PartKind.TAG, plain["opened"]), Part(PartKind.TAG, plain["closed"])]
    for number, piece in enumerate(plain["words"].split("`")):
        if number % 2:
            parts.append(Part(PartKind.CODE, code_text(piece)))
        elif piece:
            parts.append(Part(PartKind.TEXT, piece))
    span = Span(title.start, title.start + len(title.text))
    yield Heading(title.level, tuple(parts), span, source=title.text, interrupts=title.interrupts)


def code_text(written: str) -> str:
    """Return the text of a code span, `written` between its backticks (CommonMark 6.1)."""
    text = written.replace("\n", " ")
    return text[1:-1] if text[:1] == text[-1:] == " " and text.strip(" ") else text
