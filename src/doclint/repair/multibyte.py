"""The code pages of East Asia, in which UTF-8 is misread two bytes at a time."""

from __future__ import annotations

from functools import cache

from doclint.value import Value

MULTI_BYTE = ("gbk", "cp932", "cp949", "big5")
"""The codecs whose misreading can be undone, likeliest first."""


NOTHING = -2
"""Stands for the byte behind the last one."""


class Pairs(Value):
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
def singles(name: str) -> dict[int, str]:
    """Return the bytes that are a character by themselves to the codec `name`, one of `MULTI_BYTE`, with it."""
    return {byte: char for byte in range(256) if (char := bytes((byte,)).decode(name, "ignore"))}


@cache
def pairs(name: str) -> Pairs:
    """Return what the codec that Python calls `name`, one of `MULTI_BYTE`, knows."""
    single = frozenset(singles(name))
    bytes_of = {char: bytes((byte,)) for byte, char in singles(name).items()}
    known = set()
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
    return Pairs(bytes_of, single, leads, frozenset(known))


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


class Swallows(Value):
    """What a marker stands for where one is put for a whole pair that a codec does not have.

    Attributes:
        alone: The bytes that the codec never reads, whatever follows: their marker swallows nothing.
        leads: The bytes that begin a pair.
        tails: The characters of ASCII that are the second byte of no pair.
        trails: For each byte that begins a pair, the bytes beyond ASCII that it makes no pair with.
    """

    alone: frozenset[int]
    leads: frozenset[int]
    tails: frozenset[str]
    trails: dict[int, frozenset[int]]


@cache
def swallows(name: str) -> Swallows:
    """Return what the markers of a codec stand for."""
    known = pairs(name)
    high = range(0x80, 0xF5)
    seconds = {pair[1] for pair in known.pairs}
    return Swallows(
        frozenset(range(0x80, 256)) - known.single - known.leads,
        known.leads,
        frozenset(chr(byte) for byte in (*b"\t\n\r", *range(0x20, 0x7F)) if byte not in seconds),
        {
            lead: frozenset(trail for trail in high if bytes((lead, trail)) not in known.pairs)
            for lead in sorted(known.leads)
        },
    )


def swallowing(data: bytes, name: str, marker: str) -> str:
    """Return what `data` becomes where one `marker` is put for a whole pair that a codec does not have.

    Python's codecs read the second byte afresh; others take it away, even where it ends a line.
    """
    known = pairs(name)
    pieces = []
    position = 0
    while position < len(data):
        byte, pair = data[position], data[position : position + 2]
        width = 2 if byte in known.leads and byte not in known.single else 1
        readable = byte in known.single or pair in known.pairs
        pieces.append(data[position : position + width].decode(name) if readable else marker)
        position += width
    return "".join(pieces)
