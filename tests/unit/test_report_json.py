from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from doclint.model import (
    Change,
    Edit,
    Finding,
    Fix,
    HeldBack,
    Inference,
    Outcome,
    Place,
    Safety,
    Severity,
    Span,
    Summary,
)
from doclint.report import ReportOptions, render
from doclint.value import replace

OPTIONS = ReportOptions(cwd="/repo")
SCHEMA = json.loads(files("doclint.report").joinpath("schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
CLEAN = Outcome("/repo", (), Summary(pages=125, links=4310))
ANCHOR = Finding(
    rule="missing-anchor",
    severity=Severity.ERROR,
    path="docs/a.md",
    span=Span(300, 315),
    place=Place(12, 13, 12, 28),
    message='no heading "instal" in guide.md',
    help="did you mean guide.md#install?",
    fix=Fix("point at #install", (Edit(Span(300, 315), "guide.md#install"),), Safety.UNSAFE),
    edit_places=(Place(12, 13, 12, 28),),
    excerpt="See [setup](guide.md#instal) first.",
)


def report_of(outcome: Outcome, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render("json", outcome, options))
    VALIDATOR.validate(report)
    return report


def finding_of(finding: Finding, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    described: dict[str, Any] = report_of(Outcome("/repo", (finding,), CLEAN.summary), options)["findings"][0]
    return described


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_no_other_keys() -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**report_of(CLEAN), "extra": 1})


def test_each_key_of_the_schema_is_always_there() -> None:
    optional = {("edit", "path"), ("edit", "inferred"), ("fix", "renames")}
    for name, definition in SCHEMA["$defs"].items():
        missing = set(definition.get("properties", ())) - set(definition.get("required", ()))
        assert {(name, key) for key in missing} <= optional


def test_no_finding_no_findings() -> None:
    assert report_of(CLEAN)["findings"] == []


def test_no_fix_is_null() -> None:
    assert finding_of(replace(ANCHOR, fix=None, edit_places=()))["fix"] is None


def test_the_page_itself_is_not_named_in_an_edit() -> None:
    assert "path" not in finding_of(ANCHOR)["fix"]["edits"][0]
    named = Fix("x", (Edit(Span(0, 1), "x", path="docs/a.md"),), Safety.SAFE)
    assert "path" not in finding_of(replace(ANCHOR, fix=named))["fix"]["edits"][0]


def test_no_colour_no_quiet() -> None:
    outcome = Outcome("/repo", (ANCHOR,), CLEAN.summary)
    loud = render("json", outcome, OPTIONS)
    assert render("json", outcome, replace(OPTIONS, color=True, quiet=True, width=20)) == loud
    assert "\x1b" not in loud


def test_the_text_report_does_not_import_json() -> None:
    program = (
        "import sys; from doclint.model import *; from doclint.report import *;"
        "render('text', Outcome('/', (), Summary()), ReportOptions('/'));"
        "sys.exit(bool({'json', 'doclint.report.json', 'doclint.report.github'} & set(sys.modules)))"
    )
    # -S -E: no start-up file of the environment imports something first.
    path = f"import sys; sys.path[:] = {sys.path!r};"
    assert subprocess.run([sys.executable, "-S", "-E", "-c", path + program], check=False).returncode == 0


def test_a_finding() -> None:
    assert finding_of(ANCHOR) == {
        "rule": "missing-anchor",
        "severity": "error",
        "path": "docs/a.md",
        "line": 12,
        "column": 13,
        "end_line": 12,
        "end_column": 28,
        "message": 'no heading "instal" in guide.md',
        "help": "did you mean guide.md#install?",
        "fix": {
            "title": "point at #install",
            "safety": "unsafe",
            "confidence": None,
            "edits": [{"line": 12, "column": 13, "end_line": 12, "end_column": 28, "text": "guide.md#install"}],
        },
    }


def test_an_edit_of_another_file_names_it() -> None:
    fix = Fix("x", (Edit(Span(0, 1), "x", path="guide.md"),), Safety.DISPLAY)
    described = finding_of(replace(ANCHOR, fix=fix), replace(OPTIONS, cwd="/repo/docs"))
    assert described["path"] == "a.md"
    assert described["fix"]["safety"] == "display"
    assert described["fix"]["edits"][0]["path"] == "../guide.md"


def test_inferred_characters() -> None:
    sure = Inference("南", 0.98765432, (("块", 0.01234568), ("匀", 0.0)))
    edits = (
        Edit(Span(300, 310), "指南", inferred=(sure, Inference("后", 0.53, offset=1))),
        Edit(Span(310, 315), "x"),
    )
    fix = Fix("restore the text", edits, Safety.UNSAFE)
    described = finding_of(replace(ANCHOR, fix=fix, edit_places=(Place(12, 13, 12, 23), Place(12, 23, 12, 28))))["fix"]
    assert described["confidence"] == 0.53
    assert described["edits"][0]["inferred"] == [
        {
            "char": "南",
            "offset": 0,
            "posterior": 0.9877,
            "rivals": [{"char": "块", "posterior": 0.0123}, {"char": "匀", "posterior": 0.0}],
        },
        {"char": "后", "offset": 1, "posterior": 0.53, "rivals": []},
    ]
    assert "inferred" not in described["edits"][1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"char": "a"},
        {"char": "a", "offset": 0, "posterior": 2, "rivals": []},
        {"char": "a", "offset": -1, "posterior": 0.5, "rivals": []},
        {"char": "a", "offset": 0, "posterior": 0.5, "rivals": ["b"]},
    ],
)
def test_the_schema_knows_what_is_inferred(wrong: dict[str, object]) -> None:
    report = report_of(Outcome("/repo", (ANCHOR,), CLEAN.summary))
    report["findings"][0]["fix"]["edits"][0]["inferred"] = [wrong]
    with pytest.raises(ValidationError):
        VALIDATOR.validate(report)


def test_the_summary() -> None:
    safe = replace(ANCHOR, rule="mojibake", severity=Severity.WARNING, fix=Fix("x", (), Safety.SAFE), edit_places=())
    outcome = Outcome(
        "/repo",
        (safe, ANCHOR, ANCHOR),
        Summary(pages=125, links=4310, web=1204, other=3, unknown=2, suppressed=4, known=5),
        (Change("docs/a.md", "a", "b", 3),),
        (HeldBack("docs/b.md", "it changed on the disk"),),
    )
    assert report_of(outcome)["summary"] == {
        "severities": {"error": 2, "warning": 1, "info": 0},
        "rules": {"missing-anchor": 2, "mojibake": 1},
        "pages": 125,
        "links": 4310,
        "not_checked": {"web": 1204, "other": 3, "unknown": 2},
        "suppressed": 4,
        "known": 5,
        "fixable": {"safe": 1, "unsafe": 2},
        "changed": [{"path": "docs/a.md", "fixes": 3}],
        "renamed": [],
        "held_back": [{"path": "docs/b.md", "reason": "it changed on the disk", "ours": False}],
    }


def test_keys_come_in_the_order_of_the_schema() -> None:
    report = report_of(Outcome("/repo", (ANCHOR,), CLEAN.summary))
    assert list(report) == list(SCHEMA["properties"])
    assert list(report["findings"][0]) == list(SCHEMA["$defs"]["finding"]["properties"])
    assert list(report["summary"]) == list(SCHEMA["$defs"]["summary"]["properties"])


def test_readable_text_stays_readable() -> None:
    assert '"message": "技术 é 🚀"' in render(
        "json", Outcome("/repo", (replace(ANCHOR, message="技术 é 🚀"),), CLEAN.summary), OPTIONS
    )


@pytest.mark.parametrize("text", ["a\nb\t\x1b[31m", "\x7f\x85\x9b", "\u202e\u2028\ufeff\u200b", "\U000e0041", '\\"/'])
def test_hidden_characters_arrive_as_they_are(text: str) -> None:
    assert finding_of(replace(ANCHOR, message=text))["message"] == text


def test_bytes_that_are_not_utf8_are_visible_escapes() -> None:
    described = finding_of(replace(ANCHOR, path="bad\udcff.md", message="\ud83d\ude00"))
    assert described["path"] == r"bad\xff.md"
    assert described["message"] == r"\ud83d\ude00"


@pytest.mark.parametrize("edit", [Edit(Span(0, 1), "x\udcff"), Edit(Span(0, 1), "x", path="\udcff.md")])
def test_a_fix_that_json_cannot_carry_is_left_out(edit: Edit) -> None:
    assert finding_of(replace(ANCHOR, fix=Fix("x", (edit,), Safety.SAFE)))["fix"] is None


ANY_TEXT = st.text(st.characters() | st.sampled_from('\n\r\t\x1b\x85\u2028\u202e\udcff\ud800\ude00\\"技'))
PLACES = st.builds(Place, *[st.integers(1, 10**6)] * 4)
EDITS = st.builds(Edit, st.just(Span(0, 1)), ANY_TEXT, st.none() | ANY_TEXT)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    edits = draw(st.lists(EDITS, max_size=3))
    fix = Fix(draw(ANY_TEXT), tuple(edits), draw(st.sampled_from(Safety)))
    return Finding(
        rule=draw(ANY_TEXT),
        severity=draw(st.sampled_from(Severity)),
        path=draw(ANY_TEXT),
        span=Span(0, 1),
        place=draw(PLACES),
        message=draw(ANY_TEXT),
        help=draw(ANY_TEXT),
        fix=draw(st.sampled_from([fix, None])),
        edit_places=tuple(draw(PLACES) for _ in edits),
        excerpt=draw(ANY_TEXT),
    )


OUTCOMES = st.builds(
    Outcome,
    root=ANY_TEXT.map(lambda text: f"/{text}"),
    findings=st.lists(findings(), max_size=4).map(tuple),
    summary=st.builds(Summary, *[st.integers(0, 10**6)] * 6),
    changed=st.lists(st.builds(Change, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.integers(0, 9)), max_size=3).map(tuple),
    held_back=st.lists(st.builds(HeldBack, ANY_TEXT, ANY_TEXT, st.booleans()), max_size=3).map(tuple),
)


@given(outcome=OUTCOMES, cwd=ANY_TEXT.map(lambda text: f"/{text}"))
def test_any_outcome_is_valid(outcome: Outcome, cwd: str) -> None:
    text = render("json", outcome, ReportOptions(cwd=cwd))
    assert text.endswith("}\n")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", text)
    report = json.loads(text.encode().decode())
    VALIDATOR.validate(report)
    json.dumps(report, ensure_ascii=False).encode()  # no escape in it was that of a lone surrogate
    assert sum(report["summary"]["rules"].values()) == len(outcome.findings)
