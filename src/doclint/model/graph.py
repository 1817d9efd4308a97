"""Which page links to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doclint.model.text import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that leads, or should lead, from one page to another.

    Attributes:
        page: The page that it stands on.
        target: The page that it leads to; where that is not there, the path that it names.
        span: Its destination, in the text on the disk.
    """

    page: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Graph:
    """The pages that were looked at, sorted, and the links from them to other pages, in the order of the pages."""

    pages: tuple[str, ...]
    references: tuple[Reference, ...]
