"""[disk] What git knows; the only door to it.

Every call starts git once, with a list of words and never through a shell. The environment stays as it is, because a
hook says there which index it means; only the language of git's messages is fixed, because they are compared.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Protocol

from doclint.disk import inside
from doclint.model import FileKind, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from subprocess import CompletedProcess

    from doclint.history import Step

# The modes in git's index and trees that are no regular file's (100644, 100755).
KINDS = {"120000": FileKind.SYMLINK, "160000": FileKind.SUBMODULE}

# https://github.com/OWNER/REPOSITORY.git, ssh://git@github.com/OWNER/REPOSITORY, git@github.com:OWNER/REPOSITORY
_GITHUB_REMOTE = r"(?i)(?:https?://|ssh://|git://)?(?:[^@/]+@)?github\.com[:/]+([^/]+)/([^/]+?)(?:\.git)?/?"


class GitError(UsageError):
    """Git refused, or the folders are not in one repository."""


def top_level(folders: Iterable[str], cwd: str) -> str | None:
    """Return the top level of the repository that holds all the folders; None outside git, or without git.

    Raises:
        GitError: They lie in several repositories, in a bare one, or git refuses.
    """
    if "GIT_DIR" in os.environ:
        # Hooks set it. The top level then is GIT_WORK_TREE or, without, the folder that git is started in.
        folders = [cwd]
    # A hook may name thousands of files: git is asked once for all folders below the same `.git`.
    by_holder = {_holder(folder): folder for folder in dict.fromkeys(folders)}
    tops = {_ask_top_level(folder) for folder in by_holder.values()}
    if len(tops) > 1:
        raise GitError("the paths lie in more than one repository; run doclint once for each")
    return tops.pop()


def _holder(folder: str) -> str | None:
    """Return the nearest folder, going upward, that holds `.git`."""
    above = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(above, ".git")):
        above, below = os.path.dirname(above), above
        if above == below:
            return None
    return above


def _ask_top_level(folder: str) -> str | None:
    try:
        answer = ask(folder, "rev-parse", "--show-toplevel")
    except FileNotFoundError:  # git is not installed
        return None
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror}; see to its permissions") from error
    # "not a git repository: PATH", on the other hand, speaks of a GIT_DIR or a `.git` that leads nowhere.
    if answer.stderr.startswith(b"fatal: not a git repository (or any"):
        return None
    if answer.returncode:
        raise failure(folder, answer)
    return os.path.realpath(os.fsdecode(answer.stdout.removesuffix(b"\n")))


def list_files(top: str, root: str) -> tuple[dict[str, FileKind], frozenset[str]]:
    """Return what git tracks below `root`, with its kind, and what it neither tracks nor ignores.

    Raises:
        GitError: `root` is not in the repository whose top level is `top`, or git fails.
    """
    if (below := inside(root, top)) is None:
        raise GitError(f"the root {root!r} lies outside the repository {top!r}; correct the settings")
    listing = ask(top, "ls-files", "-z", "-t", "-s", "-o", "--exclude-standard")
    if listing.returncode:
        raise failure(top, listing)
    prefix = f"{below}/" if below else ""
    # "? NAME", else "H MODE HASH STAGE\tNAME" (H or another letter), for an unmerged file once a stage.
    entries = os.fsdecode(listing.stdout).split("\0")[:-1]
    kind_of, plain = KINDS.get, FileKind.FILE
    tracked = {entry[entry.index("\t") + 1 :]: kind_of(entry[2:8], plain) for entry in entries if entry[0] != "?"}
    # What ends in a slash is a repository inside this one.
    untracked = [entry[2:] for entry in entries if entry[0] == "?" and entry[-1] != "/"]
    if prefix:
        start = len(prefix)
        tracked = {name[start:]: kind for name, kind in tracked.items() if name.startswith(prefix)}
        untracked = [name[start:] for name in untracked if name.startswith(prefix)]
    return tracked, frozenset(untracked)


def staged(root: str, path: str) -> bytes | None:
    """Return the content of a tracked file from git's index; None if git has none."""
    answer = ask(root, "cat-file", "blob", f":./{path}")
    return None if answer.returncode else answer.stdout


def all_staged(root: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield tracked files with their contents from git's index, asked for at once; none with a line end in its name."""
    asked = [path for path in paths if "\n" not in path]
    if not asked:
        return
    answer = ask(root, "cat-file", "--batch", given=os.fsencode("".join(f":./{path}\n" for path in asked))).stdout
    position = 0
    for path in asked:
        # "HASH blob SIZE", the content and a line end; else "NAME missing".
        line_end = answer.find(b"\n", position)
        words = answer[position:line_end].split(b" ")
        position = line_end + 1
        if len(words) == 3 and words[1] == b"blob":
            yield path, answer[position : position + int(words[2])]
            position += int(words[2]) + 1


def older_lines(root: str, path: str) -> Iterator[str]:
    """Yield the lines that a tracked file had before, newest first, as far as they are UTF-8 and not ASCII.

    The last commit's come first, then the lines that earlier commits took away; renames are followed.
    """
    head = ask(root, "cat-file", "blob", f"HEAD:./{path}")
    log = ask(root, "log", "-p", "-U0", "--follow", "--no-color", "--no-ext-diff", "--format=", "--", path)
    removed = (line[1:] for line in log.stdout.split(b"\n") if line.startswith(b"-") and not line.startswith(b"---"))
    for data in (*head.stdout.split(b"\n"), *removed):
        if not data.isascii():
            try:
                yield data.decode("utf-8")
            except UnicodeDecodeError:
                continue


_MOST_COMMITS = 2_000
_MOST_NAMES = 10_000_000
"""So far back git is asked for what happened to files: so many commits, or so many names of files in all of them.

To compare two commits takes as long as there are files in their folders.
"""


class Memory(Protocol):
    """Keeps one answer of git that never changes."""

    def recall(self, question: str) -> bytes | None:
        """Return the answer to a question, if it is known."""
        ...

    def keep(self, question: str, answer: bytes) -> None:
        """Keep an answer in the place of the one before."""
        ...


def steps(root: str, files: int, memory: Memory | None = None) -> Iterator[Step]:
    """Yield what happened to the files below `root`, the newest first: what is staged, then commit before commit.

    A merge counts as one commit: what it brought to the branch that it was made on. Nothing comes of a repository
    without commits.

    Args:
        root: Absolute path of the folder.
        files: How many files there are.
        memory: Keeps what happened up to a commit.
    """
    form = ("-M", "--diff-filter=RDM", "--raw", "-z", "--no-abbrev", "--relative", "--no-color", "--no-ext-diff")
    yield from _steps(ask(root, "diff", "--cached", *form).stdout)
    far = min(_MOST_COMMITS, _MOST_NAMES // max(files, 1))
    # Of a shallow clone more may be known tomorrow.
    head, _, shallow = ask(root, "rev-parse", "HEAD", "--is-shallow-repository").stdout.decode().partition("\n")
    question = " ".join((*form, f"{far} commits up to {head}"))
    log = memory.recall(question) if memory is not None else None
    if log is None:
        # Two calls, because git counts only the commits that it shows.
        oldest = ask(root, "rev-list", "--first-parent", "--max-count=1", f"--skip={far}", "HEAD").stdout
        range_ = f"{oldest.decode().strip()}..HEAD" if oldest.strip() else "HEAD"
        log = ask(root, "log", "--first-parent", "-m", *form, "--format=", range_, "--").stdout
        if memory is not None and shallow.strip() == "false":
            memory.keep(question, log)
    yield from _steps(log)


def _steps(raw: bytes) -> Iterator[Step]:
    """Read `:MODE MODE BLOB BLOB STATUS NUL PATH NUL`, with a second path behind a rename."""
    from doclint.history import Step  # here, because a check whose links are whole asks for no history

    fields = iter(os.fsdecode(raw).split("\0"))
    for meta in fields:
        # A NUL stands between commits, too.
        if not meta.strip():
            continue
        _, _, blob, _, status = meta.strip().split(" ")
        old = next(fields)
        match status[0]:
            case "R":
                yield Step(old, next(fields), int(status[1:]), blob)
            case "D":
                yield Step(old, None, 0, blob)
            case _:
                yield Step(old, old, 100, blob)


def blobs(root: str, names: Sequence[str]) -> Iterator[bytes | None]:
    """Yield the contents of blobs, by hash or as `:./PATH` for the index, in one call; None for each that is not there.

    A name holds no line end.
    """
    if not names:
        return
    answer = ask(root, "cat-file", "--batch", given=b"".join(os.fsencode(name) + b"\n" for name in names))
    rest = answer.stdout
    while rest:
        head, _, rest = rest.partition(b"\n")
        if head.endswith(b" missing"):
            yield None
            continue
        size = int(head.rpartition(b" ")[2])
        yield rest[:size]
        rest = rest[size + 1 :]


def move(root: str, old: str, new: str) -> None:
    """Give a tracked file, or a folder that holds one, another name: in git's index and on the disk (`git mv`).

    What is staged stays staged and what is not stays so; what git does not track moves along with its folder.

    Raises:
        GitError: Git refuses, as when something is there under `new`; then nothing has changed.
    """
    answer = ask(root, "mv", "--", old, new)
    if answer.returncode:
        raise failure(root, answer)


def unmerged(root: str) -> bool:
    """Tell whether a merge has left conflicts in the index."""
    answer = ask(root, "ls-files", "-u", "-z")
    if answer.returncode:
        raise failure(root, answer)
    return bool(answer.stdout)


def origin(root: str) -> str:
    """Return the address of the remote `origin`; "" where there is none."""
    return os.fsdecode(ask(root, "config", "--get", "remote.origin.url").stdout).strip()


def github_repository(root: str) -> tuple[str, str] | None:
    """Return owner and name, lower-cased, of the GitHub repository that the remote `origin` leads to, if it does."""
    match = re.fullmatch(_GITHUB_REMOTE, origin(root))
    return (match[1].lower(), match[2].lower()) if match else None


def default_branch(root: str) -> str | None:
    """Return the branch that the site shows first: what `origin` says, else the current one if main or master."""
    answer = ask(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    if not answer.returncode:
        return os.fsdecode(answer.stdout).strip().removeprefix("origin/")
    branch = os.fsdecode(ask(root, "symbolic-ref", "--short", "HEAD").stdout).strip()
    return branch if branch in ("main", "master") else None


def ask(folder: str, *arguments: str, given: bytes = b"") -> CompletedProcess[bytes]:
    """Return what git answers in a folder; `given` is its standard input.

    Raises:
        OSError: Git cannot be started.
    """
    import subprocess

    # A partial clone must not fetch what it lacks: no network is used.
    fixed = {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    command = ["git", "-C", folder, *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, env={**os.environ, **fixed})


def failure(folder: str, answer: CompletedProcess[bytes]) -> GitError:
    """Say in one line what git said, and what to do."""
    lines = os.fsdecode(answer.stderr).splitlines()
    said = next((line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")), "gave no reason")
    remedy = f"see what `git status` says in {folder!r}"
    if "work tree" in said:
        remedy = f"{folder!r} is in none, so name a folder of a checkout"
    elif "dubious ownership" in said:
        remedy = f"if you trust its owner, run: {lines[-1].strip()}"
    return GitError(f"git: {said}; {remedy}")
