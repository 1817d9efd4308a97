"""Text to `Parsed`: headings, anchors, links and images, with their places. Each format has a front room of its own."""

from __future__ import annotations

import sys
from functools import cache, partial
from typing import TYPE_CHECKING

from doclint.formats import Format, format_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.model import Parsed


PATTERNS_HOLD = (3, 11, 5)
"""Since this Python, possessive quantifiers around alternatives match what they should (cpython issue 106052)."""


def parse(text: str, path: str = "", *, wiki_links: bool = False, whole: bool = True) -> Parsed:
    """Return what a page says; never raises. All places are offsets in `text`, whatever its line ends.

    Args:
        text: The page.
        path: Its name, whose ending tells the format; what has no known ending is Markdown.
        wiki_links: Whether `[[page]]` is a link in Markdown.
        whole: Whether code and the shape of the blocks are wanted; they may be there all the same.
    """
    form = format_of(path)
    if form is Format.MARKDOWN and not whole and not (wiki_links and "[[" in text):
        return _fast_or_slow()(text, whole=False)
    markdown = partial(_markdown, read=_fast_or_slow(), wiki_links=wiki_links)
    match form:
        case Format.NOTEBOOK:
            from doclint.parse import notebook, reference

            # All code of a notebook is wanted, and that only the reference parser reads.
            return notebook.parse(text, partial(markdown, read=reference.parse))
        case Format.MDX:
            from doclint.parse import mdx

            return mdx.parse(text, markdown)
        case Format.HTML:
            from doclint.parse import web_page

            return web_page.parse(text)
        case Format.RST:
            from doclint.parse import rst

            return rst.parse(text)
        case _:
            return markdown(text)


@cache
def _fast_or_slow() -> Callable[..., Parsed]:
    """Return the fast parse, but for a Python that cannot be trusted with its patterns."""
    if sys.version_info < PATTERNS_HOLD:
        from doclint.parse import reference

        return reference.parse
    from doclint.parse.fast import page

    return page.parse


def _markdown(text: str, *, read: Callable[[str], Parsed], wiki_links: bool) -> Parsed:
    parsed = read(text)
    if not wiki_links or "[[" not in text:
        return parsed
    from doclint.parse import wiki

    return wiki.with_wiki_links(text, parsed)
