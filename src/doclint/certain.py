"""Names of anchors that a page certainly has, found without making all of its anchors.

Most fragments want a heading of plain words, and the name of such a heading follows from its words alone, whatever else
is on the page. What is not found so may be there all the same: then all anchors are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Heading
from doclint.parse.fast.headings import ANCHOR_IN_FRONT, NAMED_WORDS, heading_of, named_words
from doclint.parse.fast.records import RawHtml, Title, Words
from doclint.parse.fast.skimmed import Skimmed
from doclint.slug.flavour import USER_CONTENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from doclint.model import Mark
    from doclint.parse.fast.records import Record
    from doclint.slug import Flavour
    from doclint.slug.flavour import Naming


def certain(marks: Sequence[Mark], flavour: Flavour, wanted: Collection[str]) -> frozenset[str]:
    """Return those of the `wanted` fragments that certainly find an anchor of a page, as they are written."""
    if flavour.naming is None or not isinstance(marks, Skimmed):
        return frozenset()
    # The commonest is the cheapest.
    names = {
        anchor["name"]
        for record in marks.records
        if type(record) is Title and (anchor := ANCHOR_IN_FRONT.match(record.text)) is not None
    }
    if not names.issuperset(wanted):
        names.update(_names(marks.records, flavour.naming))
    return frozenset(
        fragment
        for fragment in wanted
        if fragment in names and fragment and "%" not in fragment and not fragment.startswith(USER_CONTENT)
    )


def _names(records: Iterable[Record], naming: Naming) -> Iterator[str]:
    """Yield the names that headings of words and code certainly have."""
    taken: set[str] = set()
    for record in records:
        if type(record) is Words:
            name = naming.words(record.text) if naming.words is not None else naming.name(heading_of(record))
        elif type(record) is Title:
            plain = NAMED_WORDS.fullmatch(record.text)
            if plain is None:
                if any(sign in record.text for sign in naming.spoils):
                    break
                continue
            (heading,) = (mark for mark in named_words(record, plain) if isinstance(mark, Heading))
            name = naming.name(heading)
            if plain["name"] is not None and naming.in_front:
                taken.add(name)
                continue
        elif type(record) is RawHtml and not naming.inside_html:
            break
        else:
            continue
        # To some hosts, what stands right below a paragraph is no heading.
        if not record.interrupts and name not in taken:
            yield name
