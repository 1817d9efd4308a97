"""`Outcome` to what the page is told, as JSON; every text in it is shown as text and safe to see."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import TYPE_CHECKING

from doclint.model import Safety, Severity, Span
from doclint.report.html.excerpts import Change as Replaced
from doclint.report.html.excerpts import before_and_after, marked
from doclint.report.html.graph import drawn
from doclint.report.visible import visible
from doclint.report.words import by_rule, severities, summary_sentences, why_held_back
from doclint.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Change, Finding, Fix, Outcome
    from doclint.report.options import ReportOptions

_ELSEWHERE = 20
"""So many further edits of a fix, on other lines and pages, are listed."""

_HUNKS = 100
"""So many changed stretches of a page are shown."""

_COMPARED = 20_000
"""Lines up to which a page is compared with what it was: comparing takes far more than linear time."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WAYS = {Safety.SAFE: "fix", Safety.UNSAFE: "fix --unsafe", Safety.DISPLAY: ""}


def described(outcome: Outcome, options: ReportOptions) -> dict[str, object]:
    """Return all that the page shows; paths are those of the repository, wherever the command was run."""
    paths: dict[str, int] = {}
    findings = [_finding(finding, paths) for finding in outcome.findings]
    return {
        "root": visible(PurePath(outcome.root).name),
        "command": options.command,
        "sentences": summary_sentences(outcome, options.command),
        "severities": {severity.value: count for severity, count in severities(outcome.findings).items()},
        "counts": {"pages": outcome.summary.pages, "links": outcome.summary.links},
        "rules": [_rule(rule, severity, len(found)) for rule, severity, found in by_rule(outcome.findings)],
        "findings": findings,
        "paths": [visible(path) for path in paths],
        "changes": [] if options.command == "check" else [_change(change) for change in outcome.changed],
        "renamed": [[visible(rename.old), visible(rename.new)] for rename in outcome.renamed],
        "heldBack": [[visible(held.path), visible(why_held_back(held))] for held in outcome.held_back],
        "graph": None if outcome.graph is None else drawn(outcome.graph, outcome.findings),
    }


def _rule(name: str, severity: Severity, count: int) -> dict[str, object]:
    """Return a rule that found something, with its documentation where it has any."""
    rule = BY_NAME.get(name)
    about = {"group": rule.group.value, "documentation": rule.documentation} if rule is not None else {}
    return {"name": visible(name), "severity": severity.value, "count": count, **about}


def _finding(finding: Finding, paths: dict[str, int]) -> dict[str, object]:
    """Return a finding; its path is a number, as there may be thousands of findings on a page."""
    place = finding.place
    described: dict[str, object] = {
        "path": paths.setdefault(finding.path, len(paths)),
        "rule": visible(finding.rule),
        "severity": finding.severity.value,
        "line": place.line,
        "column": place.column,
        "message": visible(finding.message),
        "help": visible(finding.help, keep="\n"),
    }
    if finding.excerpt:
        end = place.end_column - 1 if place.end_line == place.line else len(finding.excerpt)
        described["excerpt"] = marked(finding.excerpt, place.column - 1, end)
    if finding.fix is not None:
        described["fix"] = _fix(finding, finding.fix)
    return described


def _fix(finding: Finding, fix: Fix) -> dict[str, object]:
    """Return a fix: the line before and after it, and what it changes elsewhere."""
    here: list[Replaced] = []
    elsewhere: list[str] = []
    for edit, place in zip(fix.edits, finding.edit_places, strict=True):
        on_line = place.line == place.end_line == finding.place.line and edit.path in (None, finding.path)
        if on_line and not finding.of_file:
            here.append(Replaced(Span(place.column - 1, place.end_column - 1), edit.text, edit.inferred))
        else:
            elsewhere.append(f"{visible(edit.path or finding.path)}:{place.line}:{place.column}: {visible(edit.text)}")
    elsewhere += [f"{visible(rename.old)} becomes {visible(rename.new)}" for rename in fix.renames]
    before, after = before_and_after(finding.excerpt, here) if here else ([], [])
    return {
        "title": visible(fix.title),
        "way": _WAYS[fix.safety],
        "confidence": None if fix.confidence is None else round(fix.confidence, 4),
        "before": before,
        "after": after,
        "elsewhere": elsewhere[:_ELSEWHERE],
        "more": max(0, len(elsewhere) - _ELSEWHERE),
    }


def _change(change: Change) -> dict[str, object]:
    """Return what `fix` wrote, or would write, on a page: each changed stretch with its lines before and after."""
    hunks = list(_hunks(change))
    return {
        "path": visible(change.path),
        "fixes": change.fixes,
        "savedAs": change.saved_as,
        "inferred": [
            [visible(inference.char), round(inference.posterior, 4)] for inference in change.inferred[:_HUNKS]
        ],
        "hunks": hunks[:_HUNKS],
        "more": max(0, len(hunks) - _HUNKS),
    }


def _hunks(change: Change) -> Iterator[dict[str, object]]:
    before, after = _LINE.findall(change.before), _LINE.findall(change.after)
    if len(before) == len(after):
        # The usual case: a fix changes lines, and neither takes one away nor brings one.
        for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
            if old != new:
                yield _hunk(number, old, new)
    elif len(before) <= _COMPARED:
        for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                yield _hunk(start + 1, "".join(before[start:end]), "".join(after[new_start:new_end]))


def _hunk(line: int, old: str, new: str) -> dict[str, object]:
    old, new = old.rstrip("\r\n"), new.rstrip("\r\n")
    before, after = before_and_after(old, [Replaced(Span(0, len(old)), new)])
    return {"line": line, "before": before, "after": after}
