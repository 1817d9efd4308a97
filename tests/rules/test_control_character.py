from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.rules.control_character import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace

ZWSP, ZWNJ, ZWJ, WORD_JOINER, NO_BREAK = "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"
LRE, RLE, PDF, LRO, RLO = "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
LRM, RLM = "\u200e", "\u200f"


@pytest.mark.parametrize(
    "text",
    [
        "plain\ttext\r\n",
        "Füße – naïve",
        f"می{ZWNJ}خواهم",
        f"کتاب{ZWNJ}ها را می{ZWNJ}بینم",
        f"क्{ZWJ}ष and क्{ZWNJ}ष",
        f"ශ්{ZWJ}රී ලංකා",
        f"สวัสดี{ZWSP}ครับ",
        f"ភាសា{ZWSP}ខ្មែរ",
        f"漢字{ZWSP}仮名",
        f"👨{ZWJ}👩{ZWJ}👧 and 👩{ZWJ}💻 and 🏳️{ZWJ}🌈",
        "⚙️ with a variation selector",
        f"a {ZWSP}b and a{ZWSP} b",
        f"{ZWSP}start and end{ZWSP}",
        f"don{WORD_JOINER}’t",
        f"{NO_BREAK}# a page with a byte-order mark",
        "soft\u00adhyphen",
        "no\u00a0break",
        f"العربية {LRI}Markdown{PDI} هنا",
        f"{RLE}שלום{PDF} עולם",
        f"שלום {FSI}doclint{PDI} ו{LRI}git{PDI}",
        f"שלום {LRM}(C++){LRM}",
        f"price{RLM}: 5",
    ],
)
def test_silent_where_it_belongs_to_the_spelling(text: str) -> None:
    assert not look(RULE, text)


@pytest.mark.parametrize(
    "text",
    [
        f"`pass{ZWSP}word`",
        f"```\naccess{RLO}level\n```",
        f"    if a{RLI}b:",
        "`\x85`",
        f"ünd `pass{ZWSP}word` ünd",
    ],
)
def test_silent_in_code(text: str) -> None:
    assert not look(RULE, text)


def test_silent_where_it_is_part_of_damage_that_is_reported() -> None:
    assert not look(RULE, "今日は良い天気です。明日も良い天気です。".encode().decode("latin-1") + "\n")


# ------------------------------------------------------------------------------------------------------------ loud


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"the pass{ZWSP}word", "U+200B (zero width space)"),
        (f"the pass{ZWNJ}word", "U+200C (zero width non-joiner)"),
        (f"the pass{ZWJ}word", "U+200D (zero width joiner)"),
        (f"the pass{WORD_JOINER}word", "U+2060 (word joiner)"),
        (f"the pass{NO_BREAK}word", "U+FEFF (zero width no-break space)"),
        (f"при{ZWSP}вет", "U+200B (zero width space)"),
        (f"ναι{ZWSP}όχι", "U+200B (zero width space)"),
        (f"1{ZWSP}000", "U+200B (zero width space)"),
    ],
)
def test_a_zero_width_character_in_a_word(text: str, name: str) -> None:
    [seen] = look(RULE, text)
    assert seen.text in {ZWSP, ZWNJ, ZWJ, WORD_JOINER, NO_BREAK}
    assert seen.message == f"invisible character {name}"
    assert seen.help == "it breaks the word for search and copying: remove it"


def test_several_in_a_row_are_one_finding() -> None:
    [seen] = look(RULE, f"the pass{ZWSP}{WORD_JOINER}word")
    assert seen.text == ZWSP + WORD_JOINER


def test_a_c1_control() -> None:
    [seen] = look(RULE, "wait\x85 for it\n")
    assert seen.text == "\x85"
    assert seen.message == "invisible character U+0085 (a control character)"
    assert seen.help == "it is left over from a wrong encoding: write the text anew"
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        (f"user{RLO}gpj.exe", RLO),
        (f"access {RLI}begin", RLI),
        (f"access {PDI}end", PDI),
        (f"access {RLI}level{PDI} granted", RLI),
        (f"{LRI}{RLE}crossed{PDI}{PDF}", PDI),
        (f"שלום {RLI}open", RLI),
        (f"עולם{PDF}", PDF),
        (f"{LRO}forced{PDF} שלום", LRO),
    ],
)
def test_a_bidirectional_control_that_can_mislead(text: str, covered: str) -> None:
    [seen] = look(RULE, f"Before.\n{text}\nAfter – all good.\n")
    assert seen.text == covered
    assert seen.help == "it can make text read other than it is: remove it, or close it on its line"
    assert seen.hit.fix is None


def test_a_control_is_not_closed_by_the_next_line() -> None:
    [first, second] = look(RULE, f"שלום {RLI}עולם\nשלום{PDI}\n")
    assert (first.text, second.text) == (RLI, PDI)


def test_code_on_the_line_does_not_hide_a_control() -> None:
    [seen] = look(RULE, f"`x` and access {RLO}begin\n")
    assert seen.text == RLO


def test_a_control_does_not_hide_another_character_on_its_line() -> None:
    [seen] = look(RULE, f"the pass{ZWSP}word, שלום {LRI}git{PDI}\n")
    assert seen.text == ZWSP


def test_on_a_damaged_page_the_rest_is_still_found() -> None:
    text = f"{'Die Größe zählt.'.encode().decode('cp1252')}\n\nthe pass{ZWSP}word\n"
    [seen] = look(RULE, text)
    assert seen.text == ZWSP


# --------------------------------------------------------------------------------------------------- before -> after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"the pass{ZWSP}word\r\n", "the password\r\n"),
        (f"the pass{ZWSP}{ZWJ}word and lo{ZWNJ}gin", "the password and login"),
        (f"# pass{ZWSP}word\n\n`pass{ZWSP}word` 👩{ZWJ}💻\n", f"# password\n\n`pass{ZWSP}word` 👩{ZWJ}💻\n"),
    ],
)
def test_a_zero_width_character_is_removed(workspace: MakeWorkspace, before: str, after: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": before}, {"page.md": after}, Safety.UNSAFE)
