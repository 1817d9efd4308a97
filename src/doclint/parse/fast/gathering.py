"""From the records of either reader to what the page offers and points at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from doclint.model import Link, LinkKind, Parsed, PartKind, Span
from doclint.parse.fast.excerpt import Straight
from doclint.parse.fast.headings import NAMED_WORDS, code_text, heading_of, named_words
from doclint.parse.fast.inlines import Piece, read_pieces
from doclint.parse.fast.records import (
    Above,
    HandedOver,
    Notes,
    Prose,
    RawHtml,
    Record,
    Tag,
    Title,
    UnusualPageError,
    Words,
)
from doclint.parse.html_speech import may_speak
from doclint.parse.walk import FoundDefinition, Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doclint.model import Mark, Row
    from doclint.parse.places import Content

# Words and escapes. An underscore between letters or digits is no emphasis, and with neither of them behind it an
# ampersand begins no character reference.
_ESCAPE = r"\\ [!-/:-@\[-`{-~]"
_WORDS = rf"(?: [^\\`*_&~\n]++ | {_ESCAPE} | (?<=[^\W_]) _+ (?=[^\W_]) | & (?![\#\w]) )"
# Next to a letter or a digit, stars begin and end emphasis whatever stands on their other side, and where all of them
# do so, none is left to meet another.
_EMPHASIS = rf"(?P<stars> \*{{1,2}}+ ) (?=[^\W_]) (?P<text> {_WORDS}*+ ) (?<=[^\W_]) (?P=stars) (?!\*)"
_ONLY_WORDS = re.compile(rf"{_WORDS}*+", re.VERBOSE)
_WORDS_AND_EMPHASIS = re.compile(rf"(?: {_WORDS} | {_EMPHASIS} )*+", re.VERBOSE)
_NOT_WORDS = re.compile(rf"(?P<escape> {_ESCAPE} ) | {_EMPHASIS}", re.VERBOSE)


def gather(text: str, notes: Notes) -> Parsed:
    """Return what the notes on the page `text` say; raises `UnusualPageError`.

    Of what may be an anchor it is all only where the whole of the notes had to be read.
    """
    if notes.whole:
        known = {found.label: found.destination for found in notes.definitions}
        return _Gathering(text, known).parsed(notes.links, notes.records, notes.definitions)
    return _Gathering(text, {}).parsed(notes.links, notes.more, ())


def marks_of(records: Sequence[Record]) -> Sequence[Mark]:
    """Return what may be an anchor among records of a page that was skimmed: all of them, or one by itself."""
    return _Gathering("", {}).parsed((), records, ()).marks


class _Gathering:
    """One walk over the records of a page."""

    def __init__(self, text: str, known: dict[str, str]) -> None:
        self._walk = Walk(text, known)
        self._known = known
        self._env: dict[str, Any] = {}
        if known:
            # The first definition of a label counts, but no more is asked here than whether there is one.
            self._env["references"] = {label: {"href": href, "title": ""} for label, href in known.items()}

    def parsed(self, links: Sequence[Row], records: Iterable[Record], definitions: Sequence[FoundDefinition]) -> Parsed:
        self._walk.collector.links(links)
        for record in records:
            match record:
                case Words():
                    self._walk.collector.whole(heading_of(record))
                    continue
                case Prose():
                    self._prose(record)
                case Title():
                    self._title(record)
                case RawHtml(html, start, content):
                    content = content or Straight(html, start)
                    self._walk.collector.html(html, content.place, inline=False)
                case Tag(html, start):
                    self._walk.collector.html(html, Straight(html, start).place, inline=True)
                case HandedOver():
                    self._handed_over(record)
            if self._walk.collector.in_heading:
                # The text of a heading in raw HTML goes on in blocks that we may have left out.
                raise UnusualPageError
        return self._walk.parsed(definitions)

    def _prose(self, prose: Prose) -> None:
        content = prose.content
        pieces = read_pieces(content.text, self._known)
        if pieces is None:
            self._by_reference(content, in_heading=False, below_heading=prose.below_heading)
            return
        for piece in pieces:
            if not piece.code:
                self._piece(piece, content)
        self._beside_pieces(content, pieces, in_heading=False, below_heading=prose.below_heading)

    def _beside_pieces(self, content: Content, pieces: list[Piece], *, in_heading: bool, below_heading: bool) -> None:
        text = content.text
        if "{" not in text and ")=" not in text and "][" not in text and ": " not in text:
            return
        inside = [Span(piece.start, piece.end) for piece in pieces]
        self._walk.markup_ids(content, inside, in_heading=in_heading, below_heading=below_heading)
        self._walk.undefined_references(content, inside)

    def _piece(self, piece: Piece, content: Content) -> None:
        if piece.kind is not None:
            span, where = content.between(piece.start, piece.end), content.between(piece.first, piece.last)
            self._walk.link(Link(piece.kind, piece.destination, span, where))
        elif piece.label:
            self._walk.used.add(piece.label)
        elif piece.tag:
            tag = content.text[piece.start : piece.end]
            if self._walk.collector.in_heading or may_speak(tag):
                self._walk.collector.html(tag, lambda span: content.place(span.shifted(piece.start)), inline=True)

    def _title(self, title: Title) -> None:
        if title.content is None and (plain := NAMED_WORDS.fullmatch(title.text)) is not None:
            for mark in named_words(title, plain):
                self._walk.collector.whole(mark)
            return
        content = title.content or Straight(title.text, title.start)
        noted = self._walk.collector.link_count
        collector = self._walk.collector
        span = content.between(0, len(content.text))
        collector.open_heading(title.level, span.start, content.text, interrupts=title.interrupts)
        pieces = read_pieces(content.text, self._known)
        if pieces is None or not _is_simple_title(content.text, pieces):
            self._by_reference(content, in_heading=True, below_heading=False)
        else:
            self._title_parts(content, pieces)
        collector.close_heading(span.end)
        if title.linked:
            collector.forget_links(noted)

    def _title_parts(self, content: Content, pieces: list[Piece]) -> None:
        text = content.text
        position, previous = 0, ""
        for piece in pieces:
            self._words(text[position : piece.start], previous)
            position = piece.end
            previous = self._title_part(piece, text)
            self._piece(piece, content)
        self._words(text[position:], previous)
        self._beside_pieces(content, pieces, in_heading=True, below_heading=False)

    def _words(self, text: str, previous: str) -> None:
        """Take in words, escapes and emphasis that stand behind a piece of the type `previous`."""
        position = 0
        for found in _NOT_WORDS.finditer(text):
            self._walk.words(text[position : found.start()], previous)
            position = found.end()
            if found["escape"] is not None:
                self._walk.collector.part(PartKind.TEXT, found["escape"][1], found["escape"])
                previous = ""
            else:
                self._words(found["text"], "")
                previous = "em_close"
        self._walk.words(text[position:], previous)

    def _title_part(self, piece: Piece, text: str) -> str:
        """Take in the text of a piece, and return its type by the name that the reference parser gives it."""
        written = text[piece.start : piece.end]
        match piece.kind:
            case LinkKind.BARE:
                self._walk.collector.part(PartKind.ADDRESS, piece.destination)
                return "link_close"
            case LinkKind.IMAGE:
                self._walk.collector.part(PartKind.ALT, piece.text or "")
                return "image"
            case LinkKind.INLINE:
                self._walk.words(piece.text or "", "")
                return "link_close"
            case _ if piece.code:
                self._walk.collector.part(PartKind.CODE, code_text(written.strip("`")))
                return "code_inline"
            case _:
                return "html_inline"

    def _by_reference(self, content: Content, *, in_heading: bool, below_heading: bool) -> None:
        from doclint.parse.markdown import parse_inlines

        pieces = parse_inlines(content.text, self._env)
        self._walk.content(content, pieces, in_heading=in_heading, below_heading=below_heading)

    def _handed_over(self, part: HandedOver) -> None:
        from doclint.parse.markdown import parse_inlines

        for token in part.tokens:
            if token.type == "inline":
                token.children = parse_inlines(token.content, self._env)
        self._walk.begin(
            part.line, below_paragraph=part.above is Above.PARAGRAPH, below_heading=part.above is Above.HEADING
        )
        self._walk.tokens(part.tokens)


def _is_simple_title(text: str, pieces: Iterable[Piece]) -> bool:
    """Tell whether a heading consists of words, emphasis, code, tags and links and images whose text is words."""
    position = 0
    for piece in pieces:
        if not (_WORDS_AND_EMPHASIS.fullmatch(text, position, piece.start) and _is_simple_part(piece)):
            return False
        position = piece.end
    return _WORDS_AND_EMPHASIS.fullmatch(text, position) is not None


def _is_simple_part(piece: Piece) -> bool:
    match piece.kind:
        case LinkKind.AUTOLINK:
            # The reference parser shows what percent-encoding in it stands for.
            return False
        case LinkKind.INLINE | LinkKind.IMAGE:
            # An underscore in front would be next to the bracket, not to a letter.
            text = piece.text
            return (
                text is not None
                and not text.startswith("_")
                and "\\" not in text
                and _ONLY_WORDS.fullmatch(text) is not None
            )
        case _:
            return not piece.label
