from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree


def orphans(space_of: MakeWorkspace, tree: Tree, *paths: str) -> list[str]:
    return [finding.path for finding in space_of(tree).check(*paths, select=("orphan-page",))]


@pytest.mark.parametrize(
    "other",
    [
        {"b.md": "[a](docs/a.md)"},
        {"b.md": "[a](docs/a.md#x)"},
        {"b.md": "<a href='docs/a.md'>x</a>"},
        {"b.md": "[a]\n\n[a]: docs/a.md"},
        {"b.ipynb": '{"cells": [{"cell_type": "markdown", "source": "[a](docs/a.md)"}]}'},
        {"b.html": "<a href='docs/a.md'>x</a>"},
        {"b.rst": "`a <docs/a.md>`_"},
        {"setup.py": "readme = 'docs/a.md'"},
    ],
)
def test_a_page_that_is_used(workspace: MakeWorkspace, other: Tree) -> None:
    assert "docs/a.md" not in orphans(workspace, {"docs/a.md": "# A\n", **other})


@pytest.mark.parametrize(
    "path", ["README.md", "docs/index.md", "docs/readme.md", "CONTRIBUTING.md", ".github/x.md", "docs/_sidebar.md"]
)
def test_what_hosts_show_by_themselves(workspace: MakeWorkspace, path: str) -> None:
    assert orphans(workspace, {path: "# A\n"}) == []


def test_a_site_has_a_menu(workspace: MakeWorkspace) -> None:
    assert orphans(workspace, {"mkdocs.yml": "site_name: x\n", "docs/a.md": "# A\n"}) == []


@pytest.mark.parametrize(
    "tree",
    [
        {"a.md": "# A\n"},
        {"a.md": "[itself](a.md)\n"},
        {"a.md": "# A\n", "README.md": "The page a.md is named, but not linked. `a.md`\n"},
        {"a.md": "# A\n", "README.md": "[b](b.md)\n"},
        {"a.md": "# A\n", "x/a.md": "# A\n", "README.md": "[x](x/a.md)\n"},
    ],
)
def test_an_orphan(workspace: MakeWorkspace, tree: Tree) -> None:
    assert orphans(workspace, tree) == ["a.md"]


def test_links_count_from_pages_that_are_not_reported_on(workspace: MakeWorkspace) -> None:
    assert orphans(workspace, {"docs/a.md": "# A\n", "b.md": "[a](docs/a.md)\n"}, "docs") == []


def test_it_is_off_by_default(workspace: MakeWorkspace) -> None:
    assert not workspace({"a.md": "# A\n"}).check()
