from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.report.excerpt import underline
from doclint.report.paths import relative_path, shown_path
from doclint.report.visible import columns, hidden, visible


def width_of(text: str) -> int:
    return sum(columns(character) for character in text)


# ----------------------------------------------------------------------------------------------------- carets


@pytest.mark.parametrize(
    ("text", "part", "padding", "carets"),
    [
        ("See [a](b.md)", "b.md", 8, 4),
        ("技术 [a](b.md)", "b.md", 9, 4),
        ("见 [技术](技.md)", "技.md", 10, 5),
        ("🚀 [a](b.md)", "b.md", 7, 4),
        ("cafe\N{COMBINING ACUTE ACCENT} [a](b.md)", "b.md", 9, 4),
        ("ｆｕｌｌ [a](b.md)", "b.md", 13, 4),
        ("ภาษาที่ [a](b.md)", "b.md", 10, 4),
        (unicodedata.normalize("NFD", "한글 [a](b.md)"), "b.md", 9, 4),
        ("\x1b[31m [a](b.md)", "b.md", 13, 4),
        ("\u202e [a](b.md)", "b.md", 11, 4),
        ("x\udcffy b.md", "b.md", 7, 4),
        ("x \u200b y", "\u200b", 2, 6),
        ("e\N{COMBINING ACUTE ACCENT} x", "\N{COMBINING ACUTE ACCENT}", 0, 1),
    ],
)
def test_carets_stand_below_what_they_mean(text: str, part: str, padding: int, carets: int) -> None:
    start = text.index(part)
    shown = underline(text, start, start + len(part), room=100, indent=8)
    assert (shown.padding, shown.carets) == (" " * padding, "^" * carets)


def test_a_tab_before_the_carets_stays_a_tab() -> None:
    shown = underline("\t技\t[a](b)", 7, 8, room=100, indent=8)
    assert (shown.line, shown.padding, shown.carets) == ("\t技\t[a](b)", "\t  \t" + " " * 4, "^")


def test_a_tab_above_the_carets_is_underlined_to_its_stop() -> None:
    assert underline("ab\tc", 1, 4, room=100, indent=8).carets == "^" * 8


def test_an_empty_place_still_has_a_caret() -> None:
    assert underline("abc", 1, 1, room=100, indent=8) == underline("abc", 1, 2, room=100, indent=8)
    assert underline("abc", 3, 3, room=100, indent=8).padding == "   "
    assert underline("abc", 99, 120, room=100, indent=8).padding == "   "


def test_a_line_that_fits_is_not_cut() -> None:
    text = "x" * 100
    assert underline(text, 0, 4, room=100, indent=8).line == text


@pytest.mark.parametrize("before", ["", "x" * 300, "技" * 300, "e\N{COMBINING ACUTE ACCENT}" * 300, "\t" * 50])
@pytest.mark.parametrize("after", ["", "y" * 300, "🚀" * 300])
def test_a_long_line_is_cut_around_the_carets(before: str, after: str) -> None:
    text = f"{before}[here]{after}"
    shown = underline(text, len(before), len(before) + 6, room=100, indent=8)
    assert shown.line.startswith("...") == bool(before)
    assert shown.line.endswith("...") == bool(after)
    assert width_of(shown.line.expandtabs()) <= 100
    assert shown.carets == "^" * 6
    start = shown.line.index("[here]")
    assert width_of(shown.line[:start].expandtabs()) == len(shown.padding.expandtabs())
    # A mark whose letter was cut away would be drawn on the ellipsis.
    assert not unicodedata.combining(shown.line.removeprefix("...")[0])


def test_what_is_longer_than_the_window_shows_its_beginning() -> None:
    shown = underline("x" * 100 + "y" * 500 + "z", 100, 600, room=100, indent=8)
    assert "xy" in shown.line
    assert "z" not in shown.line
    assert len(shown.padding + shown.carets) == len(shown.line) - len("...")


ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\r\t\x1b\x9b\x85\u2028\u202e\u200d\udcff\ud800技é\u0301%,: "))


@given(text=ANY_TEXT.map(lambda text: text * 9), start=st.integers(0, 300), length=st.integers(0, 300))
def test_carets_never_leave_the_line(text: str, start: int, length: int) -> None:
    shown = underline(text, start, start + length, room=60, indent=8)
    below = (" " * 8 + shown.padding + shown.carets).expandtabs()
    # One more column, for a caret that stands behind the line's last character.
    assert len(below) <= width_of((" " * 8 + shown.line).expandtabs()) + 1 or "\t" in shown.line
    assert set(shown.padding) <= {" ", "\t"}


# -------------------------------------------------------------------------------- paths and hidden characters


@pytest.mark.parametrize(
    ("path", "cwd", "expected"),
    [
        ("docs/a.md", "/repo", "docs/a.md"),
        ("docs/a.md", "/repo/docs", "a.md"),
        ("a.md", "/repo/docs/deep", "../../a.md"),
        ("a.md", "/", "repo/a.md"),
        ("a.md", "/repository", "../repo/a.md"),
        ("", "/repo", "."),
    ],
)
def test_relative_path(path: str, cwd: str, expected: str) -> None:
    assert relative_path(path, root="/repo", cwd=cwd) == expected


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("bad\udcff.md", r"bad\xff.md"),
        ("a\nb.md", r"a\nb.md"),
        ("\x1b[31m.md", r"\x1b[31m.md"),
        ("技.md", "技.md"),
    ],
)
def test_names_are_shown_on_one_line(path: str, shown: str) -> None:
    assert shown_path(path, root="/repo", cwd="/repo") == shown


def test_each_control_and_each_bidirectional_character_is_hidden() -> None:
    bidirectional = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for character in map(chr, range(0x110000)):
        dangerous = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        if dangerous or unicodedata.bidirectional(character) in bidirectional:
            assert hidden().match(character), hex(ord(character))


def test_visible_text_is_left_alone() -> None:
    text = "naïve “quotes” 技术 한국어 ไทย עברית 🚀❤️ \u00a0\u3000"
    assert visible(text) == text
