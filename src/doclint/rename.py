"""[disk] Guarded renames: in git's index and on the disk; never over what is there, never through symbolic links."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from doclint import git
from doclint.model import FileKind
from doclint.moves import upward
from doclint.write import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doclint.model import Files, Rename


class Renamer:
    """Makes renames one after the other, the deepest first; all speak of `files`, which are those before any."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._root = os.path.realpath(files.root)

    def obstacle(self, rename: Rename) -> str:
        """Return why a rename cannot be made; "" where it can.

        Something may be there under the new name, also what git ignores; what is to be renamed may be gone, or lie
        behind a symbolic link; or a symbolic link may lead to it.
        """
        old, new = (os.path.join(self._root, path) for path in (rename.old, rename.new))
        if os.path.dirname(new) != os.path.dirname(old):
            return "it would go to another folder"
        if os.path.realpath(os.path.dirname(old)) != os.path.normpath(os.path.dirname(old)):
            return "it lies behind a symbolic link"
        if not os.path.lexists(old):
            return "it is not on the disk"
        # On a disk that folds letter case or normal forms this finds what has almost the same name.
        if os.path.lexists(new):
            return f'there is something called "{os.path.basename(new)}" on the disk already'
        link = self._links.get(rename.old)
        return "" if link is None else f'the symbolic link "{link}" leads to it'

    def carry_out(self, rename: Rename) -> None:
        """Make a rename: with git where git tracks what is renamed, or something in it.

        Raises:
            WriteError: There is an obstacle, or git or the disk refuses. Nothing has changed then.
        """
        if reason := self.obstacle(rename):
            raise WriteError(reason)
        try:
            if rename.old in self._in_index:
                git.move(self._root, rename.old, rename.new)
            else:
                os.rename(os.path.join(self._root, rename.old), os.path.join(self._root, rename.new))
        except git.GitError as error:
            raise WriteError(str(error)) from error
        except OSError as error:
            raise WriteError((error.strerror or str(error)).lower()) from error

    @cached_property
    def _in_index(self) -> frozenset[str]:
        """The files and folders that git's index knows."""
        return frozenset(part for path in self._files.tracked for part in upward(path) if self._files.in_git)

    @cached_property
    def _links(self) -> Mapping[str, str]:
        """Files and folders that the text of a symbolic link names, each with the link."""
        found: dict[str, str] = {}
        for link, text in symbolic_links(self._files, self._root):
            found |= dict.fromkeys(upward(leads_to(self._root, link, text)), link)
        return found


def symbolic_links(files: Files, root: str) -> Iterator[tuple[str, str]]:
    """Yield each tracked symbolic link that is on the disk, with its text."""
    for link, kind in files.tracked.items():
        if kind is FileKind.SYMLINK:
            try:
                yield link, os.readlink(os.path.join(root, link))
            except OSError:
                continue


def leads_to(root: str, link: str, text: str) -> str:
    """Return the path below `root`, perhaps beginning with `../`, that a symbolic link with this text names."""
    target = os.path.normpath(os.path.join(root, os.path.dirname(link), text))
    return os.path.relpath(target, root).replace(os.sep, "/")
