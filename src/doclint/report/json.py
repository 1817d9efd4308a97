"""The report for programs: JSON, described by `schema.json` beside this file.

A promise to its readers: within version 1 no key goes away or changes its meaning.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from doclint.model import Safety, Severity
from doclint.report.paths import relative_path
from doclint.report.serialise import as_json
from doclint.report.visible import SURROGATE
from doclint.report.words import fixable, severities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.model import Finding, Fix, Inference, Outcome, Place, Rename
    from doclint.report.options import ReportOptions

VERSION = 1
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_SAFETIES = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe", Safety.DISPLAY: "display"}


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as one JSON object; see `doclint.report.render`. All commands give the same form."""
    report = {
        "version": VERSION,
        "root": PurePath(outcome.root).as_posix(),
        "findings": [_finding(finding, outcome, options) for finding in outcome.findings],
        "summary": _summary(outcome, options),
    }
    return as_json(report) + "\n"


def _place(place: Place) -> dict[str, object]:
    """Return a place as four numbers from 1."""
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _finding(finding: Finding, outcome: Outcome, options: ReportOptions) -> dict[str, object]:
    """Return one finding."""
    return {
        "rule": finding.rule,
        "severity": _SEVERITIES[finding.severity],
        "path": _path(finding.path, outcome, options),
        **_place(finding.place),
        "message": finding.message,
        "help": finding.help,
        "fix": None if finding.fix is None else _fix(finding, finding.fix, outcome, options),
    }


def _fix(finding: Finding, fix: Fix, outcome: Outcome, options: ReportOptions) -> dict[str, object] | None:
    """Return a fix, or None when JSON cannot carry its edits: they would write other bytes."""
    texts = [text for edit in fix.edits for text in (edit.text, edit.path or "")]
    texts += [path for rename in fix.renames for path in (rename.old, rename.new)]
    if any(map(SURROGATE.search, texts)):
        return None
    edits: list[dict[str, object]] = []
    for edit, place in zip(fix.edits, finding.edit_places, strict=True):
        elsewhere = edit.path is not None and edit.path != finding.path
        path = {"path": _path(edit.path, outcome, options)} if edit.path is not None and elsewhere else {}
        inferred = {"inferred": _inferred(edit.inferred)} if edit.inferred else {}
        edits.append({**path, **_place(place), "text": edit.text, **inferred})
    described = {"title": fix.title, "safety": _SAFETIES[fix.safety], "confidence": _rounded(fix.confidence)}
    renames = {"renames": _renames(fix.renames, outcome, options)} if fix.renames else {}
    return {**described, "edits": edits, **renames}


def _inferred(inferred: Iterable[Inference]) -> list[dict[str, object]]:
    """Return inferred characters, each with what else it may be."""
    return [
        {
            "char": inference.char,
            "offset": inference.offset,
            "posterior": _rounded(inference.posterior),
            "rivals": [{"char": char, "posterior": _rounded(posterior)} for char, posterior in inference.rivals],
        }
        for inference in inferred
    ]


def _rounded(posterior: float | None) -> float | None:
    return None if posterior is None else round(posterior, 4)


def _renames(renames: Iterable[Rename], outcome: Outcome, options: ReportOptions) -> list[dict[str, str]]:
    """Return renames, each with the paths before and after it."""
    return [
        {"from": _path(rename.old, outcome, options), "to": _path(rename.new, outcome, options)} for rename in renames
    ]


def _summary(outcome: Outcome, options: ReportOptions) -> dict[str, object]:
    """Return the counts, and what happened to files."""
    summary = outcome.summary
    safe, unsafe = fixable(outcome.findings)
    counts = severities(outcome.findings)
    return {
        "severities": {_SEVERITIES[severity]: count for severity, count in counts.items()},
        "rules": dict(sorted(Counter(finding.rule for finding in outcome.findings).items())),
        "pages": summary.pages,
        "links": summary.links,
        "not_checked": {"web": summary.web, "other": summary.other, "unknown": summary.unknown},
        "suppressed": summary.suppressed,
        "known": summary.known,
        "fixable": {"safe": safe, "unsafe": unsafe},
        "changed": [
            {"path": _path(change.path, outcome, options), "fixes": change.fixes} for change in outcome.changed
        ],
        "renamed": _renames(outcome.renamed, outcome, options),
        "held_back": [
            {"path": _path(held.path, outcome, options), "reason": held.reason, "ours": held.ours}
            for held in outcome.held_back
        ],
    }


def _path(path: str, outcome: Outcome, options: ReportOptions) -> str:
    """Return a path of the outcome, relative to the current directory."""
    return relative_path(path, root=outcome.root, cwd=options.cwd)
