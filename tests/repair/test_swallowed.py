"""Markers that swallowed the byte behind: line ends, spaces and asterisks come back with `--unsafe`, never else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_words import WORDS, page
from pages_at_hand import lossy, mended, written

from damage import misread_pairs, swallowed
from doclint.model import Edit, Finding, Fix, Place, Safety, Severity, Span
from doclint.parse import parse
from doclint.plan import plan

if TYPE_CHECKING:
    from conftest import MakeWorkspace

TOGETHER = "replaced by U+FFFD together with the byte behind"
SOME = [("gbk", "zh"), ("gbk", "zh-Hant"), ("gbk", "ja"), ("gbk", "ko"), ("cp932", "ja"), ("cp932", "zh")]
WHOLE = [("gbk", "zh"), ("cp932", "ja")]
"""Pages that come back as a whole."""


def blocks(tag: str) -> str:
    """Return the sentences of a language as headings, items, bold words and paragraphs."""
    return "\n".join(f"# {words}\n\n- {words}\n- **{words}**\n\n{words}" for words in WORDS[tag]) + "\n"


class TestRestored:
    @pytest.mark.parametrize(("codec", "tag"), WHOLE)
    def test_a_page_with_its_line_ends(self, codec: str, tag: str) -> None:
        damaged = swallowed(page(tag), codec)
        assert damaged.count("\n") < page(tag).count("\n")
        content = mended(damaged)
        assert written(content) == page(tag)
        assert {damage.loss for damage in content.damages} == {TOGETHER}

    @pytest.mark.parametrize(("codec", "tag"), WHOLE)
    def test_blocks_and_asterisks(self, codec: str, tag: str) -> None:
        restored = written(mended(swallowed(blocks(tag), codec)))
        assert restored.count("\n") == blocks(tag).count("\n")
        assert restored.count("**") == blocks(tag).count("**")

    @pytest.mark.parametrize(("codec", "tag"), WHOLE)
    def test_half_a_line_end(self, codec: str, tag: str) -> None:
        text = page(tag).replace("\n", "\r\n")
        assert written(mended(swallowed(text, codec))) == text

    @pytest.mark.parametrize(("codec", "tag"), SOME)
    def test_what_is_written_is_damaged_to_what_was_there(self, codec: str, tag: str) -> None:
        content = mended(swallowed(blocks(tag), codec))
        edits = [edit for damage in lossy(content) for edit in damage.edits]
        assert edits
        for edit in edits:
            assert swallowed(edit.text, codec) == edit.span.of(content.source.text)
            assert "\ufffd" not in edit.text

    def test_the_report_counts_the_line_ends(self, workspace: MakeWorkspace) -> None:
        space = workspace({"page.md": swallowed(page("zh"), "gbk")})
        first = space.check()[0]
        assert "1 lost line end comes back" in first.help
        assert "line end " in first.help
        assert "\n" not in first.message

    def test_unsafe_writes_it(self, workspace: MakeWorkspace) -> None:
        space = workspace({"page.md": swallowed(page("zh"), "gbk")})
        outcome = space.fix(level=Safety.UNSAFE)
        assert space.read("page.md").decode() == page("zh")
        assert not outcome.held_back
        assert not space.check()


class TestSilence:
    @pytest.mark.parametrize(("codec", "tag"), WHOLE)
    def test_plain_fix_restores_no_line_end(self, workspace: MakeWorkspace, codec: str, tag: str) -> None:
        damaged = swallowed(blocks(tag), codec)
        space = workspace({"page.md": damaged})
        space.fix()
        after = space.read("page.md").decode()
        assert after.count("\n") == damaged.count("\n")
        assert after.count("\ufffd") == damaged.count("\ufffd")

    @pytest.mark.parametrize(("codec", "tag"), WHOLE)
    def test_below_the_confidence_all_stays(self, codec: str, tag: str) -> None:
        damaged = swallowed(blocks(tag), codec)
        content = mended(damaged, confidence=1.1)
        assert written(content).count("\n") == damaged.count("\n")
        assert written(content).count("\ufffd") == damaged.count("\ufffd")

    @pytest.mark.parametrize("codec", ["cp949", "big5"])
    @pytest.mark.parametrize("tag", ["zh", "ja", "ko"])
    def test_where_first_bytes_are_gone_no_line_is_made_up(self, codec: str, tag: str) -> None:
        damaged = swallowed(page(tag), codec)
        assert written(mended(damaged)).count("\n") == damaged.count("\n")

    @pytest.mark.parametrize("codec", ["gbk", "cp932"])
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja"])
    def test_markers_that_swallowed_nothing(self, codec: str, tag: str) -> None:
        damaged = misread_pairs(blocks(tag), codec, "fffd")
        content = mended(damaged)
        assert TOGETHER not in {damage.loss for damage in content.damages}
        assert written(content).count("\n") == damaged.count("\n")

    @pytest.mark.parametrize("codec", ["gbk", "cp932", "cp949", "big5"])
    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_text_that_was_really_in_such_a_code_page(self, codec: str, tag: str) -> None:
        text = page(tag).encode(codec, "ignore").decode(codec)
        assert mended(text).damages == ()

    @pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
    def test_signs_for_what_a_writer_did_not_know(self, tag: str) -> None:
        text = "\n\n".join(f"{words[:-1]}\ufffd\n{words[:4]}\ufffd{words[4:]}" for words in WORDS[tag]) + "\n"
        assert written(mended(text)) == text


def _found(text: str, edit: Edit) -> Finding:
    fix = Fix("restore the text", (edit,), Safety.UNSAFE)
    return Finding("lossy-mojibake", Severity.ERROR, "a.md", Span(0, len(text)), Place(1, 1, 1, 1), "", "", fix)


class TestGuard:
    @pytest.mark.parametrize(
        ("old", "new", "kept"),
        [
            ("涓\ufffdb\n", "中\nb\n", True),
            ("涓\ufffdb\n", "中\n\nb\n", False),
            ("涓\ufffd\ufffdb\n", "中\n\nb\n", True),
            ("涓b\n", "中\nb\n", False),
            ("words\n", "w\nords\n", False),
        ],
    )
    def test_one_line_end_for_each_marker(self, old: str, new: str, kept: bool) -> None:
        rest = len(old.lstrip("涓\ufffdw"))
        edit = Edit(Span(0, len(old) - rest), new[: len(new) - rest])
        step = plan([_found(old, edit)], Safety.UNSAFE, lambda _path: old, parse)
        assert (step.texts == {"a.md": new}) is kept
        assert ("a.md" in step.refused) is not kept
