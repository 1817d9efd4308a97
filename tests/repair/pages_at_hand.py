"""Repair of one page in memory, with what is known beside it, for the tests of lines that lost bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.lines import apply_edits
from doclint.model import Damage, DamageKind, Repaired, Safety, Source
from doclint.reading import Wanted, read_page
from doclint.repair import CONFIDENCE
from doclint.repair.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable


def mended(
    text: str, intact: Iterable[str] = (), older: Iterable[str] = (), confidence: float = CONFIDENCE
) -> Repaired:
    """Return a page after repair; `intact` are lines of other pages, `older` what the page said before."""
    lines, before = tuple(intact), tuple(older)
    evidence = Evidence(lambda: lines, lambda _path: before)
    content = read_page(Source("page.md", text), Wanted(confidence=confidence), evidence).content
    assert isinstance(content, Repaired)
    return content


def written(content: Repaired, safety: Safety = Safety.UNSAFE) -> str:
    """Return what `fix` writes, at a level."""
    return apply_edits(content.source.text, content.edits_from(safety))


def lossy(content: Repaired) -> list[Damage]:
    """Return the damages that lost bytes."""
    return [damage for damage in content.damages if damage.kind is DamageKind.LOSSY]
