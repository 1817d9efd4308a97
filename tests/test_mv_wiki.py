"""`doclint mv` and wiki links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint import mv
from doclint.settings import Settings

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree, Workspace

PAGES: Tree = {
    "Home.md": "# Home\n",
    "Getting-Started.md": "# First Steps\n",
    "notes/Daily log.md": "# Log\n",
    "notes/2024/plan.md": "# Plan\n",
    "img/logo.png": b"\x89PNG",
}


def moved(space: Workspace, old: str, new: str, *, wiki_links: bool = True) -> int:
    outcome = mv.move(old, new, Settings(wiki_links=wiki_links), str(space.root))
    return sum(change.fixes for change in outcome.changed)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Home.md", "Start.md", "[[Home]]", "[[Start]]"),
        ("Home.md", "Start.md", "[[home.md]]", "[[Start.md]]"),
        ("Home.md", "Start.md", "[[ home |here]]", "[[ Start |here]]"),
        ("Home.md", "Start.md", "[[here|Home]]", "[[here|Start]]"),
        ("Home.md", "Start.md", "[[Home#home]]", "[[Start#home]]"),
        ("Home.md", "Start.md", "| a |\n|---|\n| [[Home\\|x]] |", "| a |\n|---|\n| [[Start\\|x]] |"),
        ("Getting-Started.md", "First-Steps.md", "[[Getting Started]]", "[[First Steps]]"),
        ("Getting-Started.md", "First-Steps.md", "[[Getting-Started]]", "[[First-Steps]]"),
        ("notes/2024", "notes/2025", "[[2024/plan]]", "[[2025/plan]]"),
        ("notes/2024", "plans", "[[notes/2024/plan]]", "[[plans/plan]]"),
        ("notes/2024", "plans", "[[/notes/2024/plan]]", "[[/plans/plan]]"),
        ("img/logo.png", "img/sign.png", "![[logo.png|100]]", "![[sign.png|100]]"),
        ("notes/2024/plan.md", "archive/Home.md", "[[plan]]", "[[archive/Home]]"),
    ],
)
def test_what_a_wiki_link_names_follows(old: str, new: str, before: str, after: str, workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "page.md": f"# Page\n\n{before}\n"})
    assert moved(space, old, new) == 1
    assert space.read("page.md").decode() == f"# Page\n\n{after}\n"


@pytest.mark.parametrize("text", ["[[Daily log]]", "`[[Home]]`", "[[gone]]", "[[#Page]]", "[[Home]]"])
def test_a_wiki_link_that_finds_the_same_stays(text: str, workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "page.md": f"# Page\n\n{text}\n"})
    assert moved(space, "notes", "diary") == 0
    assert space.read("page.md").decode() == f"# Page\n\n{text}\n"


def test_without_the_setting_brackets_are_text(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "page.md": "[[Home]]\n"})
    assert moved(space, "Home.md", "Start.md", wiki_links=False) == 0
    assert space.read("page.md") == b"[[Home]]\n"


def test_a_page_that_comes_does_not_take_the_links_of_another(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "deep/er/plan.md": "# Other\n", "page.md": "[[2024/plan]] [[er/plan]]\n"})
    moved(space, "deep/er", "2024")
    assert space.read("page.md") == b"[[notes/2024/plan]] [[2024/plan]]\n"
