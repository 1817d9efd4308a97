from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.model import Finding, HeldBack, Outcome, Place, Severity, Span, Summary
from doclint.report import ReportOptions, render
from doclint.value import replace

OPTIONS = ReportOptions(cwd="/repo")
CLEAN = Outcome("/repo", (), Summary(pages=125, links=4310))
ANCHOR = Finding(
    rule="missing-anchor",
    severity=Severity.ERROR,
    path="docs/a.md",
    span=Span(300, 315),
    place=Place(12, 13, 12, 28),
    message='no heading "instal" in guide.md',
    help="did you mean guide.md#install?",
    excerpt="See [setup](guide.md#instal) first.",
)


def command_of(finding: Finding) -> str:
    return render("github", Outcome("/repo", (finding,), CLEAN.summary), OPTIONS).split("\n")[0]


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does (actions/runner `ActionCommand.TryParseV2`)."""
    head, data = line.removeprefix("::").split("::", 1)
    name, properties = head.split(" ", 1)
    return name, dict(pair.split("=", 1) for pair in properties.split(",")), data


def unescaped(text: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def test_quiet_and_clean_prints_nothing() -> None:
    assert render("github", CLEAN, replace(OPTIONS, quiet=True)) == ""


def test_clean_run_has_no_annotation() -> None:
    assert render("github", CLEAN, OPTIONS) == "doclint: all good: 125 pages, 4,310 links\n"


def test_no_help_no_second_line() -> None:
    assert "%0A" not in command_of(replace(ANCHOR, help=""))


def test_no_columns_over_several_lines() -> None:
    assert parsed(command_of(replace(ANCHOR, place=Place(12, 13, 14, 2))))[1] == {
        "file": "docs/a.md",
        "line": "12",
        "endLine": "14",
        "title": "doclint missing-anchor",
    }


def test_color_has_no_say() -> None:
    outcome = Outcome("/repo", (ANCHOR,), CLEAN.summary)
    assert render("github", outcome, replace(OPTIONS, color=True)) == render("github", outcome, OPTIONS)


def test_quiet_keeps_the_findings_and_drops_the_rest() -> None:
    outcome = Outcome("/repo", (ANCHOR,), CLEAN.summary, held_back=(HeldBack("b.md", "no"),))
    assert render("github", outcome, replace(OPTIONS, quiet=True)) == command_of(ANCHOR) + "\n"


def test_an_annotation_and_the_summary() -> None:
    assert render("github", Outcome("/repo", (ANCHOR,), CLEAN.summary), OPTIONS) == (
        "::error file=docs/a.md,line=12,endLine=12,col=13,endColumn=28,title=doclint missing-anchor"
        '::no heading "instal" in guide.md%0Adid you mean guide.md#install?\n'
        "doclint: 1 error in 1 of 125 pages\n"
    )


def test_paths_are_those_of_the_repository_wherever_the_step_runs() -> None:
    outcome = Outcome("/repo", (ANCHOR,), CLEAN.summary)
    assert "file=docs/a.md," in render("github", outcome, replace(OPTIONS, cwd="/repo/docs"))


@pytest.mark.parametrize(
    ("severity", "name"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_severity_names_the_command(severity: Severity, name: str) -> None:
    assert parsed(command_of(replace(ANCHOR, severity=severity)))[0] == name


def test_data_and_properties_are_escaped() -> None:
    line = command_of(replace(ANCHOR, path="a,b:c%.md", message="100%: a, b", help="x%0Ay"))
    assert line.startswith("::error file=a%2Cb%3Ac%25.md,line=12,")
    assert line.endswith("::100%25: a, b%0Ax%250Ay")


def test_held_back_files() -> None:
    outcome = replace(CLEAN, held_back=(HeldBack("b.md", "it changed"),))
    assert render("github", outcome, OPTIONS).splitlines()[:1] == [
        "::warning file=b.md,title=doclint%3A not written::it changed",
    ]


ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\r\t\x1b\x85\u2028\u202e\udcff%,:=;] "))
FINDINGS = st.builds(
    Finding,
    rule=ANY_TEXT,
    severity=st.sampled_from(Severity),
    path=ANY_TEXT,
    span=st.just(Span(0, 1)),
    place=st.builds(Place, *[st.integers(1, 99)] * 4),
    message=ANY_TEXT,
    help=ANY_TEXT,
)


@given(findings=st.lists(FINDINGS, max_size=5).map(tuple))
def test_each_finding_is_one_command_whatever_it_holds(findings: tuple[Finding, ...]) -> None:
    report = render("github", Outcome("/repo", findings, Summary(9)), OPTIONS)
    report.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", report)
    lines = report.split("\n")
    assert len(lines) == len(findings) + 2
    assert not lines[-2].startswith("::")
    for line, finding in zip(lines, findings, strict=False):
        name, properties, data = parsed(line)
        assert name in {"error", "warning", "notice"}
        assert properties["line"] == str(finding.place.line)
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        if finding.path.isascii() and finding.path.isprintable():
            assert unescaped(properties["file"]) == finding.path
        if finding.message.isascii() and finding.message.isprintable() and not finding.help:
            assert unescaped(data) == finding.message
