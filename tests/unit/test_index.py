from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import PAGE, index_of, page_of
from doclint.index import RepoIndex
from doclint.judged import Fragment
from doclint.model import InRepo, Outside, SamePage, Target, Web
from doclint.tree import Standing

if TYPE_CHECKING:
    from doclint.index import RepoIndex

NFC, NFD = "caf\u00e9.md", "cafe\u0301.md"


def standing(index: RepoIndex, path: str, *, folder: bool = False) -> tuple[Standing, str]:
    found = index.look_up(InRepo(path, None, folder))
    return found.standing, found.path


@pytest.fixture
def index() -> RepoIndex:
    return index_of(
        {PAGE: "", "docs/Guide.md": "", "docs/img/a.png": "", "src/x.c": "", NFC: ""},
        symlinks=["short"],
        submodules=["vendor/engine"],
        untracked=["draft.md", "new/deep/idea.md", "docs/later.md"],
    )


@pytest.mark.parametrize("path", [PAGE, "docs/Guide.md", "docs/img/a.png", NFC, "short"])
def test_a_tracked_file(index: RepoIndex, path: str) -> None:
    assert standing(index, path) == (Standing.FILE, path)


@pytest.mark.parametrize("path", ["", "docs", "docs/img", "src", "vendor", "vendor/engine"])
@pytest.mark.parametrize("folder", [True, False])
def test_a_folder(index: RepoIndex, path: str, folder: bool) -> None:
    assert standing(index, path, folder=folder) == (Standing.FOLDER, path)


@pytest.mark.parametrize(
    "path",
    ["gone.md", "docs/gone.md", "guide.md", "doc", "docs/Guide", "docs/Guide.md/x", "docs/Guide.mdx", " page.md"],
)
def test_what_is_not_there(index: RepoIndex, path: str) -> None:
    assert standing(index, path) == (Standing.MISSING, path)


@pytest.mark.parametrize("path", [PAGE, "docs/Guide.md", "draft.md", "PAGE.md"])
def test_a_file_is_no_folder(index: RepoIndex, path: str) -> None:
    assert standing(index, path, folder=True) == (Standing.MISSING, path)


@pytest.mark.parametrize(
    ("path", "real"),
    [
        ("docs/guide.md", "docs/Guide.md"),
        ("DOCS/GUIDE.MD", "docs/Guide.md"),
        ("Docs", "docs"),
        (NFD, NFC),
        (NFC.upper(), NFC),
    ],
)
def test_another_case_or_normal_form(index: RepoIndex, path: str, real: str) -> None:
    assert standing(index, path) == (Standing.WRONG_CASE, real)


def test_another_case_of_a_folder(index: RepoIndex) -> None:
    assert standing(index, "Docs/Img", folder=True) == (Standing.WRONG_CASE, "docs/img")


def test_two_twins_are_no_answer() -> None:
    index = index_of({"Guide.md": "", "guide.md": ""})
    assert standing(index, "GUIDE.md") == (Standing.MISSING, "GUIDE.md")
    assert standing(index, "guide.md") == (Standing.FILE, "guide.md")


@pytest.mark.parametrize("path", ["draft.md", "new", "new/deep", "new/deep/idea.md", "docs/later.md"])
def test_what_is_only_on_the_disk(index: RepoIndex, path: str) -> None:
    assert standing(index, path) == (Standing.UNTRACKED, path)


def test_an_untracked_folder_with_a_slash(index: RepoIndex) -> None:
    assert standing(index, "new/deep", folder=True) == (Standing.UNTRACKED, "new/deep")


def test_inside_a_submodule(index: RepoIndex) -> None:
    assert standing(index, "vendor/engine/src/x.md") == (Standing.IN_SUBMODULE, "vendor/engine")


def test_behind_a_symbolic_link(index: RepoIndex) -> None:
    assert standing(index, "short/a/b.md") == (Standing.BEHIND_SYMLINK, "short")


def test_the_root_is_there_even_in_an_empty_repository() -> None:
    assert standing(index_of({}), "", folder=True) == (Standing.FOLDER, "")


# --------------------------------------------------------------------------------------------------------- fragments


def fragment(tree: dict[str, str | bytes], target: Target) -> Fragment:
    index = index_of({PAGE: "# Here\n", **tree}, symlinks=["alias.md"])
    return index.fragment(index.pages[PAGE], target)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (SamePage("here"), Fragment.THERE),
        (SamePage("gone"), Fragment.MISSING),
        (SamePage(""), Fragment.THERE),
        (InRepo("other.md", "there"), Fragment.THERE),
        (InRepo("other.md", "here"), Fragment.MISSING),
        (InRepo("other.md", "L7"), Fragment.THERE),
        (InRepo("other.md", None), Fragment.THERE),
        (InRepo("docs", "inside"), Fragment.THERE),
        (InRepo("docs", "gone", folder=True), Fragment.MISSING),
        (InRepo("src", "gone"), Fragment.UNKNOWN),
        (InRepo("src/x.c", "gone"), Fragment.UNKNOWN),
        (InRepo("alias.md", "gone"), Fragment.UNKNOWN),
        (InRepo("gone.md", "gone"), Fragment.THERE),
        (Outside("../x.md"), Fragment.THERE),
        (Web("https://example.com/#gone"), Fragment.THERE),
    ],
)
def test_what_a_fragment_finds(target: Target, expected: Fragment) -> None:
    tree: dict[str, str | bytes] = {"other.md": "# There\n", "docs/README.md": "# Inside\n", "src/x.c": ""}
    assert fragment(tree, target) is expected


def test_a_page_that_cannot_be_read_cannot_be_judged() -> None:
    assert fragment({"picture.md": b"\x89PNG\0\0"}, InRepo("picture.md", "gone")) is Fragment.UNKNOWN


def test_the_anchor_of_a_damaged_heading_moves() -> None:
    tree: dict[str, str | bytes] = {"other.md": "# CafÃ©\n"}
    assert fragment(tree, InRepo("other.md", "café")) is Fragment.THERE
    assert fragment(tree, InRepo("other.md", "cafã")) is Fragment.MOVES
    assert fragment(tree, InRepo("other.md", "cafe")) is Fragment.MISSING


def test_the_readme_that_the_site_shows_comes_first() -> None:
    index = index_of({PAGE: "", "docs/readme.markdown": "", "docs/README.md": "", "docs/deep/readme.mkd": ""})
    assert index.page_of(PAGE, InRepo("docs", None)) == "docs/README.md"
    assert index.page_of(PAGE, InRepo("docs/deep", None, folder=True)) == "docs/deep/readme.mkd"
    assert index.page_of(PAGE, InRepo("", None, folder=True)) is None


def test_the_page_of_a_target() -> None:
    index = index_of({PAGE: "", "x.md": ""}, symlinks=["alias.md"])
    assert index.page_of(PAGE, SamePage("x")) == PAGE
    assert index.page_of(PAGE, InRepo("x.md", None)) == "x.md"
    assert index.page_of(PAGE, InRepo("X.md", None)) is None
    assert index.page_of(PAGE, InRepo("gone.md", None)) is None
    assert index.page_of(PAGE, Web("https://example.com/x.md")) is None


def test_a_page_that_was_not_read_has_no_anchors() -> None:
    assert index_of({PAGE: ""}).anchors("gone.md") is None


def test_the_names_of_anchors_are_each_named_once() -> None:
    table = index_of({PAGE: "<a id=b></a>\n\n# B\n\n# A\n\n# A\n"}).anchors(PAGE)
    assert table is not None
    assert table.names == ("b", "a", "a-1")


def test_the_first_of_equal_names_is_found() -> None:
    table = index_of({PAGE: "# B\n\n<a id=b></a>\n"}).anchors(PAGE)
    assert table is not None
    anchor = table.find("b")
    assert anchor is not None
    assert anchor.text == "B"


# ----------------------------------------------------------------------------------------------------------- links


def test_links_to_a_page() -> None:
    index = index_of(
        {
            PAGE: "[a](#x) [b](docs/#y) [c](other.md) [d](gone.md#x) `[e](#x)`",
            "docs/README.md": "[f](../page.md#z)\n\n<a href='/page.md#w'>g</a>",
        }
    )
    links = {path: [(page.path, name) for page, _, name in index.links_to(path)] for path in index.pages}
    assert links == {
        PAGE: [(PAGE, "x"), ("docs/README.md", "z"), ("docs/README.md", "w")],
        "docs/README.md": [(PAGE, "y")],
    }
    assert not [*index.links_to("other.md")]


def test_a_revised_index_knows_the_new_links_and_leaves_the_old_index_alone() -> None:
    index = index_of({PAGE: "[a](b.md#x)", "b.md": "# X\n", "c.md": "[b](b.md#x) [b](b.md)"})

    def linking(asked: RepoIndex) -> list[str]:
        return [page.path for page, _, _ in asked.links_to("b.md")]

    assert linking(index) == [PAGE, "c.md"]
    assert index.is_linked("b.md")
    later = index.revised({PAGE: page_of("Nothing.", PAGE), "d.md": page_of("[b](b.md#x)", "d.md")})
    assert linking(later) == ["c.md", "d.md"]
    assert linking(index) == [PAGE, "c.md"]
    last = later.revised({path: page_of("Nothing.", path) for path in ("c.md", "d.md")})
    assert linking(last) == []
    assert not last.is_linked("b.md")
    assert last.tree is index.tree


def test_a_revised_index_has_the_anchors_of_the_new_text() -> None:
    index = index_of({PAGE: "# One\n", "b.md": "# B\n"})
    others = index.anchors("b.md")
    later = index.revised({PAGE: page_of("# Two\n", PAGE)})
    before, after = index.anchors(PAGE), later.anchors(PAGE)
    assert before is not None
    assert after is not None
    assert (before.names, after.names) == (("one",), ("two",))
    assert later.anchors("b.md") is others


def test_names_and_folders() -> None:
    index = index_of({"README.md": "", "docs/Readme.md": "", "docs/x/y.md": ""})
    assert index.tree.folders == {"", "docs", "docs/x"}
    assert index.tree.by_basename["readme.md"] == ["README.md", "docs/Readme.md"]
    assert index.tree.files_in("docs") == ["Readme.md"]
    assert index.tree.files_in("") == ["README.md"]
    assert index.tree.files_in("gone") == []
