"""Links, images, tags and addresses in the content of a block, by one pattern from left to right.

Emphasis, escapes outside of links and character references say nothing that is wanted here. What the pattern does not
know makes the whole content unusual.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from doclint.model import LinkKind
from doclint.parse.bare import bare_url
from doclint.parse.fast.tags import CLOSE_TAG, COMMENT, OPEN_TAG
from doclint.parse.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Container


class Piece(NamedTuple):
    """A link, an image, a code span or a tag in a content; places are offsets in the content.

    A reference has the `label` of its definition and no destination; a tag or a code span neither. `text` is that of a
    link or an image; None where more than words stand in it.
    """

    kind: LinkKind | None
    start: int
    end: int
    destination: str = ""
    first: int = 0
    last: int = 0
    label: str = ""
    tag: bool = False
    code: bool = False
    text: str | None = None


# A run of backticks, and the same run again; a run of another length is part of the code.
_CODE = r"(?P<ticks>`++) [^`]*+ (?: (?!(?P=ticks)(?!`)) `++ [^`]*+ )*+ (?P=ticks) (?!`)"
# A sign that begins neither a tag nor an address: nothing like one follows, or its name goes on wrongly.
_LESS_THAN = r"""< (?=
      \s
    | [^A-Za-z!?/] [^@<>]*+ (?:[<>]|\Z)
    | [A-Za-z][A-Za-z0-9-]*+ [^\s/>@:<] [^@:<>]*+ (?:[<>]|\Z)
)"""
# The text of a link as far as nothing in it can be a link, a tag or longer than it looks.
_WORDS = rf"[^\[\]\\`<!] | \\[^\n] | ` (?!`) [^`]*+ ` (?!`) | ! (?!\[) | {_LESS_THAN}"
_LABEL = rf"(?: {_WORDS} )*+"
_TEXT = rf"(?: {_WORDS} | \[ {_LABEL} \] (?![\[(]) )*+"
_DESTINATION = r"""(?:
      < (?P<angle{n}> [^<>\\&\n]*+ ) >
    | (?P<plain{n}> (?: [^\s()<>\\&\x00-\x20\x7f] | \( [^\s()<>\\&\x00-\x20\x7f]*+ \) | & (?![\#\w]++;) )*+ )
)"""
# In front of a title there is white space, and where there is no destination there is no title.
_TITLE = r"""(?: [ \t\n]++ (?: "[^"\\]*+" | '[^'\\]*+' ) )?+"""
_TAIL = rf"\( [ \t\n]*+ {_DESTINATION} {_TITLE} [ \t\n]*+ \)"

_PIECE = re.compile(
    rf"""
      \\ (?s:.)                                                    # an escape, whatever it escapes
    | (?P<code> {_CODE} )
    | < (?P<address> [a-zA-Z][a-zA-Z0-9+.-]{{1,31}} : [^<>\x00-\x20]*+ ) >
    | (?P<tag> {OPEN_TAG} | {CLOSE_TAG} | {COMMENT} )
    | {_LESS_THAN}
    | (?P<image> ! (?=\[) )?+ \[ (?:
          (?P<text> {_TEXT} ) \] (?:
              {_TAIL.format(n=1)}
            | (?P<reference> (?!\() (?: \[ (?P<label> {_LABEL} ) \] | (?!\[) ) )
          )
        | (?P<badge> !\[ {_LABEL} \] {_TAIL.format(n=2)} ) \] {_TAIL.format(n=3)}
        | (?P<outer> (?= {_LABEL} \[ {_LABEL} \] {_TAIL.format(n=4)} ) )  # no link, because it has one in it
      )
    | (?P<colon> : ) (?=//[^\s<])
    | (?P<unusual> [`<\[] )
    """,
    re.VERBOSE,
)
_OPENS_LINK = re.compile(r"<a[>\s]", re.IGNORECASE)
_OF_HEADING = re.compile(r"</?h[1-6]", re.IGNORECASE)
_CLOSES_LINK = re.compile(r"</a\s*+>", re.IGNORECASE)


def read_pieces(content: str, known: Container[str]) -> list[Piece] | None:
    """Return the pieces of `content` from left to right, those in the text of a link behind it; None if unusual.

    `known` are the labels that the page defines.
    """
    return _Reading(content, known).pieces()


class _Reading:
    """One pass over a content; each method reads one syntax, and tells whether it is sure."""

    def __init__(self, content: str, known: Container[str]) -> None:
        self._content = content
        self._known = known
        self._found: list[Piece] = []
        self._position = 0
        self._links_in_html = 0

    def pieces(self) -> list[Piece] | None:
        while (match := _PIECE.search(self._content, self._position)) is not None:
            self._position = match.end()
            if match.lastgroup is not None and not self._METHODS[match.lastgroup](self, match):
                return None
        return self._found

    def _code(self, match: re.Match[str]) -> bool:
        self._found.append(Piece(None, *match.span(), code=True))
        return True

    def _link(self, match: re.Match[str]) -> bool:
        kind = LinkKind.IMAGE if match["image"] else LinkKind.INLINE
        self._found.append(_destined(match, kind, match.span(), "1", match["text"]))
        return self._is_plain(match["text"], match.start())

    def _badge(self, match: re.Match[str]) -> bool:
        self._found.append(_destined(match, LinkKind.INLINE, match.span(), "3", None))
        self._found.append(_destined(match, LinkKind.IMAGE, match.span("badge"), "2", None))
        return not match["image"] and self._is_plain(match["badge"], match.start())

    def _reference(self, match: re.Match[str]) -> bool:
        text = match["text"]
        if self._known and not self._is_plain(text, match.start()):
            return False
        label = label_key(match["label"] or text) if self._known else ""
        if label in self._known:
            self._found.append(Piece(None, *match.span(), label=label))
        else:
            self._position = match.start("text")
        return True

    def _address(self, match: re.Match[str]) -> bool:
        start, end = match.span()
        self._found.append(Piece(LinkKind.AUTOLINK, start, end, match["address"], start + 1, end - 1))
        return True

    def _tag(self, match: re.Match[str]) -> bool:
        self._links_in_html += bool(_OPENS_LINK.match(match[0])) - bool(_CLOSES_LINK.match(match[0]))
        self._found.append(Piece(None, *match.span(), tag=True))
        # The text of a heading in raw HTML is wanted, not only its links.
        return _OF_HEADING.match(match[0]) is None

    def _colon(self, match: re.Match[str]) -> bool:
        # Inside a link in raw HTML an address is no link of its own.
        if self._links_in_html <= 0 and (url := bare_url(self._content, match.start(), len(self._content))) is not None:
            start, self._position = url
            address = self._content[start : self._position]
            self._found.append(Piece(LinkKind.BARE, start, self._position, address, start, self._position))
        return True

    def _outer(self, match: re.Match[str]) -> bool:
        """Go on behind a bracket that is none of a link, because a link stands in it; an image may have one."""
        return not match["image"]

    def _unusual(self, match: re.Match[str]) -> bool:
        # Where no link can follow, a bracket is a bracket.
        return match[0] == "[" and not self._known and self._content.find("](", match.start()) < 0

    def _is_plain(self, text: str, start: int) -> bool:
        """Tell whether nothing in the text of the link at `start` matters outside of it.

        Code in it does where undefined references are looked for, beside all that is something else. A bracket may be
        a reference. And the reference parser reads an address in it when the words before the link end in a scheme.
        """
        return not (
            ("`" in text and "][" in self._content)
            or ("[" in text.removeprefix("![") and self._known)
            or ("://" in text and self._content[max(0, start - 5) : start].lower().endswith(("http", "https")))
        )

    # The group of the pattern that matched last, and what reads it.
    _METHODS: ClassVar = {
        "code": _code,
        "plain1": _link,
        "angle1": _link,
        "plain3": _badge,
        "angle3": _badge,
        "reference": _reference,
        "address": _address,
        "tag": _tag,
        "colon": _colon,
        "outer": _outer,
        "unusual": _unusual,
    }


def _destined(match: re.Match[str], kind: LinkKind, span: tuple[int, int], number: str, text: str | None) -> Piece:
    group = f"angle{number}" if match[f"plain{number}"] is None else f"plain{number}"
    return Piece(kind, *span, match[group], *match.span(group), text=text)


def code_text(written: str) -> str:
    """Return the text of a code span (CommonMark 6.1)."""
    ticks = len(written) - len(written.lstrip("`"))
    text = written[ticks:-ticks].replace("\n", " ")
    return text[1:-1] if text[:1] == text[-1:] == " " and text.strip(" ") else text
