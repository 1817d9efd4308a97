"""What is known beside a damaged page: the repository's intact text, and what the page said before.

It exists in each run and is asked only where there is damage: what it needs for an answer it imports then.

A line that damage turns into exactly the damaged one is a proof. Intact text elsewhere tells which words to expect.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from doclint.repair.language import Vocabulary
    from doclint.repair.loss import Loss

# As text: `re` makes patterns of them where they are first used, and most runs need none.
_CODE = "`([^`]+)`"
_WORD = r"[^\W\d_]{3,}"

_ENOUGH = 400_000
"""Characters of intact text that are looked at: more would hardly tell more, and take seconds."""

_LINE = 6
"""Characters that are not ASCII which a line must have, so that an equal one elsewhere is no accident."""


def _nothing(_path: str = "") -> Iterable[str]:
    return ()


class Evidence:
    """What is known beside a damaged page; asked for when it is needed.

    Args:
        intact: Returns lines of the repository's pages that are not damaged.
        older: Returns lines that a page (by its path) had before, newest first.
    """

    def __init__(
        self, intact: Callable[[], Iterable[str]] = _nothing, older: Callable[[str], Iterable[str]] = _nothing
    ) -> None:
        self._intact = intact
        self._older = older
        self.in_history = cache(self._in_history)
        self.elsewhere = cache(self._elsewhere)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Intact lines that are not ASCII."""
        found = []
        characters = 0
        for line in self._intact():
            if not line.isascii():
                found.append(line)
                characters += len(line)
                if characters > _ENOUGH:
                    break
        return tuple(found)

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """What the repository's intact text says itself."""
        from doclint.repair.language import Vocabulary

        return Vocabulary(self.lines) if self.lines else None

    @cached_property
    def code_words(self) -> frozenset[str]:
        """The words, not ASCII, that stand in code spans of intact lines, at least twice."""
        counts = Counter(
            word
            for line in self.lines
            for code in re.findall(_CODE, line)
            for word in set(re.findall(_WORD, code))
            if not word.isascii()
        )
        return frozenset(word for word, number in counts.items() if number > 1)

    def _in_history(self, path: str, name: str, loss: Loss) -> Mapping[str, str]:
        """Return, by what damage makes of them, the older lines of a page."""
        return _damaged(self._older(path), name, loss)

    def _elsewhere(self, name: str, loss: Loss) -> Mapping[str, str]:
        """Return, by what damage makes of them, the repository's intact lines."""
        return _damaged((line for line in self.lines if _telling(line)), name, loss)


def _telling(line: str) -> bool:
    return sum(not char.isascii() and char.isalpha() for char in line) >= _LINE


def _damaged(lines: Iterable[str], name: str, loss: Loss) -> dict[str, str]:
    """Return the lines by their damaged forms; forms that several lines share prove none of them."""
    from doclint.repair.loss import misread

    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        # A mark at the beginning of a page may have been damaged with it or not.
        for plain in {line.strip(), line.removeprefix("\ufeff").strip()}:
            damaged = misread(plain, name, loss)
            if damaged != plain:
                found[damaged].add(plain)
    return {damaged: originals.pop() for damaged, originals in found.items() if len(originals) == 1}
