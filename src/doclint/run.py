"""Joins the rooms in their order; does nothing itself."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from doclint.discover import discover
from doclint.fix import GUARD, plan
from doclint.library import Library
from doclint.model import Change, Files, Finding, HeldBack, Outcome, Safety, Source, UsageError
from doclint.parse import parse
from doclint.rules import line_out_of_range, selected
from doclint.settings import Settings, matcher
from doclint.slug import FLAVOURS
from doclint.stamp import findings, summary
from doclint.write import WriteError, write

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
    texts, outcome = run.fixed(level)
    return outcome if dry or stdin is not None else run.written(texts, outcome)


def _name_below(root: str, cwd: str, path: str) -> str:
    """Return what `path`, typed in `cwd`, is called below `root`.

    Raises:
        UsageError: It lies elsewhere.
    """
    name = os.path.relpath(os.path.join(os.path.realpath(cwd), path), root).replace(os.sep, "/")
    if name == ".." or name.startswith("../"):
        raise UsageError(f"--stdin-filename: {path!r} lies outside {root!r}; name a page below it")
    return name


class _Run:
    """One run over a repository."""

    def __init__(self, paths: Sequence[str], settings: Settings, cwd: str, stdin: Stdin | None) -> None:
        self._rules = selected(settings.select, settings.ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in settings.per_file_ignores]
        self._files: Files = discover(paths if stdin is None else ["."], settings, cwd)
        if stdin is not None:
            stdin = (_name_below(self._files.root, cwd, stdin[0]), stdin[1])
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

    def fixed(self, level: Safety) -> tuple[dict[str, str], Outcome]:
        """Fix in rounds until nothing changes; return the new texts and the outcome with them."""
        texts: dict[str, str] = {}
        fixes: dict[str, int] = {}
        refused: frozenset[str] = frozenset()
        outcome = self.outcome(texts)
        for _ in range(_ROUNDS):
            step = plan(
                outcome.findings,
                level,
                lambda path: texts.get(path) or self._library.text(path),
                parse,
                refused,
            )
            refused = step.refused
            if not step.texts:
                break
            texts.update(step.texts)
            for path, number in step.fixes.items():
                fixes[path] = fixes.get(path, 0) + number
            outcome = self.outcome(texts)
        changed = tuple(
            Change(path, self._library.text(path), text, fixes[path])
            for path, text in sorted(texts.items())
            if text != self._library.text(path)
        )
        held = tuple(HeldBack(path, GUARD, ours=True) for path in sorted(refused))
        return texts, replace(outcome, changed=changed, held_back=held)

    def written(self, texts: Mapping[str, str], outcome: Outcome) -> Outcome:
        """Write the changes of `outcome`; what cannot be written is reported as it is on the disk."""
        failures = []
        for change in outcome.changed:
            source = self._library.source(change.path)
            if isinstance(source, Source):
                try:
                    write(self._files.root, source, change.after)
                except WriteError as error:
                    failures.append(HeldBack(change.path, str(error)))
        if not failures:
            return outcome
        unwritten = {failure.path for failure in failures}
        again = self.outcome({path: text for path, text in texts.items() if path not in unwritten})
        changed = tuple(change for change in outcome.changed if change.path not in unwritten)
        return replace(again, changed=changed, held_back=(*outcome.held_back, *failures))

    def _rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that report on a page, those left out that the settings ignore there."""
        ignored = tuple(name for matches, names in self._ignores if matches(path) for name in names)
        chosen = set(selected(("all",), ignored)) if ignored else set(self._rules)
        return tuple(rule for rule in self._rules if rule in chosen)
