from __future__ import annotations

import pytest

from doclint.model import LinkKind
from doclint.parse import parse

INLINE, IMAGE, REFERENCE = LinkKind.INLINE, LinkKind.IMAGE, LinkKind.REFERENCE
AUTOLINK, BARE, HTML = LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML


def links(text: str) -> list[tuple[LinkKind, str]]:
    return [(link.kind, link.destination) for link in parse(text).links]


def destinations(text: str) -> list[str]:
    return [link.destination for link in parse(text).links]


class TestNoLinks:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "plain words (and brackets) [and others]",
            "`[a](b.md)`",
            "``[a](b.md) ` [c](d.md)``",
            "```\n[a](b.md)\n```",
            "~~~markdown\n[a](b.md)\n~~~",
            "```\n[a](b.md)",  # a fence that is never closed
            "    [a](b.md)",
            "\t[a](b.md)",
            "<!-- [a](b.md) <a href='c.md'> -->",
            "words <!-- [a](b.md) --> words",
            "<pre>\n[a](b.md)\n</pre>",
            "<script>\nlet a = \"<a href='b.md'>\";\n</script>",
            "<style>\n/* <a href='b.md'> */\n</style>",
            "\\[a](b.md)",
            "[a\\](b.md)",
            "[a]\\(b.md)",
            "[a] (b.md)",
            "[a]\n(b.md)",
            "---\nhome: '[a](b.md)'\n---\n",
            "A note[^1].\n\n[^1]: Its text.",
            "> [!NOTE]\n> Mind the gap.",
            "- [ ] open\n- [x] done",
            "[shortcut] without a definition",
            "[[wiki page]]",
            "{{ template }} {% tag %}",
            "[a](b c.md)",  # a raw space
            "[a](b.md",
            "[a](<b.md)",
            "[a](b.md 'title)",
            "[a](b(c.md)",
            "<b.md>",  # neither address nor tag
            "<a name='x'>text</a>",
            "<div href='b.md' src='c.md'></div>",
            "<img alt='a.png'>",
            "<a data-href='b.md'>",
            "http:// https://",
            "ahttps://example.com",
            "https//example.com",
            "<a href='b.md'",  # never closed
        ],
    )
    def test_silence(self, text: str) -> None:
        assert links(text) == []

    def test_an_unused_definition_is_no_link(self) -> None:
        parsed = parse("[a]: b.md\n")
        assert parsed.links == ()
        assert [(found.destination, found.used) for found in parsed.definitions] == [("b.md", False)]


class TestInline:
    @pytest.mark.parametrize(
        ("text", "destination"),
        [
            ("[a](b.md)", "b.md"),
            ("[](b.md)", "b.md"),
            ("[a]()", ""),
            ("[a](<>)", ""),
            ("[a](#top)", "#top"),
            ("[a]( b.md )", "b.md"),
            ("[a](\nb.md\n)", "b.md"),
            ('[a](b.md "title")', "b.md"),
            ("[a](b.md 'title')", "b.md"),
            ("[a](b.md (title))", "b.md"),
            ("[a](<b c.md>)", "b c.md"),
            ("[a](<b)c.md>)", "b)c.md"),
            ("[a](b(c)d.md)", "b(c)d.md"),
            (r"[a](b\(c.md)", "b(c.md"),
            (r"[a](b\c.md)", r"b\c.md"),  # no escape before a letter
            ("[a](b&amp;c.md)", "b&c.md"),
            ("[a](&#x00F3;.md)", "ó.md"),
            ("[a](b%20c.md)", "b%20c.md"),  # percent-encoding stays
            ("[a](日本.md#見出し)", "日本.md#見出し"),
            ("[a](b.md?plain=1#L3)", "b.md?plain=1#L3"),
            ("[a](javascript:void)", "javascript:void"),
            ("[*a* `b` \\]](c.md)", "c.md"),
            ("[a [b] c](d.md)", "d.md"),
            ("[two\nlines](b.md)", "b.md"),
            ("# [a](b.md)", "b.md"),
            ("a\\\n[a](b.md)", "b.md"),
            ("![not an image\\!] [a](b.md)", "b.md"),
        ],
    )
    def test_the_destination_is_what_markdown_makes_of_it(self, text: str, destination: str) -> None:
        assert links(text) == [(INLINE, destination)]

    def test_links_do_not_nest_but_images_stand_in_links(self) -> None:
        assert links("[a [b](inner.md) c](outer.md)") == [(INLINE, "inner.md")]
        assert sorted(destinations("[![logo](logo.png)](home.md)")) == ["home.md", "logo.png"]

    def test_an_image(self) -> None:
        assert links("![a](b.png 'title')") == [(IMAGE, "b.png")]
        assert links("![a [link](c.md)](b.png)") == [(IMAGE, "b.png")]

    def test_code_takes_precedence_over_links(self) -> None:
        assert links("[a `](b.md)` c](d.md)") == [(INLINE, "d.md")]

    def test_in_every_block(self) -> None:
        text = (
            "# [1](a)\n\n[2](b)\n===\n\n> [3](c)\n>\n> - [4](d)\n\n1. [5](e)\n\n   [6](f)\n\n"
            "| [7](g) | h |\n|---|---|\n| x | [8](i) |\n\n<div>\n\n[9](j)\n\n</div>\n"
        )
        assert destinations(text) == ["a", "b", "c", "d", "e", "f", "g", "i", "j"]

    def test_in_a_footnote(self) -> None:
        assert links("Text[^1].\n\n[^1]: See [a](b.md).\n") == [(INLINE, "b.md")]

    def test_links_come_in_the_order_of_their_places(self) -> None:
        text = "Text[^1].\n\n[^1]: See [first](1.md).\n\n[second](2.md) <a href='3.md'>x</a> https://example.com/4\n"
        assert destinations(text) == ["1.md", "2.md", "3.md", "https://example.com/4"]


class TestReferences:
    @pytest.mark.parametrize("use", ["[text][a]", "[a][]", "[a]", "[A]", "[text][ a ]", "![alt][a]", "![a]"])
    def test_a_used_definition_is_one_link(self, use: str) -> None:
        assert links(f"{use}\n\n[a]: b.md\n") == [(REFERENCE, "b.md")]

    def test_used_twice_it_is_still_one_link(self) -> None:
        assert links("[a] [b][a] ![a]\n\n[a]: b.md\n") == [(REFERENCE, "b.md")]

    @pytest.mark.parametrize(
        ("definition", "destination"),
        [
            ("[a]: b.md 'title'", "b.md"),
            ("[a]: <b c.md>", "b c.md"),
            ("[a]: <>", ""),
            ("[a]:\n  b.md", "b.md"),
            ("[a]:b.md", "b.md"),
            ("   [a]: b.md", "b.md"),
            ("> [a]: b.md", "b.md"),
            ("- [a]: b.md", "b.md"),
            ("[a]: b&amp;c.md", "b&c.md"),
            (r"[a]: b\*c.md", "b*c.md"),
        ],
    )
    def test_how_a_definition_may_be_written(self, definition: str, destination: str) -> None:
        assert links(f"[a]\n\n{definition}\n") == [(REFERENCE, destination)]

    def test_labels_compare_case_folded_with_white_space_collapsed(self) -> None:
        assert links("[x][Große\n  Straße]\n\n[GROSSE   STRASSE]: b.md\n") == [(REFERENCE, "b.md")]

    def test_of_equals_the_first_counts_and_the_others_are_marked(self) -> None:
        parsed = parse("[a]\n\n[a]: first.md\n[A]: second.md\n")
        assert [(link.kind, link.destination) for link in parsed.links] == [(REFERENCE, "first.md")]
        assert [(found.destination, found.duplicate) for found in parsed.definitions] == [
            ("first.md", False),
            ("second.md", True),
        ]

    def test_definitions_come_in_the_order_of_the_page(self) -> None:
        parsed = parse("[b]: 1.md\n[a]: 2.md\n\nwords\n\n> [c]: 3.md\n")
        assert [found.destination for found in parsed.definitions] == ["1.md", "2.md", "3.md"]

    def test_one_inside_a_code_block_defines_nothing(self) -> None:
        parsed = parse("[a]\n\n```\n[a]: b.md\n```\n")
        assert parsed.links == ()
        assert parsed.definitions == ()

    def test_an_unused_label_beside_a_used_one(self) -> None:
        parsed = parse("[a]\n\n[a]: 1.md\n[b]: 2.md\n")
        assert [(found.label.lower(), found.used) for found in parsed.definitions] == [("a", True), ("b", False)]


class TestUndefinedReferences:
    @pytest.mark.parametrize(
        "text",
        [
            "[a][b]\n\n[b]: c.md",
            "[a][]\n\n[A]: c.md",
            "`[a][b]`",
            "    [a][b]",
            "\\[a][b]",
            "[a] [b]",
            "[shortcut]",
            "[a](b.md)[c]",
            "matrix[1][2]",
            "m[i][j] = 0",
            "[^1][^2]\n\n[^1]: x\n\n[^2]: y",
            "<!-- [a][b] -->",
        ],
    )
    def test_silence(self, text: str) -> None:
        assert parse(text).undefined == ()

    @pytest.mark.parametrize(
        ("text", "label", "written"),
        [
            ("see [text][label].", "label", "[text][label]"),
            ("see [label][].", "label", "[label][]"),
            ("see ![alt][label].", "label", "![alt][label]"),
            ("> quoted\n> [text][label]", "label", "[text][label]"),
        ],
    )
    def test_brackets_that_a_reader_sees(self, text: str, label: str, written: str) -> None:
        assert [(found.label, found.span.of(text)) for found in parse(text).undefined] == [(label, written)]


class TestAddresses:
    @pytest.mark.parametrize("url", ["https://example.com", "http://example.com/a?b=c#d", "mailto:a@example.com"])
    def test_in_pointed_brackets(self, url: str) -> None:
        assert links(f"<{url}>") == [(AUTOLINK, url)]

    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("https://example.com", "https://example.com"),
            ("HTTPS://example.com/A", "HTTPS://example.com/A"),
            ("see http://example.com/a.", "http://example.com/a"),
            ("(https://example.com/a)", "https://example.com/a"),
            ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
            ("https://example.com/a?!", "https://example.com/a"),
            ("https://example.com/a&copy;", "https://example.com/a"),
            ("https://example.com/a&b=1;c", "https://example.com/a&b=1;c"),
            ("**https://example.com/a**", "https://example.com/a"),
            ("https://example.com/技术", "https://example.com/技术"),
            ("https://example.com/a<br>", "https://example.com/a"),
            ("> https://example.com/a\n> words", "https://example.com/a"),
        ],
    )
    def test_bare(self, text: str, url: str) -> None:
        assert links(text) == [(BARE, url)]

    def test_not_in_code_nor_inside_a_link(self) -> None:
        assert links("`https://example.com`") == []
        assert links("[https://example.com](b.md)") == [(INLINE, "b.md")]


class TestHtml:
    @pytest.mark.parametrize(
        ("text", "destination"),
        [
            ('<a href="b.md">x</a>', "b.md"),
            ("<a href='b.md'>x</a>", "b.md"),
            ("<a href=b.md>x</a>", "b.md"),
            ("<A HREF='b.md'>x</A>", "b.md"),
            ("<a\n  class='x'\n  href =\n  'b.md' >x</a>", "b.md"),
            ("text <a href='b.md'>x</a> text", "b.md"),
            ("text <a\nhref='b.md'>x</a> text", "b.md"),
            ("<a href=' b.md '>x</a>", "b.md"),
            ("<a href='b&amp;c.md'>x</a>", "b&c.md"),
            ("<a href=''>x</a>", ""),
            ("<a href='b.md' href='c.md'>x</a>", "b.md"),
            ("<img src='a.png'>", "a.png"),
            ("<img alt='>' src='a.png' />", "a.png"),
            ("<video src='a.mp4'></video>", "a.mp4"),
            ("<audio src='a.mp3'></audio>", "a.mp3"),
            ("<link href='a.css'>", "a.css"),
            ("<div><p><a href='b.md'>x</a></p></div>", "b.md"),
            ("> <a href='b.md'>x</a>", "b.md"),
            ("- <img src='a.png'>", "a.png"),
            ("| <img src='a.png'> |\n|---|\n", "a.png"),
            ("<details>\n<summary>x</summary>\n<a href='b.md'>y</a>\n</details>", "b.md"),
            ("# <a href='b.md'>x</a>", "b.md"),
        ],
    )
    def test_an_attribute(self, text: str, destination: str) -> None:
        assert links(text) == [(HTML, destination)]

    def test_a_srcset_holds_several(self) -> None:
        text = "<picture><source srcset='a.png 1x, b.png 2x'><img src='c.png' srcset=\"d.png, e.png 640w\"></picture>"
        assert sorted(destinations(text)) == ["a.png", "b.png", "c.png", "d.png", "e.png"]
        assert {kind for kind, _ in links(text)} == {HTML}

    def test_a_srcset_in_a_block_of_its_own(self) -> None:
        text = "<p>\n<source\n  srcset='a.png 1x,\n          b.png 2x'\n>\n</p>\n"
        assert destinations(text) == ["a.png", "b.png"]

    def test_markdown_around_inline_html_still_counts(self) -> None:
        assert links("<b>[a](b.md)</b>") == [(INLINE, "b.md")]

    def test_inside_an_html_block_markdown_is_plain_text(self) -> None:
        assert links("<div>\n[a](b.md)\n</div>\n") == []
