from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.undefined_reference import RULE


@pytest.mark.parametrize(
    "text",
    [
        "[the setup][install]",
        "[install][]",
        "![the setup][install]",
        "[the setup][INSTALL]",
        "[the setup][ install ]",
        "[![pic](x.png)][install]",
        "[some *marked `up`* text][install]",
        "> [the setup][install]",
    ],
)
@pytest.mark.parametrize(
    "definition", ["[install]: install.md", "> [Install]:\n> <install.md>", "- [INSTALL]: install.md"]
)
def test_silent_for_a_label_that_is_defined(text: str, definition: str) -> None:
    assert not look(RULE, f"{text}\n\n{definition}\n")


def test_silent_for_white_space_and_case_that_do_not_count() -> None:
    assert not look(RULE, "[a][The  long\nlabel]\n\n[THE LONG   LABEL]: x.md\n")


@pytest.mark.parametrize(
    "text",
    [
        "[only a shortcut]",
        "- [ ] to do\n- [x] done",
        "> [!WARNING]\n> Take care.",
        "A note[^1].\n\n[^1]: Here.",
        "Two notes[^a][^b].",
        "Word[^a][b]",
        "[[Wiki page]]",
        "[[Wiki]][page]",
        "matrix[i][j] = 0",
        "matrix[0][] = 0",
        "f[a][b]",
        "`[a][b]`",
        "``[a][] ` ``",
        "```\n[a][b]\n```",
        "    [a][b]",
        "<!-- [a][b] -->",
        r"\[a][b]",
        r"[a]\[b]",
        "[a] [b]",
        "[a]: x.md",
        "[a](x.md)[b]",
        "<pre>\n[a][b]\n</pre>",
        '<img alt="[a][b]">',
        "---\ntags: [a][b]\n---\n",
        "[](x.md)[]",
    ],
)
def test_silent_for_brackets_that_mean_something_else(text: str) -> None:
    assert not look(RULE, text)


@pytest.mark.parametrize(
    ("text", "covered", "label"),
    [
        ("See [the setup][instal] first.", "[the setup][instal]", "instal"),
        ("See [setup][].", "[setup][]", "setup"),
        ("Look: ![a shot][pic]", "![a shot][pic]", "pic"),
        ("> quoted\n> [a][b]", "[a][b]", "b"),
        ("| x |\n|---|\n| [a][b] |", "[a][b]", "b"),
        ("# The [heading][b]", "[heading][b]", "b"),
        ("\ufeffone\r\ntwo [a][b]\r\n", "[a][b]", "b"),
        ("[a][b] and [c](x.md)", "[a][b]", "b"),
        ("**[a][b]**", "[a][b]", "b"),
    ],
)
def test_a_label_without_a_definition(text: str, covered: str, label: str) -> None:
    [seen] = look(RULE, text)
    assert seen.text == covered
    assert seen.message == f'no definition of "{label}" on this page'
    assert seen.help == f"add [{label}]: <destination>"
    assert seen.hit.fix is None


def test_a_definition_on_another_page_does_not_count() -> None:
    assert look(RULE, "[a][b]", {"other.md": "[b]: x.md\n"})


def test_a_near_label_is_named() -> None:
    [seen] = look(RULE, "[the setup][instal]\n\n[Install]: x.md\n[usage]: y.md\n")
    assert seen.help == "did you mean [install]?"


def test_two_near_labels_are_named() -> None:
    [seen] = look(RULE, "[the setup][install-x]\n\n[install-a]: x.md\n[install-b]: y.md\n")
    assert seen.help == "did you mean [install-a] or [install-b]?"


def test_each_reference_is_found() -> None:
    text = "[one][a] and [two][b], once more [one][a]"
    assert [seen.text for seen in look(RULE, text)] == ["[one][a]", "[two][b]", "[one][a]"]
