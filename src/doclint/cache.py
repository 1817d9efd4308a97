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
import stat
import tempfile
import time
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from doclint.model import (
    NO_LINKS,
    Comment,
    Deferred,
    Definition,
    Fault,
    Links,
    Mark,
    Marks,
    Parsed,
    UndefinedReference,
)
from doclint.parse.fast.records import SkimRecord
from doclint.parse.fast.skimmed import Skimmed
from doclint.plain_links import PlainLinks, plain_links
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from doclint.model import Source
    from doclint.parse.fast.records import Record

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


class Kept(Value):
    """A page that is kept.

    Attributes:
        size: Its bytes.
        times: When it was modified and changed, in nanoseconds, as the disk has them.
        seen: When it was looked at.
        digest: Of its bytes.
        ascii: Whether they are all ASCII.
        destinations: Of its links, in order.
        kinds: Of its links, as in `Links`.
        places: Of its links, as in `Links`.
        plain: What its plain links name.
        names: By the name of a host, those of its anchors, as in `Marks`.
        rest: What else the parse found, as `_Rest`; nil where that is nothing but the `records`.
        records: Where its anchors are to be gathered from, as a list of `SkimRecord`.
    """

    size: int
    times: tuple[int, int]
    seen: int
    digest: bytes
    ascii: bool
    destinations: tuple[str, ...]
    kinds: bytes
    places: bytes
    plain: PlainLinks
    names: msgspec.Raw
    rest: msgspec.Raw
    records: msgspec.Raw


class _Rest(Value):
    """What a parse finds besides links and what few pages are asked for; as in `Parsed`."""

    marks: tuple[Mark, ...]
    definitions: tuple[Definition, ...]
    undefined: tuple[UndefinedReference, ...]
    comments: tuple[Comment, ...]
    fault: Fault | None
    open_ended: bool


_NOTHING_ELSE = _Rest((), (), (), (), None, open_ended=False)
_rest_of = msgspec.msgpack.Decoder(_Rest | None).decode
_names_of = msgspec.msgpack.Decoder(dict[str, frozenset[str]]).decode
_NO_NAMES = msgspec.Raw(msgspec.msgpack.encode({}))
_records_of = msgspec.msgpack.Decoder(list[SkimRecord]).decode


Found = tuple[Parsed, PlainLinks]
"""What is known of a page: its parse without code and blocks, and what its plain links name."""


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
        with contextlib.suppress(OSError, msgspec.MsgspecError), open(os.path.join(self._folder, _FILE), "rb") as file:
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
        if entry is None or entry.size != len(data) or entry.digest != _digest(data):
            return None
        if (times := _times(self._root, path)) is not None:
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
        parsed = _parsed(kept)
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
                self._new[path] = replace(entry, names=msgspec.Raw(msgspec.msgpack.encode(marks.names)))
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


def packed(pages: Mapping[str, Kept]) -> bytes:
    """Return pages as bytes."""
    return msgspec.msgpack.encode(pages)


def unpacked(data: bytes) -> dict[str, Kept]:
    """Return the pages in `data`, as `packed` made it.

    Raises:
        msgspec.MsgspecError: It is something else.
    """
    return msgspec.msgpack.decode(data, type=dict[str, Kept])


def kept_of(root: str, source: Source, parsed: Parsed, plain: PlainLinks) -> Kept | None:
    """Return what is to be kept of a page below `root` that was just read and parsed; None where it is gone."""
    if (times := _times(root, source.path)) is None:
        return None
    data, links, marks = source.text.encode(), parsed.links, parsed.marks
    records: Sequence[Record] = ()
    if isinstance(marks, Skimmed):
        records, marks = marks.records, ()
    rest = _Rest(tuple(marks), parsed.definitions, parsed.undefined, parsed.comments, parsed.fault, parsed.open_ended)
    return Kept(
        len(data),
        # A page that was written since it was read has another size, or is too fresh to be told by its times.
        times,
        time.time_ns(),
        _digest(data),
        source.text.isascii(),
        tuple(links.destinations),
        links.kinds,
        links.places,
        plain,
        _NO_NAMES,
        msgspec.Raw(msgspec.msgpack.encode(None if rest == _NOTHING_ELSE else rest)),
        msgspec.Raw(msgspec.msgpack.encode(records)),
    )


def _parsed(kept: Kept) -> Parsed:
    """Return the parse of a page that is kept, without code and blocks."""
    links = Links(kept.destinations, kept.kinds, kept.places) if kept.kinds else NO_LINKS

    def names() -> dict[str, frozenset[str]]:
        return _names_of(kept.names)

    if (rest := _rest_of(kept.rest)) is None:
        return Parsed(Skimmed(Deferred(lambda: _records_of(kept.records)), names), links)
    marks = rest.marks
    return Parsed(
        Marks(lambda: marks, names) if marks else Skimmed(Deferred(lambda: _records_of(kept.records)), names),
        links,
        rest.definitions,
        rest.undefined,
        comments=rest.comments,
        fault=rest.fault,
        open_ended=rest.open_ended,
    )


def _times(root: str, path: str) -> tuple[int, int] | None:
    """Return when a file was modified and changed; None where it is gone."""
    try:
        there = os.lstat(os.path.join(root, path))
    except OSError:
        return None
    return there.st_mtime_ns, there.st_ctime_ns


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
