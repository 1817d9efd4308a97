"""github.com: anchors of the file view.

The rule: take the heading's text without markup and alternative texts, lower-case it, drop what is neither a word
character nor `-` nor a space, put `-` for each space, count duplicates. It is certain, except where noted. Two
versions of it are in use and both are accepted: the live site of 2026 (Unicode 17, joiners kept, letters lower-cased
one by one) and github-slugger 2.0.0 (Unicode 13, no joiners, lower-casing as in JavaScript); all tools that write
tables of contents have the second. They agree on everything but rare letters.

Sources: html-pipeline 2.14 `toc_filter.rb`; github-slugger 2.0.0 and its fixtures, made by asking github.com in 2022;
github-slugger issues 54 and 56; lychee pull request 2153 (tests against the live site, 2026).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from doclint.model import Anchor, AnchorKind, ElementId, Heading, Mark, MarkupId, PartKind
from doclint.percent import decoded_once
from doclint.slug.characters import lower, lower_case_added, lower_one_by_one
from doclint.slug.counters import Skipping
from doclint.slug.flavour import USER_CONTENT, Flavour, Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

# A tuple: to hash a member of an Enum takes longer than to compare it with all of them.
_TEXT_PARTS = (
    PartKind.TEXT,
    PartKind.CODE,
    PartKind.BREAK,
    PartKind.FOOTNOTE,
    PartKind.ADDRESS,
    PartKind.ATTRIBUTES,
)
_PLAIN = re.compile(r"[0-9A-Za-z_\- ]*")
_NOT_A_WORD_ASCII = re.compile(r"[^0-9A-Za-z_\- ]")
_LINES_OR_TEXT = re.compile(r"(?i)top|readme|:~:.*|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|(?:user-content-)?fn(?:ref)?-.+")


def text_of(heading: Heading) -> str:
    """Return the text that the anchor is made from: no tags, no alternative texts."""
    if len(heading.parts) == 1 and heading.parts[0].kind is PartKind.TEXT:
        return heading.parts[0].text
    return "".join(part.text for part in heading.parts if part.kind in _TEXT_PARTS)


def live_slug(text: str) -> str:
    """Return the slug, without counter, as github.com made it in 2026.

    >>> live_slug("What’s new in C++?")
    'whats-new-in-c'
    """
    if text.isascii():
        return _NOT_A_WORD_ASCII.sub("", text.lower()).replace(" ", "-")
    return _not_a_word_17().sub("", lower_one_by_one(text)).replace(" ", "-")


def slugger_slug(text: str) -> str:
    """Return the slug, without counter, as github-slugger 2.0.0 makes it."""
    if text.isascii():
        return _NOT_A_WORD_ASCII.sub("", text.lower()).replace(" ", "-")
    return not_a_word_13().sub("", lower(text)).replace(" ", "-")


def anchors(marks: Sequence[Mark]) -> tuple[Anchor, ...]:
    """Return the anchors of a page whose headings and ids are `marks`, in the same order.

    An explicit id takes no part in the counting of duplicates.
    """
    live = Skipping()
    slugger: Skipping | None = None
    found = []
    for mark in marks:
        match mark:
            case Heading():
                text = text_of(mark)
                slug = live_slug(text)
                other = slug if _PLAIN.fullmatch(text) else slugger_slug(text)
                if slugger is None and other != slug:
                    # Until here both have named all headings alike.
                    slugger = live.copy()
                name = live.name(slug)
                others = {name if slugger is None else slugger.name(other)}
                if _has_comment(mark):
                    others.add(live_slug(text.strip()))
                others.discard(name)
                found.append(Anchor(name, AnchorKind.HEADING, text, mark.span, tuple(sorted(others))))
            case ElementId():
                found.append(Anchor(mark.name.removeprefix(USER_CONTENT), AnchorKind.HTML, "", mark.span))
            case MarkupId():
                pass  # plain text here
    return tuple(found)


def lookups(fragment: str) -> tuple[str, ...]:
    """Return the names that `fragment` may find: as it is, then lower-cased; percent-encoding is decoded once."""
    decoded = decoded_once(fragment).removeprefix(USER_CONTENT)
    lowered = live_slug_case(decoded)
    return (decoded,) if lowered == decoded else (decoded, lowered, decoded.lower())


def live_slug_case(text: str) -> str:
    """Return `text` lower-cased as the site lower-cases a fragment."""
    return text.lower() if text.isascii() else "".join(lower_case_added().get(char) or char.lower() for char in text)


def always_there(fragment: str) -> bool:
    """Tell whether the site itself understands `fragment`: top of the page, lines, text fragments, footnotes."""
    return not fragment or _LINES_OR_TEXT.fullmatch(fragment) is not None


def reachable(name: str) -> bool:
    """Tell whether a link can reach the explicit id `name`: the site lower-cases fragments, but never ids."""
    return name == name.lower()


def _has_comment(heading: Heading) -> bool:
    """Tell whether a comment stands in the heading: reports differ on whether the space before it becomes a hyphen."""
    return any(part.kind is PartKind.TAG and part.text.startswith("<!--") for part in heading.parts)


@cache
def not_a_word_13() -> re.Pattern[str]:
    """Return a pattern for what is neither a word character of Unicode 13 nor `-` nor a space."""
    from doclint.slug.unicode_words import UNICODE_13

    return _complement(UNICODE_13)


@cache
def _not_a_word_17() -> re.Pattern[str]:
    from doclint.slug.unicode_words import ADDED_BY_17, UNICODE_13

    return _complement(f"{UNICODE_13} {ADDED_BY_17} 200C-200D")


def _complement(ranges: str) -> re.Pattern[str]:
    words = "".join("-".join(f"\\U{point:0>8}" for point in pair.split("-")) for pair in ranges.split())
    return re.compile(f"[^{words}\\- ]+")


def _name(heading: Heading) -> str:
    """Return the name of a heading, unless another one has it already."""
    return live_slug(text_of(heading))


FLAVOUR = Flavour("github", anchors, lookups, always_there, reachable, Naming(_name, live_slug))
