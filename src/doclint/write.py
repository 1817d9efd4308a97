"""[disk] One guarded write: beside the file, flushed, renamed over it; whatever happens, the file is whole."""

from __future__ import annotations

import os
import stat
import tempfile
from typing import TYPE_CHECKING

from doclint import decode
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.model import Source


class WriteError(Exception):
    """A file was not written and is as it was; the text is the reason, in a few words."""


def write(root: str, source: Source, text: str) -> None:
    """Put `text` in the place of the page that was read as `source`, in its encoding, its mode kept.

    Raises:
        WriteError: The page is read-only, gone, no longer what was read, or the disk refuses.
    """
    data = encoded(source, text)
    with _Reasons():
        _replace(root, source, data)


def check(root: str, source: Source, text: str) -> None:
    """Tell beforehand whether `write` could put `text` in the place of `source`; nothing is written.

    Raises:
        WriteError: It could not.
    """
    encoded(source, text)
    with _Reasons():
        _refuse_unwritable(root, source)
        _refuse_changed(root, source)


def encoded(source: Source, text: str) -> bytes:
    """Return the bytes of `text` in the encoding of `source`.

    Raises:
        WriteError: The encoding lacks a character.
    """
    try:
        return decode.encode(source, text)
    except UnicodeEncodeError as error:
        char = error.object[error.start]
        raise WriteError(f"{source.encoding} has no U+{ord(char):04X}: save the page as UTF-8 first") from error


class _Reasons:
    """Turns what the system says into a reason."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, FileNotFoundError):
            raise WriteError("it is no longer there") from error
        if isinstance(error, OSError):
            raise WriteError((error.strerror or str(error)).lower()) from error


def _refuse_unwritable(root: str, source: Source) -> os.stat_result:
    """Return the status of a page that may be written."""
    path = os.path.join(root, source.path)
    status = os.lstat(path)
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise WriteError("it is read-only")
    folder = os.path.dirname(path)
    if os.path.realpath(folder) != os.path.normpath(os.path.join(os.path.realpath(root), os.path.dirname(source.path))):
        raise WriteError("a symbolic link has taken the place of its folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError("its folder is read-only")
    return status


def put(path: str, data: bytes) -> None:
    """Put `data` in the place of a file that is doclint's own, or make it.

    Raises:
        WriteError: The disk refuses; the file is as it was.
    """
    with _Reasons():
        _rename_over(path, data, _status(path), lambda: None)


def _status(path: str) -> os.stat_result | None:
    return os.stat(path) if os.path.exists(path) else None


def _replace(root: str, source: Source, data: bytes) -> None:
    status = _refuse_unwritable(root, source)
    # As late as can be: what somebody else has written meanwhile must not be lost.
    _rename_over(os.path.join(root, source.path), data, status, lambda: _refuse_changed(root, source))


def _rename_over(path: str, data: bytes, status: os.stat_result | None, last_look: Callable[[], None]) -> None:
    """Write beside a file, flush, and rename over it, its mode kept."""
    folder, name = os.path.split(path)
    descriptor, beside = tempfile.mkstemp(prefix=f".{name[:40]}.", suffix=".doclint-tmp", dir=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status is not None:
            _keep_mode(beside, status)
        else:
            os.chmod(beside, 0o666 & ~_umask())
        last_look()
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    _flush_folder(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refuse_changed(root: str, source: Source) -> None:
    if decode.read_bytes(root, source.path) != decode.encode(replace(source, saved_as=""), source.text):
        raise WriteError("it was changed meanwhile: run doclint again")


def _keep_mode(path: str, status: os.stat_result) -> None:
    os.chmod(path, stat.S_IMODE(status.st_mode))
    if hasattr(os, "chown"):
        try:
            os.chown(path, status.st_uid, status.st_gid)
        except PermissionError:
            # Somebody else's file in a folder of ours: it becomes ours, as with any editor.
            return


def _flush_folder(folder: str) -> None:
    """Make the rename last, where folders can be flushed."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
