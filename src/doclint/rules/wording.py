"""Words that several rules need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Definition, Edit, Inference


TWO_DAMAGED = "a link in it leads to a file whose name is damaged, too; doclint fix --unsafe repairs both"


def moved_links(number: int) -> str:
    """Say which links a fix takes along, as the end of a sentence.

    >>> moved_links(2)
    ', with 2 links to the heading'
    """
    if not number:
        return ""
    return f", with {number} links to the heading" if number > 1 else ", with the link to it"


def excerpt(text: str, length: int) -> str:
    """Return the beginning of `text` on one line, at most `length` characters and a mark for what is left out.

    >>> excerpt("abcdef", 3)
    'abc...'
    """
    text = text.replace("\r", "\\r").replace("\n", "\\n")
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


_SHOWN = 12
"""Inferred characters that are listed for one line; JSON has them all."""


def inferences(inferred: Sequence[Inference]) -> list[str]:
    """Say which characters were inferred, how likely each is, and what else it may be."""
    if not inferred:
        return []
    words = [
        f"{_shown(inference.char)} {inference.posterior:.2f}{_rivals(inference)}" for inference in inferred[:_SHOWN]
    ]
    more = f", and {len(inferred) - _SHOWN} more" if len(inferred) > _SHOWN else ""
    return [f"inferred: {', '.join(words)}{more}"]


def _rivals(inference: Inference) -> str:
    rivals = [f"{_shown(char)} {posterior:.2f}" for char, posterior in inference.rivals if posterior >= 0.01]
    return f" (or {', '.join(rivals)})" if rivals else ""


def _shown(char: str) -> str:
    return {"\n": "line end", "\r": "carriage return", "\t": "tab", " ": "space"}.get(char, char)


def restored_line_ends(edits: Sequence[Edit]) -> str:
    """Say how many line ends edits bring back; "" when there are none."""
    number = sum(edit.text.count("\n") for edit in edits)
    return f"{number} lost line {'end comes' if number == 1 else 'ends come'} back" if number else ""


def likely_cause(codecs: Sequence[str], loss: str) -> str:
    """Say which kind of program does that; "" where nothing is known."""
    if not loss:
        return ""
    if codecs[0].startswith(("cp125", "latin", "iso")):
        return "likely cause: an editor, or a copy through a web form, that took UTF-8 for the code page of Windows"
    if codecs[0] in ("gbk", "cp932", "cp949", "big5"):
        return "likely cause: an editor or a compiler that took UTF-8 for the system's East Asian code page"
    return "likely cause: a terminal or an archive tool that took UTF-8 for its own code page"


def is_comment(definition: Definition) -> bool:
    """Tell whether a definition is the idiom for a comment, `[//]: # (text)`: no letter or digit in its label."""
    return not any(char.isalnum() for char in definition.label)
