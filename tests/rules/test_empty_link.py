from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.empty_link import RULE


@pytest.mark.parametrize(
    "text",
    [
        "[a](guide.md)",
        "[](guide.md)",
        "![](shot.png)",
        "[a](#)",
        "[a](#top)",
        "[a](?)",
        "[a](.)",
        "`[a]()`",
        "    [a]()",
        "<!-- [a]() -->",
        r"\[a]()",
        "a()",
        "[ ] a task",
        "[a]",
        "<a>text</a>",
        "<a name=x></a>",
        "<p href>text</p>",
        "[unused]: <>",
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, text)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("See [the setup]() first.", "[the setup]()"),
        ("See [the setup]( ) first.", "[the setup]( )"),
        ("See [the setup](<>) first.", "[the setup](<>)"),
        ('See [the setup](<> "title") first.', '[the setup](<> "title")'),
        ("> See\n> [the setup]().", "[the setup]()"),
        ('<a href="">a</a>', '<a href="">'),
        ("text <a href>a</a>", "<a href>"),
        ("<a href=' '>a</a>", "<a href=' '>"),
    ],
)
def test_a_link_that_leads_nowhere(text: str, covered: str) -> None:
    [seen] = look(RULE, text)
    assert seen.text == covered
    assert seen.message == "link without a destination"
    assert seen.help == "write where it leads, or remove the link"
    assert seen.hit.fix is None


def test_a_picture_without_an_address() -> None:
    [seen] = look(RULE, "Look: ![the button]().")
    assert seen.text == "![the button]()"
    assert seen.message == "image without a destination"
    assert seen.help == "write where it leads, or remove the image"


def test_a_definition_that_is_used() -> None:
    [seen] = look(RULE, "See [the setup][s].\n\n[s]: <>\n")
    assert seen.message == "link without a destination"
