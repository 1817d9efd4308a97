"""What the parse promises of any text whatsoever."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damage import CODECS, Policy, clean, clean_names, misread
from doclint.lines import line_starts
from doclint.model import Heading, LinkKind, Parsed, Span
from doclint.parse import parse
from doclint.parse.html import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

HOSTILE = "[]()<>!`*_#|>-=+~^:\n\r\t \"'&;\\{}/a1é技\0\ufeff\udcff\x85\u2028\xa0"

PIECES = [
    "[a](b.md)",
    "[a](<b c.md>)",
    "![i](p.png 'title')",
    "[x][a]",
    "[a][]",
    "[a]",
    "\n[a]: c.md\n",
    "\n> [a]:\n> d.md\n",
    "\n# Title\n",
    "\nTitle\n===\n",
    "\n> ",
    "\n>> ",
    "\n- ",
    "\n1. ",
    "\n  ",
    "\n\t",
    "\n\n",
    "\n```\n",
    "\n~~~\n",
    "`code`",
    "`",
    "\n| a | b |\n|---|---|\n| c \\| d | [e](f.md) |\n",
    "<a id='x' href='y.md'>",
    "<img\nsrcset='p.png 1x, q.png 2x'>",
    "\n<div>\n",
    "</div>\n",
    "<!-- doclint-x -->",
    "<!--",
    "-->",
    "<h2>",
    "</h2>",
    "[^1]",
    "\n[^1]: note\n",
    "---\n",
    "https://example.com/a?b",
    "<https://example.com>",
    "&amp;",
    "\\",
    "words",
    "技术",
    " ",
]

hostile = st.text(alphabet=HOSTILE, max_size=80)
pages = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
texts = st.one_of(hostile, pages, st.text(st.characters(codec=None), max_size=60))


def spans(parsed: Parsed) -> Iterator[Span]:
    for link in parsed.links:
        yield from (link.span, link.destination_span)
    for definition in parsed.definitions:
        yield from (definition.span, definition.destination_span)
    yield from (mark.span for mark in parsed.marks)
    yield from (found.span for found in parsed.undefined)
    yield from (comment.span for comment in parsed.comments)
    yield from parsed.code


def as_markdown_reads_it(written: str) -> str:
    """Resolve escapes and character references of a destination as it is written."""
    resolved = re.sub(
        r"\\([!-/:-@\[-`{-~])|(&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]*);)",
        lambda match: match[1] or html.unescape(match[2]),
        written,
    )
    return resolved.replace("\0", "\ufffd")


def as_html_reads_it(written: str) -> str:
    return re.sub(r"[\t\r\n]", "", html.unescape(written).strip())


@steady
@given(texts)
def test_every_span_lies_in_the_text(text: str) -> None:
    parsed = parse(text)
    for span in spans(parsed):
        assert 0 <= span.start <= span.end <= len(text)
    for link in parsed.links:
        if link.kind is not LinkKind.HTML:
            assert link.span.holds(link.destination_span)
    lines = len(line_starts(text))
    for _, first, last in parsed.blocks:
        assert first >= 1
        assert last <= lines


@steady
@given(texts)
def test_the_place_of_a_destination_cuts_out_what_becomes_the_destination(text: str) -> None:
    for link in parse(text).links:
        written = link.destination_span.of(text)
        if link.kind is LinkKind.HTML:
            # A quote mark or indentation may stand between the lines of an attribute, and a reference in a srcset.
            if "\n" not in written and "\r" not in written and "&" not in written and "\0" not in written:
                assert link.destination == as_html_reads_it(written)
        elif link.kind in (LinkKind.AUTOLINK, LinkKind.BARE):
            # Nothing is resolved in an address that stands for itself (CommonMark 6.5).
            assert link.destination == written.replace("\0", "\ufffd")
        elif r"\|" not in written:
            # In a table cell a backslash before a pipe goes before Markdown reads it.
            assert link.destination == as_markdown_reads_it(written)


@steady
@given(texts)
def test_links_and_code_come_in_order(text: str) -> None:
    parsed = parse(text)
    places = [link.destination_span for link in parsed.links]
    assert places == sorted(places)
    assert list(parsed.code) == sorted(parsed.code)
    starts = [definition.span.start for definition in parsed.definitions]
    assert starts == sorted(starts)


def without_places(parsed: Parsed) -> object:
    return (
        [(link.kind, link.destination) for link in parsed.links],
        [(mark.level, mark.parts, mark.html) if isinstance(mark, Heading) else mark.name for mark in parsed.marks],
        [(found.label, found.destination, found.used, found.duplicate) for found in parsed.definitions],
        [found.label for found in parsed.undefined],
        [comment.text for comment in parsed.comments],
        parsed.blocks,
    )


@steady
@given(
    texts.filter(lambda text: "\r" not in text and not text.startswith("\ufeff")),
    st.sampled_from(["\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_line_ends_and_a_byte_order_mark_shift_places_and_change_nothing_else(text: str, end: str, mark: str) -> None:
    other = mark + text.replace("\n", end)
    here, there = parse(text), parse(other)
    assert without_places(here) == without_places(there)
    for one, twin in zip(spans(here), spans(there), strict=True):
        assert twin.of(other) == one.of(text).replace("\n", end)


@steady
@given(texts, st.sampled_from(["\n\n", "\n\n## Behind\n\n[x](y.md)\n"]))
def test_it_gives_the_same_answer_each_time(text: str, more: str) -> None:
    first = parse(text)
    parse(text + more)
    assert parse(text) == first


@steady
@given(st.text(alphabet="<>!-/='\"& \nab\0é", max_size=60))
def test_html_tokens_lie_where_they_say(text: str) -> None:
    for token in tokens(text):
        span = getattr(token, "span", None)
        if isinstance(span, Span):
            assert 0 <= span.start < span.end <= len(text) + 1
            assert span.of(text).startswith("<")


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("policy", ["keep", "drop-c", "fffd", "qmark"])
def test_damaged_pages_are_parsed_like_others(codec: str, policy: Policy) -> None:
    for name in clean_names():
        text = misread(clean(name), codec, policy)
        parsed = parse(text)
        assert len(parsed.links) == len(parse(clean(name)).links)
        assert parsed.blocks == parse(clean(name)).blocks
        for span in spans(parsed):
            assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize(
    "flood",
    [
        "[",
        "]",
        "[a](",
        "![",
        "<a ",
        "<!--",
        "](",
        "`",
        "``` ",
        "> ",
        "- ",
        "*",
        "_",
        "<",
        "&",
        "\\",
        "|",
        "\n|-",
        "[^a]",
        "#",
        "\0",
    ],
)
def test_a_flood_is_parsed(flood: str) -> None:
    parse(flood * 2_000)
