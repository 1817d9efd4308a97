"""[disk] What lies below a folder, never seen through a symbolic link; nothing is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from doclint.model import NOTHING, FileKind, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Folders that a walk does not enter: what other tools keep there is not the author's.
_FOREIGN = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", ".doclint_cache"})


def mode_of(path: str) -> int:
    """Return the mode of what lies under a path, without following it; 0 when nothing can be seen there."""
    return look_at(path).mode


def look_at(path: str) -> Look:
    """Return what the disk knows of what lies under a path, without following it; zeros when nothing can be seen."""
    try:
        there = os.lstat(path)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return NOTHING
    return Look(there.st_mode, there.st_size, there.st_mtime_ns, there.st_ctime_ns)


def inside(path: str, folder: str) -> str | None:
    """Return what `path` is called below a folder, with `/`, "" for the folder itself; None where it lies elsewhere.

    Both are absolute and normal. (pathlib says the same, and takes longer to load than all names of a run to look at.)

    >>> inside("/repo/docs/a.md", "/repo"), inside("/repo", "/repo"), inside("/repository", "/repo")
    ('docs/a.md', '', None)
    """
    start = folder if folder.endswith(os.sep) else folder + os.sep
    if os.path.normcase(path) == os.path.normcase(folder):
        return ""
    if not os.path.normcase(path).startswith(os.path.normcase(start)):
        return None
    return path[len(start) :].replace(os.sep, "/")


class Disk:
    """What lies below the root, never seen through a symbolic link."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._obstacles: dict[str, str | None] = {"": None}
        self.looks: dict[str, Look] = {}

    def mode(self, name: str) -> int:
        """Return the mode of a file; 0 when it is not there, or behind something that is no folder.

        It is looked at once; `looks` holds what was seen of those that were asked for.
        """
        look = self.looks.get(name)
        if look is None:
            look = look_at(f"{self._root}/{name}") if self.obstacle(name) is None else NOTHING
            self.looks[name] = look
        return look.mode

    def obstacle(self, name: str) -> str | None:
        """Return the outermost of the folders above a file that is in fact no folder, if any."""
        parent = name.rpartition("/")[0]
        unknown: list[str] = []
        while parent not in self._obstacles:
            unknown.append(parent)
            parent = parent.rpartition("/")[0]
        found = self._obstacles[parent]
        for folder in reversed(unknown):
            if found is None and not stat.S_ISDIR(mode_of(f"{self._root}/{folder}")):
                found = folder
            self._obstacles[folder] = found
        return found


class Absent(AbstractSet[str]):
    """Those of many files that are not on the disk. A file is looked for when it is asked for: most never are.

    Args:
        names: The files.
        mode: Returns the mode of a file, 0 when it is not there; always the same.
    """

    def __init__(self, names: Iterable[str], mode: Callable[[str], int]) -> None:
        self._names = frozenset(names)
        self._mode = mode

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._names and not self._mode(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if not self._mode(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @classmethod
    def _from_iterable(cls, names: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        # What `collections.abc.Set` makes of a union or a difference.
        return frozenset(names)


def walk(root: str) -> tuple[dict[str, FileKind], frozenset[str]]:
    """Return every file and symbolic link below a folder, passing over folders that cannot be read."""
    tracked: dict[str, FileKind] = {}
    waiting = [""]  # a list, because os.walk calls itself and fails in a very deep folder
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(f"{root}/{prefix}") as entries:
                names = sorted(entry.name for entry in entries)
        except OSError:
            continue
        for name in names:
            mode = mode_of(f"{root}/{prefix}{name}")
            if stat.S_ISREG(mode):
                tracked[f"{prefix}{name}"] = FileKind.FILE
            elif stat.S_ISLNK(mode):
                tracked[f"{prefix}{name}"] = FileKind.SYMLINK
            elif stat.S_ISDIR(mode) and name not in _FOREIGN:
                waiting.append(f"{prefix}{name}/")
    return tracked, frozenset()
