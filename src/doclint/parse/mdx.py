"""MDX: Markdown with JSX tags, `{expressions}` and blocks of `import` and `export`.

What is JavaScript is blanked out, letter by letter, so that every place stays where it is; what is left is read as
Markdown, whose raw HTML is then JSX. Only attributes that are written as strings are links. Which paths a component
takes is for the component to say, so that of those, tags with a capital letter, only a destination that begins with
`./`, `../` or `#` counts. Components may also bring headings of their own.

Sources: MDX 3, "What is MDX?"; `micromark-extension-mdxjs`. What is not understood: a regular expression in an
expression that holds a brace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Comment, Link, LinkKind, Links, Span
from doclint.parse.html import StartTag, tokens
from doclint.parse.html_speech import TO_DOCLINT
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doclint.model import Parsed

# What is passed over: a fenced block, a code span, an escape.
_CODE = (
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*(?:\n[^\n]*)*?(?:\n[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?:\n(?![ \t]*\n)[^\n]*?)*?(?<!`)(?P=ticks)(?!`)"
    r"|\\[\s\S]"
)
_SCRIPT = r"^(?:import|export)[ \t{*\"'][^\n]*(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*"
_SCRIPT_OR_EXPRESSION = re.compile(rf"{_CODE}|(?P<script>{_SCRIPT})|(?P<brace>\{{)", re.MULTILINE)
# A tag of a component: its name has a capital letter or a dot.
_TAG = r"""</?(?:[A-Z][\w.]*|[a-z]\w*\.[\w.]*)(?:[\s/](?:[^"'<>]++|"[^"]*+"|'[^']*+'){0,200}+)?>"""
_COMPONENT = re.compile(rf"{_CODE}|(?P<tag>{_TAG})", re.MULTILINE)
_IN_EXPRESSION = re.compile(
    r"""([{}])|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`""", re.DOTALL
)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*?\n)??---[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING_NAME = re.compile(r"\{#[^\s{}]+\}")
_COMMENT = re.compile(r"\{\s*/\*(.*)\*/\s*\}", re.DOTALL)
_NOT_NEW_LINE = re.compile(r"[^\r\n]")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_PATH = re.compile(r"\.\.?/|#")
_COMPUTED = "\ue000"  # for private use: stands for what an expression or a component shows


def parse(text: str, markdown: Callable[[str], Parsed]) -> Parsed:
    """Return what the page of MDX `text` says, with places in `text`; never raises."""
    script = _Script(text)
    links, plain = _without_components(script.plain)
    parsed = markdown(plain)
    links += [link for link in parsed.links if _COMPUTED not in link.destination]
    return replace(
        parsed,
        links=Links.of(links),
        comments=tuple(sorted((*parsed.comments, *script.comments), key=lambda comment: comment.span)),
        # Components and expressions may bring headings.
        open_ended=script.shows_something or plain != script.plain,
    )


def _without_components(text: str) -> tuple[list[Link], str]:
    """Return the links in the tags of components, and the text with blanks in the place of these tags."""
    links: list[Link] = []
    pieces = []
    done = 0
    for found in _COMPONENT.finditer(text, _front_matter_end(text)):
        if found["tag"]:
            links += _links(found["tag"], found.start())
            pieces += [text[done : found.start()], _blanks(text, Span(*found.span()))]
            done = found.end()
    return links, "".join([*pieces, text[done:]])


def _links(component: str, start: int) -> Iterator[Link]:
    """Yield the links in the attributes of a component's tag that are certainly paths; the tag begins at `start`."""
    attributes = next((tag.attributes for tag in tokens(component) if isinstance(tag, StartTag)), None)
    if attributes is not None:
        for name in ("href", "src"):
            attribute = attributes.get(name)
            if attribute is not None and _PATH.match(attribute.value):
                span = Span(start, start + len(component))
                yield Link(LinkKind.HTML, attribute.value, span, attribute.span.shifted(start))


def _blanks(text: str, span: Span) -> str:
    """Return what stands for `span` without saying anything: white space, but where that would indent a text."""
    begins_line = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    rest = _REST_OF_LINE.match(text, span.end)
    indents = begins_line and rest is not None and bool(rest[0].strip())
    return _NOT_NEW_LINE.sub(_COMPUTED if indents else " ", span.of(text))


def _front_matter_end(text: str) -> int:
    front = _FRONT_MATTER.match(text)
    return front.end() if front else 0


class _Script:
    """A page without its JavaScript.

    Attributes:
        plain: The page, with blanks in the place of what is JavaScript.
        comments: Comments in expressions that speak to doclint.
        shows_something: Whether there is an expression that is neither a comment nor an attribute's value.
    """

    def __init__(self, text: str) -> None:
        self.comments: list[Comment] = []
        self.shows_something = False
        pieces = []
        done = 0
        position = _front_matter_end(text)
        while found := _SCRIPT_OR_EXPRESSION.search(text, position):
            position = max(found.end(), found.start() + 1)
            if found["script"]:
                pieces += [text[done : found.start()], _blanks(text, Span(*found.span()))]
                done = position
            elif found["brace"] and not (name := _HEADING_NAME.match(text, found.start())):
                position = _end_of_expression(text, position)
                if position < 0:
                    break
                pieces += [text[done : found.start()], self._blank(text, Span(found.start(), position))]
                done = position
            elif found["brace"] and name:
                position = name.end()
        self.plain = "".join([*pieces, text[done:]])

    def _blank(self, text: str, span: Span) -> str:
        """Return what stands for the expression at `span`."""
        expression = span.of(text)
        if text[span.start - 1 : span.start] == "=":
            return f'"{_NOT_NEW_LINE.sub(_COMPUTED, expression[1:-1])}"'
        comment = _COMMENT.fullmatch(expression)
        if comment is None:
            self.shows_something = True
        elif comment[1].strip().startswith(TO_DOCLINT):
            self.comments.append(Comment(comment[1].strip(), span))
        return _blanks(text, span)


def _end_of_expression(text: str, start: int) -> int:
    """Return where the expression ends whose brace is right in front of `start`; -1 where it does not."""
    depth = 1
    for token in _IN_EXPRESSION.finditer(text, start):
        if token[1]:
            depth += 1 if token[1] == "{" else -1
            if not depth:
                return token.end()
    return -1
