"""Astro and Starlight.

The rule: the text after SmartyPants, which makes a dash of `--` outside of code, by github-slugger (see `github.py`).
An id on a heading in MDX is kept and not counted. Headings in raw HTML have no anchor.

Source: @astrojs/markdown-remark `rehype-collect-headings`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Part, PartKind
from doclint.slug.counters import Skipping
from doclint.slug.github import slugger_slug
from doclint.slug.headings import text_of
from doclint.slug.scheme import Scheme
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.model import Heading

_TWO_HYPHENS = re.compile(r"(?<!-)--(?!-)")


def _text(heading: Heading) -> str:
    parts = tuple(
        Part(part.kind, _TWO_HYPHENS.sub("—", part.text)) if part.kind is PartKind.TEXT else part
        for part in heading.parts
    )
    return text_of(replace(heading, parts=parts), footnotes="number")


SCHEME = Scheme(_text, slugger_slug, Skipping)
