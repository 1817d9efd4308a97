"""Mojibake that was wrapped anew, so that line ends stand inside characters: exact ones come back, all else stays."""

from __future__ import annotations

import pytest
from own_words import WORDS, page
from pages_at_hand import mended, written

from damage import misread, wrapped
from doclint.model import DamageKind, Safety

CUT = [
    ("cp1252", "zh"),
    ("cp1252", "hi"),
    ("latin-1", "ja"),
    ("latin-1", "ru"),
    ("cp1254", "ko"),
    ("cp1250", "el"),
    ("cp1251", "ru"),
    ("cp1251", "zh"),
    ("cp437", "ja"),
    ("cp850", "ar"),
    ("koi8-r", "uk"),
    ("mac_roman", "zh-Hant"),
]
WIDTHS = (20, 31, 37)


def unwrapped(text: str, codec: str, width: int, gap: str = "\n") -> str:
    """Return what must become of `text`, misread and wrapped: each character stands where its first byte stood."""
    lines: dict[int, str] = {}
    position = 0
    for char in text:
        lines[position // width] = lines.get(position // width, "") + char
        position += len(misread(char, codec))
    return gap.join(lines.values())


def line_of(tag: str) -> str:
    return " ".join(WORDS[tag])


class TestRestored:
    @pytest.mark.parametrize("width", WIDTHS)
    @pytest.mark.parametrize(("codec", "tag"), CUT)
    def test_a_paragraph(self, codec: str, tag: str, width: int) -> None:
        damaged = wrapped(misread(line_of(tag), codec), width)
        content = mended(damaged)
        assert written(content) == unwrapped(line_of(tag), codec, width)
        assert any(damage.cut for damage in content.damages)
        assert {damage.kind for damage in content.damages} == {DamageKind.EXACT}

    @pytest.mark.parametrize(("codec", "tag"), [("cp1252", "zh"), ("cp437", "ja"), ("koi8-r", "uk"), ("latin-1", "ru")])
    def test_plain_fix_writes_what_is_exact(self, codec: str, tag: str) -> None:
        damaged = wrapped(misread(line_of(tag), codec), 31)
        assert written(mended(damaged), Safety.SAFE) == unwrapped(line_of(tag), codec, 31)

    @pytest.mark.parametrize("gap", ["\r\n", "\n  ", "\n\t", "\n> ", "\n> > "])
    def test_the_line_end_and_what_follows_it_stay(self, gap: str) -> None:
        damaged = wrapped(misread(line_of("zh"), "cp1252"), 31, gap)
        assert written(mended(damaged)) == unwrapped(line_of("zh"), "cp1252", 31, gap)

    def test_a_second_run_finds_nothing(self) -> None:
        damaged = wrapped(misread(line_of("zh"), "cp1252"), 31)
        assert mended(written(mended(damaged))).damages == ()

    def test_lines_that_were_not_cut_are_repaired_as_ever(self) -> None:
        damaged = misread(page("zh"), "cp1252") + "\n" + wrapped(misread(line_of("zh"), "cp1252"), 31)
        repaired = page("zh") + "\n" + unwrapped(line_of("zh"), "cp1252", 31)
        assert written(mended(damaged), Safety.SAFE) == repaired


class TestUncertain:
    def test_nothing_else_on_the_later_line(self) -> None:
        damaged = misread(page("fr"), "cp1252") + "\nla derniÃ\n¨re version.\n"
        content = mended(damaged)
        assert written(content, Safety.SAFE).endswith("\nla derniÃ\n¨re version.\n")
        assert written(content) == page("fr") + "\nla derniè\nre version.\n"

    @pytest.mark.parametrize("tag", ["zh", "ja", "ru"])
    def test_bytes_are_missing_too(self, tag: str) -> None:
        damaged = wrapped(misread(line_of(tag), "cp1252", "fffd"), 31)
        content = mended(damaged)
        cut = [damage for damage in content.damages if damage.cut]
        assert cut
        assert Safety.UNSAFE in {damage.safety for damage in cut} <= {Safety.UNSAFE, Safety.DISPLAY}
        right = set(written(content).split("\n")) & set(unwrapped(line_of(tag), "cp1252", 31).split("\n"))
        assert len(right) > len(damaged.split("\n")) // 2

    def test_a_line_that_is_held_holds_the_lines_it_shares_a_character_with(self) -> None:
        damaged = wrapped(misread(line_of("zh"), "cp1252", "fffd"), 31)
        content = mended(damaged, confidence=1.1)
        for damage in content.damages:
            if damage.cut and not damage.edits:
                assert damage.safety is Safety.DISPLAY
                assert damage.held
        assert len(written(content).split("\n")) == len(damaged.split("\n"))


FRENCH = misread(page("fr"), "cp1252")
CHINESE = misread(page("zh"), "cp1252")
OPEN = misread("技术文档技", "cp1252")[:-1]  # one character short: U+20AC would complete it


class TestSilence:
    @pytest.mark.parametrize("width", WIDTHS)
    @pytest.mark.parametrize("tag", WORDS)
    def test_clean_text_that_is_wrapped_anywhere(self, tag: str, width: int) -> None:
        text = wrapped(line_of(tag), width)
        assert mended(text).damages == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Voilà\n«\xa0Bonjour\xa0»\n",
            "CAFÃ\n©tait\n",
            "une année\n“quoted” words\n",
            "OLÁ\n• um\n• dois\n",
            "Å\n°C or Â\n§ 3\n",
            "É\n€uro\n",
        ],
    )
    @pytest.mark.parametrize("tag", ["fr", "pt", "tr", "ru"])
    def test_clean_text_with_what_looks_like_the_rest_of_a_character(self, tag: str, text: str) -> None:
        content = mended(page(tag) + "\n" + text)
        assert content.damages == ()

    @pytest.mark.parametrize(
        "later",
        [
            "• a point",
            "“Quoted” words",
            "€ 5",
            "€uro and naïve",
            "€ — intact",
            "€",
            "\n€uro",
            "€- a point",
            "€# a heading",
            "€1. one",
            "€| cell",
            "€€uro",
        ],
    )
    def test_a_later_line_that_is_not_the_rest(self, later: str) -> None:
        content = mended(f"{OPEN}\n{later}\n\n{CHINESE}")
        assert not any(damage.cut for damage in content.damages)
        assert f"\n{later}\n" in written(content)

    @pytest.mark.parametrize("later", ["«Bonjour» et là", "©2020 à Genève", "¨ trémas"])
    def test_an_intact_line_behind_a_damaged_one(self, later: str) -> None:
        content = mended(f"Voici dÃ©jÃ\n{later}\n\n{FRENCH}")
        assert f"\n{later}\n" in written(content)

    @pytest.mark.parametrize("later", ["€uro", "€uro and naïve"])
    def test_plain_fix_never_takes_from_a_line_that_may_be_intact(self, later: str) -> None:
        content = mended(f"{OPEN}\n{later}\n\n{CHINESE}")
        assert f"{OPEN}\n{later}\n" in written(content, Safety.SAFE)

    @pytest.mark.parametrize("tag", ["zh", "fr"])
    def test_quoted_in_code_on_a_clean_page(self, tag: str) -> None:
        code = wrapped(misread(WORDS["zh"][0], "cp1252"), 31)
        text = f"{page('zh')}\n{page(tag)}\n```\n{code}\n```\n"
        content = mended(text)
        assert content.damages == ()
        assert content.text == text

    def test_damage_that_was_damaged_again_is_not_put_together_by_halves(self) -> None:
        damaged = wrapped(misread(line_of("fr"), "cp1252", times=2), 32)
        content = mended(damaged)
        for line, was in zip(written(content, Safety.SAFE).split("\n"), damaged.split("\n"), strict=True):
            assert line == was or "Ã" not in line
