"""What programs do with bytes that their code page gives no character: the policies of loss, and the proof.

`misread` is the damage itself. A repair is proved when the damage of its result is what stands on the disk.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache

from doclint.repair.codecs import LOST, codec
from doclint.repair.multibyte import MULTI_BYTE, swallowing


class Loss(Enum):
    """What became of a byte that the wrong codec cannot show; the values are how people call it."""

    NONE = "no-break spaces or soft hyphens changed"  # by another program: the codec itself lost nothing
    DROPPED = "bytes without a character dropped"
    CONTROLS = "bytes without a visible character dropped"  # controls and the soft hyphen (category C) as well
    REPLACED = "replaced by U+FFFD"
    QUESTION = 'replaced by "?"'
    SWALLOWED = "replaced by U+FFFD together with the byte behind"


@cache
def lost_bytes(name: str, loss: Loss) -> frozenset[int]:
    """Return the bytes that a single-byte codec loses under a policy."""
    wrong = codec(name)
    if loss is Loss.NONE:
        return frozenset()
    if loss is Loss.CONTROLS:
        invisible = {byte for byte in range(0x7F, 256) if unicodedata.category(wrong.characters[byte])[0] == "C"}
        return wrong.lost | invisible
    return wrong.lost


def misread(text: str, name: str, loss: Loss) -> str:
    """Return what `text` becomes when its UTF-8 is read in the codec `name`, and bytes are lost as `loss` says.

    >>> misread("“quote”", "cp1252", Loss.DROPPED)
    'â€œquoteâ€'
    """
    data = text.encode("utf-8", "surrogatepass")
    if name in MULTI_BYTE:
        if loss in (Loss.DROPPED, Loss.CONTROLS):
            return data.decode(name, "ignore")
        if loss is Loss.SWALLOWED:
            return swallowing(data, name, LOST)
        replaced = data.decode(name, "replace")
        return replaced.replace(LOST, "?") if loss is Loss.QUESTION else replaced
    return data.decode("latin-1").translate(_misreading(name, loss))


@cache
def _misreading(name: str, loss: Loss) -> dict[int, str]:
    sign = {Loss.REPLACED: LOST, Loss.QUESTION: "?"}.get(loss, "")
    lost = lost_bytes(name, loss)
    return {byte: sign if byte in lost else char for byte, char in enumerate(codec(name).characters)}
