"""Links, images, code, tags and addresses in the content of a block, from left to right, one syntax a method.

Emphasis, escapes outside of links and character references say nothing that is wanted here. What no pattern knows
makes the whole content unusual.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from doclint.model import LinkKind
from doclint.parse.bare import bare_url
from doclint.parse.fast.destinations import PLAIN_DESTINATION
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
_WORDS = rf"[^\[\]\\`<!]++ | \\[^\n] | ` (?!`) [^`]*+ ` (?!`) | ! (?!\[) | {_LESS_THAN}"
_LABEL = rf"(?: {_WORDS} )*+"
_TEXT = rf"(?: {_WORDS} | \[ {_LABEL} \] (?![\[(]) )*+"
# The text of most links: there is nothing in it that would need a second look.
_PLAIN = r"[^\[\]\\`<!:]*+"
_DESTINATION = rf"""(?: < (?P<angle{{n}}> [^<>\\&\n]*+ ) > | (?P<plain{{n}}> {PLAIN_DESTINATION} ) )"""
# In front of a title there is white space, and where there is no destination there is no title.
_TITLE = r"""(?: [ \t\n]++ (?: "[^"\\]*+" | '[^'\\]*+' ) )?+"""
# Behind white space a destination does not go on.
_NO_TAIL = r"\( [ \t\n]*+ [^\s()<>\\&\x00-\x20\x7f]++ [ \t\n]++ [^\s\"'()]"
_TAIL = rf"\( [ \t\n]*+ {_DESTINATION} {_TITLE} [ \t\n]*+ \)"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.VERBOSE)


# The next thing that may matter: what is most frequent as a whole, all else by the sign that it begins with. The set
# stands in front, because that is what the engine can look for without trying each alternative at each letter.
_NEXT = _pattern(
    rf"""
    [\\`\[!<:] (?:
        (?<= \\ ) (?P<escape> [\s\S]? )
      | (?<= ` ) (?P<code> (?!`) [^`]++ ` (?!`) )
      | (?<= ! ) (?P<image> \[ (?P<alt> {_PLAIN} ) \]\( (?P<source> {PLAIN_DESTINATION} ) \) )
      | (?<= \[ ) (?P<link> (?P<text> {_PLAIN} ) \]\( (?P<destination> {PLAIN_DESTINATION} ) \) )
      | (?P<sign> (?<= [`\[<] ) | (?<= ! ) \[ | (?<= : ) (?=//[^\s<]) )
    )
    """
)
_CODE_SPAN = _pattern(_CODE)
_ADDRESS = _pattern(r"< ( [a-zA-Z][a-zA-Z0-9+.-]{1,31} : [^<>\x00-\x20]*+ ) >")
_TAG = _pattern(rf"{OPEN_TAG} | {CLOSE_TAG} | {COMMENT}")
_NO_TAG = _pattern(_LESS_THAN)
_BRACKET = _pattern(
    rf"""
    !?+ \[ (?:
        (?P<text> {_TEXT} ) \] (?:
            {_TAIL.format(n=1)}
          | (?P<reference> (?!\() (?: \[ (?P<label> {_LABEL} ) \] | (?!\[) ) | (?= {_NO_TAIL} ) )
        )
      | (?P<badge> !\[ {_LABEL} \] {_TAIL.format(n=2)} ) \] {_TAIL.format(n=3)}
      | (?P<outer> (?= {_LABEL} \[ {_LABEL} \] {_TAIL.format(n=4)} ) )  # no link, because it has one in it
    )
    """
)
_CODE_OR_ESCAPE = re.compile(r"\\.|`[^`]++`")
_OPENS_LINK = re.compile(r"<a[>\s]", re.IGNORECASE)
_OF_HEADING = re.compile(r"</?h[1-6]", re.IGNORECASE)
_CLOSES_LINK = re.compile(r"</a\s*+>", re.IGNORECASE)


def read_pieces(content: str, known: Container[str]) -> list[Piece] | None:
    """Return the pieces of `content` from left to right, those in the text of a link behind it; None if unusual.

    `known` are the labels that the page defines.
    """
    return _Reading(content, known).pieces()


class _Reading:
    """One pass over a content; each method reads one syntax from `start` on, and tells whether it is sure."""

    def __init__(self, content: str, known: Container[str]) -> None:
        self._content = content
        self._known = known
        self._found: list[Piece] = []
        self._position = 0
        self._links_in_html = 0

    def pieces(self) -> list[Piece] | None:
        content, found, position = self._content, self._found, 0
        while (match := _NEXT.search(content, position)) is not None:
            start, position = match.span()
            match match.lastgroup:
                case "link":
                    where = match.span("destination")
                    found.append(
                        Piece(LinkKind.INLINE, start, position, match["destination"], *where, text=match["text"])
                    )
                case "image":
                    where = match.span("source")
                    found.append(Piece(LinkKind.IMAGE, start, position, match["source"], *where, text=match["alt"]))
                case "code":
                    found.append(Piece(None, start, position, code=True))
                case "sign":
                    self._position = position
                    if not self._SYNTAXES[match[0]](self, start):
                        return None
                    position = self._position
        return found

    def _code(self, start: int) -> bool:
        if (code := _CODE_SPAN.match(self._content, start)) is None:
            return False
        self._position = code.end()
        self._found.append(Piece(None, start, self._position, code=True))
        return True

    def _angle(self, start: int) -> bool:
        content = self._content
        if (tag := _TAG.match(content, start)) is not None:
            self._position = tag.end()
            self._links_in_html += bool(_OPENS_LINK.match(tag[0])) - bool(_CLOSES_LINK.match(tag[0]))
            self._found.append(Piece(None, start, self._position, tag=True))
            # The text of a heading in raw HTML is wanted, not only its links.
            return _OF_HEADING.match(tag[0]) is None
        if (address := _ADDRESS.match(content, start)) is not None:
            self._position = address.end()
            self._found.append(Piece(LinkKind.AUTOLINK, start, self._position, address[1], *address.span(1)))
            return True
        return _NO_TAG.match(content, start) is not None

    def _bare(self, start: int) -> bool:
        # Inside a link in raw HTML an address is no link of its own.
        if self._links_in_html <= 0 and (url := bare_url(self._content, start, len(self._content))) is not None:
            start, self._position = url
            address = self._content[start : self._position]
            self._found.append(Piece(LinkKind.BARE, start, self._position, address, start, self._position))
        return True

    def _bracket(self, start: int) -> bool:
        match = _BRACKET.match(self._content, start)
        if match is None:
            # Where no link can follow, a bracket is a bracket.
            return self._content[start] == "[" and not self._known and start > self._last_link
        is_link = match[0][0] == "["
        match match.lastgroup:
            case "reference":
                return self._reference(match)
            case "outer":
                # Unlike a link, an image may have a link in it.
                return is_link
            case "plain3" | "angle3":
                self._position = match.end()
                self._found.append(_destined(match, LinkKind.INLINE, match.span(), "3", None))
                self._found.append(_destined(match, LinkKind.IMAGE, match.span("badge"), "2", None))
                return is_link and self._is_plain(match["badge"], start)
            case _:
                self._position = match.end()
                kind = LinkKind.INLINE if is_link else LinkKind.IMAGE
                self._found.append(_destined(match, kind, match.span(), "1", match["text"]))
                if is_link:
                    self._code_in_text(match)
                return self._is_plain(match["text"], start)

    @cached_property
    def _last_link(self) -> int:
        """Where the text of the last link could end."""
        return self._content.rfind("](")

    def _reference(self, match: re.Match[str]) -> bool:
        self._position = match.start("text")
        if not self._known or (label := label_key(match["label"] or match["text"])) not in self._known:
            return True
        self._position = match.end()
        self._found.append(Piece(None, *match.span(), label=label))
        if match[0][0] == "[":
            self._code_in_text(match)
        return self._is_plain(match["text"], match.start())

    def _code_in_text(self, match: re.Match[str]) -> None:
        if "`" in match["text"]:
            for found in _CODE_OR_ESCAPE.finditer(self._content, *match.span("text")):
                if found[0][0] == "`":
                    self._found.append(Piece(None, *found.span(), code=True))

    def _is_plain(self, text: str, start: int) -> bool:
        """Tell whether nothing in the text of the link at `start` matters outside of it.

        A bracket may be a reference. And the reference parser reads an address in it when the words in front of the
        link end in a scheme.
        """
        return not (
            ("[" in text.removeprefix("![") and self._known)
            or ("://" in text and self._content[max(0, start - 5) : start].lower().endswith(("http", "https")))
        )

    _SYNTAXES: ClassVar = {
        "`": _code,
        "<": _angle,
        ":": _bare,
        "[": _bracket,
        "![": _bracket,
    }


def _destined(match: re.Match[str], kind: LinkKind, span: tuple[int, int], number: str, text: str | None) -> Piece:
    group = f"angle{number}" if match[f"plain{number}"] is None else f"plain{number}"
    return Piece(kind, *span, match[group], *match.span(group), text=text)
