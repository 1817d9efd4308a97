"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from doclint.discover import discover
from doclint.fix import GUARD, plan
from doclint.library import Library
from doclint.model import (
    Change,
    Files,
    Finding,
    HeldBack,
    Outcome,
    Page,
    Rename,
    Safety,
    Source,
    Unreadable,
    UsageError,
)
from doclint.moves import Moves, deepest_first
from doclint.parse import parse
from doclint.rename import Renamer
from doclint.rules import line_out_of_range, mojibake_name, selected
from doclint.settings import Settings, matcher
from doclint.slug import FLAVOURS
from doclint.stamp import findings, summary
from doclint.write import WriteError, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from doclint.rules.base import Rule

_ROUNDS = 8
"""Fixes that wait for others get their turn in so many rounds; more than three have never been seen."""

Stdin = tuple[str, bytes]
"""A page on standard input: its name, as a path from the current folder, and its bytes."""


def check(paths: Sequence[str], settings: Settings, cwd: str, stdin: Stdin | None = None) -> Outcome:
    """Check pages and report; nothing is written.

    Args:
        paths: Folders, files and globs as the user typed them.
        settings: What the user wants.
        cwd: Absolute path of the current folder.
        stdin: A page that is checked instead of `paths`.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    return _Run(paths, settings, cwd, stdin).outcome({})


def fix(  # noqa: PLR0913 - as `check`, and how to fix
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    *,
    level: Safety = Safety.SAFE,
    dry: bool = False,
    stdin: Stdin | None = None,
) -> Outcome:
    """Make all fixes that are at least as safe as `level`; the outcome tells what is left.

    With `dry`, or for standard input, nothing is written: `Outcome.changed` holds the texts.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    run = _Run(paths, settings, cwd, stdin)
    work, outcome = run.fixed(level)
    return outcome if dry or stdin is not None else run.written(work, outcome)


def _name_below(root: str, cwd: str, path: str) -> str:
    """Return what `path`, typed in `cwd`, is called below `root`.

    Raises:
        UsageError: It lies elsewhere.
    """
    name = os.path.relpath(os.path.join(os.path.realpath(cwd), path), root).replace(os.sep, "/")
    if name == ".." or name.startswith("../"):
        raise UsageError(f"--stdin-filename: {path!r} lies outside {root!r}; name a page below it")
    return name


@dataclass(slots=True)
class _Work:
    """What the rounds of a run do; all paths are those before any rename.

    Attributes:
        texts: New texts of pages.
        fixes: How many fixes went into each.
        refused: Pages whose new text was refused.
        renames: Each rename with the pages in which its fix mends links.
        failures: Files that cannot be written or renamed, each with the reason.
    """

    texts: dict[str, str] = field(default_factory=dict)
    fixes: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    renames: dict[Rename, frozenset[str]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def moves(self) -> Moves:
        """Where everything is afterwards."""
        return Moves(self.renames)

    def without(self, unwritten: Mapping[str, str], unrenamed: Mapping[str, str]) -> _Work:
        """Return the same without what failed on the disk, for the reasons given."""
        texts = {path: text for path, text in self.texts.items() if path not in unwritten}
        renames = {rename: pages for rename, pages in self.renames.items() if rename.old not in unrenamed}
        return _Work(texts, self.fixes, self.refused, renames, {**self.failures, **unrenamed, **unwritten})


def _text(library: Library, work: _Work, path: str) -> str:
    return work.texts.get(library.on_disk(path)) or library.text(path)


def _before(rename: Rename, library: Library) -> Rename:
    """Return a rename in the paths before any rename."""
    old = library.on_disk(rename.old)
    folder, name = old.rpartition("/")[0], rename.new.rpartition("/")[2]
    return Rename(old, f"{folder}/{name}" if folder else name)


class _Run:
    """One run over a repository."""

    def __init__(self, paths: Sequence[str], settings: Settings, cwd: str, stdin: Stdin | None) -> None:
        self._from_stdin = stdin is not None
        self._rules = selected(settings.select, settings.ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in settings.per_file_ignores]
        self._files: Files = discover(paths if stdin is None else ["."], settings, cwd)
        if stdin is not None:
            stdin = (_name_below(self._files.root, cwd, stdin[0]), stdin[1])
            pages = () if matcher(settings.exclude)(stdin[0]) else (stdin[0],)
            self._files = replace(self._files, pages=pages, others=())
        self._renamer = Renamer(self._files)
        self._library = Library(
            self._files,
            FLAVOURS[settings.flavour],
            stdin,
            count_lines=line_out_of_range.RULE in self._rules,
            judge_names=mojibake_name.RULE in self._rules,
        )

    def outcome(self, texts: Mapping[str, str], library: Library | None = None) -> Outcome:
        """Return what is found in `library`, or before any rename, when pages have the new `texts`.

        The texts are those of pages by their paths on the disk.
        """
        library = library or self._library
        index = library.index(texts)
        found: list[Finding] = []
        suppressed = 0
        pages = [index.pages[path] for path in library.files.pages]
        for path in library.files.others:
            every_file = [rule for rule in self._rules_for(path) if rule.every_file]
            found += findings(Page(path, Unreadable(path, "it is no page")), index, every_file)[0]
        for page in pages:
            kept, silenced = findings(page, index, self._rules_for(page.path))
            found += kept
            suppressed += silenced
        found.sort(key=lambda finding: (finding.path, finding.span, finding.rule, finding.message))
        return Outcome(self._files.root, tuple(found), summary(pages, index, suppressed))

    def fixed(self, level: Safety) -> tuple[_Work, Outcome]:
        """Fix in rounds until nothing changes; return what was done, and the outcome with it."""
        work = _Work()
        library = self._library
        outcome = self.outcome({})
        for _ in range(_ROUNDS):
            step = plan(
                self._possible(outcome.findings, level, library, work),
                level,
                partial(_text, library, work),
                parse,
                {work.moves(path) for path in work.refused},
            )
            work.refused |= {library.on_disk(path) for path in step.refused}
            if not step.texts and not step.renames:
                break
            for path, text in step.texts.items():
                there = library.on_disk(path)
                work.texts[there] = text
                work.fixes[there] += step.fixes[path]
            for rename, pages in step.renames.items():
                work.renames[_before(rename, library)] = frozenset(map(library.on_disk, pages))
            if step.renames:
                library = self._library.renamed(work.renames)
            outcome = self.outcome(work.texts, library)
        return work, self._told(outcome, work)

    def written(self, work: _Work, outcome: Outcome) -> Outcome:
        """Write the changes of `outcome` and rename; what cannot be done is reported as it is on the disk.

        Texts are written first. After a crash in between, links spell names that the next run gives to the files:
        no link is lost. The other way round nothing would tell what they had meant.
        """
        unwritten: dict[str, str] = {}
        unrenamed: dict[str, str] = {}
        for path in sorted(work.texts):
            source = self._library.source(path)
            if isinstance(source, Source) and source.text != work.texts[path]:
                try:
                    write(self._files.root, source, work.texts[path])
                except WriteError as error:
                    unwritten[path] = str(error)
        for rename in deepest_first(work.renames):
            if lost := sorted(work.renames[rename] & unwritten.keys()):
                unrenamed[rename.old] = f'it keeps its name, because a link in "{lost[0]}" could not be mended'
                continue
            try:
                self._renamer.carry_out(rename)
            except WriteError as error:
                unrenamed[rename.old] = str(error)
        if not unwritten and not unrenamed:
            return outcome
        done = work.without(unwritten, unrenamed)
        return self._told(self.outcome(done.texts, self._library.renamed(done.renames)), done)

    def _possible(self, findings: Sequence[Finding], level: Safety, library: Library, work: _Work) -> Iterator[Finding]:
        """Yield the findings without those whose fix renames something that cannot be renamed, and note why."""
        for finding in findings:
            fix = finding.fix
            renames = [_before(rename, library) for rename in fix.renames] if fix and fix.safety >= level else []
            reasons = {rename.old: why for rename in renames if (why := self._renamer.obstacle(rename))}
            work.failures.update(reasons)
            # A page on standard input has no name to change.
            if not reasons and not (renames and self._from_stdin):
                yield finding

    def _told(self, outcome: Outcome, work: _Work) -> Outcome:
        """Return `outcome` with what was done and what was not."""
        moves = work.moves
        changed = (
            Change(moves(path), self._library.text(path), text, work.fixes[path])
            for path, text in work.texts.items()
            if text != self._library.text(path)
        )
        held = [HeldBack(moves(path), GUARD, ours=True) for path in sorted(work.refused)]
        held += [HeldBack(moves(path), reason) for path, reason in sorted(work.failures.items())]
        names = (*self._files.tracked, *self._files.untracked) if work.renames else ()
        return replace(
            outcome,
            changed=tuple(sorted(changed, key=lambda change: change.path)),
            held_back=tuple(held),
            renamed=tuple(sorted(Rename(rename.old, moves(rename.old)) for rename in work.renames)),
            moved=tuple(sorted(Rename(name, moves(name)) for name in names if moves(name) != name)),
        )

    def _rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that report on a page, those left out that the settings ignore there."""
        ignored = tuple(name for matches, names in self._ignores if matches(path) for name in names)
        chosen = set(selected(("all",), ignored)) if ignored else set(self._rules)
        return tuple(rule for rule in self._rules if rule in chosen)
