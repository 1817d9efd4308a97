"""What links mean on DocFX and Microsoft Learn, in a repository like those of MicrosoftDocs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from doclint import run
from doclint.settings import Settings

if TYPE_CHECKING:
    from conftest import MakeWorkspace

PUBLISHED = {
    "docsets_to_publish": [{"docset_name": "tea", "build_source_folder": "docs", "locale": "en-us"}],
    "dependent_repositories": [
        {"path_to_root": "_themes", "url": "https://github.com/Microsoft/templates.docs.msft"},
        {"path_to_root": "docs/Samples", "url": "https://github.com/MicrosoftDocs/tea-samples"},
    ],
    "redirection_files": ["redirected.json"],
}
REDIRECTIONS = """{
  "redirections": [
    // moved when the kettle was
    { "source_path": "docs/guide/Boil.md", "redirect_url": "/tea/guide/install", "redirect_document_id": true },
    { "source_path_from_root": "/docs/guide/pour.md", "redirect_url": "/tea/guide/install" },
  ]
}
"""
BUILD = {
    "metadata": [{"src": "../src", "dest": "api"}],
    "build": {"content": [{"files": ["**/*.md"], "exclude": ["**/includes/**"]}, {"src": "obj/yaml", "dest": "more"}]},
}
TREE = {
    ".openpublishing.publish.config.json": json.dumps(PUBLISHED),
    ".openpublishing.redirection.json": REDIRECTIONS,
    "redirected.json": '{"redirections": [{"source_path": "docs/steep.md", "redirect_url": "/tea/"}]}',
    "docs/docfx.json": json.dumps(BUILD),
    "docs/index.yml": "### YamlMime:Landing\n",
    "docs/toc.yml": "- href: guide/install.md\n",
    "docs/guide/install.md": '# Install\n\n## <a name="Kettle"></a> The kettle\n\n## C++ & tea\n\n## C++ & tea\n',
    "docs/guide/Tea.Pot.Pour(method).md": "# Pour\n",
    "docs/guide/codesnippet/cpp/pot.cpp": "// <1>\n",
    "docs/guide/media/cup.png": "",
    "docs/includes/note.md": "[the kettle](#kettle-of-the-page) and [install](../guide/install.md#install)\n",
    "README.md": "# Tea\n",
}


def found(workspace: MakeWorkspace, text: str, page: str = "docs/guide/page.md") -> list[tuple[str, str]]:
    findings = workspace({**TREE, page: text}).check()
    assert {finding.path for finding in findings} <= {page}
    return [(finding.rule, finding.message) for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        # Files, in any letter case, with either slash, from the docset's folder.
        "[x](install.md)",
        "[x](./Install.MD#c--tea-1)",
        "[x](INSTALL.md?view=tea-2#install)",
        "[x](..\\guide\\install.md)",
        "[x](~/guide/install.md)",
        "[x](~/../README.md)",
        "[x](install)",
        "[x](Tea.Pot.Pour(method).md)",
        "[x](Tea.Pot.Pour(method))",
        "[x](../toc.yml) [y](../index.yml) [z](../)",
        "![x](Media/Cup.PNG)",
        "[!code-cpp[x](codesnippet/CPP/pot.cpp#1)]",
        "[!INCLUDE [x](../includes/note.md)]",
        "[!include-[x](~/Includes/Note.md)]",
        # Addresses, of the whole site and of the build.
        "[x](/windows/win32/api/winuser/nf-winuser-getdc) [y](/dotnet/api/system.string#remarks)",
        "![x](/media/cup.png)",
        "[x](nowhere) [y](../nowhere/) [z](nowhere.html#x)",
        "[x](../api/Tea.Pot.yml) [y](~/api/index.md#pot)",
        "[x](../obj/yaml/toc.yml)",
        "[!code-csharp[x](~/samples/pot/Program.cs#2)]",
        "![x](../../_themes/cup.png)",
        # References to programs, and what is no link.
        "[x](xref:System.String) <xref:System.String?displayProperty=fullName> @System.String",
        "[x]({{site}}/install.md)",
        "> [!NOTE]\n> Hot.\n",
        '> [!div class="nextstepaction"]\n> [x](install.md)\n',
        ':::image type="content" source="media/cup.png" alt-text="A cup.":::\n',
        '::: moniker range=">=tea-2"\n\n## New\n\n::: moniker-end\n\n[x](#new)\n',
        # Pages that are gone, and lead elsewhere.
        "[x](Boil.md#how) [y](boil.md) [z](pour.md) [a](../steep.md)",
        # Anchors.
        "[x](install.md#Kettle) [y](install.md#c--tea)",
        "# [Windows](#tab/windows)\n\nx\n\n# [Linux](#tab/linux/hot)\n\ny\n\n---\n",
        '<a name="Here"></a>\n\n[x](#Here)\n',
        "[x](#the-note)\n\n[!INCLUDE [x](../includes/note.md)]\n",
    ],
)
def test_right_links_are_silent(workspace: MakeWorkspace, text: str) -> None:
    assert found(workspace, f"{text}\n") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[x](instal.md)", "missing-file"),
        ("[x](~/guide/instal.md)", "missing-file"),
        ("[x](..\\guide\\instal.md)", "missing-file"),
        ("[x](Tea.Pot.Fill(method).md)", "missing-file"),
        ("![x](media/mug.png)", "missing-file"),
        ("[!INCLUDE [x](../includes/warning.md)]", "missing-file"),
        ("[!code-cpp[x](codesnippet/cpp/cup.cpp)]", "missing-file"),
        ("[x](../apis/Tea.Pot.yml)", "missing-file"),
        ("[x](../../../tea/install.md)", "outside-repository"),
        ("[x](install.md#kettle)", "missing-anchor"),
        ("[x](Install.md#c-tea)", "missing-anchor"),
        ("[x](#nowhere)", "missing-anchor"),
    ],
)
def test_wrong_links_are_reported(workspace: MakeWorkspace, text: str, rule: str) -> None:
    assert [name for name, _ in found(workspace, f"{text}\n")] == [rule]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[x](docs/Guide/install.md)", "wrong-case"),
        ("[x](/dotnet/tea)", "missing-file"),
        ("[x](docs/guide/boil.md)", "missing-file"),
        ("# [Windows](#tab/windows)", "missing-anchor"),
    ],
)
def test_beside_what_is_published_github_s_rules_hold(workspace: MakeWorkspace, text: str, rule: str) -> None:
    for page in ("README.md", "styleguide/page.md"):
        written = text.replace("(docs/", "(../docs/") if "/" in page else text
        assert [name for name, _ in found(workspace, f"{written}\n", page)] == [rule]


def test_a_translation_falls_back_to_the_repository_in_english(workspace: MakeWorkspace) -> None:
    published = {"docsets_to_publish": [{"build_source_folder": "docs", "locale": "de-de"}]}
    tree = {
        ".openpublishing.publish.config.json": json.dumps(published),
        "docs/a.md": "# Tee\n\n[x](b.md) ![y](cup.png)\n\n[z](#kanne)\n",
    }
    assert [finding.rule for finding in workspace(tree).check()] == ["missing-anchor"]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"docsets_to_publish": 7, "dependent_repositories": "x"}', "\0"])
def test_a_configuration_that_cannot_be_read_does_no_harm(workspace: MakeWorkspace, broken: str) -> None:
    tree = {**TREE, ".openpublishing.publish.config.json": broken, "docs/guide/page.md": "[x](~/guide/Install.md)\n"}
    assert workspace(tree).check() == ()


@pytest.mark.parametrize("broken", ["{", '{"build": 7, "metadata": "x"}', '{"build": {"content": ["a", {"src": 1}]}}'])
def test_a_site_whose_configuration_cannot_be_read_is_one(workspace: MakeWorkspace, broken: str) -> None:
    tree = {"docs/docfx.json": broken, "docs/a.md": "[x](/dotnet/tea) [y](A.md)\n"}
    assert workspace(tree).check() == ()


def test_the_settings_name_the_host_and_its_configuration_tells_the_rest(workspace: MakeWorkspace) -> None:
    text = "[x](~/guide/Install.md) [y](boil.md) [z](~/Samples/a.cs) [a](/dotnet/tea)\n"
    space = workspace({**TREE, "docs/guide/page.md": text, "docs/includes/note.md": ""})
    assert space.outcome(flavour="docfx").findings == ()
    assert space.outcome(folders=((str(space.root / "docs" / "guide"), "docfx"),)).findings == ()
    assert space.outcome(folders=((str(space.root / "docs"), "mkdocs"),)).findings != ()


@pytest.mark.parametrize(
    ("destination", "rule"), [("Install.md", "missing-file"), ("../GUIDE/INSTALL.md#Kettle", "missing-anchor")]
)
def test_what_a_change_takes_away_is_missed_in_any_letter_case(
    workspace: MakeWorkspace, destination: str, rule: str
) -> None:
    space = workspace({**TREE, "docs/guide/page.md": f"[x]({destination})\n"})
    if rule == "missing-file":
        space.git("rm", "--quiet", "docs/guide/install.md")
    else:
        space.write({"docs/guide/install.md": "# Install\n"})
    findings = run.check((), Settings(since="HEAD"), str(space.root)).findings
    assert [finding.rule for finding in findings if finding.path == "docs/guide/page.md"] == [rule]
