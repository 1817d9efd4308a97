"""What a page offers and points at, gathered from its pieces in the order of the rendered page.

The parsers (`reference.py` and `fast`) call a `Collector` with Markdown's pieces and hand it raw HTML; it knows what
HTML means on a page: headings whoever wrote them, explicit ids, links in attributes, comments that speak to doclint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from doclint.model import (
    Comment,
    ElementId,
    Heading,
    Link,
    LinkKind,
    Links,
    Mark,
    Parsed,
    Part,
    PartKind,
    Row,
    Span,
    row_of,
)
from doclint.parse.html import EndTag, HtmlComment, StartTag, Text, tokens
from doclint.parse.html_speech import ENCLOSING, HEADINGS, LINK_ATTRIBUTES, TO_DOCLINT
from doclint.parse.srcset import candidates
from doclint.value import Draft, field, replace

Place = Callable[[Span], Span]
"""Takes a stretch of a piece of HTML to its place in the page."""


class _OpenHeading(Draft):
    level: int
    start: int
    html: bool
    source: str
    interrupts: bool
    parts: list[Part] = field(default_factory=list)


class Collector:
    """Gathers headings, ids, links and comments; `parsed` hands them over."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._links: list[Row] = []
        self._comments: list[Comment] = []
        self._heading: _OpenHeading | None = None
        # Open elements of raw HTML: the name, how many marks came before, whether Markdown inside is asked for.
        self._elements: list[tuple[str, int, bool]] = []

    @property
    def in_heading(self) -> bool:
        """Whether a heading is open."""
        return self._heading is not None

    def whole(self, mark: Mark) -> None:
        """Add a heading or an explicit anchor that is read as a whole; a heading ends one that is still open."""
        if isinstance(mark, Heading):
            self.close_heading(mark.span.start)
        self._marks.append(mark)

    def open_heading(
        self, level: int, start: int, source: str = "", *, html: bool = False, interrupts: bool = False
    ) -> None:
        """Begin a heading whose text starts at `start`; a heading that is still open ends there."""
        self.close_heading(start)
        self._heading = _OpenHeading(level, start, html, source, interrupts)

    def close_heading(self, end: int) -> None:
        """End the open heading, if there is one, at `end`."""
        if (heading := self._heading) is None:
            return
        self._heading = None
        self._marks.append(
            Heading(
                heading.level,
                tuple(heading.parts),
                Span(heading.start, end),
                heading.html,
                heading.source,
                heading.interrupts,
            ),
        )

    def part(self, kind: PartKind, text: str, written: str = "") -> None:
        """Add a piece of text; outside headings it is of no interest."""
        if self._heading is not None:
            self._heading.parts.append(Part(kind, text, written))

    def links(self, rows: Iterable[Row]) -> None:
        """Add links of the page."""
        self._links += rows

    @property
    def link_count(self) -> int:
        """How many links there are so far."""
        return len(self._links)

    def forget_links(self, count: int) -> None:
        """Forget all links but the first ones."""
        del self._links[count:]

    def html(self, html: str, place: Place, *, inline: bool) -> None:
        """Add raw HTML; `inline` says that it is one tag, whose texts are Markdown and come by themselves."""
        for token in tokens(html):
            match token:
                case StartTag():
                    self._start_tag(token, html, place, inline=inline)
                case EndTag():
                    self._end_tag(token, place, inline=inline)
                case Text(text):
                    if not inline:
                        self.part(PartKind.TEXT, text)
                case HtmlComment(text):
                    if text.strip().startswith(TO_DOCLINT):
                        self._comments.append(Comment(text.strip(), place(token.span)))
        if inline:
            self.part(PartKind.TAG, html)

    def parsed(self) -> Parsed:
        """Return all that was gathered, links in the order of their places."""
        return Parsed(tuple(self._marks), Links.of_rows(self._links), comments=tuple(self._comments))

    def _end_tag(self, tag: EndTag, place: Place, *, inline: bool) -> None:
        if tag.name in HEADINGS:
            self.close_heading(place(tag.span).end)
        elif not inline:
            self._close_element(tag.name)

    def _close_element(self, name: str) -> None:
        """End an element of raw HTML; when that was the outermost, the headings since it began are enclosed."""
        if all(name != other for other, _, _ in self._elements):
            return
        while self._elements:
            opened, first, reads_markdown = self._elements.pop()
            if opened == name:
                break
        if not self._elements and not reads_markdown:
            self._marks[first:] = [
                replace(mark, enclosed=True) if isinstance(mark, Heading) else mark for mark in self._marks[first:]
            ]

    def _start_tag(self, tag: StartTag, html: str, place: Place, *, inline: bool) -> None:
        if not inline and tag.name in ENCLOSING:
            self._elements.append((tag.name, len(self._marks), "markdown" in tag.attributes))
        if level := HEADINGS.get(tag.name):
            self.open_heading(level, place(tag.span).start, html=True)
        names = [tag.attributes.get("id"), tag.attributes.get("name") if tag.name == "a" else None]
        seen = set()
        for attribute in names:
            if attribute is not None and attribute.value and attribute.value not in seen:
                seen.add(attribute.value)
                self._marks.append(ElementId(attribute.value, place(attribute.span)))
        for name in LINK_ATTRIBUTES.get(tag.name, ()):
            attribute = tag.attributes.get(name)
            if attribute is None:
                continue
            where = attribute.span
            for part in candidates(where.of(html), where.start) if name == "srcset" else (attribute,):
                # Browsers strip white space around an address and drop line ends inside it.
                destination = re.sub(r"[\t\r\n]", "", part.value.strip())
                link = Link(LinkKind.HTML, destination, place(tag.span), place(part.span))
                self._links.append(row_of(link))
