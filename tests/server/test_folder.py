"""A folder with open pages says what `doclint check` says of the same texts on the disk, however they came there."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from doclint import reading
from doclint import resolve as resolving
from doclint.server.documents import Document
from doclint.server.folder import Folder
from doclint.server.survey import alone, survey

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace
    from doclint.model import Page, Source, Target

PAGES = {
    "README.md": "# Home\n\n[a](docs/a.md#first) [b](docs/b.md)\n",
    "docs/a.md": "# A\n\n## First\n\nText.\n\n[b](b.md#second)\n",
    "docs/b.md": "# B\n\n## Second\n\n[a](a.md) [up](../README.md#home)\n",
    "docs/c.md": "# C\n\n[a](a.md#first)\n",
}

TEXTS = (
    "# A\n\n## First\n\nText.\n\n[b](b.md#second)\n",
    "# A\n\n## Premiere\n\n[b](b.md#second) [c](c.md#c)\n",
    "# A\n\n## CafÃ© au lait\n\n## First\n\n[x](a.md#cafã-au-lait)\n",
    "# Grüße\n\nSchÃ¶ne GrÃ¼ÃŸe und `schÃ¶ne GrÃ¼ÃŸe` dazu, fÃ¼r alle.\n",
    "# C\n\n`GrÃ¼ÃŸe aus KÃ¶ln` und mehr.\n\n[gone](gone.md) [A](A.MD)\n",
    "# D\n\n<!-- doclint-disable-next-line missing-file: later -->\n[d](d.md)\n\n[r][q]\n",
    "# D\n\n<!-- doclint-disable-file missing-anchor -->\n[d](a.md#nowhere) <a id=Big></a>\n\n[r]: b.md\n",
    "Text about [cafés](a.md#cafã-au-lait) and [b](b.md#Big) and [s](b.md#second-1)\n\n## Second\n\n## Second\n",
    "",
)


def settled(folder: Folder) -> Folder:
    while folder.unread:
        folder.step(1.0)
    return folder


def opened(space: Workspace, *names: str) -> Folder:
    folder = settled(Folder(str(space.root), survey(str(space.root))))
    for name in names:
        folder.put(name, Document(name, "markdown", 1, space.read(name).decode()))
    return folder


def write(folder: Folder, name: str, text: str) -> None:
    folder.put(name, Document(name, "markdown", folder.documents[name].version + 1, text))


class TestTheSameAsCheck:
    @pytest.mark.parametrize("seed", range(6))
    def test_after_any_changes(self, workspace: MakeWorkspace, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        space = workspace(PAGES)
        names = sorted(PAGES)
        folder = opened(space, *names)
        for _ in range(8):
            for name in chance.sample(names, chance.randint(1, 2)):
                text = chance.choice(TEXTS)
                write(folder, name, text)
                space.write({name: text})
            found = [finding for name in names for finding in folder.findings(name)]
            expected = space.check()
            assert [(one.path, one.span, one.rule, one.message, one.help) for one in found] == [
                (one.path, one.span, one.rule, one.message, one.help) for one in expected
            ]
            assert [one.fix and {*one.fix.edits} for one in found] == [one.fix and {*one.fix.edits} for one in expected]

    def test_with_settings_and_a_baseline(self, workspace: MakeWorkspace) -> None:
        space = workspace(
            {
                **PAGES,
                "doclint.toml": 'ignore = ["missing-anchor"]\nexclude = ["docs/c.md"]\nbaseline = "known.json"\n'
                'select = ["default", "unused-definition"]\n[per-file-ignores]\n"docs/b.md" = ["missing-file"]\n',
                "known.json": '{"version": 1, "findings": []}\n',
            }
        )
        folder = opened(space, *PAGES)
        for name in PAGES:
            write(folder, name, "[x](gone.md) [y](#gone)\n\n[unused]: README.md\n")
        assert [one.rule for one in folder.findings("README.md")] == ["missing-file", "unused-definition"]
        assert [one.rule for one in folder.findings("docs/b.md")] == ["missing-file", "unused-definition"][1:]
        assert not folder.findings("docs/c.md")

    def test_what_is_known_is_silent(self, workspace: MakeWorkspace) -> None:
        space = workspace({"a.md": "[x](gone.md)\n", "doclint.toml": 'baseline = "known.json"\n'})
        from doclint import run
        from doclint.settings import Settings

        known = Settings(baseline=str(space.root / "known.json"))
        run.check((), known, str(space.root), write_baseline=True)
        folder = opened(space, "a.md")
        assert not folder.findings("a.md")
        write(folder, "a.md", "Moved down.\n\n[x](gone.md)\n")
        assert not folder.findings("a.md")
        write(folder, "a.md", "[x](gone.md)\n[x](gone.md)\n")
        assert [one.place.line for one in folder.findings("a.md")] == [2]

    def test_what_check_leaves_out_is_silent(self, workspace: MakeWorkspace) -> None:
        space = workspace({".gitignore": "build/\n", "a.md": "# A\n", "page.html": "<a href=gone.md>x</a>\n"})
        space.write({"build/b.md": "[x](gone.md)\n"})
        folder = opened(space, "build/b.md")
        assert not folder.findings("build/b.md")

    def test_a_page_without_a_file_is_judged_as_if_it_was_saved(self, workspace: MakeWorkspace) -> None:
        folder = opened(workspace(PAGES))
        folder.put("docs/new.md", Document("docs/new.md", "markdown", 1, "[a](a.md#first) [x](x.md) [me](#none)\n"))
        assert [one.rule for one in folder.findings("docs/new.md")] == ["missing-file", "missing-anchor"]
        folder.close("docs/new.md")
        assert not folder.findings("docs/a.md")


class TestWhatIsThere:
    def test_an_open_page_is_judged_before_the_others_are_read(self, workspace: MakeWorkspace) -> None:
        space = workspace({**PAGES, "docs/a.md": "[b](b.md#gone) [c](c.md#c)\n"})
        folder = Folder(str(space.root), survey(str(space.root)))
        folder.put("docs/a.md", Document("docs/a.md", "markdown", 1, "[b](b.md#gone) [c](c.md#c)\n"))
        assert [one.rule for one in folder.findings("docs/a.md")] == ["missing-anchor"]
        assert folder.unread == 3

    def test_the_disk_counts_again_once_a_page_is_closed(self, workspace: MakeWorkspace) -> None:
        folder = opened(workspace(PAGES), "docs/a.md", "docs/c.md")
        write(folder, "docs/a.md", "# A\n")
        assert [one.rule for one in folder.findings("docs/c.md")] == ["missing-anchor"]
        folder.close("docs/a.md")
        assert not folder.findings("docs/c.md")

    def test_files_come_and_go(self, workspace: MakeWorkspace) -> None:
        space = workspace(PAGES)
        folder = opened(space, "README.md")
        (space.root / "docs/b.md").unlink()
        space.git("rm", "--quiet", "--cached", "docs/b.md")
        assert folder.adopt(survey(str(space.root)))
        assert [one.rule for one in settled(folder).findings("README.md")] == ["missing-file"]
        space.commit({"docs/b.md": "# B\n"})
        assert folder.adopt(survey(str(space.root)))
        assert not settled(folder).findings("README.md")

    def test_a_page_that_changed_on_the_disk_is_read_again(self, workspace: MakeWorkspace) -> None:
        space = workspace(PAGES)
        folder = opened(space, "README.md")
        space.write({"docs/a.md": "# A\n\nNo such heading any more.\n"})
        assert folder.adopt(survey(str(space.root)))
        assert [one.rule for one in settled(folder).findings("README.md")] == ["missing-anchor"]

    def test_nothing_new_is_nothing_to_do(self, workspace: MakeWorkspace) -> None:
        space = workspace(PAGES)
        folder = opened(space, "README.md")
        assert not folder.adopt(survey(str(space.root)))
        assert not folder.unread

    def test_a_page_alone_is_judged_by_what_it_says_itself(self, tmp_path: Path) -> None:
        folder = Folder(str(tmp_path), alone("a.md", str(tmp_path)))
        text = "# A\n\n[x](gone.md) [y](../up.md) [z](#a) [w](#b) CafÃ© au lait.\n"
        folder.put("a.md", Document("a.md", "markdown", 1, text))
        assert sorted(one.rule for one in folder.findings("a.md")) == ["missing-anchor", "mojibake"]

    def test_one_page_costs_no_look_at_the_others(
        self, workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        space = workspace({f"p{number}.md": f"# P\n\n[n](p{(number + 1) % 20}.md#p)\n" for number in range(20)})
        folder = opened(space, "p3.md")
        folder.findings("p3.md")
        read: list[str] = []
        resolved: set[str] = set()
        read_page, resolve = reading.read_page, resolving.resolve

        def note_page(source: Source, *rest: object, **more: object) -> Page:
            read.append(source.path)
            return read_page(source, *rest, **more)  # type: ignore[arg-type]

        def note_link(page: str, *rest: object) -> Target:
            resolved.add(page)
            return resolve(page, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr("doclint.library.read_page", note_page)
        monkeypatch.setattr("doclint.targets.resolve", note_link)
        write(folder, "p3.md", "# P\n\n[n](p4.md#p) [m](p5.md#p)\n")
        assert not folder.findings("p3.md")
        assert read == ["p3.md"]
        assert resolved <= {"p3.md"}
