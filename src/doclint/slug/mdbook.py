"""mdBook.

The rule: the text without alternative texts; trimmed, lower-cased as a whole; alphanumeric characters, `_` and `-` are
kept, white space becomes `-`; a heading without any is `section`. Duplicates are counted, skipping names in use; an
attribute list behind a heading, `{#name}`, names it and is not counted. Terms of definition lists have anchors, too. Up
to 0.4 headings in raw HTML had anchors, too,
and are taken to have them.

Source: mdBook `crates/mdbook-html/src/utils.rs` (id_from_content, unique_id), `html/tree.rs`; pulldown-cmark's heading
attributes.
"""

from __future__ import annotations

from doclint.slug.characters import is_alphanumeric, lower
from doclint.slug.counters import Skipping
from doclint.slug.headings import ATTRIBUTE_LIST, id_word, named_behind, text_of
from doclint.slug.scheme import Scheme


def slug(text: str) -> str:
    """Return the slug, without counter, of a heading's text.

    >>> slug("Using `Vec<T>` & co.")
    'using-vect--co'
    """
    found = "".join(
        "-" if char.isspace() else char
        for char in lower(text.strip())
        if char in "_-" or char.isspace() or is_alphanumeric(char)
    )
    return found or "section"


SCHEME = Scheme(
    lambda heading: text_of(heading, footnotes="number"),
    slug,
    Skipping,
    named_behind(ATTRIBUTE_LIST, id_word),
    html_headings=True,
    terms=True,
)
