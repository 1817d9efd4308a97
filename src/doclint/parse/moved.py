"""The same parse at other places: for a page with other line ends than LF, with a byte-order mark, or inside a file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, line_starts
from doclint.model import Comment, Definition, Link, Links, Parsed, Span, UndefinedReference
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def with_plain_lines(text: str, read: Callable[[str], Parsed]) -> Parsed:
    """Return what `read` makes of `text` without its byte-order mark and with LF for all line ends; no NUL is left."""
    plain = text.removeprefix("\ufeff")
    if "\r" in plain:
        plain = LINE_END.sub("\n", plain)
    plain = plain.replace("\0", "\ufffd")
    return as_written(read(plain), plain, text)


def moved_parse(parsed: Parsed, move: Callable[[int], int], line_heads: Collection[int] = ()) -> Parsed:
    """Return `parsed` with every offset taken through `move`; `line_heads` are the offsets at which lines begin."""

    def moved(span: Span) -> Span:
        if span.end == span.start or span.end in line_heads:
            return Span(move(span.start), move(span.end))
        # The last character's place: the next one may stand behind a line end of two characters.
        return Span(move(span.start), move(span.end - 1) + 1)

    return placed_parse(parsed, moved)


def as_written(parsed: Parsed, plain: str, text: str) -> Parsed:
    """Return the parse of `plain` with places in `text`, which has other line ends or begins with a byte-order mark."""
    mark = 1 if text.startswith("\ufeff") else 0
    if "\r" not in text:
        return moved_parse(parsed, lambda offset: offset + mark) if mark else parsed
    here, there = line_starts(plain), line_starts(text[mark:])

    def move(offset: int) -> int:
        line = bisect_right(here, offset) - 1
        return there[line] + offset - here[line] + mark

    return moved_parse(parsed, move, frozenset(here))


def placed_parse(parsed: Parsed, moved: Callable[[Span], Span]) -> Parsed:
    """Return `parsed` with every place taken through `moved`; the lines of its blocks stay."""
    return Parsed(
        marks=tuple(replace(mark, span=moved(mark.span)) for mark in parsed.marks),
        links=Links.of(
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
        fault=parsed.fault,
        open_ended=parsed.open_ended,
    )
