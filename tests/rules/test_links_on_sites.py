"""What is fixed on the pages of a site: a link keeps the way in which it is written, or there is only a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint.model import Safety

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

CONFIGURATION = {
    "mkdocs": {"mkdocs.yml": "site_name: Tea\n"},
    "vitepress": {"docs/.vitepress/config.ts": "export default {}\n"},
    "mdbook": {"book.toml": '[book]\nsrc = "docs"\n'},
    "docusaurus": {"docusaurus.config.js": "module.exports = {}\n"},
    "docfx": {"docs/docfx.json": '{"build": {}}\n'},
}
INSTALL = "# Install\n\nPut the kettle on, and wait until it sings.\n"


def site(workspace: MakeWorkspace, flavour: str, text: str) -> Workspace:
    pages = {"docs/guide/install.md": INSTALL, "docs/ref/other.md": "# Other\n", "docs/guide/page.md": text}
    return workspace({**pages, **CONFIGURATION[flavour]})


@pytest.mark.parametrize(
    ("flavour", "before", "after"),
    [
        ("mkdocs", "install.md#install", "../ref/setup.md#install"),
        ("mkdocs", "install/#install", "../ref/setup/#install"),
        ("mkdocs", "../install/", "../../ref/setup/"),
        ("vitepress", "/guide/install", "/ref/setup"),
        ("vitepress", "./install?a=b", "./../ref/setup?a=b"),
        ("vitepress", "/guide/install.md", "/ref/setup.md"),
        ("mdbook", "install.html", "../ref/setup.html"),
        ("docusaurus", "/docs/guide/install.md", "/docs/ref/setup.md"),
        ("docfx", "~/guide/install.md#install", "~/ref/setup.md#install"),
    ],
)
def test_a_link_by_address_follows_a_page_that_git_saw_move(
    workspace: MakeWorkspace, flavour: str, before: str, after: str
) -> None:
    space = site(workspace, flavour, f"# Page\n\n[x]({before})\n")
    space.git("mv", "docs/guide/install.md", "docs/ref/setup.md")
    space.commit({})
    [finding] = space.check()
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    space.fix()
    assert space.read("docs/guide/page.md").decode() == f"# Page\n\n[x]({after})\n"
    assert space.check() == ()


@pytest.mark.parametrize("destination", ["/guide/install", "install", "install.html"])
def test_only_a_hint_where_no_address_leads_there(workspace: MakeWorkspace, destination: str) -> None:
    space = site(workspace, "vitepress", f"# Page\n\n[x]({destination})\n")
    (space.root / "other").mkdir()
    # The page of that address is the picture.
    space.write({"docs/ref/setup.png": "x"})
    space.git("mv", "docs/guide/install.md", "docs/ref/setup.png.md")
    space.commit({})
    [finding] = space.check()
    if destination.endswith(".html"):
        assert finding.fix is not None
        return
    assert finding.fix is None
    assert "docs/ref/setup.png.md" in finding.help


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/guide/Install.md", "/guide/install.md"),
        ("Install.md#install", "install.md#install"),
        ("../Guide/install.md", "install.md"),
        ("/guide/Install", "/guide/install"),
        ("Install.html", "install.html"),
    ],
)
def test_another_letter_case(workspace: MakeWorkspace, before: str, after: str) -> None:
    space = site(workspace, "vitepress", f"# Page\n\n[x]({before})\n")
    [finding] = space.check()
    assert finding.rule == "wrong-case"
    space.fix()
    assert space.read("docs/guide/page.md").decode() == f"# Page\n\n[x]({after})\n"
    assert space.check() == ()


@pytest.mark.parametrize("destination", ["/docs/guide/Install", "/docs/Guide/install/"])
def test_letter_case_of_an_address_that_a_page_may_choose_is_not_judged(
    workspace: MakeWorkspace, destination: str
) -> None:
    assert site(workspace, "docusaurus", f"# Page\n\n[x]({destination})\n").check() == ()


@pytest.mark.parametrize(("before", "after"), [("/guide/instal", "/guide/install"), ("instal.md", "install.md")])
def test_a_near_name(workspace: MakeWorkspace, before: str, after: str) -> None:
    space = site(workspace, "vitepress", f"# Page\n\n[x]({before})\n")
    assert not space.fix().changed
    space.fix(level=Safety.UNSAFE)
    assert space.read("docs/guide/page.md").decode() == f"# Page\n\n[x]({after})\n"
    assert space.check() == ()
