"""Docusaurus 2 and 3.

The rule: the text with alternative texts, by github-slugger (see `github.py`). A name behind a heading is taken as it
is: `{#name}`, `{/* #name */}` in MDX, `<!-- #name -->`; it is not counted, so another heading may have the same.
Headings in raw HTML or JSX have no anchor.

Source: Docusaurus `packages/docusaurus-mdx-loader/src/remark/headings`, `docusaurus-utils` markdownHeadingIdUtils.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import PartKind
from doclint.slug.counters import Skipping
from doclint.slug.github import slugger_slug
from doclint.slug.headings import named_behind, text_of
from doclint.slug.scheme import Scheme
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.model import Heading
    from doclint.slug.headings import Named

_BRACES = re.compile(r"\s*\\?\{#((?:(?!\{#|\}).)+)\}\s*$")
_MDX_COMMENT = re.compile(r"\s*\{/\*\s*#(\S+)\s*\*/\}\s*$")
_COMMENT = re.compile(r"<!--\s*#(\S+)\s*-->")


def _named(heading: Heading) -> Named:
    for pattern in (_BRACES, _MDX_COMMENT):
        bare, name = named_behind(pattern, str)(heading)
        if name is not None:
            return bare, name
    last = heading.parts[-1] if heading.parts else None
    if last is not None and last.kind is PartKind.TAG and (match := _COMMENT.fullmatch(last.text)):
        return replace(heading, parts=heading.parts[:-1]), match[1]
    return heading, None


SCHEME = Scheme(lambda heading: text_of(heading, alt=True), slugger_slug, Skipping, _named)
