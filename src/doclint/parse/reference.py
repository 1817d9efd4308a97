"""The reference parse: the tokens of `markdown.py` to what a page offers and points at, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from doclint.lines import LINE_END
from doclint.model import Definition, Link, LinkKind, Parsed, PartKind, Span, UndefinedReference
from doclint.parse.collect import Collector
from doclint.parse.markdown import destination_at, label_key, parse_tokens
from doclint.parse.markup_ids import ATTRIBUTES, markup_ids
from doclint.parse.moved import as_written
from doclint.parse.places import Content, PageLines
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.parse.markdown import Token

# `[text][label]`, but for footnote references, `array[1][2]` and what is escaped.
_TWO_BRACKETS = re.compile(r"(?<![\w\]\\!])!?\[(?!\^)([^\[\]]+)\]\[(?!\^)([^\[\]]*)\]")
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*(?:\n[ \t>]*)?", re.DOTALL)
_TAKES_ATTRIBUTES = frozenset({"link_close", "image", "code_inline", "em_close", "strong_close", "s_close"})


def parse(text: str) -> Parsed:
    """Return what the page `text` says, with places in `text`; never raises."""
    plain = LINE_END.sub("\n", text.removeprefix("\ufeff")).replace("\0", "\ufffd")
    return as_written(_Walk(plain).parsed(), plain, text)


class _Walk:
    """One walk over the tokens of a page whose line ends are all LF."""

    def __init__(self, text: str) -> None:
        self._lines = PageLines(text)
        self._env: dict[str, Any] = {}
        self._collector = Collector()
        self._code: list[Span] = []
        self._blocks: list[tuple[str, int, int]] = []
        self._used: set[str] = set()
        self._undefined: list[UndefinedReference] = []
        self._row: list[Span] = []
        self._cell = 0
        self._heading_end = 0
        self._below_heading = self._paragraph_end = -1
        self._tokens = parse_tokens(text, self._env)

    def parsed(self) -> Parsed:
        before = None
        for token in self._tokens:
            self._block(token, before)
            before = token
        self._collector.close_heading(len(self._lines.text))
        definitions = tuple(self._definitions())
        for definition in definitions:
            if definition.used and not definition.duplicate:
                self._collector.link(
                    Link(
                        LinkKind.REFERENCE,
                        definition.destination,
                        definition.span,
                        definition.destination_span,
                    ),
                )
        gathered = self._collector.parsed()
        return Parsed(
            marks=gathered.marks,
            links=gathered.links,
            definitions=definitions,
            undefined=tuple(self._undefined),
            code=tuple(sorted(self._code)),
            comments=gathered.comments,
            blocks=tuple(self._blocks),
        )

    def _block(self, token: Token, before: Token | None) -> None:
        if token.map and token.type != "inline":
            self._blocks.append((token.type, token.map[0] + 1, token.map[1]))
        match token.type:
            case "inline":
                self._inline(token, before)
            case "html_block":
                content = self._lines.block(token.content, token.map[0] if token.map else 0)
                self._collector.html(token.content, content.place, inline=False)
            case "fence" | "code_block":
                if token.map:
                    self._code.append(self._lines.span(*token.map))
            case "tr_open":
                self._row = self._lines.cells(token.meta["start"], token.map[0]) if token.map else []
                self._cell = 0
            case "paragraph_open":
                self._paragraph_end = token.map[1] if token.map else -1
            case "heading_open":
                self._below_heading = token.map[1] if token.map else -1
            case "heading_close":
                self._collector.close_heading(self._heading_end)
            case _:
                pass

    def _inline(self, token: Token, before: Token | None) -> None:
        content = self._content(token, before)
        if before is not None and before.type == "heading_open":
            span = content.place(Span(0, len(token.content)))
            interrupts = token.map is not None and token.map[0] == self._paragraph_end
            self._collector.open_heading(int(before.tag[1]), span.start, token.content, interrupts=interrupts)
            self._heading_end = span.end
        previous = ""
        for child in token.children or ():
            self._piece(child, content, previous)
            previous = child.markup if child.type == "link_open" else child.type
        if "{" in token.content or ")=" in token.content or ("\n" in token.content and ": " in token.content):
            self._markup_ids(token, before, content)
        self._collect_undefined(token, content)

    def _content(self, token: Token, before: Token | None) -> Content:
        first = token.map[0] if token.map else 0
        match before.type if before is not None else "":
            case "heading_open" if before is not None and before.markup.startswith("#"):
                return self._lines.heading(token.content, first, len(before.markup))
            case "th_open" | "td_open":
                number, self._cell = self._cell, self._cell + 1
                cell = self._row[number] if number < len(self._row) else Span(0, 0)
                return self._lines.cell(token.content, cell)
            case _:
                return self._lines.block(token.content, first)

    def _piece(self, child: Token, content: Content, previous: str) -> None:
        """Take in one piece; `previous` is the type of the one before it, or what makes it a link."""
        collector = self._collector
        match child.type:
            case "text":
                self._text(child.content, previous)
            case "text_special":
                collector.part(PartKind.TEXT, child.content, child.markup)
            case "code_inline":
                collector.part(PartKind.CODE, child.content)
                self._code.append(content.place(child.meta["span"]))
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

    def _text(self, text: str, previous: str) -> None:
        """Take in a text that stands behind a piece of the type `previous`."""
        if previous in ("autolink", "bare"):
            self._collector.part(PartKind.ADDRESS, text)
            return
        if previous in _TAKES_ATTRIBUTES and (found := ATTRIBUTES.match(text)):
            self._collector.part(PartKind.ATTRIBUTES, found[0])
            text = text[found.end() :]
        if text:
            self._collector.part(PartKind.TEXT, text)

    def _markup_ids(self, token: Token, before: Token | None, content: Content) -> None:
        in_heading = before is not None and before.type == "heading_open"
        line = token.map[0] if token.map else 0
        for mark in markup_ids(token.content, in_heading=in_heading, below_heading=line == self._below_heading):
            self._collector.markup_id(replace(mark, span=content.place(mark.span)))

    def _link(self, token: Token, content: Content, kind: LinkKind, destination: str) -> None:
        if label := token.meta.get("label"):
            self._used.add(label)
            return
        span, where = content.place(token.meta["span"]), content.place(token.meta["destination"])
        self._collector.link(Link(kind, destination, span, where))

    def _collect_undefined(self, token: Token, content: Content) -> None:
        if "][" not in token.content:
            return
        inside = sorted(child.meta["span"] for child in token.children or () if "span" in child.meta)
        starts = [span.start for span in inside]
        known = self._env.get("references", {})
        for match in _TWO_BRACKETS.finditer(token.content):
            span = Span(*match.span())
            label = match[2] if match[2].strip() else match[1]
            # Of what begins in front of the reference's end, only the last two can reach into it: a link and its image.
            last = bisect_right(starts, span.end - 1)
            taken = any(span.overlaps(other) for other in inside[max(0, last - 2) : last])
            if label_key(label) not in known and not taken:
                self._undefined.append(UndefinedReference(label, content.place(span)))

    def _definitions(self) -> Iterable[Definition]:
        """Yield the page's definitions in order, with the place of each destination."""
        first = [(found["map"], label, found, False) for label, found in self._env.get("references", {}).items()]
        again = [(found["map"], found["label"], found, True) for found in self._env.get("duplicate_refs", ())]
        text = self._lines.text
        for lines, label, found, duplicate in sorted(first + again, key=lambda row: (row[0], row[3])):
            block = self._lines.span(*lines)
            match = _DEFINITION.search(text, block.start, block.end)
            start = match.end() if match else block.start
            where = destination_at(text, start, block.end)
            # The span ends behind the destination, with its closing `>` if it has one.
            end = where.end + (text[where.start - 1 : where.start] == "<" and text[where.end : where.end + 1] == ">")
            span = Span(match.start() if match else block.start, end)
            yield Definition(label, found["href"], span, where, label in self._used, duplicate)
