"""[disk] Parsed pages from one run to the next, in one file below the root: `.doclint_cache/pages`.

Only what the parse finds is kept; what links mean is found out anew in each run. A page is taken from the cache when
its size and its times are those of before and the file was not written just before it was looked at; otherwise when its
bytes are the same. So a fresh clone, where all times are new, is read but not parsed. Pages about whose encoding
anything is to be said are never kept.

The file is replaced as a whole, so several runs at once do no harm: the last one counts. One that is damaged, or of
another version of doclint, is ignored. Where the folder cannot be written, every run is a first one.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import time
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from doclint.formats import Format, format_of
from doclint.model import Parsed, Repaired
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doclint.model import Page

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

# What rules on encodings look at: controls, signs without width, directions, marks, U+FFFD, and lone surrogates.
_SPEAKING = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd\ud800-\udfff]"
)


class Kept(Value):
    """A page that is kept.

    Attributes:
        size: Its bytes.
        times: When it was modified and changed, in nanoseconds, as the disk has them.
        seen: When it was looked at.
        digest: Of its bytes.
        ascii: Whether they are all ASCII.
        parsed: What the parse found.
    """

    size: int
    times: tuple[int, int]
    seen: int
    digest: bytes
    ascii: bool
    parsed: msgspec.Raw


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
        self._decode = msgspec.msgpack.Decoder(Parsed).decode
        self._on_disk = on_disk
        if on_disk:
            self._load()

    def _load(self) -> None:
        with contextlib.suppress(OSError, msgspec.MsgspecError), open(os.path.join(self._folder, _FILE), "rb") as file:
            data = file.read()
            head, _, rest = data.partition(b"\n")
            if head == self._version.encode():
                self._entries = msgspec.msgpack.decode(rest, type=dict[str, Kept])

    def is_ascii(self, path: str) -> bool:
        """Tell whether a page that is kept is all ASCII."""
        entry = self._new.get(path) or self._entries.get(path)
        return entry is not None and entry.ascii

    def unchanged(self, path: str) -> Parsed | None:
        """Return the parse of a page if its size and times tell that it is as it was."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        try:
            there = os.lstat(os.path.join(self._root, path))
        except OSError:
            return None
        times = there.st_mtime_ns, there.st_ctime_ns
        if not stat.S_ISREG(there.st_mode) or (entry.size, entry.times) != (there.st_size, times):
            return None
        return self._decode(entry.parsed) if max(times) + _FRESH < entry.seen else None

    def same(self, path: str, data: bytes) -> Parsed | None:
        """Return the parse of a page whose bytes are `data`, if they are as they were."""
        entry = self._entries.get(path)
        if entry is None or entry.size != len(data) or entry.digest != _digest(data):
            return None
        if (kept := _kept(self._root, path, data, entry.parsed)) is not None:
            self._new[path] = kept
        return self._decode(entry.parsed)

    def has(self, path: str) -> bool:
        """Tell whether a page is kept that has the same path."""
        return path in self._entries

    def add(self, page: Page) -> None:
        """Keep a page that was just read from the disk, if nothing is to be said about its encoding."""
        if (kept := kept_of(self._root, page)) is not None:
            self._new[page.path] = kept

    def take(self, path: str, kept: Kept) -> Parsed:
        """Keep a page that another process has parsed, and return its parse."""
        self._new[path] = kept
        return self._decode(kept.parsed)

    def save(self, paths: frozenset[str]) -> None:
        """Write what is new, if it is worth it; only pages at `paths`, which are all that there are, stay."""
        if not self._on_disk or len(self._new) * _SELDOM < max(len(self._entries), 1):
            return
        entries = {path: entry for path, entry in self._entries.items() if path in paths} | self._new
        data = self._version.encode() + b"\n" + msgspec.msgpack.encode(entries)
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            for name, content in _ABOUT.items():
                if not os.path.exists(os.path.join(self._folder, name)):
                    _put(self._folder, name, content)
            _put(self._folder, _FILE, data)


def kept_of(root: str, page: Page) -> Kept | None:
    """Return what is to be kept of a page below `root` that was just read; None where nothing is."""
    if not _is_plain(page) or not isinstance(page.content, Repaired):
        return None
    parsed = msgspec.Raw(msgspec.msgpack.encode(replace(page.parsed, code=(), blocks=())))
    return _kept(root, page.path, page.content.source.text.encode(), parsed)


def _kept(root: str, path: str, data: bytes, parsed: msgspec.Raw) -> Kept | None:
    try:
        there = os.lstat(os.path.join(root, path))
    except OSError:
        return None
    times = there.st_mtime_ns, there.st_ctime_ns
    # A page that was written since it was read has another size, or is too fresh to be told by its times.
    return Kept(len(data), times, time.time_ns(), _digest(data), data.isascii(), parsed)


def _is_plain(page: Page) -> bool:
    """Tell whether a page in Markdown is plain UTF-8 about which no rule on encodings can speak."""
    content = page.content
    return (
        format_of(page.path) in (Format.MARKDOWN, Format.MDX)
        and isinstance(content, Repaired)
        and not content.suspected
        and content.source.encoding == "utf-8"
        and _SPEAKING.search(content.text) is None
    )


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


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


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
