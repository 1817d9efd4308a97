"""Brackets and quotation marks come in pairs: what a line has opened tells what closes in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doclint.repair.lattice import Edge

PAIRS = {
    "（": "）", "「": "」", "『": "』", "【": "】", "《": "》", "〈": "〉", "〔": "〕", "［": "］",
    "“": "”", "«": "»", "„": "“", "｛": "｝", "〝": "〞",
}  # fmt: skip
_OPENING = {closing: opening for opening, closing in PAIRS.items() if opening != "„"}
_SHORT_OF = 4.0
"""Nats against a sign that closes what was not opened, or opens what is not closed."""

_DUE = 3.0
"""Nats in favour of the sign that is due."""


def balance(candidates: list[list[Edge]]) -> None:
    """Charge the guessed candidates of a line's positions, in place, for breaking pairs."""
    certain = [each[0].char if len(each) == 1 and not each[0].guessed else "" for each in candidates]
    guessed = [{edge.char for edge in each if edge.guessed} for each in candidates]
    for position, found in enumerate(candidates):
        signs = guessed[position] & (PAIRS.keys() | _OPENING.keys())
        if not signs:
            continue
        cost = {sign: _cost(sign, certain[:position], certain[position + 1 :], guessed) for sign in signs}
        candidates[position] = [
            replace(edge, cost=edge.cost + cost[edge.char]) if edge.guessed and edge.char in signs else edge
            for edge in found
        ]


def _cost(sign: str, before: list[str], after: list[str], guessed: list[set[str]]) -> float:
    if sign in _OPENING:
        opening = _OPENING[sign]
        still = before.count(opening) - before.count(sign)
        if still > 0:
            return -_DUE if after.count(sign) <= after.count(opening) else 0.0
        return 0.0 if any(opening in each for each in guessed[: len(before)]) else _SHORT_OF
    closing = PAIRS[sign]
    missing = after.count(closing) - after.count(sign)
    if missing > 0:
        return -_DUE if before.count(sign) <= before.count(closing) else 0.0
    return 0.0 if any(closing in each for each in guessed[len(before) + 1 :]) else _SHORT_OF
