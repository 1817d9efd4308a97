from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint.lines import apply_edits
from doclint.model import Edit, Finding, Fix, Parsed, Place, Safety, Severity, Span
from doclint.parse import parse
from doclint.plan import Plan, keeps_shape, plan
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PAGE = "one two three\n"


def finding(*edits: Edit, path: str = "a.md", safety: Safety = Safety.SAFE) -> Finding:
    fix = Fix("mend it", edits, safety)
    return Finding("a-rule", Severity.ERROR, path, edits[0].span, Place(1, 1, 1, 1), "wrong", fix=fix)


def planned(
    *findings: Finding,
    texts: Mapping[str, str] | None = None,
    level: Safety = Safety.SAFE,
    refused: Collection[str] = (),
) -> Plan:
    pages = texts or {"a.md": PAGE, "b.md": PAGE}
    done = plan(findings, level, pages.__getitem__, parse, refused)
    # The edits and the texts say the same.
    for path, text in done.texts.items():
        assert apply_edits(pages[path], done.edits[path]) == text
    return replace(done, edits={})


class TestApply:
    @pytest.mark.parametrize(
        ("edits", "after"),
        [
            ([], "abc"),
            ([Edit(Span(1, 2), "X")], "aXc"),
            ([Edit(Span(0, 0), "X")], "Xabc"),
            ([Edit(Span(3, 3), "X")], "abcX"),
            ([Edit(Span(0, 3), "")], ""),
            ([Edit(Span(2, 3), "Y"), Edit(Span(0, 1), "X")], "XbY"),
            ([Edit(Span(0, 1), "X"), Edit(Span(1, 2), "Y")], "XYc"),
            ([Edit(Span(1, 2), "long"), Edit(Span(2, 3), "")], "along"),
        ],
    )
    def test_the_new_text(self, edits: list[Edit], after: str) -> None:
        assert apply_edits("abc", edits) == after


class TestPlan:
    def test_nothing_to_do(self) -> None:
        assert planned() == Plan({}, {}, frozenset())

    def test_a_finding_without_a_fix(self) -> None:
        bare = Finding("a-rule", Severity.ERROR, "a.md", Span(0, 1), Place(1, 1, 1, 2), "wrong")
        assert planned(bare) == Plan({}, {}, frozenset())

    def test_fixes_are_made_and_counted(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "ONE")), finding(Edit(Span(8, 13), "THREE")))
        assert made == Plan({"a.md": "ONE two THREE\n"}, {"a.md": 2}, frozenset())

    @pytest.mark.parametrize(
        ("level", "after"),
        [(Safety.SAFE, "ONE two three\n"), (Safety.UNSAFE, "ONE TWO three\n"), (Safety.DISPLAY, "ONE TWO THREE\n")],
    )
    def test_only_what_is_safe_enough(self, level: Safety, after: str) -> None:
        found = (
            finding(Edit(Span(0, 3), "ONE"), safety=Safety.SAFE),
            finding(Edit(Span(4, 7), "TWO"), safety=Safety.UNSAFE),
            finding(Edit(Span(8, 13), "THREE"), safety=Safety.DISPLAY),
        )
        assert planned(*found, level=level).texts == {"a.md": after}

    @pytest.mark.parametrize(
        "later",
        [
            Edit(Span(0, 3), "X"),
            Edit(Span(2, 5), "X"),
            Edit(Span(1, 2), "X"),
            Edit(Span(0, 13), "X"),
            Edit(Span(1, 1), "X"),
        ],
    )
    def test_of_two_that_overlap_the_later_one_waits(self, later: Edit) -> None:
        made = planned(finding(Edit(Span(0, 3), "ONE")), finding(later))
        assert made == Plan({"a.md": "ONE two three\n"}, {"a.md": 1}, frozenset())

    def test_two_insertions_at_one_place_do_not_meet(self) -> None:
        made = planned(finding(Edit(Span(4, 4), "X")), finding(Edit(Span(4, 4), "Y")))
        assert made.texts == {"a.md": "one Xtwo three\n"}

    def test_two_equal_insertions_are_two(self) -> None:
        made = planned(finding(Edit(Span(4, 4), "X")), finding(Edit(Span(4, 4), "X")))
        assert made.texts == {"a.md": "one Xtwo three\n"}
        assert made.fixes == {"a.md": 1}

    def test_what_two_fixes_both_do_is_done_once(self) -> None:
        shared = Edit(Span(0, 3), "ONE", path="b.md")
        made = planned(
            finding(Edit(Span(0, 3), "X"), shared),
            finding(Edit(Span(4, 7), "Y"), shared),
            finding(Edit(Span(0, 3), "ONE"), path="b.md"),
        )
        assert made.texts == {"a.md": "X Y three\n", "b.md": "ONE two three\n"}
        assert made.fixes == {"a.md": 2, "b.md": 3}

    def test_what_only_one_of_two_does_there_too_still_overlaps(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "X")), finding(Edit(Span(0, 3), "X"), Edit(Span(2, 5), "Y")))
        assert made.texts == {"a.md": "X two three\n"}

    def test_pages_that_one_fix_changes_are_joined(self) -> None:
        made = planned(
            finding(Edit(Span(0, 3), "X"), Edit(Span(0, 3), "Y", path="b.md")), finding(Edit(Span(8, 9), "Z"))
        )
        assert made.joined == {frozenset({"a.md", "b.md"})}

    def test_neighbours_do_not_overlap(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "A")), finding(Edit(Span(3, 7), "B")))
        assert made.texts == {"a.md": "AB three\n"}

    def test_a_fix_waits_as_a_whole(self) -> None:
        made = planned(
            finding(Edit(Span(0, 3), "ONE")),
            finding(Edit(Span(8, 13), "THREE"), Edit(Span(0, 1), "X")),
            finding(Edit(Span(8, 9), "T")),
        )
        assert made == Plan({"a.md": "ONE two Three\n"}, {"a.md": 2}, frozenset())

    def test_a_fix_may_reach_other_pages(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "ONE"), Edit(Span(4, 7), "TWO", path="b.md")))
        assert made.texts == {"a.md": "ONE two three\n", "b.md": "one TWO three\n"}
        assert made.fixes == {"a.md": 1, "b.md": 1}

    def test_equal_places_on_two_pages_do_not_overlap(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "X")), finding(Edit(Span(0, 3), "Y"), path="b.md"))
        assert made.texts == {"a.md": "X two three\n", "b.md": "Y two three\n"}

    def test_two_edits_of_one_fix_on_one_page_count_once(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "ONE"), Edit(Span(8, 13), "THREE")))
        assert made == Plan({"a.md": "ONE two THREE\n"}, {"a.md": 1}, frozenset())


class TestRefusal:
    def test_a_refused_page_does_not_change(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "X")), finding(Edit(Span(0, 3), "Y"), path="b.md"), refused=["a.md"])
        assert made.texts == {"b.md": "Y two three\n"}
        assert made.refused == {"a.md"}

    def test_a_fix_that_reaches_a_refused_page_is_left_out_whole(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "X"), Edit(Span(0, 3), "Y", path="b.md")), refused=["b.md"])
        assert made.texts == {}

    def test_it_is_told_which_page_is_at_fault(self) -> None:
        made = planned(finding(Edit(Span(0, 3), "X"), Edit(Span(0, 3), "Y", path="b.md")), refused=["b.md", "c.md"])
        assert made.withheld == {"a.md": "b.md"}
        assert planned(finding(Edit(Span(0, 3), "X")), refused=["a.md"]).withheld == {}

    def test_a_text_that_would_say_something_else_is_refused(self) -> None:
        made = planned(finding(Edit(Span(0, 0), "# ")), finding(Edit(Span(0, 3), "X"), path="b.md"))
        assert made.texts == {"b.md": "X two three\n"}
        assert made.refused == {"a.md"}

    def test_a_fix_on_two_pages_falls_with_either(self) -> None:
        # What it does to b.md is harmless, what it does to a.md is not.
        made = planned(finding(Edit(Span(0, 0), "# "), Edit(Span(0, 3), "X", path="b.md")))
        assert made == Plan({}, {}, frozenset({"a.md"}), {"b.md": "a.md"})


class TestShape:
    @staticmethod
    def kept(before: str, after: str) -> bool:
        return keeps_shape(parse(before), parse(after), before, after)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("words\n", "words\n"),
            ("CafÃ©\n", "Café\n"),
            ("# CafÃ©\n", "# Café\n"),
            ("[a](b.md)\n", "[a](c.md)\n"),
            ("[Ã©](b.md) and [c](d.md)\n", "[é](b.md) and [c](d.md)\n"),
            ("[a]: b.md\n\n[a]\n", "[a]: c.md\n\n[a]\n"),
            ("[two\nlines](b.md)\n", "[two\nlines](c.md)\n"),
            ("a\u2028b\n", "a b\n"),
            ("| Ã© |\n|---|\n", "| é |\n|---|\n"),
        ],
    )
    def test_it_is_kept(self, before: str, after: str) -> None:
        assert self.kept(before, after)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("words\n", "words\n\n"),  # a line more
            ("a\nb\n", "a b\n"),  # a line less
            ("words\n", "# words\n"),  # another block
            ("words\n", "    words\n"),
            ("- a\n- b\n", "- a\n  b\n"),
            ("[a](b.md)\n", "[a] (b.md)\n"),  # a link less
            ("words\n", "[words](b.md)\n"),  # a link more
            ("[a](b.md)\n", "![a](b.md)\n"),  # another kind
            ("```\na\n```\n", "``\na\n``\n"),
            ("a\rb\r", "a b\r"),
        ],
    )
    def test_it_is_lost(self, before: str, after: str) -> None:
        assert not self.kept(before, after)

    def test_a_destination_may_change_only_on_a_line_that_changes(self) -> None:
        before = "x\n[a](b.md)\n"
        other = Parsed(links=parse("x\n[a](c.md)\n").links, blocks=parse(before).blocks)
        assert not keeps_shape(parse(before), other, before, "y\n[a](b.md)\n")
        assert keeps_shape(parse(before), other, before, "x\n[a](c.md)\n")

    def test_also_where_lines_end_with_cr(self) -> None:
        before = "x\r[a](b.md)\r"
        other = Parsed(links=parse("x\r[a](c.md)\r").links, blocks=parse(before).blocks)
        assert not keeps_shape(parse(before), other, before, "y\r[a](b.md)\r")
