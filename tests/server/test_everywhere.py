"""Whatever stands on a page, wherever one asks: an answer or an error of use, and answers that fit together."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from doclint.lines import apply_edits
from doclint.model import Span, UsageError
from doclint.server import actions, completion, hover, navigation, rename
from doclint.server.documents import Document
from doclint.server.folder import Folder
from doclint.server.survey import survey

if TYPE_CHECKING:
    from conftest import MakeWorkspace

PAGES = {
    "a.md": "# A\n\n## CafÃ© *au* lait {#x}\n\n[b](b.md#b) ![p](<p q.png> 't') [r][R] [R] [![i][r]](b.md)\n\n"
    "[r]: b.md#b\n",
    "b.md": "\ufeff# B\r\n\r\nSet\r\next\r\n---\r\n\r\n"
    "<a id='B2' href=\"a.md#x\">`x](`</a> &amp; [e]( ) [f](<>) [[a#A|b]]\r\n",
    "c.md": "[![\\]]( [x](a%20b.md#caf%C3%A9) [x](#) [x](?y#z) [x](../../c.md) <b.md> \u0085\u2028[y](\ud83d\ude00",
    "d.rst": "Title\n=====\n\n`a <b.md>`_\n",
    "e.ipynb": '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# E\\n", "[x](gone.md)"]}],'
    ' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "f.mdx": "import X from './x'\n\n# F {1 + 1}\n\n<X href=\"./b.md\">[g](a.md#",
    "img/ü (1).png": "",
}


@pytest.fixture
def folder(workspace: MakeWorkspace) -> Folder:
    pages = {name: text.encode("utf-8", "replace") for name, text in PAGES.items()}
    space = workspace(
        {**pages, "doclint.toml": 'formats = ["markdown", "mdx", "notebook", "rst"]\nwiki-links = true\n'}
    )
    folder = Folder(str(space.root), survey(str(space.root)))
    while folder.unread:
        folder.step(1.0)
    for name, text in pages.items():
        if not name.startswith("img"):
            shown = text.decode().removeprefix("\ufeff")
            folder.put(name, Document(name, "markdown", 1, shown))
    return folder


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("img")])
def test_every_place_has_an_answer(folder: Folder, name: str) -> None:
    text = folder.text(name)
    for offset in range(len(text) + 1):
        spot = navigation.definition(folder, name, offset)
        assert spot is None or spot.path in folder.index.files.tracked
        for one in navigation.references(folder, name, offset, declaration=True):
            assert one.span.of(folder.text(one.path))
        said = hover.hover(folder, name, offset)
        assert said is None or said[1].start <= offset <= said[1].end
        for proposal in completion.proposals(folder, name, offset):
            assert proposal.span.end == offset
        for action in actions.quick_fixes(folder, name, Span(offset, offset)):
            assert action.changes.edits or action.changes.renames
        found = rename.renamable(folder, name, offset)
        assert found is None or found[0].of(text) == found[1]
        with suppress(UsageError):
            changes = rename.rename_heading(folder, name, offset, "New name")
            texts = [apply_edits(folder.text(path), edits) for path, edits in changes.edits.items()]
            assert sum("New name" in after for after in texts) >= 1


def test_what_is_renamed_is_still_linked(folder: Folder) -> None:
    offset = folder.text("a.md").index("CafÃ©")
    heading = navigation.heading(folder, "a.md", offset)
    assert heading is not None
    before = len(navigation.references(folder, "a.md", offset, declaration=False))
    changes = rename.rename_heading(folder, "a.md", offset, "Tea {#y}")
    for path, edits in changes.edits.items():
        text = apply_edits(folder.text(path), edits).removeprefix("\ufeff")
        folder.put(path, Document(path, "markdown", 2, text))
    after = navigation.references(folder, "a.md", folder.text("a.md").index("Tea"), declaration=False)
    assert len(after) == before
