from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.rules.untracked_target import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


@pytest.mark.parametrize("link", ["guide.md", "guide.md#x", "docs", "docs/", "."])
def test_silent_for_what_git_tracks(link: str) -> None:
    assert not look(RULE, f"[a]({link})", ["guide.md", "docs/deep.md"], untracked=["docs/draft.md"])


@pytest.mark.parametrize(
    "link", ["gone.md", "DRAFT.md", "draft", "draft.md/", "#draft", "https://example.com/draft.md", "../draft.md", ""]
)
def test_silent_for_another_fault_or_none(link: str) -> None:
    assert not look(RULE, f"[a]({link})", untracked=["draft.md"])


def test_silent_in_code() -> None:
    assert not look(RULE, "`[a](draft.md)`", untracked=["draft.md"])


def test_silent_for_a_file_that_git_ignores(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](built.md)\n", ".gitignore": "built.md\n"})
    space.write({"built.md": "# Built\n"})
    assert not space.check(select=("untracked-target",))


def test_silent_outside_git(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](draft.md)\n"})
    space.write({"draft.md": "# Draft\n"})
    (space.root / ".git").rename(space.root / "not-git")
    assert not space.check("README.md", select=("untracked-target", "missing-file"))


def test_silent_once_it_is_added(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](draft.md)\n"})
    space.write({"draft.md": "# Draft\n"})
    [finding] = space.check(select=("links",))
    assert finding.rule == "untracked-target"
    space.git("add", "draft.md")
    assert not space.check(select=("links",))


def test_a_file_that_is_not_tracked() -> None:
    [seen] = look(RULE, "See [the draft](draft.md#idea).", untracked=["draft.md"])
    assert seen.text == "draft.md#idea"
    assert seen.message == '"draft.md" is not tracked by git'
    assert seen.help == "git add draft.md"
    assert seen.hit.fix is None


@pytest.mark.parametrize("link", ["new", "new/", "./new"])
def test_a_folder_of_which_nothing_is_tracked(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})", untracked=["new/idea.md"])
    assert seen.message == '"new" is not tracked by git'


@pytest.mark.parametrize(
    "text", ["![a](new.png)", "[a][b]\n\n[b]: new.png", '<img src="new.png">', "<img srcset='new.png 2x'>"]
)
def test_every_kind_of_link(text: str) -> None:
    assert [seen.text for seen in look(RULE, text, untracked=["new.png"])] == ["new.png"]


def test_a_page_that_is_not_tracked_is_checked_too(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": ""})
    space.write({"draft.md": "[a](picture.png)\n", "picture.png": b"\x89PNG"})
    [finding] = space.check(select=("untracked-target",))
    assert (finding.path, finding.message) == ("draft.md", '"picture.png" is not tracked by git')


def test_the_command_can_be_pasted() -> None:
    [seen] = look(RULE, "[a](my%20draft.md)", untracked=["my draft.md"])
    assert seen.message == '"my draft.md" is not tracked by git'
    assert seen.help == "git add 'my draft.md'"
