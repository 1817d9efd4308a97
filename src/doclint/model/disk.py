"""What is on the disk: names, kinds, and pages as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import NamedTuple

from doclint.value import Value, field


class FileKind(Enum):
    """What git, or the disk outside git, has under a name."""

    FILE = "file"
    SYMLINK = "symbolic link"
    SUBMODULE = "submodule"


class Look(NamedTuple):
    """What the disk knows of a file: its mode, its bytes, when it was modified and changed in nanoseconds."""

    mode: int
    size: int
    modified: int
    changed: int


NOTHING = Look(0, 0, 0, 0)
"""What is seen where nothing is."""


class Files(Value):
    """What `discover` found: the pages to check, and everything that a link can point at.

    Attributes:
        root: Absolute path of the folder that all other paths are relative to.
        pages: The pages to report on, sorted.
        tracked: Every name that git tracks (outside git: every name below the root) with its kind.
        untracked: Files on the disk that git neither tracks nor ignores; always empty outside git.
        absent: Tracked files that are not on the disk (sparse checkout, deleted without `git rm`).
        in_git: Whether git was asked; else the disk was walked.
        others: Further files to report on, of any kind, sorted: those whose path is not ASCII. What can be said of a
            file that is no page concerns its name.
        named: The files that were named one by one, as far as they are there, sorted.
        missing: The files that were named one by one and are not on the disk, sorted; see `discover`.
        looks: What the disk knew of files when they were looked for.
    """

    root: str
    pages: tuple[str, ...]
    tracked: Mapping[str, FileKind]
    untracked: frozenset[str]
    absent: AbstractSet[str]
    in_git: bool
    others: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)


class Source(Value):
    """A page as it is on the disk.

    `text` is everything that is in the file, also its byte-order mark and its line endings, so that
    `text.encode(encoding, errors)` gives the bytes again, byte for byte.

    Attributes:
        path: The page.
        text: What the bytes say.
        encoding: The Python codec that gave the text.
        errors: "strict", or "surrogateescape" where a byte that is not UTF-8 became a lone surrogate.
        guesses: For a file that is not Unicode: the code page it is in; several, likeliest first, where that is too
            close to call, and then nothing is written.
        saved_as: The encoding that it is to be written in, if another.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    errors: str = "strict"
    guesses: tuple[str, ...] = ()
    saved_as: str = ""


class Unreadable(Value):
    """A page whose text cannot be had; `reason` completes the sentence "cannot be read: ..."."""

    path: str
    reason: str
