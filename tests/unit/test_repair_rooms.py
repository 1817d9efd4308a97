"""The rooms inside `repair/`, each at its seam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from damage import CODECS, clean, clean_names, misread
from doclint.lines import apply_edits, line_starts
from doclint.model import Edit, Span
from doclint.repair.codecs import LOST, NOT_A_BYTE, SINGLE_BYTE, codec
from doclint.repair.exact import lines_of, undo
from doclint.repair.judge import Seen, frequencies, judge
from doclint.repair.multibyte import MULTI_BYTE
from doclint.repair.naturalness import Kind, Scripts, bits, kind_of, own_bits, script_of
from doclint.repair.proof import corrupt
from doclint.repair.quoted import is_quoted
from doclint.repair.reading import read
from doclint.repair.scan import suspicious

if TYPE_CHECKING:
    from doclint.repair.runs import Line


def lines(text: str) -> list[Line]:
    return lines_of(text, line_starts(text))


class TestCodecs:
    def test_they_are_the_promised_ones(self) -> None:
        assert sorted(SINGLE_BYTE) == sorted(CODECS)

    @pytest.mark.parametrize("name", SINGLE_BYTE)
    def test_each_has_a_character_for_every_byte(self, name: str) -> None:
        characters = codec(name).characters
        assert len(characters) == len(set(characters)) == 256
        assert characters[:128] == tuple(map(chr, range(128)))

    @pytest.mark.parametrize("name", SINGLE_BYTE)
    def test_misreading_is_what_pythons_codec_does_where_it_can(self, name: str) -> None:
        for byte in range(256):
            if byte not in codec(name).lost:
                assert codec(name).characters[byte] == bytes((byte,)).decode(name)

    @pytest.mark.parametrize("name", SINGLE_BYTE)
    @pytest.mark.parametrize("text", ["", "plain\r\n\0", "é", "技术 👍", "Ещё\u00ad\u0081"])
    def test_the_way_back_is_exact(self, name: str, text: str) -> None:
        damaged = codec(name).misread(text)
        assert damaged == misread(text, name)
        assert codec(name).bytes_of(damaged).encode("latin-1").decode("utf-8") == text

    @pytest.mark.parametrize(
        ("name", "lost"),
        [
            ("cp1252", {0x81, 0x8D, 0x8F, 0x90, 0x9D}),
            ("cp1254", {0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E}),
            ("cp1251", {0x98}),
            ("latin-1", set()),
            ("koi8-r", set()),
            ("mac_roman", set()),
        ],
    )
    def test_the_bytes_without_a_character(self, name: str, lost: set[int]) -> None:
        assert codec(name).lost == lost

    def test_what_a_codec_cannot_write_is_no_byte(self) -> None:
        assert codec("cp1252").bytes_of("aя€") == f"a{NOT_A_BYTE}\x80"

    def test_a_replacement_character_stays_in_sight(self) -> None:
        assert codec("cp1252").bytes_of(f"Ã{LOST}") == f"\xc3{LOST}"

    def test_a_lone_surrogate_does_not_raise(self) -> None:
        # One stands for a stray byte; where it is whole, it must not end the run.
        damaged = codec("cp1252").misread("é\udcff")
        assert damaged.startswith("Ã©")
        assert codec("cp1252").bytes_of("Ã©\udcff") == f"\xc3\xa9{NOT_A_BYTE}"


class TestCorrupt:
    def test_codecs_act_in_their_order(self) -> None:
        assert corrupt("é", ("cp1252", "cp1251")) == misread(misread("é", "cp1252"), "cp1251")
        assert corrupt("é", ("cp1251", "cp1252")) != corrupt("é", ("cp1252", "cp1251"))

    def test_no_codec_changes_nothing(self) -> None:
        assert corrupt("é", ()) == "é"


class TestApplyEdits:
    def test_edits_are_made_side_by_side(self) -> None:
        edits = (Edit(Span(0, 1), "AA"), Edit(Span(1, 2), ""), Edit(Span(3, 3), "!"))
        assert apply_edits("abcd", edits) == "AAc!d"

    def test_none_changes_nothing(self) -> None:
        assert apply_edits("abc", ()) == "abc"


class TestScan:
    @pytest.mark.parametrize("text", ["", "plain", "é", "ÄÖÜ", "Größe", "技术", "– “x” …", "日本語のテキスト", "👍"])
    def test_text_without_a_pair_is_let_go(self, text: str) -> None:
        assert not suspicious(text)

    @pytest.mark.parametrize("name", SINGLE_BYTE)
    @pytest.mark.parametrize("page", clean_names())
    def test_no_damage_passes(self, name: str, page: str) -> None:
        for line in clean(page).split("\n"):
            assert line.isascii() or suspicious(misread(line, name))

    @pytest.mark.parametrize("name", MULTI_BYTE)
    @pytest.mark.parametrize("letter", "äéüñőșđ")
    def test_a_letter_inside_a_word_is_seen_whichever_code_page_read_it(self, letter: str, name: str) -> None:
        # The same character may be read from other bytes in another code page.
        damaged = letter.encode("utf-8").decode(name, "replace")
        assert len(damaged) > 1 or suspicious(f"a{damaged}b")

    @pytest.mark.parametrize("around", ["plain words ", "слово ", "λέξη ", "文字", "mot été "])
    def test_damage_is_seen_wherever_it_is(self, around: str) -> None:
        page = around * 2_000
        assert not suspicious(page)
        for name in SINGLE_BYTE:
            assert suspicious(f"{page}{misread('größer', name)} {page}")
        assert suspicious(f"{page}sch枚n {page}")

    def test_neighbours_are_neighbours_in_the_text(self) -> None:
        # Without the ASCII between, "Ã" and "©" would stand side by side.
        assert not suspicious("A word, Ã, and then the sign © " + "and more words " * 100)


class TestLines:
    def test_runs_are_what_is_not_ascii(self) -> None:
        [line] = lines("aäöb €\n")
        assert line.number == 1
        assert [(run.start, run.original, run.before, run.after) for run in line.runs] == [
            (1, "äö", "a", "b"),
            (5, "€", " ", ""),
        ]

    def test_ascii_lines_have_none(self) -> None:
        assert [(line.number, [run.text for run in line.runs]) for line in lines("a\nä\r\nb\rö")] == [
            (2, ["ä"]),
            (4, ["ö"]),
        ]

    def test_a_run_ends_with_its_line(self) -> None:
        assert [[(run.before, run.text, run.after) for run in line.runs] for line in lines("ä\r\nö\n")] == [
            [("", "ä", "")],
            [("", "ö", "")],
        ]

    def test_undo_takes_every_round_back(self) -> None:
        text = misread(clean("german"), "cp1252", times=2)
        rows = lines(text)
        undo(text, rows)
        [first] = [run for run in rows[0].runs if run.start == text.index("Ã")]
        assert (first.text, first.codecs) == ("ö", ("cp1252", "cp1252"))
        assert all(line.sure and not line.lost_in for line in rows)

    def test_undo_leaves_a_clean_page_as_it_is(self) -> None:
        text = clean("russian")
        rows = lines(text)
        undo(text, rows)
        assert all(run.text == run.original and not run.codecs for line in rows for run in line.runs)


class TestReading:
    def test_a_run_that_nothing_could_come_from(self) -> None:
        assert read(["é", "技", "я"], codec("cp1252"))[1:] == [None, None]

    def test_whole_characters(self) -> None:
        [reading] = read(["Ã©Ã¨"], codec("cp1252"))
        assert reading is not None
        assert (reading.exact, reading.lossy) == ("éè", None)
        assert reading.whole == {"\xc3"}
        assert reading.rests == ()

    def test_what_is_not_damaged_stands_as_it_is(self) -> None:
        [reading] = read(["яÃ©技"], codec("cp1252"))
        assert reading is not None
        assert reading.exact == "яé技"

    @pytest.mark.parametrize(
        ("text", "exact"),
        [
            ("Ã©", "é"),
            ("â€™", "’"),
            ("æŠ€", "技"),
            ("ðŸ‘\x8d", "👍"),
        ],
    )
    def test_characters_of_two_three_and_four_bytes(self, text: str, exact: str) -> None:
        [reading] = read([text], codec("cp1252"))
        assert reading is not None
        assert reading.exact == exact

    def test_the_rest_of_a_character_that_lost_a_byte(self) -> None:
        [reading] = read(["Ð¸Ñ"], codec("cp1252"))
        assert reading is not None
        assert reading.exact == "иÑ"
        assert reading.lossy is not None
        assert reading.lossy[0] == "и"
        assert script_of(reading.lossy[1]) == "CYRILLIC"
        assert reading.rests == ("\xd1",)

    def test_a_replacement_character_counts_as_a_lost_byte(self) -> None:
        [reading] = read([f"Ñ{LOST}"], codec("cp1252"))
        assert reading is not None
        assert reading.exact == f"Ñ{LOST}"
        assert reading.lossy is not None
        assert len(reading.lossy) == 1

    @pytest.mark.parametrize("text", ["À€", "í\xa0€", "ô\x90€€"])
    def test_what_utf8_forbids_is_no_whole_character(self, text: str) -> None:
        # Overlong, a surrogate, beyond U+10FFFF.
        [reading] = read([text], codec("cp1252"))
        assert reading is None or reading.whole == frozenset()

    def test_the_same_run_twice_reads_the_same(self) -> None:
        one, other, third = read(["Ã©", "я", "Ã©"], codec("cp1252"))
        assert one == third
        assert other is None


class TestNaturalness:
    @pytest.mark.parametrize(
        ("char", "kind"),
        [
            (" ", Kind.SPACE),
            ("\u3000", Kind.SPACE),
            ("a", Kind.LOWER),
            ("Я", Kind.UPPER),
            ("技", Kind.LETTER),
            ("\u0301", Kind.MARK),
            ("٣", Kind.DIGIT),
            ("½", Kind.SYMBOL),
            (".", Kind.PUNCTUATION),
            ("。", Kind.PUNCTUATION),
            ("„", Kind.OPENING),
            ("¿", Kind.OPENING),
            ("”", Kind.QUOTE),
            ("–", Kind.QUOTE),
            ("©", Kind.SYMBOL),
            ("│", Kind.BOX),
            ("█", Kind.BOX),
            ("👍", Kind.EMOJI),
            ("\u200d", Kind.JOINER),
            ("\ufffd", Kind.ODD),
            ("\x81", Kind.ODD),
            ("\ue000", Kind.ODD),
        ],
    )
    def test_what_a_character_is_to_a_reader(self, char: str, kind: Kind) -> None:
        assert kind_of(char) is kind

    @pytest.mark.parametrize(
        ("char", "script"),
        [
            ("a", "LATIN"),
            ("é", "LATIN"),
            ("ё", "CYRILLIC"),
            ("技", "CJK"),
            ("か", "CJK"),
            ("한", "CJK"),
            ("€", ""),
            ("1", ""),
        ],
    )
    def test_the_script_of_a_letter(self, char: str, script: str) -> None:
        assert script_of(char) == script

    @pytest.mark.parametrize(
        ("usual", "odd"), [("é", "ƫ"), ("я", "ѻ"), ("e", "\u0300"), ("–", "‒"), ("€", "\ufffd"), ("a", "\x81")]
    )
    def test_rare_characters_cost_more(self, usual: str, odd: str) -> None:
        assert own_bits(usual) < own_bits(odd)

    def test_a_script_that_the_page_is_written_in_costs_less(self) -> None:
        scripts = Scripts(["Привет, мир"])
        assert scripts.bits("CYRILLIC") < scripts.bits("GREEK")

    @pytest.mark.parametrize("name", SINGLE_BYTE)
    @pytest.mark.parametrize("word", ["éclair", "Größe", "привет", "技术", "なまえ", "ελιά", "łódź", "한국"])
    def test_a_word_needs_fewer_bits_than_what_damage_makes_of_it(self, word: str, name: str) -> None:
        scripts = Scripts(["plain words", word])
        assert bits(word, " ", " ", scripts) < bits(misread(word, name), " ", " ", scripts)

    @pytest.mark.parametrize(
        ("text", "other", "page"),
        [
            ("её", "ţ", "это её дом"),
            ("Ці", "֖", "Ці люди"),
        ],
    )
    def test_short_words_that_could_be_damage(self, text: str, other: str, page: str) -> None:
        scripts = Scripts([page])
        assert bits(text, " ", " ", scripts) < bits(other, " ", " ", scripts)

    def test_a_change_of_script_inside_a_word_costs(self) -> None:
        scripts = Scripts(["сто сто ooo ooo"])
        assert bits("сто", " ", " ", scripts) < bits("стo", " ", " ", scripts)

    def test_a_capital_inside_a_word_costs(self) -> None:
        scripts = Scripts(["words"])
        assert bits("éa", " ", " ", scripts) < bits("éA", " ", " ", scripts)

    def test_nothing_needs_nothing(self) -> None:
        assert bits("", "", "", Scripts([])) == 0


class TestJudge:
    def test_a_damaged_line_speaks_for_its_codec(self) -> None:
        rows = lines(misread("Größe und Länge", "cp1252"))
        [verdict] = judge(rows, codec("cp1252"), Scripts(["Größe und Länge"]))
        assert verdict.exact > 0
        assert verdict.whole
        assert verdict.score >= verdict.exact
        assert verdict.repaired == "öß\nä"

    def test_a_clean_line_speaks_against_it(self) -> None:
        rows = lines("её дом")
        for verdict in judge(rows, codec("koi8-r"), Scripts(["её дом"])):
            assert verdict.exact < 0
            assert verdict.score == 0

    def test_a_codec_that_cannot_have_written_a_line_has_no_verdict(self) -> None:
        assert judge(lines("技术"), codec("cp1252"), Scripts(["技术"])) == []

    def test_missing_bytes_are_seen(self) -> None:
        damaged = misread("Привет, добрый день, хорошая погода", "cp1252", "drop")
        [verdict] = judge(lines(damaged), codec("cp1252"), Scripts(["Привет"]))
        assert verdict.lossy > verdict.exact

    def test_where_nothing_is_missing_both_readings_are_worth_the_same_or_loss_is_impossible(self) -> None:
        [verdict] = judge(lines(misread("Größe", "cp1252")), codec("cp1252"), Scripts(["Größe"]))
        assert verdict.lossy <= verdict.exact

    def test_a_lost_line_is_not_judged_again(self) -> None:
        rows = lines(misread("Größe", "cp1252"))
        rows[0].lost_in = "cp1252"
        assert judge(rows, codec("cp1252"), Scripts(["Größe"])) == []

    def test_the_more_lines_are_damaged_the_likelier_is_damage(self) -> None:
        clean_lines, damaged = "schöne Größe\n" * 9, misread("schöne Größe\n", "cp1252")
        odds = []
        for text in (clean_lines + damaged, damaged * 10):
            rows = lines(text)
            odds.append(frequencies(judge(rows, codec("cp1252"), Scripts([text])), len(rows))[0])
        assert odds[0] < odds[1]

    @pytest.mark.parametrize(("damaged", "held"), [("Ã©?Ã", True), ("Ã©Ã", True), (f"Ã©a{LOST}", True), ("Ã©", False)])
    def test_a_line_with_what_may_be_the_rest_of_a_lost_character_is_held(self, damaged: str, held: bool) -> None:
        [verdict] = judge(lines(damaged), codec("cp1252"), Scripts(["é"]))
        assert verdict.held(Seen(frozenset("\xc3"), frozenset()), -10.0) is held


class TestQuoted:
    @staticmethod
    def asked(text: str, code: tuple[Span, ...], witnesses: tuple[str, ...] = ()) -> bool:
        rows = lines(text)
        undo(text, rows)
        damaged = [(line, runs) for line in rows if (runs := [run for run in line.runs if run.codecs])]
        assert damaged, "the example must be damaged"
        return is_quoted(text, rows, damaged, code, witnesses)

    def test_damage_in_prose_is_not(self) -> None:
        assert not self.asked("schÃ¶n und grÃ¼n und gÃ¤nzlich\n", ())

    def test_damage_in_code_alone_is(self) -> None:
        text = "so: `schÃ¶n grÃ¼n blÃ¶d`\n"
        assert self.asked(text, (Span(4, len(text) - 1),))
        assert not self.asked(text, (Span(4, len(text) - 1),), ("cp1252",))

    def test_a_sample_in_code_is_whatever_other_pages_say(self) -> None:
        text = "so: `schÃ¶n`\n"
        assert self.asked(text, (Span(4, len(text) - 1),), ("cp1252",))

    def test_code_and_prose(self) -> None:
        text = "schÃ¶n und grÃ¼n\n`schÃ¶n grÃ¼n`\n"
        assert not self.asked(text, (Span(text.index("`"), len(text) - 1),))

    def test_a_page_that_names_the_code_page(self) -> None:
        whole = "schön\ngrün\nblöd\n"
        assert self.asked("cp1252: schÃ¶n grÃ¼n\n" + whole, ())
        assert not self.asked("cp1252: schÃ¶n grÃ¼n\n", ())
