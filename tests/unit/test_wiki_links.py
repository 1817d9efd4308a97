from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint.model import Safety
from doclint.parse import parse

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree

PAGES: Tree = {
    "Home.md": "# Home\n",
    "Getting-Started.md": "# First Steps\n\n## What's new?\n",
    "notes/Daily log.md": "# Log\n",
    "img/Logo.png": b"\x89PNG",
}


@pytest.mark.parametrize(
    "text",
    [
        "[[Home]]",
        "[[home|the start]]",
        "[[the start|Home]]",
        "[[Getting Started]]",
        "[[Getting Started#First Steps]]",
        "[[Getting-Started#what's new?]]",
        "[[Getting Started#First Steps#What's new?]]",
        "[[Getting Started#^block]]",
        "[[#Here]]",
        "[[Daily log]]",
        "[[notes/Daily log.md]]",
        "![[logo.png|100]]",
        "| a |\n|---|\n| [[Home\\|x]] |",
        "[[https://example.com|web]]",
        "[[_TOC_]]",
    ],
)
def test_what_is_there(workspace: MakeWorkspace, text: str) -> None:
    assert not workspace({**PAGES, "a.md": f"# Here\n\n{text}\n"}).check(wiki_links=True)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[[Gone]]", "missing-file"),
        ("![[gone.png]]", "missing-file"),
        ("[[Getting Started#Gone]]", "missing-anchor"),
        ("[[#Gone]]", "missing-anchor"),
    ],
)
def test_what_is_not(workspace: MakeWorkspace, text: str, rule: str) -> None:
    space = workspace({**PAGES, "a.md": f"# Here\n\nSee {text}.\n"})
    before = space.tree()
    [finding] = space.check(wiki_links=True)
    assert finding.rule == rule
    assert finding.fix is None
    assert not space.fix(level=Safety.UNSAFE, wiki_links=True).changed
    assert space.tree() == before
    assert not space.check(), "the setting is off by default"


@pytest.mark.parametrize(
    "text",
    [
        "`[[Gone]]`",
        "```sh\n[[ -f x ]]\n```",
        "    [[Gone]]\n",
        "<!-- [[Gone]] -->",
        r"\[[Gone]]",
        "---\ntags: [[Gone]]\n---\n",
        "[a [[b]]](c.md)",
        "[[a, b], [c, d]]",
        "[[]]",
        "[[a\nb]]",
    ],
)
def test_what_is_no_wiki_link(text: str) -> None:
    assert parse(text, "a.md", wiki_links=True) == parse(text, "a.md")


def test_of_several_pages_the_nearest_is_meant(workspace: MakeWorkspace) -> None:
    tree = {"de/Tabs.md": "# Reiter\n", "en/x/Tabs.md": "# Tabs\n", "en/y/a.md": "[[Tabs#Tabs]]\n"}
    assert not workspace(tree).check(wiki_links=True)


@pytest.mark.parametrize("text", ["[a](Home) [[Home]]\n", "[[Home]] [a](Home)\n"])
def test_a_wiki_link_and_a_link_of_the_same_words_are_two(text: str, workspace: MakeWorkspace) -> None:
    found = workspace({**PAGES, "page.md": text}).check(wiki_links=True)
    assert [(finding.rule, finding.place.column) for finding in found] == [("missing-file", text.index("(") + 2)]
