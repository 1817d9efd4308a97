"""What a run of characters says when one wrong codec is undone."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from doclint.repair.codecs import LOST, Codec
from doclint.repair.naturalness import own_bits, script_of
from doclint.repair.scan import CONTINUATIONS, LEADS
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

# A whole character of UTF-8 (RFC 3629, section 4).
_CHARACTER = (
    "[\xc2-\xdf][\x80-\xbf]"
    "|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# Whole characters; or what is left of one that lost bytes: a lead byte and too few behind it, or no lead byte.
_STRETCH = re.compile(
    f"(?P<whole>(?:{_CHARACTER})+)|(?P<rest>[\xc2-\xf4][\x80-\xbf{LOST}]{{0,3}}|[\x80-\xbf{LOST}]+)",
)
# How the bytes behind a lead byte usually begin: general punctuation, kana, full-width forms, emoji; else CJK.
_USUAL_TAILS = {0xE2: b"\x80\x94", 0xE3: b"\x81\x82", 0xEF: b"\xbc\x8c", 0xF0: b"\x9f\x98\x80"}
_OTHER_TAIL = b"\xb8\x80\x80"


class Piece(NamedTuple):
    """A piece of a run under a codec.

    Attributes:
        text: Whole characters decoded, or what stands there.
        undone: Whether they were decoded.
        rest: The first byte that is left, where it is an incomplete character.
    """

    text: str
    undone: bool = False
    rest: str = ""


class Reading(Value):
    """A run under one codec.

    Attributes:
        exact: What it says if nothing is missing: whole characters decoded, all else as it stands.
        lossy: What it says if bytes are missing, a stand-in for each incomplete character; None when all are whole.
        whole: The lead bytes of its whole characters.
        rests: The first bytes that are left of its incomplete characters.
        scripts: The writing systems of its whole characters.
        rest_scripts: The writing systems that its incomplete characters may have belonged to.
        undone: How many of the run's characters belong to whole ones.
        pieces: What `exact` is made of.
    """

    exact: str
    lossy: str | None
    whole: frozenset[str]
    rests: tuple[str, ...]
    scripts: frozenset[str]
    rest_scripts: frozenset[str]
    undone: int
    pieces: tuple[Piece, ...]


def read(texts: Sequence[str], wrong: Codec) -> list[Reading | None]:
    """Return what each of `texts` (without line ends) says under `wrong`; None where nothing could come from it."""
    if not texts:
        return []
    raws = wrong.bytes_of("\n".join(texts)).split("\n")
    known: dict[str, Reading | None] = {}
    for text, raw in zip(texts, raws, strict=True):
        if text not in known:
            known[text] = _read(text, raw)
    return [known[text] for text in texts]


def _read(text: str, raw: str) -> Reading | None:
    pieces: list[Piece] = []
    lossy: list[str] = []
    whole: set[str] = set()
    rests: list[str] = []
    scripts: set[str] = set()
    rest_scripts: set[str] = set()
    position = undone = 0
    for match in _STRETCH.finditer(raw):
        start, end = match.span()
        pieces.append(Piece(text[position:start]))
        lossy.append(text[position:start])
        if stretch := match["whole"]:
            decoded = stretch.encode("latin-1").decode("utf-8")
            whole.update(byte for byte in stretch if byte >= "\xc2")
            scripts.update(map(script_of, decoded))
            undone += len(stretch)
            pieces.append(Piece(decoded, undone=True))
            lossy.append(decoded)
        else:
            pieces.append(Piece(text[start:end], rest=match["rest"][0]))
            stand_in = _stand_in(match["rest"])
            rest_scripts.update(map(script_of, stand_in))
            lossy.append(stand_in or text[start:end])
            rests.append(match["rest"][0])
        position = end
    if position == 0:
        return None
    pieces.append(Piece(text[position:]))
    lossy.append(text[position:])
    return Reading(
        "".join(piece.text for piece in pieces),
        "".join(lossy) if rests else None,
        frozenset(whole),
        tuple(rests),
        frozenset(scripts - {""}),
        frozenset(rest_scripts - {""}),
        undone,
        tuple(piece for piece in pieces if piece.text),
    )


@cache
def _stand_in(rest: str) -> str:
    r"""Return the most common character that could leave the bytes `rest`; "" where not even its lead byte is there.

    >>> _stand_in("\xd1")
    'р'
    """
    lead = ord(rest[0])
    if lead not in LEADS:
        return ""
    length = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    known = rest[1:].replace(LOST, "").encode("latin-1")[:length]
    usual = _USUAL_TAILS.get(lead, _OTHER_TAIL)[:length]
    candidates = []
    # Any of the bytes may be missing. The last missing one is tried in full, the others as they usually are.
    for places in combinations(range(length), len(known)):
        tail = bytearray(usual)
        for place, byte in zip(places, known, strict=True):
            tail[place] = byte
        last = max((place for place in range(length) if place not in places), default=length - 1)
        for byte in CONTINUATIONS:
            tail[last] = byte
            candidates.append(bytes((lead, *tail)).decode("utf-8", "replace"))
    return min((char for char in candidates if len(char) == 1), key=own_bits, default="")
