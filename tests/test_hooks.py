"""doclint as a hook: of git itself, and of pre-commit where it is installed."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
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


# ----------------------------------------------------------------------------------- pre-commit, as its users have it


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, package_index: None) -> Shelf:  # noqa: ARG001 - may skip
    """doclint as a repository at a commit and as a wheel, and a home in which pre-commit keeps what it installs."""
    folder = tmp_path_factory.mktemp("shelf")
    source = folder / "doclint"
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src"):
        take = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        source.mkdir(exist_ok=True)
        take(ROOT / name, source / name)
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        subprocess.run(["git", *identity, *words], cwd=source, check=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder / "wheels")]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=source, capture_output=True, text=True, check=True)
    return Shelf(folder, source, head.stdout.strip())


class Shelf:
    """Where the hooks come from."""

    def __init__(self, folder: pathlib.Path, source: pathlib.Path, commit: str) -> None:
        self.source = source
        self.commit = commit
        self._folder = folder
        # No programs but git, Python, and what hooks of git are started with.
        self._programs = folder / "programs"
        self._programs.mkdir()
        pythons = ("python", "python3", f"python3.{sys.version_info.minor}")
        for name in ("git", "bash", "sh", "env", "dirname", *pythons):
            if (program := shutil.which(name)) is not None:
                (self._programs / name).symlink_to(program)

    def environment(self, *, online: bool) -> dict[str, str]:
        """Return the environment of pre-commit, while it installs or afterwards, without any network."""
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        kept |= {"PRE_COMMIT_HOME": str(self._folder / "home"), "GIT_ALLOW_PROTOCOL": "file"}
        if online:
            links = f"{kept.get('PIP_FIND_LINKS', '')} {self._folder / 'wheels'}".strip()
            return kept | {"PIP_FIND_LINKS": links}
        dead = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        return kept | dead | {"PIP_NO_INDEX": "1", "PATH": str(self._programs)}

    def run(self, space: Workspace, *words: str, online: bool = False) -> subprocess.CompletedProcess[str]:
        """Run pre-commit in a repository."""
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *words],
            cwd=space.root,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(online=online),
        )

    def commit_offline(self, space: Workspace) -> subprocess.CompletedProcess[str]:
        """Commit what is staged, with the hooks and without a network."""
        identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
        return subprocess.run(
            ["git", *identity, "commit", "--quiet", "--message", "some work"],
            cwd=space.root,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(online=False),
        )


@pytest.fixture(params=["from its repository", "from an index, as `doclint init --hook` writes it"])
def installed(request: pytest.FixtureRequest, shelf: Shelf, workspace: MakeWorkspace) -> Workspace:
    """A repository with both hooks installed by pre-commit, in an environment of their own."""
    from doclint import __version__
    from doclint.init import hook

    by_index = "index" in request.param
    origin = hook.Origin(__version__, "" if by_index else str(shelf.source), shelf.commit)
    text = hook.with_hooks(None, origin)
    assert text is not None
    space = workspace({**TREE, hook.FILE: text})
    for words in (["install"], ["install-hooks"]):
        done = shelf.run(space, *words, online=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return space


@needs_pre_commit
class TestInstalledHooks:
    def test_a_commit_is_judged_and_repaired_without_network(self, installed: Workspace, shelf: Shelf) -> None:
        space = installed
        # A link breaks in a page that the commit leaves alone, and nobody can say what it should be.
        space.git("rm", "--quiet", "b.md")
        done = shelf.commit_offline(space)
        assert (done.returncode, found(done)) == (1, ["a.md:3 missing-file"]), done.stdout + done.stderr
        space.git("reset", "--quiet", "--hard")

        # A heading is renamed: the link to it is mended in the page that the commit leaves alone, and damage is
        # repaired; both are on the disk, and to be staged.
        rename_heading(space)
        space.write({"c d/ü.md": "# C\n\nUn cafÃ© crÃ¨me.\n"})
        space.git("add", "--all")
        done = shelf.commit_offline(space)
        assert done.returncode == 1
        assert "files were modified by this hook" in done.stdout + done.stderr
        assert "](b.md#new-name)" in space.read("a.md").decode()
        assert space.read("c d/ü.md").decode() == "# C\n\nUn café crème.\n"
        assert "cafÃ©" in space.git("show", ":c d/ü.md")

        space.git("add", "--all")
        done = shelf.commit_offline(space)
        assert done.returncode == 0, done.stdout + done.stderr
        assert space.git("show", "HEAD:c d/ü.md").endswith("Un café crème.")
