"""Brackets and quotation marks come in pairs: what a line has opened tells what closes in it."""

from __future__ import annotations

from collections import Counter

from doclint.repair.lattice import Edge

PAIRS = {
    "（": "）", "「": "」", "『": "』", "【": "】", "《": "》", "〈": "〉", "〔": "〕", "［": "］",
    "“": "”", "«": "»", "„": "“", "｛": "｝", "〝": "〞",
}  # fmt: skip
_OPENING = {closing: opening for opening, closing in PAIRS.items() if opening != "„"}
_SIGNS = PAIRS.keys() | _OPENING.keys()
_SHORT_OF = 4.0
"""Nats against a sign that closes what was not opened, or opens what is not closed."""

_DUE = 3.0
"""Nats in favour of the sign that is due."""


def balance(candidates: list[list[Edge]]) -> None:
    """Charge the guessed candidates of a line's positions, in place, for breaking pairs."""
    signs = _Signs(candidates)
    if not signs.first:
        return
    for position, found in enumerate(candidates):
        cost = {edge.char: signs.cost(edge.char, position) for edge in found if edge.guessed and edge.char in _SIGNS}
        if cost:
            candidates[position] = [
                Edge(edge.end, edge.char, edge.cost + cost[edge.char], edge.guessed)
                if edge.guessed and edge.char in cost
                else edge
                for edge in found
            ]
        elif (char := _certain(found)) in _SIGNS:
            signs.pass_by(char)


def _certain(found: list[Edge]) -> str:
    return found[0].char if len(found) == 1 and not found[0].guessed else ""


class _Signs:
    """The signs of a line, gone through from left to right.

    Attributes:
        first: Where each guessed sign may stand first.
        last: Where it may stand last.
    """

    def __init__(self, candidates: list[list[Edge]]) -> None:
        self._before: Counter[str] = Counter()
        self._after = Counter(char for found in candidates if (char := _certain(found)) in _SIGNS)
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        for position, found in enumerate(candidates):
            for edge in found:
                if edge.guessed and edge.char in _SIGNS:
                    self.first.setdefault(edge.char, position)
                    self.last[edge.char] = position

    def pass_by(self, sign: str) -> None:
        """Go on behind a sign that is certain."""
        self._before[sign] += 1
        self._after[sign] -= 1

    def cost(self, sign: str, position: int) -> float:
        """Return what it costs that `sign` stands at `position`, up to which all has been gone through."""
        before, after = self._before, self._after
        if sign in _OPENING:
            opening = _OPENING[sign]
            if before[opening] > before[sign]:
                return -_DUE if after[sign] <= after[opening] else 0.0
            return 0.0 if self.first.get(opening, position) < position else _SHORT_OF
        closing = PAIRS[sign]
        if after[closing] > after[sign]:
            return -_DUE if before[sign] <= before[closing] else 0.0
        return 0.0 if self.last.get(closing, position) > position else _SHORT_OF
