from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.replacement_character import RULE

LOST = "\ufffd"


@pytest.mark.parametrize(
    "text",
    [
        "a naïve approach",
        "is it? really?",
        "\ufffc \ufffe \u25a1",
        f"`{LOST}` stands for a lost byte",
        f"```\nna{LOST}ve\n```",
        f"    na{LOST}ve",
        f"`{LOST}` and again `{LOST}`",
        "a byte \0 of nothing",
        "&#xFFFD; written as a reference",
        f"{LOST} is U+FFFD",
        f"The replacement character ({LOST}) says that something was lost.",
        f"| {LOST} | `\\ufffd` |",
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, text)


def test_silent_for_a_byte_that_is_not_utf8() -> None:
    assert not look(RULE, "Füße, Höhe, caf".encode() + b"\xe9\n")


def test_one_lost_character() -> None:
    [seen] = look(RULE, f"a na{LOST}ve approach\n")
    assert seen.text == LOST
    assert seen.message == "a character was lost here (U+FFFD)"
    assert seen.help == "write the text anew, from a copy or an older commit"
    assert seen.hit.fix is None


def test_the_lost_characters_of_a_line_are_one_finding() -> None:
    [first, second] = look(RULE, f"na{LOST}ve d{LOST}{LOST}{LOST}vu\r\nfa{LOST}ade\r\n")
    assert [seen.text for seen in (first, second)] == [f"{LOST}ve d{LOST}{LOST}{LOST}", LOST]
    assert first.message == "4 characters were lost here (U+FFFD)"


@pytest.mark.parametrize(
    "text", [f"# na{LOST}ve", f"[na{LOST}ve](x.md)", f"> {LOST}", f"<b>{LOST}</b>", f"---\ntitle: {LOST}\n---\n"]
)
def test_wherever_it_stands(text: str) -> None:
    assert [seen.text for seen in look(RULE, text)] == [LOST]


def test_a_sign_in_code_does_not_hide_a_lost_character() -> None:
    [seen] = look(RULE, f"`{LOST}` stands in na{LOST}ve\n")
    assert seen.text == LOST
    assert seen.hit.span.start > len(f"`{LOST}`")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"U+FFFD was put into na{LOST}ve", LOST),
        (f"U+FFFD ({LOST}) stands in na{LOST}ve", LOST),
        (f"U+FFFD: {LOST}{LOST}", LOST * 2),
        (f"U+FFFD\n\n{LOST}", LOST),
    ],
)
def test_the_name_of_the_sign_hides_no_lost_character(text: str, found: str) -> None:
    [seen] = look(RULE, text)
    assert seen.text == found


def test_a_sign_in_code_is_not_counted() -> None:
    [seen] = look(RULE, f"na{LOST}ve, shown as `{LOST}`\n")
    assert seen.message == "a character was lost here (U+FFFD)"
