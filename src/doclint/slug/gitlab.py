"""gitlab.com, GitLab 17.0 and later: the file view and wikis.

The rule: the heading's text with alternative texts and a space for a line break, lower-cased as a whole; what is not a
letter, mark, number, connector punctuation, `-` or space goes; each space becomes `-`; duplicates are counted, skipping
names in use. Headings in raw HTML have no anchor. The page's ids get a prefix `user-content-`, links do without.

Sources: comrak's `Anchorizer`, which gitlab-glfm-markdown uses; gitlab-org/gitlab issue 440733.
"""

from __future__ import annotations

from doclint.slug.characters import kept, lower
from doclint.slug.counters import Skipping
from doclint.slug.headings import text_of
from doclint.slug.scheme import Scheme


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("Area in m² & more")
    'area-in-m²--more'
    """
    return kept(lower(text), ("L", "M", "N", "Pc"), "- ").replace(" ", "-")


SCHEME = Scheme(lambda heading: text_of(heading, alt=True, line_break=" "), slug, Skipping)
