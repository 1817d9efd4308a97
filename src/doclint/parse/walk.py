"""From what a parser reads on a page to what the page offers and points at, each with its place.

Both parsers end here, whether they hand over tokens of markdown-it-py or what they found by themselves. This room
knows the tokens, but does not import the package.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from doclint.model import Definition, Link, LinkKind, MarkupSyntax, Parsed, PartKind, Span, UndefinedReference, row_of
from doclint.parse.collect import Collector
from doclint.parse.labels import label_key
from doclint.parse.markup_ids import ATTRIBUTES, markup_ids
from doclint.parse.places import Content, PageLines
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Sequence

    from doclint.parse.markdown import Token

# `[text][label]`, but for footnote references, `array[1][2]` and what is escaped.
_TWO_BRACKETS = re.compile(r"(?<![\w\]\\!])!?\[(?!\^)([^\[\]]+)\]\[(?!\^)([^\[\]]*)\]")
_TAKES_ATTRIBUTES = frozenset({"link_close", "image", "code_inline", "em_close", "strong_close", "s_close"})


class FoundDefinition(NamedTuple):
    """A reference definition and its places, as in `Definition`; `label` is folded."""

    label: str
    destination: str
    span: Span
    destination_span: Span


class Walk:
    """One walk over a page whose line ends are all LF."""

    def __init__(self, text: str, known: Container[str]) -> None:
        """Walk over the page `text`; `known` are the labels that it defines."""
        self.collector = Collector()
        self.used: set[str] = set()
        self.undefined: list[UndefinedReference] = []
        self.code: list[Span] = []
        self.blocks: list[tuple[str, int, int]] = []
        self._text = text
        self._known = known
        self._row: list[Span] = []
        self._cell = 0
        self._heading_end = 0
        self._below_heading = self._paragraph_end = -1

    @cached_property
    def lines(self) -> PageLines:
        """The lines of the page."""
        return PageLines(self._text)

    def tokens(self, tokens: Iterable[Token]) -> None:
        """Take in tokens whose lines are lines of the page."""
        before = None
        for token in tokens:
            self._block(token, before)
            before = token

    def link(self, link: Link) -> None:
        """Take in a link."""
        self.collector.links((row_of(link),))

    def begin(self, line: int, *, below_paragraph: bool, below_heading: bool) -> None:
        """Say what ends right above `line`, where the next tokens begin."""
        self._paragraph_end = line if below_paragraph else -1
        self._below_heading = line if below_heading else -1

    def parsed(self, found: Sequence[FoundDefinition]) -> Parsed:
        """Return all that was gathered; `found` are the page's definitions in order."""
        self.collector.close_heading(len(self._text))
        definitions = tuple(self._definitions(found))
        for definition in definitions:
            if definition.used and not definition.duplicate:
                where = definition.destination_span
                self.link(Link(LinkKind.REFERENCE, definition.destination, definition.span, where))
        gathered = self.collector.parsed()
        return Parsed(
            marks=gathered.marks,
            links=gathered.links,
            definitions=definitions,
            undefined=tuple(self.undefined),
            code=tuple(sorted(self.code)),
            comments=gathered.comments,
            blocks=tuple(self.blocks),
        )

    def _definitions(self, found: Iterable[FoundDefinition]) -> Iterator[Definition]:
        """Tell of each definition whether it is used, and whether an earlier one has its label."""
        seen = set()
        for label, destination, span, where in found:
            yield Definition(label, destination, span, where, label in self.used, label in seen)
            seen.add(label)

    def _block(self, token: Token, before: Token | None) -> None:
        if token.map and token.type != "inline":
            self.blocks.append((token.type, token.map[0] + 1, token.map[1]))
        match token.type:
            case "inline":
                self._inline(token, before)
            case "html_block":
                content = self.lines.block(token.content, token.map[0] if token.map else 0)
                self.collector.html(token.content, content.place, inline=False)
            case "fence" | "code_block":
                if token.map:
                    self.code.append(self.lines.span(*token.map))
            case "tr_open":
                self._row = self.lines.cells(token.meta["start"], token.map[0]) if token.map else []
                self._cell = 0
            case "paragraph_open":
                self._paragraph_end = token.map[1] if token.map else -1
            case "heading_open":
                self._below_heading = token.map[1] if token.map else -1
            case "heading_close":
                self.collector.close_heading(self._heading_end)
            case _:
                pass

    def _inline(self, token: Token, before: Token | None) -> None:
        content = self._content(token, before)
        in_heading = before is not None and before.type == "heading_open"
        if before is not None and in_heading:
            span = content.place(Span(0, len(token.content)))
            interrupts = token.map is not None and token.map[0] == self._paragraph_end
            self.collector.open_heading(int(before.tag[1]), span.start, token.content, interrupts=interrupts)
            self._heading_end = span.end
        below_heading = (token.map[0] if token.map else 0) == self._below_heading
        self.content(content, token.children or (), in_heading=in_heading, below_heading=below_heading)

    def content(self, content: Content, pieces: Iterable[Token], *, in_heading: bool, below_heading: bool) -> None:
        """Take in the pieces of the content of a paragraph, a heading or a cell.

        Args:
            content: The text, as it is written.
            pieces: What it consists of.
            in_heading: Whether it is a heading.
            below_heading: Whether its first line is the one right below a heading.
        """
        previous = ""
        inside = []
        for piece in pieces:
            self._piece(piece, content, previous)
            previous = piece.markup if piece.type == "link_open" else piece.type
            if "span" in piece.meta:
                inside.append(piece.meta["span"])
        self.markup_ids(content, inside, in_heading=in_heading, below_heading=below_heading)
        self.undefined_references(content, inside)

    def _content(self, token: Token, before: Token | None) -> Content:
        first = token.map[0] if token.map else 0
        match before.type if before is not None else "":
            case "heading_open" if before is not None and before.markup.startswith("#"):
                return self.lines.heading(token.content, first, len(before.markup))
            case "th_open" | "td_open":
                number, self._cell = self._cell, self._cell + 1
                cell = self._row[number] if number < len(self._row) else Span(0, 0)
                return self.lines.cell(token.content, cell)
            case _:
                return self.lines.block(token.content, first)

    def _piece(self, child: Token, content: Content, previous: str) -> None:
        """Take in one piece; `previous` is the type of the one before it, or what makes it a link."""
        collector = self.collector
        match child.type:
            case "text":
                self.words(child.content, previous)
            case "text_special":
                collector.part(PartKind.TEXT, child.content, child.markup)
            case "code_inline":
                collector.part(PartKind.CODE, child.content)
                self.code.append(content.place(child.meta["span"]))
            case "softbreak" | "hardbreak":
                collector.part(PartKind.BREAK, "\n")
            case "footnote_ref":
                collector.part(PartKind.FOOTNOTE, str(child.meta["id"] + 1), f"[^{child.meta['label']}]")
            case "html_inline":
                start = child.meta["span"].start
                collector.html(child.content, lambda span: content.place(span.shifted(start)), inline=True)
            case "image":
                collector.part(PartKind.ALT, child.content)
                self._link(child, content, LinkKind.IMAGE, str(child.attrs.get("src", "")))
            case "link_open":
                kind = {"autolink": LinkKind.AUTOLINK, "bare": LinkKind.BARE}.get(child.markup, LinkKind.INLINE)
                self._link(child, content, kind, str(child.attrs.get("href", "")))
            case _:
                pass

    def words(self, text: str, previous: str) -> None:
        """Take in a text that stands behind a piece of the type `previous`."""
        if previous in ("autolink", "bare"):
            self.collector.part(PartKind.ADDRESS, text)
            return
        if previous in _TAKES_ATTRIBUTES and (found := ATTRIBUTES.match(text)):
            self.collector.part(PartKind.ATTRIBUTES, found[0])
            text = text[found.end() :]
        if text:
            self.collector.part(PartKind.TEXT, text)

    def markup_ids(self, content: Content, inside: Collection[Span], *, in_heading: bool, below_heading: bool) -> None:
        """Take in the explicit anchors that `content` has in Markdown, but for what stands in one of its pieces.

        What looks like an attribute list in code, in a tag or in a destination is none.
        """
        text = content.text
        if "{" in text or ")=" in text or ("\n" in text and ": " in text):
            for mark in markup_ids(text, in_heading=in_heading, below_heading=below_heading):
                behind = mark.syntax is MarkupSyntax.BEHIND
                if not behind or not any(span.start <= mark.span.start < span.end for span in inside):
                    self.collector.whole(replace(mark, span=content.place(mark.span)))

    def _link(self, token: Token, content: Content, kind: LinkKind, destination: str) -> None:
        if label := token.meta.get("label"):
            self.used.add(label)
            return
        span, where = content.place(token.meta["span"]), content.place(token.meta["destination"])
        self.link(Link(kind, destination, span, where))

    def undefined_references(self, content: Content, inside: Iterable[Span]) -> None:
        """Take in the references of `content` without a definition; `inside` are the places of what Markdown reads."""
        if "][" not in content.text:
            return
        inside = sorted(inside)
        starts = [span.start for span in inside]
        for match in _TWO_BRACKETS.finditer(content.text):
            span = Span(*match.span())
            label = match[2] if match[2].strip() else match[1]
            # Of what begins in front of the reference's end, only the last two can reach into it: a link and its image.
            last = bisect_right(starts, span.end - 1)
            taken = any(span.overlaps(other) for other in inside[max(0, last - 2) : last])
            if label_key(label) not in self._known and not taken:
                self.undefined.append(UndefinedReference(label, content.place(span)))
