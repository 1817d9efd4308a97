from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree

PNG = b"\x89PNG\r\n"


def orphans(space_of: MakeWorkspace, tree: Tree, *paths: str) -> list[str]:
    return [finding.path for finding in space_of(tree).check(*paths, select=("orphan-image",))]


@pytest.mark.parametrize(
    "other",
    [
        {"b.md": "![a](img/a.png)"},
        {"b.md": "<img src='img/a.png'>"},
        {"b.md": "<img srcset='img/a.png 2x'>"},
        {"b.md": "![a][x]\n\n[x]: img/a.png"},
        {"b.md": '{{< figure src="/img/a.png" >}}'},
        {"b.ipynb": '{"cells": [{"cell_type": "markdown", "source": "![a](img/a.png)"}]}'},
        {"b.html": "<img src=img/a.png>"},
        {"b.rst": ".. image:: img/a.png"},
        {"b.css": "a { background: url(../img/a.png) }"},
        {"b.js": "import a from './img/a.png';"},
        {"b.md": "![a](img/A.png)"},
    ],
)
def test_an_image_that_is_used(workspace: MakeWorkspace, other: Tree) -> None:
    assert orphans(workspace, {"img/a.png": PNG, **other}) == []


def test_an_image_with_a_space_in_its_name(workspace: MakeWorkspace) -> None:
    assert orphans(workspace, {"my a.png": PNG, "b.md": "![a](my%20a.png)"}) == []
    assert orphans(workspace, {"my a.png": PNG, "b.md": "![a](<my a.png>)"}) == []


@pytest.mark.parametrize(
    "tree",
    [
        {"img/a.png": PNG},
        {"img/a.png": PNG, "b.md": "![a](img/b.png)"},
        {"img/a.png": PNG, "b.md": "![a](img/xa.png)"},
        {"img/a.png": PNG, "b.bin": b"\0 img/a.png"},
        {"img/a.png": PNG, "new/a.png": PNG, "b.md": "![a](new/a.png)"},
    ],
)
def test_an_orphan(workspace: MakeWorkspace, tree: Tree) -> None:
    assert orphans(workspace, tree) == ["img/a.png"]


def test_a_browser_asks_for_some_images_itself(workspace: MakeWorkspace) -> None:
    assert orphans(workspace, {"favicon.ico": b"\0", "apple-touch-icon-precomposed.png": PNG}) == []


def test_only_the_named_folder_is_reported_on(workspace: MakeWorkspace) -> None:
    assert orphans(workspace, {"a/x.png": PNG, "b/y.png": PNG}, "a") == ["a/x.png"]


def test_excluded_ignored_and_untracked_images_are_none(workspace: MakeWorkspace) -> None:
    space = workspace({"old/x.png": PNG, ".gitignore": "*.gif\n"})
    space.write({"y.gif": PNG, "z.png": PNG})
    assert not space.check(select=("orphan-image",), exclude=("old/",))


def test_it_is_off_by_default(workspace: MakeWorkspace) -> None:
    assert not workspace({"x.png": PNG}).check()
