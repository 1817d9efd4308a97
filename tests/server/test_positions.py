from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.server.documents import Document, TextChange, content, lines_of
from doclint.server.positions import Lines, Position, PositionError, Unit
from doclint.server.uris import path_of, uri_of

TEXT = st.text(st.sampled_from("aé技😀\n\r\u0085\u2028\x0b "), max_size=30)


class TestLines:
    @pytest.mark.parametrize(("unit", "character"), [(Unit.UTF8, 11), (Unit.UTF16, 6), (Unit.UTF32, 5)])
    def test_a_position_counts_units(self, unit: Unit, character: int) -> None:
        text = "x\naé😀技b"
        assert Lines(text, unit).position(7) == Position(1, character)
        assert Lines(text, unit).offset(Position(1, character)) == 7

    @given(TEXT, st.sampled_from(Unit), st.data())
    def test_there_and_back(self, text: str, unit: Unit, data: st.DataObject) -> None:
        offset = data.draw(st.integers(0, len(text)))
        lines = Lines(text, unit)
        # Between the two characters of CRLF there is no position of its own.
        if text[offset - 1 : offset + 1] != "\r\n":
            assert lines.offset(lines.position(offset)) == offset

    def test_lines_end_where_editors_end_them(self) -> None:
        assert Lines("a\u0085b\u2028c\x0bd\re\r\nf\n").position(6) == Position(0, 6)
        assert Lines("a\rb\r\nc\nd").position(7) == Position(3, 0)

    def test_beyond_the_end_of_a_line_is_its_end(self) -> None:
        assert Lines("ab\r\nc").offset(Position(0, 99)) == 2

    def test_half_a_character_is_not_cut(self) -> None:
        assert Lines("😀b").offset(Position(0, 1)) == 0

    @pytest.mark.parametrize("position", [Position(2, 0), Position(-1, 0), Position(0, -1)])
    def test_a_position_that_is_nowhere_is_refused(self, position: Position) -> None:
        with pytest.raises(PositionError):
            Lines("a\nb").offset(position)

    def test_a_hidden_mark_is_no_column(self) -> None:
        lines = Lines("ab", hidden=1)
        assert lines.position(1) == Position(0, 0)
        assert lines.position(0) == Position(0, 0)
        assert lines.offset(Position(0, 1)) == 2


class TestChanges:
    def test_each_speaks_of_the_text_after_the_one_before(self) -> None:
        document = Document("a", "markdown", 1, "one\ntwo")
        changes = [
            TextChange("😀", Position(0, 0), Position(0, 3)),
            TextChange("x", Position(0, 2), Position(0, 2)),
            TextChange("", Position(0, 3), Position(1, 0)),
        ]
        assert document.changed(2, changes, Unit.UTF16) == Document("a", "markdown", 2, "😀xtwo")

    def test_without_a_place_everything_is_meant(self) -> None:
        assert Document("a", "markdown", 1, "one").changed(2, [TextChange("b")], Unit.UTF8).text == "b"

    def test_an_end_in_front_of_the_beginning_is_refused(self) -> None:
        with pytest.raises(PositionError):
            Document("a", "m", 1, "one").changed(2, [TextChange("", Position(0, 2), Position(0, 1))], Unit.UTF16)


class TestContent:
    @pytest.mark.parametrize(
        "disk",
        [
            b"caf\xc3\xa9\n",
            b"\xef\xbb\xbfcaf\xc3\xa9\n",
            "Grüße aus Köln, schöne Größe\n".encode("cp1252"),
            b"caf\xc3\xa9 and a stray \xff byte, \xc3\xa4\xc3\xb6\xc3\xbc",
            "Grüße".encode("utf-16"),
            b"\x00\x01\x02",
        ],
    )
    def test_what_is_only_shown_changes_nothing(self, disk: bytes) -> None:
        assert content(disk.decode("utf-8", "replace").removeprefix("\ufeff"), disk) == disk

    def test_a_byte_order_mark_stays(self) -> None:
        assert content("new", b"\xef\xbb\xbfold") == b"\xef\xbb\xbfnew"

    def test_a_page_keeps_its_encoding(self) -> None:
        old = "Grüße aus Köln, schöne Größe, müde Bären über Brücken\n"
        new = old.replace("müde", "größere")
        assert content(new, old.encode("cp1252")) == new.encode("cp1252")

    def test_what_the_encoding_lacks_makes_it_utf_8(self) -> None:
        old = "Grüße aus Köln, schöne Größe, müde Bären über Brücken\n"
        assert content(old + "技", old.encode("cp1252")) == (old + "技").encode()

    def test_a_page_without_a_file_is_utf_8(self) -> None:
        assert content("é\ud800", None) == "é\ufffd".encode()

    def test_a_page_that_is_shown_otherwise_has_no_places(self) -> None:
        assert lines_of("caf\ufffd", "café", Unit.UTF16) is not None
        assert lines_of("\ufffd\ufffd", "技", Unit.UTF16) is None


class TestUris:
    @pytest.mark.parametrize("path", ["/a/b c#d?.md", "/é/技.md", "/a/\udcff.md", "/100%/[x].md"])
    def test_there_and_back(self, path: str) -> None:
        assert path_of(uri_of(path)) == path

    @pytest.mark.parametrize("uri", ["untitled:Untitled-1", "", "nonsense", "file://[", "file:///a%00b", "http://a/b"])
    def test_what_names_no_file(self, uri: str) -> None:
        assert path_of(uri) is None

    def test_the_drive_of_another_spelling(self) -> None:
        assert path_of("FILE:///a/../b.md") == "/b.md"
