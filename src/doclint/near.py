"""Did you mean ...? Which of the things that are there is near to one that is not."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST_CANDIDATES = 1_000
"""Of more nothing is said: it would take long, and the nearest of a part is not the nearest of all."""

_NEAR = 75.0
"""How alike two words must be, in percent, to speak of it."""

_CLEARLY = 8.0
"""By how many percent the best must lead to be the only one."""


@lru_cache(maxsize=1 << 14)
def near(word: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the candidates near to `word`, nearest first; one alone where it leads clearly, at most three.

    >>> near("instal", ("install", "usage"))
    ('install',)
    """
    if not word or len(candidates) > _MOST_CANDIDATES:
        return ()
    # Here, because most runs find nothing wrong.
    from rapidfuzz import fuzz, process

    found = process.extract(_folded(word), _all_folded(candidates), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3)
    best = found[0][1] if found else 0.0
    return tuple(candidates[index] for _, score, index in found if score > best - _CLEARLY)


@lru_cache(maxsize=64)
def _all_folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_folded, names))


def _folded(text: str) -> str:
    """Accents and capitals are what people leave out first."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char))
