"""What both readers note for the walk: what may say something, in the order of the page."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.model import Heading
from doclint.value import Draft

if TYPE_CHECKING:
    from doclint.model import Row
    from doclint.parse.markdown import Token
    from doclint.parse.places import Content
    from doclint.parse.walk import FoundDefinition


class Above(Enum):
    """What ends on the line above a block, as far as it matters."""

    OTHER = "other"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


class Prose(Draft):
    """The content of a paragraph or of a cell."""

    content: Content
    below_heading: bool


class Title(Draft):
    """A heading in Markdown whose text is yet to be read."""

    content: Content
    level: int
    interrupts: bool


class RawHtml(Draft):
    """A block of raw HTML."""

    content: Content


class HandedOver(Draft):
    """Blocks that the reference parser read; their lines are lines of the page, from `line` on."""

    tokens: list[Token]
    line: int
    above: Above


class Tag(Draft):
    """Raw HTML inside a line: one tag, or a comment, that begins at `start`."""

    start: int
    html: str


Record = Heading | Prose | Title | RawHtml | HandedOver | Tag


class Notes:
    """All that is noted of a page.

    Attributes:
        records: What may say something, in order.
        links: The links that are read already; apart, because their places tell their order.
        definitions: The reference definitions, in order.
        more: Whether the records may say more than which anchors there are.
    """

    def __init__(self) -> None:
        self.more = False
        self.records: list[Record] = []
        self.links: list[Row] = []
        self.definitions: list[FoundDefinition] = []

    def forget(self, start: int) -> None:
        """Forget the headings, tags and links from `start` on, behind which nothing else is noted."""
        links, records = self.links, self.records
        while links and links[-1][2] >= start:
            links.pop()
        while records and _start(records[-1]) >= start:
            records.pop()


def _start(record: Record) -> int:
    match record:
        case Heading(span=span):
            return span.start
        case Title(content=content):
            return content.between(0, 0).start
        case Tag(start=start):
            return start
        case _:
            return -1
