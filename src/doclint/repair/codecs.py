"""What each wrong codec does to the bytes of UTF-8, and the way back.

A byte to which a code page gives no character became the C1 control of the same value where nothing was lost: that is
what browsers do (WHATWG Encoding Standard, windows-125x) and what the `sloppy-` codecs of ftfy undo.
"""

from __future__ import annotations

from functools import cache

from doclint.value import Value

SINGLE_BYTE = (
    "cp1252",
    "latin-1",
    "cp1254",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1257",
    "iso8859-2",
    "mac_roman",
    "cp437",
    "cp850",
    "koi8-r",
)
"""The codecs whose misreading can be undone, likeliest first: on equal evidence the first one is named."""

NOT_A_BYTE = "\uffff"
"""Stands in a byte string for a character that the codec does not have; never a character of a text."""

LOST = "\ufffd"
"""What some programs put where a byte was lost; stays itself in a byte string."""


class Codec(Value):
    """A single-byte codec as a pair of translation tables.

    "Byte strings" here are strings of the characters U+0000 to U+00FF, one for each byte, so that offsets in the text
    and in its bytes are the same.

    Attributes:
        name: Python's name of the codec.
        characters: Byte to character, 256 of them.
        byte_of: Character to the byte string of its one byte.
        lost: The bytes to which the code page gives no character.
    """

    name: str
    characters: tuple[str, ...]
    byte_of: dict[str, str]
    lost: frozenset[int]

    def misread(self, text: str) -> str:
        """Return what `text` becomes when its UTF-8 bytes are read in this codec, nothing lost."""
        return "".join(self.characters[byte] for byte in text.encode("utf-8", "surrogatepass"))

    def bytes_of(self, text: str) -> str:
        """Return the byte string of `text`; what the codec cannot write is `NOT_A_BYTE`.

        >>> codec("cp1252").bytes_of("Ã©")
        'Ã©'
        >>> codec("cp437").bytes_of("├⌐")
        'Ã©'
        """
        table = {ord(char): self.byte_of.get(char, NOT_A_BYTE) for char in set(text) - {LOST}}
        return text.translate(table)


@cache
def codec(name: str) -> Codec:
    """Return the codec that Python calls `name`, one of `SINGLE_BYTE`."""
    characters = []
    lost = set()
    for byte in range(256):
        try:
            characters.append(bytes((byte,)).decode(name))
        except UnicodeDecodeError:
            characters.append(chr(byte))
            lost.add(byte)
    byte_of = {char: chr(byte) for byte, char in enumerate(characters)}
    return Codec(name, tuple(characters), byte_of, frozenset(lost))
