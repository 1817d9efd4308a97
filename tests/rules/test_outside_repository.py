from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.resolve import Site
from doclint.rules.outside_repository import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


@pytest.mark.parametrize("link", ["../guide.md", "../docs/x.md", "..", "../", "../docs/../x", "/x"])
def test_silent_for_a_path_that_stays_inside(link: str) -> None:
    assert not look(RULE, f"[a]({link})", page="docs/page.md")


@pytest.mark.parametrize(
    "link",
    [
        "../../issues",
        "../../issues/new?labels=bug",
        "../../wiki",
        "../../pulls",
        "../../releases/tag/v1",
        "../../actions/workflows/test.yml",
        "../../discussions/4",
        "../../security/policy",
        "../../blob/main/guide.md",
        "../../raw/HEAD/guide.md",
    ],
)
def test_silent_for_the_sites_own_pages(link: str) -> None:
    site = Site("ours", "manual", "main")
    assert not look(RULE, f"[a]({link})", site=site)
    assert not look(RULE, f"[a](../{link})", page="docs/page.md", site=site)


@pytest.mark.parametrize(
    "link", ["https://example.com/../../x", "//example.com/../x", "mailto:../../x", "#../../x", ""]
)
def test_silent_for_what_is_no_path(link: str) -> None:
    assert not look(RULE, f"[a]({link})")


@pytest.mark.parametrize("text", ["`[a](../x.md)`", "    [a](../x.md)", "<!-- [a](../x.md) -->", r"\[a](../x.md)"])
def test_silent_where_there_is_no_link(text: str) -> None:
    assert not look(RULE, text)


def test_one_step_too_far() -> None:
    [seen] = look(RULE, "See [the notes](../notes.md#today).")
    assert seen.text == "../notes.md#today"
    assert seen.message == '"../notes.md" lies outside the repository'
    assert seen.help == "use fewer `../`, or an address on the web"
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("link", "page", "path"),
    [
        ("../../notes.md", "docs/page.md", "../notes.md"),
        ("../manual/guide.md", "page.md", "../manual/guide.md"),
        ("docs/../../notes.md", "page.md", "../notes.md"),
        ("%2E%2E/notes.md", "page.md", "../notes.md"),
        ("/../notes.md", "docs/page.md", "../notes.md"),
        ("../issues", "page.md", "../issues"),
        ("../../../issues", "page.md", "../../../issues"),
        ("../../nonsense", "page.md", "../../nonsense"),
        ("../../../../../dev/zero", "page.md", "../../../../../dev/zero"),
    ],
)
def test_the_message_names_the_place(link: str, page: str, path: str) -> None:
    [seen] = look(RULE, f"[a]({link})", page=page, site=Site("ours", "manual", "main"))
    assert seen.message == f'"{path}" lies outside the repository'


@pytest.mark.parametrize("text", ["![a](../x.png)", "[a][b]\n\n[b]: ../x.png", "<img src='../x.png'>"])
def test_every_kind_of_link(text: str) -> None:
    assert [seen.text for seen in look(RULE, text)] == ["../x.png"]


def test_outside_git_the_folder_that_is_checked_is_the_edge() -> None:
    [seen] = look(RULE, "[a](../notes.md)", in_git=False)
    assert seen.message == '"../notes.md" lies outside the folder that is checked'


def test_a_file_beside_the_repository_is_never_opened(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](../beside.md#there)\n"})
    (space.root.parent / "beside.md").write_text("# There\n")
    assert [finding.rule for finding in space.check()] == ["outside-repository"]
