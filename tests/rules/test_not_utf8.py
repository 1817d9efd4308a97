from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.model import Safety
from doclint.rules.not_utf8 import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        "Füße – 技术 🚀\n".encode(),
        "\ufeffFüße\n".encode(),
        "CafÃ©\n".encode(),
        "na\ufffdve\n".encode(),
        "\x85\x9f\n".encode(),
        b"not text \x00\x00\x00\x00\x00\x00\x00\x00",
    ],
)
def test_silent_for_utf8_and_for_what_is_no_text(data: bytes) -> None:
    assert not look(RULE, data)


def test_a_stray_byte() -> None:
    [seen] = look(RULE, "Füße und Höhe, caf".encode() + b"\xe9 noir\n")
    assert seen.text == "\udce9"
    assert seen.message == "byte E9 is not UTF-8"
    assert seen.help == "the rest of the page is UTF-8: write the character anew"
    assert seen.hit.fix is None
    assert seen.hit.on_disk


def test_stray_bytes_together_and_apart() -> None:
    found = look(RULE, "Füße, Höhe, Türen: ".encode() + b"\xc3\x28 and \xff\xfe\n")
    assert [seen.message for seen in found] == ["byte C3 is not UTF-8", "bytes FF FE are not UTF-8"]


@pytest.mark.parametrize(("codec", "name"), [("utf-16", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")])
def test_another_form_of_unicode(codec: str, name: str) -> None:
    mark = "\ufeff" if codec.endswith("e") else ""
    [seen] = look(RULE, f"{mark}# Füße\n".encode(codec))
    assert seen.text == "ü", "the first character that is not ASCII"
    assert seen.message == f"page is {name}, not UTF-8"
    assert seen.help == f"save it as UTF-8: iconv -f {name} -t UTF-8"


def test_a_form_of_unicode_without_a_letter_beyond_ascii() -> None:
    [seen] = look(RULE, "# Plain\n".encode("utf-16"))
    assert seen.message == "page is UTF-16, not UTF-8"


def test_a_code_page() -> None:
    text = "Die Straße führt über die Brücke, und die Häuser stehen schön in der Nähe des Flüßchens.\n" * 4
    [seen] = look(RULE, text.encode("cp1252"))
    assert seen.text == "ß"
    assert seen.message.startswith("page is not UTF-8; it may be ")
    guess = seen.message.removeprefix("page is not UTF-8; it may be ").partition(" ")[0]
    assert f"iconv -f {guess} -t UTF-8" in seen.help
    assert text.encode("cp1252").decode(guess), "the guess can at least be decoded"


def test_its_links_are_links_all_the_same(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "Über die [Brücke](gone.md).\n".encode("latin-1")})
    assert {finding.rule for finding in space.check()} == {"not-utf8", "missing-file"}


def test_a_fix_on_the_page_keeps_its_bytes(workspace: MakeWorkspace) -> None:
    text = "Die Straße führt über die schöne [Brücke](Guide.md). Grüße aus Köln.\r\n"
    space = workspace({"page.md": text.encode("latin-1"), "guide.md": ""})
    space.fix(level=Safety.SAFE)
    assert space.read("page.md") == text.replace("Guide.md", "guide.md").encode("latin-1")


def test_a_fix_on_a_page_with_a_stray_byte_keeps_it(workspace: MakeWorkspace) -> None:
    data = "Füße, Höhe, Türen [a](Guide.md) caf".encode() + b"\xe9\n"
    space = workspace({"page.md": data, "guide.md": ""})
    space.fix(level=Safety.SAFE)
    assert space.read("page.md") == data.replace(b"Guide", b"guide")


def test_a_fix_on_utf16_keeps_its_encoding(workspace: MakeWorkspace) -> None:
    text = "\ufeff# Füße\r\n[a](Guide.md)\r\n"
    space = workspace({"page.md": text.encode("utf-16-be"), "guide.md": ""})
    space.fix(level=Safety.SAFE)
    assert space.read("page.md") == text.replace("Guide.md", "guide.md").encode("utf-16-be")
