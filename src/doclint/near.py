"""Did you mean ...? Which of the things that are there is near to one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CANDIDATES = 5_000
"""So many are compared at most: one comparison takes about a microsecond."""

_NEAR = 75.0
"""How alike two words must be, in percent, to speak of it."""

_CLEARLY = 8.0
"""By how many percent the best must lead to be the only one."""


def near(word: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """Return the candidates near to `word`, nearest first; one alone where it leads clearly, at most three.

    >>> near("instal", ["install", "usage"])
    ('install',)
    """
    if not word:
        return ()
    # Here, because most runs find nothing wrong.
    import unicodedata

    from rapidfuzz import fuzz, process

    def folded(text: str) -> str:
        """Accents and capitals are what people leave out first."""
        letters = unicodedata.normalize("NFKD", text.casefold())
        return "".join(char for char in letters if not unicodedata.combining(char))

    found = process.extract(
        word,
        candidates[:_MOST_CANDIDATES],
        scorer=fuzz.ratio,
        processor=folded,
        score_cutoff=_NEAR,
        limit=3,
    )
    best = found[0][1] if found else 0.0
    return tuple(candidate for candidate, score, _ in found if score > best - _CLEARLY)
