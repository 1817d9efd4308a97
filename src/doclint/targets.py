"""What the links of pages mean: each destination is resolved once for all pages on which it means the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.formats import Format, format_of
from doclint.model import InRepo, LinkKind, Outside, Target, Web
from doclint.moves import upward
from doclint.resolve import Site, resolve
from doclint.sites import PATHS_OF_FORMAT
from doclint.value import Draft, replace

if TYPE_CHECKING:
    from doclint.areas import Area, Areas
    from doclint.model import Files, Link
    from doclint.wiki_names import WikiNames


class Ground(Draft):
    """What a destination means follows from this, and is known for all pages that have it in common.

    Attributes:
        area: The host of the pages.
        rst: Whether they are reStructuredText.
        by_folder: Whether all pages of a folder have it in common that the same host shows in the same format.
        known: What destinations mean there.
    """

    area: Area
    rst: bool
    by_folder: bool
    known: dict[str, Target]


class Targets:
    """What links mean in a repository.

    Args:
        files: What there is.
        areas: Which host shows which folder.
        site: The repository on github.com, if it is one.
    """

    def __init__(self, files: Files, areas: Areas, site: Site | None) -> None:
        self.site = site
        self._files = files
        self._areas = areas
        self._grounds: dict[str, Ground] = {}
        self._shared: dict[tuple[str, str, str, Format | None], Ground] = {}

    def area(self, path: str) -> Area:
        """Return the area of a page."""
        return self.ground(path).area

    def ground(self, path: str) -> Ground:
        """Return what tells, but for the destination itself, what a link on a page means."""
        ground = self._grounds.get(path)
        if ground is None:
            area, form = self._areas.of(path), format_of(path)
            # On a site a path may also start behind the page's own address.
            by_folder = (area.paths is None or not area.paths.behind) and form not in PATHS_OF_FORMAT
            key = (path.rpartition("/")[0] if by_folder else path, area.folder, area.flavour.name, form)
            ground = self._shared.setdefault(key, Ground(area, form is Format.RST, by_folder, {}))
            self._grounds[path] = ground
        return ground

    def target(self, path: str, link: Link) -> Target:
        """Return what a link on the page at `path` means."""
        if link.kind is LinkKind.WIKI:
            return self.wiki_names.target(path, link.destination)
        target = self.meaning(path, link.destination)
        if self.ground(path).rst and link.kind is not LinkKind.IMAGE and self._is_of_sphinx(path):
            return _address(target)
        return target

    def meaning(self, path: str, destination: str) -> Target:
        """Return what a destination means on the page at `path`, that of a wiki link or of Sphinx apart."""
        ground = self.ground(path)
        target = ground.known.get(destination)
        if target is None:
            target = ground.known[destination] = resolve(path, destination, self.site, ground.area)
        return target

    @cached_property
    def wiki_names(self) -> WikiNames:
        """The names under which wiki links find files."""
        from doclint.wiki_names import WikiNames  # here, because most repositories have no wiki links

        return WikiNames(self._files.tracked)

    def _is_of_sphinx(self, path: str) -> bool:
        """Tell whether a page lies below a configuration of Sphinx."""
        return any(f"{folder}/conf.py".lstrip("/") in self._files.tracked for folder in (*upward(path), ""))


def _address(target: Target) -> Target:
    """Return what a link means to Sphinx, an address of the site that it builds; only images are files."""
    match target:
        case InRepo():
            return replace(target, judged=False)
        case Outside(path):
            return Web(path)
        case _:
            return target
