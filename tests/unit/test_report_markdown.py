from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from doclint.model import Change, HeldBack, Outcome, Rename
from doclint.report import render
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, OPTIONS, outcomes

if TYPE_CHECKING:
    from markdown_it.token import Token


def tokens(report: str) -> list[Token]:
    """Return the tokens of a report as GitHub reads it."""
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(report)
    return [*parsed, *chain.from_iterable(token.children or () for token in parsed)]


def shown(report: str) -> str:
    return "\n".join(token.content for token in tokens(report) if token.type == "text")


def test_nothing_found_is_said_and_no_more() -> None:
    assert render("markdown", CLEAN, OPTIONS) == "## doclint\n\nall good: 125 pages, 4,310 links\n"


def test_findings_are_counted_by_rule_and_listed_by_file() -> None:
    other = replace(ANCHOR, rule="missing-file", path="docs/b.md", message='no file "x_y.md" in the repository')
    report = render("markdown", replace(CLEAN, findings=(ANCHOR, ANCHOR, other)), OPTIONS)
    assert "| ❌ missing\\-anchor | 2 |\n| ❌ missing\\-file | 1 |" in report
    assert "table_open" in {token.type for token in tokens(report)}
    headings = [token.content for token in tokens(report) if token.type == "inline" and token.level == 1]
    assert "docs/a\\.md" in headings
    text = shown(report)
    assert 'no file "x_y.md" in the repository' in text
    assert "did you mean #install?" in text


def test_what_was_left_out_is_said() -> None:
    many = tuple(replace(ANCHOR, path=f"docs/{number:04}.md") for number in range(1_000))
    report = render("markdown", replace(CLEAN, findings=many), OPTIONS)
    assert "**800 more findings in 800 files left out**" in report
    assert "docs/0199" in report
    assert "docs/0200" not in report
    few = render("markdown", replace(CLEAN, findings=many[:200]), OPTIONS)
    assert "left out" not in few


def test_the_longest_report_fits_into_a_summary_of_github() -> None:
    long = replace(ANCHOR, message="*" * 100_000, help="`" * 100_000)
    many = tuple(replace(long, path=f"{'#' * 3_000}{number}.md") for number in range(3_000))
    held = tuple(HeldBack(f"{'~' * 3_000}{number}.md", "_" * 3_000) for number in range(3_000))
    report = render("markdown", replace(CLEAN, findings=many, held_back=held), OPTIONS)
    assert len(report.encode()) < 2**20
    assert "and 2,800 more files" in report


def test_what_was_written_is_told_by_fix_alone() -> None:
    outcome = replace(
        CLEAN,
        changed=(Change("a.md", "x", "y", 2),),
        renamed=(Rename("b.md", "c.md"),),
        held_back=(HeldBack("d.md", "no"),),
    )
    assert "fixed: a\\.md, 2 fixes" in render("markdown", outcome, replace(OPTIONS, command="fix"))
    assert "would be fixed: a\\.md" in render("markdown", outcome, replace(OPTIONS, command="diff"))
    checked = render("markdown", outcome, OPTIONS)
    assert "fixed" not in checked
    assert "**not written**: d\\.md: no" in checked


@pytest.mark.parametrize(
    "hostile",
    [
        "[a](http://b.example)",
        "![a](b.png)",
        "<script>alert(1)</script>",
        "<http://b.example>",
        "`code`",
        "| a | b |",
        "~~x~~ **y** _z_",
        "&lt;b&gt;",
        "# heading\n\n- list\n***",
        "a\\",
        "http://b.example www.b.example",
    ],
)
def test_content_is_shown_and_is_no_markup(hostile: str) -> None:
    finding = replace(ANCHOR, message=hostile, help=hostile, path=hostile, rule=hostile)
    report = render("markdown", replace(CLEAN, findings=(finding,)), OPTIONS)
    plain = render("markdown", replace(CLEAN, findings=(replace(ANCHOR, help="x"),)), OPTIONS)
    assert {token.type for token in tokens(report)} <= {token.type for token in tokens(plain)}
    assert hostile.split("\n", maxsplit=1)[0] in shown(report)


@given(outcome=outcomes())
def test_whatever_a_repository_holds_it_adds_no_markup(outcome: Outcome) -> None:
    report = render("markdown", outcome, OPTIONS)
    report.encode()
    allowed = {"text", "inline", "softbreak", "hardbreak", "hr"} - {"hr"}
    for token in tokens(report):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in allowed | {
            *("heading", "paragraph", "bullet_list", "list_item", "strong", "code_inline"),
            *("table", "thead", "tbody", "tr", "th", "td"),
        }
