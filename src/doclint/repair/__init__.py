"""Text to repaired text, each repair with its proof.

scan             may the text be damaged at all?                      (nearly always: no)
page             if so: all that follows, in this order
east_asian       which lines were misread two bytes at a time?
wrapped          which characters did a line wrap cut in two?
exact            which other codec, undone round by round; it asks
  judge            what a codec says of each line, which asks
    reading          what a run says under a codec
    halves           would undoing it repair the line wholly?
    naturalness      how many bits a text needs
quoted           is the damage meant?
second_opinion   ftfy, where the evidence is thin
lossy            bytes are missing: what may the line have been? It asks
  infer            what language makes of lines, which asks
  loss             what became of the missing bytes
  lattice          which characters fit what is left
  tails            what may a marker have swallowed behind a character?
  balance          which brackets are due
  beam             which way through the candidates is likeliest, and how sure is it? It asks
    language         which character follows which, in 41 languages and in this repository
    signs            the same for emoji and other signs
evidence         older and equal lines, which prove what was lost
ancestry         does an older line prove what it seems to?
proof            does damaging the result give what is on the disk?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Repaired, Source, Span
from doclint.repair.scan import suspicious

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.repair.evidence import Evidence

__all__ = ["CONFIDENCE", "repair", "suspicious"]

CONFIDENCE = 0.5
"""How likely each inferred character must be, unless the user says otherwise."""


def repair(  # noqa: PLR0913 - a page, and all that bears witness
    source: Source,
    code: Sequence[Span] = (),
    witnesses: Collection[str] = (),
    evidence: Evidence | None = None,
    confidence: float = CONFIDENCE,
    *,
    known: Collection[str] = (),
) -> Repaired:
    """Find the damage of a page and undo what can be undone.

    Args:
        source: The page as it is on the disk.
        code: Its code spans and code blocks, sorted: mojibake quoted there is left alone.
        witnesses: Codecs that have damaged other pages of the repository; with them code is repaired too.
        evidence: What is known beside the page; without, lines that lost bytes are found, but not restored.
        confidence: The posterior that each inferred character must reach, between 0 and 1.
        known: Codecs whose damage on this page an earlier round of fixes has undone in part.
    """
    if not suspicious(source.text):
        return Repaired(source, source.text)
    # Here, because most runs meet no damage.
    from doclint.repair import page

    return page.repair(source, code, witnesses, evidence, confidence, known)
