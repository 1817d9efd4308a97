"""The pages of an index: each by itself, or several of one folder that are looked at together until one is asked for.

On all pages of a folder a destination means the same. So what their links come to is found out for all of them at once,
and of a page whose links all lead to what is there, no more is ever made than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from doclint.formats import Format, format_of
from doclint.model import Intact, LinkKind, Page
from doclint.plain_links import FolderLinks, by_folder, folder_links
from doclint.value import Value

if TYPE_CHECKING:
    from doclint.areas import Areas
    from doclint.kept import AnchorNames
    from doclint.model import Links, Parsed
    from doclint.shelf import Shelf


class Bundle(Value):
    """Pages right in one folder which the same host shows.

    Attributes:
        paths: The pages, sorted.
        telling: Those that say more than where their links lead and which anchors they have.
        links: What their links come to; None where that is to be asked for each link.
    """

    paths: tuple[str, ...]
    telling: frozenset[str]
    links: FolderLinks | None


class Pages(Mapping[str, Page]):
    """Pages by their paths. Those of bundles are made when they are asked for, and kept then.

    Args:
        made: Those that are there.
        bundles: Those that are made when they are asked for.
        shelf: Knows these.
        make: Makes one of them.
    """

    def __init__(
        self,
        made: Mapping[str, Page],
        bundles: Iterable[Bundle] = (),
        shelf: Shelf | None = None,
        make: Callable[[str], Page] | None = None,
    ) -> None:
        self._made = dict(made)
        self._shelf = shelf
        self._make = make
        self._bundles = tuple(bundles)
        self._singles: dict[str, tuple[Page, Bundle]] = {}
        self._bundled = {path: bundle for bundle in self._bundles for path in bundle.paths}

    def revised(self, pages: Mapping[str, Page]) -> Pages:
        """Return the same with further pages, none of which is in a bundle, or with others in the places of some."""
        if self._bundles and not self._bundled.keys().isdisjoint(pages):
            return Pages({**self, **pages})
        other = Pages({**self._made, **pages}, (), self._shelf, self._make)
        other._bundles, other._bundled, other._singles = self._bundles, self._bundled, self._singles
        return other

    def __getitem__(self, path: str) -> Page:
        page = self._made.get(path)
        if page is None:
            if path not in self._bundled or self._make is None:
                raise KeyError(path)
            page = self._made[path] = self._make(path)
        return page

    def __contains__(self, path: object) -> bool:
        return path in self._made or path in self._bundled

    def __iter__(self) -> Iterator[str]:
        yield from self._bundled
        yield from (path for path in self._made if path not in self._bundled)

    def __len__(self) -> int:
        return len(self._made.keys() | self._bundled.keys())

    @property
    def singles(self) -> Sequence[Page]:
        """The pages that are in no bundle."""
        # At once: who looks at them may ask for a page of a bundle, which is made then.
        return [page for path, page in self._made.items() if path not in self._bundled]

    @property
    def bundles(self) -> Iterator[Bundle]:
        """All pages, each that is by itself as a bundle of one."""
        yield from self._bundles
        for page in self.singles:
            yield self.bundle_of(page.path)

    def bundle_of(self, path: str) -> Bundle:
        """Return the bundle in which a page is, or a page by itself."""
        if (bundle := self._bundled.get(path)) is not None:
            return bundle
        page = self[path]
        known = self._singles.get(path)
        if known is None or known[0] is not page:
            known = self._singles[path] = page, _alone(page)
        return known[1]

    def links(self, path: str) -> Links:
        """Return the links of a page, which is not made for that."""
        if path not in self._made and self._shelf is not None and path in self._bundled:
            return self._shelf.links(path)
        return self[path].parsed.links

    def parsed(self, path: str) -> Parsed:
        """Return the parse of a page, which is not made for that; code and blocks may be missing."""
        if path not in self._made and self._shelf is not None and path in self._bundled:
            return self._shelf.parsed(path)
        return self[path].parsed

    def anchor_names(self, path: str) -> AnchorNames | None:
        """Return what is known of the names of a page's anchors, to be added to; None where nothing keeps them."""
        if self._shelf is None or path not in self._shelf:
            return None
        # Of any other page the text may be another one than on the shelf.
        is_kept = path not in self._made or isinstance(self._made[path].content, Intact)
        return self._shelf.anchor_names(path) if is_kept else None


def _alone(page: Page) -> Bundle:
    """Return a bundle of one page."""
    links = page.parsed.links
    apart = links.has(LinkKind.WIKI) or format_of(page.path) is Format.RST
    found = None if apart else folder_links(page.path.rpartition("/")[0], [(page.path, links)])
    return Bundle((page.path,), frozenset((page.path,)), found)


def bundled(shelf: Shelf, paths: Iterable[str], areas: Areas) -> Iterator[Bundle]:
    """Yield pages that are on the shelf, none of which is to be asked alone, in bundles."""
    for folder, inside in by_folder(paths).items():
        for part in areas.parted(folder, inside):
            telling = frozenset(filter(shelf.is_telling, part))
            yield Bundle(tuple(part), telling, shelf.folder_links(folder, part))
