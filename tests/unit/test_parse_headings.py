from __future__ import annotations

import pytest

from doclint.model import ElementId, Heading, Part, PartKind
from doclint.parse import parse


def headings(text: str) -> list[tuple[int, str]]:
    return [(mark.level, shown(mark)) for mark in parse(text).marks if isinstance(mark, Heading)]


def shown(heading: Heading) -> str:
    return "".join(part.text for part in heading.parts if part.kind is not PartKind.TAG)


def parts(text: str) -> tuple[Part, ...]:
    [heading] = [mark for mark in parse(text).marks if isinstance(mark, Heading)]
    return heading.parts


def ids(text: str) -> list[str]:
    return [mark.name for mark in parse(text).marks if isinstance(mark, ElementId)]


class TestNoHeadings:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "words",
            "#words",
            "####### seven",
            "\\# escaped",
            "    # in code",
            "```\n# in a fence\n```",
            "<!--\n# in a comment\n-->",
            "<pre>\n# in pre\n</pre>",
            "---\ntitle: data\n---\n",
            "---\n# a comment of YAML\ntitle: data\n---\n",
            "words\n\n---\n",
            "- item\n---\n",
            "`<h1>code</h1>`",
            "\\<h1>escaped\\</h1>",
        ],
    )
    def test_silence(self, text: str) -> None:
        assert headings(text) == []


class TestMarkdownHeadings:
    @pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
    def test_the_number_of_hashes_is_the_level(self, level: int) -> None:
        assert headings("#" * level + " Title\n") == [(level, "Title")]

    @pytest.mark.parametrize(
        ("text", "level", "title"),
        [
            ("#\tTabbed", 1, "Tabbed"),
            ("   ## Indented", 2, "Indented"),
            ("## Closed ##", 2, "Closed"),
            ("## C# and F#", 2, "C# and F#"),
            ("## Escaped \\##", 2, "Escaped ##"),
            ("#", 1, ""),
            ("## ##", 2, ""),
            ("Title\n=====", 1, "Title"),
            ("Title\n-", 2, "Title"),
            ("  Title  \n   ---", 2, "Title"),
            ("> # Quoted", 1, "Quoted"),
            ("> > Deep\n> > ---", 2, "Deep"),
            ("- # In a list", 1, "In a list"),
            ("1. item\n\n   ## Further in", 2, "Further in"),
            ("words\n# Right behind", 1, "Right behind"),
            ("# *Em* **strong** ~~struck~~", 1, "Em strong struck"),
            ("# [Link](a.md) and ![image](b.png)", 1, "Link and image"),
            ("# &copy; &#169; \\*", 1, "© © *"),
            ("# https://example.com/x", 1, "https://example.com/x"),
            ("# {#id} is text", 1, "{#id} is text"),
        ],
    )
    def test_how_one_may_be_written(self, text: str, level: int, title: str) -> None:
        assert headings(text) == [(level, title)]

    def test_front_matter_hides_neither_the_page_nor_makes_a_heading(self) -> None:
        assert headings("---\ntitle: x\n---\n# Title\n") == [(1, "Title")]

    def test_a_byte_order_mark_does_not_hide_the_first_one(self) -> None:
        assert headings("\ufeff# Title\n") == [(1, "Title")]
        assert headings("\ufeff---\ntitle: x\n---\n\n# Title\n") == [(1, "Title")]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_line_end(self, end: str) -> None:
        text = end.join(["# One", "", "Two", "---", "", "> ### Three", ""])
        assert headings(text) == [(1, "One"), (2, "Two"), (3, "Three")]

    def test_a_nul_does_not_hide_one(self) -> None:
        assert [level for level, _ in headings("# a\0b\n")] == [1]


class TestParts:
    def test_text_code_and_alternative_text_are_told_apart(self) -> None:
        assert parts("# Run `make` ![now](x.png)") == (
            Part(PartKind.TEXT, "Run "),
            Part(PartKind.CODE, "make"),
            Part(PartKind.TEXT, " "),
            Part(PartKind.ALT, "now"),
        )

    def test_a_line_break_inside_a_heading(self) -> None:
        assert parts("One\nTwo\n===") == (
            Part(PartKind.TEXT, "One"),
            Part(PartKind.BREAK, "\n"),
            Part(PartKind.TEXT, "Two"),
        )

    def test_raw_tags(self) -> None:
        assert parts("# a <b>c</b>") == (
            Part(PartKind.TEXT, "a "),
            Part(PartKind.TAG, "<b>"),
            Part(PartKind.TEXT, "c"),
            Part(PartKind.TAG, "</b>"),
        )

    def test_a_comment_is_a_tag(self) -> None:
        assert Part(PartKind.TAG, "<!-- x -->") in parts("# a <!-- x -->")

    def test_a_footnote_gives_its_number(self) -> None:
        text = "First[^b].\n\n# Title[^a]\n\n[^a]: x\n\n[^b]: y\n"
        assert parts(text) == (Part(PartKind.TEXT, "Title"), Part(PartKind.FOOTNOTE, "2", "[^a]"))


class TestHtmlHeadings:
    @pytest.mark.parametrize(
        ("text", "level", "title"),
        [
            ("<h1>Title</h1>", 1, "Title"),
            ("<H3 align='center'>Title</H3>", 3, "Title"),
            ("<h2>\n  Title\n</h2>", 2, "\n  Title\n"),
            ("<div>\n<h2>A &amp; B</h2>\n</div>", 2, "A & B"),
            ("words <h4>inline</h4> words", 4, "inline"),
            ("<h2><code>x</code> y</h2>", 2, "x y"),
        ],
    )
    def test_raw_ones_count(self, text: str, level: int, title: str) -> None:
        assert headings(text) == [(level, title)]
        [mark] = [mark for mark in parse(text).marks if isinstance(mark, Heading)]
        assert mark.html

    def test_one_that_is_never_closed_ends_with_the_next(self) -> None:
        assert [level for level, _ in headings("<h1>One\n<h2>Two</h2>\n")] == [1, 2]

    def test_markdown_ones_are_not_html(self) -> None:
        [mark] = parse("# Title").marks
        assert isinstance(mark, Heading)
        assert not mark.html


class TestExplicitAnchors:
    @pytest.mark.parametrize(
        "text",
        [
            "`<a id='x'>`",
            "    <a id='x'>",
            "<!-- <a id='x'> -->",
            "\\<a id='x'>",
            "# Title {#x}",
            "<a id=''>",
            "<a id>",
            "<div name='x'>",
            "<img name='x'>",
            "<a data-id='x'>",
            "<a title=\"id='x'\">",
            "</a id='x'>",
        ],
    )
    def test_silence(self, text: str) -> None:
        assert ids(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "<a id='x'></a>",
            '<a id="x"></a>',
            "<a id=x></a>",
            "<a name='x'></a>",
            "<A NAME='x'></A>",
            "<a id='x' name='x'></a>",
            "<div id='x'>\n</div>",
            "<h2 id='x'>Title</h2>",
            "<div\n  class='y'\n  id =\n 'x'>\n</div>",
            "words <span id='x'>words</span>",
            "# <a id='x'></a> Title",
            "> <a id='x'></a>",
            "| <a id='x'></a> |\n|---|\n",
            "<br id='x'/>",
            "<a id='&#120;'></a>",
        ],
    )
    def test_how_one_may_be_written(self, text: str) -> None:
        assert ids(text) == ["x"]

    def test_id_and_name_that_differ_are_two(self) -> None:
        assert sorted(ids("<a id='x' name='y'></a>")) == ["x", "y"]

    def test_letter_case_stays(self) -> None:
        assert ids("<a id='Mixed-Case'></a>") == ["Mixed-Case"]


class TestOrder:
    def test_marks_come_as_they_are_rendered(self) -> None:
        text = "# One\n\n<a id='x'></a>\n\nTwo\n---\n\n<h3>Three</h3>\n\n# Four\n"
        marks = [shown(mark) if isinstance(mark, Heading) else mark.name for mark in parse(text).marks]
        assert marks == ["One", "x", "Two", "Three", "Four"]

    def test_footnotes_come_last(self) -> None:
        text = "# One[^1]\n\n[^1]: Text\n\n    ## In the note\n\n## Two\n"
        assert [title for _, title in headings(text)] == ["One1", "Two", "In the note"]

    def test_footnotes_come_in_the_order_of_their_references(self) -> None:
        text = "b[^b] a[^a]\n\n[^a]: <i id='a'></i>\n\n[^b]: <i id='b'></i>\n"
        assert ids(text) == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("---\na: b\n---\n# c\n", ["c"]),
        ("---- \na\n---\n# b\n", ["a", "b"]),
        ("--- a\nb\n---\n# c\n", ["--- a\nb", "c"]),
        ("- a--\nb\n=\n", []),
    ],
)
def test_front_matter_begins_with_three_dashes_alone(text: str, titles: list[str]) -> None:
    assert [heading.source for heading in parse(text).marks if isinstance(heading, Heading)] == titles
