"""When an older line is a proof, and when an edit in the same commit may have made the line look like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_words import WORDS, page
from pages_at_hand import lossy, mended, written

from damage import misread
from doclint.model import Safety
from doclint.repair.ancestry import edited, is_likelier, odds, proves
from doclint.repair.language import Reader

if TYPE_CHECKING:
    from conftest import MakeWorkspace

OLDER = "这个选项默认可用，不需要打开设置页面。"
EDITED = "这个选项默认启用，不需要打开设置页面。"
NEW = ["今天天气很好，我们去公园。", "他昨天买了三本书，都很有意思。", "这里的水果又新鲜又便宜。"]


def test_the_two_lines_look_alike_after_the_damage() -> None:
    assert misread(OLDER, "cp1252", "drop") == misread(EDITED, "cp1252", "drop")


class TestOdds:
    reader = Reader({"zh": 1.0})

    def test_where_language_says_the_same(self) -> None:
        assert odds(OLDER, OLDER, self.reader) == 1.0

    def test_where_language_says_something_else(self) -> None:
        nonsense = OLDER.replace("选项", "龘靐")
        assert odds(nonsense, OLDER, self.reader) < 0.01
        assert odds(OLDER, nonsense, self.reader) == 1.0

    def test_the_worst_place_counts_and_not_their_number(self) -> None:
        one, two = OLDER.replace("选", "丁"), OLDER.replace("选", "丁").replace("页", "丁")
        assert odds(two, OLDER, self.reader) >= odds(one, OLDER, self.reader) * odds(
            OLDER.replace("页", "丁"), OLDER, self.reader
        )


class TestProof:
    def test_of_a_page_that_was_only_damaged(self) -> None:
        assert proves(0.1, edited([True] * 5))

    def test_language_may_contradict_strongly(self) -> None:
        assert not proves(0.001, edited([True] * 5))

    def test_of_a_page_that_was_rewritten_language_must_agree(self) -> None:
        rewritten = edited([True, False, False, False])
        assert proves(1.0, rewritten)
        assert not proves(0.7, rewritten)

    def test_the_more_lines_are_new_the_less_an_old_one_proves(self) -> None:
        needed = [edited([True] * (10 - new) + [False] * new) for new in range(10)]
        assert needed == sorted(needed)

    def test_what_is_no_proof_may_still_be_likelier(self) -> None:
        assert is_likelier(0.1, edited([True, False]))
        assert not is_likelier(0.0001, edited([True, False]))


class TestPages:
    @pytest.mark.parametrize("tag", ["zh", "ja", "ru", "ko", "el"])
    def test_one_new_line_does_not_take_the_proof_from_the_others(self, tag: str) -> None:
        text = page(tag) + "\n" + WORDS[tag][0][::-1] + "\n"
        content = mended(misread(text, "cp1252", "drop"), older=WORDS[tag])
        assert written(content, Safety.SAFE).startswith(WORDS[tag][0])

    def test_an_edit_among_others_is_not_taken_for_its_older_self(self, workspace: MakeWorkspace) -> None:
        space = workspace({"page.md": "\n\n".join(["# 文档", OLDER, *WORDS["zh"]]) + "\n"})
        text = "\n\n".join(["# 文档", EDITED, *NEW]) + "\n"
        space.commit({"page.md": misread(text, "cp1252", "drop")})
        space.fix(level=Safety.SAFE)
        assert OLDER not in space.read("page.md").decode()

    def test_language_contradicts(self) -> None:
        # What the line said before is a misprint that nobody would write again.
        text, misprint = "请先启动服务器，然后打开页面。", "请先卯动服务器，然后打开页面。"
        damaged = misread(text, "cp1252", "drop")
        assert damaged == misread(misprint, "cp1252", "drop")
        content = mended(damaged + "\n", older=[misprint])
        assert lossy(content)
        assert written(content, Safety.SAFE) == damaged + "\n"
