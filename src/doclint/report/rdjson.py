"""The Diagnostic Format of reviewdog, which comments on a change in many places of review.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: columns count bytes of UTF-8 there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.lines import apply_edits
from doclint.model import Edit, Place, Severity, Span
from doclint.report.paths import as_bytes
from doclint.report.proposals import proposed
from doclint.report.serialise import as_json
from doclint.report.visible import SURROGATE

if TYPE_CHECKING:
    from doclint.model import Finding, Outcome
    from doclint.report.options import ReportOptions

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(outcome: Outcome, options: ReportOptions) -> str:  # noqa: ARG001 - the form of all reports
    """Return `outcome` as a `DiagnosticResult`; see `doclint.report.render`. Paths are relative to the root."""
    diagnostics = [_diagnostic(finding) for finding in outcome.findings]
    return as_json({"source": {"name": "doclint"}, "diagnostics": diagnostics}) + "\n"


def _diagnostic(finding: Finding) -> dict[str, object]:
    suggestions = _suggestions(finding)
    return {
        "message": f"{finding.message}\n{finding.help}" if finding.help else finding.message,
        "location": {"path": finding.path, "range": _range(finding.place, finding)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _suggestions(finding: Finding) -> list[dict[str, object]]:
    """Return the fix as one suggestion, where all of its edits lie on the line that the finding shows.

    reviewdog knows suggestions for the page itself only, and would take each of several as a choice; and of no other
    line is known how many bytes stand in front of a column.
    """
    fix = proposed(finding)
    line = finding.place.line
    if fix is None or finding.of_file or any(edit.path not in (None, finding.path) for edit in fix.edits):
        return []
    places = finding.edit_places
    if any((place.line, place.end_line) != (line, line) for place in places):
        return []
    edits = [
        Edit(Span(place.column - 1, place.end_column - 1), edit.text)
        for place, edit in zip(places, fix.edits, strict=True)
    ]
    start, end = min(edit.span.start for edit in edits), max(edit.span.end for edit in edits)
    text = apply_edits(finding.excerpt[:end], edits)[start:]
    if SURROGATE.search(text):
        return []
    return [{"range": _range(Place(line, start + 1, line, end + 1), finding), "text": text}]


def _range(place: Place, finding: Finding) -> dict[str, object]:
    """Return a place that begins on the line that a finding shows; one without columns means whole lines."""
    if finding.of_file:
        return {"start": {"line": place.line}}
    start = {"line": place.line, "column": _bytes(finding.excerpt, place.column)}
    if place.end_line != place.line:
        return {"start": start}
    return {"start": start, "end": {"line": place.line, "column": _bytes(finding.excerpt, place.end_column)}}


def _bytes(line: str, column: int) -> int:
    """Return a column, in characters from 1, as one in bytes from 1."""
    return len(as_bytes(line[: column - 1])) + 1
