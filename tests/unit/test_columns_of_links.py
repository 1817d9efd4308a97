"""Links as columns, what waits until it is asked for, and what plain links name."""

from __future__ import annotations

import pytest

from doclint.model import KINDS, NO_LINKS, Deferred, Link, LinkKind, Links, Span
from doclint.parse import parse
from doclint.plain_links import Named, below, folder_links, joined, meant_by

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


class TestDeferred:
    def test_nothing_is_worked_out_before_it_is_asked_for(self) -> None:
        Deferred(lambda: pytest.fail("too soon"))

    def test_in_passing_nothing_is_kept(self) -> None:
        calls: list[str] = []

        def work_out() -> tuple[str, ...]:
            calls.append("again")
            return ("a",)

        items: Deferred[str] = Deferred(work_out)
        assert items.passing() == items.passing() == ("a",)
        assert len(calls) == 2
        assert (items[0], len(items)) == ("a", 1)
        assert len(calls) == 3


def of_web(destination: str, times: int = 1) -> tuple[str, Links]:
    return "a.md", Links.of(
        [Link(LinkKind.INLINE, destination, Span(at, at + 9), Span(at, at + 8)) for at in range(times)]
    )


class TestPlainLinks:
    @pytest.mark.parametrize(
        ("destination", "file", "fragment", "rooted"),
        [
            ("b.md", "docs/b.md", "", False),
            ("./b.md#x", "docs/b.md", "x", False),
            ("../b.md#%C3%A9", "b.md", "%C3%A9", False),
            ("b%20c.md", "docs/b c.md", "", False),
            ("/b.md#x", "b.md", "x", True),
            ("b", "docs/b", "", False),
        ],
    )
    def test_plain(self, destination: str, file: str, fragment: str, rooted: bool) -> None:
        assert meant_by("docs", destination) == (file, fragment, rooted)

    @pytest.mark.parametrize(
        "destination",
        [
            "", "../../b.md", "b/", "b/../c.md", "b//c.md", "..", ".", "//host/b", "b.md?x", "{{ x }}", "mailto:a@b",
            "a\\b.md", "~/b.md", "@site/b.md", "https://example.com/", "b|c", "/", "<b>", "%2e%2e/%2e%2e/b.md",
        ],
    )  # fmt: skip
    def test_more_thought_is_needed(self, destination: str) -> None:
        assert meant_by("docs", destination) is None

    def test_a_page_names_itself_by_its_fragments_alone(self) -> None:
        text = "[a](#x) [b](b.md#y) [c](a.md) [d](/e.md#z) [e](https://x.y) [f](?) [g](#) [h](b.md#w) [i](?)"
        plain = folder_links("", [("a.md", parse(text).links)])
        assert plain.relative == Named(frozenset({"a.md", "b.md"}), {"a.md": frozenset("x"), "b.md": frozenset("yw")})
        assert plain.from_folder == {"b.md#y": 1, "a.md": 1, "b.md#w": 1}
        assert plain.rooted == Named(frozenset({"e.md"}), {"e.md": frozenset("z")})
        assert plain.from_root == {"/e.md#z": 1}
        assert (plain.count, plain.web, plain.others) == (9, 1, {"?": 2})

    def test_each_page_names_itself_and_all_else_together(self) -> None:
        pages = [("docs/a.md", parse("[a](#x) [b](c.md)").links), ("docs/b.md", parse("[a](#x) [b](c.md)").links)]
        plain = folder_links("docs", pages)
        assert plain.relative.anchors == {"docs/a.md": {"x"}, "docs/b.md": {"x"}}
        assert plain.relative.files == {"docs/c.md"}
        assert plain.from_folder == {"c.md": 2}
        assert joined([folder_links("docs", [page]) for page in pages]) == plain

    @pytest.mark.parametrize(
        "web",
        [
            "https://github.com/a/b/blob/main/c.md",
            "https://GitHub.com/a/b/RAW/x",
            "https://x.y/{{ z }}",
            "HTTP://x",
            "ftp://x",
        ],
    )
    def test_what_may_be_something_else_is_not_counted_as_the_web(self, web: str) -> None:
        plain = folder_links("", [of_web(web, 2)])
        assert (plain.web, plain.others) == (0, {web: 2})

    @pytest.mark.parametrize("web", ["https://x.y", "https://github.com/a/b/issues/1", "http://github.com/a/b"])
    def test_an_address_that_names_no_file_of_a_repository_is_of_the_web(self, web: str) -> None:
        assert folder_links("", [of_web(web, 3)]).web == 3

    def test_a_folder_above_the_root_is_no_folder(self) -> None:
        assert below("", "../a.md") is None
