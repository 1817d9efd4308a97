"""Which page links to which."""

from __future__ import annotations

from doclint.model.text import Span
from doclint.value import Value


class Reference(Value):
    """A link that leads, or should lead, from one page to another.

    Attributes:
        page: The page that it stands on.
        target: The page that it leads to; where that is not there, the path that it names.
        span: Its destination, in the text on the disk.
    """

    page: str
    target: str
    span: Span


class Graph(Value):
    """The pages that were looked at, sorted, and the links from them to other pages, in the order of the pages."""

    pages: tuple[str, ...]
    references: tuple[Reference, ...]
