"""The lattice of candidates: the truth is always among them, and what is whole has no other candidate."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from own_words import WORDS, sentences

from damage import CODECS, PAIR_CODECS, Policy, misread, misread_pairs, spaced
from doclint.repair.codecs import codec
from doclint.repair.lattice import LITERAL, MISSING, Tokens, edges, tokens
from doclint.repair.loss import Loss, lost_bytes

steady = settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

LOSSES: dict[Policy, Loss] = {
    "keep": Loss.NONE,
    "drop": Loss.DROPPED,
    "drop-c": Loss.CONTROLS,
    "fffd": Loss.REPLACED,
    "qmark": Loss.QUESTION,
}
ALPHABET = sorted(set("".join(sentences())) | set("🚀📝✅—“”…«»•→€№ÀàÍíáŕťŻ \xa0?A0"))

own_text = st.one_of(st.text(ALPHABET, min_size=1, max_size=12), st.sampled_from(sentences()))


def reaches(known: Tokens, truth: str) -> bool:
    """Tell whether the lattice holds a way that spells the truth."""
    places = {0}
    for char in truth:
        places = {
            edge.end
            for place in places
            if place < len(known.values)
            for edge in edges(known, place)
            if edge.char == char
        }
    return len(known.values) in places


def too_much_is_gone(text: str, name: str, loss: Loss) -> bool:
    """Tell whether a character lost its first byte, or three: nothing tells what those were."""
    lost = lost_bytes(name, loss)
    dropped = loss in (Loss.DROPPED, Loss.CONTROLS)
    for char in text:
        data = char.encode()
        if len(data) > 1 and ((dropped and data[0] in lost) or sum(byte in lost for byte in data) >= 3):
            return True
    return False


class TestTruth:
    @pytest.mark.parametrize("policy", LOSSES)
    @pytest.mark.parametrize("name", CODECS)
    @steady
    @given(text=own_text)
    def test_it_is_among_the_candidates(self, name: str, policy: Policy, text: str) -> None:
        assume(not too_much_is_gone(text, name, LOSSES[policy]))
        assert reaches(tokens(misread(text, name, policy), name, LOSSES[policy]), text)

    @pytest.mark.parametrize("name", CODECS)
    @steady
    @given(text=own_text, policy=st.sampled_from(["drop", "drop-c"]))
    def test_each_character_begins_where_what_is_left_of_it_begins(self, name: str, policy: Policy, text: str) -> None:
        assume(not too_much_is_gone(text, name, LOSSES[policy]))
        known = tokens(misread(text, name, policy), name, LOSSES[policy])
        for index, char in enumerate(text):
            start, end = (len(misread(text[:upto], name, policy)) for upto in (index, index + 1))
            assert (end, char) in {(edge.end, edge.char) for edge in edges(known, start)}

    @pytest.mark.parametrize("name", ["cp1252", "latin-1", "cp1254", "cp1250", "cp1251", "cp1257", "iso8859-2"])
    @pytest.mark.parametrize("policy", ["keep", "drop", "fffd"])
    @steady
    @given(text=own_text)
    def test_no_break_spaces_may_be_spaces_or_trimmed(self, name: str, policy: Policy, text: str) -> None:
        text = text.rstrip(" \xa0")
        assume(text and not too_much_is_gone(text, name, LOSSES[policy]))
        known = tokens(spaced(misread(text, name, policy)), name, LOSSES[policy])
        assert reaches(known, text)

    @pytest.mark.parametrize("policy", ["fffd", "qmark"])
    @pytest.mark.parametrize("name", ["gbk", "cp932"])  # the others may leave nothing of a character
    @pytest.mark.parametrize("tag", WORDS)
    def test_two_bytes_at_a_time(self, name: str, policy: Policy, tag: str) -> None:
        for sentence in WORDS[tag]:
            assert reaches(tokens(misread_pairs(sentence, name, policy), name, LOSSES[policy]), sentence)


class TestWhatIsWhole:
    @pytest.mark.parametrize("name", CODECS)
    @pytest.mark.parametrize("tag", WORDS)
    def test_it_has_one_candidate(self, name: str, tag: str) -> None:
        for sentence in WORDS[tag]:
            known = tokens(misread(sentence, name), name, Loss.NONE, blank=False)
            spelled, place = [], 0
            while place < len(known.values):
                [edge] = edges(known, place)
                assert not edge.guessed
                assert edge.cost == 0
                spelled.append(edge.char)
                place = edge.end
            assert "".join(spelled) == sentence

    @pytest.mark.parametrize("loss", Loss)
    @pytest.mark.parametrize("name", [*CODECS, *PAIR_CODECS])
    def test_ascii_stays(self, name: str, loss: Loss) -> None:
        text = "# Title [a](b.md#c) {d} <e> `f` | 1.0, 'g'; 50% \"h\" & i!"
        known = tokens(text, name, loss)
        assert "".join(edges(known, place)[0].char for place in range(len(text))) == text
        assert all(len(edges(known, place)) == 1 for place in range(len(text)))

    def test_a_character_that_the_codec_lacks_was_never_damaged(self) -> None:
        known = tokens("技âœ", "cp1252", Loss.DROPPED)
        assert known.values[0] == LITERAL
        assert [(edge.char, edge.guessed) for edge in edges(known, 0)] == [("技", False)]

    def test_a_character_that_was_not_damaged_itself_is_dear(self) -> None:
        known = tokens("é", "cp1252", Loss.REPLACED, blank=False)
        [edge] = edges(known, 0)
        assert edge.char == "é"
        assert edge.cost > 5


class TestCandidates:
    @pytest.mark.parametrize("name", CODECS)
    @steady
    @given(text=own_text, policy=st.sampled_from(["drop", "drop-c", "fffd", "qmark"]))
    def test_each_is_damaged_to_what_is_there(self, name: str, policy: Policy, text: str) -> None:
        damaged = misread(text, name, policy)
        known = tokens(damaged, name, LOSSES[policy], blank=False)
        for place in range(len(known.values)):
            for edge in edges(known, place):
                assert edge.end > place
                if edge.guessed:
                    assert misread(edge.char, name, policy) == damaged[place : edge.end]

    @pytest.mark.parametrize("name", CODECS)
    def test_none_is_unassigned_or_a_control(self, name: str) -> None:
        for lead in range(0xC2, 0xF5):
            known = tokens(codec(name).characters[lead] + "\ufffd" * 2, name, Loss.REPLACED)
            for edge in edges(known, 0):
                if edge.guessed:
                    assert unicodedata.category(edge.char) not in ("Cn", "Co", "Cs", "Cc")

    def test_no_two_are_the_same(self) -> None:
        for text in ("â€", "è", "ã", "Ð", "ï¼", "ðŸ"):
            known = tokens(text, "cp1252", Loss.CONTROLS)
            found = [(edge.end, edge.char) for edge in edges(known, 0)]
            assert len(found) == len(set(found))

    def test_a_closing_quotation_mark(self) -> None:
        known = tokens("â€ word", "cp1252", Loss.DROPPED)
        assert "”" in {edge.char for edge in edges(known, 0)}

    def test_a_sign_stands_for_a_byte(self) -> None:
        assert tokens("â€\ufffd", "cp1252", Loss.REPLACED).values == [0xE2, 0x80, MISSING]
        assert {edge.end for edge in edges(tokens("â€\ufffd", "cp1252", Loss.REPLACED), 0) if edge.guessed} == {3}

    def test_a_question_mark_may_be_one(self) -> None:
        known = tokens("really?", "cp1252", Loss.QUESTION)
        assert [edge.char for edge in edges(known, 6)][-1] == "?"
