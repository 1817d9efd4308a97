"""Words that several rules need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Definition


def excerpt(text: str, length: int) -> str:
    """Return the beginning of `text`, at most `length` characters and a mark for what is left out.

    >>> excerpt("abcdef", 3)
    'abc...'
    """
    return text if len(text) <= length else text[:length] + "..."


def readings(codecs: Sequence[str]) -> str:
    """Say in which codecs a text was read.

    >>> readings(("cp1252", "cp1252"))
    'windows-1252, twice'
    """
    names = [codec.replace("cp125", "windows-125").replace("iso8859", "iso-8859") for codec in codecs]
    if len(names) > 1 and len(set(names)) == 1:
        return f"{names[0]}, {'twice' if len(names) == 2 else f'{len(names)} times'}"
    return ", then as ".join(names)


def is_comment(definition: Definition) -> bool:
    """Tell whether a definition is the idiom for a comment, `[//]: # (text)`: no letter or digit in its label."""
    return not any(char.isalnum() for char in definition.label)
