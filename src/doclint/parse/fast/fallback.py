"""Hands part of a page to the reference parser, up to a place where a block certainly begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from doclint.value import Draft

if TYPE_CHECKING:
    from doclint.parse.markdown import Token
    from doclint.parse.places import PageLines
    from doclint.parse.walk import FoundDefinition

# Below a blank line, at the margin, and nothing that a list above could take for its next item.
_BOUNDARY = re.compile(r"\n(?:[ \t]*\n)+(?=[^ \t\n*+\-0-9])")
_WITNESS = "witness\n"


class Part(Draft):
    """What the reference parser read: `end` is where the rest of the page begins."""

    end: int
    tokens: list[Token]
    definitions: list[FoundDefinition]


def read_part(text: str, start: int, lines: PageLines) -> Part:
    """Read blocks from `start` on, where one begins, up to the next boundary that proves to be one.

    The proof is a paragraph put in the place of the rest: where it stands on its own, nothing was left open that the
    rest could go on with. Where it does not, the part is at least doubled, so that all attempts together take no
    longer than a few times the last one.
    """
    from doclint.parse.markdown import parse_blocks
    from doclint.parse.reference import definitions

    first = lines.number(start)
    end = start
    while True:
        boundary = _BOUNDARY.search(text, min(len(text), end + (end - start)))
        end = boundary.end() if boundary else len(text)
        # The line end in front keeps `---` from being taken for the beginning of the page.
        part = "\n" + text[start:end]
        env: dict[str, Any] = {}
        tokens = parse_blocks(part + _WITNESS if boundary else part, env)
        if not boundary:
            break
        if _stands_alone(tokens, part.count("\n")):
            del tokens[-3:]
            break
    for token in tokens:
        if token.map:
            token.map = [line + first - 1 for line in token.map]
        if token.type == "tr_open":
            token.meta["start"] += start - 1
    for found in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        found["map"] = [line + first - 1 for line in found["map"]]
    return Part(end, tokens, list(definitions(env, lines)))


def _stands_alone(tokens: list[Token], line: int) -> bool:
    """Tell whether the last paragraph, at the outermost level, is that which begins on `line`."""
    return (
        len(tokens) >= 3
        and tokens[-3].type == "paragraph_open"
        and tokens[-3].level == 0
        and (tokens[-3].map == [line, line + 1])
    )
