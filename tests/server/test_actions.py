"""What can be done about what was found, by the real `doclint server` over stdio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor import Editor, drive
from lsprotocol import types

if TYPE_CHECKING:
    from conftest import MakeWorkspace

GUIDE = "# Guide\n\n## Setup\n\n## Setting\n\n## Usage\n"


def test_one_fix(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n\n[g](Guide.md#usage) [h](guide.md#usge)\n", "guide.md": GUIDE})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        (case, *_) = await editor.actions("a.md", "Guide.md#usage")
        assert (case.kind, case.is_preferred) == (types.CodeActionKind.QuickFix, True)
        assert [one.code for one in case.diagnostics or []] == ["wrong-case"]
        text = editor.texts["a.md"][1]
        mended = text.replace("Guide.md#usage", "guide.md#usage")
        assert editor.applied(case.edit, {"a.md": text}) == {"a.md": mended}
        (anchor, everything) = await editor.actions("a.md", "guide.md#usge")
        assert (anchor.title, anchor.is_preferred) == ("Link to #usage (likely)", None)
        assert everything.title == "Mend all on this page that is certain or likely"
        assert editor.applied(everything.edit, {"a.md": text}) == {"a.md": mended.replace("#usge", "#usage")}

    drive(work, space.root)


def test_each_of_several_ways_out_is_an_action(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[g](guide.md#set-ing)\n", "guide.md": "# Set-in\n\n# Set-ing-a\n\n# Set-ing-b\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        (finding,) = await editor.found("a.md")
        titles = {one.title for one in await editor.actions("a.md", "guide.md#set-ing")}
        named = {f"Link to {word.rstrip('?')}" for word in finding.message.split() if word.startswith("#")}
        assert len(named) > 1
        assert titles == named

    drive(work, space.root)


def test_a_repaired_heading_takes_the_links_to_it_along(workspace: MakeWorkspace) -> None:
    pages = {
        "a.md": "# CafÃ© au lait\n\nText.\n",
        "b.md": "[a](a.md#cafã-au-lait)\n",
        "c.md": "[a](a.md#cafã-au-lait)\n",
    }
    space = workspace(pages)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        editor.open("b.md")
        await editor.settled("a.md")
        (repair, *_) = await editor.actions("a.md", "CafÃ©")
        assert editor.applied(repair.edit, pages) == {
            "a.md": "# Café au lait\n\nText.\n",
            "b.md": "[a](a.md#café-au-lait)\n",
            "c.md": "[a](a.md#café-au-lait)\n",
        }
        assert repair.edit is not None
        documents = [one.text_document for one in repair.edit.document_changes or []]  # type: ignore[union-attr]
        versions = {document.uri.rpartition("/")[2]: document.version for document in documents}
        assert versions == {"a.md": 1, "b.md": 1, "c.md": None}

    drive(work, space.root)


def test_an_editor_without_versions_gets_plain_edits(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "CafÃ© au lait.\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        (repair, *_) = await editor.actions("a.md", "CafÃ©")
        assert repair.edit is not None
        assert repair.edit.document_changes is None
        assert editor.applied(repair.edit, {"a.md": "CafÃ© au lait.\n"}) == {"a.md": "Café au lait.\n"}

    drive(work, space.root, capabilities=types.ClientCapabilities())


def test_fix_all_makes_what_is_certain_and_nothing_else(workspace: MakeWorkspace) -> None:
    text = "# A\n\nCafÃ© au lait, [g](Guide.md) [h](guide.md#usge)\n"
    space = workspace({"a.md": text, "guide.md": GUIDE, "good.md": "# Good\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        editor.open("good.md")
        (one,) = await editor.actions("a.md", "# A", only=["source.fixAll"])
        assert one.kind == types.CodeActionKind.SourceFixAll
        mended = text.replace("CafÃ©", "Café").replace("Guide", "guide")
        assert editor.applied(one.edit, {"a.md": text}) == {"a.md": mended}
        assert await editor.actions("good.md", "Good", only=["source.fixAll"]) == []

    drive(work, space.root)


def test_nothing_is_offered_where_nothing_is_wrong(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n\n[gone](gone.md) and prose\n\nCafÃ© au lait\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.actions("a.md", "and prose") == []
        assert await editor.actions("a.md", "gone.md") == []
        assert await editor.actions("a.md", "CafÃ©", only=["refactor"]) == []

    drive(work, space.root)


def test_a_damaged_name_is_given_back_where_the_editor_can(workspace: MakeWorkspace) -> None:
    pages = {"grÃ¼ÃŸe.md": "# G\n", "schÃ¶n.md": "# S\n", "a.md": "[g](gr%C3%83%C2%BC%C3%83%C5%B8e.md)\n"}
    space = workspace(pages)

    async def work(editor: Editor) -> None:
        editor.open("grÃ¼ÃŸe.md")
        await editor.settled("grÃ¼ÃŸe.md")
        assert await editor.rules("grÃ¼ÃŸe.md") == ["mojibake-name"]
        (rename, *_) = await editor.actions("grÃ¼ÃŸe.md", "#")
        assert rename.edit is not None
        moves = [one for one in rename.edit.document_changes or [] if isinstance(one, types.RenameFile)]
        assert [(one.old_uri, one.new_uri) for one in moves] == [(editor.uri("grÃ¼ÃŸe.md"), editor.uri("grüße.md"))]
        assert editor.applied(rename.edit, {**pages}) == {"a.md": "[g](gr%C3%BC%C3%9Fe.md)\n"}

    drive(work, space.root)


def test_a_page_in_another_encoding_is_not_written(workspace: MakeWorkspace) -> None:
    text = "Grüße aus Köln, schöne Größe, müde Bären über Brücken [x](A.md)\n".encode("cp1252")
    space = workspace({"b.md": text, "a.md": "# A\n"})

    async def work(editor: Editor) -> None:
        editor.open("b.md", text.decode("utf-8", "replace"))
        assert "not-utf8" in await editor.rules("b.md")
        editor.open("a.md")
        assert await editor.actions("a.md", "A") == []
        for action in await editor.actions("b.md", "Gr"):
            assert action.title != "Save it as UTF-8"

    drive(work, space.root)
