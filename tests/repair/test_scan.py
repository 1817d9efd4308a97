"""The cheap condition says the same of a text, whichever of its patterns it makes for it."""

# ruff: noqa: SLF001 - which patterns are made is what is tested

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.repair import scan
from doclint.repair.scan import suspicious

PLAIN = (
    "It’s “quoted” — naïve café, 100 °C.\n" * 3,
    "Größe, façade, ½ × π.\n",
    "Ελληνικά: μία σελίδα.\n",
)
DAMAGED = ("Grüße", "“ein Wort”", "café", "техника", "技术", "naïve — €5")


def test_no_trace_of_pairs_is_without_a_character_that_is_looked_for() -> None:
    pairs = scan._pairs()
    for group in (pairs.rare, pairs.latin):
        # The groups are written for the inside of brackets: a backslash and a hyphen are none of their own characters.
        assert re.fullmatch(f"{scan._OF_PAIRS}+", group.replace("\\", "").replace("-", ""))


@pytest.mark.parametrize("text", PLAIN)
def test_a_page_in_latin_letters_needs_no_pattern_of_pairs(text: str) -> None:
    scan._traces.cache_clear()
    scan._traces_side_by_side.cache_clear()
    assert not suspicious(text)
    assert not scan._traces.cache_info().currsize
    assert not scan._traces_side_by_side.cache_info().currsize


@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "cp437", "koi8-r", "gbk", "cp932", "cp949", "big5"])
@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("around", ["{}", "a" * 500 + " {} " + "b" * 500])
def test_damage_is_seen(text: str, codec: str, around: str) -> None:
    damaged = around.format(text.encode().decode(codec, "replace"))
    assert suspicious(damaged) == (scan._traces().search(damaged) is not None)


@given(st.text(st.sampled_from("abz ÃÂâ€™œ¤é“”’ßüöЖЯя技术鎶€鏈丂亗カ\ufffd\n"), max_size=40), st.booleans())
def test_it_says_what_the_whole_pattern_says(text: str, long: bool) -> None:
    text = "plain words " * 40 + text if long else text
    assert suspicious(text) == (scan._traces().search(text) is not None)
