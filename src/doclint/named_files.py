"""[disk] Which images and pages the repository's files name, in whatever language they are written.

A program, a style sheet or a site's configuration uses a file without a link that doclint could follow. That its name
stands there is taken for a use: what is called unused by mistake may be deleted by mistake.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from doclint import decode
from doclint.git import all_staged
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_IMAGES = ("apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp")
# As text: `re` makes patterns of them where they are first used, and most runs need none.
_ENDING = rf"(?i)\.(?:{'|'.join(_IMAGES)}|mdx?|markdown|ipynb|html?|rst)(?![\w-])"
# Read backwards from the ending: what a path is made of, without spaces.
_BACKWARDS = r"[^\s\"'`<>()\[\]{}|,;:=*?!]*"
_LONGEST_PATH = 300
_LARGEST_FILE = 5_000_000


class NamedFiles(Value):
    """The last part, and the last two, of all that looks like the path of an image or a page, in small letters.

    Attributes:
        anywhere: What any file names.
        beside_pages: What files name that are no pages.
    """

    anywhere: frozenset[str]
    beside_pages: frozenset[str]


def is_image(path: str) -> bool:
    """Tell whether a file is an image by its name.

    >>> is_image("a/Logo.PNG"), is_image("png")
    (True, False)
    """
    name, dot, ending = path.rpartition(".")
    return bool(name and dot) and ending.lower() in _IMAGES


def mentioned(root: str, paths: Iterable[str], pages: Iterable[str], *, in_git: bool = False) -> NamedFiles:
    """Return what the files at `paths` below `root` name; those in `pages` are pages whose links are known.

    A file that is no text, or larger than 5 MB, names nothing. What is not checked out is read from git's index.
    """
    known = frozenset(pages)
    in_pages: set[str] = set()
    beside: set[str] = set()
    absent: dict[str, set[str]] = {}
    for path in paths:
        if is_image(path) and not path.lower().endswith(".svg"):
            continue
        names = in_pages if path in known else beside
        if in_git and not os.path.lexists(os.path.join(root, path)):
            absent[path] = names
        else:
            names.update(_names(_text(root, path)))
    for path, data in all_staged(root, absent):
        absent[path].update(_names(_decoded(data)))
    return NamedFiles(frozenset(in_pages | beside), frozenset(beside))


def _text(root: str, path: str) -> str:
    try:
        return _decoded(decode.read_bytes(root, path))
    except OSError:
        # Nothing is claimed of a file that cannot be read; where it is a page, another rule tells.
        return ""


def _decoded(data: bytes) -> str:
    return "" if b"\0" in data or len(data) > _LARGEST_FILE else data.decode("utf-8", "replace")


def _names(text: str) -> set[str]:
    from urllib.parse import unquote

    found = set()
    for ending in re.finditer(_ENDING, text):
        before = text[max(0, ending.start() - _LONGEST_PATH) : ending.start()][::-1]
        written = re.match(_BACKWARDS, before)
        path = (written[0][::-1] if written else "") + ending[0]
        parts = (unquote(path) if "%" in path else path).lower().replace("\\", "/").split("/")
        found |= {parts[-1], "/".join(parts[-2:])}
    return found
