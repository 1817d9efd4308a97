from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.model import Safety
from doclint.rules.lossy_mojibake import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


# Each holds a character one of whose bytes windows-1252 has no sign for (81, 8D, 8F, 90, 9D).
LINES = ("技术文档应当清楚、准确。", "请先阅读安装指南，然后开始。", "请在这里写下你的名字。")


def damaged(text: str) -> str:
    """Return `text` as it looks after its UTF-8 was read as windows-1252, by a program that drops what has no sign."""
    return text.encode().decode("cp1252", "ignore")


@pytest.mark.parametrize(
    "text",
    [
        "the “quote” that ends here",
        "A avó não dá pão à irmã.",
        "今天天气很好，我们去公园。",
        "Добрый вечер",
        "CafÃ© au lait",
        "`the â€œquoteâ€ that ends here`",
        "3 € and â as in âge",
        "? ?? ??? really?",
        "na\ufffdve",
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, f"{text}\n")


def test_silent_where_the_way_back_is_exact() -> None:
    assert not look(RULE, "今天天气很好，我们去公园。".encode().decode("latin-1") + "\n")


def test_a_line_that_lost_bytes() -> None:
    [seen] = look(RULE, "First.\n\nthe â€œquoteâ€ that ends here\n")
    assert seen.text == "â€œquoteâ€"
    assert seen.message == "text is UTF-8 read as windows-1252, and bytes are missing"
    assert seen.help.startswith("left as it is: ")
    assert seen.hit.fix is None
    assert seen.hit.on_disk


def test_each_damaged_line_is_found() -> None:
    lines = [damaged(line) for line in LINES]
    found = look(RULE, "\n\n".join([*lines, "plain words"]))
    assert [seen.text for seen in found] == lines


def test_nothing_is_written(workspace: MakeWorkspace) -> None:
    text = damaged("\n\n".join(LINES)) + "\n"
    space = workspace({"page.md": text, "quote.md": "the â€œquoteâ€ that ends here\n"})
    before = space.tree()
    for level in (Safety.SAFE, Safety.UNSAFE, Safety.DISPLAY):
        assert not space.fix(level=level).changed
    assert space.tree() == before
    assert {finding.rule for finding in space.check()} == {"lossy-mojibake"}
