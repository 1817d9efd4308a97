from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.model import Change, Finding, HeldBack, Outcome, Place, Severity, Span, Summary
from doclint.report import ReportOptions, render
from doclint.value import replace

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ReportOptions(cwd="/repo", command="diff")
CLEAN = Outcome("/repo", (), Summary(pages=125, links=4310))
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("name", ["a.md", "with space.md", 'quo"te.md', "tab\there.md", "技术.md"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\n", "a\nB\n"),
        ("a\nb", "a\nB"),
        ("a\nb", "a\nb\n"),
        ("a\r\nb\r\n", "a\r\nB\r\n"),
        ("a\rb\rc", "a\rB\rc"),
        ("a\x0bb\x0cc\u2028d\x85e\n", "a\x0bb\x0cC\u2028d\x85e\n"),
        ("", "a\n"),
        ("-- x\n++ y\n", "-- z\n"),
    ],
)
def test_a_diff_can_be_applied(tmp_path: Path, name: str, before: str, after: str) -> None:
    page = tmp_path / name
    page.write_bytes(before.encode())
    outcome = Outcome(str(tmp_path), (), Summary(1), (Change(name, before, after, 1),), (HeldBack("b.md", "no"),))
    patch = render("text", outcome, ReportOptions(str(tmp_path), command="diff"))
    command = ["git", "apply", "--unidiff-zero", "--whitespace=nowarn", "-"]
    subprocess.run(command, input=patch.encode(), cwd=tmp_path, check=True)  # raises when git refuses
    assert page.read_bytes() == after.encode()


def test_a_diff_and_nothing_else() -> None:
    outcome = replace(
        CLEAN,
        findings=(Finding("r", Severity.ERROR, "a.md", Span(0, 1), Place(1, 1, 1, 2), "message"),),
        changed=(Change("docs/a.md", "a\nb", "a\nc", 1),),
    )
    held = replace(outcome, held_back=(HeldBack("b.md", "it changed on the disk"),))
    expected = (
        "--- a/docs/a.md\n+++ b/docs/a.md\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    options = replace(OPTIONS, cwd="/repo/docs")
    assert render("text", outcome, options) == expected
    assert render("text", held, options) == expected + "not written: ../b.md: it changed on the disk\n"


def test_no_change_no_diff() -> None:
    assert render("text", CLEAN, OPTIONS) == ""


def test_a_diff_on_a_terminal_sends_no_control_character() -> None:
    outcome = replace(CLEAN, changed=(Change("a\x1b\u202e.md", "\x1b]0;x\x07\r\n", "\u202ey\n", 1),))
    shown = render("text", outcome, replace(OPTIONS, width=80))
    assert not RAW.search(shown)
    assert "-\\x1b]0;x\\x07\\r\n+\\u202ey\n" in shown


ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\r\udcff\ud800\udc00"))


@given(name=ANY_TEXT, before=ANY_TEXT, after=ANY_TEXT)
def test_a_diff_can_always_be_encoded(name: str, before: str, after: str) -> None:
    outcome = replace(CLEAN, changed=(Change(name, before, after, 1),), held_back=(HeldBack(name, before),))
    render("text", outcome, OPTIONS).encode()
