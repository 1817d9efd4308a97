"""Small repositories as a whole: what is reported on them, and what they are after `doclint fix`.

repos/<case>/before/       the repository
repos/<case>/expected.txt  what `doclint check`, `doclint fix` and `doclint check` print and end with, in this order
repos/<case>/after/        the repository after `doclint fix`
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

REPOS = pathlib.Path(__file__).parent / "repos"
CASES = sorted(folder.name for folder in REPOS.iterdir() if folder.is_dir())


def files(folder: pathlib.Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def said(space: Workspace, *words: str) -> str:
    """Return what doclint says, as it stands in `expected.txt`."""
    done = subprocess.run(
        [sys.executable, "-m", "doclint", *words], cwd=space.root, capture_output=True, timeout=60, check=False
    )
    assert done.stderr in (b"", b"doclint: nothing to write; `doclint check` shows what is left\n")
    output = done.stdout.decode().replace(str(space.root), "<ROOT>")
    return f"$ doclint {' '.join(words)}\n{output}[exit {done.returncode}]\n"


@pytest.mark.parametrize("case", CASES)
def test_repository(case: str, workspace: MakeWorkspace) -> None:
    before, after = files(REPOS / case / "before"), files(REPOS / case / "after")
    space = workspace(before)
    checked = said(space, "check")
    assert space.tree() == before, "check wrote"
    shown = said(space, "fix", "--diff")
    assert space.tree() == before, "--diff wrote"
    assert ("\n+++ b/" in shown) is (before != after)
    fixed = said(space, "fix")
    assert space.tree() == after
    left = said(space, "check")
    expected = (REPOS / case / "expected.txt").read_bytes().decode()
    assert f"{checked}\n{fixed}\n{left}" == expected
    said(space, "fix")
    assert space.tree() == after, "a second fix wrote"


@pytest.mark.parametrize("case", CASES)
def test_what_is_left_untouched_is_untouched(case: str) -> None:
    before, after = files(REPOS / case / "before"), files(REPOS / case / "after")
    assert before.keys() == after.keys()
    assert any(before[name] == after[name] for name in before), "every case holds a file that must stay as it is"
