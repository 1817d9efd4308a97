"""The cheap necessary condition: does a text hold anything that damage could have left?

UTF-8 read in a wrong single-byte codec leaves, for each character, one that stood for a lead byte before one that stood
for a continuation byte. A text without such a pair in any codec is not damaged, and most texts hold none.
"""

from __future__ import annotations

import re
from functools import cache

from doclint.repair.codecs import LOST, SINGLE_BYTE, codec
from doclint.repair.multibyte import MULTI_BYTE, singles
from doclint.value import Value

LEADS = range(0xC2, 0xF5)
CONTINUATIONS = range(0x80, 0xC0)
_TWO = range(0xC2, 0xE0)
_MORE = range(0xE0, 0xF5)
_CYRILLIC = ("cp1251", "koi8-r")
_LATIN_LEADS = (*range(0xC2, 0xCA), 0xE1, 0xE2)
_LETTERS = "A-Za-z\xc0-\u024f"
_OTHER = r"[^\n\x00-\x7f]"
_ASCII = bytes(range(0x80))

_OF_PAIRS = "[\u0400-\u04ff\u2e80-\U0010ffff]"
"""What no trace of reading two bytes at a time is without. Most pages in Latin letters have no such character, and what
tells of all traces takes longer to make than a short page to check."""

_SEVERAL = 32
"""A page with fewer characters beyond ASCII than one in so many is first looked at without its ASCII."""

_BEGINNING = 4096
"""Characters that tell how much of a page is ASCII."""


def suspicious(text: str) -> bool:
    """Tell whether `text` may hold mojibake that can be undone; False is certain, True is not."""
    if text.isascii():
        return False
    beginning = text[:_BEGINNING]
    if (len(beginning.encode("utf-8", "surrogatepass")) - len(beginning)) * _SEVERAL < len(beginning):
        # Nearly all of the page is ASCII. Without it, what stood side by side still does.
        rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
        in_pairs = re.search(_OF_PAIRS, rest) is not None
        if (_traces_side_by_side() if in_pairs else _traces_of_single_bytes()).search(rest) is None:
            return False
    else:
        in_pairs = re.search(_OF_PAIRS, text) is not None
    return (_traces() if in_pairs else _traces_of_single_bytes()).search(text) is not None


def east_asian(text: str) -> bool:
    """Tell whether `text` may be UTF-8 that was misread in a code page of East Asia; False is certain, True is not."""
    return re.search(_OF_PAIRS, text) is not None and _traces_of_pairs().search(text) is not None


@cache
def _traces() -> re.Pattern[str]:
    """Return what damage leaves.

    Byte by byte, a whole character: one for its first byte in front of one for its second. An incomplete one counts
    but in Cyrillic code pages, where it is what two letters look like: a page that lost bytes there has whole ones as
    well.

    Two bytes at a time, two rare characters close to each other; or one, rare or not, inside a word of Latin letters,
    or in front of U+FFFD.

    A search is quick where few characters may begin a find, and where the first test behind such a character is a
    class. So a whole character is looked for from its second one, which hardly any letter is that texts are full of.
    """
    single, double = _single_bytes(), _pairs()
    return re.compile(f"[{single.behinds}{double.rare}{double.latin}](?:{double.inside}|{double.near}|{single.whole})")


@cache
def _traces_of_single_bytes() -> re.Pattern[str]:
    """Return what damage leaves that reads byte by byte: all traces in a text without `_OF_PAIRS`."""
    single = _single_bytes()
    return re.compile(f"[{single.behinds}](?:{single.whole})")


@cache
def _traces_of_pairs() -> re.Pattern[str]:
    """Return what damage leaves that reads two bytes at a time."""
    double = _pairs()
    two, behind = map(_class, _half_width())
    return re.compile(f"[{double.rare}{double.latin}](?:{double.inside}|{double.near})|[{two}][{behind}]")


@cache
def _traces_side_by_side() -> re.Pattern[str]:
    """Return what is left of all traces when a text's ASCII is taken out; it finds more."""
    single, double = _single_bytes(), _pairs()
    return re.compile(f"[{double.latin}]|[{single.behinds}{double.rare}](?:{double.near}|{single.whole})")


class _SingleBytes(Value):
    """What reading byte by byte leaves.

    Attributes:
        behinds: The characters that a second byte is read as; here and below, to be put between brackets.
        whole: A pattern that fits behind the second character of a trace.
    """

    behinds: str
    whole: str


@cache
def _single_bytes() -> _SingleBytes:
    leads: set[str] = set()
    behinds: set[str] = set()
    ways = []
    for name in SINGLE_BYTE:
        characters = codec(name).characters
        two, more, behind = ({characters[byte] for byte in values} for values in (_TWO, _MORE, CONTINUATIONS))
        leads |= two | more
        behinds |= behind
        second = f"[{_class(behind)}]"
        if name in _CYRILLIC:
            ways += [f"(?<=[{_class(two)}]{second})", f"(?<=[{_class(more)}]{second}){second}"]
        else:
            ways.append(f"(?<=[{_class(two | more)}]{second})")
    two, behind = _half_width()
    leads |= two
    behinds |= behind
    ways.append(f"(?<=[{_class(two)}][{_class(behind)}])")
    return _SingleBytes(_class(behinds), f"(?<=[{_class(leads)}][{_class(behinds)}])(?:{'|'.join(ways)})")


def _half_width() -> tuple[set[str], set[str]]:
    """Return what the first and the second bytes of two-byte characters are where code pages of pairs read them singly.

    That is in cp932: half-width katakana.
    """
    two, behind = (
        {char for name in MULTI_BYTE for byte, char in singles(name).items() if byte in values}
        for values in (_TWO, CONTINUATIONS)
    )
    return two, behind


class _Pairs(Value):
    """What reading two bytes at a time leaves.

    Attributes:
        rare: The rare characters that the first two bytes of a character are read as.
        latin: Those, rare or not, that the two bytes of a Latin letter may be read as, or the first two of a sign.
        near: A pattern that fits behind the first of two rare characters.
        inside: One that fits behind a character inside a word, or in front of U+FFFD.
    """

    rare: str
    latin: str
    near: str
    inside: str


@cache
def _pairs() -> _Pairs:
    read: set[str] = set()
    read_of_latin: set[str] = set()
    for name in MULTI_BYTE:
        for lead in LEADS:
            # One decoding for all of them, with line ends between, which no code page takes for the end of a pair.
            rows = b"\n".join(bytes((lead, behind)) for behind in CONTINUATIONS).decode(name, "replace").split("\n")
            characters = {row for row in rows if len(row) == 1 and row != LOST}
            read |= characters
            if lead in _LATIN_LEADS:
                read_of_latin |= characters
    rare, latin = _class(read - _common()), _class(read_of_latin)
    return _Pairs(
        rare,
        latin,
        f"{_OTHER}(?<=[{rare}].)(?:(?<=[{rare}])|{_OTHER}?[{rare}])",
        f"[{_LETTERS}](?<=[{_LETTERS}][{latin}].)|{LOST}(?<=[{latin}].)",
    )


def _class(characters: set[str]) -> str:
    """Return what stands between the brackets of a class; neighbours as a range, which `re` reads sooner."""
    ranges: list[list[str]] = []
    for char in sorted(characters):
        if ranges and ord(ranges[-1][1]) + 1 == ord(char):
            ranges[-1][1] = char
        else:
            ranges.append([char, char])
    return "".join(
        re.escape(first) if first == last else f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges
    )


def _common() -> set[str]:
    """Return the characters that the East Asian standards hold to be common: their first levels.

    GB 2312 and JIS X 0208 level 1, Big5 level 1, the Hangul of KS X 1001; and all their signs.
    """
    levels = (("gb2312", 0xA1, 0xD7), ("euc-jp", 0xA1, 0xCF), ("big5", 0xA1, 0xC6), ("euc-kr", 0xA1, 0xC8))
    common: set[str] = set()
    for name, first, last in levels:
        data = b"\n".join(bytes((lead, trail)) for lead in range(first, last + 1) for trail in _TRAILS)
        common.update(data.decode(name, "ignore"))
    return common


_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
