"""What hosts that render with Python-Markdown share: MkDocs, with or without attribute lists, and Bitbucket.

The rule of its extension `toc`: the heading's text without tags and alternative texts, white space collapsed; NFKD,
ASCII only; what is neither a word character nor white space nor `-` goes; trimmed, lower-cased; each run of `-` and
white space becomes one `-`. Duplicates get `_1`, `_2`, a slug that ends in `_N` counts on from N, and a heading
without any slug is `_1`. Headings in raw HTML have no anchor of their own, and between the tags of a block of raw
HTML nothing is Markdown, unless the tag says `markdown`.

Attribute lists, `{#name}` or `{: #name}`, need the extension `attr_list`: behind a heading, behind something inline
and on the last line of a paragraph. All names in the page are out of use for headings, also for those further up.

Sources: Python-Markdown `extensions/toc.py`, `extensions/attr_list.py`; MkDocs `structure/pages.py`, which counts ids
in raw HTML as anchors.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from doclint.model import Heading, MarkupSyntax, Part, PartKind
from doclint.slug.counters import Underscore
from doclint.slug.headings import id_word, named_behind, text_of
from doclint.slug.scheme import Reserved, Scheme
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADER_LIST = re.compile(r"[ ]+\{:?[ ]*([^}\n ][^\n]*)\}[ ]*$")
# Python-Markdown `inlinepatterns.HTML_RE`, without comments.
_TAG = re.compile(r"</?[a-zA-Z][^<>@ ]*(?: [^<>]*)?>")


def slugify(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slugify("Crème – brûlée!")
    'creme-brulee'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def heading_text(heading: Heading, *, footnotes: str = "", attributes: bool = True) -> str:
    """Return the text of a heading as `toc` sees it: white space that is written as a character reference stays."""
    parts = tuple(
        replace(part, text=_serialized(part)) if part.kind in (PartKind.TEXT, PartKind.CODE) else part
        for part in heading.parts
    )
    text = text_of(replace(heading, parts=parts), footnotes=footnotes, attributes=attributes)
    return html.unescape(" ".join(_TAG.sub("", text).split()))


def _serialized(part: Part) -> str:
    """Return a text as it is in HTML; what is escaped with a backslash is written bare, and may look like a tag."""
    if part.written:
        return part.written if part.written.startswith("&") else part.text
    return part.text.replace("&", "&amp;").replace("<", "&lt;")


def plain_scheme(slug: Callable[[str], str]) -> Scheme:
    """Return the scheme without attribute lists and footnotes."""
    return Scheme(partial(heading_text, footnotes="written"), slug, Underscore, inside_html=False)


def attribute_scheme(
    slug: Callable[[str], str], *, footnotes: str = "", alias: Callable[[str], str] | None = None
) -> Scheme:
    """Return the scheme with attribute lists; `footnotes` as in `text_of`, `alias` as in `Scheme`."""
    return Scheme(
        partial(heading_text, footnotes=footnotes, attributes=False),
        slug,
        Underscore,
        named_behind(_HEADER_LIST, id_word),
        Reserved.FIRST,
        syntaxes=frozenset({MarkupSyntax.BEHIND, MarkupSyntax.LAST_LINE}),
        inside_html=False,
        alias=alias,
    )
