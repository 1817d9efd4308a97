"""What both readers note for the walk: what may say something, in the order of the page."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from doclint.value import Draft, Value

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


class Words(Value, tag=True):
    """A heading in Markdown whose text is nothing but words.

    Attributes:
        level: From 1 to 6.
        text: Its text.
        start: Where that begins.
        interrupts: Whether a paragraph ends right above.
    """

    level: int
    text: str
    start: int
    interrupts: bool


class Title(Value, tag=True):
    """Any other heading in Markdown.

    Attributes:
        level: From 1 to 6.
        text: Its text.
        start: Where that begins.
        interrupts: Whether a paragraph ends right above.
        linked: Whether its links are noted already.
        content: Where its text is if it does not stand as it is at `start`.
    """

    level: int
    text: str
    start: int
    interrupts: bool
    linked: bool = False
    content: Any = None


class RawHtml(Value, tag=True):
    """A block of raw HTML; `content` tells where it is if it does not stand as it is at `start`."""

    html: str
    start: int
    content: Any = None


class Tag(Value, tag=True):
    """Raw HTML inside a line: one tag, or a comment, that begins at `start`."""

    html: str
    start: int


class HandedOver(Draft):
    """Blocks that the reference parser read; their lines are lines of the page, from `line` on."""

    tokens: list[Token]
    line: int
    above: Above


class UnusualPageError(Exception):
    """The page cannot be read in parts."""


SkimRecord = Words | Title | RawHtml | Tag
"""What the skim notes: all of it stands on the page as it is."""
Record = SkimRecord | Prose | HandedOver


class Notes:
    """All that is noted of a page.

    Attributes:
        records: What may say something, in order.
        links: The links that are read already; apart, because their places tell their order.
        definitions: The reference definitions, in order.
        more: Those of the records that say more than which anchors there are.
        whole: Whether all of the records must be read to know what one of them says.
    """

    def __init__(self) -> None:
        self.more: list[Record] = []
        self.whole = False
        self.records: list[Record] = []
        self.links: list[Row] = []
        self.definitions: list[FoundDefinition] = []

    def forget(self, start: int) -> None:
        """Forget the headings, tags and links from `start` on, behind which nothing else is noted."""
        while self.links and self.links[-1][2] >= start:
            self.links.pop()
        for records in (self.records, self.more):
            while records and _start(records[-1]) >= start:
                records.pop()


def _start(record: Record) -> int:
    return -1 if isinstance(record, Prose | HandedOver) else record.start
