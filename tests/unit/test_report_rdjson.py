from __future__ import annotations

import json
import pathlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft4Validator, Draft202012Validator

from doclint.model import Edit, Finding, Fix, Outcome, Place, Safety, Severity, Span
from doclint.report import render
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, LOSSY, OPTIONS, outcomes

if TYPE_CHECKING:
    from conftest import MakeWorkspace

HERE = pathlib.Path(__file__).parents[1]
VALIDATOR = Draft202012Validator(json.loads((HERE / "schemas" / "rdjson.json").read_text("utf-8")))
OFFICIAL = HERE.parents[1] / "shared" / "schemas" / "DiagnosticResult.json"


def diagnostics_of(*findings: Finding) -> list[dict[str, Any]]:
    result = json.loads(render("rdjson", replace(CLEAN, findings=findings), OPTIONS))
    VALIDATOR.validate(result)
    diagnostics: list[dict[str, Any]] = result["diagnostics"]
    return diagnostics


def test_nothing_found_is_a_result_without_diagnostics() -> None:
    assert diagnostics_of() == []


@pytest.mark.parametrize(
    ("edits", "places"),
    [
        ((Edit(Span(0, 1), "x"),), (Place(13, 1, 13, 2),)),
        ((Edit(Span(0, 1), "x"),), (Place(12, 1, 13, 2),)),
        ((Edit(Span(0, 1), "x"), Edit(Span(0, 1), "y", "other.md")), (Place(12, 1, 12, 2), Place(12, 1, 12, 2))),
    ],
    ids=["another line", "two lines", "another page"],
)
def test_what_one_line_cannot_say_is_no_suggestion(edits: tuple[Edit, ...], places: tuple[Place, ...]) -> None:
    fix = Fix("x", edits, Safety.SAFE)
    assert "suggestions" not in diagnostics_of(replace(ANCHOR, fix=fix, edit_places=places))[0]


def test_what_is_only_shown_is_no_suggestion() -> None:
    assert ANCHOR.fix is not None
    shown = replace(ANCHOR, fix=replace(ANCHOR.fix, safety=Safety.DISPLAY))
    assert "suggestions" not in diagnostics_of(shown)[0]


def test_a_finding() -> None:
    assert diagnostics_of(ANCHOR) == [
        {
            "message": 'no heading or anchor "instal" in docs/guide.md\ndid you mean #install?',
            "location": {
                "path": "docs/a.md",
                "range": {"start": {"line": 12, "column": 13}, "end": {"line": 12, "column": 28}},
            },
            "severity": "ERROR",
            "code": {"value": "missing-anchor"},
            "suggestions": [
                {
                    "range": {"start": {"line": 12, "column": 13}, "end": {"line": 12, "column": 28}},
                    "text": "guide.md#install",
                }
            ],
        }
    ]


def test_a_finding_of_the_file_has_no_columns() -> None:
    assert diagnostics_of(replace(ANCHOR, of_file=True))[0]["location"]["range"] == {"start": {"line": 12}}


@pytest.mark.parametrize(
    ("severity", "name"), [(Severity.ERROR, "ERROR"), (Severity.WARNING, "WARNING"), (Severity.INFO, "INFO")]
)
def test_severities(severity: Severity, name: str) -> None:
    assert diagnostics_of(replace(ANCHOR, severity=severity))[0]["severity"] == name


def test_several_edits_of_a_line_are_one_suggestion() -> None:
    [suggestion] = diagnostics_of(LOSSY)[0]["suggestions"]
    assert suggestion["text"] == "à plein É"
    # "un " are three bytes, "Ã plein Ã‰" are two, seven, two and three.
    assert suggestion["range"] == {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 4 + 14}}


def test_the_suggestions_give_the_bytes_of_fix(workspace: MakeWorkspace) -> None:
    page = "# 🦊 A\r\n\r\n🦊 [x](Guide.md) technical 技术 [y](Guide.md)\r\n"
    space = workspace({"a.md": page, "guide.md": "# G\n"})
    lines = space.read("a.md").split(b"\r\n")
    for diagnostic in reversed(diagnostics_of(*space.check())):
        [suggestion] = diagnostic["suggestions"]
        start, end = suggestion["range"]["start"], suggestion["range"]["end"]
        line = lines[start["line"] - 1]
        new = suggestion["text"].encode()
        lines[start["line"] - 1] = line[: start["column"] - 1] + new + line[end["column"] - 1 :]
    space.fix()
    assert b"\r\n".join(lines) == space.read("a.md") != page.encode()


@given(outcome=outcomes())
def test_whatever_a_repository_holds_the_result_is_valid(outcome: Outcome) -> None:
    report = render("rdjson", outcome, OPTIONS)
    report.encode()
    VALIDATOR.validate(json.loads(report))


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the schema of reviewdog does not lie beside the repository")
def test_the_schema_of_reviewdog_agrees() -> None:
    validator = Draft4Validator(json.loads(OFFICIAL.read_text("utf-8")))
    whole = replace(CLEAN, findings=(ANCHOR, LOSSY, replace(ANCHOR, of_file=True)))
    for outcome in (CLEAN, whole):
        validator.validate(json.loads(render("rdjson", outcome, OPTIONS)))
