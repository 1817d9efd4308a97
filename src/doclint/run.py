"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from doclint.discover import discover
from doclint.fix import GUARD, Plan, plan
from doclint.library import Library
from doclint.model import Change, Files, Finding, HeldBack, Outcome, Safety, Source, UsageError
from doclint.parse import parse
from doclint.rules import line_out_of_range, selected
from doclint.settings import Settings, matcher
from doclint.slug import FLAVOURS
from doclint.stamp import findings, summary
from doclint.together import groups, needs, write_together
from doclint.write import WriteError, encoded
from doclint.write import check as check_writable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        return run.fixed(level, {}).outcome
    fixed = run.writable(level)
    return fixed.outcome if stdin is not None else run.written(fixed)


def _name_below(root: str, cwd: str, path: str) -> str:
    """Return what `path`, typed in `cwd`, is called below `root`.

    Raises:
        UsageError: It lies elsewhere.
    """
    name = os.path.relpath(os.path.join(os.path.realpath(cwd), path), root).replace(os.sep, "/")
    if name == ".." or name.startswith("../"):
        raise UsageError(f"--stdin-filename: {path!r} lies outside {root!r}; name a page below it")
    return name


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What the rounds of fixes come to: new texts, the outcome with them, and the pages that must change together."""

    texts: Mapping[str, str]
    outcome: Outcome
    joined: frozenset[frozenset[str]]


def _held_back(step: Plan, faults: Mapping[str, str]) -> tuple[HeldBack, ...]:
    """Return the pages that are not written, or not with all of their fixes, as the last round has it."""
    reasons = dict.fromkeys(step.refused, GUARD) | dict(faults)
    held = [HeldBack(path, reason, ours=path not in faults) for path, reason in reasons.items()]
    held += [HeldBack(path, needs(culprit, reasons[culprit])) for path, culprit in step.withheld.items()]
    return tuple(sorted(held, key=lambda held: held.path))


class _Run:
    """One run over a repository."""

    def __init__(self, paths: Sequence[str], settings: Settings, cwd: str, stdin: Stdin | None) -> None:
        self._rules = selected(settings.select, settings.ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in settings.per_file_ignores]
        self._stdin: str | None = None
        self._files: Files = discover(paths if stdin is None else ["."], settings, cwd)
        if stdin is not None:
            stdin = (_name_below(self._files.root, cwd, stdin[0]), stdin[1])
            self._stdin = stdin[0]
            pages = () if matcher(settings.exclude)(stdin[0]) else (stdin[0],)
            self._files = replace(self._files, pages=pages)
        self._library = Library(
            self._files,
            FLAVOURS[settings.flavour],
            stdin,
            count_lines=line_out_of_range.RULE in self._rules,
            confidence=settings.confidence,
        )

    def outcome(self, texts: Mapping[str, str]) -> Outcome:
        """Return what is found when pages have the new `texts`."""
        index = self._library.index(texts)
        found: list[Finding] = []
        suppressed = 0
        pages = [index.pages[path] for path in self._files.pages]
        for page in pages:
            kept, silenced = findings(page, index, self._rules_for(page.path))
            found += kept
            suppressed += silenced
        found.sort(key=lambda finding: (finding.path, finding.span, finding.rule, finding.message))
        return Outcome(self._files.root, tuple(found), summary(pages, index, suppressed))

    def writable(self, level: Safety) -> _Fixed:
        """As `fixed`, without the pages that cannot be written, and without the fixes that reach them."""
        faults: dict[str, str] = {}
        while True:
            fixed = self.fixed(level, faults)
            found = {change.path: fault for change in fixed.outcome.changed if (fault := self._fault(change))}
            if not found:
                return fixed
            faults |= found

    def fixed(self, level: Safety, faults: Mapping[str, str]) -> _Fixed:
        """Fix in rounds until nothing changes; `faults` are pages that cannot be written, and why."""
        texts: dict[str, str] = {}
        fixes: dict[str, int] = {}
        joined: frozenset[frozenset[str]] = frozenset()
        step = Plan({}, {}, frozenset(faults))
        outcome = self.outcome(texts)
        for _ in range(_ROUNDS):
            step = plan(
                outcome.findings,
                level,
                lambda path: texts[path] if path in texts else self._library.text(path),
                parse,
                step.refused,
            )
            if not step.texts:
                break
            texts.update(step.texts)
            joined |= step.joined
            for path, number in step.fixes.items():
                fixes[path] = fixes.get(path, 0) + number
            outcome = self.outcome(texts)
        changed = tuple(
            Change(path, self._library.text(path), text, fixes[path])
            for path, text in sorted(texts.items())
            if text != self._library.text(path)
        )
        return _Fixed(texts, replace(outcome, changed=changed, held_back=_held_back(step, faults)), joined)

    def written(self, fixed: _Fixed) -> Outcome:
        """Write what was `fixed`; what cannot be written is reported as it is on the disk."""
        outcome = fixed.outcome
        failures: dict[str, str] = {}
        for group in groups([change.path for change in outcome.changed], fixed.joined):
            sources = [source for path in group if isinstance(source := self._library.source(path), Source)]
            failures |= write_together(self._files.root, [(source, fixed.texts[source.path]) for source in sources])
        if not failures:
            return outcome
        again = self.outcome({path: text for path, text in fixed.texts.items() if path not in failures})
        changed = tuple(change for change in outcome.changed if change.path not in failures)
        held = (*outcome.held_back, *(HeldBack(path, reason) for path, reason in failures.items()))
        return replace(again, changed=changed, held_back=tuple(sorted(held, key=lambda held: held.path)))

    def _fault(self, change: Change) -> str | None:
        """Return why a change cannot be written, if it cannot."""
        source = self._library.source(change.path)
        try:
            if isinstance(source, Source) and self._stdin is None:
                check_writable(self._files.root, source, change.after)
            elif isinstance(source, Source):
                encoded(source, change.after)
        except WriteError as error:
            return str(error)
        return None if self._stdin in (None, change.path) else "only the page on standard input is written"

    def _rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that report on a page, those left out that the settings ignore there."""
        ignored = tuple(name for matches, names in self._ignores if matches(path) for name in names)
        chosen = set(selected(("all",), ignored)) if ignored else set(self._rules)
        return tuple(rule for rule in self._rules if rule in chosen)
