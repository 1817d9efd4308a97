"""The tables: which there are, what they weigh, when they are loaded, and that what they say is a probability."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from importlib.resources import files

import pytest
from own_words import WORDS, page, sentences

from damage import misread
from doclint.repair.language import Reader, Vocabulary, languages, spoken, table
from doclint.repair.ngrams import END, Kind, folded, step

TABLES = pathlib.Path(str(files("doclint.repair") / "tables"))
TOLERANCE = 1e-6
ROUNDED = 2
"""Weights are stored as whole powers of two, and several are multiplied: what should be one may be so much."""


class TestFiles:
    def test_every_promised_language_has_one(self) -> None:
        assert WORDS.keys() <= languages().keys()

    def test_the_list_names_every_file(self) -> None:
        assert {file.stem for file in TABLES.glob("*.xz")} == languages().keys()

    def test_nothing_else_lies_there(self) -> None:
        names = {file.name for file in TABLES.iterdir() if file.suffix != ".xz"}
        assert names == {"LICENSE.md", "languages.json"}

    def test_all_together_are_small(self) -> None:
        assert sum(file.stat().st_size for file in TABLES.iterdir()) <= 3_000_000

    def test_the_licence_names_its_sources(self) -> None:
        text = (TABLES / "LICENSE.md").read_text(encoding="utf-8")
        assert "creativecommons.org/licenses/by-sa/4.0" in text
        assert "build_language_tables.py" in text

    def test_the_list_says_the_same_of_each(self) -> None:
        known = json.loads((TABLES / "languages.json").read_text(encoding="utf-8"))
        for tag, language in known.items():
            assert language.keys() == {"kind", "letters", "words"}, tag
            words = language["words"].split()
            assert len(words) >= 20, tag
            assert len(words) == len(set(words)), tag
            assert Kind(language["kind"]) is languages()[tag].kind

    def test_no_two_languages_are_told_by_the_same_words(self) -> None:
        words = [language.words for language in languages().values()]
        assert len(words) == len(set(words))

    @pytest.mark.parametrize("tag", WORDS)
    def test_each_can_be_read(self, tag: str) -> None:
        known = table(tag)
        assert 3 <= known.order <= 8
        assert known.kind is languages()[tag].kind
        assert max(map(len, known.probabilities)) == known.order
        assert all(0 < probability <= 1 for probability in known.probabilities.values())
        assert all(weight > 0 for weight in known.weights.values())

    @pytest.mark.parametrize("tag", WORDS)
    def test_each_context_has_a_weight(self, tag: str) -> None:
        known = table(tag)
        assert known.weights.keys() == {key[:-1] for key in known.probabilities if len(key) > 1}


@pytest.mark.parametrize("tag", WORDS)
class TestProbability:
    @pytest.mark.parametrize("length", [0, 1, 3, 6])
    def test_all_characters_together_have_at_most_one(self, tag: str, length: int) -> None:
        known = table(tag)
        history = ""
        for char in " " + WORDS[tag][0][:length]:
            history = step(history, char)
        characters = {key for key in known.probabilities if len(key) == 1}
        if known.kind is not Kind.LATIN:
            # A foreign word is one sign to the table, however many letters it has.
            characters = {char for char in characters if not char.isascii()}
        total = sum(known.probability(char, history) for char in characters)
        assert 0 < total <= ROUNDED

    def test_each_lies_between_none_and_one(self, tag: str) -> None:
        known = table(tag)
        for char in {*"".join(WORDS[tag]), "\ufffe", "\u2603", "\U0001f680", END, "z", "0"}:
            for history in ("", " ", "zz", "\u2603\u2603", WORDS[tag][1][:5]):
                assert 0 < known.probability(step("", char), history) <= 1

    def test_its_own_page_is_likelier_than_the_reverse(self, tag: str) -> None:
        assert table(tag).expects(page(tag)) > table(tag).expects(page(tag)[::-1])

    def test_it_says_nothing_of_ascii(self, tag: str) -> None:
        assert table(tag).expects("Plain words, and nothing but 26 letters.") == 0


class TestSpoken:
    @pytest.mark.parametrize("tag", WORDS)
    def test_the_language_of_a_page(self, tag: str) -> None:
        assert next(iter(spoken(page(tag)))) == tag

    @pytest.mark.parametrize("tag", WORDS)
    def test_shares_are_shares(self, tag: str) -> None:
        shares = spoken(page(tag))
        assert all(0 < share <= 1 for share in shares.values())
        assert sum(shares.values()) <= 1 + TOLERANCE
        assert shares.keys() <= languages().keys()

    @pytest.mark.parametrize("text", ["", " \n", "12:30", "*** --- ***", "\ufffd\ufffd", "🚀 ✅"])
    def test_nothing_tells(self, text: str) -> None:
        assert spoken(text) == {}

    def test_code_does_not_outvote_the_prose(self) -> None:
        code = "def main(argument):\n    return argument.strip().lower()\n"
        assert next(iter(spoken(code + page("zh") + code))) == "zh"

    def test_two_languages_are_both_heard(self) -> None:
        assert spoken(page("ko") + page("ru")).keys() >= {"ko", "ru"}


class TestHistories:
    @pytest.mark.parametrize(
        ("history", "char", "after"),
        [("", "A", "a"), (" x", "7", " x0"), (" x0", "8", " x0"), ("x", "-", "x "), ("x ", "\t", "x "), ("", "É", "é")],
    )
    def test_a_step(self, history: str, char: str, after: str) -> None:
        assert step(history, char) == after

    def test_memory_has_an_end(self) -> None:
        history = ""
        for char in "".join(sentences()):
            history = step(history, char)
        assert len(history) <= 16

    @pytest.mark.parametrize(
        ("text", "kind", "result"),
        [
            ("In 2024 kam Ö-3", Kind.LATIN, "in 0 kam ö 0"),
            ("версия Python 3", Kind.SPACED, "версия a 0"),
            ("使用 Git 提交", Kind.UNSPACED, "使用a提交"),
            ("第 12 章", Kind.UNSPACED, "第0章"),
        ],
    )
    def test_folding(self, text: str, kind: Kind, result: str) -> None:
        assert folded(text, kind) == result


class TestVocabulary:
    def test_what_the_repository_says_is_likelier(self) -> None:
        own = Vocabulary(["葫芦丝教程", "葫芦丝指南"])
        plain, knowing = Reader({"zh": 1.0}), Reader({"zh": 1.0}, own)
        assert knowing.probability("丝", "葫芦") > plain.probability("丝", "葫芦")

    def test_it_says_nothing_of_what_it_has_not_seen(self) -> None:
        own = Vocabulary(["葫芦丝教程"])
        plain, knowing = Reader({"zh": 1.0}), Reader({"zh": 1.0}, own)
        assert knowing.probability("文", " 请看") == plain.probability("文", " 请看")

    def test_lines_of_ascii_teach_nothing(self) -> None:
        plain, knowing = Reader({"de": 1.0}), Reader({"de": 1.0}, Vocabulary(["plain words", "more of them"]))
        assert all(knowing.probability(char, " wör") == plain.probability(char, " wör") for char in "tdäe")

    def test_it_stays_a_probability(self) -> None:
        knowing = Reader({"zh": 1.0}, Vocabulary(["葫芦丝教程"] * 50))
        characters = {key for key in table("zh").probabilities if len(key) == 1 and not key.isascii()} | {"葫", "芦"}
        assert sum(knowing.probability(char, "葫芦") for char in characters) <= ROUNDED


RUN = """
import sys
from doclint.cli import cli
from doclint.repair.language import languages, table
try:
    cli(sys.argv[1:])
except SystemExit:
    pass
print(table.cache_info().currsize + languages.cache_info().currsize, file=sys.stderr)
"""


def loads_tables(folder: pathlib.Path, text: str, *words: str) -> bool:
    """Tell whether doclint opens a table for a page, in a process of its own."""
    (folder / "README.md").write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], cwd=folder, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stderr.strip().split("\n")[-1] != "0"


class TestLoading:
    @pytest.mark.parametrize("command", ["check", "fix"])
    @pytest.mark.parametrize("tag", ["zh", "ja", "ko", "ru", "fr"])
    def test_a_clean_page_needs_none(self, tmp_path: pathlib.Path, command: str, tag: str) -> None:
        assert not loads_tables(tmp_path, page(tag), command)

    @pytest.mark.parametrize(("tag", "codec"), [("zh", "latin-1"), ("ru", "koi8-r"), ("fr", "cp850"), ("ko", "cp437")])
    def test_an_exact_repair_needs_none(self, tmp_path: pathlib.Path, tag: str, codec: str) -> None:
        assert not loads_tables(tmp_path, misread(page(tag), codec), "fix")
        assert (tmp_path / "README.md").read_bytes() == page(tag).encode()

    def test_a_line_that_lost_bytes_needs_one(self, tmp_path: pathlib.Path) -> None:
        assert loads_tables(tmp_path, misread(page("zh"), "cp1252", "drop"), "check")
