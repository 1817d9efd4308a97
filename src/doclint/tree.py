"""What there is under a path: git's list of files, and the folders and alike names that follow from it."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.alike import decoded, folded
from doclint.model import FileKind, Files
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_READMES = ("readme.md", "readme.markdown", "readme.mdown", "readme.mkdn", "readme.mkd")


class Standing(Enum):
    """What is there under a path."""

    FILE = "file"
    FOLDER = "folder"
    WRONG_CASE = "another letter case, or another normal form of Unicode"
    UNTRACKED = "on the disk, but not tracked"
    IN_SUBMODULE = "inside a submodule"
    BEHIND_SYMLINK = "behind a symbolic link to a folder"
    MISSING = "missing"
    NOT_JUDGED = "an address that only the site's build can tell"


class Found(Value):
    """The answer to "what is there?"; `path` is the real one where it differs in letter case."""

    standing: Standing
    path: str


class Tree:
    """The files and folders of a repository, as a host that serves them knows them; nothing here reads the disk."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._found: dict[tuple[str, bool], Found] = {}

    def warm(self) -> None:
        """Make everything now that is made on first use, so that no later question takes long."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property):
                getattr(self, name)

    def look_up(self, path: str, *, folder: bool) -> Found:
        """Return what is there under `path`, which must be a folder or may be either."""
        key = (path, folder)
        if key not in self._found:
            self._found[key] = self._look_up(path, folder=folder)
        return self._found[key]

    def in_any_case(self, found: Found) -> Found:
        """Return what is there to a host to which letter case does not count."""
        if found.standing is not Standing.WRONG_CASE:
            return found
        return Found(Standing.FOLDER if found.path in self.folders else Standing.FILE, found.path)

    def spelled_alike(self, path: str, *, folder: bool) -> list[str]:
        """Return the files, or the folders, that `path` names if its percent-encoding is one too many or one too few.

        Letter case and normal forms do not count.
        """
        plain = decoded(path)
        found = list(self._by_folded_name.get(folded(plain), ())) if plain != path else []
        found += (other for other in self._by_decoded_name.get(folded(plain), ()) if other not in found)
        return [other for other in found if not folder or other in self.folders]

    def twins(self, path: str) -> list[str]:
        """Return the files and folders that differ from `path` at most in letter case or normal form."""
        return self._by_folded_name.get(folded(path), [])

    @cached_property
    def files(self) -> frozenset[str]:
        """The tracked files, without symbolic links and submodules."""
        return frozenset(path for path, kind in self._files.tracked.items() if kind is FileKind.FILE)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold a tracked file; "" is the root."""
        return _folders_of(self._files.tracked)

    @cached_property
    def by_basename(self) -> Mapping[str, list[str]]:
        """Lower-cased last part of a name to the tracked files that have it."""
        found = defaultdict(list)
        for path in self._files.tracked:
            found[path.rpartition("/")[2].lower()].append(path)
        return found

    def files_in(self, folder: str) -> list[str]:
        """Return the names of the tracked files right in `folder` ("" is the root)."""
        return self._files_by_folder.get(folder, [])

    def folders_in(self, folder: str) -> list[str]:
        """Return the names of the folders right in `folder` ("" is the root), sorted."""
        return self._folders_by_folder.get(folder, [])

    @cached_property
    def _folders_by_folder(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for path in sorted(self.folders - {""}):
            folder, _, name = path.rpartition("/")
            found[folder].append(name)
        return found

    @cached_property
    def _files_by_folder(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for path in self._files.tracked:
            folder, _, name = path.rpartition("/")
            found[folder].append(name)
        return found

    def _look_up(self, path: str, *, folder: bool) -> Found:
        kind = self._files.tracked.get(path)
        if kind is FileKind.SUBMODULE:
            return Found(Standing.FOLDER, path)
        if kind is not None and not folder:
            return Found(Standing.FILE, path)
        if path in self.folders:
            return Found(Standing.FOLDER, path)
        if (path in self._files.untracked and not folder) or path in self._untracked_folders:
            return Found(Standing.UNTRACKED, path)
        return self._elsewhere(path, folder=folder)

    def _elsewhere(self, path: str, *, folder: bool) -> Found:
        """Return why `path` is not there."""
        parent = path
        while parent := parent.rpartition("/")[0]:
            match self._files.tracked.get(parent):
                case FileKind.SUBMODULE:
                    return Found(Standing.IN_SUBMODULE, parent)
                case FileKind.SYMLINK:
                    return Found(Standing.BEHIND_SYMLINK, parent)
                case _:
                    pass
        twins = self.twins(path)
        if folder:
            twins = [twin for twin in twins if twin in self.folders]
        if len(twins) == 1:
            return Found(Standing.WRONG_CASE, twins[0])
        return Found(Standing.MISSING, path)

    @cached_property
    def _untracked_folders(self) -> frozenset[str]:
        return _folders_of(self._files.untracked) - {""}

    @cached_property
    def _by_folded_name(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for path in (*self._files.tracked, *self.folders):
            found[folded(path)].append(path)
        return found

    @cached_property
    def _by_decoded_name(self) -> Mapping[str, list[str]]:
        """The files and folders whose own names look percent-encoded."""
        found = defaultdict(list)
        for path in (*self._files.tracked, *self.folders):
            if "%" in path and (plain := decoded(path)) != path:
                found[folded(plain)].append(path)
        return found

    @cached_property
    def readmes(self) -> Mapping[str, str]:
        """The README that the host shows below the list of a folder's files."""
        found: dict[str, str] = {}
        for name in reversed(_READMES):
            for path in self.by_basename.get(name, ()):
                found[path.rpartition("/")[0]] = path
        return found


def _folders_of(paths: Mapping[str, FileKind] | frozenset[str]) -> frozenset[str]:
    folders = {""}
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return frozenset(folders)
