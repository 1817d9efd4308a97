"""Bitbucket Cloud.

The rule: `markdown-header-` and the slug of Python-Markdown (see `python_markdown.py`), so nothing is left of letters
that have no ASCII form. Duplicates get `_1`, `_2`. Raw HTML is shown as text: no ids, no headings.

Source: anchor-markdown-header (getBitbucketId); vim-markdown-toc issue 54. The program is closed.
"""

from __future__ import annotations

from doclint.slug.python_markdown import plain_scheme, slugify


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("Read me first")
    'markdown-header-read-me-first'
    """
    return f"markdown-header-{slugify(text)}"


SCHEME = plain_scheme(slug)
