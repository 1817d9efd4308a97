"""Every span cuts out of the page what it claims, wherever the block stands and however its lines end."""

from __future__ import annotations

import pytest

from doclint.model import ElementId, Heading
from doclint.parse import parse


def links(text: str) -> list[tuple[str, str]]:
    """What the spans of links cut out: the construct, and its destination."""
    return [(link.span.of(text), link.destination_span.of(text)) for link in parse(text).links]


def written(text: str) -> list[str]:
    return [link.destination_span.of(text) for link in parse(text).links]


def marks(text: str) -> list[str]:
    return [mark.span.of(text) for mark in parse(text).marks]


class TestLinks:
    @pytest.mark.parametrize(
        ("before", "construct", "destination", "after"),
        [
            ("", "[a](b.md)", "b.md", ""),
            ("words ", "[a](b.md)", "b.md", " words"),
            ("", "[a]( b.md )", "b.md", ""),
            ("", "[a](<b c.md>)", "b c.md", ""),
            ("", "[a](b.md 'title')", "b.md", ""),
            ("", "[a](b&amp;c.md)", "b&amp;c.md", ""),
            ("", r"[a](b\(c.md)", r"b\(c.md", ""),
            ("", "![a](b.png)", "b.png", ""),
            ("", "[b.md](b.md)", "b.md", ""),  # not the text
            ("[b.md] b.md ", "[a](b.md)", "b.md", " b.md"),
            ("*", "[a](b.md)", "b.md", "*"),
            ("# ", "[a](b.md)", "b.md", " #"),
            ("## b.md ", "[a](b.md)", "b.md", ""),
            ("   ", "[a](b.md)", "b.md", ""),
            ("> ", "[a](b.md)", "b.md", ""),
            (">", "[a](b.md)", "b.md", ""),
            ("> > - ", "[a](b.md)", "b.md", ""),
            ("-\t", "[a](b.md)", "b.md", ""),
            ("10. ", "[a](b.md)", "b.md", ""),
            ("技术 👍 ", "[a](技术.md)", "技术.md", ""),
            ("", "<https://example.com>", "https://example.com", ""),
            ("see ", "https://example.com/a", "https://example.com/a", ", please"),
            ("a https://x.org b ", "[a](https://x.org)", "https://x.org", ""),
        ],
    )
    def test_on_one_line(self, before: str, construct: str, destination: str, after: str) -> None:
        text = before + construct + after
        assert (construct, destination) in links(text)
        found = next(link for link in parse(text).links if link.span.of(text) == construct)
        assert found.span.start == len(before)

    def test_an_image_in_a_link(self) -> None:
        text = "[![logo](l.png)](home.md)"
        assert sorted(links(text)) == [("![logo](l.png)", "l.png"), (text, "home.md")]

    def test_equal_links_each_have_their_own_place(self) -> None:
        text = "[a](b.md) [a](b.md)\n[a](b.md)\n"
        assert [link.span.start for link in parse(text).links] == [0, 10, 20]

    def test_an_empty_destination_lies_between_the_brackets(self) -> None:
        for text in ("[a]()", "[a](<>)"):
            [link] = parse(text).links
            assert link.destination_span.of(text) == ""
            assert text.index("(") < link.destination_span.start <= text.index(")")

    def test_equal_lines_in_a_paragraph(self) -> None:
        text = "> x [a](b.md)\n> x [a](b.md)\n"
        assert [link.destination_span.start for link in parse(text).links] == [8, 22]

    def test_a_line_of_content_that_also_ends_the_line_before(self) -> None:
        text = "> - a [a](b.md)\n>   a [a](b.md)\n"
        assert written(text) == ["b.md", "b.md"]

    def test_a_link_over_two_lines_of_a_quote(self) -> None:
        text = "> see [two\n> lines](b.md) here\n"
        assert links(text) == [("[two\n> lines](b.md)", "b.md")]

    def test_a_destination_on_the_next_line_of_a_quote(self) -> None:
        text = "> [a](\n> b.md\n> )\n"
        assert written(text) == ["b.md"]

    def test_a_lazy_line(self) -> None:
        text = "> [a](1.md)\n[b](2.md)\n"
        assert written(text) == ["1.md", "2.md"]

    @pytest.mark.parametrize(
        "text",
        [
            "- [a](1.md)\n\n  [b](2.md)\n",
            "1. [a](1.md)\n\n\t[b](2.md)\n",
            "-\t[a](1.md)\n\n\t[b](2.md)\n",
            "- x\n  - y\n\n    [a](1.md)\n    [b](2.md)\n",
            "* [a](1.md)\n[b](2.md)\n",
            ">\t[a](1.md)\n>\t[b](2.md)\n",
            "- > [a](1.md)\n  > [b](2.md)\n",
            ">  \t [a](1.md)\n> \t[b](2.md)  \n",
        ],
    )
    def test_lists_quotes_and_tabs(self, text: str) -> None:
        assert links(text) == [("[a](1.md)", "1.md"), ("[b](2.md)", "2.md")]

    def test_a_hard_break(self) -> None:
        text = "[a](1.md)  \n[b](2.md)\\\n[c](3.md)\n"
        assert links(text) == [("[a](1.md)", "1.md"), ("[b](2.md)", "2.md"), ("[c](3.md)", "3.md")]

    def test_in_a_setext_heading_of_two_lines(self) -> None:
        text = "> One [a](1.md)\n> two [b](2.md)\n> ===\n"
        assert links(text) == [("[a](1.md)", "1.md"), ("[b](2.md)", "2.md")]

    def test_in_a_footnote(self) -> None:
        text = "x[^1]\n\n[^1]: One [a](1.md)\n    two [b](2.md)\n\n    Three [c](3.md)\n"
        assert written(text) == ["1.md", "2.md", "3.md"]

    def test_after_a_nul(self) -> None:
        assert written("a\0b [a](b\0c.md) [d](e.md)") == ["b\0c.md", "e.md"]

    def test_behind_front_matter(self) -> None:
        text = "---\na: '[x](y.md)'\n---\n[a](b.md)\n"
        assert [link.span.start for link in parse(text).links] == [text.index("[a]")]


class TestTables:
    def test_cells(self) -> None:
        text = "| [a](1.md) | b |\n|---|:-:|\n| c | [d](2.md) |\n[e](3.md) | f\n"
        assert links(text) == [("[a](1.md)", "1.md"), ("[d](2.md)", "2.md"), ("[e](3.md)", "3.md")]

    def test_without_pipes_at_the_edges(self) -> None:
        text = "a | [b](1.md)\n--|--\n[c](2.md) | d\n"
        assert links(text) == [("[b](1.md)", "1.md"), ("[c](2.md)", "2.md")]

    def test_equal_cells(self) -> None:
        text = "|h|i|\n|-|-|\n| [a](b.md) | [a](b.md) |\n"
        assert [link.span.start for link in parse(text).links] == [14, 26]

    def test_an_escaped_pipe_in_the_destination_of_a_link(self) -> None:
        text = "| h | i |\n|---|---|\n| [a](b\\|c.md) | [d](e.md) |\n"
        [first, second] = parse(text).links
        assert first.destination == "b|c.md"
        assert first.destination_span.of(text) == r"b\|c.md"
        assert second.destination_span.of(text) == "e.md"

    def test_an_escaped_pipe_before_a_link(self) -> None:
        text = "| h |\n|---|\n| x \\| y \\| [a](b.md) |\n"
        assert links(text) == [("[a](b.md)", "b.md")]

    def test_an_escaped_pipe_in_code(self) -> None:
        text = "| h |\n|---|\n| `a \\| b` [c](d.md) |\n"
        assert links(text) == [("[c](d.md)", "d.md")]
        assert [span.of(text) for span in parse(text).code] == ["`a \\| b`"]

    @pytest.mark.parametrize("before", ["> ", "- ", ">\t"])
    def test_in_quotes_and_lists(self, before: str) -> None:
        follow = before if before.startswith(">") else "  "
        text = f"{before}| h | i |\n{follow}|---|---|\n{follow}| x | [a](b.md) |\n"
        assert links(text) == [("[a](b.md)", "b.md")]

    def test_a_row_with_too_few_and_too_many_cells(self) -> None:
        text = "| h | i |\n|---|---|\n| [a](1.md) |\n| [b](2.md) | c | [d](3.md) |\n| e | [f](4.md) |\n"
        assert written(text) == ["1.md", "2.md", "4.md"]


class TestDefinitions:
    @pytest.mark.parametrize(
        ("before", "definition", "destination"),
        [
            ("", "[a]: b.md", "b.md"),
            ("", "[a]: <b c.md>", "b c.md"),
            ("   ", "[a]: b.md", "b.md"),
            ("> ", "[a]: b.md", "b.md"),
            ("- ", "[a]: b.md", "b.md"),
            ("> - ", "[a]:   b.md", "b.md"),
            ("", "[a]:\nb.md", "b.md"),
            ("", "[a]:\n   b.md", "b.md"),
            ("> ", "[a]:\n> b.md", "b.md"),
            (">", "[a]:\n>  b.md", "b.md"),
            ("- ", "[a]:\n  b.md", "b.md"),
        ],
    )
    def test_where_the_destination_is(self, before: str, definition: str, destination: str) -> None:
        text = f"[a] b.md\n\n{before}{definition}\n"
        [link] = parse(text).links
        assert link.destination_span.of(text) == destination
        assert link.destination_span.start == text.rindex(destination)
        [found] = parse(text).definitions
        assert found.destination_span == link.destination_span
        assert found.span.start == text.rindex("[a]")
        assert link.span == found.span
        assert found.span.holds(found.destination_span)

    def test_several_in_a_row(self) -> None:
        text = "[a] [b] [c]\n\n[a]: 1.md 'one'\n[b]: 2.md\n'two'\n[c]: 3.md\n"
        assert written(text) == ["1.md", "2.md", "3.md"]

    def test_a_title_that_looks_like_a_definition(self) -> None:
        text = "[b]\n\n[a]: 1.md '[b]: 9.md'\n[b]: 2.md\n"
        assert written(text) == ["2.md"]

    def test_a_title_over_several_lines_that_looks_like_a_definition(self) -> None:
        text = "[a] [b]\n\n[a]: 1.md '\n[b]: 9.md\n'\n[b]: 2.md\n"
        assert written(text) == ["1.md", "2.md"]

    def test_a_label_over_two_lines(self) -> None:
        text = "[two words]\n\n[two\nwords]: b.md\n"
        assert written(text) == ["b.md"]

    def test_a_label_over_two_lines_of_a_quote(self) -> None:
        text = "[two words]\n\n> [two\n> words]: b.md\n"
        assert written(text) == ["b.md"]

    def test_duplicates_have_places_of_their_own(self) -> None:
        text = "[a]\n\n[a]: 1.md\n[a]: 2.md\n"
        assert [found.destination_span.of(text) for found in parse(text).definitions] == ["1.md", "2.md"]


class TestHtml:
    def test_an_attribute_of_an_inline_tag(self) -> None:
        text = "words <a class='x' href='b.md'>b.md</a>"
        [link] = parse(text).links
        assert link.span.of(text) == "<a class='x' href='b.md'>"
        assert link.destination_span.of(text) == "b.md"

    def test_an_attribute_without_quotes(self) -> None:
        assert links("<img src=a.png alt=x>") == [("<img src=a.png alt=x>", "a.png")]

    def test_a_tag_over_several_lines_of_a_block(self) -> None:
        text = "<p>\n  <img\n    alt='x'\n    src='a.png'\n    width=3\n  >\n</p>\n"
        assert links(text) == [("<img\n    alt='x'\n    src='a.png'\n    width=3\n  >", "a.png")]

    def test_a_tag_over_several_lines_of_a_paragraph(self) -> None:
        text = "words <a\n  title='x'\n  href='b.md'>b</a>\n"
        assert written(text) == ["b.md"]

    @pytest.mark.parametrize("mark", ["> ", ">", "- ", "1. ", "> - "])
    def test_a_tag_over_several_lines_of_a_quote_or_a_list(self, mark: str) -> None:
        follow = mark.replace("-", " ").replace("1.", "  ")
        text = f"{mark}<div>\n{follow}<img\n{follow}  src='a.png'\n{follow}  alt='x'/>\n{follow}</div>\n"
        assert written(text) == ["a.png"]

    def test_a_block_that_begins_indented(self) -> None:
        assert written("  <div>\n   <img src='a.png'>\n</div>\n") == ["a.png"]

    def test_a_srcset(self) -> None:
        text = "<img srcset='a.png 1x, a.png.webp 2x' src='a.png'>"
        assert [link.destination_span.of(text) for link in parse(text).links] == ["a.png", "a.png.webp", "a.png"]
        assert [link.destination_span.start for link in parse(text).links] == [13, 23, 43]

    def test_ids(self) -> None:
        text = "# <a id='x'></a> x\n\n> <div\n> id=y>\n> </div>\n\nx <i id=\"z\"></i>\n"
        found = [mark.span.of(text) for mark in parse(text).marks if isinstance(mark, ElementId)]
        assert found == ["x", "y", "z"]
        first = next(mark for mark in parse(text).marks if isinstance(mark, ElementId))
        assert first.span.start == text.index("'x'") + 1

    def test_a_heading(self) -> None:
        text = "<div>\n<h2 align=center>Title</h2>\n</div>\n"
        [mark] = parse(text).marks
        assert isinstance(mark, Heading)
        assert "Title" in mark.span.of(text)
        assert text.splitlines()[1].startswith(mark.span.of(text)[:3])


class TestHeadings:
    @pytest.mark.parametrize(
        ("text", "covered"),
        [
            ("# Title", "Title"),
            ("##  Title  ##", "Title"),
            ("   # Title   ", "Title"),
            ("> # Title", "Title"),
            ("- ## Title", "Title"),
            ("- # # Title", "# Title"),
            ("Title\n===", "Title"),
            ("  Title\n---", "Title"),
            ("> One\n> Two\n> ---", "One\n> Two"),
            ("# a `b` *c*", "a `b` *c*"),
            ("x # Title\n\n# Title", "Title"),
            ("# #", ""),
            ("# [a](b.md)", "[a](b.md)"),
        ],
    )
    def test_the_span_covers_the_text(self, text: str, covered: str) -> None:
        assert marks(text) == [covered]


class TestCodeAndComments:
    def test_code(self) -> None:
        text = "a `b` ``c ` d``\n\n```\ne\n```\n\n    f\n\n> ~~~\n> g\n> ~~~\n"
        assert [span.of(text) for span in parse(text).code] == [
            "`b`",
            "``c ` d``",
            "```\ne\n```\n",
            "    f\n",
            "> ~~~\n> g\n> ~~~\n",
        ]

    def test_code_over_two_lines_of_a_quote(self) -> None:
        text = "> a `b\n> c` d\n"
        assert [span.of(text) for span in parse(text).code] == ["`b\n> c`"]

    def test_comments_that_speak_to_doclint(self) -> None:
        text = (
            "<!-- doclint-disable x: y -->\n\nwords <!--doclint-enable--> <!-- other -->\n\n> <!-- doclint-z\n> -->\n"
        )
        assert [comment.span.of(text) for comment in parse(text).comments] == [
            "<!-- doclint-disable x: y -->",
            "<!--doclint-enable-->",
            "<!-- doclint-z\n> -->",
        ]
        assert [comment.text for comment in parse(text).comments] == [
            "doclint-disable x: y",
            "doclint-enable",
            "doclint-z",
        ]

    def test_a_comment_in_code_says_nothing(self) -> None:
        assert parse("`<!-- doclint-disable -->`\n\n    <!-- doclint-disable -->\n").comments == ()

    def test_undefined_references(self) -> None:
        text = "> see\n> [two\n> words][x] and ![a][y]\n"
        assert [found.span.of(text) for found in parse(text).undefined] == ["[two\n> words][x]", "![a][y]"]


PAGE = (
    "---\nt: x\n---\n# One [a](1.md)\n\nTwo\n---\n\n> [b](2.md)\n> <img\n> src='3.png'>\n\n"
    "- [c]\n\n  | h | i |\n  |---|---|\n  | x \\| | [d](4.md) |\n\n[c]:\n  5.md\n\n```\n[no](no.md)\n```\n\n"
    "Note[^1] `code` [no][label] <!-- doclint-x -->.\n\n[^1]: [e](6.md)\n\n<h3 id='y'>Three</h3>\n"
)


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_they_change_no_answer(self, end: str, mark: str) -> None:
        text = mark + PAGE.replace("\n", end)
        assert sorted(written(text)) == ["1.md", "2.md", "3.png", "4.md", "5.md", "6.md"]
        # A heading in raw HTML may begin at its tag.
        assert [covered.rpartition("'>")[2].partition("<")[0] for covered in marks(text)] == [
            "One [a](1.md)",
            "Two",
            "y",
            "Three",
        ]
        assert [span.of(text) for span in parse(text).code] == [f"```{end}[no](no.md){end}```{end}", "`code`"]
        assert [found.span.of(text) for found in parse(text).undefined] == ["[no][label]"]
        assert [comment.span.of(text) for comment in parse(text).comments] == ["<!-- doclint-x -->"]
        assert [found.destination_span.of(text) for found in parse(text).definitions] == ["5.md"]
        assert parse(text).blocks == parse(PAGE).blocks

    def test_mixed_ones(self) -> None:
        text = "# a\r\n\r> [b](1.md)\n> [c](2.md)\r\n\r\n[d](3.md)\r[e](4.md)\n"
        assert written(text) == ["1.md", "2.md", "3.md", "4.md"]
        assert marks(text) == ["a"]

    def test_a_span_never_begins_or_ends_inside_a_line_end(self) -> None:
        text = "> see [two\r\n> lines](b.md)\r\n"
        assert links(text) == [("[two\r\n> lines](b.md)", "b.md")]

    def test_blocks_count_lines_from_one(self) -> None:
        assert parse("# a\n\nwords\nwords\n").blocks == (("heading_open", 1, 1), ("paragraph_open", 3, 4))
