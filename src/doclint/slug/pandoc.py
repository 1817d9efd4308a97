"""Pandoc and Quarto: the formats `markdown` (flavour `pandoc`) and `gfm` (flavour `pandoc-gfm`).

`markdown`: the text with alternative texts and without footnotes, lower-cased one by one; letters, numbers, `_`, `-`
and `.` are kept, each run of white space becomes one `-`, everything up to the first letter goes; a heading without
any is `section`. `{#name}` behind a heading names it, and a heading needs a blank line above it. `gfm`: letters,
marks, numbers, `-`, `_` and other connectors are kept, each space becomes `-`, emoji become their name; no names
behind headings, and no anchor where the slug is empty. Duplicates get `-1`, `-2`; in `gfm` these may collide with
another heading. Headings in raw HTML have no anchor.

Source: pandoc `src/Text/Pandoc/Shared.hs` (textToIdentifier, uniqueIdent); commonmark-extensions auto_identifiers.
"""

from __future__ import annotations

import re
import unicodedata

from doclint.model import Heading, MarkupSyntax, Part, PartKind
from doclint.slug.characters import kept, kind_of, lower_case_added
from doclint.slug.counters import Colliding, Skipping
from doclint.slug.emoji import emoji_as_names
from doclint.slug.headings import ATTRIBUTE_WORD, id_word, named_behind, text_of
from doclint.slug.scheme import Empty, Reserved, Scheme
from doclint.value import replace

_VERSION = 15  # of Unicode, as GHC has it
_WORD = rf"(?:{ATTRIBUTE_WORD}|-)"
_LIST = re.compile(rf"[ \t]*(?<!\\)\{{[ \t]*({_WORD}(?:[ \t]+{_WORD})*)[ \t]*\}}[ \t]*$")
_LINE_BREAK = re.compile(r"(?i)<br\b")
_ELLIPSIS = re.compile(r"\.\.\.")
_SPACES = re.compile(r"[ \t\n]+")


def _lower(text: str) -> str:
    """Return `text` lower-cased one by one, the dotted capital I as two characters."""
    added = lower_case_added()
    return "".join(char.lower() if kind_of(char, _VERSION) != "Cn" or char not in added else char for char in text)


def slug(text: str) -> str:
    """Return the slug of the format `markdown`, without counter.

    >>> slug("3. What's new in v2.0?")
    'whats-new-in-v2.0'
    """
    words = "-".join(kept(_spaced(_lower(text)), ("L", "N"), "_-. ", _VERSION).split())
    letter = next((at for at, char in enumerate(words) if kind_of(char, _VERSION)[0] == "L"), len(words))
    return words[letter:] or "section"


def gfm_slug(text: str) -> str:
    """Return the slug of the format `gfm`, without counter.

    >>> gfm_slug("What's new? 🎉")
    'whats-new-tada'
    """
    plain = emoji_as_names(unicodedata.normalize("NFC", text))
    return kept(_lower(_spaced(plain)), ("L", "M", "N", "Pc"), "-_ ", _VERSION).replace(" ", "-")


def _spaced(text: str) -> str:
    """Return `text` with a space for each character that is one to Haskell."""
    return "".join(" " if char in "\t\n\r\f\v" or kind_of(char) == "Zs" else char for char in text)


def _with_breaks(heading: Heading) -> Heading:
    """Return the heading with `<br>` as a line break, and each run of spaces outside of code as one."""
    parts = tuple(
        Part(PartKind.BREAK, "\n")
        if part.kind is PartKind.TAG and _LINE_BREAK.match(part.text)
        else Part(part.kind, _SPACES.sub(" ", part.text), part.written)
        if part.kind is PartKind.TEXT and not part.written
        else part
        for part in heading.parts
    )
    return replace(heading, parts=parts)


def _text(heading: Heading) -> str:
    typeset = tuple(
        Part(part.kind, _ELLIPSIS.sub("…", part.text)) if part.kind is PartKind.TEXT else part for part in heading.parts
    )
    broken = _with_breaks(replace(heading, parts=typeset))
    return text_of(broken, alt=True, line_break=" ", attributes=False, dashes=True)


def _gfm_text(heading: Heading) -> str:
    return text_of(_with_breaks(heading), alt=True, line_break=" ")


SCHEME = Scheme(
    _text,
    slug,
    Skipping,
    named_behind(_LIST, id_word),
    Reserved.FROM_THERE,
    syntaxes=frozenset({MarkupSyntax.BEHIND}),
    after_blank_line=True,
)
GFM = Scheme(_gfm_text, gfm_slug, Colliding, empty=Empty.COUNTED)
