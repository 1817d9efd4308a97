"""Raw HTML to tags, texts and comments with their places; the only door to the HTML parser.

The parser is Python's own. It is fed once and never closed: what is still open at the end, an unfinished tag or
comment, is dropped, as the HTML standard has it, and a flood of unfinished tags costs no more than one.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from doclint.model import Span
from doclint.parse.html_speech import VERBATIM
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# After the tag's name: attribute name, then perhaps a value in double quotes, single quotes or none
# (HTML standard, 13.2.5.32 to 13.2.5.38).
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++))?""")
# Most raw HTML: text, tags whose attributes have plain values in double quotes, and comments without `--` in them.
_ORDINARY = re.compile(
    r"""
      (?P<text> [^<\0\r]++ )
    | < (?P<start> [A-Za-z][A-Za-z0-9]*+ ) (?P<attributes> (?: [ \n]++ [A-Za-z-]++ = "[^"&<>\0\r]*+" )*+ ) [ \n]*+ /?>
    | </ (?P<end> [A-Za-z][A-Za-z0-9]*+ ) >
    | <!-- (?!-?>) (?P<comment> [^-\0\r]*+ (?: -(?!-) [^-\0\r]*+ )*+ ) -->
    """,
    re.VERBOSE,
)
_ORDINARY_ATTRIBUTE = re.compile(r"""([A-Za-z-]++)="([^"]*+)""")
# Behind these a browser reads no markup.
_RAW = frozenset(VERBATIM)
_TAG_NAME = re.compile(r"<[^\s/>]+")


class Attribute(Value):
    """The value of an attribute with character references resolved, and its place without quotes."""

    value: str
    span: Span


class StartTag(Value):
    """`<name ...>`; of attributes with the same name the first counts."""

    name: str
    attributes: Mapping[str, Attribute]
    span: Span


class EndTag(Value):
    """`</name>`."""

    name: str
    span: Span


class Text(Value):
    """What stands between tags, character references resolved."""

    text: str


class HtmlComment(Value):
    """`<!-- text -->`."""

    text: str
    span: Span


HtmlToken = StartTag | EndTag | Text | HtmlComment


def tokens(html: str) -> Iterator[HtmlToken]:
    """Yield what a browser's tokenizer sees in `html`; spans are offsets in it."""
    # A text may go on at its end, as after "&"; the line end says that it does not.
    html += "\n"
    if (ordinary := _ordinary_tokens(html)) is not None:
        return iter(ordinary)
    reader = _Reader(html)
    reader.feed(html)
    return iter(reader.found)


def _ordinary_tokens(html: str) -> list[HtmlToken] | None:
    """Return what the parser would make of `html`, several times as fast; None where that takes the parser."""
    found: list[HtmlToken] = []
    position = 0
    for match in _ORDINARY.finditer(html):
        start, end = match.span()
        if start > position:
            return None
        position = end
        match match.lastgroup:
            case "text":
                found.append(Text(unescape(match[0])))
            case "attributes":
                if (name := match["start"].lower()) in _RAW:
                    return None
                found.append(StartTag(name, _ordinary_attributes(html, *match.span("attributes")), Span(start, end)))
            case "end":
                found.append(EndTag(match["end"].lower(), Span(start, end)))
            case _:
                found.append(HtmlComment(match["comment"], Span(start, end)))
    return found if position == len(html) else None


def _ordinary_attributes(html: str, start: int, end: int) -> dict[str, Attribute]:
    attributes: dict[str, Attribute] = {}
    for match in _ORDINARY_ATTRIBUTE.finditer(html, start, end):
        attributes.setdefault(match[1].lower(), Attribute(match[2], Span(*match.span(2))))
    return attributes


class _Reader(HTMLParser):
    """Collects tokens with their offsets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[HtmlToken] = []
        self._html = html
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", html))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset()
        written = self.get_starttag_text() or ""
        values = dict(reversed(attrs))
        attributes: dict[str, Attribute] = {}
        name_end = _TAG_NAME.match(written)
        for match in _ATTRIBUTE.finditer(written, name_end.end() if name_end else 0):
            name = match[1].lower()
            first, last = match.span(2) if match[2] is not None else (match.end(), match.end())
            if match[2] is not None and match[2][0] in "\"'" and last - first > 1:
                first, last = first + 1, last - 1
            attributes.setdefault(name, Attribute(values.get(name) or "", Span(start + first, start + last)))
        self.found.append(StartTag(tag, attributes, Span(start, start + len(written))))

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        end = self._html.find(">", start) + 1 or len(self._html)
        self.found.append(EndTag(tag, Span(start, end)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A slash at the end of a start tag means nothing in HTML.
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.found.append(Text(data))

    def handle_comment(self, data: str) -> None:
        start = self._offset()
        self.found.append(HtmlComment(data, Span(start, min(start + len(data) + len("<!---->"), len(self._html)))))

    def parse_html_declaration(self, i: int) -> int:
        """Read `<!...>`: a comment, else something that a browser skips up to the next `>`.

        The inherited method raises AssertionError at an unknown `<![name[`.
        """
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column
