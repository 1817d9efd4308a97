"""What raw HTML can say to a page, and whether a piece of it may say anything; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The levels of headings by the names of their tags."""
ENCLOSING = frozenset(
    {"article", "aside", "center", "details", "div", "figure", "footer", "header", "section", "table"}
)
"""Elements that Python-Markdown and kramdown take raw as a whole, and that pages put around Markdown."""
LINK_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
}
"""The attributes that are links, by the names of their tags."""
VERBATIM = ("iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp")
"""Elements in which a browser reads no markup."""
TO_DOCLINT = "doclint-"
"""What a comment begins with that speaks to doclint."""

SAYING = frozenset((*HEADINGS, *ENCLOSING))
"""Elements that say something without an attribute."""
LINKS = tuple(sorted({name for names in LINK_ATTRIBUTES.values() for name in names}))
"""The names of all these attributes."""
_ATTRIBUTES = {"id", "name", *LINKS}
# In lower case, because the engine searches for a letter of either case much more slowly.
_TAGS = rf"</?(?:{'|'.join(sorted(SAYING))})|{TO_DOCLINT}"
_SPEAKS = re.compile(rf"[\s/\"'](?:{'|'.join(sorted(_ATTRIBUTES))})(?![^\s/>=])|{_TAGS}")
# Without a value an id is none, but a link is one all the same.
_SPEAKS_WITHOUT_VALUES = re.compile(rf"{_TAGS}|{'|'.join(LINKS)}")


def either_case(name: str) -> str:
    """Return the pattern of a name in any letter case; the engine's own is slow where a text has letters beyond ASCII.

    >>> either_case("src")
    '[sS][rR][cC]'
    """
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


def any_of(names: Iterable[str]) -> str:
    """Return the pattern of one of some names, in any letter case."""
    return f"(?:{'|'.join(map(either_case, sorted(names)))})"


_SILENT_ATTRIBUTE = rf"""[ ]++(?!{any_of(_ATTRIBUTES)}(?![A-Za-z0-9-]))[A-Za-z][A-Za-z0-9-]*+(?:="[^"<>\n]*+")?+"""
_MUTE = rf"/?+(?!{any_of(SAYING)}(?![A-Za-z0-9]))[A-Za-z][A-Za-z0-9]*+(?:{_SILENT_ATTRIBUTE})*+[ ]?+/?+>"
MUTE_TAG = f"<{_MUTE}"
"""A tag that says nothing, as a piece of patterns: no attribute of it does, or there is none."""
# The sign stands in front, because that is what the engine can look for.
_ANOTHER_TAG = re.compile(f"<(?!{_MUTE})")


def may_speak(html: str) -> bool:
    """Tell whether raw HTML may say anything, outside of a heading that is open; quicker than to read it."""
    if _ANOTHER_TAG.search(html) is None:
        return False
    return (_SPEAKS if "=" in html else _SPEAKS_WITHOUT_VALUES).search(html.lower()) is not None
