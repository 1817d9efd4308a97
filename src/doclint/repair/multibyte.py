"""The code pages of East Asia, in which UTF-8 is misread two bytes at a time."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

MULTI_BYTE = ("gbk", "cp932", "cp949", "big5")
"""The codecs whose misreading can be undone, likeliest first."""


NOTHING = -2
"""Stands for the byte behind the last one."""


class Pairs(NamedTuple):
    """What a codec of one and two bytes knows.

    Attributes:
        bytes_of: Character to the bytes that it is read from.
        single: The bytes that are a character by themselves.
        leads: The bytes that begin a pair.
        pairs: The pairs that are a character.
    """

    bytes_of: dict[str, bytes]
    single: frozenset[int]
    leads: frozenset[int]
    pairs: frozenset[bytes]


@cache
def pairs(name: str) -> Pairs:
    """Return what the codec that Python calls `name`, one of `MULTI_BYTE`, knows."""
    bytes_of: dict[str, bytes] = {}
    single = set()
    known = set()
    for byte in range(256):
        data = bytes((byte,))
        if (char := data.decode(name, "ignore")) != "":
            single.add(byte)
            bytes_of[char] = data
    for lead in range(0x80, 256):
        if lead in single:
            continue
        for trail in range(0x40, 256):
            data = bytes((lead, trail))
            try:
                char = data.decode(name)
            except UnicodeDecodeError:
                continue
            known.add(data)
            # Where two pairs give one character, only bytes that UTF-8 has can have been misread.
            if char not in bytes_of or not _in_utf8(bytes_of[char]):
                bytes_of[char] = data
    leads = frozenset(data[0] for data in known)
    return Pairs(bytes_of, frozenset(single), leads, frozenset(known))


def _in_utf8(data: bytes) -> bool:
    return all(byte not in (0xC0, 0xC1) and byte < 0xF5 for byte in data)


@cache
def unreadable(name: str, following: int) -> frozenset[int]:
    """Return the bytes that a codec cannot read in front of the byte `following`.

    Such a byte is what one U+FFFD stands for; the byte behind it is read afresh. A negative number means that what
    follows is `LOST` itself, or that nothing follows.
    """
    known = pairs(name)
    high = frozenset(range(0x80, 256)) - known.single
    if following == NOTHING:
        return high
    behind = range(0x80, 0xF5) if following < 0 else (following,)
    return frozenset(byte for byte in high if any(bytes((byte, next_one)) not in known.pairs for next_one in behind))
