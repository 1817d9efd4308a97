"""Links judged by what git knows, in every state that a work tree can be in, with git itself."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from doclint import run
from doclint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace


def rules(space: Workspace) -> list[str]:
    return [finding.rule for finding in space.check()]


def checked(folder: Path, *select: str) -> list[tuple[str, str]]:
    found = run.check([], Settings(select=select or ("default",)), str(folder)).findings
    return [(finding.rule, finding.path) for finding in found]


def git(folder: Path, *arguments: str) -> None:
    allowed = ("-c", "protocol.file.allow=always", "-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *allowed, *arguments], capture_output=True, check=True)


@pytest.mark.parametrize("index", ["--no-sparse-index", "--sparse-index"])
def test_a_sparse_checkout_knows_what_is_not_checked_out(workspace: MakeWorkspace, index: str) -> None:
    space = workspace(
        {"a/b.md": "[c](../c/d.md#title) [e](../c/e.png) [f](../c/d.md#gone)\n", "c/d.md": "# Title\n", "c/e.png": b"x"}
    )
    space.git("sparse-checkout", "set", "--cone", index, "a")
    assert not (space.root / "c").exists()
    [finding] = space.check()
    assert (finding.rule, finding.path) == ("missing-anchor", "a/b.md")


def test_a_sparse_checkout_reads_users_of_images_from_the_index(workspace: MakeWorkspace) -> None:
    space = workspace({"a/x.png": b"x", "c/d.md": "![x](../a/x.png)\n", "c/s.css": "url(y.png)", "a/y.png": b"x"})
    space.git("sparse-checkout", "set", "--cone", "a")
    assert not space.check(select=("orphan-image",))


def test_lines_of_a_file_that_is_not_checked_out_are_counted(workspace: MakeWorkspace) -> None:
    space = workspace({"a/b.md": "[c](../c/d.py#L3)\n", "c/d.py": "1\n2\n3\n"})
    space.git("sparse-checkout", "set", "--cone", "a")
    assert not space.check(select=("line-out-of-range",))
    space.write({"a/b.md": "[c](../c/d.py#L4)\n"})
    assert [finding.rule for finding in space.check(select=("line-out-of-range",))] == ["line-out-of-range"]


def test_a_staged_rename_counts_and_not_what_the_last_commit_has(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md) [c](c.md)\n", "b.md": ""})
    space.git("mv", "b.md", "c.md")
    [finding] = space.check()
    assert finding.message == 'no file "b.md" in the repository'


def test_a_staged_rename_of_letter_case_counts(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "b.md": ""})
    space.git("mv", "b.md", "B.md")
    assert rules(space) == ["wrong-case"]


def test_a_file_that_is_deleted_but_not_removed_still_exists(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md#title)\n", "b.md": "# Title\n"})
    (space.root / "b.md").unlink()
    assert not rules(space)
    space.git("rm", "--quiet", "--cached", "b.md")
    assert rules(space) == ["missing-file"]


def test_a_file_that_was_removed_from_the_index_alone_is_untracked(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "b.md": ""})
    space.git("rm", "--quiet", "--cached", "b.md")
    assert rules(space) == ["untracked-target"]


def test_an_intent_to_add_is_tracked(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n"})
    space.write({"b.md": ""})
    space.git("add", "--intent-to-add", "b.md")
    assert not rules(space)


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_flags_of_the_index_change_nothing(workspace: MakeWorkspace, flag: str) -> None:
    space = workspace({"a.md": "[b](b.md) [c](c.md)\n", "b.md": ""})
    space.git("update-index", flag, "b.md")
    assert [finding.message for finding in space.check()] == ['no file "c.md" in the repository']


def test_an_ignored_file_does_not_exist(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](build/b.md) [c](kept/c.md)\n", ".gitignore": "build/\nkept/\n", "kept/c.md": ""})
    space.write({"build/b.md": ""})
    assert [finding.message for finding in space.check()] == ['no file "build/b.md" in the repository']


def test_a_submodule_is_there_whether_checked_out_or_not(workspace: MakeWorkspace) -> None:
    inner = workspace({"x.md": "[gone](gone.md)\n"})
    space = workspace({"a.md": "[m](lib) [n](lib/) [o](lib/x.md)\n"})
    git(space.root, "submodule", "--quiet", "add", str(inner.root), "lib")
    assert [finding.message for finding in space.check()] == [
        '"lib/x.md" lies inside the submodule "lib", which is another repository'
    ]
    space.commit({})
    git(space.root, "submodule", "--quiet", "deinit", "--force", "lib")
    assert rules(space) == ["missing-file"]
    assert checked(inner.root) == [("missing-file", "x.md")]


def test_an_image_in_a_submodule_is_no_orphan_of_ours(workspace: MakeWorkspace) -> None:
    inner = workspace({"x.png": b"x"})
    space = workspace({"a.md": "# A\n"})
    git(space.root, "submodule", "--quiet", "add", str(inner.root), "lib")
    assert not space.check(select=("orphan-image",))


def test_symbolic_links(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md) [c](d/c.md) [e](e.md)\n", "real/c.md": ""})
    os.symlink("real/c.md", space.root / "b.md")
    os.symlink("real", space.root / "d")
    os.symlink("nowhere.md", space.root / "e.md")
    space.commit({})
    assert [finding.message for finding in space.check()] == [
        '"d/c.md" lies behind the symbolic link "d", not followed by the site'
    ]


def test_a_symbolic_link_that_is_checked_out_as_a_file_stays_one(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "c.md": ""})
    os.symlink("c.md", space.root / "b.md")
    space.commit({})
    space.git("config", "core.symlinks", "false")
    (space.root / "b.md").unlink()
    space.write({"b.md": "c.md"})
    assert not rules(space)


def test_a_linked_work_tree_has_an_index_of_its_own(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "b.md": ""})
    other = space.root.parent / "other"
    space.git("worktree", "add", "--quiet", "-b", "next", str(other))
    git(other, "mv", "b.md", "c.md")
    assert checked(other) == [("missing-file", "a.md")]
    assert checked(space.root) == []


def test_a_shallow_clone_is_checked_and_repaired_like_any_other(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# Grüße\n\n[b](gone.md)\n"})
    space.commit({"a.md": "# GrÃ¼ÃŸe aus KÃ¶ln, schÃ¶n und frÃ¼h\n\n[b](gone.md)\n"})
    clone = space.root.parent / "clone"
    git(space.root.parent, "clone", "--quiet", "--depth", "1", space.root.as_uri(), str(clone))
    assert checked(clone) == checked(space.root)
    assert ("missing-file", "a.md") in checked(clone)


def test_a_merge_that_is_not_done_lists_each_file_once(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "one\n", "b.md": "[a](a.md)\n"})
    space.git("checkout", "--quiet", "-b", "other")
    space.commit({"a.md": "two\n"})
    space.git("checkout", "--quiet", "main")
    space.commit({"a.md": "three\n"})
    with pytest.raises(subprocess.CalledProcessError):
        space.git("merge", "other")
    assert not rules(space)


OWN = "https://github.com/Owner/Name/blob/main"


@pytest.mark.parametrize(
    "remote", ["https://github.com/owner/name.git", "git@github.com:Owner/Name", "ssh://git@github.com/owner/name"]
)
def test_own_addresses_are_checked_offline(workspace: MakeWorkspace, remote: str) -> None:
    links = [
        f"{OWN}/b.md#title",
        f"{OWN}/b.md#gone",
        f"{OWN}/c.md",
        f"{OWN}/src",
        "https://github.com/owner/other/blob/main/c.md",
    ]
    links += ["https://github.com/owner/name/blob/v1/c.md", "https://github.com/owner/name/issues/1"]
    space = workspace({"a.md": "".join(f"<{link}>\n\n" for link in links), "b.md": "# Title\n", "src/x.py": ""})
    space.git("remote", "add", "origin", remote)
    assert [(finding.rule, finding.place.line) for finding in space.check()] == [
        ("missing-anchor", 3),
        ("missing-file", 5),
    ]


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("L1", False),
        ("L3", False),
        ("L1-L3", False),
        ("L2C1-L3C4", False),
        ("L4", True),
        ("L1-L4", True),
        ("L3-L10", True),
        ("L4C1", True),
        ("L1C9-L4C1", True),
    ],
)
def test_lines_of_relative_and_of_own_addresses(workspace: MakeWorkspace, fragment: str, found: bool) -> None:
    space = workspace(
        {"a.md": f"[x](x.py#{fragment}) {OWN}/x.py#{fragment} [y](x.py?plain=1#{fragment})\n", "x.py": "1\n2\n3\n"}
    )
    space.git("remote", "add", "origin", "https://github.com/owner/name")
    assert len(space.check(select=("line-out-of-range",))) == (3 if found else 0)
    assert not space.check()
