"""The anchors of each host but GitHub: names, duplicates, names that are written out, and what is no anchor."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from conftest import page_of
from doclint.model import Anchor, AnchorKind
from doclint.slug import FLAVOURS

SHARED = pathlib.Path(__file__).parents[3] / "shared" / "slugs"

KNOWN_NO_ATTRIBUTES = frozenset({"mdbook", "zola"})
"""Their rows were made from the texts of headings, in which `{#name}` is text; to the hosts it is a name."""


def anchors(flavour: str, markdown: str) -> tuple[Anchor, ...]:
    return FLAVOURS[flavour].anchors(page_of(markdown).parsed.marks)


def names(flavour: str, markdown: str) -> list[str]:
    return [anchor.name for anchor in anchors(flavour, markdown) if anchor.kind is AnchorKind.HEADING]


def explicit(flavour: str, markdown: str) -> list[str]:
    return [anchor.name for anchor in anchors(flavour, markdown) if anchor.kind is AnchorKind.HTML]


HEADINGS = {
    # The same heading for every host: what they do with case, punctuation, spaces, accents and other scripts.
    "Émile & Co.: 2² ways": {
        "gitlab": "émile--co-2²-ways",
        "gitea": "émile--co-2²-ways",
        "bitbucket": "markdown-header-emile-co-22-ways",
        "azure-devops": "émile-&-co.:-2²-ways",
        "mkdocs": "emile-co-22-ways",
        "mkdocs-attr_list": "emile-co-22-ways",
        "pymdownx": "émile--co-2²-ways",
        "docusaurus": "émile--co-2-ways",
        "docfx": "émile--co-2-ways",
        "vitepress": "emile-co-22-ways",
        "hugo": "émile--co-2-ways",
        "jekyll": "émile--co-2-ways",
        "pandoc": "émile-co.-2²-ways",
        "pandoc-gfm": "émile--co-2²-ways",
        "myst": "émile--co-2²-ways",
        "mdbook": "émile--co-2²-ways",
        "astro": "émile--co-2-ways",
        "zola": "emile-co-22-ways",
    },
    "![Logo](logo.png) Über *uns*": {
        "gitlab": "logo-über-uns",
        "gitea": "logologopng-über-uns",
        "azure-devops": "über-uns",
        "mkdocs": "uber-uns",
        "docusaurus": "logo-über-uns",
        "docfx": "logo-über-uns",
        "vitepress": "uber-uns",
        "hugo": "logo-über-uns",
        "jekyll": "-über-uns",
        "pandoc": "logo-über-uns",
        "myst": "-über-uns",
        "mdbook": "über-uns",
        "astro": "-über-uns",
        "zola": "uber-uns",
    },
    "`--force` and --quiet": {
        "docfx": "--force-and---quiet",
        "gitlab": "--force-and---quiet",
        "mkdocs": "-force-and-quiet",
        "hugo": "--force-and-quiet",
        "jekyll": "--force-and-quiet",
        "pandoc": "force-and-quiet",
        "astro": "--force-and-quiet",
        "vitepress": "force-and-quiet",
    },
    "北京 🎉": {
        "docfx": "北京-",
        "gitlab": "北京-",
        "gitea": "北京-",
        "bitbucket": "markdown-header-",
        "azure-devops": "北京-🎉",
        "mkdocs": "_1",
        "vitepress": "北京-🎉",
        "pandoc": "北京",
        "pandoc-gfm": "北京-tada",
        "zola": "bei-jing-tada",
    },
    "2nd try": {"vitepress": "_2nd-try", "pandoc": "nd-try", "pandoc-gfm": "2nd-try", "mdbook": "2nd-try"},
    "🎉": {
        "docfx": "section",
        "gitea": "heading",
        "hugo": "heading",
        "mdbook": "section",
        "pandoc": "section",
        "mkdocs": "_1",
    },
    "See https://example.org/a now": {
        "docfx": "see-httpsexampleorga-now",
        "hugo": "see--now",
        "gitlab": "see-httpsexampleorga-now",
    },
    "AT&amp;T": {"vitepress": "at-amp-t", "docusaurus": "att", "docfx": "att", "mkdocs": "att", "gitea": "atampt"},
    "A:tada:b": {"vitepress": "ab", "docusaurus": "atadab"},
    "ΛΟΓΟΣ": {"gitlab": "λογος", "docfx": "λογοσ", "jekyll": "λογοσ", "zola": "logos"},
}


@pytest.mark.parametrize(
    ("heading", "flavour", "expected"),
    [(heading, flavour, name) for heading, found in HEADINGS.items() for flavour, name in found.items()],
)
def test_the_name_of_a_heading(heading: str, flavour: str, expected: str) -> None:
    assert names(flavour, f"# {heading}\n") == [expected]


@pytest.mark.parametrize(
    ("flavour", "expected"),
    [
        ("gitlab", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("gitea", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("docusaurus", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("docfx", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("vitepress", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("hugo", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("mdbook", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("zola", ["tea", "tea-1", "tea-1-1", "tea-2"]),
        ("jekyll", ["tea", "tea-1", "tea-1", "tea-2"]),
        ("pandoc-gfm", ["tea", "tea-1", "tea-1", "tea-2"]),
        ("mkdocs", ["tea", "tea_1", "tea-1", "tea_2"]),
        ("bitbucket", [f"markdown-header-{name}" for name in ("tea", "tea_1", "tea-1", "tea_2")]),
        ("azure-devops", ["tea", "tea", "tea-1", "tea"]),
    ],
)
def test_duplicates(flavour: str, expected: list[str]) -> None:
    assert names(flavour, "# Tea\n\n# Tea\n\n# Tea-1\n\n# Tea\n") == expected


def test_python_markdown_counts_on_from_a_number_behind_an_underscore() -> None:
    assert names("mkdocs", "# tea_4\n\n# tea_4\n\n# tea_4\n") == ["tea_4", "tea_5", "tea_6"]


@pytest.mark.parametrize(
    "flavour", ["gitea", "hugo", "docusaurus", "vitepress", "jekyll", "pandoc", "mdbook", "zola", "mkdocs-attr_list"]
)
def test_a_name_behind_a_heading(flavour: str) -> None:
    assert names(flavour, "## Brewing *tea* {#Brew-It}\n") == ["Brew-It"]


@pytest.mark.parametrize(
    "flavour", ["gitlab", "bitbucket", "azure-devops", "mkdocs", "docfx", "pandoc-gfm", "myst", "astro"]
)
def test_a_name_behind_a_heading_is_text_to_others(flavour: str) -> None:
    (name,) = names(flavour, "## Tea {#brew}\n")
    assert name.endswith(("brew", "{#brew}"))
    assert name != "brew"


@pytest.mark.parametrize("flavour", ["gitea", "hugo", "vitepress", "jekyll", "pandoc", "mdbook", "zola", "pymdownx"])
def test_an_escaped_brace_is_no_name(flavour: str) -> None:
    assert names(flavour, "## Tea \\{#brew}\n") == ["tea-brew"]


@pytest.mark.parametrize(
    ("flavour", "text", "expected"),
    [
        ("mkdocs-attr_list", "# Tea {: .note #brew }\n", "brew"),
        ("pandoc", "# Tea {#brew .note key=value}\n", "brew"),
        ("hugo", "# Tea {#brew .note}\n", "brew"),
        ("docusaurus", "# Tea {/* #brew */}\n", "brew"),
        ("docusaurus", "# Tea <!-- #brew -->\n", "brew"),
        ("docusaurus", "# `tea`{#brew}\n", "brew"),
        ("jekyll", "# Tea\n{: #brew}\n", "brew"),
        ("jekyll", "Tea\n===\n{:.note #brew}\n", "brew"),
    ],
)
def test_other_ways_to_name_a_heading(flavour: str, text: str, expected: str) -> None:
    assert names(flavour, text) == [expected]


@pytest.mark.parametrize(
    ("flavour", "expected"),
    [
        ("hugo", ["tea", "tea-1"]),
        ("docusaurus", ["tea", "tea"]),
        ("mkdocs-attr_list", ["tea", "tea_1"]),
        ("mdbook", ["tea", "tea"]),
    ],
)
def test_whether_a_written_name_is_taken(flavour: str, expected: list[str]) -> None:
    assert names(flavour, "# Cup {#tea}\n\n# Tea\n") == expected


@pytest.mark.parametrize("flavour", ["mkdocs-attr_list", "zola"])
def test_a_written_name_is_taken_further_up_as_well(flavour: str) -> None:
    assert names(flavour, "# Tea\n\n# Cup {#tea}\n")[0] != "tea"


@pytest.mark.parametrize(
    ("flavour", "text", "expected"),
    [
        ("mkdocs-attr_list", "Some [](){#here} words\n", ["here"]),
        ("mkdocs-attr_list", "Some words\n{: #here }\n", ["here"]),
        ("mkdocs", "Some [](){#here} words\n", []),
        ("gitlab", "Some [](){#here} words\n", []),
        ("jekyll", "A word\n{: #here}\n", ["here"]),
        ("myst", "(here)=\n# Tea\n", ["here"]),
        ("myst", "{#here}\n# Tea\n", ["here"]),
        ("hugo", "(here)=\n# Tea\n", []),
        ("gitlab", '<a id="user-content-Here"></a>\n', ["Here"]),
        ("mkdocs", '<a name="here"></a>\n', ["here"]),
        ("docfx", '<a name="Here"></a>\n\n<div id="there"></div>\n', ["Here", "there"]),
    ],
)
def test_anchors_that_are_no_headings(flavour: str, text: str, expected: list[str]) -> None:
    assert explicit(flavour, text) == expected


@pytest.mark.parametrize(
    "flavour", ["gitlab", "gitea", "mkdocs", "docfx", "hugo", "vitepress", "jekyll", "pandoc", "astro"]
)
def test_raw_html_headings_have_no_name(flavour: str) -> None:
    assert names(flavour, "<h2>Tea</h2>\n") == []


@pytest.mark.parametrize("flavour", ["mkdocs", "jekyll", "bitbucket"])
def test_nothing_is_markdown_between_the_tags_of_raw_html(flavour: str) -> None:
    assert names(flavour, "<details>\n\n# Inside\n\n</details>\n\n# Tea\n")[-1].endswith("tea")
    assert len(names(flavour, "<details>\n\n# Inside\n\n</details>\n\n# Tea\n")) == 1
    assert len(names(flavour, '<details markdown="1">\n\n# Inside\n\n</details>\n\n# Tea\n')) == 2
    # What never ends encloses nothing.
    assert len(names(flavour, "<div>\n\n# Inside\n\n# Tea\n")) == 2


def test_pandoc_wants_a_blank_line_above_a_heading() -> None:
    assert names("pandoc", "words\n# Tea\n") == []
    assert names("pandoc-gfm", "words\n# Tea\n") == ["tea"]


def test_terms_of_a_definition_list_have_anchors_in_mdbook_and_hugo() -> None:
    text = "`cup`\n: What tea is in.\n\n# Cup\n"
    for flavour in ("mdbook", "hugo"):
        table = anchors(flavour, text)
        assert [anchor.name for anchor in table] == ["cup", "cup"]
        assert table[1].aliases == ("cup-1",)
    assert explicit("gitlab", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('## <a name="Old-Name"></a> Tea\n\n## Tea\n', ["Old-Name", "tea"]),
        ('## <a id="cup"></a>Tea\n\n## Tea\n', ["cup", "tea-1"]),
        ('## <a name="cup"></a>\n', ["section"]),
        ('## Tea <a name="cup"></a>\n', ["tea-"]),
        ('## <a name="cup">Tea</a>\n', ["tea"]),
        ('## <a class="x" name="cup"></a>Tea\n', ["tea"]),
        ("# [Tea](#tab/tea)\n\n# [Cup](#tab/cup+mug/hot)\n\n# Tea\n", ["tea-1"]),
        ("# [Tea](#tab)\n", ["tea"]),
        ("## New in [!INCLUDE [tea](../includes/tea.md)] 2\n", ["new-in--2"]),
        ('## About :::no-loc text="Tea":::\n', ["about-"]),
        ("## <xref:System.String> and *more*\n", ["-and-more"]),
        ("## Follow @tea.pot. Now\n", ["follow--now"]),
        ("## Brew :tea: now\n", ["brew--now"]),
        ("## İki 𝔞 x\n", ["İki--x"]),
        ("## A\\_b `c_d`\n", ["a_b-c_d"]),
    ],
)
def test_what_docfx_makes_of_a_heading(text: str, expected: list[str]) -> None:
    assert names("docfx", text) == expected


def test_what_docfx_may_take_for_text_is_found_either_way() -> None:
    (anchor,) = anchors("docfx", "## Mail tea@example.org\n")
    assert anchor.aliases == ("mail-teaexampleorg",)


def test_a_heading_that_docfx_names_by_a_tag_is_listed_once() -> None:
    (anchor,) = anchors("docfx", '## <a name="cup"></a> Tea\n')
    assert (anchor.name, anchor.kind, anchor.text) == ("cup", AnchorKind.HEADING, "Tea")


def test_a_tab_is_no_place() -> None:
    assert FLAVOURS["docfx"].always_there("tab/windows")
    assert not FLAVOURS["mkdocs"].always_there("tab/windows")


@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
def test_a_heading_is_found_by_its_own_name(flavour: str) -> None:
    (name,) = names(flavour, "# Plain words\n")
    assert name in FLAVOURS[flavour].lookups(name)


def test_where_letter_case_counts() -> None:
    assert "tea" not in FLAVOURS["mkdocs"].lookups("Tea")
    assert "tea" in FLAVOURS["github"].lookups("Tea")


@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
def test_the_top_of_the_page_is_always_there(flavour: str) -> None:
    assert FLAVOURS[flavour].always_there("")
    assert FLAVOURS[flavour].always_there("top")
    assert not FLAVOURS[flavour].always_there("brewing-tea")


def test_lines_are_there_where_files_are_shown() -> None:
    assert FLAVOURS["gitlab"].always_there("L10-20")
    assert not FLAVOURS["mkdocs"].always_there("L10-20")


# --------------------------------------------------------------------------------------------- what was asked elsewhere


def rows(flavour: str) -> list[dict[str, Any]]:
    path = SHARED / f"{flavour}.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there: it is measured where the shared material lies beside the repository")
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    # The programs that were asked know no front matter and take its last line for a setext heading; the sites do not.
    found = [row for row in found if row.get("name") != "front-matter"]
    if flavour in KNOWN_NO_ATTRIBUTES:
        found = [row for row in found if "{" not in row.get("input", row.get("document", ""))]
    return found


@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
def test_the_hosts_own_programs(flavour: str) -> None:
    asked = rows(flavour)
    assert len(asked) > 300
    wrong = []
    for row in asked:
        wanted = row["slugs"] if "document" in row else [row["slug"]]
        wanted = [slug.removeprefix("user-content-") for slug in wanted if slug is not None]
        if (found := names(flavour, row.get("document", f"# {row.get('input')}\n"))) != wanted:
            wrong.append((row["n"], wanted, found))
    assert len(wrong) <= len(asked) / 100, wrong
