"""Which host shows which folder of the repository, and so what links and anchors mean on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.sites import PATHS
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from doclint.sites import Paths
    from doclint.slug import Flavour

# What github.com shows in places of its own stays GitHub's, also where the top of the repository is a site.
_OF_GITHUB = frozenset(
    {"readme", "contributing", "code_of_conduct", "security", "support", "changelog", "license", "governance"}
)


class Build(Value):
    """What the build of a site adds to the files of the repository; all names in small letters.

    Attributes:
        brought: The folders that it fills, each with a slash behind; "" for any.
        gone: Returns the pages that are no more, whose addresses lead elsewhere; there may be thousands.
    """

    brought: tuple[str, ...] = ()
    gone: Callable[[], frozenset[str]] = frozenset

    def adds(self, path: str) -> bool:
        """Tell whether something may be at a path, although no such file is in the repository."""
        name = path.lower()
        if f"{name}/".startswith(self.brought):
            return True
        gone = self.gone()
        return name in gone or f"{name}.md" in gone


class Area(Value):
    """A folder and the host that shows it.

    Attributes:
        folder: The folder, relative to the root; "" is the root.
        flavour: The host.
        root: The folder where `/` begins on the site.
        build: What the site's build adds, as far as that is known.
    """

    folder: str
    flavour: Flavour
    root: str = ""
    build: Build | None = None

    @property
    def paths(self) -> Paths | None:
        """What paths mean there; None where a path is a file of the repository."""
        return PATHS.get(self.flavour.name)

    def holds(self, path: str) -> bool:
        """Tell whether a page or a folder lies in the area."""
        return not self.folder or path == self.folder or path.startswith(f"{self.folder}/")


class Areas(Value):
    """All areas of a repository.

    Attributes:
        elsewhere: The host of every page outside of them.
        areas: The areas; the innermost counts.
        guessed: Whether they were guessed, so that what is GitHub's own at the top stays GitHub's.
    """

    elsewhere: Flavour
    areas: tuple[Area, ...] = ()
    guessed: bool = False

    def of(self, path: str) -> Area:
        """Return the area of a page."""
        outside = Area("", self.elsewhere)
        if self.guessed and _is_of_github(path):
            return outside
        return max(
            (area for area in self.areas if area.holds(path)), key=lambda area: len(area.folder), default=outside
        )

    def parted(self, folder: str, paths: Sequence[str]) -> list[list[str]]:
        """Return pages that lie right in `folder`, those together that are in the same area."""
        if folder or not self.guessed:
            return [list(paths)]
        of_github = [path for path in paths if _is_of_github(path)]
        others = [path for path in paths if not _is_of_github(path)]
        return [part for part in (of_github, others) if part]

    @property
    def any_case(self) -> bool:
        """Whether letter case does not count in the paths of some page."""
        return any(area.paths is not None and area.paths.windows for area in self.areas)

    def moved(self, where: Callable[[str], str]) -> Areas:
        """Return the areas once every folder is where `where` says: a folder that moves as a whole stays an area."""
        areas = tuple(Area(where(area.folder), area.flavour, where(area.root), area.build) for area in self.areas)
        return Areas(self.elsewhere, areas, guessed=self.guessed)


def _is_of_github(path: str) -> bool:
    return path.startswith(".github/") or ("/" not in path and path.partition(".")[0].lower() in _OF_GITHUB)


def areas_of(elsewhere: Flavour, folders: Iterable[tuple[str, Flavour]]) -> Areas:
    """Return the areas that the settings name: pairs of a folder and its host; `/` begins in the folder."""
    # Of two that name the same folder the later counts.
    last = dict(folders)
    return Areas(elsewhere, tuple(Area(folder, flavour, folder) for folder, flavour in last.items()))
