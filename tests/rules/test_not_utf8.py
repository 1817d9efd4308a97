from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.report.diff import diff
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
    assert seen.help == "doclint fix --unsafe saves it as UTF-8"


def test_a_form_of_unicode_without_a_letter_beyond_ascii() -> None:
    [seen] = look(RULE, "# Plain\n".encode("utf-16"))
    assert seen.message == "page is UTF-16, not UTF-8"


def test_a_code_page() -> None:
    text = "Die Straße führt über die Brücke, und die Häuser stehen schön in der Nähe des Flüßchens.\n" * 4
    [seen] = look(RULE, text.encode("cp1252"))
    assert seen.text == "ß"
    assert seen.message == "page is cp1252, not UTF-8"
    assert seen.help == "doclint fix --unsafe saves it as UTF-8"
    assert seen.hit.fix is not None


def test_two_code_pages_that_are_too_close_to_call() -> None:
    [seen] = look(RULE, b"caf\xe9 and \xa4\n")
    assert seen.text == "é"
    assert seen.message == "page is not UTF-8; it is iso8859-15 or cp1252, which is too close to call"
    assert seen.help == "look at it as each of them, and save it as UTF-8 from the one in which it reads well"
    assert seen.hit.fix is None


TEXT = "# Über uns\r\n\r\nDie Straße führt über die schöne [Brücke](#über-uns). Grüße aus Köln.\r\n"


@pytest.mark.parametrize("codec", ["cp1252", "cp850", "mac-roman", "utf-16-le", "utf-16-be"])
def test_it_is_saved_as_utf8(workspace: MakeWorkspace, codec: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": TEXT.encode(codec)}, {"page.md": TEXT}, Safety.UNSAFE)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_the_mark_of_utf16_goes(workspace: MakeWorkspace, codec: str) -> None:
    before = ("\ufeff" + TEXT).encode(codec)
    assert_mends(workspace, RULE.name, {"page.md": before}, {"page.md": TEXT}, Safety.UNSAFE)


def test_other_fixes_are_made_with_it(workspace: MakeWorkspace) -> None:
    text = TEXT.replace("#über-uns", "Guide.md")
    space = workspace({"page.md": text.encode("cp1252"), "guide.md": ""})
    [change] = space.fix(level=Safety.UNSAFE).changed
    assert (change.saved_as, change.fixes) == ("utf-8", 2)
    assert space.read("page.md") == text.replace("Guide.md", "guide.md").encode()


def test_a_page_that_cannot_be_written_stays_what_it_is(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": TEXT.encode("cp1252"), "other.md": TEXT.encode("cp1252")})
    (space.root / "page.md").chmod(0o444)
    outcome = space.fix(level=Safety.UNSAFE)
    assert [change.path for change in outcome.changed] == ["other.md"]
    assert [finding.path for finding in outcome.findings] == ["page.md"]
    assert space.read("page.md") == TEXT.encode("cp1252")
    assert space.read("other.md") == TEXT.encode()


def test_a_patch_says_it(workspace: MakeWorkspace) -> None:
    outcome = workspace({"page.md": TEXT.encode("cp1252")}).fix(level=Safety.UNSAFE, dry=True)
    assert "".join(diff(outcome, exact=True, color=False)) == "page.md: saved as UTF-8\n"


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
