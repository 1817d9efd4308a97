"""What is said of open pages, by the real `doclint server` over stdio."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from editor import Editor, drive
from lsprotocol import types

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace

PAGES = {"a.md": "# A\n\n[b](b.md#two)\n", "b.md": "# B\n\n## Two\n"}


def test_a_finding_is_said_as_an_editor_lists_it(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "a.md": "# A\n\n😀 é [b](b.md#twoo) <a id=Top></a> [t](#Top)\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        anchor, capital = sorted(await editor.found("a.md"), key=lambda one: one.severity or 0)
        assert (anchor.code, anchor.source, anchor.severity) == (
            "missing-anchor",
            "doclint",
            types.DiagnosticSeverity.Error,
        )
        assert anchor.message == 'no heading or anchor "twoo" in b.md\ndid you mean #two?'
        # The face takes two code units of UTF-16.
        assert (anchor.range.start, anchor.range.end) == (types.Position(2, 9), types.Position(2, 18))
        assert capital.severity == types.DiagnosticSeverity.Information
        assert anchor.code_description is None

    drive(work, space.root)


@pytest.mark.parametrize(("unit", "start"), [("utf-8", 12), ("utf-32", 8)])
def test_positions_count_what_was_agreed_on(workspace: MakeWorkspace, unit: str, start: int) -> None:
    space = workspace({"a.md": "😀 é [b](gone.md)\n"})
    wishes = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(unit)])
    )

    async def work(editor: Editor) -> None:
        assert editor.result.capabilities.position_encoding == unit
        editor.open("a.md")
        assert [one.range.start.character for one in await editor.found("a.md")] == [start]

    drive(work, space.root, capabilities=wishes)


def test_what_is_typed_counts_and_the_disk_does_not(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == []
        end = types.Position(2, 12)
        change = types.TextDocumentContentChangePartial(types.Range(end, end), "-and-a-half")
        editor.change("a.md", "# A\n\n[b](b.md#two-and-a-half)\n", [change])
        assert await editor.rules("a.md") == ["missing-anchor"]
        back = types.TextDocumentContentChangePartial(types.Range(end, types.Position(2, 23)), "")
        editor.change("a.md", PAGES["a.md"], [back])
        assert await editor.rules("a.md") == []
        editor.close("a.md")

    drive(work, space.root)
    assert space.tree()["a.md"] == PAGES["a.md"].encode()


def test_another_open_page_learns_that_its_link_broke(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        editor.open("b.md")
        await editor.settled("a.md")
        assert await editor.rules("a.md") == []
        editor.type("b.md", "# B\n\n## Three\n")
        said = editor.published[editor.uri("a.md")]
        await editor.until(lambda: bool(said[-1].diagnostics), "the broken link")
        assert said[-1].version == 1
        editor.type("b.md", PAGES["b.md"])
        await editor.until(lambda: not said[-1].diagnostics, "the mended link")
        assert await editor.rules("b.md") == []

    drive(work, space.root)


def test_what_says_nothing_new_is_not_said_twice(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        editor.open("b.md")
        await editor.settled("a.md")
        await editor.found("b.md")
        await asyncio.sleep(0.3)
        before = len(editor.published[editor.uri("a.md")])
        editor.type("b.md", PAGES["b.md"] + "\nMore prose.\n")
        await editor.found("b.md")
        await asyncio.sleep(0.3)
        assert len(editor.published[editor.uri("a.md")]) == before

    drive(work, space.root)


def test_settings_and_comments_are_honoured(workspace: MakeWorkspace) -> None:
    space = workspace(
        {
            "doclint.toml": 'flavour = "mkdocs"\nignore = ["empty-link"]\n',
            "a.md": "# A_b\n\n[x]() [own](#a_b)\n\n<!-- doclint-disable-next-line missing-file -->\n[y](gone.md)\n",
        }
    )

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == []

    drive(work, space.root)


def test_wrong_settings_are_said_once_and_their_correction_is_seen(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "a.md": "[x](gone.md)\n", "doclint.toml": "flavor = 1\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda: bool(editor.shown), "the complaint")
        assert "doclint.toml" in editor.shown[0]
        with pytest.raises(Exception, match=r"doclint\.toml"):
            await editor.text_document_hover_async(types.HoverParams(**editor.place("a.md", "gone")))
        space.write({"doclint.toml": 'flavour = "github"\n'})
        event = types.FileEvent(editor.uri("doclint.toml"), types.FileChangeType.Changed)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert await editor.rules("a.md") == ["missing-file"]
        assert len(editor.shown) == 1

    drive(work, space.root)


def test_the_disk_is_watched(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[c](c.md)\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["missing-file"]
        await editor.until(lambda: bool(editor.registered), "the wish to be told of changes")
        assert [one.method for one in editor.registered] == ["workspace/didChangeWatchedFiles"]
        said = editor.published[editor.uri("a.md")]
        space.write({"c.md": "# C\n"})
        event = types.FileEvent(editor.uri("c.md"), types.FileChangeType.Created)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await editor.until(lambda: [one.code for one in said[-1].diagnostics] == ["untracked-target"], "the new file")
        space.git("add", "c.md")
        event = types.FileEvent(editor.uri(".git/index"), types.FileChangeType.Changed)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await editor.until(lambda: not said[-1].diagnostics, "the change of git's index")

    drive(work, space.root)


def test_reading_many_pages_reports_progress_and_ends(workspace: MakeWorkspace) -> None:
    space = workspace({f"p{number}.md": "# P\n" for number in range(50)})

    async def work(editor: Editor) -> None:
        await editor.until(lambda: "end" in editor.progressed, "the end")
        assert (editor.progressed[0], editor.progressed[-1]) == ("begin", "end")
        assert editor.progressed.count("end") == 1

    drive(work, space.root)


def test_an_editor_that_wants_no_progress_gets_none(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == []
        assert not editor.progressed
        assert not editor.registered

    drive(work, space.root, capabilities=types.ClientCapabilities())


def test_without_git_the_folder_says_which_files_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[b](b.md#b) [c](c.md)\n")
    (tmp_path / "b.md").write_text("# B\n")

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["missing-file"]

    drive(work, tmp_path.resolve())


def test_a_text_without_a_file_and_a_file_elsewhere(workspace: MakeWorkspace, tmp_path: Path) -> None:
    space = workspace(PAGES)
    outside = tmp_path.resolve() / "outside" / "x.md"
    outside.parent.mkdir()
    outside.write_text("# X\n")

    async def work(editor: Editor) -> None:
        text = "# U\n\n[x](gone.md) [y](#u) [z](#none) CafÃ© au lait.\n"
        editor.open("untitled:Untitled-1", text)
        assert sorted(await editor.rules("untitled:Untitled-1")) == ["missing-anchor", "mojibake"]
        editor.open(outside.as_uri(), text)
        assert sorted(await editor.rules(outside.as_uri())) == ["missing-anchor", "mojibake"]

    drive(work, space.root)


def test_a_text_that_is_no_page_is_left_alone(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "a.py": "# CafÃ© [x](gone.md)\n", "page.html": "<a href='gone.md'>x</a>\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.py", language="python")
        editor.open("page.html", language="html")
        editor.open("untitled:Untitled-1", "[x](#none)\n", language="plaintext")
        editor.open("a.md")
        await editor.found("a.md")
        await editor.settled("a.md")
        assert [uri for uri, said in editor.published.items() if said] == [editor.uri("a.md")]

    drive(work, space.root)


def test_a_page_in_another_encoding(workspace: MakeWorkspace) -> None:
    text = "Grüße aus Köln, schöne Größe, müde Bären über Brücken [x](gone.md)\n"
    space = workspace({"a.md": text.encode("cp1252"), "b.md": "# B\n"})

    async def work(editor: Editor) -> None:
        # As an editor shows it that takes every file for UTF-8.
        editor.open("a.md", text.encode("cp1252").decode("utf-8", "replace"))
        assert sorted(await editor.rules("a.md")) == ["missing-file", "not-utf8"]

    drive(work, space.root)


def test_folders_of_the_workspace_come_and_go(workspace: MakeWorkspace) -> None:
    one, two = workspace(PAGES), workspace({"x.md": "[y](gone.md)\n"})

    async def work(editor: Editor) -> None:
        uri = (two.root / "x.md").as_uri()
        editor.open(uri, "[y](gone.md)\n")
        assert await editor.rules(uri) == ["missing-file"]
        folder = types.WorkspaceFolder(two.root.as_uri(), "two")
        event = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.texts[uri] = (1, editor.texts[uri][1])
        editor.type(uri, "[y](x.md)\n")
        assert await editor.rules(uri) == []
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.open("a.md")
        assert await editor.rules("a.md") == []

    drive(work, one.root)


def test_a_page_of_a_folder_that_was_closed_is_seen_in_its_own_repository(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md)\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["missing-file"]
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[types.WorkspaceFolder(space.root.as_uri(), "x")])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.type("a.md", "[x](gone.md) [y](a.md)\n\n[z](far.md)\n")
        assert await editor.rules("a.md") == ["missing-file", "missing-file"]

    drive(work, space.root)


def test_a_folder_that_is_closed_while_its_pages_are_read_is_looked_at_again(workspace: MakeWorkspace) -> None:
    tree = {f"p{number}.md": f"# P\n\n{'[q](p0.md#p) ' * 200}\n" for number in range(300)}
    space = workspace({"a.md": "[x](gone.md)\n", **tree})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["missing-file"]
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[types.WorkspaceFolder(space.root.as_uri(), "x")])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.type("a.md", "[x](gone.md) [p](p1.md#p)\n\n[z](far.md)\n")
        params = types.DefinitionParams(**editor.place("a.md", "p1.md#p"))
        found = await editor.text_document_definition_async(params)
        assert isinstance(found, types.Location)
        assert found.uri == editor.uri("p1.md")
        assert await editor.rules("a.md") == ["missing-file", "missing-file"]

    drive(work, space.root)


def test_a_folder_behind_a_symbolic_link(workspace: MakeWorkspace, tmp_path: Path) -> None:
    space = workspace(PAGES)
    link = tmp_path.resolve() / "link"
    link.symlink_to(space.root)

    async def work(editor: Editor) -> None:
        editor.open("a.md", "[b](b.md#two) [x](gone.md)\n")
        assert await editor.rules("a.md") == ["missing-file"]
        params = types.DefinitionParams(**editor.place("a.md", "b.md#two"))
        found = await editor.text_document_definition_async(params)
        assert isinstance(found, types.Location)
        assert found.uri == editor.uri("b.md"), "as the editor names it"

    drive(work, link)


def test_a_page_is_silent_once_it_is_closed(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md)\n"})

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["missing-file"]
        editor.close("a.md")
        said = editor.published[editor.uri("a.md")]
        await editor.until(lambda: not said[-1].diagnostics, "silence")

    drive(work, space.root)
