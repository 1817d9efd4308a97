"""[disk] Bytes to text and back, byte for byte; the only door to charset-normalizer.

A byte-order mark decides, then strict UTF-8: what is valid is never asked about again. What is neither is UTF-16
without its mark, UTF-8 with stray bytes, which are kept as lone surrogates so that nothing is lost, or a file in a
legacy code page. The room `legacy` tells which; charset-normalizer is asked where no code page that it knows fits.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import time
from functools import lru_cache

from doclint.model import Source, Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As text: `re` makes patterns of them where they are first used, and most runs need none.
_MULTI_BYTE_CHARACTER = r"[^\x00-\x7f\udc80-\udcff]"
_STRAY_BYTE = r"[\udc80-\udcff]"
_SAMPLE_BYTES = 1 << 16
_DEEP = 200
"""Folders in folders, beyond which a path is looked at as a whole."""
_FOLLOWS_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FOLLOWS_NO_LINK | getattr(os, "O_BINARY", 0)


def read(root: str, path: str) -> Source | Unreadable:
    """Return the page `path` (relative to `root`) as it is on the disk; every failure becomes an `Unreadable`.

    Opens nothing but a regular file, and never through a symbolic link in the last place.
    """
    try:
        data = read_bytes(root, path)
    except FileNotFoundError:
        return Unreadable(path, "it is no longer there")
    except OSError as error:
        return Unreadable(path, (error.strerror or str(error)).lower())
    return decode(path, data)


def read_bytes(root: str, path: str) -> bytes:
    """Return the bytes of the regular file `path` below `root`.

    Raises:
        OSError: It cannot be read, or is not a regular file.
    """
    return read_signed(root, path)[0]


def read_signed(root: str, path: str) -> tuple[bytes, os.stat_result, int]:
    """Return the bytes of a file as `read_bytes` does, what the disk knew of it then, and when that was.

    A file that is written meanwhile has other times from then on.
    """
    # Non-blocking, lest a named pipe that took the file's place hangs the run.
    file = os.path.join(root, path)
    if not _is_real(os.path.dirname(file)):
        raise OSError(0, "it lies behind a symbolic link")
    if not _FOLLOWS_NO_LINK and os.path.islink(file):
        raise OSError(0, "it is a symbolic link")
    try:
        descriptor = os.open(file, _TO_READ)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(0, "it is a symbolic link") from error
        raise
    try:
        seen = time.time_ns()
        there = os.fstat(descriptor)
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        if not stat.S_ISREG(there.st_mode):
            raise OSError(0, "not a regular file")
        # At once as a rule: another look is needed only where the file has grown.
        data = os.read(descriptor, there.st_size + 1)
        if len(data) == there.st_size:
            return data, there, seen
        parts = [data]
        while data:
            data = os.read(descriptor, _SAMPLE_BYTES)
            parts.append(data)
        return b"".join(parts), there, seen
    finally:
        os.close(descriptor)


@lru_cache(maxsize=1 << 16)
def _is_real(folder: str) -> bool:
    """Tell whether no part of a folder's path is a symbolic link; asked once for all files in it."""
    if folder.count(os.sep) > _DEEP:
        return os.path.realpath(folder) == os.path.normpath(folder)
    above = os.path.dirname(folder)
    return above == folder or (_is_real(above) and not os.path.islink(folder))


def decode(path: str, data: bytes) -> Source | Unreadable:
    """Return the text of a page whose bytes are `data`.

    >>> decode("a.md", "é".encode("utf-16")).encoding
    'utf-16-le'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(path, data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(path, data)
    if b"\0" not in data:
        return Source(path, text)
    if (source := _utf16(path, data, text)) is not None:
        return source
    return _binary(path) if data.count(0) * 10 > len(data) else Source(path, text)


def encode(source: Source, text: str) -> bytes:
    """Return the bytes of `text` in the encoding of `source`, or in the one that it is to be saved in.

    Raises:
        UnicodeEncodeError: The encoding has no such character.
    """
    return text.encode(source.saved_as or source.encoding, source.errors)


def _marked(path: str, data: bytes, encoding: str) -> Source | Unreadable:
    try:
        return Source(path, data.decode(encoding), encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            return Source(path, data.decode("utf-8", "surrogateescape"), errors="surrogateescape")
    name = encoding.rpartition("-")[0].upper()
    return Unreadable(path, f"it begins with the byte-order mark of {name}, but is not {name}")


def _utf16(path: str, data: bytes, as_utf8: str = "") -> Source | None:
    """Return a page in UTF-16 without a byte-order mark; None when it is none."""
    from doclint.legacy import utf16

    encoding = utf16(data, as_utf8)
    return None if encoding is None else Source(path, data.decode(encoding), encoding)


def _not_utf8(path: str, data: bytes) -> Source | Unreadable:
    if b"\0" in data:
        return _utf16(path, data) or _binary(path)
    escaped = data.decode("utf-8", "surrogateescape")
    as_utf8 = Source(path, escaped, errors="surrogateescape")
    if len(re.findall(_MULTI_BYTE_CHARACTER, escaped)) > len(re.findall(_STRAY_BYTE, escaped)):
        return as_utf8
    if (source := _utf16(path, data)) is not None:
        return source
    from doclint.legacy import guesses, likely

    found = guesses(data)
    if not found or not found[0].reads_well:
        found = guesses(data, _proposals(data))
    names = likely(found)
    if not names or "utf-8" in names:
        return as_utf8
    return Source(path, data.decode(names[0]), names[0], guesses=names)


def _binary(path: str) -> Unreadable:
    return Unreadable(path, "it is not text: it holds NUL bytes")


def _proposals(data: bytes) -> tuple[str, ...]:
    """Return the code pages that charset-normalizer thinks of, likeliest first."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE_BYTES]
    if len(data) > _SAMPLE_BYTES:
        # Cut between lines, never inside a character.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    names = (codecs.lookup(match.encoding).name for match in from_bytes(sample))
    return tuple(dict.fromkeys(name for name in names if not name.startswith("utf")))
