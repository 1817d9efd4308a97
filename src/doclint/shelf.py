"""[disk] The parses that are known before a page is read: from the cache, or from other processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint import decode
from doclint.workers import jobs_for, parse_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.cache import Cache
    from doclint.kept import Found
    from doclint.model import Parsed, Source
    from doclint.reading import Wanted


class Shelf:
    """Parses by page.

    Args:
        root: Absolute path of the repository.
        cache: What earlier runs have kept, and what this one keeps.
        wanted: What the run wants to know of its pages.
    """

    def __init__(self, root: str, cache: Cache, wanted: Wanted) -> None:
        self._root = root
        self._cache = cache
        self._wanted = wanted
        self._found: dict[str, Found | None] = {}
        self._ascii: set[str] = set()

    def find(self, path: str) -> Found | None:
        """Return what is known of a page, if the page is as it was when it was parsed."""
        if path not in self._found:
            self._found[path] = self._look(path)
        return self._found[path]

    def is_ascii(self, path: str) -> bool:
        """Tell whether a page whose parse is known is all ASCII."""
        return path in self._ascii or self._cache.is_ascii(path)

    def keep(self, source: Source, parsed: Parsed) -> Found:
        """Keep a page that was read from the disk, and about whose encoding nothing is to be said."""
        if source.text.isascii():
            self._ascii.add(source.path)
        found = self._found[source.path] = self._cache.add(source, parsed)
        return found

    def parse_ahead(self, paths: Sequence[str], jobs: int | None) -> None:
        """Let several processes parse the pages at `paths` whose parse is not known, where that pays."""
        unknown = [path for path in paths if self.find(path) is None]
        if (number := jobs_for(len(unknown), jobs)) > 1:
            for path, kept in parse_all(self._root, unknown, self._wanted, number).items():
                self._found[path] = self._cache.take(path, kept)

    def _look(self, path: str) -> Found | None:
        found = self._cache.unchanged(path)
        if found is None and self._cache.has(path):
            try:
                return self._cache.same(path, decode.read_bytes(self._root, path))
            except OSError:
                return None  # who reads it next says why
        return found
