"""Names that differ only in how they are spelled: in letter case, normal form of Unicode or percent-encoding."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    r"""Return what a name has in common with all that differ in letter case or normal form.

    >>> folded("Cafe\u0301.MD") == folded("caf\xe9.md")
    True
    """
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def decoded(name: str) -> str:
    """Return `name` without any percent-encoding, however often it was encoded.

    >>> decoded("a%2520b")
    'a b'
    """
    if "%" not in name:
        return name
    from urllib.parse import unquote  # here, because few names are encoded

    while "%" in name and (plain := unquote(name, errors="surrogateescape")) != name:
        name = plain
    return name
