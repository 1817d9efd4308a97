"""The likeliest way through a lattice, and how sure each of its characters is.

A beam over the positions keeps the likeliest histories; a second pass backwards over what it kept sums up all ways
that lead through a candidate. That sum is the candidate's posterior.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Protocol

from doclint.repair.ngrams import END, step
from doclint.repair.signs import is_sign, likelihood
from doclint.value import Draft, Value, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from doclint.repair.lattice import Edge

WIDTH = 20
"""Histories that are kept at a position."""

CANDIDATES = 64
"""Candidates for one character that are looked at in their context."""

WORST = 10.0
"""Nats behind the best from which on a history is given up."""

CONTEXT = 5
"""Characters in which two histories must differ to be two."""

RIVALS = 3
_ENDS = 0.1
"""How often the language has a line end behind any character."""

_PUNCTUATION = frozenset(".,:;!?")
_TWICE = 0.02
"""How often a mark of ASCII follows another mark, against behind letters."""

TEMPER = 0.8
"""Language is less sure of itself than n-grams are: what they say is taken at this power (fitted, docs/decisions)."""


class Reads(Protocol):
    """What tells how likely a character is after a history."""

    def after(self, history: str) -> Mapping[str, float]:
        """Return how likely each character is after `history`."""
        ...


class Slot(Value):
    """A character that was inferred.

    Attributes:
        start: The token at which it begins.
        end: The token behind it.
        char: The likeliest candidate.
        posterior: How likely it is, between 0 and 1.
        rivals: The next likely ones, each with its posterior.
    """

    start: int
    end: int
    char: str
    posterior: float
    rivals: tuple[tuple[str, float], ...]


class Path(Value):
    """The likeliest way: its steps, the inferred ones among them, and its cost in nats."""

    steps: tuple[tuple[int, Edge], ...]
    slots: tuple[Slot, ...]
    cost: float


class _Node(Draft):
    score: float
    total: float
    back: tuple[_Node, Edge] | None
    position: int
    history: str
    ways: list[tuple[_Node, Edge, float]] = field(default_factory=list)
    beyond: float = float("-inf")


def search(
    length: int, edges: Callable[[int], Sequence[Edge]], reader: Reads, before: str = " ", after: str = END
) -> Path | None:
    """Return the likeliest way from 0 to `length`, or None when there is none.

    `before` and `after` are what is known of the text in front and behind.
    """
    begin = ""
    for char in before:
        begin = step(begin, char)
    layers: dict[int, dict[str, _Node]] = {0: {begin: _Node(0.0, 0.0, None, 0, begin)}}
    order = []
    for position in range(length):
        layer = layers.pop(position, None)
        if layer is None:
            continue
        nodes = sorted(layer.values(), key=lambda node: -node.score)[:WIDTH]
        nodes = [node for node in nodes if node.score > nodes[0].score - WORST]
        order.append(nodes)
        candidates = _likely(edges(position), reader)
        if len(nodes) == len(candidates) == 1:
            edge = candidates[0]
            _add(layers.setdefault(edge.end, {}), nodes[0], edge, -edge.cost)
        else:
            _go_on(nodes, candidates, reader, layers)
    last = layers.get(length)
    if not last:
        return None
    for final in last.values():
        ending = 0.0
        history = final.history
        for char in after:
            ending += TEMPER * log(reader.after(history)[char])
            history = step(history, char)
        final.score += ending
        final.total += ending
        final.ways = [(node, edge, gain + ending) for node, edge, gain in final.ways]
    order.append(list(last.values()))
    best = max(last.values(), key=lambda node: node.score)
    steps = []
    node = best
    while node.back is not None:
        earlier, edge = node.back
        steps.append((earlier.position, edge))
        node = earlier
    steps.reverse()
    shares = _posteriors(order)
    slots = tuple(_slot(start, edge, shares[start]) for start, edge in steps if edge.guessed)
    return Path(tuple(steps), slots, -best.score)


def _likely(candidates: Sequence[Edge], reader: Reads) -> Sequence[Edge]:
    """Return the candidates that are likeliest by themselves, where there are many."""
    if len(candidates) <= CANDIDATES:
        return candidates
    shares = reader.after(" ")
    return sorted(candidates, key=lambda edge: -_gain(shares, " ", edge))[:CANDIDATES]


def _gain(shares: Mapping[str, float], history: str, edge: Edge) -> float:
    if edge.guessed and edge.char.isascii():
        return _tail_gain(shares, history, edge)
    share = shares[edge.char]
    if edge.guessed and is_sign(edge.char):
        # To the tables a space is a space, whichever it is.
        known = 0.0 if edge.char.isspace() else share
        share = 0.5 * known + 0.5 * likelihood(edge.char, history[-1:])
    return TEMPER * log(share) - edge.cost


def _tail_gain(shares: Mapping[str, float], history: str, edge: Edge) -> float:
    """Return the gain of a character of ASCII that is missing; its cost is that of what comes behind.

    Whether a line ends is for the language to say as well; of the other characters of ASCII it is only known that
    punctuation hardly follows punctuation.
    """
    ends = min(0.9, shares[END])
    if edge.char in _PUNCTUATION and is_sign(history[-1:] or " "):
        return TEMPER * log(_TWICE) - edge.cost
    share = ends / _ENDS if edge.char == END else (1 - ends) / (1 - _ENDS)
    return TEMPER * log(share) - edge.cost


def _go_on(
    nodes: Sequence[_Node], candidates: Sequence[Edge], reader: Reads, layers: dict[int, dict[str, _Node]]
) -> None:
    """Add all ways from `nodes`, the best first, to the layers at which they end."""
    # What is so far behind the best that ends at the same place is given up at once.
    worst = dict.fromkeys((edge.end for edge in candidates), float("-inf"))
    for node in nodes:
        shares = reader.after(node.history)
        for edge in candidates:
            gain = _gain(shares, node.history, edge)
            score = node.score + gain
            if score < worst[edge.end]:
                continue
            worst[edge.end] = max(worst[edge.end], score - WORST)
            _add(layers.setdefault(edge.end, {}), node, edge, gain)


def _add(layer: dict[str, _Node], node: _Node, edge: Edge, gain: float) -> None:
    # Which character of ASCII is missing is told by its cost alone: to the language they are all a space.
    history = step(node.history, " " if edge.guessed and edge.char.isascii() else edge.char)
    score = node.score + gain
    total = node.total + gain
    key = history[-CONTEXT:]
    known = layer.get(key)
    if known is None:
        known = layer[key] = _Node(score, total, (node, edge), edge.end, history)
    else:
        known.total = _sum(known.total, total)
        if score > known.score:
            known.score, known.back, known.history = score, (node, edge), history
    known.ways.append((node, edge, gain))


def _sum(one: float, other: float) -> float:
    """Return log(exp(one) + exp(other))."""
    if one < other:
        one, other = other, one
    return one if other == float("-inf") else one + log(1 + exp(other - one))


def _posteriors(order: Sequence[Sequence[_Node]]) -> dict[int, dict[str, float]]:
    """Return, for each position, the share of each candidate that begins there."""
    for node in order[-1]:
        node.beyond = 0.0
    whole = float("-inf")
    for node in order[-1]:
        whole = _sum(whole, node.total)
    shares: dict[int, dict[str, float]] = {}
    for nodes in reversed(order):
        for node in nodes:
            if node.beyond == float("-inf"):
                continue
            for earlier, edge, gain in node.ways:
                earlier.beyond = _sum(earlier.beyond, gain + node.beyond)
                if edge.guessed or earlier.position in shares:
                    share = exp(min(0.0, earlier.total + gain + node.beyond - whole))
                    here = shares.setdefault(earlier.position, {})
                    here[edge.char] = here.get(edge.char, 0.0) + share
    return shares


def _slot(start: int, edge: Edge, shares: dict[str, float]) -> Slot:
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    rivals = tuple((char, share) for char, share in ranked if char != edge.char)[:RIVALS]
    return Slot(start, edge.end, edge.char, min(1.0, shares[edge.char]), rivals)
