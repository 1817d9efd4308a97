"""[disk] What a parse depends on beside the page: the code that makes it. A cache of other code is no cache."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from importlib.util import find_spec
from typing import TYPE_CHECKING

from doclint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = ("model", "parse", os.path.join("parse", "fast"), "slug", "repair", "legacy")
_ROOMS = (
    "anchor_table", "certain", "decode", "formats", "judging", "kept", "percent", "plain_links", "reading", "shelf",
    "signatures", "workers",
)  # fmt: skip
_PACKAGES = ("markdown_it", "ftfy")


def fingerprint() -> str:
    """Return what must be the same for a page that was kept before to be as one that is read now."""
    digest = blake2b(digest_size=16)
    for path in _files():
        with open(path, "rb") as file:
            digest.update(file.read())
    return f"doclint {__version__} {digest.hexdigest()} {sys.byteorder}"


def _files() -> Iterator[str]:
    """Yield doclint's files that decide what is kept, and those that name the versions of the packages that do."""
    home = os.path.dirname(__file__)
    for folder in _FOLDERS:
        names = sorted(os.listdir(os.path.join(home, folder)))
        yield from (os.path.join(home, folder, name) for name in names if name.endswith(".py"))
    yield from (os.path.join(home, f"{room}.py") for room in _ROOMS)
    for name in _PACKAGES:
        if (package := find_spec(name)) is not None and package.origin:
            yield package.origin
