"""`doclint mv` in repositories whose pages a site shows: links by address follow and stay as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint import mv
from doclint.model import UsageError
from doclint.settings import Settings

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

FILES = {
    "docs/guide/index.md": "# Guide\n",
    "docs/guide/install.md": "# Install\n",
    "docs/guide/cup.png": "",
    "docs/ref/other.md": "# Other\n",
    "README.md": "# Tea\n",
}


def site(workspace: MakeWorkspace, flavour: str, text: str, page: str = "docs/guide/page.md") -> Workspace:
    configuration = {
        "mkdocs": {"mkdocs.yml": "site_name: Tea\n"},
        "vitepress": {"docs/.vitepress/config.ts": "export default {}\n", "docs/public/tea.png": ""},
        "mdbook": {"book.toml": '[book]\nsrc = "docs"\n'},
        "zola": {"config.toml": 'base_url = "https://example.org"\n'},
        "docusaurus": {"docusaurus.config.js": "module.exports = {}\n"},
        "docfx": {"docs/docfx.json": '{"build": {}}\n'},
    }[flavour]
    return workspace({**FILES, **configuration, page: text})


def moved(space: Workspace, old: str, new: str) -> None:
    mv.move(old, new, Settings(), str(space.root))


@pytest.mark.parametrize(
    ("flavour", "before", "after"),
    [
        ("mkdocs", "install.md#install", "../ref/setup.md#install"),
        ("mkdocs", "install/", "../ref/setup/"),
        ("mkdocs", "../install/#install", "../../ref/setup/#install"),
        ("mkdocs", "./install", "./../ref/setup"),
        ("mkdocs", "install.html?x=1", "../ref/setup.html?x=1"),
        ("vitepress", "/guide/install", "/ref/setup"),
        ("vitepress", "/guide/install.md", "/ref/setup.md"),
        ("vitepress", "/guide/install.html#install", "/ref/setup.html#install"),
        ("mdbook", "install.html", "../ref/setup.html"),
        ("docusaurus", "/docs/guide/install", "/docs/ref/setup"),
        ("docusaurus", "guide/install.md", "ref/setup.md"),
        ("docfx", "~/guide/install.md?view=x#install", "~/ref/setup.md?view=x#install"),
        ("docfx", "install", "../ref/setup"),
        ("docfx", "/tea/guide/install", "/tea/guide/install"),
    ],
)
def test_an_address_stays_an_address(workspace: MakeWorkspace, flavour: str, before: str, after: str) -> None:
    space = site(workspace, flavour, f"[x]({before})\n")
    tree = space.tree()
    moved(space, "docs/guide/install.md", "docs/ref/setup.md")
    assert space.read("docs/guide/page.md").decode() == f"[x]({after})\n"
    assert not space.check(select=("missing-file", "missing-anchor"))
    moved(space, "docs/ref/setup.md", "docs/guide/install.md")
    assert space.tree() == tree
    assert space.git("status", "--porcelain") == ""


@pytest.mark.parametrize("destination", ["INSTALL.md", "../Guide/Install.md", "~/GUIDE/install.MD"])
def test_a_link_in_another_letter_case_follows_where_that_does_not_count(
    workspace: MakeWorkspace, destination: str
) -> None:
    space = site(workspace, "docfx", f"[x]({destination}#install)\n")
    moved(space, "docs/guide/install.md", "docs/ref/setup.md")
    after = "~/ref/setup.md" if destination.startswith("~") else "../ref/setup.md"
    assert space.read("docs/guide/page.md").decode() == f"[x]({after}#install)\n"
    assert space.check() == ()


@pytest.mark.parametrize(
    "destination", ["install.md", "/guide/install", "install", "../ref/other.html", "/tea.png", "."]
)
def test_links_in_a_page_that_goes_deeper(workspace: MakeWorkspace, destination: str) -> None:
    text = f"[x]({destination})\n"
    space = site(workspace, "vitepress", text)
    moved(space, "docs/guide/page.md", "docs/ref/deep/page.md")
    after = space.read("docs/ref/deep/page.md").decode()
    assert after == text if destination.startswith("/") else after != text
    assert not space.check(select=("missing-file",))
    moved(space, "docs/ref/deep/page.md", "docs/guide/page.md")
    assert space.read("docs/guide/page.md").decode() == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("./", "../manual/"),
        ("../guide/", "../manual/"),
        ("/guide/", "/manual/"),
        ("/guide/index", "/manual/index"),
        ("/guide/index.html", "/manual/index.html"),
        ("index.md", "../manual/index.md"),
    ],
)
def test_the_page_of_a_folder_is_named_by_the_folder(workspace: MakeWorkspace, before: str, after: str) -> None:
    space = site(workspace, "vitepress", f"[x]({before})\n")
    moved(space, "docs/guide/index.md", "docs/manual/index.md")
    assert space.read("docs/guide/page.md").decode() == f"[x]({after})\n"


def test_a_folder_of_the_site(workspace: MakeWorkspace) -> None:
    text = "[a](/guide/install) [b](/guide/) ![c](/guide/cup.png) [d](/ref/other) [e](/tea.png)\n"
    space = site(workspace, "vitepress", text, "docs/ref/page.md")
    moved(space, "docs/guide", "docs/manual/en")
    assert space.read("docs/ref/page.md").decode() == (
        "[a](/manual/en/install) [b](/manual/en/) ![c](/manual/en/cup.png) [d](/ref/other) [e](/tea.png)\n"
    )


def test_what_is_served_from_the_root_may_leave_its_folder(workspace: MakeWorkspace) -> None:
    space = site(workspace, "vitepress", "![x](/tea.png)\n")
    moved(space, "docs/public/tea.png", "docs/guide/tea.png")
    assert space.read("docs/guide/page.md") == b"![x](/guide/tea.png)\n"


def test_zola_names_content_from_its_folder(workspace: MakeWorkspace) -> None:
    space = workspace(
        {
            "config.toml": 'base_url = "https://example.org"\n',
            "content/a.md": "[x](@/b.md#b)\n",
            "content/b.md": "# B\n",
        }
    )
    moved(space, "content/b.md", "content/deep/c.md")
    assert space.read("content/a.md") == b"[x](@/deep/c.md#b)\n"


def test_the_whole_site_moves_and_its_pages_stay_as_they_are(workspace: MakeWorkspace) -> None:
    text = "[a](/guide/install) [b](install) [c](../../README.md) [d](../../../elsewhere/x.html)\n"
    space = site(workspace, "vitepress", text)
    moved(space, "docs", "site/en")
    # What is beside the site on the web stays beside it.
    assert space.read("site/en/guide/page.md") == (
        b"[a](/guide/install) [b](install) [c](../../../README.md) [d](../../../elsewhere/x.html)\n"
    )


def test_a_page_may_come_to_the_site_and_leave_it(workspace: MakeWorkspace) -> None:
    space = site(workspace, "vitepress", "[a](/docs/guide/install.md) [b](docs/ref/other.md)\n", "notes.md")
    moved(space, "notes.md", "docs/notes.md")
    assert space.read("docs/notes.md") == b"[a](/guide/install.md) [b](ref/other.md)\n"
    moved(space, "docs/notes.md", "notes.md")
    assert space.read("notes.md") == b"[a](/docs/guide/install.md) [b](docs/ref/other.md)\n"


@pytest.mark.parametrize(
    ("destination", "old", "new"),
    [
        # No address without an ending leads to a file outside of the site.
        ("/guide/install", "docs/guide/install.md", "install.md"),
        # github.com has no such addresses.
        ("install", "docs/guide/page.md", "page.md"),
        # The picture would be taken for it.
        ("/guide/install", "docs/guide/install.md", "docs/guide/cup.png.md"),
    ],
)
def test_refused_where_no_address_leads_there(workspace: MakeWorkspace, destination: str, old: str, new: str) -> None:
    space = site(workspace, "vitepress", f"# Page\n\n[x]({destination})\n")
    before = space.tree()
    with pytest.raises(UsageError, match=r"docs/guide/page\.md:3: nothing written like") as caught:
        moved(space, old, new)
    assert "\n" not in str(caught.value)
    assert space.tree() == before


def test_a_new_file_does_not_take_the_place_of_what_was_meant(workspace: MakeWorkspace) -> None:
    space = site(workspace, "mkdocs", "[x](../guide)\n", "docs/ref/page.md")
    moved(space, "docs/guide/install.md", "docs/guide.md")
    assert space.read("docs/ref/page.md") == b"[x](../guide/index)\n"


@pytest.mark.parametrize(
    "text", ["`/guide/install`", "[x](/ref/other)", "[x](installer)", "[x](#install)", "/guide/install"]
)
def test_silent_where_nothing_leads_there(workspace: MakeWorkspace, text: str) -> None:
    space = site(workspace, "vitepress", text)
    moved(space, "docs/guide/install.md", "docs/ref/setup.md")
    assert space.read("docs/guide/page.md").decode() == text


def test_outside_of_the_site_a_path_is_a_file(workspace: MakeWorkspace) -> None:
    text = "[a](docs/guide/install.md) [b](docs/guide/install) [c](/guide/install)\n"
    space = site(workspace, "vitepress", text, "x.md")
    moved(space, "docs/guide/install.md", "docs/ref/setup.md")
    assert space.read("x.md") == b"[a](docs/ref/setup.md) [b](docs/guide/install) [c](/guide/install)\n"
