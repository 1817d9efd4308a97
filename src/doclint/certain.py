"""Names of anchors that a page certainly has, found without making all of its anchors.

Most fragments want a heading of plain words, and the name of such a heading follows from its words alone, whatever else
is on the page. What is not found so may be there all the same: then all anchors are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.parse.fast.headings import NAMED_WORDS, PLAIN_WORDS
from doclint.parse.fast.records import Title, Words
from doclint.parse.fast.skimmed import Skimmed
from doclint.slug.flavour import USER_CONTENT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.model import Mark
    from doclint.slug import Flavour


def certain(marks: Sequence[Mark], flavour: Flavour, wanted: Collection[str]) -> frozenset[str]:
    """Return those of the `wanted` fragments that certainly find an anchor of a page, as they are written."""
    if flavour.words is None or not isinstance(marks, Skimmed):
        return frozenset()
    found = set()
    # Words behind `<a name="x"></a>` name nothing on some hosts, but take the name out of use.
    taken = set()
    for record in marks.records:
        if type(record) is Words or (type(record) is Title and PLAIN_WORDS.fullmatch(record.text)):
            name = flavour.words(record.text)
            # To some hosts, what stands right below a paragraph is no heading.
            if name not in taken and not record.interrupts:
                found.add(name)
        elif type(record) is Title:
            named = NAMED_WORDS.fullmatch(record.text) if "<" in record.text else None
            if named is not None and named["name"] is not None:
                found.add(named["name"])
                taken.add(flavour.words(named["words"].strip()))
            elif any(sign in record.text for sign in flavour.spoils):
                return frozenset()
    return frozenset(
        fragment
        for fragment in wanted
        if fragment in found and fragment and "%" not in fragment and not fragment.startswith(USER_CONTENT)
    )
