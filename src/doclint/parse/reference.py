"""The reference parse: markdown-it-py as GitHub's Markdown; the only door to it.

Set up for github.com: CommonMark, tables, strike-through, footnotes, front matter; every destination counts as a link
and stays as it is written. markdown-it-py does not say where in the page an inline thing stands, so some of its rules
are wrapped, to note where the rule began and ended; `places.py` takes that to the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkLabel
from markdown_it.rules_block import table as table_rule
from markdown_it.rules_inline import autolink as autolink_rule
from markdown_it.rules_inline import backtick as code_rule
from markdown_it.rules_inline import html_inline as html_rule
from markdown_it.rules_inline import image as image_rule
from markdown_it.rules_inline import link as link_rule
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from doclint.lines import LINE_END, line_starts
from doclint.model import (
    Comment,
    Definition,
    ElementId,
    Heading,
    Link,
    LinkKind,
    Parsed,
    PartKind,
    Span,
    UndefinedReference,
)
from doclint.parse.collect import Collector
from doclint.parse.places import Content, PageLines

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Blocks nest deeper in real pages than the 20 levels of the commonmark preset; brackets do not, and cost the square.
_BLOCK_NESTING = 100
_INLINE_NESTING = 20

_BARE_URL_SCHEME = re.compile(r"(?i)(?:^|[\s*_~(])(https?)$")
_BARE_URL_REST = re.compile(r"://[^\s<]+")
_ENTITY_AT_END = re.compile(r"&[A-Za-z0-9]{1,32};\Z")
# `[text][label]`, but for footnote references, `array[1][2]` and what is escaped.
_TWO_BRACKETS = re.compile(r"(?<![\w\]\\!])!?\[(?!\^)([^\[\]]+)\]\[(?!\^)([^\[\]]*)\]")
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*(?:\n[ \t>]*)?", re.DOTALL)


def parse(text: str) -> Parsed:
    """Return what the page `text` says, with places in `text`; never raises."""
    mark = 1 if text.startswith("\ufeff") else 0
    plain = LINE_END.sub("\n", text[mark:]).replace("\0", "\ufffd")
    parsed = _Walk(plain).parsed()
    if "\r" not in text:
        return _moved(parsed, lambda offset: offset + mark) if mark else parsed
    here, there = line_starts(plain), line_starts(text[mark:])

    def move(offset: int) -> int:
        line = bisect_right(here, offset) - 1
        return there[line] + offset - here[line] + mark

    return _moved(parsed, move, frozenset(here))


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
        self._tokens = _markdown().parse(text, self._env)

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
            case "heading_close":
                self._collector.close_heading(self._heading_end)
            case _:
                pass

    def _inline(self, token: Token, before: Token | None) -> None:
        content = self._content(token, before)
        if before is not None and before.type == "heading_open":
            span = content.place(Span(0, len(token.content)))
            self._collector.open_heading(int(before.tag[1]), span.start)
            self._heading_end = span.end
        for child in token.children or ():
            self._piece(child, content)
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

    def _piece(self, child: Token, content: Content) -> None:
        collector = self._collector
        match child.type:
            case "text" | "text_special":
                collector.part(PartKind.TEXT, child.content)
            case "code_inline":
                collector.part(PartKind.CODE, child.content)
                self._code.append(content.place(child.meta["span"]))
            case "softbreak" | "hardbreak":
                collector.part(PartKind.BREAK, "\n")
            case "footnote_ref":
                collector.part(PartKind.FOOTNOTE, str(child.meta["id"] + 1))
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
            if normalizeReference(label) not in known and not taken:
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
            result = parseLinkDestination(text, start, block.end)
            end = result.pos if result.ok else start
            where = Span(start + 1, end - 1) if text[start : start + 1] == "<" and end > start + 1 else Span(start, end)
            span = Span(match.start() if match else block.start, end)
            yield Definition(label, found["href"], span, where, label in self._used, duplicate)


# ------------------------------------------------------------------------------------------------ markdown-it-py set up


class _AsWritten(MarkdownIt):
    """Leaves every destination as it is written; links that a browser refuses are links all the same."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the name is markdown-it's
        return True


@cache
def _markdown() -> MarkdownIt:
    markdown = _AsWritten("commonmark", {"maxNesting": _BLOCK_NESTING, "store_labels": True})
    markdown.enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin)
    markdown.use(footnote_plugin, inline=False)
    markdown.core.ruler.at("inline", _inline_phase)
    markdown.block.ruler.at("table", _with_row_starts, {"alt": ["paragraph", "reference"]})
    markdown.inline.ruler.at("backticks", _with_place(code_rule, "code_inline"))
    markdown.inline.ruler.at("html_inline", _with_place(html_rule, "html_inline"))
    markdown.inline.ruler.at("autolink", _with_place(autolink_rule, "link_open"))
    markdown.inline.ruler.at("link", _with_destination(link_rule, "link_open", 0))
    markdown.inline.ruler.at("image", _with_destination(image_rule, "image", 1))
    markdown.inline.ruler.after("text", "bare_url", _bare_url)
    return markdown


InlineRule = Callable[["StateInline", bool], bool]


def _inline_phase(state: StateCore) -> None:
    """Parse the inline content of every block, with the nesting that is right for it."""
    options = state.md.options
    options["maxNesting"] = _INLINE_NESTING
    try:
        for token in state.tokens:
            if token.type == "inline" and token.children is not None:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
    finally:
        options["maxNesting"] = _BLOCK_NESTING


def _with_row_starts(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Run the table rule and note where each row begins, behind quote marks and indentation."""
    before = len(state.tokens)
    if not table_rule(state, start, end, silent):
        return False
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            token.meta["start"] = state.bMarks[line] + state.tShift[line]
    return True


def _with_place(rule: InlineRule, opening: str) -> InlineRule:
    """Wrap a rule so that the token of type `opening` that it pushes knows its place in the content."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and (token := _first(state.tokens, before, opening)):
            token.meta["span"] = Span(start, state.pos)
            token.meta["destination"] = Span(start + 1, state.pos - 1)
        return True

    return wrapped


def _with_destination(rule: InlineRule, opening: str, bracket: int) -> InlineRule:
    """Wrap the link or image rule, whose `[` stands `bracket` characters in, to note also where the destination is."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if state.src[start] not in "[!" or not _may_close(state, start) or not rule(state, silent):
            return False
        if not silent and (token := _first(state.tokens, before, opening)):
            token.meta["span"] = Span(start, state.pos)
            if "label" not in token.meta:
                token.meta["destination"] = _destination(state, start + bracket)
        return True

    return wrapped


def _may_close(state: StateInline, start: int) -> bool:
    """Tell whether the brackets that a link needs come after `start`: a flood of `[` must not cost its square."""
    last = state.env.get("doclint_last")
    if last is None or last[0] is not state.src:
        last = state.env["doclint_last"] = (state.src, state.src.rfind("]"), state.src.rfind(")"))
    return start < last[1] and (start < last[2] or bool(state.env.get("references")))


def _destination(state: StateInline, bracket: int) -> Span:
    """Return the place of the destination of the inline link or image whose `[` is at `bracket`."""
    text = state.src
    start = parseLinkLabel(state, bracket) + 2
    while start < len(text) and text[start] in " \t\n":
        start += 1
    result = parseLinkDestination(text, start, len(text))
    if not result.ok:
        return Span(start, start)
    if text[start : start + 1] == "<":
        return Span(start + 1, result.pos - 1)
    return Span(start, result.pos)


def _bare_url(state: StateInline, silent: bool) -> bool:
    """Take `https://...` in a text for a link, as GitHub does (GFM 6.9, extended autolinks)."""
    text, start = state.src, state.pos
    if text[start] != ":" or state.linkLevel > 0 or not (rest := _BARE_URL_REST.match(text, start, state.posMax)):
        return False
    before = _BARE_URL_SCHEME.search(text, max(0, start - len("(https")), start)
    if before is None or not state.pending.endswith(before[1]):
        return False
    url = _trimmed_url(rest[0])
    if len(url) <= len("://"):
        return False
    if not silent:
        state.pending = state.pending[: -len(before[1])]
        where = Span(start - len(before[1]), start + len(url))
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": before[1] + url}
        token.markup = "bare"
        token.meta = {"span": where, "destination": where}
        token = state.push("text", "", 0)
        token.content = before[1] + url
        state.push("link_close", "a", -1).markup = "bare"
    state.pos = start + len(url)
    return True


def _trimmed_url(url: str) -> str:
    """Cut off what GFM 6.9 does not count to a bare address: punctuation, an entity, an unbalanced parenthesis."""
    end = len(url)
    surplus = url.count(")") - url.count("(")
    while end:
        last = url[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        elif last == ";" and (entity := _ENTITY_AT_END.search(url, max(0, end - 34), end)):
            end = entity.start()
        else:
            break
    return url[:end]


def _first(tokens: Sequence[Token], start: int, kind: str) -> Token | None:
    return next((token for token in tokens[start:] if token.type == kind), None)


# ------------------------------------------------------------------------------------------- other line ends, and a BOM


def _moved(parsed: Parsed, move: Callable[[int], int], line_heads: Collection[int] = ()) -> Parsed:
    """Return `parsed` with every offset taken through `move`; `line_heads` are the offsets at which lines begin."""

    def moved(span: Span) -> Span:
        if span.end == span.start or span.end in line_heads:
            return Span(move(span.start), move(span.end))
        # The last character's place: the next one may stand behind a line end of two characters.
        return Span(move(span.start), move(span.end - 1) + 1)

    return Parsed(
        marks=tuple(
            Heading(mark.level, mark.parts, moved(mark.span), mark.html)
            if isinstance(mark, Heading)
            else ElementId(mark.name, moved(mark.span))
            for mark in parsed.marks
        ),
        links=tuple(
            Link(link.kind, link.destination, moved(link.span), moved(link.destination_span)) for link in parsed.links
        ),
        definitions=tuple(
            Definition(
                found.label,
                found.destination,
                moved(found.span),
                moved(found.destination_span),
                found.used,
                found.duplicate,
            )
            for found in parsed.definitions
        ),
        undefined=tuple(UndefinedReference(found.label, moved(found.span)) for found in parsed.undefined),
        code=tuple(moved(span) for span in parsed.code),
        comments=tuple(Comment(comment.text, moved(comment.span)) for comment in parsed.comments),
        blocks=parsed.blocks,
    )
