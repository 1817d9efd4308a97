"""What the block reader notes for the walk: blocks whose content may say something, in the order of the page."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.model import Heading
from doclint.value import Draft

if TYPE_CHECKING:
    from doclint.parse.markdown import Token
    from doclint.parse.places import Content


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


Record = Heading | Prose | Title | RawHtml | HandedOver
