"""Explicit anchors that are written in Markdown: attribute lists and MyST's targets; pure.

An attribute list stands between braces, `{#name .class key=value}`, in Python-Markdown and kramdown also `{: #name}`.
That at the end of a heading is not told here, because hosts disagree on what may stand in it: it is in the heading's
text. Which of the others is an anchor is for the host to say, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import MarkupId, MarkupSyntax, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST = r"\{(?=[^{}\n]*+\}):?[ \t]*+(?:[^{}\n]*?[ \t])?#([^\s{}#]++)[^{}\n]*\}"
ATTRIBUTES = re.compile(r"\{(?=[^{}\n]*+\}):?[ \t]*+[#.\w][^{}\n]*\}")
"""An attribute list of any kind."""

_LINE = re.compile(rf"[ \t]*{_LIST}[ \t]*")
# Behind a link, an image, code or emphasis, with nothing between.
_BEHIND = re.compile(rf"(?<=[)\]`*_]){_LIST}")
_DEFINITION = re.compile(r"[ ]{0,3}:[ \t]")
_TARGET = re.compile(r"[ \t]*\(([^()\n]+)\)=[ \t]*")


def markup_ids(content: str, *, in_heading: bool, below_heading: bool) -> Iterator[MarkupId]:
    """Yield the explicit anchors in the text of a block, in order; their places lie in that text.

    Args:
        content: The text of a paragraph, a heading or a cell, as it is written.
        in_heading: Whether it is a heading.
        below_heading: Whether its first line is the one right below a heading.
    """
    start = 0
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if number + 1 < len(lines) and _DEFINITION.match(lines[number + 1]) and not _DEFINITION.match(line):
            name = line.strip()
            where = Span(0, len(name)).shifted(start + len(line) - len(line.lstrip()))
            yield MarkupId(name, where, MarkupSyntax.TERM)
        if (target := _TARGET.fullmatch(line)) is not None:
            yield MarkupId(target[1], Span(*target.span(1)).shifted(start), MarkupSyntax.TARGET)
        elif not in_heading and (alone := _LINE.fullmatch(line)) is not None:
            if number == 0:
                syntax = MarkupSyntax.BELOW_HEADING if below_heading else MarkupSyntax.LINE
            else:
                syntax = MarkupSyntax.LAST_LINE if number == len(lines) - 1 else MarkupSyntax.LINE
            yield MarkupId(alone[1], Span(*alone.span(1)).shifted(start), syntax)
        else:
            for found in _BEHIND.finditer(line):
                yield MarkupId(found[1], Span(*found.span(1)).shifted(start), MarkupSyntax.BEHIND)
        start += len(line) + 1
