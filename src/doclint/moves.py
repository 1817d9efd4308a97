"""Renames and moves, and what follows from them: where each file is afterwards; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from doclint.model import Files, Rename


class Relocation(Value):
    """One file or folder that goes anywhere: from the path `old` to the path `new`."""

    old: str
    new: str

    def __call__(self, path: str) -> str:
        """Return where `path` is afterwards.

        >>> Relocation("docs", "manual/en")("docs/a.md"), Relocation("docs", "manual/en")("docs.md")
        ('manual/en/a.md', 'docs.md')
        """
        inside = path == self.old or path.startswith(f"{self.old}/")
        return self.new + path[len(self.old) :] if inside else path

    @property
    def back(self) -> Relocation:
        """The way back."""
        return Relocation(self.new, self.old)


class Relocations(Value):
    """Files and folders that go elsewhere together, all of them spoken of by the paths before any goes."""

    each: tuple[Relocation, ...]

    def __call__(self, path: str) -> str:
        """Return where `path` is afterwards: what it says itself, or the innermost folder that goes.

        >>> Relocations((Relocation("a", "x"), Relocation("a/b.md", "c.md")))("a/b.md")
        'c.md'
        """
        # Asked of every file there is: most begin with none of the names.
        found = path
        longest = -1
        for one in self.each:
            if path.startswith(one.old) and len(one.old) > longest and (there := one(path)) != path:
                found, longest = there, len(one.old)
        return found

    @property
    def back(self) -> Relocations:
        """The way back."""
        return Relocations(tuple(one.back for one in self.each))


class Moves:
    """Where files and folders are once `renames` are made, all of them spoken of by the paths before any is made."""

    def __init__(self, renames: Iterable[Rename]) -> None:
        self._names: Mapping[str, str] = {rename.old: rename.new.rpartition("/")[2] for rename in renames}

    def __call__(self, path: str) -> str:
        """Return where `path` is afterwards.

        >>> from doclint.model import Rename
        >>> Moves([Rename("a/b", "a/x"), Rename("a", "y")])("a/b/c.md")
        'y/x/c.md'
        """
        if not self._names:
            return path
        parts = path.split("/")
        return "/".join(self._names.get("/".join(parts[: number + 1]), part) for number, part in enumerate(parts))

    def files(self, files: Files) -> Files:
        """Return `files` as they are afterwards."""

        def all_moved(paths: Iterable[str]) -> tuple[str, ...]:
            return tuple(sorted(map(self, paths)))

        return replace(
            files,
            pages=all_moved(files.pages),
            others=all_moved(files.others),
            tracked={self(path): kind for path, kind in files.tracked.items()},
            untracked=frozenset(all_moved(files.untracked)),
            absent=frozenset(all_moved(files.absent)),
        )

    def origins(self, paths: Iterable[str]) -> dict[str, str]:
        """Return, for those of the files `paths` and the folders above them that move: new path to old path."""
        there = {part for path in paths for part in upward(path)} if self._names else ()
        return {new: path for path in there if (new := self(path)) != path}


def deepest_first(renames: Collection[Rename]) -> list[Rename]:
    """Return `renames` in an order in which each finds its file where it was before all of them."""
    return sorted(renames, key=lambda rename: (-rename.old.count("/"), rename.old))


def upward(path: str) -> Iterator[str]:
    """Yield a path, and the folders that it lies in.

    >>> list(upward("a/b/c.md"))
    ['a/b/c.md', 'a/b', 'a']
    """
    while path:
        yield path
        path = path.rpartition("/")[0]
