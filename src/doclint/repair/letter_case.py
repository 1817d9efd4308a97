"""Capitals among candidates: to the tables a letter is a letter, but a capital hardly stands behind a small one."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from doclint.repair.lattice import Edge

if TYPE_CHECKING:
    from collections.abc import Sequence

_BIT = log(2)
_BEGINS = 2.5 * _BIT
"""What a capital costs at the beginning of a word: so seldom does a word have one."""

_INSIDE = 7.0 * _BIT
"""What it costs behind a small letter."""

_AMONG_CAPITALS = 4.0 * _BIT
"""What a small letter costs between two capitals."""


def charge(candidates: list[list[Edge]]) -> None:
    """Charge the guessed candidates of a line's positions, in place, for being in the wrong letter case."""
    before, begins = "", 0
    for position, found in enumerate(candidates):
        if position < begins:
            continue  # inside a character
        if any(edge.guessed and edge.char.isupper() for edge in found):
            candidates[position] = [
                Edge(
                    edge.end, edge.char, edge.cost + _cost(edge.char, before, _next(candidates, edge.end)), edge.guessed
                )
                if edge.guessed
                else edge
                for edge in found
            ]
        if found:
            begins = min(edge.end for edge in found)
            # What is not certain is in all likelihood as small as most letters are.
            before = found[0].char if len(found) == 1 else "a" if any(edge.char.isalpha() for edge in found) else ""


def _next(candidates: Sequence[Sequence[Edge]], position: int) -> str:
    """Return the character that certainly begins at a position, or ""."""
    found = candidates[position] if position < len(candidates) else ()
    return found[0].char if len(found) == 1 else ""


def _cost(char: str, before: str, after: str) -> float:
    if char.isupper():
        if before.islower():
            return _INSIDE
        return 0.0 if before.isupper() or after.isupper() else _BEGINS
    return _AMONG_CAPITALS if char.islower() and before.isupper() and after.isupper() else 0.0
