"""Hits to findings: the rules' answers, with rule, path and places on the disk stamped on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.lines import DiskMap, LineMap
from doclint.model import (
    Finding,
    Fix,
    Hit,
    Intact,
    Page,
    Place,
    Repaired,
    Safety,
    Span,
    Summary,
    Unreadable,
)
from doclint.rules import BY_NAME, unused_suppression
from doclint.rules.base import Aspect
from doclint.slug.flavour import all_reachable
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.index import RepoIndex
    from doclint.rules.base import Rule


def findings(page: Page, index: RepoIndex, rules: Sequence[Rule]) -> tuple[list[Finding], int]:
    """Return what `rules` find on a page, and how many findings its comments silence."""
    stamp = _Stamp(page, index)
    found = _stamped(stamp, page, index, rules)
    if not page.parsed.comments or not isinstance(page.content, Repaired):
        return found, 0
    from doclint import suppress  # here, because most pages silence nothing

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
    return _stamped(_Stamp(page, index), page, index, rules)


def _stamped(stamp: _Stamp, page: Page, index: RepoIndex, rules: Sequence[Rule]) -> list[Finding]:
    parsed = page.parsed
    aspects = [Aspect.PAGE]
    # Of most intact pages it is known that no rule on encodings has anything to say.
    if not isinstance(page.content, Intact) or page.content.is_strange:
        aspects.append(Aspect.TEXT)
    # What is no page, or cannot be read, has no links, even if it was read for its anchors.
    if not isinstance(page.content, Unreadable) and index.links(page).questionable:
        aspects.append(Aspect.LINKS)
    if parsed.undefined:
        aspects.append(Aspect.UNDEFINED)
    if parsed.definitions:
        aspects.append(Aspect.DEFINITIONS)
    if page.path in index.names.reported:
        aspects.append(Aspect.NAMES)
    if index.flavour(page.path).reachable is not all_reachable and page.path in index.wanted:
        aspects.append(Aspect.ANCHORS)
    if parsed.fault is not None or isinstance(page.content, Unreadable):
        aspects.append(Aspect.FAULT)
    asked = [rule for rule in rules if rule.looks_at in aspects]
    return [stamp(rule, hit) for rule in asked for hit in rule.check(page, index)]


def worth_a_look(index: RepoIndex, paths: Sequence[str], rules: Sequence[Rule]) -> list[str]:
    """Return those of the pages at `paths` on which one of the rules may find something, in the same order."""
    if any(rule.looks_at is Aspect.PAGE for rule in rules):
        return list(paths)
    found = set(index.names.reported)
    for bundle in index.pages.bundles:
        found |= bundle.telling
        found.update(index.judging.questionable(bundle))
        if index.flavour(bundle.paths[0]).reachable is not all_reachable:
            found.update(index.wanted.keys() & set(bundle.paths))
    return [path for path in paths if path in found]


def summary(paths: Collection[str], index: RepoIndex, suppressed: int) -> Summary:
    """Count what was looked at on the pages at `paths`, and what was not."""
    links, counts = 0, []
    asked = frozenset(paths)
    for bundle in index.pages.bundles:
        # A page that was read for its anchors alone is by itself.
        if bundle.paths[0] in asked:
            links += (
                sum(len(index.pages.links(path)) for path in bundle.paths)
                if bundle.links is None
                else bundle.links.count
            )
            counts.append(index.judging.together(bundle).counts)
            counts += [index.links(index.pages[path]).counts for path in index.judging.questionable(bundle)]
    web, other = sum(count.web for count in counts), sum(count.other for count in counts)
    return Summary(len(paths), links, web, other, sum(count.unknown for count in counts), suppressed)


class _Stamp:
    """Makes findings of the hits on one page."""

    def __init__(self, page: Page, index: RepoIndex) -> None:
        self._page = page
        self._index = index
        self._others: dict[str, LineMap] = {}

    @cached_property
    def _disk(self) -> DiskMap:
        content = self._page.content
        return DiskMap(content.edits if isinstance(content, Repaired) else ())

    @cached_property
    def _lines(self) -> LineMap:
        return _lines(self._page)

    def __call__(self, rule: Rule, hit: Hit) -> Finding:
        span = self._on_disk(hit, hit.span)
        place = self._lines.place(span)
        fix, places = self._fix(hit, hit.fix)
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
            choices=tuple(choice for each in hit.choices if (choice := self._fix(hit, each)[0]) is not None),
        )

    def _on_disk(self, hit: Hit, span: Span) -> Span:
        return span if hit.on_disk else self._disk.on_disk(span)

    def _fix(self, hit: Hit, fix: Fix | None) -> tuple[Fix | None, tuple[Place, ...]]:
        if fix is None:
            return None, ()
        edits, places = [], []
        for edit in fix.edits:
            if edit.path is None:
                edits.append(replace(edit, span=self._on_disk(hit, edit.span)))
                places.append(self._lines.place(edits[-1].span))
            else:
                # Another page's edit is made for its text on the disk.
                edits.append(edit)
                places.append(self._lines_of(edit.path).place(edit.span))
        safety = Safety.DISPLAY if any(self._is_uncertain(edit.path) for edit in edits) else fix.safety
        return replace(fix, edits=tuple(edits), safety=safety), tuple(places)

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
