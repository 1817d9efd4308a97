"""doclint as a hook: of git itself, and of pre-commit where it is installed."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the hooks are shell scripts")

ROOT = pathlib.Path(__file__).parent.parent
COMMAND = f"{sys.executable} -m doclint"
DEBT = "[oven](oven.md)\n"
TREE = {
    "a.md": f"# A\n\n[b](b.md#old-name)\n\n{DEBT}",
    "b.md": f"# B\n\n## Old name\n\n{DEBT}",
    "c d/ü.md": f"# C\n\n{DEBT}",
}


def commit(space: Workspace, *words: str, cwd: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Commit what is staged, with the hooks."""
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *identity, "commit", "--quiet", "--message", "some work", *words],
        cwd=space.root / cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), **environment},
    )


def found(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what a hook found, as `path:line rule`."""
    report = done.stdout + done.stderr
    return [f"{match[1]} {match[2]}" for match in re.finditer(r"(?m)^(\S.*?:\d+):\d+: \w+ ([a-z-]+): ", report)]


def rename_heading(space: Workspace) -> None:
    space.write({"b.md": TREE["b.md"].replace("Old name", "New name")})


# ------------------------------------------------------------------------------------------------------- git's own hook


@pytest.fixture
def hooked(workspace: MakeWorkspace) -> Workspace:
    """A repository whose commits git hands to doclint, with the names of the files in them, gone ones too."""
    space = workspace(TREE)
    hook = space.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    names = "git diff --cached --name-only -z --no-renames"
    hook.write_text(f"#!/bin/sh\n{names} | xargs -0 {COMMAND} check --quiet --staged\n")
    hook.chmod(0o755)
    return space


def test_a_commit_beside_the_debt_goes_through(hooked: Workspace) -> None:
    hooked.write({"b.md": f"{TREE['b.md']}\nMore.\n", "c d/ü.md": f"# C\n\nMore.\n\n{DEBT}"})
    hooked.git("add", "--all")
    done = commit(hooked)
    assert (done.returncode, found(done)) == (0, []), done.stderr


def test_a_commit_that_breaks_a_link_elsewhere_does_not(hooked: Workspace) -> None:
    rename_heading(hooked)
    hooked.git("add", "--all")
    done = commit(hooked)
    assert done.returncode == 1
    assert found(done) == ["a.md:3 missing-anchor"]


def test_a_commit_that_only_deletes_is_checked(hooked: Workspace) -> None:
    hooked.git("rm", "--quiet", "b.md")
    assert found(commit(hooked)) == ["a.md:3 missing-file"]


def test_a_commit_that_only_renames_is_checked(hooked: Workspace) -> None:
    hooked.git("mv", "b.md", "c d/b.md")
    assert found(commit(hooked)) == ["a.md:3 missing-file"]


@pytest.mark.parametrize("words", [("--all",), ("b.md",), ("--include", "b.md")])
def test_what_git_stages_for_the_commit_itself_is_checked(hooked: Workspace, words: tuple[str, ...]) -> None:
    rename_heading(hooked)
    assert found(commit(hooked, *words)) == ["a.md:3 missing-anchor"]


def test_a_commit_of_other_files_alone_is_not_held_up(hooked: Workspace) -> None:
    rename_heading(hooked)
    hooked.git("add", "b.md")
    hooked.write({"c d/ü.md": f"# C\n\nMore.\n\n{DEBT}"})
    done = commit(hooked, "--only", "c d/ü.md")
    assert (done.returncode, found(done)) == (0, []), done.stderr


def test_a_commit_from_a_folder_below_is_checked(hooked: Workspace) -> None:
    rename_heading(hooked)
    assert found(commit(hooked, "--all", cwd="c d")) == ["a.md:3 missing-anchor"]


def test_the_first_commit_is_checked(hooked: Workspace) -> None:
    hooked.git("update-ref", "-d", "HEAD")
    assert found(commit(hooked)) == ["a.md:5 missing-file", "b.md:5 missing-file", "c d/ü.md:3 missing-file"]


def test_a_commit_that_mends_goes_through(hooked: Workspace) -> None:
    hooked.write({"a.md": "# A\n"})
    assert commit(hooked, "--all").returncode == 0


# ----------------------------------------------------------------------------------------------------------- pre-commit


needs_pre_commit = pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")


@pytest.fixture
def managed(workspace: MakeWorkspace, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A repository with the hook `doclint` as the hooks file defines it, but for where doclint comes from."""
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    hook = hooks.partition("- id: doclint-fix")[0].replace("language: python", "language: system")
    hook = hook.replace("entry: doclint ", f"entry: {COMMAND} ")
    local = "".join(f"    {line}\n" for line in hook.splitlines())
    space = workspace({**TREE, ".pre-commit-config.yaml": f"repos:\n- repo: local\n  hooks:\n{local}"})
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    pre_commit(space, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
    return space


def pre_commit(space: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *words],
        cwd=space.root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )


@needs_pre_commit
class TestPreCommit:
    def test_debt_stays_silent(self, managed: Workspace) -> None:
        managed.write({"b.md": f"{TREE['b.md']}\nMore.\n"})
        managed.git("add", "--all")
        done = commit(managed)
        assert (done.returncode, found(done)) == (0, []), done.stderr

    def test_a_renamed_heading_is_reported_in_the_untouched_page(self, managed: Workspace) -> None:
        rename_heading(managed)
        managed.git("add", "--all")
        assert found(commit(managed)) == ["a.md:3 missing-anchor"]

    def test_a_deletion_alone_is_checked(self, managed: Workspace) -> None:
        managed.git("rm", "--quiet", "b.md")
        assert found(commit(managed)) == ["a.md:3 missing-file"]

    def test_a_rename_alone_is_checked(self, managed: Workspace) -> None:
        managed.git("mv", "b.md", "B.md")
        assert found(commit(managed)) == ["a.md:3 wrong-case"]

    def test_a_commit_without_pages_goes_through(self, managed: Workspace) -> None:
        managed.write({"run.py": "1\n"})
        managed.git("add", "--all")
        assert commit(managed).returncode == 0

    def test_what_is_not_staged_does_not_count(self, managed: Workspace) -> None:
        managed.write({"c d/ü.md": f"# C\n\nMore.\n\n{DEBT}"})
        managed.git("add", "--all")
        rename_heading(managed)
        managed.write({"c d/ü.md": f"# C\n\n[x](gone.md)\n\n{DEBT}"})
        done = commit(managed)
        assert (done.returncode, found(done)) == (0, []), done.stdout + done.stderr

    def test_all_files_are_checked_in_full(self, managed: Workspace) -> None:
        done = pre_commit(managed, "run", "--all-files")
        assert found(done) == ["a.md:5 missing-file", "b.md:5 missing-file", "c d/ü.md:3 missing-file"]

    def test_a_range_of_commits_is_compared_with_its_beginning(self, managed: Workspace) -> None:
        rename_heading(managed)
        managed.git("add", "--all")
        managed.git("commit", "--quiet", "--no-verify", "--message", "some work")
        done = pre_commit(managed, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
        assert found(done) == ["a.md:3 missing-anchor"]

    def test_a_push_is_checked(self, managed: Workspace, tmp_path: pathlib.Path) -> None:
        subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "remote")], check=True)
        managed.git("remote", "add", "origin", str(tmp_path / "remote"))
        managed.git("push", "--quiet", "--no-verify", "origin", "main")
        rename_heading(managed)
        managed.git("add", "--all")
        managed.git("commit", "--quiet", "--no-verify", "--message", "some work")
        done = subprocess.run(
            ["git", "push", "--quiet", "origin", "main"],
            cwd=managed.root,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        )
        assert done.returncode != 0
        assert found(done) == ["a.md:3 missing-anchor"]

    def test_a_hook_of_ones_own_with_nothing_but_names_does_the_same(self, managed: Workspace) -> None:
        config = managed.read(".pre-commit-config.yaml").decode()
        assert "doclint check --staged" in config
        managed.write({".pre-commit-config.yaml": config.replace("doclint check --staged", "doclint check")})
        managed.git("commit", "--quiet", "--no-verify", "--all", "--message", "some work")
        rename_heading(managed)
        managed.git("add", "--all")
        assert found(commit(managed)) == ["a.md:3 missing-anchor"]
