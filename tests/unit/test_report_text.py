from __future__ import annotations

import re
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from doclint.report import FORMATS, ReportOptions, render
from doclint.value import replace

OPTIONS = ReportOptions(cwd="/repo", encoding_rules=frozenset({"mojibake"}))
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
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def found(*findings: Finding, summary: Summary = CLEAN.summary) -> Outcome:
    return Outcome("/repo", findings, summary)


def fixed_by(safety: Safety) -> Fix:
    return Fix("mend it", (Edit(Span(0, 1), "x"),), safety)


def mojibake(line: int, *, path: str = "docs/a.md", column: int = 1) -> Finding:
    place = Place(line, column, line, column + 2)
    return replace(ANCHOR, rule="mojibake", path=path, place=place, message="wrong encoding", help="", excerpt="æŠ")


# ---------------------------------------------------------------------------------------------------- silence


def test_quiet_and_clean_prints_nothing() -> None:
    assert render("text", CLEAN, replace(OPTIONS, quiet=True)) == ""


def test_quiet_prints_one_line_per_finding_and_nothing_else() -> None:
    outcome = found(ANCHOR, *(mojibake(line) for line in range(20, 30)))
    lines = render("text", outcome, replace(OPTIONS, quiet=True)).splitlines()
    assert len(lines) == 11
    assert all(line.startswith("docs/a.md:") for line in lines)


def test_clean_run_is_one_calm_line() -> None:
    assert render("text", CLEAN, OPTIONS) == "all good: 125 pages, 4,310 links\n"


def test_no_pages_is_said_plainly() -> None:
    assert render("text", replace(CLEAN, summary=Summary()), OPTIONS) == "no Markdown pages found\n"


def test_nothing_is_good_while_a_file_is_held_back() -> None:
    held = replace(CLEAN, held_back=(HeldBack("b.md", "it changed on the disk"),))
    assert "all good" not in render("text", held, replace(OPTIONS, command="fix"))


def test_no_colour_unless_asked() -> None:
    assert "\x1b" not in render("text", found(ANCHOR), OPTIONS)
    assert "\x1b[1;31m" in render("text", found(ANCHOR), replace(OPTIONS, color=True))


def test_colour_changes_no_character() -> None:
    colored = render("text", found(ANCHOR, mojibake(20)), replace(OPTIONS, color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render("text", found(ANCHOR, mojibake(20)), OPTIONS)


def test_unreadable_page_has_no_excerpt() -> None:
    unreadable = replace(ANCHOR, place=Place(1, 1, 1, 1), message="cannot be read: no permission", help="", excerpt="")
    report = render("text", found(unreadable), OPTIONS)
    assert " | " not in report
    assert "^" not in report
    assert "help" not in report


def test_check_tells_of_no_writing() -> None:
    changed = replace(CLEAN, changed=(Change("a.md", "a", "b", 1),))
    assert "fixed" not in render("text", changed, OPTIONS)


def test_display_fixes_are_not_promised() -> None:
    assert "can be fixed" not in render("text", found(replace(ANCHOR, fix=fixed_by(Safety.DISPLAY))), OPTIONS)


def test_fix_does_not_offer_what_it_has_just_held_back() -> None:
    held = HeldBack("docs/a.md", "it changed on the disk")
    outcome = replace(found(replace(ANCHOR, fix=fixed_by(Safety.UNSAFE))), held_back=(held,))
    assert "can be fixed" not in render("text", outcome, replace(OPTIONS, command="fix"))


def test_other_rules_are_never_left_out() -> None:
    many = [replace(ANCHOR, place=Place(line, 13, line, 28)) for line in range(1, 51)]
    report = render("text", found(*many), OPTIONS)
    assert report.count("error missing-anchor") == 50
    assert "more line" not in report


def test_three_of_a_rule_leave_nothing_out() -> None:
    assert "more" not in render("text", found(*(mojibake(line) for line in (1, 2, 3))), OPTIONS)


# --------------------------------------------------------------------------------------------------- findings


def test_a_finding() -> None:
    assert render("text", found(ANCHOR), OPTIONS) == (
        'docs/a.md:12:13: error missing-anchor: no heading "instal" in guide.md\n'
        "   12 | See [setup](guide.md#instal) first.\n"
        "      |             ^^^^^^^^^^^^^^^\n"
        "      = help: did you mean guide.md#install?\n"
        "\n"
        "1 error in 1 of 125 pages\n"
    )


def test_help_of_several_lines_is_aligned() -> None:
    report = render("text", found(replace(ANCHOR, help="one\ntwo")), OPTIONS)
    assert "      = help: one\n              two\n" in report


def test_hundreds_of_one_encoding_rule_are_counted_per_file() -> None:
    findings = [mojibake(line) for line in range(1, 153)] + [mojibake(1, path="docs/b.md")]
    report = render("text", found(*findings), OPTIONS)
    assert report.count("error mojibake") == 4
    assert "docs/a.md: ... and 149 more lines with mojibake (--format json lists them all)\n" in report


def test_what_is_left_out_is_called_lines_only_when_it_is() -> None:
    findings = [mojibake(line, column=column) for line in (1, 2, 3) for column in (1, 5)]
    assert "... and 3 more places with mojibake" in render("text", found(*findings), OPTIONS)
    assert "... and 1 more line with" in render("text", found(*(mojibake(n) for n in range(1, 5))), OPTIONS)


def test_a_finding_over_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    finding = replace(ANCHOR, place=Place(12, 5, 14, 2), excerpt="See [setup\u00e9")
    assert "      |     ^^^^^^^\n" in render("text", found(finding), OPTIONS)


# -------------------------------------------------------------------------------------- files, summary


def test_fix_tells_what_it_wrote_and_what_not() -> None:
    outcome = replace(
        CLEAN,
        changed=(Change("docs/a.md", "a", "b", 3), Change("c.md", "a", "b", 1)),
        held_back=(
            HeldBack("docs/b.md", "it changed on the disk"),
            HeldBack("d.md", "blocks differ", ours=True),
        ),
    )
    assert render("text", outcome, replace(OPTIONS, command="fix")).split("\n\n")[0].splitlines() == [
        "fixed docs/a.md (3 fixes)",
        "fixed c.md (1 fix)",
        "not written: docs/b.md: it changed on the disk",
        "not written: d.md: blocks differ (a fault of doclint: please report it)",
    ]


def test_fix_tells_what_it_inferred() -> None:
    many = tuple(Inference("é", 0.5 + number / 1000, (("è", 0.1),)) for number in range(31, 245))
    changed = (Change("a.md", "a", "b", 3, many), Change("b.md", "a", "b", 1, (Inference("é", 0.999),)))
    outcome = replace(CLEAN, changed=changed)
    listed = "check --format json lists them before they are written"
    assert render("text", outcome, replace(OPTIONS, command="fix")).split("\n\n")[0].split("\n") == [
        "fixed a.md (3 fixes)",
        f"      inferred 214 characters, the least certain 0.53; {listed}",
        "fixed b.md (1 fix)",
        f"      inferred 1 character, the least certain 0.99; {listed}",
    ]
    assert "inferred" not in render("text", outcome, replace(OPTIONS, command="diff"))


def test_summary_of_findings() -> None:
    findings = (
        replace(ANCHOR, fix=fixed_by(Safety.SAFE)),
        replace(ANCHOR, fix=fixed_by(Safety.UNSAFE)),
        replace(ANCHOR, path="docs/b.md", severity=Severity.WARNING, fix=fixed_by(Safety.SAFE)),
        replace(ANCHOR, path="docs/b.md"),
    )
    summary = Summary(pages=125, links=4310, web=1204, other=3, unknown=2, suppressed=4)
    assert render("text", found(*findings, summary=summary), OPTIONS).splitlines()[-3:] == [
        "3 errors, 1 warning in 2 of 125 pages",
        "2 can be fixed by `doclint fix`, 1 more with `--unsafe`",
        (
            "not checked: 1,204 links to the web, 3 mailto and other links, "
            "2 fragments doclint cannot judge; 4 findings suppressed"
        ),
    ]


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (Summary(1, 1, web=1), "not checked: 1 link to the web"),
        (
            Summary(1, 1, other=1, unknown=1),
            "not checked: 1 mailto or other link, 1 fragment doclint cannot judge",
        ),
        (Summary(1, 1, suppressed=1), "1 finding suppressed"),
        (Summary(1, 1, suppressed=2, known=1), "2 findings suppressed; 1 finding known"),
    ],
)
def test_what_was_not_checked(summary: Summary, line: str) -> None:
    assert render("text", replace(CLEAN, summary=summary), OPTIONS) == f"all good: 1 page, 1 link\n{line}\n"


def test_unknown_form() -> None:
    with pytest.raises(ValueError, match="no report form 'xml'; there are text, json, github"):
        render("xml", CLEAN, OPTIONS)
    assert all(render(name, CLEAN, OPTIONS).endswith("\n") for name in FORMATS)


# ---------------------------------------------------------------------------------------------- for all texts


ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\r\t\x1b\x9b\x85\u2028\u202e\u200d\udcff\ud800技é\u0301%,: "))
LINES = st.integers(1, 2_000_000)
COLUMNS = st.integers(1, 300)
PLACES = st.builds(Place, LINES, COLUMNS, LINES, COLUMNS)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["mojibake", "missing-anchor"]) | ANY_TEXT,
    severity=st.sampled_from(Severity),
    path=st.sampled_from(["a.md", "docs/b.md"]) | ANY_TEXT,
    span=st.just(Span(0, 1)),
    place=PLACES,
    message=ANY_TEXT,
    help=ANY_TEXT,
    excerpt=ANY_TEXT | ANY_TEXT.map(lambda text: text * 40),
)
OUTCOMES = st.builds(
    Outcome,
    root=st.just("/repo"),
    findings=st.lists(FINDINGS, max_size=8).map(tuple),
    summary=st.builds(Summary, *[st.integers(0, 10_000)] * 6),
    changed=st.lists(st.builds(Change, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.integers(0, 9)), max_size=3).map(tuple),
    held_back=st.lists(st.builds(HeldBack, ANY_TEXT, ANY_TEXT, st.booleans()), max_size=3).map(tuple),
)


@given(
    outcome=OUTCOMES,
    command=st.sampled_from(["check", "fix", "diff"]),
    color=st.booleans(),
    quiet=st.booleans(),
    width=st.none() | st.integers(1, 200),
)
def test_no_raw_control_character_ever(
    *, outcome: Outcome, command: Literal["check", "fix", "diff"], color: bool, quiet: bool, width: int | None
) -> None:
    if command == "diff":
        width = width or 80  # a diff that does not go to a terminal is a patch, and keeps what a page holds
    options = replace(OPTIONS, command=command, color=color, quiet=quiet, width=width)
    report = render("text", outcome, options)
    report.encode()
    if color:
        report = re.sub(r"\x1b\[[0-9;]+m", "", report)
    assert not RAW.search(report)
    assert report == "" or report.endswith("\n")
