from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.duplicate_definition import RULE


@pytest.mark.parametrize(
    "text",
    [
        "[a]\n\n[a]: x.md\n",
        "[a]: x.md\n[b]: x.md\n",
        "[a]: x.md\n\n```\n[a]: y.md\n```\n",
        "[a]: x.md\n\n    [a]: y.md\n",
        "[a]: x.md\n\n<!--\n[a]: y.md\n-->\n",
        "[a]: x.md\n\ntext\n[a]: y.md\n",
        "[^1]: one\n\n[^2]: two\n\n[^1] [^2]",
        "[//]: # (one comment)\n\n[//]: # (another comment)\n",
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, text)


def test_silent_for_a_label_on_another_page() -> None:
    assert not look(RULE, "[a]: x.md\n", {"other.md": "[a]: y.md\n"})


def test_a_label_that_is_defined_twice() -> None:
    [seen] = look(RULE, "[Install]\n\n[install]: a.md\n\n[install]: b.md\n")
    assert seen.text == "[install]: b.md"
    assert seen.message == '"install" is defined before; this definition is ignored'
    assert seen.help == "remove one of the two"
    assert seen.hit.fix is None


@pytest.mark.parametrize("second", ["[INSTALL]: b.md", "[ install ]: b.md", "> [Install]: b.md", "- [install]: b.md"])
def test_labels_are_compared_as_markdown_does(second: str) -> None:
    assert len(look(RULE, f"[install]: a.md\n\n{second}\n")) == 1


def test_each_one_after_the_first_is_found() -> None:
    assert [seen.text for seen in look(RULE, "[a]: x.md\n[a]: x.md\n[a]: y.md\n")] == ["[a]: x.md", "[a]: y.md"]
