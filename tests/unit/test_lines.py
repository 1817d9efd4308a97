from __future__ import annotations

import pytest

from doclint.lines import DiskMap, LineMap, line_starts
from doclint.model import Edit, Place, Span


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\n", [0, 2]),
        ("a\nb", [0, 2]),
        ("a\r\nb", [0, 3]),
        ("a\rb", [0, 2]),
        ("\n\n", [0, 1, 2]),
        ("\r\r\n\n", [0, 1, 3, 4]),  # CR, CRLF, LF
        ("\n\r", [0, 1, 2]),  # LF, CR: two ends, not one
    ],
)
def test_a_line_ends_with_lf_crlf_or_cr(text: str, starts: list[int]) -> None:
    assert line_starts(text) == starts


@pytest.mark.parametrize("char", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_other_character_ends_a_line(char: str) -> None:
    assert line_starts(f"a{char}b") == [0]
    assert len(LineMap(f"a{char}b")) == 1


def test_a_text_has_one_line_more_than_line_ends() -> None:
    assert len(LineMap("")) == 1
    assert len(LineMap("one\ntwo\r\nthree\rfour")) == 4
    assert len(LineMap("one\n")) == 2


def test_the_line_of_an_offset() -> None:
    lines = LineMap("ab\r\ncd\n")
    assert [lines.line_of(offset) for offset in range(8)] == [1, 1, 1, 1, 2, 2, 2, 3]


def test_places_count_lines_and_columns_from_one() -> None:
    lines = LineMap("one\r\ntwo\n")
    assert lines.place(Span(0, 3)) == Place(1, 1, 1, 4)
    assert lines.place(Span(5, 8)) == Place(2, 1, 2, 4)
    assert lines.place(Span(2, 6)) == Place(1, 3, 2, 2)
    assert lines.place(Span(9, 9)) == Place(3, 1, 3, 1)


def test_columns_count_characters_not_bytes_or_cells() -> None:
    assert LineMap("技术👍x").place(Span(3, 4)) == Place(1, 4, 1, 5)


def test_a_byte_order_mark_is_no_column_of_the_first_line() -> None:
    lines = LineMap("\ufeffone\ntwo")
    assert lines.place(Span(1, 4)) == Place(1, 1, 1, 4)
    assert lines.place(Span(5, 8)) == Place(2, 1, 2, 4)


def test_the_byte_order_mark_itself_has_a_column_that_an_editor_can_go_to() -> None:
    assert LineMap("\ufeffone").place(Span(0, 1)) == Place(1, 1, 1, 1)


def test_the_stretch_of_a_line_leaves_out_its_line_end() -> None:
    text = "one\r\ntwo\rthree\n"
    lines = LineMap(text)
    assert [lines.span_of_line(number).of(text) for number in (1, 2, 3, 4)] == ["one", "two", "three", ""]


def test_the_text_of_a_line_leaves_out_the_byte_order_mark() -> None:
    lines = LineMap("\ufeffone\n\ufefftwo")
    assert lines.line(1) == "one"
    assert LineMap("\ufeffone").span_of_line(1) == Span(0, 4)


def test_without_edits_every_place_is_its_own() -> None:
    assert DiskMap(()).on_disk(Span(3, 7)) == Span(3, 7)


class TestARepair:
    """`CafÃ© noir` was repaired to `Café noir`."""

    disk = "CafÃ© noir"
    here = DiskMap((Edit(Span(3, 5), "é"),))

    def test_what_stands_before_it_stays(self) -> None:
        assert self.here.on_disk(Span(0, 3)) == Span(0, 3)

    def test_what_stands_behind_it_moves(self) -> None:
        assert self.here.on_disk(Span(5, 9)).of(self.disk) == "noir"

    def test_what_it_wrote_is_the_whole_of_what_it_replaced(self) -> None:
        assert self.here.on_disk(Span(3, 4)).of(self.disk) == "Ã©"

    def test_what_reaches_into_it_takes_it_in(self) -> None:
        assert self.here.on_disk(Span(0, 4)).of(self.disk) == "CafÃ©"
        assert self.here.on_disk(Span(3, 9)).of(self.disk) == "Ã© noir"

    def test_a_place_without_length_beside_it_does_not_take_it_in(self) -> None:
        assert self.here.on_disk(Span(4, 4)) == Span(5, 5)


def test_what_begins_inside_a_long_repair_takes_in_the_whole_of_it() -> None:
    # "ÐŸÑ€Ð¸" was repaired to "При".
    here = DiskMap((Edit(Span(2, 8), "При"),))
    assert here.on_disk(Span(3, 4)) == Span(2, 8)
    assert here.on_disk(Span(4, 6)) == Span(2, 9)
    assert here.on_disk(Span(1, 3)) == Span(1, 8)


def test_several_repairs_add_up() -> None:
    disk = "Ã©a Ã¨b Ã´c"
    here = DiskMap((Edit(Span(0, 2), "é"), Edit(Span(4, 6), "è"), Edit(Span(8, 10), "ô")))
    # These are the places of "éa èb ôc".
    assert here.on_disk(Span(1, 2)).of(disk) == "a"
    assert here.on_disk(Span(3, 4)).of(disk) == "Ã¨"
    assert here.on_disk(Span(4, 5)).of(disk) == "b"
    assert here.on_disk(Span(6, 8)).of(disk) == "Ã´c"
    assert here.on_disk(Span(0, 8)) == Span(0, len(disk))


def test_neighbouring_repairs_are_kept_apart() -> None:
    here = DiskMap((Edit(Span(0, 2), "é"), Edit(Span(2, 4), "è")))
    assert here.on_disk(Span(0, 1)) == Span(0, 2)
    assert here.on_disk(Span(1, 2)) == Span(2, 4)


def test_a_repair_that_makes_a_text_longer() -> None:
    here = DiskMap((Edit(Span(1, 2), "xyz"),))
    assert here.on_disk(Span(2, 3)) == Span(1, 2)
    assert here.on_disk(Span(4, 5)) == Span(2, 3)


def test_a_deletion() -> None:
    # "aXb" became "ab".
    here = DiskMap((Edit(Span(1, 2), ""),))
    assert here.on_disk(Span(0, 1)) == Span(0, 1)
    assert here.on_disk(Span(1, 2)) == Span(2, 3)
    assert here.on_disk(Span(0, 2)) == Span(0, 3)


def test_an_insertion() -> None:
    # "ab" became "aXb".
    here = DiskMap((Edit(Span(1, 1), "X"),))
    assert here.on_disk(Span(0, 1)) == Span(0, 1)
    assert here.on_disk(Span(1, 2)) == Span(1, 1)
    assert here.on_disk(Span(2, 3)) == Span(1, 2)
