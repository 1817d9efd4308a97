"""Hits to findings: the rules' answers, with rule, path and places on the disk stamped on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint import suppress
from doclint.index import Fragment, RepoIndex
from doclint.lines import DiskMap, LineMap
from doclint.model import (
    Finding,
    Fix,
    Hit,
    InRepo,
    Other,
    Page,
    Place,
    Repaired,
    Safety,
    SamePage,
    Span,
    Summary,
    Web,
)
from doclint.rules import BY_NAME, unused_suppression
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.rules.base import Rule


def findings(page: Page, index: RepoIndex, rules: Sequence[Rule]) -> tuple[list[Finding], int]:
    """Return what `rules` find on a page, and how many findings its comments silence."""
    stamp = _Stamp(page, index)
    found = [stamp(rule, hit) for rule in rules for hit in rule.check(page, index)]
    if not page.parsed.comments or not isinstance(page.content, Repaired):
        return found, 0
    silences = suppress.read(page.parsed.comments, LineMap(page.content.text), BY_NAME)
    kept = [finding for finding in found if not silences.silence(finding)]
    if unused_suppression.RULE in rules:
        for hit in silences.unused({rule.name for rule in rules}):
            found.append(stamp(unused_suppression.RULE, hit))
            if not silences.silence(found[-1]):
                kept.append(found[-1])
    return kept, len(found) - len(kept)


def every_finding(page: Page, index: RepoIndex, rules: Sequence[Rule]) -> list[Finding]:
    """Return what `rules` find on a page, also what its comments silence."""
    stamp = _Stamp(page, index)
    return [stamp(rule, hit) for rule in rules for hit in rule.check(page, index)]


def summary(pages: Sequence[Page], index: RepoIndex, suppressed: int) -> Summary:
    """Count what was looked at on `pages`, and what was not."""
    links = web = other = unknown = 0
    for page in pages:
        links += len(page.parsed.links)
        for link in page.parsed.links:
            match target := index.target(page, link):
                case Web():
                    web += 1
                case Other():
                    other += 1
                case InRepo() | SamePage():
                    unknown += index.fragment(page, target) is Fragment.UNKNOWN
                case _:
                    pass
    return Summary(len(pages), links, web, other, unknown, suppressed)


class _Stamp:
    """Makes findings of the hits on one page."""

    def __init__(self, page: Page, index: RepoIndex) -> None:
        self._page = page
        self._index = index
        content = page.content
        self._disk = DiskMap(content.edits if isinstance(content, Repaired) else ())
        self._lines = _lines(page)
        self._others: dict[str, LineMap] = {}

    def __call__(self, rule: Rule, hit: Hit) -> Finding:
        span = self._on_disk(hit, hit.span)
        place = self._lines.place(span)
        fix, places = self._fix(hit)
        return Finding(
            rule=rule.name,
            severity=rule.severity,
            path=self._page.path,
            span=span,
            place=place,
            message=hit.message,
            help=hit.help,
            fix=fix,
            edit_places=places,
            excerpt="" if hit.of_file else self._lines.line(place.line),
            of_file=hit.of_file,
        )

    def _on_disk(self, hit: Hit, span: Span) -> Span:
        return span if hit.on_disk else self._disk.on_disk(span)

    def _fix(self, hit: Hit) -> tuple[Fix | None, tuple[Place, ...]]:
        if hit.fix is None:
            return None, ()
        edits, places = [], []
        for edit in hit.fix.edits:
            if edit.path is None:
                edits.append(replace(edit, span=self._on_disk(hit, edit.span)))
                places.append(self._lines.place(edits[-1].span))
            else:
                # Another page's edit is made for its text on the disk.
                edits.append(edit)
                places.append(self._lines_of(edit.path).place(edit.span))
        safety = Safety.DISPLAY if any(self._is_uncertain(edit.path) for edit in edits) else hit.fix.safety
        return replace(hit.fix, edits=tuple(edits), safety=safety), tuple(places)

    def _is_uncertain(self, path: str | None) -> bool:
        """Tell whether it is too close to call which code page a page is in: nothing is written to it."""
        page = self._page if path is None else self._index.pages[path]
        return isinstance(page.content, Repaired) and len(page.content.source.guesses) > 1

    def _lines_of(self, path: str) -> LineMap:
        # A name may be spelled thousands of times on one page.
        if path not in self._others:
            self._others[path] = _lines(self._index.pages[path])
        return self._others[path]


def _lines(page: Page) -> LineMap:
    return LineMap(page.content.source.text if isinstance(page.content, Repaired) else "")
