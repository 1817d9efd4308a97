"""[disk] Parsed pages from one run to the next, in one file below the root: `.doclint_cache/pages`.

Only what the parse finds is kept, and the names of anchors that were asked for; what links mean is found out anew in
each run. A page is taken from the cache when its size and its times are those of before and the file was not written
just before it was looked at; otherwise when its bytes are the same. So a fresh clone, where all times are new, is read
but not parsed. Pages about whose encoding anything is to be said are never kept.

The file is replaced as a whole, so several runs at once do no harm: the last one counts. One that is damaged, or of
another version of doclint, is ignored. Where the folder cannot be written, every run is a first one.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from typing import TYPE_CHECKING

from doclint.kept import digest_of, kept_of, packed, parsed_of, times_of, unpacked, with_names
from doclint.model import Marks
from doclint.plain_links import plain_links
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doclint.kept import Found, Kept
    from doclint.model import Mark, Parsed, Source

FOLDER = ".doclint_cache"
_FILE = "pages"
_ABOUT = {
    ".gitignore": b"# Made by doclint; it can be removed at any time.\n*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# See https://bford.info/cachedir/\n",
}
_FRESH = 2_000_000_000
"""Nanoseconds: within these a file can be written twice and have the same times, on the coarsest file systems."""

_SELDOM = 50
"""The file is written anew when at least one page in so many is new to it."""


class Cache:
    """The pages that are kept of one repository.

    Args:
        root: Absolute path of the repository.
        version: What must be the same for a page to be kept: doclint's version, and the settings that the parse asks.
        on_disk: Whether there is a file; else pages are kept for this run alone.
    """

    def __init__(self, root: str, version: str, *, on_disk: bool = True) -> None:
        self._folder = os.path.join(root, FOLDER)
        self._root = root
        self._version = version
        self._entries: Mapping[str, Kept] = {}
        self._new: dict[str, Kept] = {}
        self._marks: dict[str, Marks[Mark]] = {}
        self._on_disk = on_disk
        if on_disk:
            self._load()

    def _load(self) -> None:
        with contextlib.suppress(OSError, ValueError), open(os.path.join(self._folder, _FILE), "rb") as file:
            data = file.read()
            head, _, rest = data.partition(b"\n")
            if head == self._version.encode():
                self._entries = unpacked(rest)

    def is_ascii(self, path: str) -> bool:
        """Tell whether a page that is kept is all ASCII."""
        entry = self._new.get(path) or self._entries.get(path)
        return entry is not None and entry.ascii

    def unchanged(self, path: str) -> Found | None:
        """Return what is known of a page if its size and times tell that it is as it was."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        try:
            there = os.lstat(f"{self._root}/{path}")
        except OSError:
            return None
        times = there.st_mtime_ns, there.st_ctime_ns
        if entry.times != times or entry.size != there.st_size or not stat.S_ISREG(there.st_mode):
            return None
        return self._found(path, entry) if max(times) + _FRESH < entry.seen else None

    def same(self, path: str, data: bytes) -> Found | None:
        """Return what is known of a page whose bytes are `data`, if they are as they were."""
        entry = self._entries.get(path)
        if entry is None or entry.size != len(data) or entry.digest != digest_of(data):
            return None
        if (times := times_of(self._root, path)) is not None:
            self._new[path] = replace(entry, times=times, seen=time.time_ns())
        return self._found(path, entry)

    def has(self, path: str) -> bool:
        """Tell whether a page is kept that has the same path."""
        return path in self._entries

    def add(self, source: Source, parsed: Parsed) -> Found:
        """Keep a page that was just read from the disk, and about whose encoding nothing is to be said."""
        plain = plain_links(source.path, parsed.links)
        if self._on_disk and (kept := kept_of(self._root, source, parsed, plain)) is not None:
            self._new[source.path] = kept
            self._note(source.path, parsed)
        return parsed, plain

    def take(self, path: str, kept: Kept) -> Found:
        """Keep a page that another process has parsed, and return what is known of it."""
        self._new[path] = kept
        return self._found(path, kept)

    def _found(self, path: str, kept: Kept) -> Found:
        parsed = parsed_of(kept)
        self._note(path, parsed)
        return parsed, kept.plain

    def _note(self, path: str, parsed: Parsed) -> None:
        """Remember whose names of anchors may become known in this run."""
        if isinstance(parsed.marks, Marks):
            self._marks[path] = parsed.marks

    def save(self, paths: frozenset[str]) -> None:
        """Write what is new, if it is worth it; only pages at `paths`, which are all that there are, stay."""
        if not self._on_disk:
            return
        for path, marks in self._marks.items():
            if marks.has_news:
                entry = self._new.get(path) or self._entries[path]
                self._new[path] = with_names(entry, marks.names)
        if len(self._new) * _SELDOM < max(len(self._entries), 1):
            return
        entries = {path: entry for path, entry in self._entries.items() if path in paths} | self._new
        data = self._version.encode() + b"\n" + packed(entries)
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            for name, content in _ABOUT.items():
                if not os.path.exists(os.path.join(self._folder, name)):
                    _put(self._folder, name, content)
            _put(self._folder, _FILE, data)


def remove(root: str) -> bool:
    """Remove the cache below `root`; tell whether there was one.

    Raises:
        OSError: It cannot be removed.
    """
    folder = os.path.join(root, FOLDER)
    if os.path.islink(folder) or not os.path.isdir(folder):
        return False
    for name in (*_ABOUT, _FILE):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(folder, name))
    os.rmdir(folder)
    return True


def _put(folder: str, name: str, data: bytes) -> None:
    """Write a file in whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(temporary)
        raise
