"""The reference parse: all of a page, or a part of it, read by markdown-it-py.

It is slow and right. The fast parse is held to say the same, and hands over to it what it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from doclint.model import Span
from doclint.parse.markdown import destination_at, parse_tokens
from doclint.parse.moved import with_plain_lines
from doclint.parse.walk import FoundDefinition, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doclint.model import Parsed
    from doclint.parse.places import PageLines

_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*(?:\n[ \t>]*)?", re.DOTALL)


def parse(text: str, *, whole: bool = True) -> Parsed:
    """Return what the page `text` says, with places in `text`, always the `whole` of it; never raises."""
    del whole
    return with_plain_lines(text, _parse)


def _parse(text: str) -> Parsed:
    env: dict[str, Any] = {}
    tokens = parse_tokens(text, env)
    walk = Walk(text, env.get("references", {}))
    walk.tokens(tokens)
    return walk.parsed(list(definitions(env, walk.lines)))


def definitions(env: Mapping[str, Any], lines: PageLines) -> Iterator[FoundDefinition]:
    """Yield the definitions that markdown-it-py left in `env`, in order; their lines are lines of the page."""
    found = [*env.get("references", {}).items(), *((again["label"], again) for again in env.get("duplicate_refs", ()))]
    for label, definition in sorted(found, key=lambda row: row[1]["map"]):
        text, block = lines.text, lines.span(*definition["map"])
        match = _DEFINITION.search(text, block.start, block.end)
        start = match.end() if match else block.start
        where = destination_at(text, start, block.end)
        # The span ends behind the destination, with its closing `>` if it has one.
        end = where.end + (text[where.start - 1 : where.start] == "<" and text[where.end : where.end + 1] == ">")
        yield FoundDefinition(label, definition["href"], Span(match.start() if match else block.start, end), where)
