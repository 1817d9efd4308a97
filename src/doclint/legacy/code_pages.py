"""The code pages that a page may be in, and what strict decoding says of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_SURPRISES = {
    # So many nats does it surprise to meet one, before anything is known of the text. Of code pages that give the
    # same text the first is named. Left out are those that another one holds: what ISO 8859-1 has and windows-1252
    # has not are control characters, and so for ISO 8859-9 and windows-1254, GBK and GB18030, Shift_JIS and cp932.
    "cp1252": 0.0,
    "cp1251": 0.0,
    "gb18030": 0.0,
    "cp932": 0.0,
    "cp949": 0.0,
    "cp950": 0.0,
    "cp1250": 0.0,
    "cp1253": 0.0,
    "cp1254": 0.5,
    "cp1255": 0.5,
    "cp1256": 0.5,
    "cp1257": 0.5,
    "cp874": 0.5,
    "cp1258": 2.0,
    "euc_jp": 0.0,
    "iso8859-15": 1.0,
    "iso8859-2": 0.5,
    "iso8859-7": 0.5,
    "iso8859-8": 1.0,
    "iso8859-6": 1.0,
    "iso8859-5": 1.0,
    "koi8-r": 0.5,
    "koi8-u": 1.0,
    "cp866": 1.0,
    "cp850": 1.5,
    "cp437": 1.5,
    "cp852": 2.0,
    "mac-roman": 1.5,
    "mac-cyrillic": 4.0,
    "iso8859-13": 2.0,
    "iso8859-16": 4.0,
    "iso8859-4": 3.0,
    "iso8859-3": 4.0,
    "iso8859-10": 4.0,
    "iso8859-14": 4.0,
    "big5hkscs": 2.0,
}

_PROPOSED = 3.0
"""The surprise of a code page that is not in the list."""

_NEVER_WRITTEN = re.compile("[\x80-\x9f\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]")
"""C1 controls, private use and specials: text that holds one was decoded wrongly."""

_ASCII = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


class Candidate(Value):
    """A text that the bytes may be.

    Attributes:
        encoding: The likeliest of the code pages that give it.
        text: The whole text.
        surprise: As in the list above.
    """

    encoding: str
    text: str
    surprise: float


def candidates(data: bytes, proposals: Iterable[str] = ()) -> list[Candidate]:
    r"""Return the texts that `data` may be, each once: those that hold no control and give the same bytes again.

    >>> [candidate.encoding for candidate in candidates(b"gr\xfc\xdfe")][:2]
    ['cp1252', 'cp1251']
    """
    known: dict[str, Candidate] = {}
    for encoding in dict.fromkeys([*_SURPRISES, *proposals]):
        text = _decoded(data, encoding)
        if text is not None and text not in known:
            known[text] = Candidate(encoding, text, _SURPRISES.get(encoding, _PROPOSED))
    escaped = data.decode("utf-8", "surrogateescape")
    if any(not char.isascii() and not "\udc80" <= char <= "\udcff" for char in set(escaped)):
        known[escaped] = Candidate("utf-8", escaped, 0.0)
    return list(known.values())


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
        if _NEVER_WRITTEN.search(text) or text.encode(encoding) != data:
            return None
        return text if _ASCII.decode(encoding) == _ASCII.decode("ascii") else None
    except UnicodeError:
        return None
