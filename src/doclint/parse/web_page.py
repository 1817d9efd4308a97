"""Pages of HTML: their links and ids; what a heading says names nothing there."""

from __future__ import annotations

import re

from doclint.model import Comment, ElementId, Link, LinkKind, Links, Mark, Parsed, Span
from doclint.parse.html import EndTag, HtmlComment, StartTag, tokens
from doclint.parse.html_speech import LINK_ATTRIBUTES, TO_DOCLINT
from doclint.parse.srcset import candidates

# HTML standard, "Attributes": those that hold one address.
_ATTRIBUTES = {
    **LINK_ATTRIBUTES,
    "embed": ("src",),
    "iframe": ("src",),
    "object": ("data",),
    "script": ("src",),
    "track": ("src",),
}
_RAW = frozenset({"script", "style", "pre", "code", "textarea"})
_LINE_END = re.compile(r"[\t\r\n]")


def parse(text: str) -> Parsed:
    """Return what the page of HTML `text` says; never raises.

    Where `<base href>` says that addresses start elsewhere, no link is told. Where there is a script, ids may be made
    when the page is shown.
    """
    marks: list[Mark] = []
    links: list[Link] = []
    comments: list[Comment] = []
    code: list[Span] = []
    raw: StartTag | None = None
    scripted = moved = False
    for token in tokens(text):
        match token:
            case StartTag():
                scripted = scripted or token.name == "script"
                moved = moved or (token.name == "base" and "href" in token.attributes)
                raw = raw or (token if token.name in _RAW else None)
                marks += _ids(token)
                links += _links(text, token)
            case EndTag(name, span) if raw is not None and raw.name == name:
                code.append(Span(raw.span.end, span.start))
                raw = None
            case HtmlComment(said, span) if said.strip().startswith(TO_DOCLINT):
                comments.append(Comment(said.strip(), span))
            case _:
                pass
    return Parsed(
        tuple(marks), Links.of(() if moved else links), code=tuple(code), comments=tuple(comments), open_ended=scripted
    )


def _ids(tag: StartTag) -> list[ElementId]:
    named = [tag.attributes.get("id"), tag.attributes.get("name") if tag.name == "a" else None]
    found = {attribute.value: attribute.span for attribute in reversed(named) if attribute and attribute.value}
    return [ElementId(name, span) for name, span in found.items()]


def _links(text: str, tag: StartTag) -> list[Link]:
    found = []
    for name in _ATTRIBUTES.get(tag.name, ()):
        if (attribute := tag.attributes.get(name)) is None:
            continue
        where = attribute.span
        parts = candidates(where.of(text), where.start) if name == "srcset" else [attribute]
        found += [Link(LinkKind.HTML, _LINE_END.sub("", part.value.strip()), tag.span, part.span) for part in parts]
    return found
