"""Headings of words, with an anchor in front or without: nearly all that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import ElementId, Heading, Mark, Part, PartKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.parse.fast.records import Title, Words

PLAIN_WORD = r"[^\\`*_&~<\[{:)|\#\s]++"
"""A word without a sign that may mean something to any host."""
PLAIN_WORDS = re.compile(rf"{PLAIN_WORD} (?: [ ]++ {PLAIN_WORD} )*+", re.VERBOSE)

# Words in which nothing has a meaning to most hosts, behind `<a name="x"></a>` as many tools write it.
NAMED_WORDS = re.compile(
    r"""
    (?: (?P<opened> <a [ ]++ (?: name | id ) = "(?P<name> [^"&<>\s]++ )" > ) (?P<closed> </a> ) )?+
    (?P<words> (?: [^\\`*_&~\n<\[\]{:(] | (?<=[^\W_]) _++ (?=[^\W_]) | : (?!//) | & (?![\#\w]) | \( (?![^()]*+\)=) )*+ )
    """,
    re.VERBOSE,
)


def heading_of(words: Words) -> Heading:
    """Return a heading of nothing but words."""
    text, start = words.text, words.start
    parts = (Part(PartKind.TEXT, text),)
    return Heading(words.level, parts, Span(start, start + len(text)), source=text, interrupts=words.interrupts)


def named_words(title: Title, plain: re.Match[str]) -> Iterator[Mark]:
    """Yield a heading of words, behind the anchor in raw HTML that stands in front of them, if there is one."""
    parts = []
    if plain["opened"] is not None:
        start, end = plain.span("name")
        yield ElementId(plain["name"], Span(title.start + start, title.start + end))
        parts = [Part(PartKind.TAG, plain["opened"]), Part(PartKind.TAG, plain["closed"])]
    if plain["words"]:
        parts.append(Part(PartKind.TEXT, plain["words"]))
    span = Span(title.start, title.start + len(title.text))
    yield Heading(title.level, tuple(parts), span, source=title.text, interrupts=title.interrupts)
