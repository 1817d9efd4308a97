from __future__ import annotations

import json
import pathlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from jsonschema import Draft4Validator, Draft202012Validator, ValidationError

from doclint.lines import line_starts
from doclint.model import Edit, Fix, HeldBack, Outcome, Place, Rename, Safety, Severity, Span
from doclint.report import render
from doclint.rules import RULES
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, LOSSY, OPTIONS, outcomes

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

HERE = pathlib.Path(__file__).parents[1]
VALIDATOR = Draft202012Validator(json.loads((HERE / "schemas" / "sarif.json").read_text("utf-8")))
OFFICIAL = HERE.parents[1] / "shared" / "schemas" / "sarif-schema-2.1.0.json"


def log_of(outcome: Outcome) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render("sarif", outcome, OPTIONS))
    VALIDATOR.validate(log)
    return log


def run_of(*findings: Any) -> dict[str, Any]:  # noqa: ANN401 - findings
    run: dict[str, Any] = log_of(replace(CLEAN, findings=findings))["runs"][0]
    return run


def result_of(finding: Any) -> dict[str, Any]:  # noqa: ANN401 - a finding
    [result] = run_of(finding)["results"]
    assert isinstance(result, dict)
    return result


# ------------------------------------------------------------------------------------------------------------ silent


def test_nothing_found_is_a_run_that_succeeded() -> None:
    run = run_of()
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["toolExecutionNotifications"] == []


@pytest.mark.parametrize(
    "fix",
    [
        None,
        Fix("x", (Edit(Span(0, 1), "x"),), Safety.DISPLAY),
        Fix("x", (Edit(Span(0, 1), "x"),), Safety.SAFE, (Rename("a", "b"),)),
        Fix("x", (Edit(Span(0, 1), "x"),), Safety.SAFE, saved_as="utf-8"),
        Fix("x", (Edit(Span(0, 1), "\udcff"),), Safety.SAFE),
        Fix("x", (Edit(Span(0, 1), "x", "\udcff.md"),), Safety.SAFE),
        Fix("x", (), Safety.SAFE),
    ],
)
def test_what_edits_of_text_cannot_say_wholly_is_no_fix(fix: Fix | None) -> None:
    places = (Place(1, 1, 1, 2),) if fix is not None and fix.edits else ()
    assert "fixes" not in result_of(replace(ANCHOR, fix=fix, edit_places=places))


def test_a_message_links_to_nothing_and_has_no_places_for_arguments() -> None:
    message = result_of(replace(ANCHOR, message="use {0} of [a](http://b.example) \\", help=""))["message"]
    assert message == {"text": r"use {{0}} of \[a\](http://b.example) \\"}
    assert result_of(replace(ANCHOR, message='no "[a]" here', help=""))["message"] == {"text": 'no "[a]" here'}


def test_the_schema_would_see_a_link() -> None:
    log = log_of(replace(CLEAN, findings=(ANCHOR,)))
    log["runs"][0]["results"][0]["message"]["text"] = "see [a](b)"
    with pytest.raises(ValidationError):
        VALIDATOR.validate(log)


# -------------------------------------------------------------------------------------------------------------- loud


def test_a_finding() -> None:
    result = result_of(ANCHOR)
    assert RULES[result["ruleIndex"]].name == result["ruleId"] == "missing-anchor"
    assert result["level"] == "error"
    assert result["message"]["text"] == 'no heading or anchor "instal" in docs/guide.md\ndid you mean #install?'
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/a.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 12, "startColumn": 13, "endLine": 12, "endColumn": 28}
    [fix] = result["fixes"]
    assert fix["properties"] == {"safety": "unsafe"}
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "guide.md#install"}


def test_how_sure_a_fix_is() -> None:
    assert result_of(LOSSY)["fixes"][0]["properties"] == {"safety": "unsafe", "confidence": 0.61}


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_severities(severity: Severity, level: str) -> None:
    assert result_of(replace(ANCHOR, severity=severity))["level"] == level


def test_each_rule_has_its_help() -> None:
    rules = run_of()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in RULES]
    for rule in rules:
        assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
        assert [f"**{name}:**" in rule["help"]["markdown"] for name in ("Why", "Bad", "Good", "Fix")] == [True] * 4
        assert rule["help"]["markdown"].count("```") == 4


def test_what_was_not_written_is_told() -> None:
    held = (HeldBack("a.md", "it changed on the disk"), HeldBack("b.md", "a second run would change it", ours=True))
    [invocation] = log_of(replace(CLEAN, held_back=held))["runs"][0]["invocations"]
    told = [(note["level"], note["message"]["text"]) for note in invocation["toolExecutionNotifications"]]
    assert told[0] == ("warning", "not written: it changed on the disk")
    assert told[1][0] == "error"


def test_names_of_any_kind_are_addresses() -> None:
    def uri(path: str) -> str:
        result = result_of(replace(ANCHOR, path=path, fix=None, edit_places=()))
        address: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        return address

    assert uri("a b#c?/100%.md") == "a%20b%23c%3F/100%25.md"
    assert uri("http:x.md") == "http%3Ax.md"
    assert uri("页\udcff.md") == "%E9%A1%B5%FF.md"


# ------------------------------------------------------------------------------------------------------ fingerprints


def prints_of(space: Workspace) -> list[str]:
    results = log_of(space.outcome())["runs"][0]["results"]
    return [result["partialFingerprints"]["doclint/v1"] for result in results]


def test_a_fingerprint_stays_when_lines_move_and_goes_when_the_line_changes(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n\n[x](gone.md) and [y](away.md)\n\n[x](gone.md)\n"})
    before = prints_of(space)
    assert len(set(before)) == 3
    space.write({"a.md": "# A\n\nA new paragraph.\n\n[x](gone.md) and [y](away.md)\n\n\n[x](gone.md)\n"})
    assert prints_of(space) == before
    space.write({"a.md": "# A\n\n[x](gone.md) or [y](away.md)\n\n[x](gone.md)\n"})
    after = prints_of(space)
    assert after[2] == before[2]
    assert not set(after[:2]) & set(before)


def test_the_same_line_twice_has_two_fingerprints(workspace: MakeWorkspace) -> None:
    once = prints_of(workspace({"a.md": "[x](gone.md)\n"}))
    twice = prints_of(workspace({"a.md": "[x](gone.md)\n\n[x](gone.md)\n"}))
    assert len(set(twice)) == 2
    assert twice[0] == once[0]


# ------------------------------------------------------------------------------------------------- fixes, byte by byte


def applied(space: Workspace, log: dict[str, Any]) -> dict[str, bytes]:
    """Make all fixes of a log as an editor would that knows nothing but SARIF."""
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    changes: dict[str, list[dict[str, Any]]] = {}
    for result in run["results"]:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                changes.setdefault(unquote(change["artifactLocation"]["uri"]), []).extend(change["replacements"])
    files = {}
    for path, replacements in changes.items():
        data = space.read(path)
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        text = data.removeprefix(mark).decode()
        starts = line_starts(text)
        unique = {json.dumps(replacement): replacement for replacement in replacements}.values()
        for replacement in sorted(unique, key=lambda one: -offset(starts, one["deletedRegion"], "start")):
            region = replacement["deletedRegion"]
            before, behind = text[: offset(starts, region, "start")], text[offset(starts, region, "end") :]
            text = before + replacement["insertedContent"]["text"] + behind
        files[path] = mark + text.encode()
    return files


def offset(starts: list[int], region: dict[str, int], end: str) -> int:
    return starts[region[f"{end}Line"] - 1] + region[f"{end}Column"] - 1


HEADING = "## Über die Brücke".encode().decode("cp1252")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_fixes_of_a_log_give_the_bytes_of_fix(workspace: MakeWorkspace, line_end: str, mark: str) -> None:
    page = f"{mark}# 🦊 A\n\n🦊 [x](Guide.md) and 🦊 [y](guide.MD)\n\n{HEADING}\n"
    linking = "🦊🦊 [z](a.md#über-die-brücke)\n"
    tree = {"a.md": page.replace("\n", line_end), "guide.md": "# G\n", "b.md": linking.replace("\n", line_end)}
    space = workspace(tree)
    files = applied(space, log_of(space.outcome(ignore=("byte-order-mark",))))
    done = space.fix(ignore=("byte-order-mark",))
    assert not done.findings
    assert "a.md" in files
    assert files == {path: space.read(path) for path in files}
    assert {change.path for change in done.changed} == files.keys()


# ----------------------------------------------------------------------------------------------------------- schemas


@given(outcome=outcomes())
def test_whatever_a_repository_holds_the_log_is_valid(outcome: Outcome) -> None:
    log = render("sarif", outcome, OPTIONS)
    log.encode()
    VALIDATOR.validate(json.loads(log))


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the schema of OASIS does not lie beside the repository")
def test_the_schema_of_oasis_agrees() -> None:
    validator = Draft4Validator(json.loads(OFFICIAL.read_text("utf-8")))
    held = (HeldBack("a.md", "it changed on the disk"),)
    for outcome in (CLEAN, replace(CLEAN, findings=(ANCHOR, LOSSY), held_back=held)):
        validator.validate(log_of(outcome))
