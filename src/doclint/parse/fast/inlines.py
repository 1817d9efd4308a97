"""Links, images, tags and addresses in the content of a block, by one pattern from left to right.

Emphasis, escapes outside of links and character references say nothing that is wanted here. What the pattern does not
know makes the whole content unusual.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from doclint.model import LinkKind
from doclint.parse.bare import bare_url
from doclint.parse.fast.tags import CLOSE_TAG, COMMENT, OPEN_TAG
from doclint.parse.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Container


class Piece(NamedTuple):
    """A link, an image, a code span or a tag in a content; places are offsets in the content.

    A reference has the `label` of its definition and no destination; a tag or a code span neither.
    """

    kind: LinkKind | None
    start: int
    end: int
    destination: str = ""
    first: int = 0
    last: int = 0
    label: str = ""
    tag: bool = False


# A run of backticks, and the same run again; a run of another length is part of the code.
_CODE = r"(?P<ticks>`++) [^`]*+ (?: (?!(?P=ticks)(?!`)) `++ [^`]*+ )*+ (?P=ticks) (?!`)"
# The text of a link as far as nothing in it can be a link, a tag or longer than it looks.
_LABEL = r"(?: [^\[\]\\`<!] | \\[^\n] | ` (?!`) [^`]*+ ` (?!`) | ! (?!\[) | < (?=[\s=]) )*+"
_DESTINATION = r"""(?:
      < (?P<angle{n}> [^<>\\&\n]*+ ) >
    | (?P<plain{n}> (?: [^\s()<>\\&\x00-\x20\x7f] | \( [^\s()<>\\&\x00-\x20\x7f]*+ \) | & (?![\#\w]++;) )*+ )
)"""
# In front of a title there is white space, and where there is no destination there is no title.
_TITLE = r"""(?: [ \t\n]++ (?: "[^"\\]*+" | '[^'\\]*+' ) )?+"""
_TAIL = rf"\( [ \t\n]*+ {_DESTINATION} {_TITLE} [ \t\n]*+ \)"

# A sign that is neither the beginning of a tag nor of an address: nothing like one follows, or its name goes on wrongly.
_LESS_THAN = r"< (?= \s | [^A-Za-z!?/] [^@<>]*+ (?:[<>]|\Z) | [A-Za-z][A-Za-z0-9-]*+ [^\s/>@:<] [^@:<>]*+ (?:[<>]|\Z) )"

_PIECE = re.compile(
    rf"""
      \\ (?s:.)                                                    # an escape, whatever it escapes
    | (?P<code> {_CODE} )
    | < (?P<address> [a-zA-Z][a-zA-Z0-9+.-]{{1,31}} : [^<>\x00-\x20]*+ ) >
    | (?P<tag> {OPEN_TAG} | {CLOSE_TAG} | {COMMENT} )
    | {_LESS_THAN}
    | (?P<image> ! (?=\[) )?+ \[ (?:
          (?P<text> {_LABEL} ) \] (?:
              {_TAIL.format(n=1)}
            | (?P<reference> (?!\() (?: \[ (?P<label> {_LABEL} ) \] | (?!\[) ) )
          )
        | (?P<badge> !\[ {_LABEL} \] {_TAIL.format(n=2)} ) \] {_TAIL.format(n=3)}
      )
    | (?P<colon> : ) (?=//[^\s<])
    | (?P<unusual> [`<\[] )
    """,
    re.VERBOSE,
)
_OPENS_LINK = re.compile(r"<a[>\s]", re.IGNORECASE)
_CLOSES_LINK = re.compile(r"</a\s*+>", re.IGNORECASE)


def read_pieces(content: str, known: Container[str]) -> list[Piece] | None:
    """Return the pieces of `content` from left to right; None where it is unusual.

    `known` are the labels that the page defines.
    """
    found: list[Piece] = []
    # Undefined references are looked for beside all that is something else: then code inside a link counts, too.
    may_be_undefined = "][" in content
    position = links = 0
    while (match := _PIECE.search(content, position)) is not None:
        start, position = match.span()
        match match.lastgroup:
            case None:
                pass
            case "code":
                found.append(Piece(None, start, position))
            case "plain1" | "angle1":
                if _is_doubtful(match["text"], content, start, may_be_undefined):
                    return None
                found.append(_link(match, LinkKind.IMAGE if match["image"] else LinkKind.INLINE, "1"))
            case "plain3" | "angle3":
                if match["image"] or _is_doubtful(match["badge"], content, start, may_be_undefined):
                    return None
                found += [_link(match, LinkKind.INLINE, "3"), _link(match, LinkKind.IMAGE, "2")]
            case "reference":
                text = match["text"]
                if not known:
                    position = match.start("text")
                elif _is_doubtful(text, content, start, may_be_undefined):
                    return None
                elif (label := label_key(match["label"] or text)) in known:
                    found.append(Piece(None, start, position, label=label))
                else:
                    position = match.start("text")
            case "address":
                found.append(Piece(LinkKind.AUTOLINK, start, position, match["address"], start + 1, position - 1))
            case "tag":
                links += bool(_OPENS_LINK.match(content, start)) - bool(_CLOSES_LINK.match(content, start))
                found.append(Piece(None, start, position, tag=True))
            case "colon":
                # Inside a link in raw HTML an address is no link of its own.
                if links <= 0 and (url := bare_url(content, start, len(content))) is not None:
                    first, position = url
                    found.append(Piece(LinkKind.BARE, first, position, content[first:position], first, position))
            case _:
                # Where no link can follow, a bracket is a bracket.
                if content[start] != "[" or known or content.find("](", start) >= 0:
                    return None
    return found


def _link(match: re.Match[str], kind: LinkKind, number: str) -> Piece:
    start, end = match.span("badge" if number == "2" else 0)
    group = f"angle{number}" if match[f"plain{number}"] is None else f"plain{number}"
    return Piece(kind, start, end, match[group], *match.span(group))


def _is_doubtful(text: str, content: str, start: int, may_be_undefined: bool) -> bool:
    """Tell whether the text of the link at `start` may hold something that matters outside of it.

    The reference parser reads an address in it when the words in front of the link end in a scheme.
    """
    return (may_be_undefined and "`" in text) or ("://" in text and content[start - 1 : start] in tuple("pPsS"))
