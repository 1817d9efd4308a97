"""What plain `fix` writes of a line is all of it: the rest of a repair by halves waits for `--unsafe`."""

from __future__ import annotations

import pytest
from own_words import page
from pages_at_hand import lossy, mended, written

from damage import Policy, misread, misread_pairs
from doclint.model import Safety

PORTUGUESE = ["A sessão não começou às dez horas.", "sessão", "Nossa configuração: você não está só, até amanhã."]
UNKNOWN = ("iso8859-5", "cp866", "cp1255", "cp1256", "cp1258")
"""Code pages that are not undone, but read some bytes like one that is."""


def assert_whole_or_not(damaged: str, true: str) -> None:
    lines = (text.split("\n") for text in (damaged, written(mended(damaged), Safety.SAFE), true))
    for before, after, truth in zip(*lines, strict=True):
        assert after in (before, truth)


class TestTwice:
    @pytest.mark.parametrize("text", PORTUGUESE)
    @pytest.mark.parametrize("policy", ["drop", "fffd", "qmark"])
    @pytest.mark.parametrize("name", ["cp1250", "cp1252", "cp1257"])
    def test_a_line_alone(self, name: str, policy: Policy, text: str) -> None:
        assert_whole_or_not(misread(text, name, policy, times=2), text)

    @pytest.mark.parametrize("tag", ["es", "pl", "cs", "el"])
    @pytest.mark.parametrize("policy", ["drop", "qmark"])
    @pytest.mark.parametrize("name", ["cp1250", "cp1257"])
    def test_a_page(self, name: str, policy: Policy, tag: str) -> None:
        assert_whole_or_not(misread(page(tag), name, policy, times=2), page(tag))

    @pytest.mark.parametrize("text", PORTUGUESE)
    @pytest.mark.parametrize("name", ["cp1250", "cp1252", "iso8859-2", "mac_roman"])
    def test_what_is_whole_is_still_written(self, name: str, text: str) -> None:
        assert written(mended(misread(text, name, times=2)), Safety.SAFE) == text


class TestAnotherCodec:
    @pytest.mark.parametrize("tag", ["fr", "pl", "ar"])
    @pytest.mark.parametrize("name", UNKNOWN)
    def test_of_which_only_a_part_can_be_undone(self, name: str, tag: str) -> None:
        damaged = "\n".join(
            "".join(bytes((byte,)).decode(name, "ignore") or chr(byte) for byte in line.encode())
            for line in page(tag).split("\n")
        )
        assert_whole_or_not(damaged, page(tag))

    @pytest.mark.parametrize(
        "damaged",
        [
            # Polish and French in Vietnamese and Arabic code pages, of which windows-1252 reads some of the bytes.
            "OtwÃ³rz plik i zamknij go, potem usuÅ„ kilka plikĂ³w.\n",
            "lâ€™objet et son modأ¨le sont lÃ\xa0.\n",
            # Swedish in ISO 8859-15, in which the second byte of "ä" is the euro sign.
            "UtvÃ€rdera villkoret: det Ã€r sant.\n",
        ],
    )
    def test_words_that_are_none(self, damaged: str) -> None:
        assert written(mended(damaged), Safety.SAFE) == damaged


class TestRests:
    def test_the_first_byte_of_a_dash_between_damaged_letters(self) -> None:
        text = "Les adresses à considérer dans ces en‑têtes transférés.\n\nUne ligne très simple.\n"
        damaged = misread(text, "iso8859-2", "drop-c")
        assert "â" in damaged
        assert_whole_or_not(damaged, text)

    def test_tells_of_those_in_front_of_them(self) -> None:
        text = "Dans l’invite générale.\n\nUne méthode d’apprentissage très simple.\n"
        damaged = misread(text, "latin-1", "drop-c")
        assert_whole_or_not(damaged, text)

    def test_a_stretch_of_a_line_may_be_damaged(self) -> None:
        text = "Die Mühle in Übersee, das Öl und der Käse sind später schön.\n"
        head, tail = text[:30], text[30:]
        assert written(mended(head + misread(tail, "cp1252")), Safety.SAFE) == text


class TestByteOrderMark:
    @pytest.mark.parametrize("mark", ["\ufeff", "ï»¿"])
    @pytest.mark.parametrize("older", ["", "\ufeff"])
    @pytest.mark.parametrize("policy", ["drop", "fffd", "qmark"])
    def test_history_proves_the_first_line_as_well(self, policy: Policy, older: str, mark: str) -> None:
        text = page("zh")
        if mark == "ï»¿" and not older:
            return  # A mark that an older version lacks was not proved by it.
        content = mended(mark + misread(text, "cp1252", policy), older=(older + text).split("\n"))
        assert written(content, Safety.SAFE) == "\ufeff" + text

    def test_of_a_page_misread_two_bytes_at_a_time(self) -> None:
        damaged = "\ufeff" + misread_pairs(page("zh"), "gbk", "fffd")
        assert written(mended(damaged, older=page("zh").split("\n")), Safety.SAFE) == "\ufeff" + page("zh")

    @pytest.mark.parametrize("mark", ["\ufeff", "ï»¿"])
    @pytest.mark.parametrize("tag", ["de", "fr", "ru", "ja"])
    def test_nothing_is_missing(self, tag: str, mark: str) -> None:
        assert written(mended(mark + misread(page(tag), "latin-1")), Safety.SAFE) == "\ufeff" + page(tag)


class TestNames:
    @pytest.mark.parametrize("name", ["iso8859-2", "cp1250"])
    @pytest.mark.parametrize("tag", ["zh", "ja"])
    def test_latin_2_and_windows_1250_are_told_apart(self, tag: str, name: str) -> None:
        found = lossy(mended(misread(page(tag), name, "drop-c")))
        assert {damage.codecs for damage in found} == {(name,)}

    @pytest.mark.parametrize("tag", ["zh", "ja", "ko"])
    def test_question_marks_stand_for_bytes(self, tag: str) -> None:
        found = lossy(mended(misread_pairs(page(tag), "cp949", "qmark")))
        assert {damage.loss for damage in found} <= {'replaced by "?"'}

    @pytest.mark.parametrize("tag", ["zh", "ja"])
    def test_a_question_mark_behind_words_stands_for_itself(self, tag: str) -> None:
        text = page(tag) + "ok?\n"
        found = lossy(mended(misread_pairs(text, "gbk", "drop")))
        assert found
        assert {damage.loss for damage in found} == {"bytes without a character dropped"}


class TestFragments:
    """A slug of damaged text has lost its signs: `#cafã` for `CafÃ©` is no half of a repair."""

    def test_a_table_of_contents_on_one_line(self) -> None:
        links = "[CafÃ©](#cafã) | [ThÃ© glacÃ©](#thã-glacã) | [RÃ©glÃ©](x.md#rã)"
        content = mended(f"# CafÃ©\n\n# ThÃ© glacÃ©\n\n{links}\n")
        assert written(content, Safety.SAFE).endswith("[Café](#cafã) | [Thé glacé](#thã-glacã) | [Réglé](x.md#rã)\n")

    def test_elsewhere_it_is(self) -> None:
        content = mended("# CafÃ©\n\n# ThÃ© glacÃ©\n\nCafÃ© (cafã) ThÃ©\n")
        assert content.damages[-1].safety < Safety.SAFE
