from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import PAGE, index_of
from doclint.rules import RULES, selected
from doclint.rules.unused_suppression import RULE
from doclint.stamp import findings

if TYPE_CHECKING:
    from doclint.model import Finding
    from doclint.rules.base import Rule


def report(text: str, rules: tuple[Rule, ...] = RULES) -> list[Finding]:
    """Return what the rules, and then the comments of the page, have to say."""
    index = index_of({PAGE: text})
    return findings(index.pages[PAGE], index, rules)[0]


def unused(text: str) -> list[Finding]:
    return [finding for finding in report(text) if finding.rule == RULE.name]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing to silence.\n",
        "<!-- a comment -->\n",
        "<!-- markdownlint-disable MD001 -->\n",
        "<!-- doclint is good for you -->\n",
        "`<!-- doclint-disable -->`\n",
        "```\n<!-- doclint-disable-next-line -->\n```\n",
        "<!-- doclint-disable-next-line missing-file: made by the build -->\n[a](gone.md)\n",
        "<!-- doclint-disable-next-line -->\n[a](gone.md)\n",
        "<!-- doclint-disable-file missing-file -->\n\n\n[a](gone.md)\n",
        "[a](gone.md)\n\n<!-- doclint-disable-file missing-file -->\n",
        "<!-- doclint-disable missing-file -->\n[a](gone.md)\n<!-- doclint-enable missing-file -->\n",
        "<!-- doclint-disable -->\n[a](gone.md)\n",
        "<!-- doclint-disable-next-line missing-file, missing-anchor -->\n[a](gone.md) [b](#gone)\n",
    ],
)
def test_silent_for_a_comment_that_is_needed(text: str) -> None:
    assert not report(text)


def test_the_rule_itself_finds_nothing() -> None:
    index = index_of({PAGE: "<!-- doclint-disable-file missing-file -->\n"})
    assert not list(RULE.check(index.pages[PAGE], index))


def test_silent_about_a_rule_that_does_not_run() -> None:
    text = "<!-- doclint-disable-file missing-file -->\n"
    assert report(text, selected(("all",), ()))
    assert not report(text, selected(("all",), ("missing-file",)))


def test_a_comment_that_silences_nothing() -> None:
    text = "Intro.\n\n<!-- doclint-disable-next-line missing-file: built later -->\n[a](#intro)\n\n# Intro\n"
    [finding] = report(text)
    assert finding.span.of(text) == "<!-- doclint-disable-next-line missing-file: built later -->"
    assert finding.message == 'nothing here is found by "missing-file"'
    assert finding.help == "remove the comment"
    assert finding.place.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "<!-- doclint-disable-next-line missing-anchor -->\n[a](gone.md)\n",
        "<!-- doclint-disable-next-line missing-file -->\n\n[a](gone.md)\n",
        "[a](gone.md)\n<!-- doclint-disable-next-line missing-file -->\n",
        "<!-- doclint-disable missing-file -->\n<!-- doclint-enable missing-file -->\n[a](gone.md)\n",
    ],
)
def test_a_comment_in_the_wrong_place_or_for_the_wrong_rule(text: str) -> None:
    assert {finding.rule for finding in report(text)} == {"missing-file", RULE.name}


def test_each_of_the_rules_of_a_comment_must_be_needed() -> None:
    [finding] = report("<!-- doclint-disable-next-line missing-file, missing-anchor -->\n[a](gone.md)\n")
    assert finding.message == 'nothing here is found by "missing-anchor"'


def test_a_comment_without_a_rule() -> None:
    [finding] = unused("<!-- doclint-disable-file -->\nAll is well.\n")
    assert finding.message == "nothing here is found by any rule"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("doclint-disable-next-line missing-fle", 'there is no rule "missing-fle"'),
        ("doclint-disable-line missing-file", "doclint does not know this comment"),
        ("doclint-disable-next-line missing-file; built", "doclint does not know this comment"),
        ("doclint-enable missing-file", "nothing is disabled here that could be enabled"),
    ],
)
def test_a_comment_that_means_nothing(comment: str, message: str) -> None:
    [finding] = unused(f"<!-- {comment} -->\n")
    assert finding.message == message


def test_the_advice_for_an_unknown_comment_lists_what_there_is() -> None:
    [finding] = unused("<!-- doclint-ignore -->\n")
    assert finding.help == ("it knows doclint-disable-next-line, doclint-disable-file, doclint-disable, doclint-enable")


def test_it_can_be_silenced_itself() -> None:
    comment = "<!-- doclint-disable-next-line unused-suppression, missing-file -->\n<!-- doclint-ignore -->\n"
    assert {finding.message for finding in report(comment)} == {'nothing here is found by "missing-file"'}
