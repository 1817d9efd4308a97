"""Wiki links: `[[page]]`, `[[page|text]]`, `[[page#heading]]`, `[[#heading]]` and `![[file]]` in a page's prose.

They are looked for in what the Markdown parser leaves as text: not in code, comments, front matter and other links.
"""

from __future__ import annotations

import re

from doclint.model import Link, LinkKind, Links, Parsed, Span
from doclint.parse.places import CodeMap, united
from doclint.value import replace

_WIKI_LINK = re.compile(r"(?<!\\)!?\[\[([^\[\]\n]+)\]\]")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*?\n)??---[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def with_wiki_links(text: str, parsed: Parsed) -> Parsed:
    """Return the parse of the page `text` with its wiki links, too."""
    matches = list(_WIKI_LINK.finditer(text))
    if not matches:
        return parsed
    others = [Span(*match.span()) for match in _COMMENT.finditer(text)]
    if front := _FRONT_MATTER.match(text):
        others.append(Span(*front.span()))
    others += [link.span for link in parsed.links if link.kind is not LinkKind.HTML]
    taken = CodeMap(tuple(united((*parsed.code, *others))))
    found = []
    for match in matches:
        bracket = match.start() + match[0].index("[")
        if not taken.holds(bracket + 1) and not taken.holds(match.start()):
            found.append(Link(LinkKind.WIKI, match[1], Span(*match.span()), Span(*match.span(1))))
    return replace(parsed, links=Links.of((*parsed.links, *found)))
