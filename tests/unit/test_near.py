from __future__ import annotations

import pytest

from doclint.near import near


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        ("install", []),
        ("", ["install", ""]),
        ("install", ["usage", "license"]),
        ("a", ["b", "c"]),
        ("set-up", ["changelog", "wie-man-anfängt"]),
        ("安装", ["许可"]),
    ],
)
def test_nothing_is_near(word: str, candidates: list[str]) -> None:
    assert near(word, tuple(candidates)) == ()


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("instal", ["usage", "install", "license"], "install"),
        ("INSTALL", ["install", "usage"], "install"),
        ("instlal", ["install"], "install"),
        ("guide.md", ["guides.md", "license.md"], "guides.md"),
        ("cafe-menu", ["café-menu", "prices"], "café-menu"),
        ("uber-uns", ["über-uns"], "über-uns"),
        ("安装指南二", ["安装指南", "许可"], "安装指南"),
        ("quick-start", ["quick-start-1", "quick-tour"], "quick-start-1"),
    ],
)
def test_one_leads_clearly(word: str, candidates: list[str], expected: str) -> None:
    assert near(word, tuple(candidates)) == (expected,)


def test_the_exact_word_comes_first() -> None:
    assert near("step-1", ("step-2", "step-1", "step-3"))[0] == "step-1"


def test_equals_are_all_named_but_never_more_than_three() -> None:
    assert set(near("step-x", ("step-1", "step-2"))) == {"step-1", "step-2"}
    assert len(near("step-x", tuple(f"step-{digit}" for digit in range(10)))) == 3


def test_the_words_are_given_back_as_they_are() -> None:
    assert near("straße", ("Straße",)) == ("Straße",)


def test_of_very_many_candidates_nothing_is_said() -> None:
    crowd = [f"{number:x}" for number in range(1_000)]
    assert near("instalation", ("installation", *crowd[1:])) == ("installation",)
    assert near("instalation", ("installation", *crowd)) == ()
    assert near("instalation", (*crowd, "installation")) == ()
