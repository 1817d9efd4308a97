"""Joins the rooms in their order; does nothing itself.

What only some runs need is imported where it is needed: a commit waits for every import here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.discover import discover, is_strange, name_below
from doclint.formats import pages_among
from doclint.guess import areas_for
from doclint.library import Library
from doclint.model import (
    Files,
    Finding,
    Outcome,
    Page,
    Span,
    Unreadable,
    UsageError,
)
from doclint.reading import Wanted
from doclint.rules import BY_NAME, Chosen, line_out_of_range, mojibake_name, orphan_image, orphan_page, stale_baseline
from doclint.settings import Settings, matcher
from doclint.stamp import findings, summary, worth_a_look
from doclint.value import replace
from doclint.watch import Watch, unwatched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from doclint.baseline import Baseline
    from doclint.news import News
    from doclint.shelf import Shelf


_FEW, _PART = 50, 10
"""The cache is for at least so many pages, and one of so many that there are: a few are parsed sooner than it loads."""

Stdin = tuple[str, bytes]
"""A page on standard input: its name, as a path from the current folder, and its bytes."""


def check(  # noqa: PLR0913 - what to check, and how
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    stdin: Stdin | None = None,
    *,
    write_baseline: bool = False,
    cached: bool = False,
    jobs: int | None = 1,
    with_graph: bool = False,
    watch: Watch = unwatched,
) -> Outcome:
    """Check pages and report; nothing is written but, on demand, the baseline.

    Args:
        paths: Folders, files and globs as the user typed them.
        settings: What the user wants.
        cwd: Absolute path of the current folder.
        stdin: A page that is checked instead of `paths`.
        write_baseline: Whether all that is found becomes known, and the baseline is written anew.
        cached: Whether pages may be taken from an earlier run, and are kept for the next.
        jobs: How many processes parse; None for as many as pay.
        with_graph: Whether the outcome is to tell which page links to which.
        watch: Wants to know how far the run is.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    run = Run(paths, settings, cwd, stdin, new_baseline=write_baseline, with_graph=with_graph, watch=watch)
    run.parse_ahead(jobs, cached=cached)
    outcome = run.outcome({})
    run.save_pages()
    if write_baseline:
        run.write_baseline(outcome)
    return run.reported(outcome, {}, run.library)


def wanted_by(settings: Settings, rules: Chosen) -> Wanted:
    """Return what the chosen rules want to know of pages."""
    return Wanted(
        settings.formats,
        settings.wiki_links,
        settings.confidence,
        line_counts=line_out_of_range.RULE in rules.everywhere,
        verdicts_of_names=mojibake_name.RULE in rules.everywhere,
        users=not {orphan_image.RULE, orphan_page.RULE}.isdisjoint(rules.everywhere),
    )


def in_order(finding: Finding) -> tuple[str, Span, str, str]:
    """Return what findings are sorted by."""
    return finding.path, finding.span, finding.rule, finding.message


class Run:
    """One run over a repository.

    Args:
        paths: As `check`.
        settings: As `check`.
        cwd: As `check`.
        stdin: As `check`.
        new_baseline: Whether the file of the baseline may not be there yet.
        with_graph: As `check`.
        watch: As `check`.

    Attributes:
        files: What there is, and what is reported on.
        library: The pages.
        news: What tells which findings a change brought; None where all are reported.
    """

    def __init__(  # noqa: PLR0913 - as `check` and `fix`
        self,
        paths: Sequence[str],
        settings: Settings,
        cwd: str,
        stdin: Stdin | None,
        *,
        new_baseline: bool = False,
        with_graph: bool = False,
        watch: Watch = unwatched,
    ) -> None:
        self._settings = settings
        self._shelf: Shelf | None = None
        self._with_graph = with_graph
        self._watch = watch
        self._rules = Chosen(settings.select, settings.ignore, settings.per_file_ignores)
        self.stdin: str | None = None
        if "rst" in settings.formats:
            from doclint.parse import rst

            if not rst.available():
                raise UsageError(f'formats: {rst.NEEDS}, or leave "rst" out')
        compares = settings.staged or settings.since is not None
        given: Mapping[str, bytes] = {}
        asked = paths if stdin is None else ["."]
        wanted = self._is_wanted if orphan_image.RULE in self._rules.everywhere else is_strange
        self.files: Files = discover(asked, settings, cwd, wanted, perhaps_gone=compares)
        if stdin is not None:
            stdin = (name_below(self.files.root, cwd, stdin[0]), stdin[1])
            self.stdin = stdin[0]
            pages = () if matcher(settings.exclude)(stdin[0]) else (stdin[0],)
            self.files = replace(self.files, pages=pages, others=())
            given = dict([stdin])
        counts_lines = line_out_of_range.RULE in self._rules.everywhere
        comparison = None
        if compares:
            from doclint.compare import compare

            comparison = compare(self.files, settings, cwd, every_file=counts_lines)
            self.files, given = comparison.files, comparison.given
        self.given = given
        areas, self._guesses = areas_for(settings, self.files)
        self.library = Library(self.files, areas, given, wanted_by(settings, self._rules), watch=watch)
        self.news: News | None = None
        if comparison is not None and comparison.change is not None:
            from doclint.news import News

            self.news = News(
                comparison, comparison.change, self.library, settings, self._rules.on, count_lines=counts_lines
            )
            self.files = self.news.files
            self.library = self.library.at(self.files, given)
        self._baseline: Baseline | None = None
        if settings.baseline:
            from doclint import baseline

            self._baseline = baseline.read(settings.baseline, perhaps=new_baseline)

    def _is_wanted(self, path: str) -> bool:
        """Tell whether a file that is no page is to be reported on all the same."""
        from doclint.named_files import is_image  # here, because the rule on images is off by default

        return is_strange(path) or is_image(path)

    def parse_ahead(self, jobs: int | None, *, cached: bool) -> None:
        """Take what was parsed before from the cache, and let processes parse the rest, where most pages are looked at.

        Args:
            jobs: How many processes; None for as many as pay.
            cached: Whether there is a cache.
        """
        asked = len(self.files.pages)
        if asked < _FEW or self.stdin is not None or self.news is not None:
            return
        if asked < len(pages_among(self.files.tracked, self._settings.formats)) // _PART:
            return
        from doclint.shelf import Shelf

        cache = None
        if cached and self.files.in_git:
            from doclint.cache import Cache
            from doclint.fingerprint import fingerprint

            cache = Cache(self.files.root, f"{fingerprint()} wiki-links={self._settings.wiki_links}")
        self._shelf = Shelf(self.files.root, wanted_by(self._settings, self._rules), self.files.looks, cache)
        self.library.keep(self._shelf, jobs, cache)

    def save_pages(self) -> None:
        """Keep what was parsed for the next run."""
        if self._shelf is not None:
            self._shelf.save(frozenset((*self.files.tracked, *self.files.untracked)))

    def outcome(self, texts: Mapping[str, str], library: Library | None = None) -> Outcome:
        """Return what is found in `library`, or before any rename, when pages have the new `texts`.

        The texts are those of pages by their paths on the disk.
        """
        library = library or self.library
        index = library.index(texts)
        found: list[Finding] = []
        suppressed = 0
        for path in library.files.others:
            every_file = [rule for rule in self._rules.on(path) if rule.every_file]
            found += findings(Page(path, Unreadable(path, "it is no page")), index, every_file)[0]
        for path in self._watch("checking", worth_a_look(index, library.files.pages, self._rules.everywhere)):
            kept, silenced = findings(index.pages[path], index, self._rules.on(path))
            found += kept
            suppressed += silenced
        found.sort(key=in_order)
        counted = summary(library.files.pages, index, suppressed)
        outcome = Outcome(self.files.root, tuple(found), counted, guesses=self._guesses)
        if self._with_graph:
            from doclint.graph import graph

            outcome = replace(outcome, graph=graph([index.pages[path] for path in library.files.pages], index))
        return outcome

    def reported(self, outcome: Outcome, texts: Mapping[str, str], library: Library) -> Outcome:
        """Return `outcome`, which is that of `texts` and `library`, without what is known or no news."""
        found, stale = list(outcome.findings), []
        if self._baseline is not None:
            from doclint import baseline

            found, left = baseline.unknown(found, self._baseline, library.on_disk)
            if stale_baseline.RULE in self._rules.everywhere:
                stale = baseline.stale(left, self._baseline, self.files.root, self._judges)
        known = len(outcome.findings) - len(found)
        if self.news is not None:
            found = list(self.news.among(found, library, texts))
        return replace(
            outcome,
            findings=tuple(sorted((*found, *stale), key=in_order)),
            summary=replace(outcome.summary, known=known),
            change_only=self.news is not None,
        )

    def write_baseline(self, outcome: Outcome) -> None:
        """Make `outcome`, which is that of the disk, known.

        Raises:
            UsageError: No file is named for it, or this run does not look at whole pages, or the disk refuses.
        """
        file = self._settings.baseline
        if file is None:
            raise UsageError("--write-baseline: no file is named; add --baseline FILE")
        if self._settings.staged or self._settings.since is not None or self.stdin is not None:
            raise UsageError("--write-baseline records whole pages on the disk; leave out --since, --staged and `-`")
        from doclint import baseline

        baseline.save(file, baseline.written(self._baseline, outcome.findings, self._judges))
        self._baseline = baseline.read(file)

    def _judges(self, path: str, rule: str) -> bool:
        """Tell whether this run would find what a rule finds in a file; of one that is gone it is known."""
        if path not in self.files.tracked and path not in self.files.untracked:
            return self.stdin is None and (self.news is None or path in self.news.gone)
        if self.news is not None and path not in self.news.named:
            return False
        looked_at = path in self.files.pages or path in self.files.others
        return looked_at and (rule not in BY_NAME or any(rule == other.name for other in self._rules.on(path)))
