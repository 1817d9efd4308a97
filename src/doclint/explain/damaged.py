"""Why a text is taken for damage, through which code pages, and how sure that is; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Damage, DamageKind, Safety
from doclint.repair.codecs import SINGLE_BYTE, codec
from doclint.rules.wording import excerpt, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SAMPLE = 60
_CERTAINTIES = {
    Safety.SAFE: "This is certain enough for `doclint fix` to write it.",
    Safety.UNSAFE: "This is likely, not certain: only `doclint fix --unsafe` writes it.",
    Safety.DISPLAY: "This is too uncertain to be written.",
}


def why(damage: Damage, text: str, damages: Sequence[Damage]) -> Iterator[str]:
    """Yield the steps that tell why a stretch of the page `text` is damage; `damages` are all of the page."""
    yield f"This is text in UTF-8 that was read as {readings(damage.codecs)}."
    for edit in damage.edits[:1]:
        yield f'"{excerpt(edit.span.of(text), _SAMPLE)}" was "{excerpt(edit.text, _SAMPLE)}".'
        yield from _chain(edit.text, damage)
    alike = sum(other.codecs == damage.codecs for other in damages)
    if len(damages) > 1:
        yield f"Of {len(damages)} damaged places on this page {alike} came about in this way."
    if damage.kind is DamageKind.EXACT:
        if _comes_back(damage, text):
            yield "Proof: damaging the repaired text again in the same way gives exactly what is on the disk."
    else:
        yield f"There is no exact way back: {damage.loss or 'bytes are missing'}."
    yield _CERTAINTIES[damage.safety] if damage.edits else "Nothing is written: nothing tells what was there."


def _chain(repaired: str, damage: Damage) -> Iterator[str]:
    """Say for one character how it became what is on the page."""
    char = next((char for char in repaired if not char.isascii()), "")
    if not char or damage.kind is not DamageKind.EXACT or not set(damage.codecs) <= set(SINGLE_BYTE):
        return
    now = char
    for name in damage.codecs:
        data = now.encode("utf-8", "surrogatepass")
        misread = codec(name).misread(now)
        yield f'In UTF-8 "{now}" is {data.hex(" ").upper()}; {readings((name,))} reads that as "{misread}".'
        now = misread


def _comes_back(damage: Damage, text: str) -> bool:
    """Tell whether damaging what each edit writes gives what it replaces."""
    if not set(damage.codecs) <= set(SINGLE_BYTE):
        return False
    for edit in damage.edits:
        again = edit.text
        for name in damage.codecs:
            again = codec(name).misread(again)
        if again != edit.span.of(text):
            return False
    return bool(damage.edits)
