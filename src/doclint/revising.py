"""[disk] The pages of a run that never ends: they change one by one, and the index follows without a new beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.bundles import Pages
from doclint.index import RepoIndex
from doclint.library import Library

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class RevisedLibrary(Library):
    """A library whose pages are read anew as they change."""

    def begun(self) -> RepoIndex:
        """Return an index without pages, for `revised` to fill."""
        named_files = self._find_named_files()
        return RepoIndex(
            self.files, {}, self._areas, names=self._names(), history=self._history, named_files=named_files
        )

    def revised(
        self, index: RepoIndex, paths: Collection[str], given: Mapping[str, bytes], coming: Collection[str] = ()
    ) -> RepoIndex:
        """Return `index` once the pages at `paths` are read anew; what does not depend on them is shared.

        It takes in the pages that it takes to judge those at `paths`, but for one thing: which links move along with a
        repaired name or heading is told of the pages that came in so far.

        Args:
            index: What came of `begun`, or of the last call.
            paths: The pages, new ones among them or not.
            given: Contents that count instead of those on the disk, from now on.
            coming: Pages that are about to come in by themselves.
        """
        self._given = given
        for path in paths:
            self._sources.pop(path, None)
            self._witnesses.forget(path)
        read = self._with_witnesses({path: self._page(path, {}) for path in (*paths, *self._witnesses.quoting)})
        site = self._find_site(Pages(read))
        pages = Pages({path: page for path, page in read.items() if index.pages.get(path) is not page})
        if not pages:
            return index
        first = index.revised(pages, site)
        wanted = {path for path in self._targets(pages, first) if path not in first.pages and path not in coming}
        targets = {path: self._page(path, {}) for path in sorted(wanted)}
        counts = self._line_counts(pages.revised(targets), first)
        return first.revised(targets, site, counts) if targets or counts else first

    def read_ahead(self, path: str) -> None:
        """Read a page that `revised` is about to be asked for, so that what takes long can be done bit by bit."""
        self._sources.pop(path, None)
        self._witnesses.forget(path)
        self._page(path, {})
