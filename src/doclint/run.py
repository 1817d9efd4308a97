"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from doclint.areas import Areas, areas_of
from doclint.discover import discover
from doclint.fix import GUARD, Plan, plan
from doclint.guess import guessed
from doclint.library import Library
from doclint.model import (
    Change,
    Files,
    Finding,
    Guess,
    HeldBack,
    Inference,
    Outcome,
    Page,
    Rename,
    Safety,
    Source,
    Unreadable,
    UsageError,
)
from doclint.moves import Moves, deepest_first
from doclint.named_files import is_image
from doclint.parse import parse
from doclint.parse.rst import NEEDS as RST_NEEDS
from doclint.parse.rst import available as rst_available
from doclint.rename import Renamer
from doclint.rules import line_out_of_range, mojibake_name, orphan_image, orphan_page, selected
from doclint.settings import Settings, matcher
from doclint.slug import DEFAULT, FLAVOURS
from doclint.stamp import findings, summary
from doclint.together import groups, needs, write_together
from doclint.write import WriteError, encoded
from doclint.write import check as check_writable

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
    if dry:
        return run.fixed(level, {})[1]
    work, outcome = run.writable(level)
    return outcome if stdin is not None else run.written(work, outcome)


def _areas(settings: Settings, files: Files) -> tuple[Areas, tuple[Guess, ...]]:
    """Return which host shows which folder: what the settings say, else what the repository's files tell."""
    if settings.flavour is None and not settings.folders:
        return guessed(files)
    folders = []
    for path, flavour in settings.folders:
        name = os.path.relpath(path, files.root).replace(os.sep, "/")
        if name == ".." or name.startswith("../"):
            raise UsageError(f"folder.path: {path!r} lies outside {files.root!r}; name a folder below it")
        folders.append(("" if name == "." else name, FLAVOURS[flavour]))
    return areas_of(FLAVOURS[settings.flavour or DEFAULT], folders), ()


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
        faults: Pages that cannot be written, each with the reason.
        texts: New texts of pages.
        fixes: How many fixes went into each.
        inferred: The characters in each that are not certain.
        refused: Pages that must not change: those in `faults`, and those whose new text was refused.
        withheld: Pages without a fix that reaches a page which must not change, with that page.
        joined: The pages of each fix that changes several.
        renames: Each rename with the pages in which its fix mends links.
        unnamed: Files and folders that cannot be renamed, each with the reason.
    """

    faults: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    fixes: Counter[str] = field(default_factory=Counter)
    inferred: defaultdict[str, list[Inference]] = field(default_factory=lambda: defaultdict(list))
    refused: set[str] = field(default_factory=set)
    withheld: dict[str, str] = field(default_factory=dict)
    joined: set[frozenset[str]] = field(default_factory=set)
    renames: dict[Rename, frozenset[str]] = field(default_factory=dict)
    unnamed: dict[str, str] = field(default_factory=dict)

    @property
    def moves(self) -> Moves:
        """Where everything is afterwards."""
        return Moves(self.renames)

    def add(self, step: Plan, library: Library) -> None:
        """Add a round, which speaks of the paths in `library`."""
        there = library.on_disk
        self.refused |= set(map(there, step.refused))
        # A fix that waits is planned again in each round, until the last.
        self.withheld = {there(path): there(culprit) for path, culprit in step.withheld.items()}
        self.unnamed |= {there(rename.old): _not_mended(there(page)) for rename, page in step.unnamed.items()}
        self.joined |= {frozenset(map(there, paths)) for paths in step.joined}
        for path, text in step.texts.items():
            self.texts[there(path)] = text
            self.fixes[there(path)] += step.fixes[path]
            self.inferred[there(path)] += step.inferred.get(path, ())
        for path, encoding in step.saved_as.items():
            library.save_as(path, encoding)
        for rename, pages in step.renames.items():
            self.renames[_before(rename, library)] = frozenset(map(there, pages))

    def without(self, unwritten: Mapping[str, str], unnamed: Mapping[str, str]) -> _Work:
        """Return the same without what failed on the disk, for the reasons given."""
        return replace(
            self,
            faults={**self.faults, **unwritten},
            texts={path: text for path, text in self.texts.items() if path not in unwritten},
            renames={rename: pages for rename, pages in self.renames.items() if rename.old not in unnamed},
            unnamed={**self.unnamed, **unnamed},
        )

    def held_back(self) -> tuple[HeldBack, ...]:
        """Return the files that are not written or renamed, or not with all of their fixes."""
        moves = self.moves
        reasons = dict.fromkeys(self.refused, GUARD) | self.faults
        held = [HeldBack(moves(path), reason, ours=path not in self.faults) for path, reason in reasons.items()]
        for path, culprit in self.withheld.items():
            if path not in reasons:
                held.append(HeldBack(moves(path), needs(moves(culprit), reasons[culprit])))
        held += [HeldBack(moves(path), reason) for path, reason in self.unnamed.items()]
        return tuple(sorted(held, key=lambda held: held.path))


def _not_mended(page: str) -> str:
    return f'it keeps its name, because a link in "{page}" could not be mended'


def _text(library: Library, work: _Work, path: str) -> str:
    there = library.on_disk(path)
    return work.texts[there] if there in work.texts else library.text(path)


def _before(rename: Rename, library: Library) -> Rename:
    """Return a rename in the paths before any rename."""
    old = library.on_disk(rename.old)
    folder, name = old.rpartition("/")[0], rename.new.rpartition("/")[2]
    return Rename(old, f"{folder}/{name}" if folder else name)


class _Run:
    """One run over a repository."""

    def __init__(self, paths: Sequence[str], settings: Settings, cwd: str, stdin: Stdin | None) -> None:
        self._rules = selected(settings.select, settings.ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in settings.per_file_ignores]
        self._stdin: str | None = None
        self._parse = partial(parse, wiki_links=settings.wiki_links)
        if "rst" in settings.formats and not rst_available():
            raise UsageError(f'formats: {RST_NEEDS}, or leave "rst" out')
        self._files: Files = discover(paths if stdin is None else ["."], settings, cwd, self._is_wanted)
        if stdin is not None:
            stdin = (_name_below(self._files.root, cwd, stdin[0]), stdin[1])
            self._stdin = stdin[0]
            pages = () if matcher(settings.exclude)(stdin[0]) else (stdin[0],)
            self._files = replace(self._files, pages=pages, others=())
        self._renamer = Renamer(self._files)
        areas, self._guesses = _areas(settings, self._files)
        self._library = Library(
            self._files,
            areas,
            stdin,
            count_lines=line_out_of_range.RULE in self._rules,
            confidence=settings.confidence,
            judge_names=mojibake_name.RULE in self._rules,
            look_for_users=not {orphan_image.RULE, orphan_page.RULE}.isdisjoint(self._rules),
            formats=settings.formats,
            wiki_links=settings.wiki_links,
        )

    def _is_wanted(self, path: str) -> bool:
        """Tell whether a file that is no page is to be reported on all the same."""
        return not path.isascii() or (orphan_image.RULE in self._rules and is_image(path))

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
        return Outcome(self._files.root, tuple(found), summary(pages, index, suppressed), guesses=self._guesses)

    def writable(self, level: Safety) -> tuple[_Work, Outcome]:
        """As `fixed`, without the pages that cannot be written, and without the fixes that reach them."""
        faults: dict[str, str] = {}
        while True:
            work, outcome = self.fixed(level, faults)
            found = {path: fault for path, text in work.texts.items() if (fault := self._fault(path, text))}
            if not found:
                return work, outcome
            faults |= found

    def fixed(self, level: Safety, faults: Mapping[str, str]) -> tuple[_Work, Outcome]:
        """Fix in rounds until nothing changes; return what was done, and the outcome with it.

        `faults` are pages that cannot be written, and why.
        """
        work = _Work(dict(faults), refused=set(faults))
        self._library.keep_encodings()
        library = self._library
        outcome = self.outcome({})
        for _ in range(_ROUNDS):
            step = plan(
                self._possible(outcome.findings, level, library, work),
                level,
                partial(_text, library, work),
                self._parse,
                set(map(work.moves, work.refused)),
            )
            work.add(step, library)
            if not step.texts and not step.renames:
                break
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
        unnamed: dict[str, str] = {}
        for group in groups(
            [path for path, text in work.texts.items() if self._library.differs(path, text)], work.joined
        ):
            sources = [source for path in group if isinstance(source := self._library.target(path), Source)]
            unwritten |= write_together(self._files.root, [(source, work.texts[source.path]) for source in sources])
        for rename in deepest_first(work.renames):
            if lost := sorted(work.renames[rename] & unwritten.keys()):
                unnamed[rename.old] = _not_mended(lost[0])
                continue
            try:
                self._renamer.carry_out(rename)
            except WriteError as error:
                unnamed[rename.old] = str(error)
        if not unwritten and not unnamed:
            return outcome
        done = work.without(unwritten, unnamed)
        return self._told(self.outcome(done.texts, self._library.renamed(done.renames)), done)

    def _fault(self, path: str, text: str) -> str | None:
        """Return why a page cannot be given a text, if it cannot."""
        source = self._library.target(path)
        if not isinstance(source, Source) or not self._library.differs(path, text):
            return None
        try:
            if self._stdin is None:
                check_writable(self._files.root, source, text)
            else:
                encoded(source, text)
        except WriteError as error:
            return str(error)
        return None if self._stdin in (None, path) else "only the page on standard input is written"

    def _possible(self, findings: Sequence[Finding], level: Safety, library: Library, work: _Work) -> Iterator[Finding]:
        """Yield the findings without those whose fix renames something that cannot be renamed, and note why."""
        for finding in findings:
            fix = finding.fix
            renames = [_before(rename, library) for rename in fix.renames] if fix and fix.safety >= level else []
            reasons = {rename.old: why for rename in renames if (why := self._renamer.obstacle(rename))}
            work.unnamed.update(reasons)
            # A page on standard input has no name to change.
            if not reasons and not (renames and self._stdin is not None):
                yield finding

    def _told(self, outcome: Outcome, work: _Work) -> Outcome:
        """Return `outcome` with what was done and what was not."""
        moves = work.moves
        changed = (
            Change(
                moves(path),
                source.text,
                text,
                work.fixes[path],
                tuple(work.inferred[path]),
                source.saved_as,
            )
            for path, text in work.texts.items()
            if isinstance(source := self._library.target(path), Source) and self._library.differs(path, text)
        )
        names = (*self._files.tracked, *self._files.untracked) if work.renames else ()
        return replace(
            outcome,
            changed=tuple(sorted(changed, key=lambda change: change.path)),
            held_back=work.held_back(),
            renamed=tuple(sorted(Rename(rename.old, moves(rename.old)) for rename in work.renames)),
            moved=tuple(sorted(Rename(name, moves(name)) for name in names if moves(name) != name)),
        )

    def _rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that report on a page, those left out that the settings ignore there."""
        ignored = tuple(name for matches, names in self._ignores if matches(path) for name in names)
        chosen = set(selected(("all",), ignored)) if ignored else set(self._rules)
        return tuple(rule for rule in self._rules if rule in chosen)
