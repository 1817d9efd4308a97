"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from doclint import baseline
from doclint.compare import compare
from doclint.discover import discover, name_below
from doclint.fix import plan
from doclint.graph import graph
from doclint.guess import areas_for
from doclint.library import Library
from doclint.model import (
    Files,
    Finding,
    Outcome,
    Page,
    Safety,
    Source,
    Span,
    Unreadable,
    UsageError,
)
from doclint.moves import deepest_first
from doclint.named_files import is_image
from doclint.news import News
from doclint.parse import parse
from doclint.parse.rst import NEEDS as RST_NEEDS
from doclint.parse.rst import available as rst_available
from doclint.reading import Wanted
from doclint.rename import Renamer
from doclint.rules import BY_NAME, Chosen, line_out_of_range, mojibake_name, orphan_image, orphan_page, stale_baseline
from doclint.settings import Settings, matcher
from doclint.stamp import findings, summary
from doclint.together import groups, write_together
from doclint.watch import Watch, unwatched
from doclint.work import Work, before, not_mended, text_of
from doclint.write import WriteError, encoded
from doclint.write import check as check_writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


_ROUNDS = 8
"""Fixes that wait for others get their turn in so many rounds; more than three have never been seen."""

Stdin = tuple[str, bytes]
"""A page on standard input: its name, as a path from the current folder, and its bytes."""


def check(  # noqa: PLR0913 - what to check, and what else is wanted
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    stdin: Stdin | None = None,
    *,
    write_baseline: bool = False,
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
        with_graph: Whether the outcome is to tell which page links to which.
        watch: Wants to know how far the run is.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    run = _Run(paths, settings, cwd, stdin, new_baseline=write_baseline, with_graph=with_graph, watch=watch)
    outcome = run.outcome({})
    if write_baseline:
        run.write_baseline(outcome)
    return run.reported(outcome, {}, run.library)


def fix(  # noqa: PLR0913 - as `check`, and how to fix
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    *,
    level: Safety = Safety.SAFE,
    dry: bool = False,
    stdin: Stdin | None = None,
    with_graph: bool = False,
    watch: Watch = unwatched,
) -> Outcome:
    """Make all fixes that are at least as safe as `level`; the outcome tells what is left.

    With `dry`, or for standard input, nothing is written: `Outcome.changed` holds the texts.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    run = _Run(paths, settings, cwd, stdin, with_graph=with_graph, watch=watch)
    if dry:
        return run.fixed(level, {})[1]
    work, outcome = run.writable(level)
    return outcome if stdin is not None else run.written(work, outcome)


def _in_order(finding: Finding) -> tuple[str, Span, str, str]:
    return finding.path, finding.span, finding.rule, finding.message


class _Run:
    """One run over a repository."""

    def __init__(  # noqa: PLR0913 - as `check` and `fix`
        self,
        paths: Sequence[str],
        settings: Settings,
        cwd: str,
        stdin: Stdin | None,
        *,
        new_baseline: bool = False,
        with_graph: bool,
        watch: Watch,
    ) -> None:
        self._settings = settings
        self._with_graph = with_graph
        self._watch = watch
        self._rules = Chosen(settings.select, settings.ignore, settings.per_file_ignores)
        self._stdin: str | None = None
        self._parse = partial(parse, wiki_links=settings.wiki_links)
        if "rst" in settings.formats and not rst_available():
            raise UsageError(f'formats: {RST_NEEDS}, or leave "rst" out')
        compares = settings.staged or settings.since is not None
        given: Mapping[str, bytes] = {}
        asked = paths if stdin is None else ["."]
        self._files: Files = discover(asked, settings, cwd, self._is_wanted, perhaps_gone=compares)
        if stdin is not None:
            stdin = (name_below(self._files.root, cwd, stdin[0]), stdin[1])
            self._stdin = stdin[0]
            pages = () if matcher(settings.exclude)(stdin[0]) else (stdin[0],)
            self._files = replace(self._files, pages=pages, others=())
            given = dict([stdin])
        counts_lines = line_out_of_range.RULE in self._rules.everywhere
        comparison = compare(self._files, settings, cwd, every_file=counts_lines) if compares else None
        if comparison is not None:
            self._files, given = comparison.files, comparison.given
        self._given = given
        areas, self._guesses = areas_for(settings, self._files)
        wanted = Wanted(
            settings.formats,
            settings.wiki_links,
            settings.confidence,
            line_counts=counts_lines,
            verdicts_of_names=mojibake_name.RULE in self._rules.everywhere,
            users=not {orphan_image.RULE, orphan_page.RULE}.isdisjoint(self._rules.everywhere),
        )
        self.library = Library(self._files, areas, given, wanted, watch=watch)
        self._news: News | None = None
        if comparison is not None and comparison.change is not None:
            self._news = News(
                comparison, comparison.change, self.library, settings, self._rules.on, count_lines=counts_lines
            )
            self._files = self._news.files
            self.library = self.library.at(self._files, given)
        self._renamer = Renamer(self._files)
        self._baseline = baseline.read(settings.baseline, perhaps=new_baseline) if settings.baseline else None

    def _is_wanted(self, path: str) -> bool:
        """Tell whether a file that is no page is to be reported on all the same."""
        return not path.isascii() or (orphan_image.RULE in self._rules.everywhere and is_image(path))

    def outcome(self, texts: Mapping[str, str], library: Library | None = None) -> Outcome:
        """Return what is found in `library`, or before any rename, when pages have the new `texts`.

        The texts are those of pages by their paths on the disk.
        """
        library = library or self.library
        index = library.index(texts)
        found: list[Finding] = []
        suppressed = 0
        pages = [index.pages[path] for path in library.files.pages]
        for path in library.files.others:
            every_file = [rule for rule in self._rules.on(path) if rule.every_file]
            found += findings(Page(path, Unreadable(path, "it is no page")), index, every_file)[0]
        for page in self._watch("checking", pages):
            kept, silenced = findings(page, index, self._rules.on(page.path))
            found += kept
            suppressed += silenced
        found.sort(key=_in_order)
        return Outcome(
            self._files.root,
            tuple(found),
            summary(pages, index, suppressed),
            guesses=self._guesses,
            graph=graph(pages, index) if self._with_graph else None,
        )

    def reported(self, outcome: Outcome, texts: Mapping[str, str], library: Library) -> Outcome:
        """Return `outcome`, which is that of `texts` and `library`, without what is known or no news."""
        found, stale = list(outcome.findings), []
        if self._baseline is not None:
            found, left = baseline.unknown(found, self._baseline, library.on_disk)
            if stale_baseline.RULE in self._rules.everywhere:
                stale = baseline.stale(left, self._baseline, self._files.root, self._judges)
        known = len(outcome.findings) - len(found)
        if self._news is not None:
            found = list(self._news.among(found, library, texts))
        return replace(
            outcome,
            findings=tuple(sorted((*found, *stale), key=_in_order)),
            summary=replace(outcome.summary, known=known),
            change_only=self._news is not None,
        )

    def write_baseline(self, outcome: Outcome) -> None:
        """Make `outcome`, which is that of the disk, known.

        Raises:
            UsageError: No file is named for it, or this run does not look at whole pages, or the disk refuses.
        """
        file = self._settings.baseline
        if file is None:
            raise UsageError("--write-baseline: no file is named; add --baseline FILE")
        if self._settings.staged or self._settings.since is not None or self._stdin is not None:
            raise UsageError("--write-baseline records whole pages on the disk; leave out --since, --staged and `-`")
        baseline.save(file, baseline.written(self._baseline, outcome.findings, self._judges))
        self._baseline = baseline.read(file)

    def _judges(self, path: str, rule: str) -> bool:
        """Tell whether this run would find what a rule finds in a file; of one that is gone it is known."""
        if path not in self._files.tracked and path not in self._files.untracked:
            return self._stdin is None and (self._news is None or path in self._news.gone)
        if self._news is not None and path not in self._news.named:
            return False
        looked_at = path in self._files.pages or path in self._files.others
        return looked_at and (rule not in BY_NAME or any(rule == other.name for other in self._rules.on(path)))

    def writable(self, level: Safety) -> tuple[Work, Outcome]:
        """As `fixed`, without the pages that cannot be written, and without the fixes that reach them."""
        faults: dict[str, str] = {}
        while True:
            work, outcome = self.fixed(level, faults)
            found = {path: fault for path, text in work.texts.items() if (fault := self._fault(path, text))}
            if not found:
                return work, outcome
            faults |= found

    def fixed(self, level: Safety, faults: Mapping[str, str]) -> tuple[Work, Outcome]:
        """Fix in rounds until nothing changes; return what was done, and the outcome with it.

        `faults` are pages that cannot be written, and why.
        """
        work = Work(dict(faults), refused=set(faults))
        self.library.keep_encodings()
        library = self.library
        outcome = self.outcome({})
        for _ in range(_ROUNDS):
            # What is known is not reported, but mended all the same.
            news = self._news.among(outcome.findings, library, work.texts) if self._news else outcome.findings
            step = plan(
                self._possible(news, level, library, work),
                level,
                partial(text_of, library, work),
                self._parse,
                set(map(work.moves, work.refused)),
            )
            work.add(step, library)
            if not step.texts and not step.renames:
                break
            if step.renames:
                library = self.library.renamed(work.renames)
            outcome = self.outcome(work.texts, library)
        return work, work.told(self.reported(outcome, work.texts, library), self.library, self._files)

    def written(self, work: Work, outcome: Outcome) -> Outcome:
        """Write the changes of `outcome` and rename; what cannot be done is reported as it is on the disk.

        Texts are written first. After a crash in between, links spell names that the next run gives to the files:
        no link is lost. The other way round nothing would tell what they had meant.
        """
        unwritten: dict[str, str] = {}
        unnamed: dict[str, str] = {}
        for group in groups(
            [path for path, text in work.texts.items() if self.library.differs(path, text)], work.joined
        ):
            sources = [source for path in group if isinstance(source := self.library.target(path), Source)]
            unwritten |= write_together(self._files.root, [(source, work.texts[source.path]) for source in sources])
        for rename in deepest_first(work.renames):
            if lost := sorted(work.renames[rename] & unwritten.keys()):
                unnamed[rename.old] = not_mended(lost[0])
                continue
            try:
                self._renamer.carry_out(rename)
            except WriteError as error:
                unnamed[rename.old] = str(error)
        if not unwritten and not unnamed:
            return outcome
        done = work.without(unwritten, unnamed)
        library = self.library.renamed(done.renames)
        outcome = self.reported(self.outcome(done.texts, library), done.texts, library)
        return done.told(outcome, self.library, self._files)

    def _fault(self, path: str, text: str) -> str | None:
        """Return why a page cannot be given a text, if it cannot."""
        source = self.library.target(path)
        if not isinstance(source, Source) or not self.library.differs(path, text):
            return None
        if self._stdin is None and path in self._given:
            return "it has changes that are not staged: stage or stash them first"
        try:
            if self._stdin is None:
                check_writable(self._files.root, source, text)
            else:
                encoded(source, text)
        except WriteError as error:
            return str(error)
        return None if self._stdin in (None, path) else "only the page on standard input is written"

    def _possible(self, findings: Iterable[Finding], level: Safety, library: Library, work: Work) -> Iterator[Finding]:
        """Yield the findings without those whose fix renames something that cannot be renamed, and note why."""
        for finding in findings:
            fix = finding.fix
            renames = [before(rename, library) for rename in fix.renames] if fix and fix.safety >= level else []
            reasons = {rename.old: why for rename in renames if (why := self._renamer.obstacle(rename))}
            work.unnamed.update(reasons)
            # A page on standard input has no name to change.
            if not reasons and not (renames and self._stdin is not None):
                yield finding
