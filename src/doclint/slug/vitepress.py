"""VitePress, and VuePress 2: @mdit-vue's slugify.

The rule: text and code, without emoji shortcodes, character references as they are written (VitePress leaves them to
Vue); NFKD without the common accents and without control characters; each run of white space and of ASCII punctuation
and `“”‘’` becomes one `-`, none at the ends; `_` before a leading digit; lower-cased. Duplicates are counted,
skipping names in use. A name behind a heading is that of markdown-it-attrs, `{#name}`. Headings in raw HTML have no
anchor.

Source: @mdit-vue/shared slugify; markdown-it-anchor; markdown-it-attrs; markdown-it-emoji; VitePress
`src/node/markdown`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from doclint.model import MarkupSyntax, PartKind
from doclint.slug.characters import lower
from doclint.slug.counters import Skipping
from doclint.slug.emoji import without_shortcodes
from doclint.slug.headings import id_word, named_behind
from doclint.slug.scheme import Reserved, Scheme

if TYPE_CHECKING:
    from doclint.model import Heading, Part

_CONTROL_OR_ACCENT = re.compile(r"[\x00-\x1f\u0300-\u036f]")
# White space as JavaScript has it.
_SPECIAL = re.compile(
    r"[\t-\r\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+"
)
_LIST = re.compile(r"[ ]*(?<!\\)\{([^{}\n]+)\}[ ]*$")


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("2 ways to déjà-vu")
    '_2-ways-to-deja-vu'
    """
    plain = _CONTROL_OR_ACCENT.sub("", unicodedata.normalize("NFKD", text))
    dashed = _SPECIAL.sub("-", plain).strip("-")
    return lower(f"_{dashed}" if dashed[:1].isascii() and dashed[:1].isdigit() else dashed)


def _piece(part: Part) -> str:
    match part.kind:
        case PartKind.TEXT if part.written.startswith("&"):
            return part.written
        case PartKind.TEXT:
            return without_shortcodes(part.text)
        case PartKind.CODE | PartKind.ADDRESS:
            return part.text
        case PartKind.FOOTNOTE:
            return part.written
        case _:
            return ""


def _text(heading: Heading) -> str:
    return "".join(map(_piece, heading.parts))


SCHEME = Scheme(
    _text,
    slug,
    Skipping,
    named_behind(_LIST, id_word),
    Reserved.FROM_THERE,
    syntaxes=frozenset({MarkupSyntax.BEHIND, MarkupSyntax.LAST_LINE}),
)
