"""Lines that lost bytes: how they were damaged is inferred, what is written is proved, and the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_words import WORDS, page, sentences
from pages_at_hand import lossy, mended, written

import doclint
from damage import CODECS, PAIR_CODECS, Policy, misread, misread_pairs, spaced, trimmed, unhyphenated
from doclint.model import Safety

if TYPE_CHECKING:
    from collections.abc import Callable

steady = settings(derandomize=True, deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])

LOSSES: dict[Policy, str] = {
    "drop": "bytes without a character dropped",
    "drop-c": "bytes without a visible character dropped",
    "fffd": "replaced by U+FFFD",
    "qmark": 'replaced by "?"',
}
LOSERS = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257")
"""The code pages that have bytes without a character."""

SCRIPTS = ("zh", "zh-Hant", "ja", "ko", "ru", "uk", "el", "ar", "he", "hi", "th", "vi")
RESTORED = [
    *(("cp1252", tag) for tag in SCRIPTS),
    *(("cp1250", tag) for tag in ("zh", "zh-Hant", "ja", "ko", "ru", "uk", "el", "fa", "he", "hi", "th", "ro")),
    *(("cp1251", tag) for tag in ("zh", "zh-Hant", "ko", "he")),
    *(("cp1254", tag) for tag in ("zh", "zh-Hant", "ja", "el", "th")),
    *(("cp1257", tag) for tag in ("ja", "ko", "ru", "uk", "tr", "ro", "sv")),
    ("cp1253", "hi"),
]
"""Pages that come back as a whole, whatever the program did with the bytes it could not show."""


class TestRestored:
    @pytest.mark.parametrize("policy", ["drop", "fffd", "qmark"])
    @pytest.mark.parametrize(("name", "tag"), RESTORED)
    def test_a_page(self, name: str, tag: str, policy: Policy) -> None:
        content = mended(misread(page(tag), name, policy))
        assert written(content) == page(tag)
        assert lossy(content)
        assert {damage.safety for damage in lossy(content)} == {Safety.UNSAFE}

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ko", "ru", "uk", "el", "ar", "he", "hi", "vi"])
    def test_soft_hyphens_are_stripped_as_well(self, tag: str) -> None:
        assert written(mended(misread(page(tag), "cp1252", "drop-c"))) == page(tag)

    @pytest.mark.parametrize(("tag", "policy"), [("zh", "drop"), ("zh", "fffd"), ("ru", "fffd"), ("ru", "drop")])
    def test_white_space_was_changed_as_well(self, tag: str, policy: Policy) -> None:
        assert written(mended(spaced(misread(page(tag), "cp1252", policy)))) == page(tag)

    @pytest.mark.parametrize("change", [spaced, trimmed])
    @pytest.mark.parametrize("policy", ["keep", "fffd", "qmark"])
    @pytest.mark.parametrize("tag", ["zh", "ja", "ko", "hi", "vi"])
    @pytest.mark.parametrize("name", ["cp1252", "cp1254"])
    def test_no_break_spaces_do_not_hide_the_policy(
        self, name: str, tag: str, policy: Policy, change: Callable[[str], str]
    ) -> None:
        damaged = change(misread(page(tag), name, policy))
        content = mended(damaged)
        assert written(content) == page(tag)
        told = {damage.loss for damage in lossy(content)}
        assert told <= {LOSSES.get(policy, "no-break spaces or soft hyphens changed")}

    @pytest.mark.parametrize("policy", ["keep", "fffd"])
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ko", "ru", "uk", "el", "ar", "hi", "vi"])
    @pytest.mark.parametrize("name", ["cp1252", "latin-1"])
    def test_soft_hyphens_are_stripped_where_bytes_are_marked(self, name: str, tag: str, policy: Policy) -> None:
        damaged = spaced(unhyphenated(misread(page(tag), name, policy)))
        content = mended(damaged)
        assert written(content) == page(tag)
        safe = written(content, Safety.SAFE).split("\n")
        for old, new, truth in zip(damaged.split("\n"), safe, page(tag).split("\n"), strict=True):
            assert new in (old, truth)

    @pytest.mark.parametrize("text", ["🚀 技术文档，请先阅读。", "⚠️ 请先备份，然后继续。", "📝 在这里写下你的名字。"])
    def test_emoji_stay_beside_words(self, text: str) -> None:
        damaged = misread(text + "\n\n" + page("zh"), "cp1252", "fffd")
        assert written(mended(damaged)).split("\n\n", 1)[1] == page("zh")

    def test_line_ends_stay(self) -> None:
        text = page("ru").replace("\n", "\r\n")
        assert written(mended(misread(text, "cp1252", "drop"))) == text

    def test_intact_lines_stay(self) -> None:
        lines = page("zh") + "\n" + misread(page("zh"), "cp1252", "drop")
        assert written(mended(lines)) == page("zh") + "\n" + page("zh")


class TestManner:
    @pytest.mark.parametrize("policy", ["fffd", "qmark"])
    @pytest.mark.parametrize(("name", "tag"), [pair for pair in RESTORED if pair[0] != "cp1254"])
    def test_how_it_was_damaged_is_inferred(self, name: str, tag: str, policy: Policy) -> None:
        for damage in lossy(mended(misread(page(tag), name, policy))):
            assert damage.codecs == (name,)
            assert damage.loss == LOSSES[policy]

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja"])
    def test_turkish_is_told_from_western(self, tag: str) -> None:
        for policy in ("drop", "fffd"):
            found = lossy(mended(misread(page(tag), "cp1254", policy)))
            assert {damage.codecs for damage in found} == {("cp1254",)}


class TestProof:
    @pytest.mark.parametrize("name", LOSERS)
    @steady
    @given(
        text=st.sampled_from(sentences()),
        policy=st.sampled_from(["drop", "fffd", "qmark", "drop-c"]),
        confidence=st.sampled_from([0.0, 0.5, 0.9]),
    )
    def test_what_is_written_is_damaged_to_what_was_there(
        self, name: str, text: str, policy: Policy, confidence: float
    ) -> None:
        content = mended(misread(f"{text}\n\n{text}\n", name, policy), confidence=confidence)
        for damage in lossy(content):
            [wrong] = damage.codecs
            [manner] = [each for each, words in LOSSES.items() if words == damage.loss] or ["keep"]
            for edit in damage.edits:
                old = edit.span.of(content.source.text)
                assert spaced(misread(edit.text, wrong, manner)) == spaced(old)
                assert damage.span.holds(edit.span)
                assert "\n" not in edit.text
                for inference in edit.inferred:
                    assert edit.text.startswith(inference.char, inference.offset)
                offsets = [inference.offset for inference in edit.inferred]
                assert offsets == sorted(set(offsets))

    @pytest.mark.parametrize("name", LOSERS)
    @steady
    @given(text=st.sampled_from(sentences()), policy=st.sampled_from(["drop", "fffd", "qmark"]))
    def test_what_is_inferred_is_never_safe(self, name: str, text: str, policy: Policy) -> None:
        content = mended(misread(text + "\n", name, policy))
        for damage in lossy(content):
            assert damage.safety < Safety.SAFE
        if lossy(content):
            assert written(content, Safety.SAFE) == content.source.text


class TestConfidence:
    @pytest.mark.parametrize("tag", SCRIPTS)
    @pytest.mark.parametrize("name", ["cp1252", "cp1253"])
    def test_each_character_is_as_likely_as_asked(self, name: str, tag: str) -> None:
        damaged = misread(page(tag), name, "drop")
        before = len(damaged)
        for confidence in (0.5, 0.99):
            content = mended(damaged, confidence=confidence)
            edits = [edit for damage in lossy(content) for edit in damage.edits]
            inferred = [inference for edit in edits for inference in edit.inferred]
            assert all(inference.posterior >= confidence for inference in inferred)
            assert all(
                share <= 1 - inference.posterior + 1e-9 for inference in inferred for _, share in inference.rivals
            )
            assert len(edits) <= before, "asking for more writes more"
            before = len(edits)

    @pytest.mark.parametrize("tag", SCRIPTS)
    def test_what_is_below_stays_whole(self, tag: str) -> None:
        damaged = misread(page(tag), "cp1252", "drop")
        content = mended(damaged, confidence=1.1)
        inferring = [edit for damage in lossy(content) for edit in damage.edits if edit.inferred]
        assert not inferring
        assert any(damage.held for damage in lossy(content))

    def test_a_rival_is_named(self) -> None:
        content = mended(misread(page("zh"), "cp1253", "drop"), confidence=0.0)
        inferred = [inference for edit in content.edits_from(Safety.UNSAFE) for inference in edit.inferred]
        assert any(inference.rivals for inference in inferred)


class TestPairs:
    @pytest.mark.parametrize("name", PAIR_CODECS)
    @pytest.mark.parametrize("policy", ["fffd", "qmark", "drop"])
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_plain_fix_writes_nothing_that_is_not_the_truth(self, name: str, policy: Policy, tag: str) -> None:
        damaged = misread_pairs(page(tag), name, policy)
        truth = page(tag).split("\n")
        for old, new, true in zip(
            damaged.split("\n"), written(mended(damaged), Safety.SAFE).split("\n"), truth, strict=True
        ):
            assert new in (old, true)


class TestSilence:
    @pytest.mark.parametrize("tag", WORDS)
    def test_a_clean_page(self, tag: str) -> None:
        content = mended(page(tag), intact=page("zh").split("\n"), older=page("ru").split("\n"))
        assert content.damages == ()
        assert content.text == page(tag)

    @pytest.mark.parametrize("tag", WORDS)
    @pytest.mark.parametrize("name", ["latin-1", "cp437", "cp850", "koi8-r", "mac_roman", "iso8859-2"])
    def test_nothing_is_missing_where_nothing_is_lost(self, name: str, tag: str) -> None:
        assert not lossy(mended(misread(page(tag), name)))

    @pytest.mark.parametrize("name", CODECS)
    @pytest.mark.parametrize(
        "text", ["Plain words.", "# Title\n\n- [x] done\n", "a?b ?? c\n", "na\ufffdve\n", "50 € ✅\n"]
    )
    def test_ascii_and_signs(self, name: str, text: str) -> None:
        del name
        assert mended(text, intact=sentences()).damages == ()

    @pytest.mark.parametrize("tag", ["zh", "ru", "fr", "ko"])
    def test_without_the_repository_nothing_is_restored(self, tag: str) -> None:
        damaged = misread(page(tag), "cp1253", "drop")
        content = doclint.repair(damaged)
        assert all(not damage.edits for damage in lossy(content))
        assert content.text.count("\n") == damaged.count("\n")

    @pytest.mark.parametrize("fence", ["```\n{}\n```\n", "~~~text\n{}\n~~~\n", "    {}\n", "See `{}` here.\n"])
    @pytest.mark.parametrize("tag", ["zh", "ja", "ru", "he"])
    def test_code_on_a_clean_page_quotes_it(self, fence: str, tag: str) -> None:
        text = f"{page(tag)}\n{fence.format(misread(WORDS[tag][0], 'cp1252', 'drop'))}\n{page('de')}"
        content = mended(text, intact=WORDS[tag], older=WORDS[tag])
        assert content.damages == ()
        assert content.text == text

    @pytest.mark.parametrize("tag", ["zh", "ja", "ru"])
    def test_a_page_about_encodings_quotes_it(self, tag: str) -> None:
        words = f"{page(tag)}\nThis is mojibake, UTF-8 read as windows-1252:\n\n"
        text = f"{words}> {misread(WORDS[tag][0], 'cp1252', 'drop')}\n"
        content = mended(text, intact=WORDS[tag], older=WORDS[tag])
        assert content.damages == ()
        assert content.text == text
