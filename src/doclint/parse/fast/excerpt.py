"""The text inside a quote or a list item, cut out of its page, and the way back to the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from doclint.model import Span
from doclint.parse.labels import WHITE
from doclint.parse.places import Content


class Straight(Content):
    """Content that stands in the page as it is, from `start` on."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self._start = start

    def place(self, span: Span) -> Span:
        """Return the place in the page of a stretch of the content."""
        return self.between(span.start, span.end)

    def between(self, start: int, end: int) -> Span:
        """Return the place in the page of the content from `start` to `end`."""
        return Span(start + self._start, end + self._start)


class Excerpt:
    """A page, or what stands inside a quote or a list item of one, without its marks and indentation.

    `text` ends with a line end; `position` is where the next block of it begins.
    """

    def __init__(self, text: str, parent: Excerpt | None = None, origins: list[int] | None = None) -> None:
        """Cut `text` out of `parent`; `origins` are the offsets there at which its lines begin."""
        self.text = text
        self.position = 0
        self.depth: int = parent.depth + 1 if parent else 0
        self._parent = parent
        self._origins = origins or [0]

    def place(self, offset: int) -> int:
        """Return where the character at `offset` stands in the page."""
        excerpt = self
        while excerpt._parent is not None:
            line = bisect_right(excerpt._starts, offset) - 1
            offset += excerpt._origins[line] - excerpt._starts[line]
            excerpt = excerpt._parent
        return offset

    def content(self, start: int, end: int) -> Content:
        """Return the trimmed content of a block that begins at `start` and ends at `end`."""
        untrimmed = self.text[start:end]
        text = untrimmed.strip(WHITE)
        return self._placed(text, start + len(untrimmed) - len(untrimmed.lstrip(WHITE)))

    def lines(self, start: int, end: int) -> Content:
        """Return the lines from `start` to `end` as they are."""
        return self._placed(self.text[start:end], start)

    def _placed(self, text: str, start: int) -> Content:
        if self._parent is None or "\n" not in text:
            return Straight(text, self.place(start))
        offsets = [0, *(match.end() for match in re.finditer("\n", text))]
        return Content(text, offsets, [self.place(start + offset) for offset in offsets], [])

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))][: len(self._origins)]
