from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.unused_definition import RULE


@pytest.mark.parametrize(
    "text",
    [
        "[the setup][install]",
        "[install][]",
        "[install]",
        "![install]",
        "![a shot][INSTALL]",
        "[![pic](x.png)][install]",
        "> - [install]",
        "| x |\n|---|\n| [install] |",
        "# About [install]",
        "A note[^1].\n\n[^1]: See [install].",
    ],
)
def test_silent_for_a_definition_that_is_used(text: str) -> None:
    assert not look(RULE, f"{text}\n\n[install]: install.md\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\n[install]: install.md\n```",
        "    [install]: install.md",
        "<!--\n[install]: install.md\n-->",
        r"\[install]: install.md",
        "[install]: not a definition, because of the words",
        "text\n[install]: install.md",
        "[^1]: a footnote that nothing refers to",
        "[//]: # (a comment, as many people write it)",
    ],
)
def test_silent_where_nothing_is_defined(text: str) -> None:
    assert not look(RULE, text)


def test_silent_for_a_duplicate_of_which_another_rule_speaks() -> None:
    assert not look(RULE, "[install]\n\n[install]: a.md\n[install]: b.md\n")


def test_a_definition_that_nothing_uses() -> None:
    [seen] = look(RULE, "See [use].\n\n[use]: use.md\n[Install]: <install.md> 'why'\n")
    assert seen.text.startswith("[Install]: <install.md>")
    assert seen.message == 'nothing on this page uses "install"'
    assert seen.help == "remove the definition, or use it"
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    "text", ["`[install]`", r"\[install\]", "[install](x.md)", "[other][instal]", "<!-- [install] -->", "[install"]
)
def test_what_is_no_use(text: str) -> None:
    [seen] = look(RULE, f"{text}\n\n[install]: install.md\n")
    assert seen.text == "[install]: install.md"


def test_wherever_it_stands() -> None:
    [first, second] = look(RULE, "> [a]: x.md\n\n- one\n\n  [b]:\n  y.md\n")
    assert first.text == "[a]: x.md"
    assert second.text.startswith("[b]:")
    assert second.text.endswith("y.md")
