"""Joins the rooms for `doclint fix`: what a check finds is mended in rounds, and written together or not at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from doclint.model import Finding, Outcome, Safety, Source
from doclint.moves import deepest_first
from doclint.parse import parse
from doclint.plan import plan
from doclint.rename import Renamer
from doclint.run import Run
from doclint.together import groups, write_together
from doclint.watch import Watch, unwatched
from doclint.work import Work, before, not_mended, text_of
from doclint.write import WriteError, encoded
from doclint.write import check as check_writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from doclint.library import Library
    from doclint.run import Stdin
    from doclint.settings import Settings

_ROUNDS = 8
"""Fixes that wait for others get their turn in so many rounds; more than three have never been seen."""


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
    run = _FixRun(paths, settings, cwd, stdin, with_graph=with_graph, watch=watch)
    if dry:
        return run.fixed(level, {})[1]
    work, outcome = run.writable(level)
    return outcome if stdin is not None else run.written(work, outcome)


class _FixRun(Run):
    """A run that writes."""

    def __init__(  # noqa: PLR0913 - as `fix`
        self,
        paths: Sequence[str],
        settings: Settings,
        cwd: str,
        stdin: Stdin | None,
        *,
        with_graph: bool,
        watch: Watch,
    ) -> None:
        super().__init__(paths, settings, cwd, stdin, with_graph=with_graph, watch=watch)
        self._parse = partial(parse, wiki_links=settings.wiki_links)
        self._renamer = Renamer(self.files)

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
            news = self.news.among(outcome.findings, library, work.texts) if self.news else outcome.findings
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
        return work, work.told(self.reported(outcome, work.texts, library), self.library, self.files)

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
            unwritten |= write_together(self.files.root, [(source, work.texts[source.path]) for source in sources])
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
        return done.told(outcome, self.library, self.files)

    def _fault(self, path: str, text: str) -> str | None:
        """Return why a page cannot be given a text, if it cannot."""
        source = self.library.target(path)
        if not isinstance(source, Source) or not self.library.differs(path, text):
            return None
        if self.stdin is None and path in self.given:
            return "it has changes that are not staged: stage or stash them first"
        try:
            if self.stdin is None:
                check_writable(self.files.root, source, text)
            else:
                encoded(source, text)
        except WriteError as error:
            return str(error)
        return None if self.stdin in (None, path) else "only the page on standard input is written"

    def _possible(self, findings: Iterable[Finding], level: Safety, library: Library, work: Work) -> Iterator[Finding]:
        """Yield the findings without those whose fix renames something that cannot be renamed, and note why."""
        for finding in findings:
            fix = finding.fix
            renames = [before(rename, library) for rename in fix.renames] if fix and fix.safety >= level else []
            reasons = {rename.old: why for rename in renames if (why := self._renamer.obstacle(rename))}
            work.unnamed.update(reasons)
            # A page on standard input has no name to change.
            if not reasons and not (renames and self.stdin is not None):
                yield finding
