"""[disk] What is kept from one run to the next, in a folder below the root: `.doclint_cache`.

Of pages it is kept what the parse finds, which names of anchors were asked for, and what damage they quote; what links
mean is found out anew in each run. The room `shelf` tells which of the pages are as they were. Of git's history what it
says of a commit is kept, which never changes.

Each file is replaced as a whole, so several runs at once do no harm: the last one counts. One that is damaged, or of
another version of doclint, is ignored. Where the folder cannot be written, every run is a first one.
"""

from __future__ import annotations

import contextlib
import os
from binascii import crc32

from doclint.kept import Batch

FOLDER = ".doclint_cache"
_PAGES, _HISTORY = "pages", "history"
_ABOUT = {
    ".gitignore": b"# Made by doclint; it can be removed at any time.\n*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# See https://bford.info/cachedir/\n",
}


class Cache:
    """The folder of one repository.

    Args:
        root: Absolute path of the repository.
        version: What must be the same for a page to be kept: doclint's version, and the settings that the parse asks.
    """

    def __init__(self, root: str, version: str) -> None:
        self._folder = os.path.join(root, FOLDER)
        self._version = version

    def load(self) -> Batch | None:
        """Return the pages that are kept; None where there are none that could be used."""
        data = self._read(_PAGES, self._version)
        with contextlib.suppress(ValueError):
            return Batch(data) if data is not None else None
        return None

    def save(self, pages: bytes) -> None:
        """Write pages as they were `packed`, in the place of all that were kept before."""
        self._write(_PAGES, self._version, pages)

    def recall(self, question: str) -> bytes | None:
        """Return what git has answered to a question, if that is kept."""
        return self._read(_HISTORY, question)

    def keep(self, question: str, answer: bytes) -> None:
        """Write what git has answered to a question, in the place of the one before."""
        self._write(_HISTORY, question, answer)

    def _read(self, name: str, about: str) -> bytes | None:
        try:
            with open(os.path.join(self._folder, name), "rb") as file:
                head, _, data = file.read().partition(b"\n")
        except OSError:
            return None
        return data if head == _head(about, data) else None

    def _write(self, name: str, about: str, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            for beside, content in _ABOUT.items():
                if not os.path.exists(os.path.join(self._folder, beside)):
                    _put(self._folder, beside, content)
            _put(self._folder, name, _head(about, data) + b"\n" + data)


def _head(about: str, data: bytes) -> bytes:
    """Return the first line of a file; its checksum tells whether the file is damaged."""
    return f"{about} {crc32(data):08x}".encode()


def remove(root: str) -> bool:
    """Remove the cache below `root`; tell whether there was one.

    Raises:
        OSError: It cannot be removed.
    """
    folder = os.path.join(root, FOLDER)
    if os.path.islink(folder) or not os.path.isdir(folder):
        return False
    for name in (*_ABOUT, _PAGES, _HISTORY):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(folder, name))
    os.rmdir(folder)
    return True


def _put(folder: str, name: str, data: bytes) -> None:
    """Write a file in whole or not at all."""
    import tempfile  # here, because most runs write nothing

    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(temporary)
        raise
