"""A language as n-grams of characters: counted, smoothed, and reduced to those that tell most.

The model is the usual one that backs off: the longest n-gram that is kept says how likely its last character is; where
none is kept, the shorter context is asked, times a weight that belongs to the longer one. Absolute discounting smooths
it (Ney, Essen, Kneser 1994); what is left out is chosen by relative entropy (Stolcke 1998, "Entropy-based pruning of
backoff language models").
"""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DISCOUNTS = (0.0, 0.0, 0.7, 0.9, 0.95)
"""What each count loses to the characters never seen, by the length of the n-gram; the last one for all longer ones."""

UNKNOWN = 30_000
"""How many characters there might be that were never counted."""

ROUNDS = 2
"""Leaving n-grams out changes the weights, by which they were chosen: after so many rounds hardly anything moves."""

LEAST = 1e-4
"""What is left at least for all characters together that are not listed after a context."""


class Model(NamedTuple):
    """How likely characters are.

    Attributes:
        probabilities: N-gram to how likely its last character is after the others.
        weights: Context to the factor for what shorter contexts say of characters that are not listed after it.
        unknown: How likely a character is that was never counted.
    """

    probabilities: dict[str, float]
    weights: dict[str, float]
    unknown: float

    def after_shorter(self, key: str) -> float:
        """Return how likely the last character of `key` is after the others without their first."""
        key = key[1:]
        weight = 1.0
        while (known := self.probabilities.get(key)) is None:
            if len(key) == 1:
                return weight * self.unknown
            weight *= self.weights.get(key[:-1], 1.0)
            key = key[1:]
        return weight * known


def estimated(counts: Mapping[str, float], order: int) -> Model:
    """Return the model that knows every n-gram of `counts`; `order` is the length of the longest."""
    by_length: list[dict[str, float]] = [{} for _ in range(order + 1)]
    for key, number in counts.items():
        by_length[len(key)][key] = number
    total = sum(by_length[1].values()) + 0.5 * UNKNOWN
    model = Model({key: (number + 0.5) / total for key, number in by_length[1].items()}, {}, 0.5 / total)
    for length in range(2, order + 1):
        discount = DISCOUNTS[min(length, len(DISCOUNTS) - 1)]
        seen: defaultdict[str, float] = defaultdict(float)
        lost: defaultdict[str, float] = defaultdict(float)
        for key, number in by_length[length].items():
            seen[key[:-1]] += number
            lost[key[:-1]] += min(number, discount)
        model.weights.update({context: lost[context] / number for context, number in seen.items()})
        for key, number in by_length[length].items():
            context = key[:-1]
            own = max(0.0, number - discount) / seen[context]
            model.probabilities[key] = own + model.weights[context] * model.after_shorter(key)
    return model


def reduced(model: Model, counts: Mapping[str, float], size: int) -> Model:
    """Return the part of `model` that says most of what it says, in `size` n-grams.

    N-grams of ASCII alone are left out, because damage never touches ASCII.
    """
    total = sum(number for key, number in counts.items() if len(key) == 1)
    always = {key for key, number in counts.items() if len(key) == 1 and number >= 1}
    shorter = {key: model.after_shorter(key) for key in model.probabilities if len(key) > 1}
    weights = model.weights
    kept: dict[str, float] = {}
    for _ in range(ROUNDS):
        told: dict[str, float] = {}
        for key, otherwise in shorter.items():
            if key.isascii():
                continue
            context, likely = key[:-1], model.probabilities[key]
            guess = weights.get(context, 1.0) * otherwise
            told[key] = counts.get(context, 0.0) / total * (likely * log(likely / guess) - likely + guess)
        chosen = set(always)
        for key in sorted(told, key=lambda key: (-told[key], key)):
            if len(chosen) >= size:
                break
            while key and key not in chosen:
                chosen.add(key)
                key = key[:-1]  # noqa: PLW2901 - the way down to the root
        kept = {key: model.probabilities[key] for key in chosen}
        weights = _weights(kept, shorter)
    return Model(kept, weights, model.unknown)


def _weights(kept: Mapping[str, float], shorter: Mapping[str, float]) -> dict[str, float]:
    """Return the weights that make the probabilities after each context sum up to one."""
    listed: defaultdict[str, float] = defaultdict(float)
    instead: defaultdict[str, float] = defaultdict(float)
    for key, likely in kept.items():
        if len(key) > 1:
            listed[key[:-1]] += likely
            instead[key[:-1]] += shorter[key]
    return {context: max(LEAST, 1 - listed[context]) / max(LEAST, 1 - instead[context]) for context in listed}
