"""Addresses that stand bare in a text, which GitHub takes for links (GFM 6.9, extended autolinks); pure."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"(?i)(?:^|[\s*_~(])(https?)$")
_REST = re.compile(r"://[^\s<]+")
_ENTITY_AT_END = re.compile(r"&[A-Za-z0-9]{1,32};\Z")


def bare_url(text: str, colon: int, end: int) -> tuple[int, int] | None:
    """Return where the address begins and ends whose scheme stands before `colon`; None where there is none.

    Nothing from `end` on is looked at.
    """
    # The scheme first: what follows may be long, and there may be many signs like these in it.
    if (scheme := _SCHEME.search(text, max(0, colon - len("(https")), colon)) is None:
        return None
    if (rest := _REST.match(text, colon, end)) is None:
        return None
    length = len(_trimmed(rest[0]))
    return (scheme.start(1), colon + length) if length > len("://") else None


def _trimmed(url: str) -> str:
    """Cut off what GFM 6.9 does not count to a bare address: punctuation, an entity, an unbalanced parenthesis."""
    end = len(url)
    surplus = url.count(")") - url.count("(")
    while end:
        last = url[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        elif last == ";" and (entity := _ENTITY_AT_END.search(url, max(0, end - 34), end)):
            end = entity.start()
        else:
            break
    return url[:end]
