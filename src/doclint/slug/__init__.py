"""Heading text to anchor: one short file a host. A host is a `Flavour`; `FLAVOURS` lists them all.

The anchors of a new host cost a file beside `github.py` and a line in `FLAVOURS`. It is given everything that the parse
knows of a page's headings (`Heading.parts` keeps code, alternative texts, tags and breaks apart) and decides what it
uses. What its paths mean is not told here: `resolve.py` and the READMEs of `index.py` know github.com alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.slug import github

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.model import Anchor, ElementId, Heading


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a host makes anchors and finds them.

    Attributes:
        name: What the setting `flavour` calls it.
        anchors: Headings and explicit ids of a page, in the order of the rendered page, to its anchors.
        lookups: A fragment as written, without `#`, to the names under which the host looks for it, in that order.
        always_there: Tells of a fragment (as written) that the host understands without an anchor, such as `#L10`.
        reachable: Tells whether any fragment leads to an explicit id.
    """

    name: str
    anchors: Callable[[Sequence[Heading | ElementId]], tuple[Anchor, ...]]
    lookups: Callable[[str], tuple[str, ...]]
    always_there: Callable[[str], bool]
    reachable: Callable[[str], bool]


FLAVOURS: dict[str, Flavour] = {
    flavour.name: flavour
    for flavour in (Flavour("github", github.anchors, github.lookups, github.always_there, github.reachable),)
}
