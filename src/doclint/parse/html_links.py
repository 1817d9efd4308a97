"""The links in raw HTML that says nothing else, told without taking it apart; pure.

A block of raw HTML is mostly an image, or a paragraph with links.
"""

from __future__ import annotations

import re

from doclint.parse.html_speech import MUTE_TAG, VERBATIM, any_of

_LINKING_TAG = rf"""
    <(?: [aA] | [iI][mM][gG] )
    (?: [ ]++ (?! {any_of({"id", "name", "srcset"})} = ) [A-Za-z][A-Za-z-]*+ ="[^"&<>\n\r\0]*+" )*+
    [ ]?+ /?+ >
"""
_ONLY_LINKS = re.compile(
    rf"(?: [^<\0\r]++ | (?! </?+ {any_of(VERBATIM)} (?![A-Za-z0-9]) ) {MUTE_TAG} | {_LINKING_TAG} )*+", re.VERBOSE
)
_LINKING = re.compile(rf"(?= <(?: (?P<a> [aA] ) | [iI] ) [mMgG]{{0,2}}+ [ ] ) {_LINKING_TAG}", re.VERBOSE)
_ATTRIBUTE = re.compile(r'[ ]++([A-Za-z-]++)="([^"]*+)"')


def only_links(html: str) -> list[tuple[str, int, int, int, int]] | None:
    """Return the links in raw HTML which says nothing but where links and images lead; None where that is not certain.

    Each as its destination, where its tag begins and ends, and where its destination does.
    """
    if _ONLY_LINKS.fullmatch(html) is None:
        return None
    found = []
    for tag in _LINKING.finditer(html):
        wanted = "src" if tag["a"] is None else "href"
        # Of attributes with the same name the first counts.
        attributes = _ATTRIBUTE.finditer(html, *tag.span())
        address = next((each for each in attributes if each[1].lower() == wanted), None)
        if address is not None:
            if any(map(str.isspace, address[2])):
                return None
            found.append((address[2], *tag.span(), *address.span(2)))
    return found
