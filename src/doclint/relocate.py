"""[disk] One file or folder to any other place: what stands in the way, the move itself, and the way back.

In git it goes as `git mv` goes, in the index and on the disk; outside git the disk alone is asked. Nothing is ever
written over, and nothing goes through a symbolic link.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from doclint import git
from doclint.formats import format_of
from doclint.model import FileKind, Files, UsageError
from doclint.moves import Relocation, upward
from doclint.rename import leads_to, symbolic_links
from doclint.write import WriteError

if TYPE_CHECKING:
    from collections.abc import Sequence


def relocation(files: Files, old: str, new: str, cwd: str) -> Relocation:
    """Return the move that the user typed as `old` and `new` in the folder `cwd`.

    Where `new` is a folder, or ends with a slash and `old` is a file, `old` goes into it.

    Raises:
        UsageError: It cannot be made; one line says why, and what to do.
    """
    root = os.path.realpath(files.root)
    source, target = _below(root, cwd, old), _below(root, cwd, new)
    start = os.path.join(root, source)
    if not source:
        raise UsageError(f"{old!r} is the root itself, which stays where it is; name something in it")
    if not os.path.lexists(start):
        raise UsageError(f"no such file or folder: {old!r}; paths start from {cwd!r}")
    end = os.path.join(root, target)
    if _same_name(source, target) and os.path.lexists(end) and os.path.samefile(start, end):
        raise UsageError(f"this disk takes {new!r} for {old!r}: move it to another name first, then to this one")
    into = os.path.isdir(end) and not os.path.islink(end)
    if into or (new.endswith(("/", os.sep)) and not os.path.isdir(start)):
        target = f"{target}/{source.rpartition('/')[2]}".lstrip("/")
    move = Relocation(source, target)
    _refuse_place(files, root, move, old, new)
    _refuse_old(files, root, move, old)
    return move


def carry_out(files: Files, move: Relocation) -> list[str]:
    """Make a move, with the folders that it needs, and return these, the outermost first.

    Raises:
        WriteError: Git or the disk refuses; then all is as it was.
    """
    root = os.path.realpath(files.root)
    made: list[str] = []
    try:
        for folder in reversed([*upward(move.new)][1:]):
            if not os.path.lexists(os.path.join(root, folder)):
                os.mkdir(os.path.join(root, folder))
                made.append(folder)
        _move(files, root, move)
    except (git.GitError, OSError) as error:
        _remove_empty(root, made)
        reason = str(error) if isinstance(error, git.GitError) else (error.strerror or str(error)).lower()
        raise WriteError(reason) from error
    return made


def take_back(files: Files, move: Relocation, made: Sequence[str]) -> None:
    """Undo `carry_out`, which made the folders `made`.

    Raises:
        WriteError: Git or the disk refuses.
    """
    carry_out(files, move.back)
    _remove_empty(os.path.realpath(files.root), made)


def leave(files: Files, move: Relocation, cwd: str) -> None:
    """Remove the folders that a move has left empty, as git does; never the one that the user is in."""
    here = os.path.realpath(cwd)
    root = os.path.realpath(files.root)
    emptied = [folder for folder in upward(move.old) if folder != move.old]
    _remove_empty(root, [folder for folder in reversed(emptied) if not _holds(os.path.join(root, folder), here)])


def _below(root: str, cwd: str, path: str) -> str:
    """Return what `path`, typed in `cwd`, is called below the root; "" for the root."""
    name = os.path.relpath(os.path.join(os.path.realpath(cwd), path), root).replace(os.sep, "/")
    if not path or name == ".." or name.startswith("../"):
        raise UsageError(f"{path!r} lies outside {root!r}; name a place below it")
    return "" if name == "." else name


def _refuse_place(files: Files, root: str, move: Relocation, old: str, new: str) -> None:
    """Refuse a place where nothing can be put."""
    end = os.path.join(root, move.new)
    if move.new == move.old:
        raise UsageError(f"{old!r} is there already, and stays")
    if os.path.isfile(os.path.join(root, move.old)) and format_of(move.old) is not format_of(move.new):
        raise UsageError(f"{move.new!r}: a page keeps the ending of one, or its links are read no more; name it so")
    if move.new.startswith(f"{move.old}/"):
        raise UsageError(f"{old!r} cannot go into itself; name another place than {new!r}")
    if os.path.lexists(end) or move.new in files.tracked:
        raise UsageError(f"{move.new!r} is there already; name another place, or remove it first")
    if ".git" in move.new.split("/"):
        raise UsageError(f"{new!r} lies in a folder of git's own; name another place")
    for folder in [*upward(move.new)][1:]:
        path = os.path.join(root, folder)
        if files.tracked.get(folder) is FileKind.SUBMODULE:
            raise UsageError(f"{new!r} lies in the submodule {folder!r}, another repository; name another place")
        if os.path.lexists(path) and (os.path.islink(path) or not os.path.isdir(path)):
            raise UsageError(f"{new!r}: {folder!r} is no folder; name another place")


def _refuse_old(files: Files, root: str, move: Relocation, old: str) -> None:
    """Refuse what cannot be moved without a loss."""
    start = os.path.join(root, move.old)
    if os.path.realpath(start) != os.path.normpath(start):
        raise UsageError(f"{old!r} is, or lies behind, a symbolic link; name what it leads to")
    inside = [path for path in files.tracked if move(path) != path]
    if not inside:
        why = "git does not track it: `git add` it first, or move it by `mv`" if files.in_git else "it holds no file"
        raise UsageError(f"{old!r}: {why}")
    if files.in_git and git.unmerged(root):
        raise UsageError("git is in the middle of a merge with conflicts; resolve and `git add` them first")
    for path in inside:
        if files.tracked[path] is FileKind.SUBMODULE:
            raise UsageError(f"{old!r}: {path!r} is a submodule, whose place git records; move it by `git mv`")
    for link, text in symbolic_links(files, root):
        # The text of a symbolic link stays as it is, so it must be right as it is.
        if leads_to(root, move(link), text) != move(target := leads_to(root, link, text)):
            raise UsageError(f"{old!r}: the symbolic link {link!r} to {target!r} would break; remove it first")


def _move(files: Files, root: str, move: Relocation) -> None:
    if files.in_git:
        git.move(root, move.old, move.new)
    else:
        os.rename(os.path.join(root, move.old), os.path.join(root, move.new))


def _remove_empty(root: str, folders: Sequence[str]) -> None:
    """Remove those of `folders`, the outermost first, that are empty."""
    for folder in reversed(folders):
        try:
            os.rmdir(os.path.join(root, folder))
        except OSError:
            # It is in use: there is something in it, or it is not ours to remove.
            return


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _same_name(one: str, other: str) -> bool:
    from unicodedata import normalize

    return one != other and normalize("NFC", one).casefold() == normalize("NFC", other).casefold()
