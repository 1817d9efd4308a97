"""The same parse at other places: for a page whose line ends are not all LF, or that begins with a byte-order mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from doclint.model import Comment, Definition, Link, Parsed, Span, UndefinedReference

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


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
