"""Jekyll, and with it GitHub Pages: kramdown with its parser for GFM.

The rule: the text without alternative texts, `--` as a dash; lower-cased one by one; what is neither a word character
of Unicode 13 nor `-`, space or tab goes; each space and tab becomes `-`. Duplicates get `-1`, `-2` and may collide
with another heading. `{#name}` behind a heading and `{: #name}` on the line below name it. Headings in raw HTML have
no anchor, nor has the first whose slug is empty.

Source: kramdown-parser-gfm 1.1.0 `lib/kramdown/parser/gfm.rb`; kramdown `parser/kramdown/header.rb`,
`attribute_list.rb`.
"""

from __future__ import annotations

import re

from doclint.model import Heading, MarkupSyntax, PartKind
from doclint.slug.counters import Colliding
from doclint.slug.github import not_a_word_13
from doclint.slug.headings import named_behind, text_of
from doclint.slug.scheme import Empty, Scheme
from doclint.value import replace

_NAME_BEHIND = re.compile(r"[ \t]+\{#([A-Za-z][\w:-]*)\}[ \t]*$")


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("What's new?")
    'whats-new'
    """
    lowered = "".join(char.lower() for char in text)  # no final sigma
    # The tab is the only character that is kept here and not on GitHub.
    return not_a_word_13().sub("", lowered.replace("\t", " ")).replace(" ", "-")


def _text(heading: Heading) -> str:
    # To kramdown an attribute list without a colon is text.
    parts = tuple(
        part for part in heading.parts if part.kind is not PartKind.ATTRIBUTES or not part.text.startswith("{:")
    )
    return text_of(replace(heading, parts=parts), dashes=True)


SCHEME = Scheme(
    _text,
    slug,
    Colliding,
    named_behind(_NAME_BEHIND, str),
    syntaxes=frozenset({MarkupSyntax.BEHIND, MarkupSyntax.LAST_LINE, MarkupSyntax.LINE}),
    empty=Empty.COUNTED,
    inside_html=False,
    named_below=True,
)
