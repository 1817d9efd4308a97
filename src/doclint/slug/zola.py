"""Zola, with the default `slugify.anchors = "on"`.

The rule: the text without alternative texts, transliterated to ASCII, lower-cased; each run of anything but letters
and digits becomes one `-`, none at the ends. Duplicates are counted from `-1` upward, skipping names in use, and the
names of `{#name}` behind a heading come first. Headings in raw HTML have no anchor in Zola, but are taken to have one
here: a link to what a reader sees as a heading is no certain fault.

Source: Zola `components/utils/src/slugs.rs`, `components/markdown/src/markdown.rs` (find_anchor); crates slug 0.1.4
and deunicode 1.3.1, whose table is in `transliteration.xz`, a line for each code point (see
`transliteration.LICENSE`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from doclint.slug.counters import Skipping
from doclint.slug.headings import ATTRIBUTE_LIST, id_word, named_behind, text_of
from doclint.slug.scheme import Reserved, Scheme


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("Ünï_code & 北京")
    'uni-code-bei-jing'
    """
    plain = text if text.isascii() else "".join(char if char.isascii() else _ascii_of(char) for char in text)
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _ascii_of(char: str) -> str:
    table = _table()
    return table[ord(char)] if ord(char) < len(table) else "-"


@cache
def _table() -> list[str]:
    import lzma

    data = (files("doclint") / "slug" / "transliteration.xz").read_bytes()
    return lzma.decompress(data).decode("ascii").split("\n")


SCHEME = Scheme(
    lambda heading: text_of(heading, footnotes="number"),
    slug,
    Skipping,
    named_behind(ATTRIBUTE_LIST, id_word),
    Reserved.FIRST,
    html_headings=True,
)
