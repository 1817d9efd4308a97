from __future__ import annotations

from urllib.parse import unquote

import pytest

from doclint.destinations import relative, renamed, with_fragment, with_path
from doclint.model import InRepo
from doclint.resolve import resolve


@pytest.mark.parametrize(
    ("written", "fragment", "expected"),
    [
        ("#old", "new", "#new"),
        ("guide.md#old", "new", "guide.md#new"),
        ("guide.md?x=1#old", "new", "guide.md?x=1#new"),
        ("my%20guide.md#old", "new", "my%20guide.md#new"),
        ("#old#er", "new", "#new"),
        ("#alt", "größe", "#größe"),
        ("#gr%C3%B6", "größe", "#gr%C3%B6%C3%9Fe"),
        ("grö%C3%9Fe.md#alt", "größe", "grö%C3%9Fe.md#größe"),
        ("#x", "安装-2", "#安装-2"),
        ("#x", "a_b-c", "#a_b-c"),
        ("#x", "100%", "#100%25"),
        ("#x", "a b", "#a%20b"),
        ("#x", "a(b", "#a%28b"),
        ("#x", 'a"b', "#a%22b"),
        ("#x", "a<b>c&d", "#a%3Cb%3Ec%26d"),
        ("R&#38;D.md#old", "new", "R&#38;D.md#new"),
    ],
)
def test_with_fragment(written: str, fragment: str, expected: str) -> None:
    assert with_fragment(written, fragment) == expected


@pytest.mark.parametrize(
    ("written", "path", "expected"),
    [
        ("old.md", "new.md", "new.md"),
        ("old.md#x", "new.md", "new.md#x"),
        ("old.md?x=1", "new.md", "new.md?x=1"),
        ("old.md?x=1#y", "new.md", "new.md?x=1#y"),
        ("old.md#y?x=1", "new.md", "new.md#y?x=1"),
        ("old.md", "../docs/new.md", "../docs/new.md"),
        ("old.md", "my new.md", "my%20new.md"),
        ("old.md", "c#.md", "c%23.md"),
        ("old.md", "why?.md", "why%3F.md"),
        ("old.md", "100%.md", "100%25.md"),
        ("old.md", "größe.md", "größe.md"),
        ("gr%C3%B6.md", "größe.md", "gr%C3%B6%C3%9Fe.md"),
        ("old.md#gr%C3%B6", "größe.md", "größe.md#gr%C3%B6"),
        ("R&#38;D.md#x", "R&D.md", "R%26D.md#x"),
        ("old.md", "a(b).md", "a%28b%29.md"),
    ],
)
def test_with_path(written: str, path: str, expected: str) -> None:
    assert with_path(written, path) == expected


@pytest.mark.parametrize(
    "name", ["my new.md", "c#.md", "why?.md", "100%.md", "a%20b.md", "größe.md", "(a).md", "a&b;c.md"]
)
@pytest.mark.parametrize("written", ["old.md", "o%6Cd.md"])
def test_what_is_written_leads_there(written: str, name: str) -> None:
    assert resolve("page.md", with_path(written, name)) == InRepo(name, None)
    assert unquote(with_fragment(f"#{written}", name)[1:]) == name


def test_a_name_that_is_not_utf8_can_be_written() -> None:
    assert with_path("o%6Cd.md", "caf\udce9.md") == "caf%E9.md"
    assert resolve("page.md", with_path("old.md", "caf\udce9.md")) == InRepo("caf\udce9.md", None)


@pytest.mark.parametrize(
    ("page", "path", "expected"),
    [
        ("page.md", "guide.md", "guide.md"),
        ("page.md", "docs/guide.md", "docs/guide.md"),
        ("docs/page.md", "docs/guide.md", "guide.md"),
        ("docs/page.md", "guide.md", "../guide.md"),
        ("docs/a/page.md", "docs/b/guide.md", "../b/guide.md"),
        ("docs/a/page.md", "other/guide.md", "../../other/guide.md"),
        ("docs/page.md", "docs/a/b/guide.md", "a/b/guide.md"),
        ("docs/page.md", "docs", "../docs"),
        ("docs/a/page.md", "docs/a", "../a"),
        ("doc/page.md", "docs/guide.md", "../docs/guide.md"),
        ("page.md", "page.md", "page.md"),
    ],
)
def test_relative(page: str, path: str, expected: str) -> None:
    assert relative(page, path) == expected
    assert resolve(page, expected) == InRepo(path, None), "and back"


@pytest.mark.parametrize(
    ("destination", "page", "path", "folder", "expected"),
    [
        ("x.md", "docs/a.md", "docs/b.md", False, "b.md"),
        ("./x.md", "docs/a.md", "docs/b.md", False, "./b.md"),
        ("./x.md", "docs/a.md", "b.md", False, "../b.md"),
        ("../x.md", "docs/a.md", "b.md", False, "../b.md"),
        ("/x.md", "docs/a.md", "docs/b.md", False, "/docs/b.md"),
        ("X/", "a.md", "x", True, "x/"),
        ("/X/", "docs/a.md", "x", True, "/x/"),
    ],
)
def test_renamed(destination: str, page: str, path: str, folder: bool, expected: str) -> None:
    assert renamed(destination, page, path, folder=folder) == expected
    assert resolve(page, expected) == InRepo(path, None, folder), "and back"
