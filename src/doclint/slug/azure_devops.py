"""Azure DevOps: repositories and wikis.

The rule: the heading's text, trimmed and lower-cased; each space of any kind becomes `-`, everything else stays, and
links write it percent-encoded. Duplicates are not counted: a link finds the first. Older wikis needed
`#user-content-`.

Source: Markdown All in One, docs/specs/slugify/azure-devops, inspected in 2020. The program is closed.
"""

from __future__ import annotations

import unicodedata

from doclint.slug.characters import lower
from doclint.slug.counters import Uncounted
from doclint.slug.headings import text_of
from doclint.slug.scheme import Scheme


def slug(text: str) -> str:
    """Return the anchor of a heading with this text.

    >>> slug("Why C++? (again)")
    'why-c++?-(again)'
    """
    return "".join("-" if unicodedata.category(char) == "Zs" else char for char in lower(text.strip()))


SCHEME = Scheme(lambda heading: text_of(heading, footnotes="number"), slug, Uncounted, html_headings=True)
