from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from conftest import look, page_of
from doclint.model import Place, Unreadable
from doclint.rules.unreadable_page import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"plain",
        "Füße".encode(),
        "Füße".encode("latin-1"),
        "Füße".encode("utf-16"),
        "Füße".encode("utf-16-le"),
        b"caf\xe9 \xff",
        b"one \0 in all",
    ],
)
def test_silent_for_every_text(data: bytes) -> None:
    assert not look(RULE, data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "it is not text: it holds NUL bytes"),
        ("Ruhe".encode("utf-32-le"), "it is not text: it holds NUL bytes"),
        (b"\xff\xfeodd", "it begins with the byte-order mark of UTF-16, but is not UTF-16"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    [seen] = look(RULE, data)
    assert seen.message == f"page cannot be read: {reason}"
    assert seen.help == "mend the file, or leave it out with `exclude`"
    assert seen.hit.fix is None


def test_no_other_rule_speaks_of_it(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": b"\x89PNG\0\0[a](gone.md)\0\0"})
    [finding] = space.check(select=("all",), ignore=("orphan-page",))
    assert finding.rule == "unreadable-page"
    assert (finding.place, finding.excerpt) == (Place(1, 1, 1, 1), "")


def test_the_other_pages_are_checked(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": b"\x89PNG\0\0", "other.md": "[a](gone.md) [b](page.md#x)\n"})
    assert [finding.rule for finding in space.check()] == ["missing-file", "unreadable-page"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_page_that_may_not_be_read(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "# Secret\n"})
    (space.root / "page.md").chmod(0)
    [finding] = space.check()
    assert finding.message == "page cannot be read: permission denied"


def test_a_page_that_cannot_be_read_offers_nothing() -> None:
    page = page_of(b"\x89PNG\0\0")
    assert isinstance(page.content, Unreadable)
    assert not page.parsed.links
