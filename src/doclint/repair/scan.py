"""The cheap necessary condition: does a text hold anything that damage could have left?

UTF-8 read in a wrong single-byte codec leaves, for each character, one that stood for a lead byte before one that stood
for a continuation byte. A text without such a pair in any codec is not damaged, and most texts hold none.
"""

from __future__ import annotations

import re
from functools import cache

from doclint.repair.codecs import SINGLE_BYTE, codec
from doclint.repair.multibyte import MULTI_BYTE, pairs

LEADS = range(0xC2, 0xF5)
CONTINUATIONS = range(0x80, 0xC0)
_CYRILLIC = ("cp1251", "koi8-r")
_LATIN_LEADS = (*range(0xC2, 0xCA), 0xE1, 0xE2)
_LETTERS = "A-Za-z\xc0-\u024f"


def suspicious(text: str) -> bool:
    """Tell whether `text` may hold mojibake that can be undone; False is certain, True is not."""
    if text.isascii():
        return False
    quick, character, rare, inside = _traces()
    return inside.search(text) is not None or any(
        character.match(text, found.start()) or rare.match(text, found.start()) for found in quick.finditer(text)
    )


def east_asian(text: str) -> bool:
    """Tell whether `text` may be UTF-8 that was misread in a code page of East Asia; False is certain, True is not."""
    _, _, rare, inside = _traces()
    return inside.search(text) is not None or rare.search(text) is not None


@cache
def _traces() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return four patterns.

    The first finds whatever may begin one of the others, quickly. The others find exactly:

    a character of UTF-8 misread byte by byte, in one of the codecs. An incomplete one counts but in Cyrillic code
    pages, where it is what two letters look like: a page that lost bytes there has whole characters as well;

    two rare characters close to each other that pairs of bytes of UTF-8 are misread as;

    such a character, rare or not, inside a word of Latin letters, or in front of U+FFFD.
    """
    firsts: set[str] = set()
    ways: dict[str, None] = {}
    for name in SINGLE_BYTE:
        characters = codec(name).characters
        two, three, four, behind = (
            f"[{_class({characters[byte] for byte in values})}]"
            for values in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), CONTINUATIONS)
        )
        whole = "{2}" if name in _CYRILLIC else ""
        ways[f"{two}{behind}|{three}{behind}{whole}|{four}{behind}{whole}"] = None
        firsts.update(characters[byte] for byte in LEADS)
    read = {char: data for name in MULTI_BYTE for char, data in pairs(name).bytes_of.items() if _begins(data)}
    rare = _class(read.keys() - _common())
    latin = _class({char for char, data in read.items() if data[0] in _LATIN_LEADS})
    return (
        re.compile(f"[{_class(firsts)}{rare}](?=[^\\x00-\\x7f])"),
        re.compile("|".join(ways)),
        re.compile(f"[{rare}][^\\n\\x00-\\x7f]{{0,2}}[{rare}]"),
        re.compile(f"[{latin}](?:\ufffd|(?<=[{_LETTERS}].)(?=[{_LETTERS}]))"),
    )


def _begins(data: bytes) -> bool:
    """Tell whether a pair of bytes begins a character of UTF-8."""
    return len(data) == 2 and data[0] in LEADS and data[1] in CONTINUATIONS


def _class(characters: set[str] | frozenset[str]) -> str:
    return re.escape("".join(sorted(characters)))


def _common() -> set[str]:
    """Return the characters that the East Asian standards hold to be common: their first levels.

    GB 2312 and JIS X 0208 level 1, Big5 level 1, the Hangul of KS X 1001; and all their signs.
    """
    levels = (("gb2312", 0xA1, 0xD7), ("euc-jp", 0xA1, 0xCF), ("big5", 0xA1, 0xC6), ("euc-kr", 0xA1, 0xC8))
    rows = ((name, lead, trail) for name, first, last in levels for lead in range(first, last + 1) for trail in _TRAILS)
    return {bytes((lead, trail)).decode(name, "ignore") for name, lead, trail in rows}


_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
