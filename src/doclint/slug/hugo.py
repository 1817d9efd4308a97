"""Hugo, with the default `autoIDType` (in older versions `autoHeadingIDType`) "github".

The rule: the heading's last line without markup and addresses, alternative texts included, `--` as a dash; trimmed;
letters and decimal digits, lower-cased one by one, and `_` are kept, `-` and space become `-`, the rest goes, marks
and emoji too. The terms of definition lists have anchors where `autoDefinitionTermID` is on. Duplicates are counted,
skipping names in use; `{#name}` names a heading. A heading without any text and headings in raw HTML have no anchor.

Source: Hugo `markup/goldmark/autoid.go`, `markup/goldmark/internal/extensions/attributes`; goldmark.
"""

from __future__ import annotations

from doclint.model import Heading, Part
from doclint.slug import goldmark
from doclint.slug.characters import kept, lower_one_by_one
from doclint.slug.counters import Skipping
from doclint.slug.headings import last_line, text_of
from doclint.slug.scheme import Empty, Reserved, Scheme
from doclint.value import replace


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("Naïve C++ (part 2)")
    'naïve-c-part-2'
    """
    if not text.strip():
        return ""
    return kept(lower_one_by_one(text.strip()), ("L", "Nd"), "-_ ").replace(" ", "-") or "heading"


def _text(heading: Heading) -> str:
    # goldmark leaves numeric character references to the renderer: their digits are text.
    parts = tuple(
        Part(part.kind, part.written) if part.written.startswith("&#") else part for part in last_line(heading).parts
    )
    return text_of(replace(heading, parts=parts), alt=True, addresses=False, dashes=True)


SCHEME = Scheme(_text, slug, Skipping, goldmark.named, Reserved.FROM_THERE, empty=Empty.SKIPPED, terms=True)
