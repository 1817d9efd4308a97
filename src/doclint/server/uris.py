"""The addresses by which an editor names files, to paths and back; pure.

Names are text as `os.fsdecode` gives it: a byte that is not UTF-8 is a lone surrogate here and percent-encoded there.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote, urlsplit

_DRIVE = re.compile(r"/[A-Za-z]:")


def path_of(uri: str) -> str | None:
    """Return the absolute path that a `file:` address names; None for any other address.

    >>> path_of("file:///a/b%20c.md"), path_of("untitled:Untitled-1")
    ('/a/b c.md', None)
    """
    try:
        parts = urlsplit(uri)
    except ValueError:  # as in `file://[`
        return None
    path = unquote(parts.path, errors="surrogateescape")
    if parts.scheme.lower() != "file" or not path.startswith("/") or "\0" in path:
        return None
    if os.name == "nt":
        path = path[1:] if _DRIVE.match(path) else f"//{parts.netloc}{path}"
    return os.path.normpath(path)


def uri_of(path: str) -> str:
    """Return the address of an absolute path.

    >>> uri_of("/a/b c#.md")
    'file:///a/b%20c%23.md'
    """
    path = path.replace(os.sep, "/")
    return "file://" + quote(path if path.startswith("/") else f"/{path}", errors="surrogateescape")
