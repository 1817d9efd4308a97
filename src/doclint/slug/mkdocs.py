"""MkDocs: plain, with attribute lists, and with the slugs of pymdownx.

The rule, that of Python-Markdown (see `python_markdown.py`): the heading's text without tags and alternative texts;
NFKD, ASCII only; what is neither a word character nor white space nor `-` goes; trimmed, lower-cased; each run of `-`
and white space becomes one `-`. Duplicates get `_1`, `_2`. Headings in raw HTML have no anchor of their own.

`mkdocs` is MkDocs with its default extensions, `mkdocs-attr_list` adds attribute lists, footnotes and emoji (`:tada:`
leaves nothing, but without that extension its letters, and both are accepted), as Material for MkDocs asks for, and
`pymdownx` adds attribute lists and `pymdownx.slugs.slugify` with lower case: NFC, without what looks like a tag,
trimmed, lower-cased as a whole, what is neither a word character nor `-` nor space goes, each space becomes `-`.

Sources: Python-Markdown, see `python_markdown.py`; pymdown-extensions `pymdownx/slugs.py`.
"""

from __future__ import annotations

import re
import unicodedata

from doclint.slug.characters import kept, lower
from doclint.slug.emoji import without_shortcodes
from doclint.slug.python_markdown import attribute_scheme, plain_scheme, slugify

_TAGS = re.compile(r"</?[^>]*>")


def _without_emoji(text: str) -> str:
    return slugify(without_shortcodes(text))


def pymdownx_slug(text: str) -> str:
    """Return pymdownx's slug, without counter, of a heading's text; word characters are those of Unicode 15.

    >>> pymdownx_slug("Crème & brûlée")
    'crème--brûlée'
    """
    plain = lower(_TAGS.sub("", unicodedata.normalize("NFC", text)).strip(), 15)
    return kept(plain, ("L", "Nd", "Nl", "No"), "_- ", 15).replace(" ", "-")


SCHEME = plain_scheme(slugify)
ATTR_LIST = attribute_scheme(_without_emoji, alias=slugify)
PYMDOWNX = attribute_scheme(pymdownx_slug, footnotes="written")
