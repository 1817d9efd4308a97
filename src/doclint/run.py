"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from doclint import decode, git
from doclint.discover import discover, is_page_name
from doclint.fix import GUARD, plan
from doclint.index import Fragment, RepoIndex
from doclint.lines import DiskMap, LineMap
from doclint.model import (
    Change,
    Edit,
    FileKind,
    Files,
    Finding,
    Fix,
    HeldBack,
    Hit,
    InRepo,
    Other,
    Outcome,
    Page,
    Place,
    Repaired,
    Safety,
    SamePage,
    Source,
    Span,
    Summary,
    Unreadable,
    Web,
)
from doclint.parse import parse
from doclint.repair import repair, suspicious
from doclint.resolve import Site
from doclint.rules import BY_NAME, selected
from doclint.rules.base import Rule
from doclint.settings import Settings, matcher
from doclint.slug import FLAVOURS
from doclint.suppress import read as read_suppressions
from doclint.write import WriteError, write

_ROUNDS = 8
"""Fixes that wait for others get their turn in so many rounds; more than three have never been seen."""

_UNUSED_SUPPRESSION = "unused-suppression"


def check(paths: Sequence[str], settings: Settings, cwd: str, stdin: tuple[str, bytes] | None = None) -> Outcome:
    """Check pages and report; nothing is written.

    Args:
        paths: Folders, files and globs as the user typed them.
        settings: What the user wants.
        cwd: Absolute path of the current folder.
        stdin: The name and the bytes of one page that is checked instead of `paths`.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    return _Run(_files(paths, settings, cwd, stdin), settings, stdin).outcome({})


def fix(
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    *,
    level: Safety = Safety.SAFE,
    dry: bool = False,
    stdin: tuple[str, bytes] | None = None,
) -> Outcome:
    """Make all fixes that are at least as safe as `level`; the outcome tells what is left.

    With `dry`, or for standard input, nothing is written: `Outcome.changed` holds the texts.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    run = _Run(_files(paths, settings, cwd, stdin), settings, stdin)
    return run.fixed(level, dry=dry or stdin is not None)


def read_page(source: Source | Unreadable) -> Page:
    """Take one page through repair and parse."""
    match source:
        case Unreadable(path=path):
            return Page(path, source)
        case Source(path=path, text=text):
            as_on_disk = parse(text)
            if not suspicious(text):
                return Page(path, Repaired(source, text), as_on_disk)
            repaired = repair(source, as_on_disk.code)
            if repaired.text == text:
                return Page(path, repaired, as_on_disk)
            return Page(path, repaired, parse(repaired.text), as_on_disk)


def _files(paths: Sequence[str], settings: Settings, cwd: str, stdin: tuple[str, bytes] | None) -> Files:
    if stdin is None:
        return discover(paths, settings, cwd)
    files = discover(["."], settings, cwd)
    return dataclasses.replace(files, pages=(stdin[0],))


class _Run:
    """One run over a repository."""

    def __init__(self, files: Files, settings: Settings, stdin: tuple[str, bytes] | None) -> None:
        self._files = files
        self._settings = settings
        self._stdin = stdin
        self._rules = selected(settings.select, settings.ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in settings.per_file_ignores]
        self._sources: dict[str, Source | Unreadable] = {}
        self._pages: dict[str, tuple[str, Page]] = {}
        self._site: Site | None = None
        self._site_known = False

    # ------------------------------------------------------------------------------------------------------ reading

    def _source(self, path: str) -> Source | Unreadable:
        """Return a page as it is on the disk, read once; one that is not checked out comes from git's index."""
        if path not in self._sources:
            if self._stdin is not None and path == self._stdin[0]:
                self._sources[path] = decode.decode(path, self._stdin[1])
            elif path in self._files.absent and (data := git.staged(self._files.root, path)) is not None:
                self._sources[path] = decode.decode(path, data)
            else:
                self._sources[path] = decode.read(self._files.root, path)
        return self._sources[path]

    def _page(self, path: str, overlay: Mapping[str, str]) -> Page:
        """Return a page, with the text of `overlay` instead of its own if it has one there."""
        source = self._source(path)
        if isinstance(source, Source) and path in overlay:
            source = dataclasses.replace(source, text=overlay[path])
        text = source.text if isinstance(source, Source) else ""
        if path not in self._pages or self._pages[path][0] != text:
            self._pages[path] = (text, read_page(source))
        return self._pages[path][1]

    def _index(self, overlay: Mapping[str, str]) -> RepoIndex:
        """Read the pages to report on, and those that they point into."""
        pages = {path: self._page(path, overlay) for path in self._files.pages}
        site = self._find_site(pages)
        flavour = FLAVOURS[self._settings.flavour]
        first = RepoIndex(self._files, pages, flavour, site)
        if any(next(first.moved_anchors(page), None) for page in pages.values()):
            # A heading gets another anchor: the links to it may stand on any page.
            wanted = {path for path, kind in self._files.tracked.items() if kind is FileKind.FILE and is_page_name(path)}
        else:
            wanted = {path for page in pages.values() for path in _fragment_targets(page, first) if is_page_name(path)}
        pages = {**pages, **{path: self._page(path, overlay) for path in sorted(wanted - pages.keys())}}
        return RepoIndex(self._files, pages, flavour, site, self._line_counts(pages, first))

    def _find_site(self, pages: Mapping[str, Page]) -> Site | None:
        """Ask git for the repository's address, if any link depends on it."""
        if not self._site_known and self._files.in_git:
            destinations = (link.destination for page in pages.values() for link in page.parsed.links)
            if any("github.com/" in destination.lower() or destination.startswith("../") for destination in destinations):
                self._site_known = True
                if (names := git.github_repository(self._files.root)) is not None:
                    self._site = Site(*names, git.default_branch(self._files.root))
        return self._site

    def _line_counts(self, pages: Mapping[str, Page], index: RepoIndex) -> dict[str, int]:
        """Count the lines of the files that links point into by line, if a rule wants to know."""
        if BY_NAME["line-out-of-range"] not in self._rules:
            return {}
        counts = {}
        for page in pages.values():
            for link in page.parsed.links:
                target = index.target(page, link)
                if isinstance(target, InRepo) and (target.fragment or "").startswith("L") and target.path not in counts:
                    source = self._source(target.path) if target.path in self._files.tracked else None
                    if isinstance(source, Source):
                        counts[target.path] = len(LineMap(source.text)) - source.text.endswith(("\n", "\r"))
        return counts

    # ----------------------------------------------------------------------------------------------------- reporting

    def outcome(self, overlay: Mapping[str, str]) -> Outcome:
        """Return what is found when the pages of `overlay` have the texts there."""
        index = self._index(overlay)
        findings: list[Finding] = []
        summary = Summary(pages=len(self._files.pages))
        for path in self._files.pages:
            page = index.pages[path]
            kept, silenced = self._findings(page, index)
            findings += kept
            summary = _counted(summary, page, index, silenced)
        findings.sort(key=lambda finding: (finding.path, finding.span, finding.rule, finding.message))
        return Outcome(self._files.root, tuple(findings), summary)

    def _findings(self, page: Page, index: RepoIndex) -> tuple[list[Finding], int]:
        """Return what the rules find on a page, and how much of it comments silence."""
        ignored = {name for matches, names in self._ignores if matches(page.path) for name in names}
        rules = [rule for rule in self._rules if rule.name not in ignored and rule.group.value not in ignored]
        if "all" in ignored or "default" in ignored:
            return [], 0
        stamp = _Stamp(page, index)
        found = [stamp(rule, hit) for rule in rules for hit in rule.check(page, index)]
        if not page.parsed.comments:
            return found, 0
        text = page.content.text if isinstance(page.content, Repaired) else ""
        silences = read_suppressions(page.parsed.comments, LineMap(text), BY_NAME)
        kept = [finding for finding in found if not silences.silence(finding)]
        silenced = len(found) - len(kept)
        own = BY_NAME[_UNUSED_SUPPRESSION]
        if own in rules:
            unused = [stamp(own, hit) for hit in silences.unused({rule.name for rule in rules})]
            kept += [finding for finding in unused if not silences.silence(finding)]
        return kept, silenced

    # -------------------------------------------------------------------------------------------------------- fixing

    def fixed(self, level: Safety, *, dry: bool) -> Outcome:
        """Fix in rounds until nothing changes, then write once."""
        overlay: dict[str, str] = {}
        fixes: dict[str, int] = {}
        refused: frozenset[str] = frozenset()
        outcome = self.outcome(overlay)
        for _ in range(_ROUNDS):
            step = plan(outcome.findings, level, lambda path: self._text(path, overlay), parse, refused)
            refused = step.refused
            if not step.texts:
                break
            overlay.update(step.texts)
            for path, count in step.fixes.items():
                fixes[path] = fixes.get(path, 0) + count
            outcome = self.outcome(overlay)
        held = [HeldBack(path, GUARD, ours=True) for path in sorted(refused)]
        changed = [
            Change(path, self._text(path, {}), text, fixes.get(path, 0))
            for path, text in sorted(overlay.items())
            if text != self._text(path, {})
        ]
        if not dry and (failures := self._write(changed)):
            held += failures
            for failure in failures:
                del overlay[failure.path]
            changed = [change for change in changed if change.path in overlay]
            outcome = self.outcome(overlay)
        return dataclasses.replace(outcome, changed=tuple(changed), held_back=tuple(held))

    def _text(self, path: str, overlay: Mapping[str, str]) -> str:
        source = self._source(path)
        return overlay.get(path, source.text if isinstance(source, Source) else "")

    def _write(self, changes: Sequence[Change]) -> list[HeldBack]:
        failures = []
        for change in changes:
            source = self._source(change.path)
            if isinstance(source, Source):
                try:
                    write(self._files.root, source, change.after)
                except WriteError as error:
                    failures.append(HeldBack(change.path, str(error)))
        return failures


class _Stamp:
    """Makes findings of the hits on one page."""

    def __init__(self, page: Page, index: RepoIndex) -> None:
        self._page = page
        self._index = index
        content = page.content
        self._map = DiskMap(content.edits) if isinstance(content, Repaired) else DiskMap(())
        self._lines = LineMap(content.source.text if isinstance(content, Repaired) else "")

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
            excerpt=self._lines.line(place.line),
        )

    def _on_disk(self, hit: Hit, span: Span) -> Span:
        return span if hit.on_disk else self._map.on_disk(span)

    def _fix(self, hit: Hit) -> tuple[Fix | None, tuple[Place, ...]]:
        if hit.fix is None:
            return None, ()
        edits = []
        places = []
        for edit in hit.fix.edits:
            if edit.path is not None:
                content = self._index.pages[edit.path].content
                edits.append(edit)
                places.append(LineMap(content.source.text if isinstance(content, Repaired) else "").place(edit.span))
            else:
                span = self._on_disk(hit, edit.span)
                edits.append(Edit(span, edit.text))
                places.append(self._lines.place(span))
        return Fix(hit.fix.title, tuple(edits), hit.fix.safety), tuple(places)


def _fragment_targets(page: Page, index: RepoIndex) -> Iterator[str]:
    """Yield the pages in which the fragments of the links of `page` are looked up."""
    for link in page.parsed.links:
        if "#" in link.destination and (path := index.page_of(page, index.target(page, link))) is not None:
            yield path


def _counted(summary: Summary, page: Page, index: RepoIndex, silenced: int) -> Summary:
    web = other = unknown = 0
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
    return Summary(
        pages=summary.pages,
        links=summary.links + len(page.parsed.links),
        web=summary.web + web,
        other=summary.other + other,
        unknown=summary.unknown + unknown,
        suppressed=summary.suppressed + silenced,
    )
