from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from doclint import decode, mending
from doclint.model import Finding, Safety, Source
from doclint.plan import Plan, plan
from doclint.settings import Settings
from doclint.together import groups, write_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace

posix = pytest.mark.skipif(os.name != "posix", reason="needs the permissions of a POSIX system")

DAMAGED = "# CafÃ© menu\n\n[a](Guide.md)\n"
REPAIRED = "# Café menu\n\n[a](guide.md)\n"
HELD = "# CafÃ© menu\n\n[a](guide.md)\n"
"""What becomes of the page where its heading must stay as it is: the other fix is none of the heading's business."""

LINKING = "See [the menu](page.md#cafã-menu).\n"
MOVED = "See [the menu](page.md#café-menu).\n"


def repository(workspace: MakeWorkspace, **more: str) -> Workspace:
    return workspace({"page.md": DAMAGED, "other.md": LINKING, "guide.md": "", **more})


def texts(space: Workspace) -> tuple[str, str]:
    return space.read("page.md").decode(), space.read("other.md").decode()


def held(space: Workspace, level: Safety = Safety.SAFE) -> dict[str, str]:
    return {held.path: held.reason for held in space.fix(level=level).held_back}


# ------------------------------------------------------------------------------------------------- asked beforehand


def test_both_are_written(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    assert held(space) == {}
    assert texts(space) == (REPAIRED, MOVED)


@posix
def test_a_read_only_page_with_a_link_holds_the_heading_back(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    (space.root / "other.md").chmod(0o444)
    assert held(space) == {
        "other.md": "it is read-only",
        "page.md": "a fix there also changes other.md, which is not written: it is read-only",
    }
    assert texts(space) == (HELD, LINKING)


@posix
def test_what_is_held_back_stays_reported_and_is_not_ours(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    (space.root / "other.md").chmod(0o444)
    outcome = space.fix()
    assert [(finding.path, finding.rule) for finding in outcome.findings] == [("page.md", "mojibake")]
    assert [(change.path, change.fixes) for change in outcome.changed] == [("page.md", 1)]
    assert not any(held.ours for held in outcome.held_back)


@posix
def test_a_read_only_page_with_the_heading_holds_the_link_back(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    (space.root / "page.md").chmod(0o444)
    assert held(space) == {
        "page.md": "it is read-only",
        "other.md": "a fix there also changes page.md, which is not written: it is read-only",
    }
    assert texts(space) == (DAMAGED, LINKING)


@posix
def test_other_pages_are_written(workspace: MakeWorkspace) -> None:
    space = repository(workspace, **{"free.md": "CafÃ©\n"})
    (space.root / "other.md").chmod(0o444)
    space.fix()
    assert space.read("free.md").decode() == "Café\n"


@posix
def test_two_headings_and_one_page_at_fault(workspace: MakeWorkspace) -> None:
    space = repository(workspace, **{"page2.md": "# ThÃ© vert\n", "b.md": "[a](page2.md#thã-vert)\n"})
    (space.root / "b.md").chmod(0o444)
    space.fix()
    assert texts(space) == (REPAIRED, MOVED)
    assert space.read("page2.md").decode() == "# ThÃ© vert\n"


def test_a_page_with_a_link_that_is_not_checked_out(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    (space.root / "other.md").unlink()
    assert held(space)["other.md"] == "it is no longer there"
    assert space.read("page.md").decode() == HELD


def test_a_page_that_cannot_hold_the_new_anchor(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    # windows-1252 has the `ä` of the damaged anchor, not the letters of the repaired one.
    monkeypatch.setattr(decode, "_proposals", lambda _: ("cp1252",))
    damaged = "# 两丢两丢\n".encode().decode("cp1252")
    linking = "Grüße, [a](page.md#ääää)\n".encode("cp1252")
    space = workspace({"page.md": damaged, "other.md": linking})
    reasons = held(space)
    assert "save the page as UTF-8 first" in reasons["other.md"]
    assert "other.md" in reasons["page.md"]
    assert space.tree() == {"page.md": damaged.encode(), "other.md": linking}


def test_a_page_that_changes_during_the_run(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = repository(workspace)

    def interrupted(findings: Sequence[Finding], *arguments: Any) -> Plan:  # noqa: ANN401 - as `plan` has them
        space.write({"other.md": f"{LINKING}One more line.\n"})
        return plan(findings, *arguments)

    monkeypatch.setattr(mending, "plan", interrupted)
    assert "changed meanwhile" in held(space)["page.md"]
    assert texts(space) == (HELD, f"{LINKING}One more line.\n")


def test_standard_input_changes_no_other_page(workspace: MakeWorkspace) -> None:
    space = repository(workspace)
    outcome = mending.fix((), Settings(), str(space.root), stdin=("page.md", DAMAGED.encode()))
    assert [(change.path, change.after) for change in outcome.changed] == [("page.md", HELD)]
    assert {held.path: held.reason for held in outcome.held_back} == {
        "other.md": "only the page on standard input is written",
        "page.md": "a fix there also changes other.md, which is not written: "
        "only the page on standard input is written",
    }


# --------------------------------------------------------------------------------------------- refused in the middle


def refusing(name: str, monkeypatch: pytest.MonkeyPatch, *, times: int = 9) -> None:
    """Make the disk refuse to take `name`, so many times."""
    replace, left = os.replace, [times]

    def refuse(source: str, target: str) -> None:
        if target.endswith(name) and left[0]:
            left[0] -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)


@pytest.mark.parametrize("name", ["other.md", "page.md"])
def test_what_was_written_of_a_group_is_put_back(
    name: str, workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = repository(workspace, **{"free.md": "CafÃ©\n"})
    refusing(name, monkeypatch)
    outcome = space.fix()
    assert texts(space) == (DAMAGED, LINKING)
    assert [change.path for change in outcome.changed] == ["free.md"]
    assert {held.path for held in outcome.held_back} == {"page.md", "other.md"}
    assert sorted(finding.rule for finding in outcome.findings) == ["mojibake", "wrong-case"]


def test_what_cannot_be_put_back_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [Source(name, "old\n") for name in ("a.md", "b.md", "c.md")]
    for source in sources:
        (tmp_path / source.path).write_bytes(b"old\n")
    replace = os.replace
    done: list[str] = []

    def refuse(source: str, target: str) -> None:
        if done:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        done.append(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    reasons = write_together(str(tmp_path), [(source, "new\n") for source in sources])
    assert set(reasons) == {"b.md", "c.md"}
    assert [(tmp_path / source.path).read_bytes() for source in sources] == [b"new\n", b"old\n", b"old\n"]


@pytest.mark.parametrize(
    ("paths", "joined", "expected"),
    [
        ("", [], []),
        ("ab", [], [("a",), ("b",)]),
        ("ab", ["ab"], [("a", "b")]),
        ("abcd", ["ab", "cd", "bc"], [("a", "b", "c", "d")]),
        ("abcd", ["bd"], [("a",), ("b", "d"), ("c",)]),
        ("ac", ["ab", "bc"], [("a",), ("c",)]),  # what does not change joins nothing
        ("ab", ["cd"], [("a",), ("b",)]),
    ],
)
def test_groups(paths: str, joined: list[str], expected: list[tuple[str, ...]]) -> None:
    assert groups(list(paths), [frozenset(pages) for pages in joined]) == expected
