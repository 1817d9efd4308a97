"""Navigation, hover, completion and renaming, by the real `doclint server` over stdio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from editor import Editor, drive
from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from conftest import MakeWorkspace

HOME = """# Home

See [usage](docs/guide.md#how-to-use), [r][ref], [short], ![p](img/p.png) and [web](https://example.org).

`[code][ref]` and plain words.

[ref]: docs/guide.md
[short]: <docs/a b.md>
"""
GUIDE = "# Guide\n\nIntro.\n\n## How to use\n\nFirst line.\n\n```sh\nrun `it`\n```\n\n[up](../README.md#home)\n"
PAGES = {"README.md": HOME, "docs/guide.md": GUIDE, "docs/a b.md": "# AB\n", "img/p.png": "no picture"}


def where(editor: Editor, answer: Any) -> tuple[str, int] | None:  # noqa: ANN401 - an answer of any shape
    if answer is None:
        return None
    name = next(name for name in PAGES if editor.uri(name) == answer.uri)
    return name, answer.range.start.line


def test_links_lead_to_their_headings(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        async def target(words: str) -> tuple[str, int] | None:
            params = types.DefinitionParams(**editor.place("README.md", words, 1))
            return where(editor, await editor.text_document_definition_async(params))

        editor.open("README.md")
        assert await target("docs/guide.md#how") == ("docs/guide.md", 4)
        assert await target("usage](") == ("docs/guide.md", 4)
        assert await target("r][ref]") == ("README.md", 6)
        assert await target("[ref], [short") == ("README.md", 6)
        assert await target("[short],") == ("README.md", 7)
        assert await target("docs/a b.md") == ("docs/a b.md", 0)
        assert await target("img/p.png") == ("img/p.png", 0)
        assert await target("https://example") is None
        assert await target("[code][ref]") is None
        assert await target("plain words") is None

    drive(work, space.root)


def test_references_are_the_links_to_a_heading(workspace: MakeWorkspace) -> None:
    space = workspace(PAGES)

    async def work(editor: Editor) -> None:
        async def links(name: str, words: str, *, itself: bool = False) -> list[tuple[str, int] | None]:
            context = types.ReferenceContext(include_declaration=itself)
            params = types.ReferenceParams(**editor.place(name, words, 1), context=context)
            return [where(editor, one) for one in await editor.text_document_references_async(params) or []]

        editor.open("docs/guide.md")
        editor.open("README.md")
        assert await links("docs/guide.md", "How to use") == [("README.md", 2)]
        assert await links("README.md", "docs/guide.md#", itself=True) == [("docs/guide.md", 4), ("README.md", 2)]
        assert await links("docs/guide.md", "Intro") == []
        # What is typed counts.
        editor.type("README.md", "# Home\n")
        assert await links("docs/guide.md", "How to use") == []

    drive(work, space.root)


def test_document_links_lead_to_what_is_there(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "README.md": HOME + "\n[gone](gone.md)\n"})

    async def work(editor: Editor) -> None:
        editor.open("README.md")
        params = types.DocumentLinkParams(types.TextDocumentIdentifier(editor.uri("README.md")))
        found = await editor.text_document_document_link_async(params) or []
        assert [(one.target or "").rpartition("/")[2] for one in found] == [
            "guide.md#L5", "p.png", "guide.md", "a%20b.md"
        ]  # fmt: skip

    drive(work, space.root)


def test_hover_shows_the_target(workspace: MakeWorkspace) -> None:
    space = workspace({**PAGES, "damaged.md": "CafÃ© au lait\n"})

    async def work(editor: Editor) -> None:
        async def shown(name: str, words: str) -> str | None:
            answer = await editor.text_document_hover_async(types.HoverParams(**editor.place(name, words, 1)))
            if answer is None:
                return None
            assert isinstance(answer.contents, types.MarkupContent)
            return answer.contents.value

        editor.open("README.md")
        text = await shown("README.md", "docs/guide.md#how")
        assert text is not None
        assert "## How to use\n\nFirst line." in text
        assert "Intro" not in text
        # A fence on the page does not end the one around it.
        assert "\n````markdown\n" in text
        assert text.endswith("\n````")
        assert await shown("README.md", "plain words") is None
        assert await shown("README.md", "https://example") is None
        editor.open("damaged.md")
        damage = await shown("damaged.md", "Ã©")
        assert damage is not None
        assert "Ã©\n→ é" in damage
        assert damage.endswith("Certain")
        assert await shown("damaged.md", "lait") is None

    drive(work, space.root)


async def proposed(editor: Editor, name: str, text: str) -> list[str]:
    """Return what may be typed at the mark `|` of a text."""
    editor.type(name, text.replace("|", ""))
    line = text.count("\n", 0, text.index("|"))
    position = types.Position(line, len(text[: text.index("|")].rpartition("\n")[2]))
    params = types.CompletionParams(types.TextDocumentIdentifier(editor.uri(name)), position)
    answer = await editor.text_document_completion_async(params)
    assert isinstance(answer, types.CompletionList)
    return [one.text_edit.new_text for one in answer.items if isinstance(one.text_edit, types.TextEdit)]


TREE = {
    "README.md": "# Home\n",
    "docs/guide.md": "# Über uns\n\n## Usage\n\n## Usage\n",
    "docs/a b (c).md": "# AB\n",
    "docs/deep/x.md": "# X\n",
    "img/p.png": "",
}


def test_paths_are_completed_as_they_must_be_written(workspace: MakeWorkspace) -> None:
    space = workspace(TREE)

    async def work(editor: Editor) -> None:
        editor.open("docs/deep/x.md")
        x = "docs/deep/x.md"
        assert await proposed(editor, x, "[a](../|)") == ["../a%20b%20%28c%29.md", "../guide.md"]
        assert await proposed(editor, x, "[a](<../a|>)") == ["../a b (c).md"]
        assert await proposed(editor, x, '<img src="../../img/|">') == ["../../img/p.png"]
        assert await proposed(editor, x, "[a]: /docs/g|") == ["/docs/guide.md"]
        assert await proposed(editor, x, "![a](/|)") == ["/docs/", "/img/", "/README.md"]
        assert await proposed(editor, x, "[a](gui|)") == ["../guide.md"]

    drive(work, space.root)


def test_anchors_are_completed(workspace: MakeWorkspace) -> None:
    space = workspace(TREE)

    async def work(editor: Editor) -> None:
        editor.open("README.md")
        assert await proposed(editor, "README.md", "# Top\n\n[a](#|)") == ["top"]
        assert await proposed(editor, "README.md", "[a](docs/guide.md#|)") == ["über-uns", "usage", "usage-1"]
        assert await proposed(editor, "README.md", "[a](docs/guide.md#%C3%9C|)") == [
            "%C3%BCber-uns", "usage", "usage-1"
        ]  # fmt: skip
        assert await proposed(editor, "README.md", "[a](docs/gone.md#|)") == []

    drive(work, space.root)


@pytest.mark.parametrize("text", ["a|b", "[a](https://doc|)", "`[a](docs/|)`", "```\n[a](|)\n```", "[a] (|)", "(|"])
def test_nothing_is_proposed_where_no_destination_is(workspace: MakeWorkspace, text: str) -> None:
    from doclint.server.completion import proposals
    from doclint.server.documents import Document
    from doclint.server.folder import Folder
    from doclint.server.survey import survey

    space = workspace(TREE)
    folder = Folder(str(space.root), survey(str(space.root)))
    folder.put("README.md", Document("README.md", "markdown", 1, text.replace("|", "")))
    assert proposals(folder, "README.md", text.index("|")) == []


def test_a_site_is_linked_as_its_pages_link(workspace: MakeWorkspace) -> None:
    space = workspace(
        {
            ".vitepress/config.ts": "export default {}\n",
            "guide/setup.md": "# Setup\n",
            "guide/index.md": "# Guide\n",
            "by-address.md": "[s](/guide/setup)\n\n",
            "by-file.md": "[s](/guide/setup.md)\n\n",
        }
    )

    async def work(editor: Editor) -> None:
        editor.open("by-address.md")
        editor.open("by-file.md")
        assert await proposed(editor, "by-address.md", "[s](/guide/setup)\n\n[x](/guide/s|)") == ["/guide/setup"]
        assert await proposed(editor, "by-file.md", "[s](/guide/setup.md)\n\n[x](/guide/s|)") == ["/guide/setup.md"]

    drive(work, space.root)


def test_a_heading_is_renamed_with_its_links(workspace: MakeWorkspace) -> None:
    pages = {
        "a.md": "# A\n\n## Use\n\n## Use\n\n[1](#use) [2](#use-1)\n",
        "b.md": "[a](a.md#use) ![no](a.md) [a](./a.md#use-1 'title') [gone](a.md#gone)\n\n[r]: a.md#use\n\n[r]\n",
    }
    space = workspace(pages)

    async def work(editor: Editor) -> None:
        editor.open("a.md")
        editor.open("b.md")
        first = types.PrepareRenameParams(**editor.place("a.md", "Use"))
        answer = await editor.text_document_prepare_rename_async(first)
        assert isinstance(answer, types.PrepareRenamePlaceholder)
        assert (answer.placeholder, answer.range.start) == ("Use", types.Position(2, 3))
        params = types.RenameParams(**editor.place("a.md", "Use"), new_name="Über Nutzung")
        # The second of the same name is counted anew, and its links follow, too.
        assert editor.applied(await editor.text_document_rename_async(params), pages) == {
            "a.md": "# A\n\n## Über Nutzung\n\n## Use\n\n[1](#über-nutzung) [2](#use)\n",
            "b.md": "[a](a.md#über-nutzung) ![no](a.md) [a](./a.md#use 'title') [gone](a.md#gone)\n\n"
            "[r]: a.md#über-nutzung\n\n[r]\n",
        }
        nowhere = types.PrepareRenameParams(**editor.place("b.md", "no]"))
        assert await editor.text_document_prepare_rename_async(nowhere) is None
        for name in ("", "two\nlines"):
            with pytest.raises(JsonRpcException, match="one line"):
                await editor.text_document_rename_async(
                    types.RenameParams(**editor.place("a.md", "Use"), new_name=name)
                )

    drive(work, space.root)


def test_files_are_renamed_as_mv_moves_them(workspace: MakeWorkspace) -> None:
    pages = {
        "a.md": "[b](docs/b.md#b) [c](docs/c.md)\n",
        "docs/b.md": "# B\n\n[a](../a.md) [c](c.md)\n",
        "docs/c.md": "# C\n\n[b](b.md)\n",
    }
    space = workspace(pages)

    async def work(editor: Editor) -> None:
        async def moved(*moves: tuple[str, str]) -> dict[str, str]:
            files = [types.FileRename(editor.uri(old), editor.uri(new)) for old, new in moves]
            answer = await editor.workspace_will_rename_files_async(types.RenameFilesParams(files))
            return editor.applied(answer, {**pages, "a.md": editor.texts["a.md"][1]})

        editor.open("a.md")
        assert await moved(("docs/b.md", "b.md")) == {
            "a.md": "[b](b.md#b) [c](docs/c.md)\n",
            "docs/b.md": "# B\n\n[a](a.md) [c](docs/c.md)\n",
            "docs/c.md": "# C\n\n[b](../b.md)\n",
        }
        assert await moved(("docs", "manual")) == {"a.md": "[b](manual/b.md#b) [c](manual/c.md)\n"}
        assert await moved(("docs/b.md", "x/b.md"), ("docs/c.md", "x/c.md")) == {
            "a.md": "[b](x/b.md#b) [c](x/c.md)\n",
        }
        assert await moved(("docs/none.png", "none.png")) == {}
        # What is typed counts, and not what is on the disk.
        editor.type("a.md", "Nothing leads to it.\n")
        assert await moved(("docs", "manual")) == {}

    drive(work, space.root)
    assert space.tree()["docs/b.md"] == pages["docs/b.md"].encode(), "the editor moves, not the server"


def test_what_stands_in_the_way_of_links_is_shown(workspace: MakeWorkspace) -> None:
    one, two = workspace({"a.md": "[b](docs/)\n", "docs/b.md": "# B\n"}), workspace({"x.md": "# X\n"})

    async def work(editor: Editor) -> None:
        async def moved(old: str, new: str) -> types.WorkspaceEdit | None:
            files = [types.FileRename(editor.uri(old), editor.uri(new))]
            return await editor.workspace_will_rename_files_async(types.RenameFilesParams(files))

        editor.open("a.md")
        assert await moved("docs/b.md", "b.md") is None
        assert await moved("docs/b.md", (two.root / "b.md").as_uri()) is None
        assert await moved("untitled:one", "untitled:two") is None
        await editor.until(lambda: len(editor.shown) == 3, "three words")
        assert "the link leads to the folder 'docs', which would be empty" in editor.shown[0]
        assert "another folder of the workspace" in editor.shown[1]
        assert "untitled:one is not open" in editor.shown[2]

    drive(work, one.root, two.root)
