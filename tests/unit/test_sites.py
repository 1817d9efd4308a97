"""What paths mean on sites that are built of pages: right links are silent, wrong ones are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.areas import Area, Areas, areas_of
from doclint.rules import missing_anchor, missing_file
from doclint.slug import FLAVOURS

if TYPE_CHECKING:
    from doclint.areas import Areas as AreasType

PAGES = {
    "docs/guide/install.md": "# Install\n",
    "docs/guide/index.md": "# Guide\n",
    "docs/guide/_index.md": "# Guide\n",
    "docs/about/README.md": "# About\n",
    "docs/img/cup.png": "",
    "docs/public/tea.png": "",
    "static/pot.png": "",
    "LICENSE.md": "# License\n",
}


def site(flavour: str, folder: str = "docs", root: str = "docs") -> AreasType:
    return Areas(FLAVOURS["github"], (Area(folder, FLAVOURS[flavour], root),))


def missing(flavour: str, destination: str, page: str = "docs/guide/page.md") -> bool:
    areas = site(flavour)
    text = f"[x]({destination})\n"
    found = look(missing_file.RULE, text, PAGES, page, areas=areas)
    return bool(found + look(missing_anchor.RULE, text, PAGES, page, areas=areas))


SITES = ("mkdocs", "docusaurus", "vitepress", "hugo", "jekyll", "mdbook", "astro", "zola")


@pytest.mark.parametrize("flavour", SITES)
@pytest.mark.parametrize(
    "destination",
    [
        "install.md",
        "./install.md#install",
        "../img/cup.png",
        "install.html",
        "install",
        "../guide/",
        "#",
        "/guide/install",
    ],
)
def test_right_links_are_silent(flavour: str, destination: str) -> None:
    assert not missing(flavour, destination)


@pytest.mark.parametrize("flavour", [*SITES, "myst", "pandoc"])
@pytest.mark.parametrize("destination", ["instal.md", "../img/mug.png", "install.md#brew"])
def test_wrong_files_and_anchors_are_reported(flavour: str, destination: str) -> None:
    assert missing(flavour, destination) or (flavour == "myst" and "/" not in destination and "#" not in destination)


@pytest.mark.parametrize("flavour", ["mkdocs", "vitepress", "mdbook"])
@pytest.mark.parametrize("destination", ["instal.html", "instal", "../gide/", "install.html#brew", "install#brew"])
def test_wrong_addresses_are_reported_where_they_follow_from_names(flavour: str, destination: str) -> None:
    assert missing(flavour, destination)


@pytest.mark.parametrize("flavour", ["docusaurus", "hugo", "jekyll", "astro", "zola"])
@pytest.mark.parametrize("destination", ["instal", "../gide/", "/gide/"])
def test_addresses_that_pages_may_choose_are_not_judged(flavour: str, destination: str) -> None:
    assert not missing(flavour, destination)


def test_vitepress_judges_addresses_from_the_root() -> None:
    assert not missing("vitepress", "/guide/install")
    assert not missing("vitepress", "/guide/")
    assert missing("vitepress", "/guide/instal")
    assert missing("vitepress", "/guide/install/")


def test_static_files_are_served_from_the_root() -> None:
    assert not missing("vitepress", "/tea.png")
    assert missing("vitepress", "/coffee.png")


def test_zola_names_content_from_its_folder() -> None:
    assert not missing("zola", "@/guide/install.md#install")
    assert missing("zola", "@/guide/instal.md")


@pytest.mark.parametrize("destination", ["{{ site.baseurl }}/x", "{% link _posts/x.md %}", '{{< ref "x.md" >}}'])
def test_templates_are_not_judged(destination: str) -> None:
    assert not missing("jekyll", f"<{destination}>")


def test_the_address_of_another_book_is_not_judged() -> None:
    assert not missing("mdbook", "../../std/vec.html")
    assert not missing("mkdocs", "../../../other/")


def test_a_page_outside_of_the_site_may_be_linked() -> None:
    assert not missing("mkdocs", "../../LICENSE.md")


def test_myst_names_things_on_other_pages() -> None:
    assert not missing("myst", "some-target")
    assert not missing("myst", "#some-target")
    assert missing("myst", "../guide/install.md#brew")


def test_the_page_of_a_folder_has_the_anchors() -> None:
    assert not missing("mkdocs", "../guide/#guide")
    assert missing("mkdocs", "../guide/#brew")
    assert not missing("mkdocs", "../about/#about")


def test_relative_addresses_start_behind_the_page_s_own() -> None:
    # docs/guide/page.md is at /guide/page/: `../install/` is its sibling.
    assert not missing("mkdocs", "../install/")


@pytest.mark.parametrize(
    "text",
    [
        '{{% include "more.md" %}}',
        "{% include more.md %}",
        "```{include} more.md\n```",
        "--8<-- 'more.md'",
        "::: package.module",
    ],
)
def test_anchors_of_a_page_that_takes_in_others_are_not_judged(text: str) -> None:
    assert look(missing_anchor.RULE, f"[x](#more)\n\n{text}\n", (), "docs/a.md", areas=site("mkdocs")) == []


def test_containers_of_vitepress_take_in_nothing() -> None:
    assert look(missing_anchor.RULE, "[x](#more)\n\n::: tip\nText\n:::\n", (), "docs/a.md", areas=site("vitepress"))


def test_anchors_of_a_part_of_other_pages_are_not_judged() -> None:
    assert look(missing_anchor.RULE, "[x](#more)\n", (), "docs/_parts/a.md", areas=site("hugo")) == []


@pytest.mark.parametrize("destination", ["/docs/guide/install.md", "docs/guide/install.md#install", "docs/guide"])
def test_outside_of_the_site_github_s_rules_hold(destination: str) -> None:
    assert look(missing_file.RULE, f"[x]({destination})\n", PAGES, "README.md", areas=site("vitepress")) == []


@pytest.mark.parametrize("destination", ["/guide/install.md", "docs/guide/install"])
def test_outside_of_the_site_the_site_s_rules_do_not(destination: str) -> None:
    assert look(missing_file.RULE, f"[x]({destination})\n", PAGES, "README.md", areas=site("vitepress"))


def test_a_page_of_a_site_is_also_seen_on_github() -> None:
    tree = {"docs/a.md": "# A & b\n"}
    for fragment in ("a--b", "a-b"):
        text = f"[x](docs/a.md#{fragment})\n"
        assert look(missing_anchor.RULE, text, tree, "README.md", areas=site("mkdocs")) == []
    assert look(missing_anchor.RULE, "[x](docs/a.md#ab)\n", tree, "README.md", areas=site("mkdocs"))


def test_the_innermost_folder_counts() -> None:
    areas = areas_of(FLAVOURS["github"], [("docs", FLAVOURS["mkdocs"]), ("docs/api", FLAVOURS["gitlab"])])
    assert areas.of("docs/api/x.md").flavour.name == "gitlab"
    assert areas.of("docs/apis/x.md").flavour.name == "mkdocs"
    assert areas.of("x.md").flavour.name == "github"


def test_what_is_github_s_own_stays_so_only_where_the_host_was_guessed() -> None:
    everything = (Area("", FLAVOURS["jekyll"]),)
    assert Areas(FLAVOURS["github"], everything, guessed=True).of("README.md").flavour.name == "github"
    assert Areas(FLAVOURS["github"], everything, guessed=True).of("page.md").flavour.name == "jekyll"
    assert Areas(FLAVOURS["github"], everything).of("README.md").flavour.name == "jekyll"
