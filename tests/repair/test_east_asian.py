"""Text in the scripts of East Asia: what is clean stays, what was misread two bytes at a time is found."""

from __future__ import annotations

import pytest
from own_words import WORDS, page
from pages_at_hand import lossy, mended, written

from damage import PAIR_CODECS, Policy, misread_pairs
from doclint.model import Damage, DamageKind, Safety

CLEAN = {
    "zh": page("zh"),
    "zh-Hant": page("zh-Hant"),
    "ja": page("ja"),
    "ko": page("ko"),
    "mixed": page("zh") + page("ja") + page("ko") + page("zh-Hant"),
    "mixed with others": page("ja") + page("ru") + page("fr") + page("th"),
    "a sentence in two": "用日语说「こんにちは」，用韩语说“안녕하세요”。\n",
    "half-width katakana": "ﾊﾝｶｸｶﾅ ﾃｽﾄ ﾃﾞｰﾀ ｱｲｳｴｵ ｶﾞｷﾞｸﾞ\n",
    "a page of half-width katakana": "ﾃﾞｰﾀﾍﾞｰｽ ﾉ ﾌｧｲﾙ ｦ ﾄﾞｷｭﾒﾝﾄ ﾌｫﾙﾀﾞｰ ﾆ ﾎｿﾞﾝ ｼﾏｽ。ﾊﾟｽﾜｰﾄﾞ ﾊ ｱﾄﾃﾞ ｶｴﾗﾚﾏｽ。\n" * 8,
    "half-width in prose": "入力はﾊﾝｶｸｶﾅではなく全角カナにしてください。\n",
    "full-width letters": "ＡＢＣ１２３＠ｅｘａｍｐｌｅ．ｃｏｍ\n",
    "a dictionary": "一\n丁\n七\n万\n丈\n三\n上\n下\n不\n与\n丐\n丑\n",
    "rare ideographs": "龘\n靐\n齉\n爨\n犇\n骉\n麤\n鱻\n",
    "rare ideographs in a row": "龘靐齉齾爩鱻麤龗灪吁\n",
    "radicals": "⺀⺁⺂⺃ ⼀⼁⼂⼃\n",
    "strokes": "㇀㇁㇂㇃\n",
    "names": "王小明、李娜、張惠妹、佐藤健、김민수、陳奕迅、山田花子\n",
    "names with rare ideographs": "陶喆、李旼、王珺、朱镕、葛玥、赵頔、冯翀、韩昇\n",
    "places": "東京・大阪・北京・臺北・서울・香港・澳門\n",
    "a table": "| 名称 | 说明 |\n|---|---|\n| 端口 | 服务器端口 |\n| 用户 | 登录名 |\n",
    "a hanzi between letters": "A和B\n\nx与y\n\nGit或SVN\n",
    "a hanzi between words": "选择A或B，比较x和y。在Linux下用C写。\n",
    "a hangul between letters": "A와B\n\nJava와Python을 비교합니다.\n",
    "a kana between letters": "AとB\n\nRubyのGemとNode.jsのnpm\n",
    "letters with accents": "Zürich和Genève之间，Café的菜单\n",
    "pinyin": "nǐ hǎo（你好）、zài jiàn（再见）\n",
    "ruby": "漢字《かんじ》、東京《とうきょう》\n",
    "a poem": "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n",
    "circled": "①②③㈱㈲℡№㊤㊥㊦\n",
    "units": "㎜㎝㎞㎎㎏㏄㍉㌔㌢㍍\n",
    "brackets": "【重要】《指南》〈一〉「二」『三』〔四〕\n",
    "bopomofo": "ㄅㄆㄇㄈ ㄉㄊㄋㄌ\n",
    "old hangul": "ㅿㆁㆆㅸ 나랏말\n",
    "compatibility ideographs": "豈更車賈滑串句\n",
    "ideographs of the second plane": "𠮷野家 𠀋 𡈽 𢈘\n",
    "emoji": "🚀 快速开始 ✅ 完成 ⚠️ 注意\n",
}


def about(damages: tuple[Damage, ...]) -> set[str]:
    return {damage.codecs[0] for damage in damages}


class TestSilence:
    @pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
    def test_clean_text(self, text: str) -> None:
        content = mended(text, intact=WORDS["zh"], older=WORDS["ja"])
        assert content.damages == ()
        assert content.text == text

    @pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
    @pytest.mark.parametrize("frame", ["# {}", "- {}", "> {}", "[{}](a.md)", "**{}** and words", "| {} |\n|---|"])
    def test_clean_text_in_markdown(self, frame: str, text: str) -> None:
        framed = "Some words in front.\n\n" + frame.format(text.split("\n", maxsplit=1)[0]) + "\n"
        content = mended(framed)
        assert content.damages == ()
        assert content.text == framed

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_each_sentence_alone(self, tag: str) -> None:
        for sentence in WORDS[tag]:
            for length in range(1, len(sentence) + 1):
                assert mended(sentence[:length]).damages == ()

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_a_sign_for_what_a_writer_did_not_know(self, tag: str) -> None:
        for sentence in WORDS[tag]:
            text = sentence[:4] + "\ufffd" + sentence[4:] + "\n"
            content = mended(text)
            assert written(content) == text

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_question_marks_are_questions(self, tag: str) -> None:
        for sentence in WORDS[tag]:
            text = f"{sentence[:-1]}?\n\n?{sentence}\n\n{sentence[:5]}??{sentence[5:]}\n"
            assert written(mended(text)) == text

    @pytest.mark.parametrize("tag", WORDS)
    @pytest.mark.parametrize("codec", PAIR_CODECS)
    def test_code_on_a_clean_page_quotes_it(self, codec: str, tag: str) -> None:
        damaged = misread_pairs(WORDS["zh"][0], codec, "fffd")
        text = f"{page(tag)}\n```\n{damaged}\n```\n"
        assert written(mended(text, older=WORDS["zh"])) == text


PROVED = [("gbk", tag) for tag in ("zh", "zh-Hant", "ja", "ko", "ru", "el")]
PROVED += [("cp932", tag) for tag in ("zh", "zh-Hant", "ja")]


class TestFound:
    @pytest.mark.parametrize("tag", ["fr", "el", "cs", "tr"])
    def test_letters_of_two_bytes_became_half_width_katakana(self, tag: str) -> None:
        damaged = misread_pairs(page(tag), "cp932", "fffd")
        assert "ﾃ" in damaged or "ﾎ" in damaged or "ﾄ" in damaged
        content = mended(damaged)
        assert content.damages
        assert {damage.codecs[0] for damage in content.damages} == {"cp932"}
        before, after = page(tag).split("\n"), written(content).split("\n")
        right = sum(one == other for one, other in zip(before, after, strict=True))
        assert right >= len(before) * 2 // 3

    # The Korean code page, and the Japanese one for Korean, leave too little to tell anything.
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja"])
    @pytest.mark.parametrize("codec", ["gbk", "cp932"])
    @pytest.mark.parametrize("policy", ["fffd", "qmark"])
    def test_the_codec_is_inferred(self, codec: str, tag: str, policy: Policy) -> None:
        content = mended(misread_pairs(page(tag), codec, policy))
        assert lossy(content)
        assert about(content.damages) == {codec}

    @pytest.mark.parametrize(("codec", "tag"), PROVED)
    def test_history_proves_it(self, codec: str, tag: str) -> None:
        content = mended(misread_pairs(page(tag), codec, "fffd"), older=WORDS[tag])
        assert written(content, Safety.SAFE) == page(tag)

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    @pytest.mark.parametrize("codec", PAIR_CODECS)
    @pytest.mark.parametrize("policy", ["fffd", "qmark", "drop"])
    def test_what_is_written_is_damaged_to_what_was_there(self, codec: str, tag: str, policy: Policy) -> None:
        content = mended(misread_pairs(page(tag), codec, policy))
        policies: dict[str, Policy] = {"replaced by U+FFFD": "fffd", 'replaced by "?"': "qmark"}
        for damage in lossy(content):
            if damage.codecs[0] not in PAIR_CODECS:
                continue
            for edit in damage.edits:
                again = misread_pairs(edit.text, damage.codecs[0], policies.get(damage.loss, "drop"))
                assert again == edit.span.of(content.source.text)

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    @pytest.mark.parametrize("codec", PAIR_CODECS)
    @pytest.mark.parametrize("policy", ["fffd", "qmark", "drop"])
    def test_nothing_inferred_is_certain(self, codec: str, tag: str, policy: Policy) -> None:
        content = mended(misread_pairs(page(tag), codec, policy))
        assert all(damage.safety < Safety.SAFE for damage in content.damages if damage.kind is DamageKind.LOSSY)
