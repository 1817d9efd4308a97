from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.rules.byte_order_mark import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace

MARK = "\ufeff"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# Title\n",
        f"word {MARK}word\n".encode(),
        f"\n{MARK}# Title\n".encode(),
        "# Füße\n".encode("utf-16"),
        b"&#xFEFF;# Title",
    ],
)
def test_silent(data: bytes) -> None:
    assert not look(RULE, data)


@pytest.mark.parametrize("rest", ["", "# Title\n", "---\ntitle: x\n---\n", "Füße\r\n"])
def test_a_mark_in_front(rest: str) -> None:
    [seen] = look(RULE, MARK + rest)
    assert seen.text == MARK
    assert seen.message == "page begins with a byte-order mark"
    assert seen.help == "doclint fix --unsafe removes it"


@pytest.mark.parametrize("rest", ["# Title\n", "---\ntitle: x\n---\n\ntext", "Füße\r\n\r\n[a](#x)\r\n", ""])
def test_it_is_removed(workspace: MakeWorkspace, rest: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": MARK + rest}, {"page.md": rest}, Safety.UNSAFE)


def test_it_does_not_hide_what_follows(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"{MARK}# Title\n", "b.md": f"{MARK}[a](a.md#title)\n"})
    assert not space.check(ignore=("byte-order-mark",))


def test_columns_do_not_count_it(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"{MARK}[a](gone.md)\n"})
    [finding] = space.check(select=("missing-file",))
    assert (finding.place.line, finding.place.column) == (1, 5)
