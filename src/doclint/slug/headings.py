"""What several hosts do with a heading: which of its pieces count, and the name that is written behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Heading, Part, PartKind
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

Named = tuple[Heading, str | None]
"""A heading without what names it, and the name, if there is one."""


ATTRIBUTE_WORD = r"""(?:[#.][\w:.-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
"""A word of an attribute list: `#name`, `.class` or `key=value`."""

ATTRIBUTE_LIST = re.compile(
    rf"(?:^|[ \t]*)(?<!\\)\{{[ \t]*({ATTRIBUTE_WORD}(?:[ \t,]+{ATTRIBUTE_WORD})*)[ \t]*\}}[ \t]*$"
)
"""An attribute list at the end of a text, of goldmark and pulldown-cmark: any other word makes it plain text."""

_TWO_HYPHENS = re.compile(r"(?<!-)---?(?!-)")


def text_of(  # noqa: PLR0913 - what hosts differ in
    heading: Heading,
    *,
    alt: bool = False,
    footnotes: str = "",
    line_break: str = "\n",
    addresses: bool = True,
    attributes: bool = True,
    dashes: bool = False,
) -> str:
    """Return the text of a heading without tags.

    Args:
        heading: The heading.
        alt: Whether the alternative texts of images count.
        footnotes: What stands for a footnote reference: "number", "written" (`[^a]`) or "" (nothing).
        line_break: What stands for a line break.
        addresses: Whether the texts of autolinks count.
        attributes: Whether attribute lists behind something inline are text.
        dashes: Whether `--` and `---` outside of code become dashes, as typographers have it.
    """
    found = []
    for part in heading.parts:
        match part.kind:
            case PartKind.TEXT:
                found.append(_TWO_HYPHENS.sub("—", part.text) if dashes else part.text)
            case PartKind.CODE:
                found.append(part.text)
            case PartKind.ALT if alt:
                found.append(part.text)
            case PartKind.ADDRESS if addresses:
                found.append(part.text)
            case PartKind.ATTRIBUTES if attributes:
                found.append(part.text)
            case PartKind.FOOTNOTE if footnotes:
                found.append(part.written if footnotes == "written" else part.text)
            case PartKind.BREAK:
                found.append(line_break)
            case _:
                pass
    return "".join(found)


def last_line(heading: Heading) -> Heading:
    """Return the heading without what stands in front of its last line break."""
    parts = heading.parts
    start = max((number for number, part in enumerate(parts, 1) if part.kind is PartKind.BREAK), default=0)
    return replace(heading, parts=parts[start:], source=heading.source.rpartition("\n")[2])


def unnamed(heading: Heading) -> Named:
    """Return a heading of a host that knows no names behind headings."""
    return heading, None


def named_behind(pattern: re.Pattern[str], name: Callable[[str], str | None]) -> Callable[[Heading], Named]:
    """Return a function that reads the name behind a heading.

    Args:
        pattern: Matches an attribute list at the end of the heading's text, escapes and character references as they
            are written; its first group is what stands between the braces.
        name: Takes that group to the name, if there is one.
    """

    def read(heading: Heading) -> Named:
        parts = list(heading.parts)
        tail = ""
        for part in reversed(parts):
            if part.kind not in (PartKind.TEXT, PartKind.ATTRIBUTES):
                break
            tail = (part.written or part.text) + tail
        match = pattern.search(tail)
        if heading.html or match is None or match.end() != len(tail):
            return heading, None
        surplus = len(tail) - match.start()
        while surplus > 0:
            part = parts.pop()
            written = part.written or part.text
            if surplus < len(written):
                parts.append(Part(PartKind.TEXT, written[:-surplus]))
            surplus -= len(written)
        source = heading.source[: len(heading.source.rstrip()) - (len(tail.rstrip()) - match.start())]
        return replace(heading, parts=tuple(parts), source=source), name(match[1])

    return read


def id_word(attributes: str) -> str | None:
    """Return the name in an attribute list, the last of several.

    >>> id_word(".note #setup lang=en"), id_word(".note")
    ('setup', None)
    """
    words = [word[1:] for word in attributes.split() if word.startswith("#") and len(word) > 1]
    return words[-1] if words else None
