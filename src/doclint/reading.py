"""One page through repair and parse, and what a run wants to know of its pages; pure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from doclint.formats import DEFAULT
from doclint.lines import apply_edits
from doclint.model import Page, Repaired, Safety, Source, Unreadable
from doclint.parse import parse
from doclint.repair import CONFIDENCE, repair, suspicious
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from doclint.repair.evidence import Evidence


class Wanted(Value):
    """What a run wants to know of its pages; what no rule asks for costs nothing.

    Attributes:
        formats: The formats of the pages whose links count.
        wiki_links: Whether `[[page]]` is a link in Markdown.
        confidence: How likely each inferred character must be, as in `repair`.
        line_counts: Whether a rule asks how many lines the targets of links have.
        verdicts_of_names: Whether a rule asks which names are damaged.
        users: Whether a rule asks who links to a page or names a file: then every file is read.
    """

    formats: tuple[str, ...] = DEFAULT
    wiki_links: bool = False
    confidence: float = CONFIDENCE
    line_counts: bool = False
    verdicts_of_names: bool = False
    users: bool = False


def read_page(
    source: Source | Unreadable,
    wanted: Wanted,
    evidence: Evidence | None = None,
    witnesses: Collection[str] = (),
    known: Collection[str] = (),
) -> Page:
    """Take one page through repair and parse; what bears witness, and what is known of it, as in `repair`."""
    match source:
        case Unreadable(path=path):
            return Page(path, source)
        case Source(path=path, text=text):
            parsed = partial(parse, path=path, wiki_links=wanted.wiki_links)
            as_on_disk = parsed(text)
            if not suspicious(text):
                return Page(path, Repaired(source, text), as_on_disk)
            repaired = repair(source, as_on_disk.code, witnesses, evidence, wanted.confidence, known=known)
            edits = repaired.edits_from(Safety.UNSAFE)
            proposed = parsed(apply_edits(text, edits)) if edits != repaired.edits else None
            if repaired.text == text:
                return Page(path, repaired, as_on_disk, proposed=proposed)
            return Page(path, repaired, parsed(repaired.text), as_on_disk, proposed)
