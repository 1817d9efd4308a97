"""MyST: Sphinx with myst-parser, and Jupyter Book.

The rule, of the default `myst_heading_anchors` function "github": text and code, lower-cased as a whole; what is
neither a word character nor `-` nor space goes; each space becomes `-`. Duplicates are counted, skipping names in
use; a heading without any slug has no anchor. How deep headings get anchors is a setting (`myst_heading_anchors`),
taken to be all. Headings in raw HTML have no anchor.

`(name)=` on a line of its own and, with the extension `attrs_block`, `{#name}` name what follows; `[text]{#name}` and
the like are of `attrs_inline`. The ids that docutils makes of headings and names (ASCII, each run of others `-`) work
as well.

Source: myst_parser/slugs.py, myst_parser/mdit_to_docutils/base.py; docutils/nodes.py make_id.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from doclint.model import MarkupSyntax
from doclint.slug.characters import kept, lower
from doclint.slug.counters import Skipping
from doclint.slug.headings import text_of
from doclint.slug.scheme import Empty, Scheme

if TYPE_CHECKING:
    from doclint.model import Heading


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text; word characters are those of Unicode 15.

    >>> slug("API & CLI")
    'api--cli'
    """
    return kept(lower(text, 15), ("L", "Nd", "Nl", "No"), "_- ", 15).replace(" ", "-")


def docutils_id(text: str) -> str:
    """Return the id that docutils makes of a name.

    >>> docutils_id("2. API_reference & more")
    'api-reference-more'
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")


def _text(heading: Heading) -> str:
    return text_of(heading, line_break="", attributes=False)


SCHEME = Scheme(
    _text,
    slug,
    Skipping,
    syntaxes=frozenset(MarkupSyntax) - {MarkupSyntax.TERM},
    empty=Empty.SKIPPED,
    alias=docutils_id,
)
