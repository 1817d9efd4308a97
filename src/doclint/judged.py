"""What has been found out about the links of a page."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.model import InRepo, Link, Target
from doclint.tree import Found
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fragment(Enum):
    """What a fragment finds in its target."""

    THERE = "there"
    MOVES = "there until the page is repaired"
    MISSING = "missing"
    UNKNOWN = "cannot be judged"


class Calm(Enum):
    """What a link comes to that no rule has anything against."""

    FINE = "leads to what is there"
    WEB = "leads to the web"
    OTHER = "is no link that could be judged"
    UNKNOWN = "has a fragment that cannot be judged"


class Judged(Value):
    """A link that may be at fault.

    Attributes:
        link: The link.
        target: What it means.
        found: What is there instead of what it means; None where nothing is wrong with that.
        fragment: What its fragment finds.
    """

    link: Link
    target: Target
    found: Found | None
    fragment: Fragment


Verdict = Calm | tuple[Target, Found | None, Fragment]
"""What a destination comes to wherever it means the same; if it may be wrong, what `Judged` has but the link."""


class Counts(Value):
    """How many links cannot be judged, and why.

    Attributes:
        web: They lead to the web.
        other: They are no links that could be judged.
        unknown: They have a fragment that cannot be judged.
    """

    web: int = 0
    other: int = 0
    unknown: int = 0


class PageLinks(Value):
    """What those links of a page come to that are looked at one by one.

    Attributes:
        questionable: The links that a rule may have something against.
        counts: How many of the others cannot be judged.
    """

    questionable: tuple[Judged, ...]
    counts: Counts

    @property
    def misplaced(self) -> Iterator[tuple[Link, InRepo, Found]]:
        """The links whose file or folder is not simply there, with what is there instead."""
        for judged in self.questionable:
            if judged.found is not None and isinstance(judged.target, InRepo):
                yield judged.link, judged.target, judged.found


class BundleLinks(Value):
    """What the links of the pages of a bundle come to.

    Attributes:
        counts: How many of those that are judged together cannot be.
        odd: Destinations that are to be looked at on each page.
        lost: Pages of the bundle with a fragment, wanted by any of them, that is not certainly there.
        each: Whether each link is to be looked at.
    """

    counts: Counts
    odd: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    each: bool = False
