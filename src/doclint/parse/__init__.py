"""Text to `Parsed`: headings, anchors, links and images, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doclint.model import Parsed


def parse(text: str) -> Parsed:
    """Return what a Markdown page says; never raises. All places are offsets in `text`, whatever its line ends."""
    from doclint.parse import fast

    return fast.parse(text)
