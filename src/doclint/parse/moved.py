"""Pages as they are on the disk for parsers that know LF alone, and places taken back to the disk."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, line_starts
from doclint.model import Comment, Definition, Link, Parsed, Span, UndefinedReference

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def with_plain_lines(text: str, read: Callable[[str], Parsed]) -> Parsed:
    """Return what `read` makes of `text` without its byte-order mark and with LF for all line ends; no NUL is left."""
    mark = 1 if text.startswith("\ufeff") else 0
    if "\r" not in text:
        parsed = read(text[mark:].replace("\0", "\ufffd"))
        return moved_parse(parsed, lambda offset: offset + mark) if mark else parsed
    plain = LINE_END.sub("\n", text[mark:]).replace("\0", "\ufffd")
    here, there = line_starts(plain), line_starts(text[mark:])

    def move(offset: int) -> int:
        line = bisect_right(here, offset) - 1
        return there[line] + offset - here[line] + mark

    return moved_parse(read(plain), move, frozenset(here))


def moved_parse(parsed: Parsed, move: Callable[[int], int], line_heads: Collection[int] = ()) -> Parsed:
    """Return `parsed` with every offset taken through `move`; `line_heads` are the offsets at which lines begin."""

    def moved(span: Span) -> Span:
        if span.end == span.start or span.end in line_heads:
            return Span(move(span.start), move(span.end))
        # The last character's place: the next one may stand behind a line end of two characters.
        return Span(move(span.start), move(span.end - 1) + 1)

    return Parsed(
        marks=tuple(replace(mark, span=moved(mark.span)) for mark in parsed.marks),
        links=tuple(
            Link(link.kind, link.destination, moved(link.span), moved(link.destination_span)) for link in parsed.links
        ),
        definitions=tuple(
            Definition(
                found.label,
                found.destination,
                moved(found.span),
                moved(found.destination_span),
                found.used,
                found.duplicate,
            )
            for found in parsed.definitions
        ),
        undefined=tuple(UndefinedReference(found.label, moved(found.span)) for found in parsed.undefined),
        code=tuple(moved(span) for span in parsed.code),
        comments=tuple(Comment(comment.text, moved(comment.span)) for comment in parsed.comments),
        blocks=parsed.blocks,
    )
