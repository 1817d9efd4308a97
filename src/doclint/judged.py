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


class PageLinks(Value):
    """What the links of a page come to.

    Attributes:
        questionable: The links that a rule may have something against.
        web: How many lead to the web.
        other: How many are no links that could be judged.
        unknown: How many have a fragment that cannot be judged.
    """

    questionable: tuple[Judged, ...]
    web: int
    other: int
    unknown: int

    @property
    def misplaced(self) -> Iterator[tuple[Link, InRepo, Found]]:
        """The links whose file or folder is not simply there, with what is there instead."""
        for judged in self.questionable:
            if judged.found is not None and isinstance(judged.target, InRepo):
                yield judged.link, judged.target, judged.found
