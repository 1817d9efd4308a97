from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint.parse import parse

if TYPE_CHECKING:
    from conftest import MakeWorkspace

HTML = ("markdown", "html")


def links(text: str) -> list[str]:
    return [link.destination for link in parse(text, "a.html").links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a href='b.html#x'>", ["b.html#x"]),
        ("<img src=a.png srcset='b.png 2x, c.png'>", ["a.png", "b.png", "c.png"]),
        ("<script src=a.js></script><link href=b.css rel=stylesheet>", ["a.js", "b.css"]),
        ("<a href='a&amp;b.html'>", ["a&b.html"]),
        ("<script>'<a href=b.html>'</script>", []),
        ("<!-- <a href=b.html> -->", []),
        ("<style>a { background: url(b.png) }</style>", []),
        ("<base href=/x/><a href=b.html>", []),
        ("[a](b.md) text", []),
        ("<a href=", []),
    ],
)
def test_links(text: str, found: list[str]) -> None:
    assert links(text) == found


def test_pages_of_html_are_checked_where_they_are_asked_for(workspace: MakeWorkspace) -> None:
    tree = {"a.html": "<a href='gone.html'>x</a>\n"}
    assert not workspace(tree).check()
    assert [found.rule for found in workspace(tree).check(formats=HTML)] == ["missing-file"]
    assert [found.rule for found in workspace(tree).check("a.html")] == ["missing-file"]


def test_ids_are_anchors_in_their_own_letter_case(workspace: MakeWorkspace) -> None:
    page = "<h1>Title</h1><p id='Setup'>x<a name=end>y</a>\n"
    good = workspace({"a.html": page, "b.md": "[a](a.html#Setup) [b](a.html#end) [c](a.html#top)\n"})
    assert not good.check(select=("all",), ignore=("orphan-page",))
    bad = workspace({"a.html": page, "b.md": "[a](a.html#setup)\n[b](a.html#title)\n"})
    assert [(found.rule, found.place.line) for found in bad.check()] == [("missing-anchor", 1), ("missing-anchor", 2)]


def test_a_script_may_make_ids(workspace: MakeWorkspace) -> None:
    page = "<p id=a></p><script>document.write('<p id=b>')</script>\n"
    assert not workspace({"a.html": page, "b.md": "[a](a.html#b)\n"}).check()


@pytest.mark.parametrize(
    "written",
    ["/x.css", "/", "guide/", "guide", "{{ url }}", "<%= x %>", "${x}", "mailto:a@b.c", "?q=1", "#", "{% x %}.png"],
)
def test_what_only_a_server_knows_is_not_judged(workspace: MakeWorkspace, written: str) -> None:
    assert not workspace({"a.html": f'<a href="{written}">x</a>\n'}).check(formats=HTML)
