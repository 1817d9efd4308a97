"""The Code Quality report of GitLab, which shows findings in a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Severity
from doclint.report.identity import fingerprints
from doclint.report.serialise import as_json

if TYPE_CHECKING:
    from doclint.model import Outcome
    from doclint.report.options import ReportOptions

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(outcome: Outcome, options: ReportOptions) -> str:  # noqa: ARG001 - the form of all reports
    """Return the findings as a list; see `doclint.report.render`.

    Paths are relative to the root, where GitLab looks for them. A fingerprint does not change when its line moves, so
    that GitLab takes no old finding for a new one.
    """
    known = fingerprints(outcome.findings)
    issues = [
        {
            "description": f"{finding.message}; {finding.help.splitlines()[0]}" if finding.help else finding.message,
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": finding.path,
                "lines": {"begin": finding.place.line, "end": finding.place.end_line},
            },
        }
        for finding, fingerprint in zip(outcome.findings, known, strict=True)
    ]
    return as_json(issues) + "\n"
