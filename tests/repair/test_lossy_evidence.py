"""What proves a line that lost bytes: its page's history, and equal lines elsewhere; without proof none is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_words import WORDS, page
from pages_at_hand import lossy, mended, written

from damage import Policy, misread
from doclint.model import Safety

if TYPE_CHECKING:
    from conftest import MakeWorkspace

PAIRS = [("zh", "cp1252"), ("ru", "cp1252"), ("ko", "cp1254"), ("el", "cp1253"), ("he", "cp1250"), ("ja", "cp1257")]
POLICIES: tuple[Policy, ...] = ("drop", "fffd", "qmark")


class TestHistory:
    @pytest.mark.parametrize("policy", POLICIES)
    @pytest.mark.parametrize(("tag", "codec"), PAIRS)
    def test_a_committed_page_was_damaged_since(
        self, workspace: MakeWorkspace, tag: str, codec: str, policy: Policy
    ) -> None:
        space = workspace({"page.md": page(tag)})
        space.write({"page.md": misread(page(tag), codec, policy)})
        space.fix(level=Safety.SAFE, select=("mojibake", "lossy-mojibake"))
        assert space.read("page.md") == page(tag).encode()

    @pytest.mark.parametrize(("tag", "codec"), PAIRS)
    def test_the_damage_was_committed(self, workspace: MakeWorkspace, tag: str, codec: str) -> None:
        space = workspace({"page.md": page(tag)})
        space.commit({"page.md": misread(page(tag), codec, "drop")})
        space.commit({"other.md": "# Words\n"})
        space.fix(level=Safety.SAFE)
        assert space.read("page.md") == page(tag).encode()
        assert not space.check()

    def test_the_page_had_another_name(self, workspace: MakeWorkspace) -> None:
        space = workspace({"old.md": page("zh")})
        space.git("mv", "old.md", "new.md")
        space.commit({})
        space.commit({"new.md": misread(page("zh"), "cp1252", "drop")})
        space.fix(level=Safety.SAFE)
        assert space.read("new.md") == page("zh").encode()

    def test_the_page_lies_in_a_folder(self, workspace: MakeWorkspace) -> None:
        space = workspace({"docs/guide/page.md": page("ru")})
        space.commit({"docs/guide/page.md": misread(page("ru"), "cp1252", "drop")})
        space.fix("docs", level=Safety.SAFE)
        assert space.read("docs/guide/page.md") == page("ru").encode()

    def test_it_is_said_what_proves_it(self, workspace: MakeWorkspace) -> None:
        space = workspace({"page.md": page("zh")})
        space.write({"page.md": misread(page("zh"), "cp1252", "drop")})
        found = space.check(select=("lossy-mojibake",))
        assert found
        for finding in found:
            assert "an older version of the page proves it" in finding.help
            assert finding.fix is not None
            assert finding.fix.safety is Safety.SAFE
            assert finding.fix.inferred == ()

    def test_a_line_that_is_new_is_not_proved(self, workspace: MakeWorkspace) -> None:
        first, second, third = WORDS["zh"]
        space = workspace({"page.md": f"{first}\n\n{third}\n"})
        space.write(
            {"page.md": misread(f"{first}\n\n{second}今天天气很好，我们去公园。\n\n{third}\n", "cp1252", "drop")}
        )
        before = space.read("page.md").decode().split("\n")
        space.fix(level=Safety.SAFE)
        after = space.read("page.md").decode().split("\n")
        assert (after[0], after[4]) == (first, third)
        assert after[2] == before[2]

    def test_indentation_and_line_ends_stay(self, workspace: MakeWorkspace) -> None:
        first, second, third = WORDS["zh"]
        text = f"- {first}\r\n\r\n  {second}\r\n\r\n> {third}"
        space = workspace({"page.md": text})
        space.write({"page.md": misread(text, "cp1252", "drop")})
        space.fix(level=Safety.SAFE)
        assert space.read("page.md") == text.encode()


class TestHistoryIsNoProof:
    @pytest.mark.parametrize("tag", ["zh", "ru", "he"])
    def test_of_another_line(self, tag: str) -> None:
        first, second, third = WORDS[tag]
        damaged = misread(f"{first}\n", "cp1252", "drop")
        content = mended(damaged, older=[second, third, first[:-1], first + "!"])
        assert written(content, Safety.SAFE) == damaged
        assert all(not damage.witness for damage in lossy(content))

    def test_where_two_lines_are_damaged_to_the_same(self) -> None:
        damaged = misread("the “quote” that ends here", "cp1252", "drop")
        two = ["the “quote” that ends here", damaged[:-15] + "x", "the “quote\u2001 that ends here"]
        content = mended(damaged + "\n", older=two)
        assert written(content, Safety.SAFE) == damaged + "\n"

    def test_of_a_page_without_a_commit(self, workspace: MakeWorkspace) -> None:
        space = workspace({"README.md": "# Words\n"})
        damaged = misread(page("ko"), "cp1254", "drop")
        space.write({"page.md": damaged})
        space.fix(level=Safety.SAFE)
        assert space.read("page.md") == damaged.encode()

    def test_of_the_history_of_another_page(self, workspace: MakeWorkspace) -> None:
        space = workspace({"one.md": page("he"), "two.md": "# Words\n"})
        damaged = misread(page("he"), "cp1252", "drop")
        space.git("rm", "--quiet", "one.md")
        space.commit({"two.md": damaged})
        space.fix(level=Safety.SAFE)
        assert space.read("two.md") == damaged.encode()

    def test_that_was_damaged_from_the_first(self, workspace: MakeWorkspace) -> None:
        damaged = misread(page("ru"), "cp1252", "drop")
        space = workspace({"page.md": damaged})
        space.commit({"page.md": damaged + "\nmore\n"})
        assert not space.fix(level=Safety.SAFE).changed
        assert space.read("page.md") == (damaged + "\nmore\n").encode()


class TestElsewhere:
    @pytest.mark.parametrize("policy", POLICIES)
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ko", "ru", "uk", "el", "hi"])
    def test_an_equal_line_that_language_agrees_with(self, tag: str, policy: Policy) -> None:
        damaged = misread(page(tag), "cp1252", policy)
        content = mended(damaged, intact=WORDS[tag])
        assert written(content, Safety.SAFE) == page(tag)
        assert {damage.witness for damage in lossy(content)} == {"an intact line elsewhere in the repository"}

    @pytest.mark.parametrize("text", ["naïve “quote”", "the “x”", "«да»”"])
    def test_a_short_line_proves_nothing(self, text: str) -> None:
        damaged = misread(text, "cp1252", "drop") + "\n"
        assert written(mended(damaged, intact=[text]), Safety.SAFE) == damaged

    def test_in_a_repository(self, workspace: MakeWorkspace) -> None:
        damaged = misread(page("zh"), "cp1252", "drop")
        space = workspace({"one.md": damaged, "two.md": "# 文档\n\n" + page("zh")})
        two = space.read("two.md")
        space.fix(level=Safety.SAFE)
        assert space.read("one.md") == page("zh").encode()
        assert space.read("two.md") == two

    def test_a_line_that_is_damaged_as_well_proves_nothing(self, workspace: MakeWorkspace) -> None:
        damaged = misread(page("zh"), "cp1252", "drop")
        space = workspace({"one.md": damaged, "two.md": damaged})
        assert not space.fix(level=Safety.SAFE).changed


class TestPlainFix:
    @pytest.mark.parametrize("policy", POLICIES)
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko", "ru", "uk", "el", "ar", "he", "hi", "th", "vi"])
    def test_nothing_inferred_is_written(self, workspace: MakeWorkspace, tag: str, policy: Policy) -> None:
        damaged = misread(page(tag), "cp1252", policy).split("\n")
        space = workspace({"page.md": "\n".join(damaged)})
        outcome = space.fix(level=Safety.SAFE)
        assert all(not change.inferred for change in outcome.changed)
        after = space.read("page.md").decode().split("\n")
        whole = page(tag).split("\n")
        for old, new, true in zip(damaged, after, whole, strict=True):
            lossless = misread(true, "cp1252", policy) == misread(true, "cp1252")
            assert new == old or (new == true and lossless)

    @pytest.mark.parametrize("tag", ["zh", "ko", "ru"])
    def test_unsafe_writes_it_and_names_it(self, workspace: MakeWorkspace, tag: str) -> None:
        space = workspace({"page.md": misread(page(tag), "cp1252", "drop")})
        outcome = space.fix(level=Safety.UNSAFE)
        assert space.read("page.md") == page(tag).encode()
        [change] = outcome.changed
        assert change.inferred
        assert all(0.5 <= inference.posterior <= 1 for inference in change.inferred)
        assert not space.check()
        assert not space.fix(level=Safety.UNSAFE).changed

    @pytest.mark.parametrize("tag", ["zh", "ru"])
    def test_asking_for_certainty(self, workspace: MakeWorkspace, tag: str) -> None:
        damaged = misread(page(tag), "cp1253", "drop")
        space = workspace({"page.md": damaged})
        space.fix(level=Safety.UNSAFE, confidence=1.0)
        for change in space.fix(level=Safety.UNSAFE, confidence=1.0, dry=True).changed:
            assert all(inference.posterior == 1 for inference in change.inferred)
