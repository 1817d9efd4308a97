"""What links mean among the files that are there, before and after a move; pure.

On a page of a site a path may mean several files, and which of them it means depends on what is there: the first that
is. So a move that takes a file away, or puts one in, can change what a link means that nobody touched.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.model import FileKind, InRepo, Outside, Target, Web
from doclint.moves import upward
from doclint.resolve import Site, resolve
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from doclint.areas import Area, Areas
    from doclint.model import Files

    Where = Callable[[str], str]


class Meaning:
    """What links mean.

    Args:
        paths: The files that a link can mean, by their paths.
        areas: Which host shows which folder.
        site: As in `resolve`.
    """

    def __init__(self, paths: Iterable[str], areas: Areas, site: Site | None) -> None:
        self.paths = frozenset(paths)
        self.areas = areas
        self.site = site

    def __call__(self, page: str, destination: str) -> Target:
        """Return what a link on `page` means; what may be meant instead is left out, because this is what is meant."""
        target = resolve(page, destination, self.site, self.areas.of(page))
        if not isinstance(target, InRepo):
            return target
        for other in target.others:
            if other in self.paths:
                return InRepo(other, target.fragment)
        path = self._in_small_letters.get(target.path.lower(), target.path) if target.any_case else target.path
        return InRepo(path, target.fragment, target.folder)

    def area(self, page: str) -> Area:
        """Return the host of a page."""
        return self.areas.of(page)

    def has(self, path: str) -> bool:
        """Tell whether there is a file or a folder."""
        return path in self.paths or path in self._folders

    @cached_property
    def _in_small_letters(self) -> dict[str, str]:
        """The files and folders by their names in small letters."""
        return {path.lower(): path for path in (*self.paths, *self._folders)}

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(folder for path in self.paths for folder in upward(path))


class Move(Value):
    """What links mean before everything goes where `where` says, and afterwards.

    `where` makes of a path before the path afterwards, of any file or folder, whether there is one or not.
    """

    where: Where
    before: Meaning
    after: Meaning

    def wanted(self, page: str, target: Target) -> Target | None:
        """Return what a link must mean afterwards that meant `target` on the page of before.

        None where that does not depend on any place.
        """
        match target:
            case InRepo(path, fragment, folder):
                if self._is_beside_the_site(page, path):
                    return None
                return InRepo(self.where(path), fragment, folder)
            case Outside():
                return target
            case Web(url) if url == ".." or url.startswith("../"):
                return target
            case _:
                return None

    def _is_beside_the_site(self, page: str, path: str) -> bool:
        """Tell whether nothing is at `path`, beside a site that moves as a whole: then it is beside it on the web."""
        area = self.before.area(page)
        moves = area.paths is not None and self.where(area.root) != area.root
        return moves and not self.before.has(path) and not path.startswith(f"{area.root}/")


def move_of(files: Files, where: Where, areas: Areas, site: Site | None) -> Move:
    """Return what the files that git tracks mean before and after a move."""
    paths = [path for path, kind in files.tracked.items() if kind is FileKind.FILE]
    return Move(where, Meaning(paths, areas, site), Meaning(map(where, paths), areas.moved(where), site))


def same(one: Target, other: Target) -> bool:
    """Tell whether two targets are one place. A folder may be named with or without a slash behind it."""
    match one, other:
        case InRepo(path, fragment), InRepo(there, part):
            return (path, fragment) == (there, part)
        case _:
            return one == other
