"""markdown-it-py, set up to read as GitHub does; the only door to it.

CommonMark, tables, strike-through, footnotes, front matter; every destination counts as a link and stays as it is
written. markdown-it-py does not say where in the page an inline thing stands, so some of its rules are wrapped: the
wrapper notes on the token where the rule began and ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel
from markdown_it.rules_block import table as table_rule
from markdown_it.rules_inline import autolink as autolink_rule
from markdown_it.rules_inline import backtick as code_rule
from markdown_it.rules_inline import html_inline as html_rule
from markdown_it.rules_inline import image as image_rule
from markdown_it.rules_inline import link as link_rule
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.front_matter.index import _front_matter_rule as front_matter_rule

from doclint.model import Span
from doclint.parse.bare import bare_url

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType

__all__ = ["Token", "destination_at", "parse_blocks", "parse_inlines", "parse_tokens"]

# Blocks nest deeper in real pages than the 20 levels of the commonmark preset; brackets do not, and cost the square.
_BLOCK_NESTING = 100
_INLINE_NESTING = 20
_FRONT_MATTER = re.compile(r"---[ \t]*+\n")


def parse_tokens(text: str, env: EnvType) -> list[Token]:
    """Return the tokens of a page whose line ends are all LF; `env` takes its reference definitions.

    A link, an image, a code span and a tag has `meta["span"]`, a link and an image `meta["destination"]` or, as a
    reference, `meta["label"]`, a table row `meta["start"]`.
    """
    return _markdown().parse(text, env)


def parse_blocks(text: str, env: EnvType) -> list[Token]:
    """Return the tokens of a part of a page, with what stands inside paragraphs and the like still unread.

    A definition of a footnote would be missing from the tokens' end, where it belongs.
    """
    markdown = _markdown()
    return markdown.block.parse(text, markdown, env, []) or []


def parse_inlines(content: str, env: EnvType) -> list[Token]:
    """Return the pieces of the content of a paragraph, a heading or a cell; `env` has the page's definitions."""
    token = Token("inline", "", 0, content=content, children=[])
    _read_inlines(_markdown(), [token], env)
    return token.children or []


def destination_at(text: str, start: int, end: int) -> Span:
    """Return the place of the link destination that begins at `start`, without `<>`; empty where there is none."""
    result = parseLinkDestination(text, start, end)
    if not result.ok:
        return Span(start, start)
    if text[start : start + 1] == "<" and result.pos > start + 1:
        return Span(start + 1, result.pos - 1)
    return Span(start, result.pos)


class _AsWritten(MarkdownIt):
    """Leaves every destination as it is written; links that a browser refuses are links all the same."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is markdown-it's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the name is markdown-it's
        return True


@cache
def _markdown() -> MarkdownIt:
    markdown = _AsWritten("commonmark", {"maxNesting": _BLOCK_NESTING, "store_labels": True})
    markdown.enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin)
    markdown.block.ruler.at("front_matter", _front_matter, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    markdown.use(footnote_plugin, inline=False)
    markdown.core.ruler.at("inline", _inline_phase)
    markdown.core.ruler.disable("text_join")  # escapes and character references stay apart: hosts treat them otherwise
    markdown.block.ruler.at("table", _with_row_starts, {"alt": ["paragraph", "reference"]})
    markdown.inline.ruler.at("backticks", _with_place(code_rule, "code_inline"))
    markdown.inline.ruler.at("html_inline", _with_place(html_rule, "html_inline"))
    markdown.inline.ruler.at("autolink", _with_place(autolink_rule, "link_open"))
    markdown.inline.ruler.at("link", _with_destination(link_rule, "link_open", 0))
    markdown.inline.ruler.at("image", _with_destination(image_rule, "image", 1))
    markdown.inline.ruler.after("text", "bare_url", _bare_url)
    return markdown


InlineRule = Callable[["StateInline", bool], bool]


def _inline_phase(state: StateCore) -> None:
    _read_inlines(state.md, state.tokens, state.env)


def _read_inlines(markdown: MarkdownIt, tokens: Iterable[Token], env: EnvType) -> None:
    """Parse the inline content of every block, with the nesting that is right for it."""
    markdown.options["maxNesting"] = _INLINE_NESTING
    try:
        for token in tokens:
            if token.type == "inline" and token.children is not None:
                markdown.inline.parse(token.content, markdown, env, token.children)
    finally:
        markdown.options["maxNesting"] = _BLOCK_NESTING


def _front_matter(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Run the front-matter rule where the page begins with three dashes alone.

    By itself it also takes four of them, words behind them, and dashes at the end of a list item.
    """
    return (
        state.level == 0 and _FRONT_MATTER.match(state.src) is not None and front_matter_rule(state, start, end, silent)
    )


def _with_row_starts(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Run the table rule and note where each row begins, behind quote marks and indentation."""
    before = len(state.tokens)
    if not table_rule(state, start, end, silent):
        return False
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            token.meta["start"] = state.bMarks[line] + state.tShift[line]
    return True


def _with_place(rule: InlineRule, opening: str) -> InlineRule:
    """Wrap a rule so that the token of type `opening` that it pushes knows its place in the content."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and (token := _first(state.tokens, before, opening)):
            token.meta["span"] = Span(start, state.pos)
            token.meta["destination"] = Span(start + 1, state.pos - 1)
        return True

    return wrapped


def _with_destination(rule: InlineRule, opening: str, bracket: int) -> InlineRule:
    """Wrap the link or image rule, whose `[` stands `bracket` characters in, to note also where the destination is."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if state.src[start] not in "[!" or not _may_close(state, start) or not rule(state, silent):
            return False
        if not silent and (token := _first(state.tokens, before, opening)):
            token.meta["span"] = Span(start, state.pos)
            if "label" not in token.meta:
                token.meta["destination"] = _destination(state, start + bracket)
        return True

    return wrapped


def _may_close(state: StateInline, start: int) -> bool:
    """Tell whether the brackets that a link needs come after `start`: a flood of `[` must not cost its square."""
    last = state.env.get("doclint_last")
    if last is None or last[0] is not state.src:
        last = state.env["doclint_last"] = (state.src, state.src.rfind("]"), state.src.rfind(")"))
    return start < last[1] and (start < last[2] or bool(state.env.get("references")))


def _destination(state: StateInline, bracket: int) -> Span:
    """Return the place of the destination of the inline link or image whose `[` is at `bracket`."""
    text = state.src
    start = parseLinkLabel(state, bracket) + 2
    while start < len(text) and text[start] in " \t\n":
        start += 1
    return destination_at(text, start, len(text))


def _bare_url(state: StateInline, silent: bool) -> bool:
    """Take `https://...` in a text for a link, as GitHub does."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    if (found := bare_url(state.src, state.pos, state.posMax)) is None:
        return False
    start, end = found
    scheme, url = state.src[start : state.pos], state.src[start:end]
    if not state.pending.endswith(scheme):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": url}
        token.markup = "bare"
        token.meta = {"span": Span(start, end), "destination": Span(start, end)}
        token = state.push("text", "", 0)
        token.content = url
        state.push("link_close", "a", -1).markup = "bare"
    state.pos = end
    return True


def _first(tokens: Sequence[Token], start: int, kind: str) -> Token | None:
    return next((token for token in tokens[start:] if token.type == kind), None)
