from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

import pytest

from doclint.decode import decode, encode, read, read_bytes
from doclint.model import Source, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

RUSSIAN = "Старая мельница стоит у самой воды. Летом её колесо ещё вертится, зимой оно спит подо льдом.\n" * 3
JAPANESE = "古い水車は川のそばに立っています。夏はまだ回りますが、冬は氷の下で眠ります。\n" * 3
CHINESE = "旧水车立在河边。夏天它还会转动，冬天就在冰下睡觉。\n" * 3
GERMAN = "Die alte Mühle steht am Fluß. Im Frühling dreht sich das Rad für die Gäste, später ruht es.\n" * 3


def readable(data: bytes) -> Source:
    source = decode("page.md", data)
    assert isinstance(source, Source), source
    assert encode(source, source.text) == data, "the way back must give every byte again"
    return source


def reason(data: bytes) -> str:
    page = decode("page.md", data)
    assert isinstance(page, Unreadable), page
    assert page.path == "page.md"
    return page.reason


class TestUtf8:
    @pytest.mark.parametrize("text", ["", "plain\n", "Straße 技术 👍\r\n", "\x7f\x85\u2028", "e\u0301"])
    def test_it_is_read_as_it_is(self, text: str) -> None:
        assert readable(text.encode()) == Source("page.md", text)

    def test_a_byte_order_mark_stays_in_the_text(self) -> None:
        source = readable(codecs.BOM_UTF8 + b"# Title\n")
        assert (source.text, source.encoding, source.errors) == ("\ufeff# Title\n", "utf-8", "strict")

    def test_nothing_but_a_byte_order_mark(self) -> None:
        assert readable(codecs.BOM_UTF8).text == "\ufeff"

    def test_line_ends_stay(self) -> None:
        assert readable(b"a\r\nb\rc\n\r").text == "a\r\nb\rc\n\r"


class TestUtf16AndUtf32:
    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    @pytest.mark.parametrize("text", ["", "# Titel für 技术 👍\r\n"])
    def test_the_byte_order_mark_decides(self, mark: bytes, encoding: str, text: str) -> None:
        source = readable(mark + text.encode(encoding))
        assert (source.text, source.encoding, source.errors) == ("\ufeff" + text, encoding, "strict")
        assert source.guesses == ()

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (codecs.BOM_UTF16_LE + b"a\0b", "UTF-16"),  # cut in the middle of a character
            (codecs.BOM_UTF16_BE + b"\xd8\0\0a", "UTF-16"),  # half of a pair
            (codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff", "UTF-32"),  # no such character
        ],
    )
    def test_a_mark_that_lies_is_named(self, data: bytes, name: str) -> None:
        assert reason(data) == f"it begins with the byte-order mark of {name}, but is not {name}"

    @pytest.mark.parametrize("text", ["# Plain title\n\nand words\n", "# 标题\n\n水车立在河边\n"])
    def test_utf32_without_a_mark_is_not_guessed(self, text: str) -> None:
        assert "NUL bytes" in reason(text.encode("utf-32-le"))


class TestBinaryData:
    def test_a_picture_is_no_page(self) -> None:
        assert "NUL bytes" in reason(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\xff\xfe")

    def test_nul_bytes_throughout(self) -> None:
        assert "NUL bytes" in reason(b"\0" * 40)

    def test_a_single_nul_in_a_text_does_not_hide_the_page(self) -> None:
        assert readable(b"a page with one \0 in it\n").text == "a page with one \0 in it\n"


class TestStrayBytes:
    def test_they_never_decode_the_whole_file_anew(self) -> None:
        source = readable("Straße, Mühle und ein Stück caf".encode() + b"\xe9\n")
        assert source.text == "Straße, Mühle und ein Stück caf\udce9\n"
        assert (source.encoding, source.errors, source.guesses) == ("utf-8", "surrogateescape", ())

    def test_a_character_cut_off_at_the_end(self) -> None:
        assert readable("技术技术".encode() + "水".encode()[:2]).text == "技术技术\udce6\udcb0"

    def test_an_encoded_surrogate_is_kept_byte_by_byte(self) -> None:
        # U+D800 in CESU style: no UTF-8, and no character.
        assert readable("Übergrößenträger ".encode() + b"\xed\xa0\x80").text.endswith("\udced\udca0\udc80")

    def test_a_byte_order_mark_says_utf8_also_before_a_stray_byte(self) -> None:
        source = readable(codecs.BOM_UTF8 + b"caf\xe9 and more\n")
        assert (source.text, source.encoding) == ("\ufeffcaf\udce9 and more\n", "utf-8")


class TestLegacyCodePages:
    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            (RUSSIAN, "cp1251"),
            (RUSSIAN, "koi8-r"),
            (JAPANESE, "cp932"),
            (JAPANESE, "euc_jp"),
            (CHINESE, "gb18030"),
        ],
    )
    def test_a_page_of_prose_is_read(self, text: str, encoding: str) -> None:
        source = readable(text.encode(encoding))
        assert source.text == text
        assert source.errors == "strict"

    @pytest.mark.parametrize("text", [RUSSIAN, GERMAN])
    @pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "koi8-r", "iso8859-5", "cp850"])
    def test_every_guess_gives_the_bytes_again(self, text: str, encoding: str) -> None:
        data = text.encode(encoding, "replace")
        page = decode("page.md", data)
        assert isinstance(page, Source)
        for guess in page.guesses:
            assert data.decode(guess).encode(guess) == data

    def test_the_first_guess_carries_the_text_and_none_is_unicode(self) -> None:
        source = readable(RUSSIAN.encode("cp1251"))
        assert source.guesses[0] == source.encoding
        assert 1 <= len(source.guesses) <= 3
        assert not any(guess.startswith("utf") for guess in source.guesses)

    @pytest.mark.parametrize("data", [b"\x80\x81", b"\xe9", b"caf\xe9\n", b"# caf\xe9\n\n[a](b.md) \xa4\xb0 %20 ~\\\n"])
    def test_ascii_stays_ascii(self, data: bytes) -> None:
        # Markdown is written in ASCII: a guess in which `[` or a line end is something else is no page of it (EBCDIC).
        for guess in readable(data).guesses:
            assert bytes(range(128)).decode(guess) == bytes(range(128)).decode("ascii"), guess

    def test_a_long_page_is_read_whole_although_a_sample_is_judged(self) -> None:
        text = RUSSIAN * 300
        assert len(text.encode("cp1251")) > 1 << 16
        assert readable(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\x80" * 7,
        bytes(range(1, 256)),
        b"\xc3\x28\xa0\xa1",
        b"\xf0\x9f\x92",
        b"\r\xe9\n\xe8\r\n",
        RUSSIAN.encode("cp866"),
        GERMAN.encode("cp1252"),
        b"\xef\xbb",
    ],
)
def test_whatever_is_readable_has_its_bytes_again(data: bytes) -> None:
    readable(data)


def test_a_character_that_the_encoding_does_not_have_is_refused() -> None:
    source = readable(RUSSIAN.encode("cp1251"))
    with pytest.raises(UnicodeEncodeError):
        encode(source, source.text + "水")


class TestReading:
    def test_a_page(self, tmp_path: Path) -> None:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "a.md").write_bytes(b"# \xc3\x9c\r\n")
        assert read(str(tmp_path), "docs/a.md") == Source("docs/a.md", "# Ü\r\n")
        assert read_bytes(str(tmp_path), "docs/a.md") == b"# \xc3\x9c\r\n"

    def test_one_that_vanished(self, tmp_path: Path) -> None:
        assert read(str(tmp_path), "gone.md") == Unreadable("gone.md", "it is no longer there")

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "folder.md").mkdir()
        assert isinstance(read(str(tmp_path), "folder.md"), Unreadable)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_named_pipe_does_not_hang_the_run(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.md")
        assert read(str(tmp_path), "pipe.md") == Unreadable("pipe.md", "not a regular file")

    @pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="symbolic links cannot be refused here")
    def test_a_symbolic_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("outside")
        (tmp_path / "link.md").symlink_to("secret.txt")
        (tmp_path / "dangling.md").symlink_to("nowhere")
        assert isinstance(read(str(tmp_path), "link.md"), Unreadable)
        assert isinstance(read(str(tmp_path), "dangling.md"), Unreadable)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
    def test_one_that_may_not_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("text")
        (tmp_path / "a.md").chmod(0)
        assert read(str(tmp_path), "a.md") == Unreadable("a.md", "permission denied")

    @pytest.mark.skipif(os.name == "nt", reason="file names are Unicode here")
    def test_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"caf\xe9.md")
        try:
            (tmp_path / name).write_bytes(b"text")
        except OSError:
            pytest.skip("the file system takes only Unicode names")
        assert read(str(tmp_path), name) == Source(name, "text")
