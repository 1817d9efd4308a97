"""How hosts tell headings of the same name apart: one class a way, made anew for each page.

`name` takes a slug and returns the name of the next heading that has it; `reserve` tells of a name that is taken.
"""

from __future__ import annotations

import re
from typing import Protocol

_NUMBERED = r"(?s)(.*)_([0-9]+)"


class Counter(Protocol):
    """What all counters can do."""

    def name(self, slug: str) -> str:
        """Return the name of the next heading with this slug."""
        ...

    def reserve(self, name: str) -> None:
        """Take a name out of use."""
        ...


class Skipping:
    """`-1`, `-2`, ..., passing over names in use: foo, foo, foo-1 -> foo, foo-1, foo-1-1."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def copy(self) -> Skipping:
        """Return a counter that has named the same headings."""
        other = Skipping()
        other._used = self._used.copy()
        return other

    def name(self, slug: str) -> str:
        """Return the name of the next heading with this slug."""
        name = slug
        while name in self._used:
            self._used[slug] += 1
            name = f"{slug}-{self._used[slug]}"
        self._used[name] = 0
        return name

    def reserve(self, name: str) -> None:
        """Take a name out of use."""
        self._used.setdefault(name, 0)


class Colliding:
    """`-1`, `-2`, ... for each slug by itself: foo, foo, foo-1 -> foo, foo-1, foo-1; a link finds the first of them."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def name(self, slug: str) -> str:
        """Return the name of the next heading with this slug."""
        number = self._seen[slug] = self._seen.get(slug, -1) + 1
        return f"{slug}-{number}" if number else slug

    def reserve(self, name: str) -> None:
        """Do nothing: names that are written out are not looked at."""


class Underscore:
    """Python-Markdown's `unique`: `_1`, `_2`, ...; a slug that ends in `_N` counts on from N; no name is empty."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._known: dict[str, int] = {}

    def name(self, slug: str) -> str:
        """Return the name of the next heading with this slug."""
        name = slug
        if name in self._used or not name:
            numbered = re.fullmatch(_NUMBERED, name)
            base, count = (numbered[1], int(numbered[2])) if numbered else (name, 0)
            count = max(count, self._known.get(base, 0)) + 1
            while (name := f"{base}_{count}") in self._used:
                count += 1
            if not numbered:
                self._known[base] = count
        self._used.add(name)
        return name

    def reserve(self, name: str) -> None:
        """Take a name out of use."""
        self._used.add(name)


class Uncounted:
    """No counting: headings of the same name have the same anchor, and a link finds the first."""

    def name(self, slug: str) -> str:
        """Return the slug."""
        return slug

    def reserve(self, name: str) -> None:
        """Do nothing."""
