"""Which host is guessed from which configuration, and that settings end all guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from doclint.cli import cli

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree, Workspace


def guesses(space: Workspace) -> list[tuple[str, str]]:
    return [(guess.folder, guess.flavour) for guess in space.outcome().guesses]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"mkdocs.yml": "site_name: Tea\n", "docs/a.md": ""}, [("docs", "mkdocs")]),
        ({"mkdocs.yml": "docs_dir: 'text'  # not docs\n", "text/a.md": ""}, [("text", "mkdocs")]),
        (
            {"mkdocs.yml": "markdown_extensions:\n  - attr_list\n  - toc\n", "docs/a.md": ""},
            [("docs", "mkdocs-attr_list")],
        ),
        ({"mkdocs.yml": "markdown_extensions:\n  attr_list:\n", "docs/a.md": ""}, [("docs", "mkdocs-attr_list")]),
        (
            {"mkdocs.yml": "  - toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify\n", "docs/a.md": ""},
            [("docs", "pymdownx")],
        ),
        ({"site/docusaurus.config.js": "", "site/docs/a.md": "", "site/blog/b.mdx": ""}, None),
        ({"web/docusaurus.config.ts": "docs: {path: '../texts'}", "texts/a.md": ""}, [("texts", "docusaurus")]),
        ({"book.toml": "[book]\ntitle = 'Tea'\n", "src/a.md": ""}, [("src", "mdbook")]),
        ({"b/book.toml": "[book]\nsrc = 'pages'\n", "b/pages/a.md": ""}, [("b/pages", "mdbook")]),
        ({"hugo.toml": "title = 'Tea'\n", "content/a.md": ""}, [("content", "hugo")]),
        ({"config.toml": "baseURL = 'https://example.org'\n", "content/a.md": ""}, [("content", "hugo")]),
        ({"config.yaml": "baseURL: https://example.org\n", "content/a.md": ""}, [("content", "hugo")]),
        ({"config.toml": "base_url = 'https://example.org'\n", "content/a.md": ""}, [("content", "zola")]),
        ({"docs/conf.py": "extensions = ['myst_parser']\n", "docs/a.md": ""}, [("docs", "myst")]),
        ({"_config.yml": "title: Tea\n", "a.md": ""}, [("", "jekyll")]),
        ({"book/_config.yml": "", "book/_toc.yml": "", "book/a.md": ""}, [("book", "myst")]),
        ({"docfx.json": '{"build": {}}', "a.md": ""}, [("", "docfx")]),
        ({"docs/docfx.json": "", "docs/a.md": "", "a.md": ""}, [("docs", "docfx")]),
        ({"docs/docfx.json": "\ufeff{'build'", "docs/a.md": ""}, [("docs", "docfx")]),
        (
            {
                "site/docfx.json": '{"build": {"content": [{"src": "../texts",}, {"src": ".."}, "x"]}} // ',
                "texts/a.md": "",
                "site/a.md": "",
            },
            [("site", "docfx"), ("texts", "docfx")],
        ),
        (
            {
                ".openpublishing.publish.config.json": (
                    '{"docsets_to_publish": [{"build_source_folder": "docs"}, {}, 7, {"build_source_folder": "../x"}]}'
                ),
                "docs/docfx.json": '{"build": {}}',
                "docs/samples/docfx.json": '{"build": {}}',
                "docs/samples/a.md": "",
            },
            [("docs", "docfx"), ("", "docfx")],
        ),
        ({"docs/.vitepress/config.mts": "", "docs/a.md": ""}, [("docs", "vitepress")]),
        ({".vitepress/config.ts": "srcDir: 'src'", "src/a.md": ""}, [("src", "vitepress")]),
        (
            {"astro.config.mjs": "", "src/content/docs/a.mdx": ""},
            [("src/content/docs", "astro"), ("src/content", "astro")],
        ),
    ],
)
def test_what_a_configuration_tells(
    workspace: MakeWorkspace, tree: Tree, expected: list[tuple[str, str]] | None
) -> None:
    found = guesses(workspace(tree))
    assert found == (expected or [("site/docs", "docusaurus"), ("site/blog", "docusaurus")])


@pytest.mark.parametrize(
    "tree",
    [
        {"a.md": ""},
        {"mkdocs.yml": "site_name: Tea\n", "text/a.md": ""},
        {"config.toml": "answer = 42\n", "content/a.md": ""},
        {"config.yml": "answer: 42\n", "content/a.md": ""},
        {"docs/conf.py": "extensions = ['sphinx.ext.autodoc']\n# 'myst_parser'\n", "docs/a.md": ""},
        {"book.toml": "[book\n", "a.md": ""},
        {"mkdocs.yml": "docs_dir: ../outside\n", "a/b.md": ""},
        {"docs/docfx.json": '{"metadata": []}', "docs/a.md": ""},
        {"site/docfx.json": "{}", "docs/a.md": ""},
        {".openpublishing.publish.config.json": "[]", "docs/a.md": ""},
        {"x/.openpublishing.publish.config.json": '{"docsets_to_publish": [{}]}', "x/a.md": ""},
    ],
)
def test_what_tells_nothing(workspace: MakeWorkspace, tree: Tree) -> None:
    assert guesses(workspace(tree)) == []


SITE = {
    "mkdocs.yml": "site_name: Tea\n",
    "docs/a.md": "# A & b\n\n[x](#a-b)\n",
    "README.md": "# A & b\n\n[x](#a--b)\n",
}


def test_a_site_and_the_repository_around_it_are_both_right(workspace: MakeWorkspace) -> None:
    assert workspace(SITE).check() == ()


def test_the_setting_ends_all_guessing(workspace: MakeWorkspace) -> None:
    space = workspace(SITE)
    outcome = space.outcome(flavour="github")
    assert outcome.guesses == ()
    assert [finding.path for finding in outcome.findings] == ["docs/a.md"]


def test_a_folder_in_the_settings(workspace: MakeWorkspace) -> None:
    space = workspace({**SITE, "doclint.toml": '[[folder]]\npath = "docs"\nflavour = "gitlab"\n'})
    outcome = space.outcome(folders=((str(space.root / "docs"), "gitlab"),))
    assert outcome.guesses == ()
    assert [finding.path for finding in outcome.findings] == ["docs/a.md"]


@pytest.mark.parametrize(
    ("flags", "told"),
    [([], True), (["--quiet"], False), (["--format", "json"], True), (["--flavour", "mkdocs"], False)],
)
def test_the_guess_is_told_on_standard_error(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, flags: list[str], told: bool
) -> None:
    monkeypatch.chdir(workspace(SITE).root)
    done = CliRunner().invoke(cli, ["check", *flags])
    line = "doclint: guessed: docs is mkdocs (mkdocs.yml); set `flavour` if that is wrong\n"
    assert done.stderr == (line if told else "")
    assert "guessed" not in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[folder]]\npath = "docs"\nflavour = "mkdoc"\n', "did you mean 'mkdocs'"),
        ('[[folder]]\npath = "nowhere"\nflavour = "mkdocs"\n', "folder.path: expected a folder that exists"),
        ('[[folder]]\nflavour = "mkdocs"\n', "folder.path: expected a string"),
        ('[folder]\npath = "docs"\n', "folder: expected tables"),
        ('[[folder]]\npath = "docs"\nflavour = "mkdocs"\nother = 1\n', "unknown key 'other'"),
    ],
)
def test_wrong_settings_are_named(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(workspace({**SITE, "doclint.toml": text}).root)
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code == 2
    assert said in done.stderr
