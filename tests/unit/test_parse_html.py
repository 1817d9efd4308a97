from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.model import Span
from doclint.parse.html import Attribute, EndTag, HtmlComment, StartTag, Text, tokens


def start_tags(html: str) -> list[StartTag]:
    return [token for token in tokens(html) if isinstance(token, StartTag)]


def attribute(html: str, name: str = "href") -> tuple[str, str] | None:
    """The value of an attribute of the only tag, and what its span cuts out."""
    [tag] = start_tags(html)
    found = tag.attributes.get(name)
    return None if found is None else (found.value, found.span.of(html))


def test_tags_texts_and_comments_with_their_places() -> None:
    html = "a<b c='d'>e &amp; f</b><!-- g -->"
    assert list(tokens(html)) == [
        Text("a"),
        StartTag("b", {"c": Attribute("d", Span(7, 8))}, Span(1, 10)),
        Text("e & f"),
        EndTag("b", Span(19, 23)),
        HtmlComment(" g ", Span(23, 33)),
        Text("\n"),
    ]


@pytest.mark.parametrize(
    ("html", "value", "written"),
    [
        ("<a href='b'>", "b", "b"),
        ('<a href="b">', "b", "b"),
        ("<a href=b>", "b", "b"),
        ("<a href = 'b'>", "b", "b"),
        ("<a\nhref\n=\n'b'>", "b", "b"),
        ("<A HREF='B'>", "B", "B"),
        ("<a href='b' href='c'>", "b", "b"),
        ("<a x=y href='b'/>", "b", "b"),
        ("<a x='>' href='b'>", "b", "b"),
        ("<a x=\"href='c'\" href='b'>", "b", "b"),
        ("<a hrefx='c' xhref='d' href='b'>", "b", "b"),
        ("<a href='b&amp;c'>", "b&c", "b&amp;c"),
        ("<a href='&#x62;'>", "b", "&#x62;"),
        ("<a href=''>", "", ""),
        ("<a href>", "", ""),
        ("<a href=b/c>", "b/c", "b/c"),
        ("<a href='b\nc'>", "b\nc", "b\nc"),
        ("<a href='技术'>", "技术", "技术"),
        ("text\nmore <a\n  href='b'>", "b", "b"),
        ("<a/href='b'>", "b", "b"),
    ],
)
def test_an_attribute(html: str, value: str, written: str) -> None:
    assert attribute(html) == (value, written)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "text",
        "< a href='b'>",
        "<1 href='b'>",
        "<a href='b'",
        "<a href='b>",
        "<!-- <a href='b'> -->",
        "<!-- <a href='b'>",
        "<!DOCTYPE a>",
        "<?php <a ?>",
        "<![CDATA[ x ]]>",
        "<![x[ y ]>",
        "</a href='b'>",
        "&lt;a&gt;",
    ],
)
def test_no_start_tag(html: str) -> None:
    assert start_tags(html) == []


@pytest.mark.parametrize("name", ["script", "style"])
def test_what_stands_in_a_script_is_no_tag(name: str) -> None:
    html = f"<{name}><a href='b'></{name}><i>"
    assert [tag.name for tag in start_tags(html)] == [name, "i"]


def test_the_end_of_a_comment() -> None:
    html = "<!-- a > b -- c --><i>"
    [comment] = [token for token in tokens(html) if isinstance(token, HtmlComment)]
    assert comment.span.of(html) == "<!-- a > b -- c -->"
    assert [tag.span.of(html) for tag in start_tags(html)] == ["<i>"]


def test_spans_of_tags_over_several_lines() -> None:
    html = "<p>\n<a\n  href='b'\n>x</a\n>\n"
    assert [tag.span.of(html) for tag in start_tags(html)] == ["<p>", "<a\n  href='b'\n>"]
    [end] = [token for token in tokens(html) if isinstance(token, EndTag)]
    assert end.span.of(html) == "</a\n>"


def test_a_slash_at_the_end_means_nothing() -> None:
    [tag] = start_tags("<a href='b' />")
    assert (tag.name, tag.attributes["href"].value) == ("a", "b")
    assert not [token for token in tokens("<a href='b' />") if isinstance(token, EndTag)]


def test_a_text_that_ends_like_a_reference_is_not_lost() -> None:
    texts = [token.text for token in tokens("<i>a &am") if isinstance(token, Text)]
    assert "".join(texts).rstrip("\n") == "a &am"


@pytest.mark.parametrize("flood", ["<", "<a ", "<!--", "</", "<![", "&", "<a href='", "<a b=c ", "<?", "<!x"])
def test_a_flood_never_raises(flood: str) -> None:
    assert start_tags(flood * 3_000) == []


ORDINARY = (
    "a",
    " ",
    "\n",
    "&amp;",
    "&",
    "<b>",
    "</b>",
    '<A id="c">',
    '<br class="d" />',
    "<!-- e -->",
    "<",
    ">",
    "-",
    "<pre>",
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(ORDINARY), max_size=8).map("".join))
def test_ordinary_html_is_read_as_the_parser_reads_it(html: str) -> None:
    # A value without quotes makes everything in front of it a matter of the parser, too.
    by_parser = [*tokens(f"{html}<i>"), *tokens(f"{html}<i j=k>")]
    half = len(by_parser) // 2
    assert by_parser[: half - 2] == by_parser[half:-2]


def test_behind_some_tags_ordinary_html_is_text() -> None:
    assert [token.name for token in start_tags('<script><a href="b"></script><i>')] == ["script", "i"]
