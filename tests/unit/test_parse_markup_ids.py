"""Explicit anchors that are written in Markdown, and what the parse keeps of a heading for hosts other than GitHub."""

from __future__ import annotations

import pytest

from doclint.model import Heading, MarkupId, MarkupSyntax, PartKind
from doclint.parse import parse


def found(text: str) -> list[tuple[str, MarkupSyntax]]:
    return [(mark.name, mark.syntax) for mark in parse(text).marks if isinstance(mark, MarkupId)]


def heading(text: str) -> Heading:
    return next(mark for mark in parse(text).marks if isinstance(mark, Heading))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [](){#tea} b\n", [("tea", MarkupSyntax.BEHIND)]),
        ("`a`{.x #tea}\n", [("tea", MarkupSyntax.BEHIND)]),
        ("words\n{: #tea }\n", [("tea", MarkupSyntax.LAST_LINE)]),
        ("{#tea}\nwords\n", [("tea", MarkupSyntax.LINE)]),
        ("# A\n{: #tea}\n", [("tea", MarkupSyntax.BELOW_HEADING)]),
        ("# A\n\n{: #tea}\n", [("tea", MarkupSyntax.LINE)]),
        ("(tea)=\n(cup)=\n", [("tea", MarkupSyntax.TARGET), ("cup", MarkupSyntax.TARGET)]),
        ("> (tea)=\n", [("tea", MarkupSyntax.TARGET)]),
        ("cup\n: what tea is in\n", [("cup", MarkupSyntax.TERM)]),
        ("a {#tea} b\n", []),
        ("# A {#tea}\n", []),
        ("{.note}\nwords\n", []),
        ("```\n{#tea}\n```\n", []),
        ("f(x)= y\n", []),
        ("a note: b\n", []),
    ],
)
def test_what_is_one(text: str, expected: list[tuple[str, MarkupSyntax]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["a [](){#tea} b\n", "\ufeffwords\r\n{: #tea }\r\n", "> (tea)=\n> # A\n"])
def test_its_place_is_that_of_the_name(text: str) -> None:
    (mark,) = (mark for mark in parse(text).marks if isinstance(mark, MarkupId))
    assert mark.span.of(text) == "tea"


def test_a_flood_of_braces_is_read_in_a_moment() -> None:
    for flood in ("){ #a " * 20_000, "){#a" * 20_000, "`{ " * 20_000):
        assert found(f"words {flood}\n") == []


def test_what_is_written_stays_beside_what_it_means() -> None:
    parts = heading("# a&amp;b\\* <https://a.b> `c`{.d}\n").parts
    assert [(part.text, part.written) for part in parts if part.written] == [("&", "&amp;"), ("*", "\\*")]
    kinds = {part.kind: part.text for part in parts}
    assert kinds[PartKind.ADDRESS] == "https://a.b"
    assert kinds[PartKind.ATTRIBUTES] == "{.d}"


def test_the_source_of_a_heading() -> None:
    assert heading("# a *b* [c](d)\n").source == "a *b* [c](d)"
    assert heading("> a\n> b\n> ---\n").source == "a\nb"


def test_whether_a_heading_interrupts_a_paragraph() -> None:
    assert heading("words\n# A\n").interrupts
    assert not heading("words\n\n# A\n").interrupts


def test_whether_a_heading_is_enclosed_in_raw_html() -> None:
    assert heading("<div>\n\n# A\n\n</div>\n").enclosed
    assert heading("<div>\n<table>\n\n# A\n\n</table>\n</div>\n").enclosed
    assert not heading("<div>\n\n# A\n").enclosed
    assert not heading("<div markdown>\n\n# A\n\n</div>\n").enclosed
    assert not heading("<div></div>\n\n# A\n").enclosed
