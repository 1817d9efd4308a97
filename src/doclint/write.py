"""[disk] One guarded write: beside the file, flushed, renamed over it; whatever happens, the file is whole."""

from __future__ import annotations

import os
import stat
import tempfile
from typing import TYPE_CHECKING

from doclint import decode

if TYPE_CHECKING:
    from doclint.model import Source


class WriteError(Exception):
    """A file was not written and is as it was; the text is the reason, in a few words."""


def write(root: str, source: Source, text: str) -> None:
    """Put `text` in the place of the page that was read as `source`, in its encoding, its mode kept.

    Raises:
        WriteError: The page is read-only, gone, no longer what was read, or the disk refuses.
    """
    path = os.path.join(root, source.path)
    try:
        data = decode.encode(source, text)
    except UnicodeEncodeError as error:
        char = error.object[error.start]
        raise WriteError(f"{source.encoding} has no U+{ord(char):04X}: save the page as UTF-8 first") from error
    try:
        _replace(path, root, source, data)
    except FileNotFoundError as error:
        raise WriteError("it is no longer there") from error
    except OSError as error:
        raise WriteError((error.strerror or str(error)).lower()) from error


def _replace(path: str, root: str, source: Source, data: bytes) -> None:
    status = os.lstat(path)
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise WriteError("it is read-only")
    folder, name = os.path.split(path)
    if os.path.realpath(folder) != os.path.normpath(os.path.join(os.path.realpath(root), os.path.dirname(source.path))):
        raise WriteError("a symbolic link has taken the place of its folder")
    descriptor, beside = tempfile.mkstemp(prefix=f".{name[:40]}.", suffix=".doclint-tmp", dir=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(beside, status)
        # As late as can be: what somebody else has written meanwhile must not be lost.
        _refuse_changed(root, source)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    _flush_folder(folder)


def _refuse_changed(root: str, source: Source) -> None:
    if decode.read_bytes(root, source.path) != decode.encode(source, source.text):
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
