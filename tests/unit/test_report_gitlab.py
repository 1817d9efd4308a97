from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from doclint.model import Finding, Outcome, Severity
from doclint.report import render
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, OPTIONS, outcomes

SCHEMA = pathlib.Path(__file__).parents[1] / "schemas" / "gitlab.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def issues_of(*findings: Finding) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(render("gitlab", replace(CLEAN, findings=findings), OPTIONS))
    VALIDATOR.validate(issues)
    return issues


def test_nothing_found_is_an_empty_list() -> None:
    assert issues_of() == []


def test_paths_are_those_of_the_repository_wherever_doclint_ran() -> None:
    report = render("gitlab", replace(CLEAN, findings=(ANCHOR,)), replace(OPTIONS, cwd="/repo/docs"))
    assert json.loads(report)[0]["location"]["path"] == "docs/a.md"


def test_a_finding() -> None:
    [issue] = issues_of(ANCHOR)
    assert issue.pop("fingerprint").isalnum()
    assert issue == {
        "description": 'no heading or anchor "instal" in docs/guide.md; did you mean #install?',
        "check_name": "missing-anchor",
        "severity": "major",
        "location": {"path": "docs/a.md", "lines": {"begin": 12, "end": 12}},
    }


@pytest.mark.parametrize(
    ("severity", "name"), [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")]
)
def test_severities(severity: Severity, name: str) -> None:
    assert issues_of(replace(ANCHOR, severity=severity))[0]["severity"] == name


def test_no_fingerprint_stands_twice_as_gitlab_would_show_one_of_them_only() -> None:
    other = replace(ANCHOR, rule="missing-file")
    elsewhere = replace(ANCHOR, path="docs/c.md")
    prints = [issue["fingerprint"] for issue in issues_of(ANCHOR, ANCHOR, ANCHOR, other, elsewhere)]
    assert len(set(prints)) == 5


def test_a_fingerprint_does_not_know_its_line() -> None:
    moved = replace(ANCHOR, place=replace(ANCHOR.place, line=99, end_line=99))
    assert issues_of(moved)[0]["fingerprint"] == issues_of(ANCHOR)[0]["fingerprint"]


@given(outcome=outcomes())
def test_whatever_a_repository_holds_the_list_is_valid(outcome: Outcome) -> None:
    report = render("gitlab", replace(outcome, findings=tuple(map(named, outcome.findings))), OPTIONS)
    report.encode()
    VALIDATOR.validate(json.loads(report))


def named(finding: Finding) -> Finding:
    """Return a finding with a path that a repository can have."""
    return replace(finding, path=f"x{finding.path}")
