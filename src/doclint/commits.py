"""[disk] What differs between a commit, git's index and the disk, as git tells; without a look at any text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.git import KINDS, GitError, ask, failure
from doclint.model import FileKind
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = "000000"
"""The mode of what is not there."""


class Entry(Value):
    """A file that differs between two states of a repository.

    Attributes:
        old: Its path in the older state; None where it was not there.
        new: Its path in the newer state; None where it is not there.
        kind: What it was in the older state; None where it was not there.
        content: The name of its older content in git; "" where there is none.
    """

    old: str | None
    new: str | None
    kind: FileKind | None
    content: str


def commit_of(top: str, ref: str) -> str:
    """Return the commit that a user means by `ref`.

    Raises:
        GitError: There is no such commit here.
    """
    answer = ask(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if answer.returncode:
        if _is_shallow(top):
            remedy = "the clone is shallow: fetch more of its history (fetch-depth: 0 in a workflow, `git fetch`)"
        else:
            remedy = "name a commit, branch or tag that `git rev-parse` knows, or fetch it first"
        raise GitError(f"there is no commit {ref!r} here; {remedy}")
    return _line(answer.stdout)


def head(top: str) -> str | None:
    """Return the commit that is checked out; None before the first."""
    answer = ask(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return None if answer.returncode else _line(answer.stdout)


def parted_at(top: str, commit: str, ref: str) -> str:
    """Return the commit at which HEAD parted from `commit`, which the user calls `ref`, as `git diff REF...` has it.

    Of two histories without a common commit it is `commit` itself.

    Raises:
        GitError: The clone is too shallow to tell.
    """
    answer = ask(top, "merge-base", commit, "HEAD")
    if not answer.returncode:
        return _line(answer.stdout)
    if _is_shallow(top):
        raise GitError(
            f"the clone is too shallow to tell where HEAD parted from {ref!r}; "
            "fetch more of its history (fetch-depth: 0 in a workflow, `git fetch --unshallow`)"
        )
    return commit


def is_merging(top: str) -> bool:
    """Tell whether a merge waits to be committed."""
    return not ask(top, "rev-parse", "--verify", "--quiet", "MERGE_HEAD").returncode


def staged_since(top: str, root: str, commit: str | None) -> list[Entry]:
    """Return what differs between a commit (None: one without files) and git's index; a rename is one entry.

    Raises:
        GitError: Git fails.
    """
    since = [commit] if commit else []
    return _entries(top, root, "--cached", "--find-renames", "--ignore-submodules=dirty", *since)


def not_staged(top: str, root: str) -> list[Entry]:
    """Return what differs between git's index and the disk. A file that is only announced (`add -N`) was not there.

    Raises:
        GitError: Git fails.
    """
    return _entries(top, root, "--no-renames", "--ignore-submodules=all")


def contents(top: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return the contents that git keeps under these names.

    Raises:
        GitError: Git fails, or lacks one of them.
    """
    wanted = dict.fromkeys(names)
    if not wanted:
        return {}
    answer = ask(top, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    if answer.returncode:
        raise failure(top, answer)
    found: dict[str, bytes] = {}
    data, position = answer.stdout, 0
    for name in wanted:
        # "NAME blob SIZE\n", the content and "\n"; or "NAME missing\n".
        end = data.index(b"\n", position)
        kind, _, size = data[position:end].decode().partition(" ")[2].partition(" ")
        position = end + 1
        if kind != "blob":
            raise GitError(f"git has no content {name}: the clone is not whole; see what `git fsck` says in {top!r}")
        found[name] = data[position : position + int(size)]
        position += int(size) + 1
    return found


def _entries(top: str, root: str, *arguments: str) -> list[Entry]:
    answer = ask(top, "diff", "--raw", "--no-abbrev", "-z", *arguments, "--")
    if answer.returncode:
        raise failure(top, answer)
    prefix = "" if root == top else f"{Path(root).relative_to(top).as_posix()}/"
    fields = iter(os.fsdecode(answer.stdout).split("\0")[:-1])
    found: dict[tuple[str | None, str | None], Entry] = {}
    for field in fields:
        # ":MODE MODE CONTENT CONTENT STATUS", the path, and of a rename the new path
        old_mode, _, content, _, status = field.removeprefix(":").split(" ")
        path = next(fields)
        new_path = next(fields) if status[0] in "RC" else path
        old = _below(prefix, path) if old_mode != _NOTHING else None
        new = _below(prefix, new_path) if status != "D" else None
        if (old is None and new is None) or (status == "U" and "--cached" not in arguments):
            # It lies elsewhere; or it is unmerged, and told once more as what it is on the disk.
            continue
        kind = KINDS.get(old_mode, FileKind.FILE) if old is not None else None
        # An unmerged file is told twice; the second time with its content.
        found[old, new] = Entry(old, new, kind, content if old is not None else "")
    return list(found.values())


def _below(prefix: str, path: str) -> str | None:
    return path.removeprefix(prefix) if path.startswith(prefix) else None


def _is_shallow(top: str) -> bool:
    return _line(ask(top, "rev-parse", "--is-shallow-repository").stdout) == "true"


def _line(answer: bytes) -> str:
    return os.fsdecode(answer).strip()
