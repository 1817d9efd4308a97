"""[disk] The parses of a run's pages that are not damaged: taken from the cache, or made by one process or several.

A page is taken from the cache when its size and its times are those of before and the file was not written just before
it was looked at; otherwise when its bytes are the same. So a fresh clone, where all times are new, is read but not
parsed. Pages that are damaged are never put here: how they are repaired depends on others.
"""

from __future__ import annotations

import contextlib
import stat
from typing import TYPE_CHECKING

from doclint import decode
from doclint.disk import look_at
from doclint.kept import ALONE, ASCII, STRANGE, TELLING, Batch, Keeping, flags_of, packed
from doclint.plain_links import by_folder, folder_links, joined
from doclint.signatures import Signature, digest_of, signature_of
from doclint.watch import Watch, unwatched
from doclint.workers import ReadPage, jobs_for, read_all

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from doclint.cache import Cache
    from doclint.kept import AnchorNames
    from doclint.model import Links, Look, Parsed, Source
    from doclint.plain_links import FolderLinks
    from doclint.reading import Wanted

_FRESH = 2_000_000_000
"""Nanoseconds: within these a file can be written twice and have the same times, on the coarsest file systems."""

_SELDOM = 50
"""The cache is written anew when at least one page in so many is new to it, or what a page quotes must be."""


class Shelf:
    """Parses by page.

    Args:
        root: Absolute path of the repository.
        wanted: What the run wants to know of its pages.
        looks: What the disk knew of pages when they were looked for.
        cache: Where pages are kept from run to run; None where nothing is to be kept.
    """

    def __init__(self, root: str, wanted: Wanted, looks: Mapping[str, Look], cache: Cache | None = None) -> None:
        self._root = root
        self._looks = looks
        self._wanted = wanted
        self._cache = cache
        self._read: dict[str, ReadPage] = {}
        self._batched: dict[str, tuple[Batch, int]] = {}
        self._signatures: dict[str, Signature] = {}
        self._known: dict[str, Parsed] = {}
        # What was asked for last of each folder: to judge it, and then to keep it.
        self._folders: dict[str, tuple[tuple[str, ...], FolderLinks]] = {}
        self._loaded: Batch | None = None
        self._asked: frozenset[str] = frozenset()
        self._quoted: dict[str, frozenset[str]] = {}
        self._apart: dict[str, Signature] = {}
        self._witnesses = b""
        self._names: dict[str, AnchorNames] = {}

    def read(
        self, paths: Sequence[str], jobs: int | None, watch: Watch = unwatched, *, witnesses: Collection[str] = ()
    ) -> None:
        """Read pages; those that may be damaged are left.

        Args:
            paths: The pages.
            jobs: How many processes read; None for as many as pay.
            watch: Wants to know how far reading them is.
            witnesses: The pages that tell what others quote, which are tracked, if all of them are among `paths`.
        """
        self._witnesses = digest_of("\0".join(sorted(witnesses)).encode(errors="surrogateescape")) if witnesses else b""
        self._asked = frozenset(paths)
        self._loaded = self._cache.load() if self._cache is not None else None
        unknown = self._take(self._loaded, paths) if self._loaded is not None else paths
        processes = jobs_for(len(unknown), jobs)
        self._read, batches = read_all(
            self._root, unknown, self._wanted, processes, watch, signed=self._cache is not None
        )
        for batch in batches:
            self._batched.update((path, (batch, number)) for path, number in batch.number_of.items())

    def _take(self, batch: Batch, paths: Sequence[str]) -> list[str]:
        """Take pages from a batch that are as they were; return the others."""
        looks = [self._looks.get(path) for path in batch.paths]
        seen = [look for look in looks if look is not None and stat.S_ISREG(look.mode)]
        all_same = len(seen) == len(looks) and batch.all_unchanged(seen, _FRESH)
        others = []
        for path in paths:
            number = batch.number_of.get(path)
            if number is None or not (all_same or self._is_same(path, batch, number)):
                others.append(path)
            else:
                self._batched[path] = batch, number
                if path in batch.names:
                    self._names[path] = dict(batch.names[path])
        nothing_new = self._witnesses == batch.witnesses and len(paths) == len(batch.paths) + len(batch.apart)
        if nothing_new and all(path in batch.apart and self._is_like(path, batch.apart[path]) for path in others):
            self._quoted = dict(batch.quoted)
            return others
        # What a page quotes may be damage after all, if other pages use the words that it stands for.
        asked_again = [path for path in batch.quoted if self._batched.pop(path, None) is not None]
        for path in asked_again:
            self._names.pop(path, None)
        return [*others, *asked_again]

    def _is_same(self, path: str, batch: Batch, number: int) -> bool:
        if (there := self._looks.get(path)) is None:
            there = look_at(f"{self._root}/{path}")
        if batch.unchanged(number, there, _FRESH) and stat.S_ISREG(there.mode):
            return True
        return there.size == batch.size(number) and self._is_like(path, batch.signature(number))

    def _is_like(self, path: str, before: Signature) -> bool:
        """Tell whether a page has the same bytes as before; if so, it is known by its new times from now on."""
        try:
            data, there, seen = decode.read_signed(self._root, path)
        except OSError:
            return False
        if len(data) != before.size or digest_of(data) != before.digest:
            return False
        self._signatures[path] = signature_of(data, there, seen)
        return True

    def add(self, source: Source, parsed: Parsed, quoted: frozenset[str]) -> None:
        """Keep a page that turned out to be whole, for the next run; `quoted` as in `Repaired`."""
        if self._cache is None:
            return
        if quoted and not self._witnesses:
            # Whether it is quoted, the pages tell that are not looked at.
            self.set_apart(source.path)
            return
        try:
            data, there, seen = decode.read_signed(self._root, source.path)
        except OSError:
            return
        if data == source.text.encode():
            flags = flags_of(source.path, source.text, parsed, quoting=bool(quoted))
            self._read[source.path] = ReadPage(flags, parsed, signature_of(data, there, seen))
            if quoted:
                self._quoted[source.path] = quoted

    def set_apart(self, path: str) -> None:
        """Remember that there is a page which is not kept."""
        if self._cache is None:
            return
        with contextlib.suppress(OSError):
            self._apart[path] = signature_of(*decode.read_signed(self._root, path))

    def quoted(self, path: str) -> frozenset[str]:
        """Return the codecs of mojibake that a page quotes."""
        return self._quoted.get(path, frozenset())

    def __contains__(self, path: str) -> bool:
        return path in self._batched or path in self._read

    def flags(self, path: str) -> int:
        """Return what is known of a page, as a sum of flags."""
        if (read := self._read.get(path)) is not None:
            return read.flags
        batch, number = self._batched[path]
        return batch.flags[number]

    def is_ascii(self, path: str) -> bool:
        """Tell whether a page is here, and all ASCII."""
        return path in self and bool(self.flags(path) & ASCII)

    def is_telling(self, path: str) -> bool:
        """Tell whether a page says more than where its links lead and which anchors it has."""
        return bool(self.flags(path) & TELLING)

    def is_strange(self, path: str) -> bool:
        """Tell whether rules on encodings may have something to say of a page."""
        return bool(self.flags(path) & STRANGE)

    def is_alone(self, path: str) -> bool:
        """Tell whether a page is to be looked at by itself."""
        return bool(self.flags(path) & ALONE)

    def links(self, path: str) -> Links:
        """Return the links of a page."""
        if path in self._known or path in self._read:
            return self.parsed(path).links
        batch, number = self._batched[path]
        return batch.links(number)

    def parsed(self, path: str) -> Parsed:
        """Return the parse of a page, without blocks; with code where rules on encodings may ask for it."""
        if (read := self._read.get(path)) is not None:
            return read.parsed
        if path not in self._known:
            batch, number = self._batched[path]
            self._known[path] = batch.parsed(number)
        return self._known[path]

    def anchor_names(self, path: str) -> AnchorNames:
        """Return the names of a page's anchors that are known, for those to be added to it that become known."""
        return self._names.setdefault(path, {})

    def folder_links(self, folder: str, paths: Collection[str]) -> FolderLinks:
        """Return what the links of pages come to that lie in `folder`, none of which is to be looked at by itself."""
        key = tuple(paths)
        known = self._folders.get(folder)
        if known is None or known[0] != key:
            known = self._folders[folder] = key, self._joined_links(folder, paths)
        return known[1]

    def _joined_links(self, folder: str, paths: Collection[str]) -> FolderLinks:
        parts: list[FolderLinks] = []
        single: list[str] = []
        by_batch: dict[int, tuple[Batch, list[str]]] = {}
        for path in paths:
            if path in self._read:
                single.append(path)
            else:
                batch = self._batched[path][0]
                by_batch.setdefault(id(batch), (batch, []))[1].append(path)
        for batch, taken in by_batch.values():
            # Of some of a folder's pages alone, the batch knows nothing.
            if batch.counts.get(folder) == len(taken):
                parts.append(batch.folders[folder])
            else:
                single += taken
        if single or not parts:
            parts.append(folder_links(folder, [(path, self.links(path)) for path in single]))
        return joined(parts)

    def save(self, there: Collection[str]) -> None:
        """Keep pages for the next run, if it is worth it: those that are here, and those that were not asked for.

        Args:
            there: All files that there are.
        """
        if self._cache is None:
            return
        loaded = self._loaded
        if loaded is not None:
            left = loaded.number_of.keys() - self._asked - loaded.quoted.keys()
            self._batched.update((path, (loaded, loaded.number_of[path])) for path in left if path in there)
            for path in left & loaded.names.keys():
                self._names.setdefault(path, loaded.names[path])
        same = sum(batch is loaded and path not in self._signatures for path, (batch, _) in self._batched.items())
        paths = sorted((*self._read, *self._batched))
        names = {path: found for path, found in self._names.items() if found and path in self}
        told = loaded.names if loaded is not None else {}
        news = len(paths) - same + sum(found != told.get(path) for path, found in names.items())
        quoted = {path: found for path, found in self._quoted.items() if path in self and self._witnesses}
        if loaded is not None:
            news += len(loaded.number_of.keys() - paths)
            # What pages quote is known only until something changes.
            is_other = bool(news) or self._witnesses != loaded.witnesses
            beside = quoted != loaded.quoted or _digests(self._apart) != _digests(loaded.apart)
            if beside or (quoted and is_other):
                news += len(loaded.paths)
        if news * _SELDOM < max(len(loaded.paths) if loaded is not None else 0, 1):
            return
        by = by_folder(path for path in paths if not self.is_alone(path))
        folders = {folder: self.folder_links(folder, inside) for folder, inside in by.items()}
        pages = {path: self._keeping(path) for path in paths}
        self._cache.save(packed(pages, folders, names, quoted, self._apart, self._witnesses))

    def _keeping(self, path: str) -> Keeping:
        if (read := self._read.get(path)) is not None:
            return read.keeping
        batch, number = self._batched[path]
        return Keeping(batch.flags[number], self._signatures.get(path) or batch.signature(number), batch.data(number))


def _digests(signatures: Mapping[str, Signature]) -> dict[str, bytes]:
    return {path: each.digest for path, each in signatures.items()}
