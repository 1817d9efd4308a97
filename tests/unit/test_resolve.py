from __future__ import annotations

import pytest

from doclint.model import Empty, InRepo, Other, Outside, SamePage, Web
from doclint.resolve import Site, resolve

OURS = Site("ours", "manual", "main")


@pytest.mark.parametrize(
    ("page", "destination", "path"),
    [
        ("page.md", "guide.md", "guide.md"),
        ("docs/page.md", "guide.md", "docs/guide.md"),
        ("docs/page.md", "./guide.md", "docs/guide.md"),
        ("docs/page.md", "../guide.md", "guide.md"),
        ("docs/deep/page.md", "../../guide.md", "guide.md"),
        ("docs/deep/page.md", ".././side/../guide.md", "docs/guide.md"),
        ("docs/page.md", "/guide.md", "guide.md"),
        ("docs/page.md", "/docs/./guide.md", "docs/guide.md"),
        ("page.md", "docs//guide.md", "docs/guide.md"),
        ("page.md", "nowhere/../guide.md", "guide.md"),
        ("page.md", "a%20b.md", "a b.md"),
        ("page.md", "a+b.md", "a+b.md"),
        ("page.md", "a%2520b.md", "a%20b.md"),
        ("page.md", "a%23b.md", "a#b.md"),
        ("page.md", "a%3Fb.md", "a?b.md"),
        ("page.md", "100%.md", "100%.md"),
        ("page.md", "caf%C3%A9.md", "caf\u00e9.md"),
        ("page.md", "cafe%CC%81.md", "cafe\u0301.md"),
        ("page.md", "caf%E9.md", "caf\udce9.md"),
        ("docs/page.md", "%2E%2E/guide.md", "guide.md"),
        ("page.md", "docs\\guide.md", "docs\\guide.md"),
        ("page.md", "www.example.com/x", "www.example.com/x"),
        ("page.md", "./a:b.md", "a:b.md"),
        ("page.md", "1:b.md", "1:b.md"),
        ("page.md", "guide.md?plain=1", "guide.md"),
        ("page.md", "guide.md?a/../b", "guide.md"),
        ("page.md", "...", "..."),
    ],
)
def test_a_path(page: str, destination: str, path: str) -> None:
    assert resolve(page, destination) == InRepo(path, None)


@pytest.mark.parametrize(
    ("page", "destination", "path"),
    [
        ("page.md", "docs/", "docs"),
        ("page.md", ".", ""),
        ("page.md", "./", ""),
        ("page.md", "/", ""),
        ("docs/page.md", "..", ""),
        ("docs/page.md", ".", "docs"),
        ("docs/page.md", "../docs/", "docs"),
        ("docs/page.md", "deep/..", "docs"),
        ("page.md", "docs/?tab=readme", "docs"),
    ],
)
def test_a_path_that_says_folder(page: str, destination: str, path: str) -> None:
    assert resolve(page, destination) == InRepo(path, None, folder=True)


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ("guide.md#set-up", InRepo("guide.md", "set-up")),
        ("guide.md#", InRepo("guide.md", "")),
        ("guide.md?plain=1#L3", InRepo("guide.md", "L3")),
        ("guide.md#a?b", InRepo("guide.md", "a?b")),
        ("guide.md#a#b", InRepo("guide.md", "a#b")),
        ("guide.md#caf%C3%A9", InRepo("guide.md", "caf%C3%A9")),
        ("docs/#set-up", InRepo("docs", "set-up", folder=True)),
        ("#set-up", SamePage("set-up")),
        ("#", SamePage("")),
        ("?plain=1#L3", SamePage("L3")),
        ("?plain=1", SamePage("")),
        ("#../../x", SamePage("../../x")),
    ],
)
def test_a_fragment_stays_as_it_is_written(destination: str, target: InRepo | SamePage) -> None:
    assert resolve("page.md", destination) == target


def test_nothing() -> None:
    assert resolve("page.md", "") == Empty()


@pytest.mark.parametrize(
    ("destination", "scheme"),
    [
        ("mailto:me@example.com", "mailto"),
        ("tel:+1", "tel"),
        ("FILE:///etc/passwd", "file"),
        ("data:,x", "data"),
        ("git+ssh://x/y", "git+ssh"),
        ("C:/notes.md", "c"),
    ],
)
def test_another_scheme(destination: str, scheme: str) -> None:
    assert resolve("page.md", destination, OURS) == Other(scheme)


@pytest.mark.parametrize(
    "destination", ["https://example.com", "HTTP://EXAMPLE.COM/x.md#y", "//example.com/x", "https:guide.md"]
)
def test_the_web(destination: str) -> None:
    assert resolve("page.md", destination, OURS) == Web(destination)


# ------------------------------------------------------------------------------------------------- out of the root


@pytest.mark.parametrize(
    ("page", "destination", "path"),
    [
        ("page.md", "../x.md", "../x.md"),
        ("page.md", "..", ".."),
        ("page.md", "/../x.md", "../x.md"),
        ("docs/page.md", "../../x.md", "../x.md"),
        ("docs/page.md", "/../x.md", "../x.md"),
        ("page.md", "a/../../x.md#y", "../x.md"),
        ("page.md", "../../nonsense/x", "../../nonsense/x"),
        ("page.md", "../issues", "../issues"),
        ("page.md", "../../../issues", "../../../issues"),
        ("page.md", "../../blob/v1/x.md", None),
    ],
)
def test_a_path_that_leaves_the_repository(page: str, destination: str, path: str | None) -> None:
    target = resolve(page, destination, OURS)
    assert target == (Outside(path) if path else Web(destination))


@pytest.mark.parametrize(
    "name",
    ["issues", "wiki", "pulls", "pull/3", "releases/latest", "actions", "discussions/1", "compare/a...b", "tree/v1"],
)
@pytest.mark.parametrize("site", [OURS, None])
def test_the_sites_own_pages(name: str, site: Site | None) -> None:
    assert resolve("page.md", f"../../{name}", site) == Web(f"../../{name}")
    assert resolve("docs/page.md", f"../../../{name}", site) == Web(f"../../{name}")


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ("../../blob/main/docs/x.md#y", InRepo("docs/x.md", "y")),
        ("../../tree/HEAD/docs/", InRepo("docs", None, folder=True)),
        ("../../raw/main/x.png", InRepo("x.png", None)),
        ("../main/x.md", InRepo("x.md", None)),
        ("../HEAD/x.md", InRepo("x.md", None)),
    ],
)
def test_a_file_by_way_of_the_sites_own_pages(destination: str, target: InRepo) -> None:
    assert resolve("page.md", destination, OURS) == target


# ----------------------------------------------------------------------------------------- addresses of this repository


@pytest.mark.parametrize(
    ("rest", "target"),
    [
        ("blob/main/docs/x.md", InRepo("docs/x.md", None)),
        ("blob/HEAD/x.md#y", InRepo("x.md", "y")),
        ("raw/main/x.png?raw=true", InRepo("x.png", None)),
        ("edit/main/x.md", InRepo("x.md", None)),
        ("blame/main/x.md", InRepo("x.md", None)),
        ("blob/main/my%20notes.md", InRepo("my notes.md", None)),
        ("tree/main/docs/", InRepo("docs", None, folder=True)),
        ("tree/main", InRepo("", None, folder=True)),
        ("tree/main/", InRepo("", None, folder=True)),
        ("tree/main#set-up", InRepo("", "set-up", folder=True)),
    ],
)
@pytest.mark.parametrize(
    "front",
    ["https://github.com/ours/manual/", "http://www.github.com/Ours/Manual/", "//github.com/ours/manual/"],
)
def test_an_address_of_this_repository(front: str, rest: str, target: InRepo) -> None:
    assert resolve("deep/down/page.md", front + rest, OURS) == target


@pytest.mark.parametrize(
    "destination",
    [
        "https://github.com/ours/manual",
        "https://github.com/ours/manual/issues/3",
        "https://github.com/ours/manual/blob/v1/x.md",
        "https://github.com/ours/manual/commit/main/x.md",
        "https://github.com/ours/manual2/blob/main/x.md",
        "https://github.com/theirs/manual/blob/main/x.md",
        "https://example.com/ours/manual/blob/main/x.md",
        "https://github.com.example.com/ours/manual/blob/main/x.md",
        "https://gist.github.com/ours/manual/blob/main/x.md",
    ],
)
def test_other_addresses_stay_on_the_web(destination: str) -> None:
    assert resolve("page.md", destination, OURS) == Web(destination)


def test_without_a_site_every_address_is_on_the_web() -> None:
    url = "https://github.com/ours/manual/blob/main/x.md"
    assert resolve("page.md", url) == Web(url)


def test_without_a_known_branch_only_head_is_the_branch() -> None:
    site = Site("ours", "manual", None)
    front = "https://github.com/ours/manual/blob/"
    assert resolve("page.md", f"{front}main/x.md", site) == Web(f"{front}main/x.md")
    assert resolve("page.md", f"{front}HEAD/x.md", site) == InRepo("x.md", None)
