from __future__ import annotations

import re

import pytest

from doclint import suppress
from doclint.lines import LineMap
from doclint.model import Comment, Finding, Severity, Span

RULES = ("missing-file", "missing-anchor", "mojibake")


def silences_of(text: str) -> suppress.Silences:
    """Read the comments of a page whose comments all speak to doclint."""
    comments = [Comment(match[1], Span(*match.span())) for match in re.finditer(r"<!--\s*(.*?)\s*-->", text, re.DOTALL)]
    return suppress.read(comments, LineMap(text), RULES)


def finding(line: int, rule: str = "missing-file") -> Finding:
    place = LineMap("\n" * line).place(Span(line - 1, line - 1))
    return Finding(rule, Severity.ERROR, "page.md", Span(0, 0), place, "something is wrong")


def silenced(text: str, rule: str = "missing-file") -> list[int]:
    """Return the lines on which the comments of `text` silence `rule`."""
    silences = silences_of(text)
    return [line for line in range(1, text.count("\n") + 2) if silences.silence(finding(line, rule))]


def test_nothing_is_silenced_without_a_comment() -> None:
    assert silenced("one\ntwo\n") == []
    assert not list(silences_of("one\n").unused(RULES))


def test_the_next_line_and_no_other() -> None:
    text = "one\n<!-- doclint-disable-next-line missing-file -->\nthree\nfour\n"
    assert silenced(text) == [3]
    assert silenced(text, "missing-anchor") == []


def test_the_next_line_is_the_one_after_the_comments_last() -> None:
    assert silenced("<!-- doclint-disable-next-line\n missing-file:\n made later -->\nfour\nfive\n") == [4]


def test_a_comment_in_the_middle_of_a_line() -> None:
    assert silenced("one <!-- doclint-disable-next-line --> one\ntwo\nthree") == [2]


def test_carriage_returns_end_lines_too() -> None:
    silences = silences_of("one\r\n<!-- doclint-disable-next-line -->\r\nthree\r\n")
    assert [line for line in (1, 2, 3, 4) if silences.silence(finding(line))] == [3]


@pytest.mark.parametrize(
    "names",
    [
        "missing-file, mojibake",
        "missing-file,mojibake",
        "mojibake missing-file",
        " missing-file , mojibake : with a reason, and more: words",
        "mojibake,\n missing-file",
    ],
)
def test_several_rules(names: str) -> None:
    text = f"<!-- doclint-disable-file {names} -->\nlast"
    assert silenced(text)[-1] == text.count("\n") + 1
    assert silenced(text, "mojibake") == silenced(text)
    assert silenced(text, "missing-anchor") == []


def test_without_a_rule_all_are_meant() -> None:
    text = "<!-- doclint-disable-next-line: not now -->\ntwo\n"
    assert [silenced(text, rule) for rule in RULES] == [[2]] * 3


def test_the_whole_file_wherever_the_comment_stands() -> None:
    assert silenced("one\ntwo\n<!-- doclint-disable-file missing-file -->") == [1, 2, 3]


def test_from_disable_to_enable() -> None:
    text = "one\n<!-- doclint-disable missing-file -->\nthree\n<!-- doclint-enable missing-file -->\nfive\n"
    assert silenced(text) == [2, 3, 4]


def test_from_disable_to_the_end() -> None:
    assert silenced("one\n<!-- doclint-disable -->\nthree\nfour") == [2, 3, 4]


def test_enable_ends_only_what_it_names() -> None:
    text = "<!-- doclint-disable missing-file, mojibake -->\ntwo\n<!-- doclint-enable mojibake -->\nfour"
    assert silenced(text) == [1, 2, 3, 4]
    assert silenced(text, "mojibake") == [1, 2, 3]


def test_enable_without_a_rule_ends_all() -> None:
    text = "<!-- doclint-disable missing-file -->\n<!-- doclint-disable mojibake -->\n<!-- doclint-enable -->\nfour"
    assert silenced(text) == [1, 2, 3]
    assert silenced(text, "mojibake") == [2, 3]


def test_disabled_again_after_it_was_enabled() -> None:
    text = "<!-- doclint-disable -->\n<!-- doclint-enable -->\nthree\n<!-- doclint-disable -->\nfive"
    assert silenced(text) == [1, 2, 4, 5]


def test_one_comment_may_silence_much_and_is_needed_once() -> None:
    silences = silences_of("<!-- doclint-disable-file missing-file -->")
    assert silences.silence(finding(1))
    assert silences.silence(finding(900))
    assert not list(silences.unused(RULES))


def test_what_silences_nothing_is_told() -> None:
    text = "<!-- doclint-disable-file missing-file, mojibake -->\n<!-- doclint-disable-next-line -->\n"
    silences = silences_of(text)
    silences.silence(finding(1, "mojibake"))
    hits = list(silences.unused(RULES))
    assert [hit.message for hit in hits] == [
        'nothing here is found by "missing-file"',
        "nothing here is found by any rule",
    ]
    assert hits[0].span.of(text) == "<!-- doclint-disable-file missing-file, mojibake -->"
    # The first comment is needed for its other rule.
    assert [hit.help for hit in hits] == ["remove missing-file from the comment", "remove the comment"]


def test_a_rule_that_did_not_run_cannot_be_missed() -> None:
    assert not list(silences_of("<!-- doclint-disable-file missing-file -->").unused(["mojibake"]))


@pytest.mark.parametrize(
    ("comment", "message", "advice"),
    [
        ("doclint-disable-file missing-fiel", 'there is no rule "missing-fiel"', "`doclint rules` lists them"),
        ("doclint-enable", "nothing is disabled here that could be enabled", "remove the comment"),
        ("doclint-enable mojibake", "nothing is disabled here that could be enabled", "remove the comment"),
    ],
)
def test_mistakes(comment: str, message: str, advice: str) -> None:
    [hit] = silences_of(f"<!-- {comment} -->").unused(RULES)
    assert (hit.message, hit.help) == (message, advice)


@pytest.mark.parametrize(
    "comment",
    [
        "doclint-ignore",
        "doclint-disabled",
        "doclint-disable-line",
        "doclint-disable-line missing-file",
        "doclint-disable-files",
        "doclint-disable-nextline",
        "doclint-disable (missing-file)",
        "doclint-",
    ],
)
def test_a_word_that_is_not_known_silences_nothing(comment: str) -> None:
    text = f"<!-- {comment} -->\ntwo\n"
    assert silenced(text) == []
    assert [hit.message for hit in silences_of(text).unused(RULES)] == ["doclint does not know this comment"]


def test_an_unknown_rule_does_not_widen_the_comment() -> None:
    assert silenced("<!-- doclint-disable-file missing-fiel -->\ntwo\n") == []
    assert silenced("<!-- doclint-disable-next-line missing-fiel, missing-file -->\ntwo\n") == [2]
