from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.resolve import Site
from doclint.rules.wrong_case import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree

OURS = Site("ours", "manual", "main")
NFC, NFD = "caf\u00e9.md", "cafe\u0301.md"


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("Guide.md", ["Guide.md"]),
        ("guide.md", ["Guide.md", "guide.md"]),
        ("Docs", ["Docs/x.md"]),
        ("Docs/", ["Docs/x.md"]),
        (NFC, [NFC]),
        (NFD, [NFD]),
        (NFD, [NFC, NFD]),
        ("cafe%CC%81.md", [NFD]),
    ],
)
def test_silent_for_the_exact_name(link: str, names: list[str]) -> None:
    assert not look(RULE, f"[a]({link})", names)


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("gone.md", ["Guide.md"]),
        ("guide.markdown", ["Guide.md"]),
        ("cafe.md", [NFC]),
        ("guide.md/", ["Guide.md"]),
        ("https://example.com/guide.md", ["Guide.md"]),
        ("mailto:Guide.md", ["guide.md"]),
        ("#GUIDE", ["Guide.md"]),
    ],
)
def test_silent_for_another_fault_or_none(link: str, names: list[str]) -> None:
    assert not look(RULE, f"[a]({link})", names)


def test_silent_where_two_files_may_be_meant() -> None:
    assert not look(RULE, "[a](GUIDE.md)", ["Guide.md", "guide.md"])


def test_silent_for_a_file_that_is_not_tracked() -> None:
    assert not look(RULE, "[a](Guide.md)", untracked=["guide.md"])


def test_silent_in_code() -> None:
    assert not look(RULE, "`[a](GUIDE.md)`\n\n    [a](GUIDE.md)\n", ["guide.md"])


# ------------------------------------------------------------------------------------------------------------ loud


def test_another_letter_case() -> None:
    [seen] = look(RULE, "Read [the setup](Install.md#how) first.", ["install.md"])
    assert seen.text == "Install.md#how"
    assert seen.message == 'the repository has "install.md" in another letter case'
    assert seen.help == "write install.md"


def test_another_normal_form() -> None:
    [seen] = look(RULE, f"[a]({NFD})", [NFC])
    assert seen.text == NFD
    assert seen.message == f'the repository has "{NFC}" in another normal form of Unicode'


def test_the_case_of_a_folder() -> None:
    [seen] = look(RULE, "[a](Docs/deep.md)", ["docs/deep.md"])
    assert seen.message == 'the repository has "docs/deep.md" in another letter case'


def test_the_case_of_a_folder_itself() -> None:
    [seen] = look(RULE, "[a](DOCS/)", ["docs/deep.md"])
    assert seen.message == 'the repository has "docs" in another letter case'


def test_letters_whose_case_takes_two_characters() -> None:
    [seen] = look(RULE, "[a](STRASSE.md)", ["Straße.md"])
    assert seen.message == 'the repository has "Straße.md" in another letter case'


def test_what_to_write_is_said_as_a_link_on_this_page_needs_it() -> None:
    [seen] = look(RULE, "[a](../Install.md)", ["install.md"], page="docs/page.md")
    assert seen.help == "write ../install.md"


@pytest.mark.parametrize(
    "text",
    [
        "![a](GUIDE.md)",
        "[a][b]\n\n[b]: GUIDE.md",
        '<a href="GUIDE.md">a</a>',
        "<img src=GUIDE.md>",
        "| x |\n|---|\n| [a](GUIDE.md) |",
    ],
)
def test_every_kind_of_link(text: str) -> None:
    assert [seen.text for seen in look(RULE, text, ["guide.md"])] == ["GUIDE.md"]


def test_an_address_of_this_repository_stays_one() -> None:
    link = "https://github.com/ours/manual/blob/main/GUIDE.md"
    [seen] = look(RULE, f"<{link}?raw=true>", ["guide.md"], site=OURS)
    assert seen.text == f"{link}?raw=true"
    assert seen.hit.fix is not None
    assert [edit.text for edit in seen.hit.fix.edits] == [f"{link.replace('GUIDE', 'guide')}?raw=true"]


# --------------------------------------------------------------------------------------------------- before -> after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](Install.md)\n", "[a](install.md)\n"),
        ("[a](./Install.md) [b](Install.md)\n", "[a](./install.md) [b](install.md)\n"),
        ("[a](/INSTALL.md)\n", "[a](/install.md)\n"),
        ("[a](docs/../Install.md)\n", "[a](install.md)\n"),
        ("[a](Install.md?plain=1#L2 'why')\r\n", "[a](install.md?plain=1#L2 'why')\r\n"),
        ("[a](Install.md#Set%20up)", "[a](install.md#Set%20up)"),
        ("![a](<Install.md>)\n", "![a](<install.md>)\n"),
        ("[a][b]\n\n[b]: Install.md 'why'\n", "[a][b]\n\n[b]: install.md 'why'\n"),
        ("<A HREF='Install.md'>a</A>\n", "<A HREF='install.md'>a</A>\n"),
        ("[a](DOCS/)\n", "[a](docs/)\n"),
        ("[a](DOCS)\n", "[a](docs)\n"),
        ("[a](/DOCS/)\n", "[a](/docs/)\n"),
        ("[a](Docs/My%20Notes.md)\n", "[a](docs/my%20notes.md)\n"),
        ("[a](<Docs/My Notes.md>)\n", "[a](<docs/my%20notes.md>)\n"),
        ("\ufeff# x\r\n\r\n[a](Install.md)\r\n", "\ufeff# x\r\n\r\n[a](install.md)\r\n"),
    ],
)
def test_the_real_name_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    tree = {"page.md": before, "install.md": "# Set up\n", "docs/my notes.md": "# Notes\n"}
    assert_mends(workspace, RULE.name, tree, {"page.md": after}, Safety.SAFE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"[a](Install.md#x\)y)", r"[a](install.md#x\)y)"),
        ("[a](Install.md#x&amp;lt;y)", "[a](install.md#x&amp;lt;y)"),
        ("<a href='Install.md?a=1&amp;b=2'>a</a>", "<a href='install.md?a=1&amp;b=2'>a</a>"),
        ('<a href="Install.md#&quot;q&quot;">a</a>', '<a href="install.md#&quot;q&quot;">a</a>'),
    ],
)
def test_the_part_that_stays_is_left_as_it_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    tree = {"page.md": before, "install.md": "# Set up\n"}
    assert_mends(workspace, RULE.name, tree, {"page.md": after}, Safety.SAFE)


def test_a_page_in_a_folder_keeps_its_way_up(workspace: MakeWorkspace) -> None:
    before: Tree = {
        "docs/page.md": "[a](../Img/Logo.png) [b](Side.md)\n",
        "img/logo.png": b"\x89PNG",
        "docs/side.md": "",
    }
    after = {"docs/page.md": "[a](../img/logo.png) [b](side.md)\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[a]({NFD})", f"[a]({NFC})"),
        ("[a](cafe%CC%81.md)", "[a](caf%C3%A9.md)"),
        (f"[a]({NFC.upper()})", f"[a]({NFC})"),
    ],
)
def test_the_normal_form_of_the_file_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": before, NFC: "# Café\n"}, {"page.md": after}, Safety.SAFE)


def test_the_links_of_a_damaged_page_are_written_where_they_stand(workspace: MakeWorkspace) -> None:
    damaged = "Crème brûlée à côté".encode().decode("cp1252")
    before = {"page.md": f"{damaged} [a](Install.md)\n", "install.md": ""}
    after = {"page.md": f"{damaged} [a](install.md)\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)
