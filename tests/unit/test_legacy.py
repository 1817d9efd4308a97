"""Pages that are not UTF-8: which encoding is told, when two are, and when nobody asks."""

from __future__ import annotations

import codecs
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from doclint.decode import decode, encode
from doclint.legacy import Guess, guesses, likely, utf16
from doclint.model import Safety, Source, Unreadable

if TYPE_CHECKING:
    from conftest import MakeWorkspace

PAGES = {
    "ar": "# الطاحونة القديمة\n\nتقف الطاحونة بجانب النهر منذ مئة عام. في الصيف تدور العجلة وفي الشتاء يتوقف الماء.\n",
    "bg": "# Старата воденица\n\n"
    "Воденицата стои до самата река. През лятото колелото още "
    "се върти, а през зимата спи.\n",
    "cs": "# Starý mlýn\n\nMlýn stojí přímo u řeky. V létě se kolo ještě otáčí, v zimě spí pod ledem a čeká na jaro.\n",
    "de": "# Die alte Mühle\n\n"
    "Sie steht am Fluß. Im Frühling dreht sich das Rad für die "
    "Gäste, später ruht es wieder.\n",
    "el": "# Ο παλιός μύλος\n\n"
    "Ο μύλος στέκεται δίπλα στο ποτάμι. Το καλοκαίρι η ρόδα "
    "γυρίζει ακόμη, τον χειμώνα κοιμάται.\n",
    "et": "# Vana veski\n\n"
    "Veski seisab jõe ääres. Suvel pöörleb ratas külaliste jaoks, talvel "
    "puhkab ta jää all ja ootab õitsengut.\n",
    "fr": "# Le vieux moulin\n\n"
    "Il est situé près de la rivière. L'été, la roue tourne encore ; "
    "l'hiver, elle dort sous la glace, gelée.\n",
    "he": "# הטחנה הישנה\n\nהטחנה עומדת ליד הנהר כבר מאה שנה. בקיץ הגלגל עוד מסתובב, ובחורף הוא ישן מתחת לקרח.\n",
    "hu": "# A régi malom\n\n"
    "A malom a folyó mellett áll. Nyáron még forog a kerék, télen a "
    "jég alatt alszik, és a tavaszt várja.\n",
    "ja": "# 古い水車\n\n水車は川のそばに立っています。夏はまだ回りますが、冬は氷の下で眠ります。\n",
    "ko": "# 오래된 물레방아\n\n"
    "물레방아가 강가에 서 있습니다. 여름에는 아직 돌아가지만 겨울에는 얼음 아래에서 잠을 잡니다.\n",
    "lt": "# Senas malūnas\n\n"
    "Malūnas stovi prie upės. Vasarą ratas dar sukasi, žiemą jis miega "
    "po ledu ir laukia pavasario šilumos.\n",
    "pl": "# Stary młyn\n\n"
    "Młyn stoi nad samą rzeką. Latem koło jeszcze się kręci, zimą "
    "śpi pod lodem i czeka na wiosnę.\n",
    "pt": "# O velho moinho\n\n"
    "O moinho está à beira do rio. No verão a roda ainda gira; no inverno não "
    "há água e ela dorme, até à próxima estação.\n",
    "ru": "# Старая мельница\n\nМельница стоит у самой воды. Летом её колесо вертится, зимой оно спит подо льдом.\n",
    "sr": "# Стари млин\n\nМлин стоји поред реке. Лети се точак још окреће, а зими спава испод леда и чека пролеће.\n",
    "th": "# กังหันน้ำเก่า\n\nกังหันน้ำตั้งอยู่ริมแม่น้ำ ในฤดูร้อนยังหมุนอยู่ แต่ในฤดูหนาวก็หยุดพัก\n",
    "tr": "# Eski değirmen\n\n"
    "Değirmen ırmağın kıyısında duruyor. Yazın çark hâlâ dönüyor, kışın "
    "buzun altında uyuyor ve baharı bekliyor.\n",
    "uk": "# Старий млин\n\n"
    "Млин стоїть біля самої річки. Влітку колесо ще крутиться, "
    "взимку воно спить під кригою і чекає.\n",
    "zh": "# 旧水车\n\n水车立在河边。夏天它还会转动，冬天就在冰下睡觉，等待春天的到来。\n",
    "zh-Hant": "# 舊水車\n\n水車立在河邊。夏天它還會轉動，冬天就在冰下睡覺，等待春天的到來。\n",
}

SPOKEN_IN = {
    "gb18030": ("zh", "zh-Hant"),
    "gb2312": ("zh",),
    "big5": ("zh-Hant",),
    "shift_jis": ("ja",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "euc_kr": ("ko",),
    "cp949": ("ko",),
    "cp1250": ("cs", "pl", "hu"),
    "cp1251": ("ru", "uk", "bg", "sr"),
    "cp1252": ("de", "fr", "pt"),
    "cp1253": ("el",),
    "cp1254": ("tr", "de"),
    "cp1255": ("he",),
    "cp1256": ("ar", "fr"),
    "cp1257": ("lt", "et"),
    "koi8-r": ("ru", "bg"),
    "koi8-u": ("uk", "ru"),
    "cp866": ("ru", "bg"),
    "iso8859-1": ("de", "fr", "pt"),
    "iso8859-2": ("cs", "pl", "hu"),
    "iso8859-5": ("ru", "sr"),
    "iso8859-6": ("ar",),
    "iso8859-7": ("el",),
    "iso8859-8": ("he",),
    "iso8859-9": ("tr", "pt"),
    "iso8859-11": ("th",),
    "iso8859-13": ("lt", "et"),
    "iso8859-15": ("fr", "de"),
    "cp874": ("th",),
    "mac-roman": ("de", "fr", "pt"),
    "cp437": ("de", "fr"),
    "cp850": ("de", "fr", "pt"),
}
CASES = [(encoding, language) for encoding, tags in SPOKEN_IN.items() for language in tags]
UNMARKED = ["utf-16-le", "utf-16-be"]


def source_of(data: bytes) -> Source:
    source = decode("page.md", data)
    assert isinstance(source, Source), source
    assert encode(source, source.text) == data
    return source


@pytest.mark.parametrize(("encoding", "language"), CASES)
def test_a_page_of_200_bytes_is_read(encoding: str, language: str) -> None:
    source = source_of(PAGES[language].encode(encoding))
    assert source.text == PAGES[language]
    assert len(source.guesses) == 1


def test_every_encoding_that_is_listed_is_tried_with_enough_pages() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("narrow", "wide", "language"),
    [
        ("iso8859-1", "cp1252", "de"),
        ("iso8859-9", "cp1254", "tr"),
        ("gb2312", "gb18030", "zh"),
        ("shift_jis", "cp932", "ja"),
        ("euc_kr", "cp949", "ko"),
        ("iso8859-11", "cp874", "th"),
        ("koi8-u", "koi8-r", "ru"),
    ],
)
def test_of_code_pages_with_the_same_text_the_usual_one_is_named(narrow: str, wide: str, language: str) -> None:
    assert source_of(PAGES[language].encode(narrow)).guesses == (wide,)


class TestUtf16WithoutAMark:
    @pytest.mark.parametrize("encoding", UNMARKED)
    @pytest.mark.parametrize("language", PAGES)
    def test_it_is_read(self, encoding: str, language: str) -> None:
        source = source_of(PAGES[language].encode(encoding))
        assert (source.text, source.encoding, source.guesses) == (PAGES[language], encoding, ())

    @pytest.mark.parametrize("encoding", UNMARKED)
    @pytest.mark.parametrize(
        "text", ["# Plain title\n\nand words\n", "日本語の文章です。水車は川のそばに立っています。"]
    )
    def test_also_plain_text_and_text_without_any_ascii(self, encoding: str, text: str) -> None:
        assert source_of(text.encode(encoding)).text == text

    @pytest.mark.parametrize("encoding", UNMARKED)
    @pytest.mark.parametrize("language", ["de", "ru", "ja", "hi"])
    def test_with_its_mark_nobody_guesses(self, encoding: str, language: str) -> None:
        text = "\ufeff" + PAGES.get(language, "# पुरानी चक्की\n")
        assert source_of(text.encode(encoding)) == Source("page.md", text, encoding)

    @pytest.mark.parametrize(("encoding", "language"), CASES)
    def test_a_code_page_is_not_taken_for_it(self, encoding: str, language: str) -> None:
        data = PAGES[language].encode(encoding)
        assert utf16(data) is None
        assert utf16(data[:-1]) is None

    @pytest.mark.parametrize(
        "data", [b"", b"a", b"\0\0\0\0", b"\x01\0\x02\0\x03\0", b"P\0K\0\x03\0\x04\0", b"\xff\xfe\xff\xff"]
    )
    def test_data_is_not(self, data: bytes) -> None:
        assert utf16(data) is None

    def test_a_page_of_utf8_with_a_nul_is_not(self) -> None:
        for text in ("one \0 in a page of plain words\n", "Füße \0\0 und Höhe ohne Ende"):
            assert source_of(text.encode()).text == text


class TestStrayBytes:
    @pytest.mark.parametrize("language", ["de", "cs", "ru", "ja", "ko", "tr"])
    @pytest.mark.parametrize("byte", [b"\xe9", b"\xff", b"\x80"])
    def test_one_in_utf8_keeps_its_place_and_the_rest(self, language: str, byte: bytes) -> None:
        first, second = PAGES[language].split("\n\n")
        source = source_of(f"{first} ".encode() + byte + f"\n\n{second}".encode())
        assert source.text == f"{first} {chr(0xDC00 + byte[0])}\n\n{second}"
        assert (source.encoding, source.errors, source.guesses) == ("utf-8", "surrogateescape", ())

    @pytest.mark.parametrize("text", ["Die Straße", "Über den Fluss", "La rivière"])
    def test_as_many_stray_bytes_as_characters(self, text: str) -> None:
        assert source_of(text.encode() + b" caf\xe9\n").text == text + " caf\udce9\n"


class TestSilence:
    @pytest.mark.parametrize(
        "data",
        [b"", b"plain\n", PAGES["de"].encode(), PAGES["zh"].encode(), codecs.BOM_UTF8 + PAGES["ru"].encode()],
        ids=["empty", "ascii", "german", "chinese", "marked"],
    )
    def test_valid_utf8_is_never_asked_about(self, data: bytes) -> None:
        code = (
            "import sys; from doclint.decode import decode\n"
            f"source = decode('a.md', {data!r})\n"
            "assert (source.encoding, source.errors, source.guesses) == ('utf-8', 'strict', ())\n"
            "from doclint.repair.language import languages, table\n"
            "assert not languages.cache_info().currsize and not table.cache_info().currsize\n"
            "print([name for name in sys.modules if name.startswith(('doclint.legacy', 'charset_normalizer'))])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    @pytest.mark.parametrize("language", ["de", "ru", "zh"])
    def test_a_usual_code_page_needs_no_charset_normalizer(self, language: str) -> None:
        encoding = {"de": "cp1252", "ru": "koi8-r", "zh": "gb18030"}[language]
        code = (
            "import sys; from doclint.decode import decode\n"
            f"decode('a.md', {PAGES[language].encode(encoding)!r}); print('charset_normalizer' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"

    @pytest.mark.parametrize(
        "data",
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xff\x61",
            b"PK\x03\x04\x14\0\0\0\x08\0" + zlib.compress(b"words " * 40),
            b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\x01\0\0\0\0,",
        ],
        ids=["png", "zip", "gif"],
    )
    def test_binary_data_is_no_text(self, data: bytes) -> None:
        assert isinstance(decode("page.md", data), Unreadable)

    def test_bytes_of_all_kinds_are_never_certain(self) -> None:
        assert len(source_of(bytes(range(1, 256))).guesses) != 1


class TestTooCloseToCall:
    @pytest.mark.parametrize("data", [b"\xe9", b"\xff", b"\xa4\xb0", b"caf\xe9 and \xa4\n"])
    def test_a_short_page_may_be_two_things(self, data: bytes) -> None:
        source = source_of(data)
        assert 2 <= len(source.guesses) <= 3
        assert source.encoding == source.guesses[0]

    def test_the_margin(self) -> None:
        best, near, far = Guess("cp1252", 10.0, True), Guess("cp1250", 13.9, True), Guess("koi8-r", 14.1, True)
        assert likely([best, near, far]) == ("cp1252", "cp1250")
        assert likely([best, far]) == ("cp1252",)
        assert likely([]) == ()

    def test_what_does_not_read_well_is_never_called(self) -> None:
        bad, worse = Guess("cp437", 10.0, False), Guess("cp850", 99.0, False)
        assert likely([bad, worse]) == ("cp437", "cp850")
        assert likely([bad]) == ()

    def test_nothing_is_written(self, workspace: MakeWorkspace) -> None:
        data = b"caf\xe9 and \xa4 [x](Guide.md)\n"
        space = workspace({"page.md": data, "guide.md": ""})
        [finding] = space.check(select=("not-utf8",))
        assert "too close to call" in finding.message
        assert "cp1252" in finding.message
        assert "iso8859-15" in finding.message
        for level in (Safety.SAFE, Safety.UNSAFE):
            assert not space.fix(level=level).changed
        assert space.read("page.md") == data


class TestProposals:
    def test_charset_normalizer_may_know_another_code_page(self) -> None:
        text = PAGES["ko"]
        source = source_of(text.encode("johab"))
        assert (source.text, source.guesses) == (text, ("johab",))

    def test_what_does_not_hold_ascii_is_not_taken(self) -> None:
        assert [each.encoding for each in guesses(b"gr\xfc\xdfe", ["cp500"]) if each.encoding == "cp500"] == []
