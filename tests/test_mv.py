"""`doclint mv` on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from doclint import git, mv
from doclint.cli import cli
from doclint.model import UsageError
from doclint.settings import Settings
from doclint.write import WriteError
from doclint.write import write as write_page

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace
    from doclint.model import Outcome

URL = "https://github.com/Ours/manual/blob/main"


def moved(space: Workspace, old: str, new: str, *, dry: bool = False, cwd: str = "") -> Outcome:
    return mv.move(old, new, Settings(), str(space.root / cwd), dry=dry)


def assert_refused(space: Workspace, old: str, new: str, message: str) -> None:
    before, status = space.tree(), space.git("status", "--porcelain")
    with pytest.raises(UsageError, match=message) as caught:
        moved(space, old, new)
    assert "\n" not in str(caught.value)
    assert space.tree() == before
    assert space.git("status", "--porcelain") == status


# ------------------------------------------------------------------------------------------------- links that follow


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](docs/a.md)", "[a](manual/en/b.md)"),
        ("[a](./docs/a.md#x)", "[a](./manual/en/b.md#x)"),
        ("[a](/docs/a.md?plain=1#x 'a title')", "[a](/manual/en/b.md?plain=1#x 'a title')"),
        ("[a](<docs/a.md>)", "[a](<manual/en/b.md>)"),
        ("[a](docs%2Fa.md)", None),
        ("[a](d%6Fcs/a.md)", "[a](manual/en/b.md)"),
        ("[a](docs&sol;a.md)", None),
        (r"[a](docs/a\.md)", "[a](manual/en/b.md)"),
        ("[a](x/../docs/a.md)", "[a](manual/en/b.md)"),
        ("![a](docs/a.md)", "![a](manual/en/b.md)"),
        ("[a][r] [b][R]\n\n[r]: docs/a.md 'docs/a.md'", "[a][r] [b][R]\n\n[r]: manual/en/b.md 'docs/a.md'"),
        ("[unused]: docs/a.md\n[unused]: docs/a.md#x", "[unused]: manual/en/b.md\n[unused]: manual/en/b.md#x"),
        ("<a href=docs/a.md>a</a>", "<a href=manual/en/b.md>a</a>"),
        ("<a href=' docs/a.md#x '>a</a>", "<a href=' manual/en/b.md#x '>a</a>"),
        (
            "<img srcset='x&amp;y.png 1x, docs/a.md 2x,/docs/a.md?a&amp;b 3x'>",
            "<img srcset='x&amp;y.png 1x, manual/en/b.md 2x,/manual/en/b.md?a&amp;b 3x'>",
        ),
        (f"<{URL}/docs/a.md#x>", f"<{URL}/manual/en/b.md#x>"),
        (f"See {URL}/docs/a.md, then", f"See {URL}/manual/en/b.md, then"),
        (f"[a]({URL.replace('main', 'HEAD')}/docs/a.md)", f"[a]({URL.replace('main', 'HEAD')}/manual/en/b.md)"),
        ("[a](//github.com/ours/manual/raw/main/docs/a.md)", "[a](//github.com/ours/manual/raw/main/manual/en/b.md)"),
        ("[a](../../blob/main/docs/a.md)", "[a](../../blob/main/manual/en/b.md)"),
        ("| x |\n|---|\n| [a](docs/a.md) |", "| x |\n|---|\n| [a](manual/en/b.md) |"),
        ("> - [a](docs/a.md)\r\n", "> - [a](manual/en/b.md)\r\n"),
    ],
)
def test_every_way_to_write_a_link(workspace: MakeWorkspace, before: str, after: str | None) -> None:
    space = workspace({"README.md": f"\ufeff{before}\n", "docs/a.md": "# A\n", "docs/z.md": ""})
    space.git("remote", "add", "origin", "git@github.com:ours/manual.git")
    if after is None:
        assert_refused(space, "docs/a.md", "manual/en/b.md", "README.md:1: .* parts of this link")
        return
    moved(space, "docs/a.md", "manual/en/b.md")
    assert space.tree() == {"README.md": f"\ufeff{after}\n".encode(), "manual/en/b.md": b"# A\n", "docs/z.md": b""}


@pytest.mark.parametrize(
    "text",
    [
        "`[a](docs/a.md)` ``<a href='docs/a.md'>``",
        "```\n[a](docs/a.md)\n```",
        "    [a](docs/a.md)",
        "<!-- [a](docs/a.md) -->",
        r"\[a](docs/a.md) docs/a.md",
        "---\nlink: docs/a.md\n---",
        "[docs/a.md](docs/z.md 'docs/a.md')",
        "[a](docs/a.mdx) [b](docs) [c](docs/) [d](DOCS/a.md) [e](docs/a.md.md)",
        "[a](#docs/a.md) [b](?docs/a.md) <docs/a.md> [c](mailto:docs/a.md)",
        "https://github.com/theirs/manual/blob/main/docs/a.md https://github.com/ours/manual/blob/v1/docs/a.md",
        "../docs/a.md [a](../docs/a.md)",
    ],
)
def test_silent_where_nothing_leads_there(workspace: MakeWorkspace, text: str) -> None:
    space = workspace({"README.md": text, "docs/a.md": "# A\n", "docs/z.md": ""})
    space.git("remote", "add", "origin", "git@github.com:ours/manual.git")
    assert not moved(space, "docs/a.md", "b.md").changed
    assert space.read("README.md") == text.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](z.md)", "[a](../docs/z.md)"),
        ("[a](./z.md)", "[a](./../docs/z.md)"),
        ("[a](../README.md)", "[a](../README.md)"),
        ("[a](../img/a%20b.png#x)", "[a](../img/a%20b.png#x)"),
        ("[a](/docs/z.md)", "[a](/docs/z.md)"),
        ("[a](#here) [b](a.md#here)", "[a](#here) [b](a.md#here)"),
        ("[a](gone.md)", "[a](../docs/gone.md)"),
        ("[a](.) [b](./)", "[a](../docs) [b](../docs/)"),
        ("[a](deep/) [b](deep)", "[a](../docs/deep/) [b](../docs/deep)"),
        ("[a](../../../issues)", "[a](../../../issues)"),
        ("[a](../docs/z.md)", "[a](../docs/z.md)"),
    ],
)
def test_links_in_a_page_that_goes_beside(workspace: MakeWorkspace, before: str, after: str) -> None:
    tree = {"docs/a.md": before, "docs/z.md": "", "docs/deep/x.md": "", "README.md": "", "img/a b.png": ""}
    space = workspace(tree)
    moved(space, "docs/a.md", "manual/")
    assert space.read("manual/a.md").decode() == after


def test_a_page_that_goes_deeper_and_comes_back(workspace: MakeWorkspace) -> None:
    text = "[a](../../issues) [b](./LICENSE) ![c](<img/a b.png>) [d](docs/z.md) [e](.)\n"
    space = workspace({"README.md": text, "LICENSE": "", "img/a b.png": "", "docs/z.md": "[a](../README.md)\n"})
    moved(space, "README.md", "docs/deep/")
    assert space.read("docs/deep/README.md").decode() == (
        "[a](../../../../issues) [b](./../../LICENSE) ![c](<../../img/a b.png>) [d](../z.md) [e](../..)\n"
    )
    assert space.read("docs/z.md") == b"[a](deep/README.md)\n"
    moved(space, "docs/deep/README.md", ".")
    assert space.read("README.md").decode() == text
    assert space.git("status", "--porcelain") == ""
    assert not (space.root / "docs/deep").exists()


def test_a_folder_takes_everything_along(workspace: MakeWorkspace) -> None:
    space = workspace(
        {
            "docs/guide/a.md": "[b](b.md) ![c](img/c.png) [up](../z.md)\n",
            "docs/guide/b.md": "[a](/docs/guide/a.md) [self](.)\n",
            "docs/guide/img/c.png": b"\x89PNG",
            "docs/z.md": "[g](guide/) ![c](guide/img/c.png)\n",
            ".gitignore": "*.tmp\n",
        }
    )
    space.write(
        {"docs/guide/note.md": "[a](a.md) [z](../z.md)\n", "docs/guide/x.tmp": "", "new.md": "[](docs/guide)\n"}
    )
    done = moved(space, "guide", "../handbook", cwd="docs")
    assert space.read("handbook/a.md") == b"[b](b.md) ![c](img/c.png) [up](../docs/z.md)\n"
    assert space.read("handbook/b.md") == b"[a](/handbook/a.md) [self](.)\n"
    assert space.read("docs/z.md") == b"[g](../handbook/) ![c](../handbook/img/c.png)\n"
    assert space.read("handbook/note.md") == b"[a](a.md) [z](../docs/z.md)\n", "what git does not track moves along"
    assert space.read("new.md") == b"[](handbook)\n"
    assert (space.root / "handbook/x.tmp").exists()
    assert len(done.moved) == 4
    assert [(change.path, change.fixes) for change in done.changed][:2] == [("docs/z.md", 2), ("handbook/a.md", 1)]


def test_a_page_in_a_code_page_stays_in_it(workspace: MakeWorkspace) -> None:
    text = "Die Straße führt über die Brücke und durch schöne Wälder: [a](a.md)\n"
    space = workspace({"README.md": text.encode("cp1252"), "a.md": ""})
    moved(space, "a.md", "größe.md")
    assert space.read("README.md") == text.replace("a.md", "größe.md").encode("cp1252")


def test_damage_is_left_as_it_is(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "CafÃ© au lait, [a](a.md)\n", "a.md": ""})
    moved(space, "a.md", "b.md")
    assert space.read("README.md").decode() == "CafÃ© au lait, [a](b.md)\n"


@pytest.mark.parametrize(
    "name", ["a b.md", "50%.md", "c#.md", "why?.md", "a(b.md", "R&D.md", "&copy;.md", "é.md", "x|y.md", "a:b.md"]
)
def test_any_name_can_be_spelled(workspace: MakeWorkspace, name: str) -> None:
    forms = "[a](a.md) [a](<a.md>)\n<a href=a.md>a</a> <img srcset='a.md 2x'>\n\n| h |\n|---|\n| [a](a.md) |\n"
    space = workspace({"README.md": forms, "a.md": "# A\n"})
    moved(space, "a.md", name)
    assert not space.check()
    moved(space, name, "a.md")
    assert space.read("README.md").decode() == forms


def test_outside_git_the_disk_alone_moves(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](docs/a.md)\n", "docs/a.md": "", "docs/b.md": ""})
    for path in sorted((space.root / ".git").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (space.root / ".git").rmdir()
    moved(space, "docs", "manual")
    assert space.tree() == {"README.md": b"[a](manual/a.md)\n", "manual/a.md": b"", "manual/b.md": b""}


# ----------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gone.md", "x.md", "no such file or folder: 'gone.md'; paths start from"),
        ("a.md", "docs/b.md", "'docs/b.md' is there already"),
        ("docs/b.md", ".", "would be empty"),
        ("a.md", "a.md", "is there already, and stays"),
        ("a.md", "../a.md", "lies outside"),
        ("../a.md", "b.md", "lies outside"),
        ("", "b.md", "lies outside"),
        (".", "docs", "is the root itself"),
        ("docs", "docs/deeper", "cannot go into itself"),
        ("draft.md", "b.md", "git does not track it"),
        ("ignored.md", "b.md", "git does not track it"),
        ("a.md", ".git/a.md", "git's own"),
        ("a.md", "ignored.md", "is there already"),
        ("docs", "a.md", "is there already"),
        ("docs", "a.md/x", "'a.md' is no folder"),
        ("alias.md", "b.md", "symbolic link"),
        ("a.md", "b.txt", "keeps the ending"),
        ("real/x.md", "b.md", "the symbolic link 'alias.md' to 'real/x.md' would break"),
        ("real", "unreal", "would break"),
    ],
)
def test_refused(workspace: MakeWorkspace, old: str, new: str, message: str) -> None:
    space = workspace(
        {"a.md": "[b](docs/)\n", "docs/b.md": "[a](../a.md)\n", "real/x.md": "", ".gitignore": "ignored.md\n"}
    )
    (space.root / "alias.md").symlink_to("real/x.md")
    space.commit({})
    space.write({"draft.md": "", "ignored.md": ""})
    assert_refused(space, old, new, message)


def test_a_folder_that_a_link_leads_to_is_not_emptied(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "\n[b](docs/)\n", "docs/b.md": ""})
    assert_refused(space, "docs/b.md", "b.md", "README.md:2: the link leads to the folder 'docs', which would be empty")
    space.write({"README.md": "[b](docs/b.md)\n"})
    moved(space, "docs/b.md", "b.md")
    assert not (space.root / "docs").exists()


def test_refused_in_a_merge(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "one\n", "b.md": ""})
    space.git("switch", "--quiet", "--create", "side")
    space.commit({"a.md": "two\n"})
    space.git("switch", "--quiet", "main")
    space.commit({"a.md": "three\n"})
    with pytest.raises(Exception, match="merge"):
        space.git("merge", "side")
    assert_refused(space, "b.md", "c.md", "a merge with conflicts")


def test_refused_where_a_page_is_not_on_the_disk(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "", "b.md": "[a](a.md)\n"})
    (space.root / "b.md").unlink()
    assert_refused(space, "a.md", "c.md", "'b.md' is not on the disk")


def test_refused_where_the_disk_folds_letter_case(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"readme.md": ""})
    lexists = os.path.lexists
    monkeypatch.setattr(os.path, "lexists", lambda path: lexists(str(path).replace("README", "readme")))
    monkeypatch.setattr(os.path, "samefile", lambda *_: True)
    assert_refused(space, "readme.md", "README.md", "this disk takes 'README.md' for 'readme.md'")


def test_refused_where_a_page_cannot_be_written(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](a.md)\n", "a.md": ""})
    (space.root / "README.md").chmod(0o444)
    assert_refused(space, "a.md", "b.md", "'README.md' must follow, but the page cannot be written: it is read-only")


@pytest.mark.parametrize("error", [WriteError("no space left"), KeyboardInterrupt()])
def test_what_fails_half_way_is_taken_back(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    from doclint import together

    space = workspace({"a.md": "[b](b.md)\n", "b.md": "", "z.md": "[b](b.md)\n"})
    before, write = space.tree(), write_page

    def failing(root: str, source: object, text: str) -> None:
        if getattr(source, "path", "") == "z.md":
            raise error
        write(root, source, text)  # type: ignore[arg-type]

    monkeypatch.setattr(together, "write", failing)
    with pytest.raises((UsageError, KeyboardInterrupt)):
        moved(space, "b.md", "new/c.md")
    assert space.tree() == before
    assert not (space.root / "new").exists()
    assert space.git("status", "--porcelain") == ""


def test_what_git_refuses_leaves_nothing_behind(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "b.md": ""})

    def refusing(*_: str) -> None:
        raise git.GitError("git: no")

    monkeypatch.setattr(git, "move", refusing)
    assert_refused(space, "b.md", "new/deep/c.md", "'b.md' was not moved: git: no")
    assert not (space.root / "new").exists()


# ------------------------------------------------------------------------------------------------------- command line


def test_diff_shows_everything_and_does_nothing(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"README.md": "[a](docs/a.md)\n", "docs/a.md": "[r](../README.md)\n", "docs/b.png": b"\x89PNG"})
    monkeypatch.chdir(space.root)
    before = space.tree()
    shown = CliRunner().invoke(cli, ["mv", "--diff", "docs", "x/y"])
    assert shown.exit_code == 0
    assert space.tree() == before
    assert "rename from docs/b.png\nrename to x/y/b.png\n" in shown.output
    assert "-[a](docs/a.md)\n+[a](x/y/a.md)\n" in shown.output
    (space.root / "patch").write_text(shown.output)
    space.git("apply", "patch")
    (space.root / "patch").unlink()
    patched = space.tree()
    space.git("checkout", ".")
    space.git("clean", "-fdq")
    moved(space, "docs", "x/y")
    assert space.tree() == patched, "what is shown is what is done"


def test_the_report(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"README.md": "[a](docs/a.md) [a](docs/a.md#x)\n", "docs/a.md": ""})
    monkeypatch.chdir(space.root)
    done = CliRunner().invoke(cli, ["mv", "docs/a.md", "b.md"])
    assert (done.exit_code, done.output) == (
        0,
        "moved docs/a.md to b.md\nrewrote 2 links in README.md\n\n1 file moved, 2 links rewritten in 1 page\n",
    )
    assert CliRunner().invoke(cli, ["mv", "--quiet", "b.md", "c.md"]).output == ""
    refused = CliRunner().invoke(cli, ["mv", "b.md", "d.md"])
    assert refused.exit_code == 2
    assert "no such file or folder" in refused.output
