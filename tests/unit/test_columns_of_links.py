"""Links as columns, marks that wait, and what plain links name."""

from __future__ import annotations

import pytest

from doclint.model import KINDS, NO_LINKS, Link, LinkKind, Links, Marks, Span
from doclint.parse import parse
from doclint.plain_links import below, named, plain_links

FIRST = Link(LinkKind.INLINE, "a.md", Span(0, 9), Span(4, 8))
SECOND = Link(LinkKind.IMAGE, "b.png", Span(10, 22), Span(15, 20))


class TestLinks:
    def test_each_comes_out_as_it_went_in_and_in_the_order_of_the_page(self) -> None:
        links = Links.of([SECOND, FIRST])
        assert list(links) == [FIRST, SECOND]
        assert (links[0], links[-1], links[1:], len(links)) == (FIRST, SECOND, (SECOND,), 2)
        assert links.destinations == ("a.md", "b.png")

    @pytest.mark.parametrize("number", [2, -3])
    def test_there_is_none_beyond_the_last(self, number: int) -> None:
        with pytest.raises(IndexError):
            Links.of([FIRST, SECOND])[number]

    def test_equal_is_what_holds_the_same(self) -> None:
        links = Links.of([FIRST])
        assert links == Links.of([FIRST]) == (FIRST,)
        assert hash(links) == hash(Links.of([FIRST]))
        assert links != Links.of([SECOND])
        assert Links.of([]) == NO_LINKS == ()

    def test_which_kinds_there_are(self) -> None:
        links = Links.of([FIRST])
        assert [kind for kind in KINDS if links.has(kind)] == [LinkKind.INLINE]


class TestMarks:
    def test_nothing_is_worked_out_before_it_is_asked_for(self) -> None:
        marks: Marks[str] = Marks(lambda: pytest.fail("too soon"), lambda: pytest.fail("too soon"))
        assert not marks.has_news

    def test_names_that_are_known_from_before_are_no_news(self) -> None:
        marks: Marks[str] = Marks(lambda: (), lambda: {"github": frozenset({"a"})})
        assert marks.names["github"] == {"a"}
        assert not marks.has_news
        marks.names["gitlab"] = frozenset()
        assert marks.has_news

    def test_in_passing_nothing_is_kept(self) -> None:
        calls: list[str] = []

        def work_out() -> tuple[str, ...]:
            calls.append("again")
            return ("a",)

        marks: Marks[str] = Marks(work_out)
        assert marks.passing() == marks.passing() == ("a",)
        assert len(calls) == 2
        assert (marks[0], len(marks)) == ("a", 1)
        assert len(calls) == 3


class TestPlainLinks:
    @pytest.mark.parametrize(
        ("destination", "file", "fragment", "rooted"),
        [
            ("b.md", "docs/b.md", "", False),
            ("./b.md#x", "docs/b.md", "x", False),
            ("../b.md#%C3%A9", "b.md", "%C3%A9", False),
            ("b%20c.md", "docs/b c.md", "", False),
            ("/b.md#x", "b.md", "x", True),
            ("#x", "docs/a.md", "x", False),
            ("b", "docs/b", "", False),
        ],
    )
    def test_plain(self, destination: str, file: str, fragment: str, rooted: bool) -> None:
        assert named("docs/a.md", destination) == (file, fragment, rooted)

    @pytest.mark.parametrize(
        "destination",
        [
            "", "../../b.md", "b/", "b/../c.md", "b//c.md", "..", ".", "//host/b", "b.md?x", "{{ x }}", "mailto:a@b",
            "a\\b.md", "~/b.md", "@site/b.md", "https://example.com/", "b|c", "/", "<b>", "%2e%2e/%2e%2e/b.md",
        ],
    )  # fmt: skip
    def test_more_thought_is_needed(self, destination: str) -> None:
        assert named("docs/a.md", destination) is None

    def test_a_page_names_itself_by_its_fragments_alone(self) -> None:
        plain = plain_links("a.md", parse("[a](#x) [b](b.md#y) [c](a.md) [d](/e.md#z) [e](https://x.y) [f](?)").links)
        assert plain.relative.files == {"b.md", "a.md"}
        assert dict(plain.relative.anchors) == {"a.md": {"x"}, "b.md": {"y"}}
        assert plain.rooted.files == {"e.md"}
        assert dict(plain.rooted.anchors) == {"e.md": {"z"}}
        assert (plain.web, plain.others) == (1, (5,))

    @pytest.mark.parametrize(
        "web", ["https://github.com/a/b", "https://GitHub.com/a", "https://x.y/{{ z }}", "HTTP://x", "ftp://x"]
    )
    def test_what_may_be_something_else_is_not_counted_as_the_web(self, web: str) -> None:
        plain = plain_links("a.md", Links.of([Link(LinkKind.INLINE, web, Span(0, 9), Span(4, 8))]))
        assert (plain.web, plain.others) == (0, (0,))

    def test_on_pages_with_wiki_links_all_links_are_thought_about(self) -> None:
        links = parse("[a](b.md) [[c]]", wiki_links=True).links
        assert plain_links("a.md", links).others == (0, 1)

    def test_a_folder_above_the_root_is_no_folder(self) -> None:
        assert below("", "../a.md") is None
