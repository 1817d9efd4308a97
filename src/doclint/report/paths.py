"""Paths as people type them: relative to the current directory, with `/` between folders."""

from __future__ import annotations

import os.path
from functools import lru_cache

from doclint.report.visible import visible


def relative_path(path: str, *, root: str, cwd: str) -> str:
    """Return `path`, which is relative to `root`, relative to `cwd`; like `os.path.relpath`, but purely.

    `root` and `cwd` are absolute. Where no relative path leads there (another drive), the result is absolute.

    >>> relative_path("docs/a.md", root="/repo", cwd="/repo/docs/deep")
    '../a.md'
    """
    from pathlib import PurePath  # here, because most runs name no file

    there, here = (PurePath(os.path.normpath(name)) for name in (PurePath(root, path), PurePath(cwd)))
    if there.anchor.casefold() != here.anchor.casefold():
        return there.as_posix()
    shared = 0
    for one, other in zip(there.parts, here.parts, strict=False):
        if os.path.normcase(one) != os.path.normcase(other):
            break
        shared += 1
    up = [".."] * (len(here.parts) - shared)
    return "/".join([*up, *there.parts[shared:]]) or "."


def shown_path(path: str, *, root: str, cwd: str) -> str:
    r"""Return `relative_path` fit for one line of output: what is not UTF-8, or cannot be seen, is escaped.

    >>> print(shown_path("bad\udcff.md", root="/repo", cwd="/repo"))
    bad\xff.md
    """
    return _shown(path, root, cwd)


@lru_cache(maxsize=1 << 10)
def _shown(path: str, root: str, cwd: str) -> str:
    """A page may have thousands of findings."""
    return visible(relative_path(path, root=root, cwd=cwd))


def address(path: str) -> str:
    r"""Return a path as part of an address: percent-encoded, a byte of it that is not UTF-8 as that byte.

    >>> address("docs/a b\udcff.md")
    'docs/a%20b%FF.md'
    """
    from urllib.parse import quote

    return quote(as_bytes(path), safe="/:")


def as_bytes(text: str) -> bytes:
    """Return text of the disk, such as a path or a line, as the bytes that it came from, if it came from UTF-8."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte, as names on Windows may hold
        return text.encode("utf-8", "surrogatepass")
