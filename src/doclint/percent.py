"""Percent-encoding in destinations (RFC 3986, 2.1); pure."""

from __future__ import annotations


def decoded_once(path: str) -> str:
    """Return a path with its percent-encoding resolved once.

    >>> decoded_once("a%20b%2520c")
    'a b%20c'
    """
    if "%" not in path:
        return path
    from urllib.parse import unquote  # here, because few paths are encoded

    # Bytes that are not UTF-8 become what `os.fsdecode` makes of them in a file's name.
    return unquote(path, errors="surrogateescape")
