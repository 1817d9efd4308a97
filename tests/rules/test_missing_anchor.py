from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.resolve import Site
from doclint.rules.missing_anchor import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace

OURS = Site("ours", "manual", "main")


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("# Set up", "set-up"),
        ("###### Set up ######", "set-up"),
        ("Set up\n===", "set-up"),
        ("Set up\n---", "set-up"),
        ("Set\nup\n---", "setup"),
        ("# Set up", "Set-Up"),
        ("# Set up", "user-content-set-up"),
        ("# Set up", "set%2Dup"),
        ("# What’s new in C++?", "whats-new-in-c"),
        ("# a & b / c", "a--b--c"),
        ("# snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("# *Loud* and **louder** `code()`", "loud-and-louder-code"),
        ("# [linked](x.md) words", "linked-words"),
        ("# ![logo](x.png) With a logo", "-with-a-logo"),
        ("# Title {#custom}", "title-custom"),
        ("# 2 &lt; 3 &amp; so on", "2--3--so-on"),
        ("# <b>Bold</b> move", "bold-move"),
        (r"# 1\. First", "1-first"),
        ("# Trailing hyphen-", "trailing-hyphen-"),
        ("# Title[^1]\n\n[^1]: note", "title1"),
        ("# :tada: Party", "tada-party"),
        ("# 🚀 Launch", "-launch"),
        ("# Launch 🚀", "launch-"),
        ("# ⚙️ Gears", "️-gears"),
        ("# ⚙️ Gears", "%EF%B8%8F-gears"),
        ("# 👩\u200d💻 Work", "\u200d-work"),
        ("# 👩\u200d💻 Work", "-work"),
        ("# 1️⃣ First", "1️⃣-first"),
        ("# x² and ½", "x-and-"),
        ("# a\u00a0b\u3000c", "abc"),
        ("# Größe", "größe"),
        ("# Größe", "gr%C3%B6%C3%9Fe"),
        ("# ÜBER UNS", "über-uns"),
        ("# ÜBER UNS", "ÜBER-UNS"),
        ("# 安装指南（上）", "安装指南上"),
        ("# 安装指南", "%E5%AE%89%E8%A3%85%E6%8C%87%E5%8D%97"),
        ("# हिन्दी भाषा", "हिन्दी-भाषा"),
        ("# می\u200cخواهم", "می\u200cخواهم"),
        ("# می\u200cخواهم", "میخواهم"),
        ("# ΟΔΟΣ", "οδοσ"),
        ("# ΟΔΟΣ", "οδος"),
        ("# Usage <!-- old -->", "usage-"),
        ("# Usage <!-- old -->", "usage"),
        ("> # Quoted", "quoted"),
        ("- # Listed", "listed"),
        ("<details>\n\n# Hidden\n\n</details>", "hidden"),
        ("A note[^n].\n\n[^n]:\n    # In a note", "in-a-note"),
        ("<h2>Raw <em>HTML</em></h2>", "raw-html"),
        ("<h1 align=center>\n  <img src=x.png>\n  Title\n</h1>", "----title"),
        ("\ufeff# First line", "first-line"),
        ("---\ntitle: x\n---\n# After the front matter", "after-the-front-matter"),
    ],
)
def test_silent_for_a_heading(heading: str, fragment: str) -> None:
    text = f"{heading}\n\nSee [a](#{fragment}) and [b](page.md#{fragment}).\n"
    assert not look(RULE, text)
    assert not look(RULE, text.replace("\n", "\r\n")), "line ends do not count"
    assert not look(RULE, f"[a](docs/other.md#{fragment})", {"docs/other.md": heading})


@pytest.mark.parametrize("fragment", ["again", "again-1", "again-1-1", "again-2"])
def test_silent_for_a_numbered_duplicate(fragment: str) -> None:
    assert not look(RULE, f"# Again\n# Again\n# Again-1\n# Again\n\n[a](#{fragment})")


@pytest.mark.parametrize(
    ("element", "fragment"),
    [
        ('<a id="here"></a>', "here"),
        ("<a name='here'></a>", "here"),
        ("text <A NAME=here></A> text", "here"),
        ("<div id=here>\n</div>", "here"),
        ('<img\n  src="x.png"\n  id="here">', "here"),
        ("A <span id='here'>word</span>", "here"),
        ('# <a name="here"></a> Title', "here"),
        ('# <a name="here"></a> Title', "-title"),
        ('<h2 id="here">Title</h2>', "here"),
        ('<h2 id="here">Title</h2>', "title"),
        ('<a id="here"></a>', "user-content-here"),
        ('<a id="user-content-here"></a>', "here"),
        ('<a id="here"></a>', "HERE"),
        ('<a id="R&amp;D"></a>', "R&amp;D"),
        ('<a id="größe"></a>', "gr%C3%B6%C3%9Fe"),
        ('<a id="Here"></a>', "Here"),
    ],
)
def test_silent_for_an_explicit_anchor(element: str, fragment: str) -> None:
    assert not look(RULE, f"{element}\n\n[a](#{fragment})\n")


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "TOP",
        "readme",
        "L10",
        "L10-L20",
        "L10C2-L12C5",
        ":~:text=some%20words",
        "fn-1",
        "fnref-1",
        "user-content-fn-note",
        "user-content-fnref-note-2",
    ],
)
def test_silent_for_what_the_site_understands_by_itself(fragment: str) -> None:
    assert not look(RULE, f"[a](#{fragment}) [b](other.md#{fragment})", {"other.md": ""})


@pytest.mark.parametrize(
    "link",
    [
        "main.py#function",
        "main.py#L3",
        "picture.svg#layer",
        "alias.md#anything",
        "docs#anything",
        "vendor#anything",
        "https://example.com/page.md#gone",
        "https://github.com/theirs/manual/blob/main/guide.md#gone",
        "gone.md#gone",
        "GUIDE.md#gone",
        "../up.md#gone",
        "draft.md#gone",
    ],
)
def test_silent_where_it_cannot_be_judged_or_another_rule_speaks(link: str) -> None:
    tracked = {"main.py": "", "picture.svg": "", "docs/x.txt": "", "guide.md": ""}
    assert not look(
        RULE, f"[a]({link})", tracked, symlinks=["alias.md"], submodules=["vendor"], untracked=["draft.md"], site=OURS
    )


def test_silent_for_a_page_that_cannot_be_read() -> None:
    assert not look(RULE, "[a](picture.md#gone)", {"picture.md": b"\x89PNG\0\0"})


@pytest.mark.parametrize("link", ["docs#set-up", "docs/#set-up", "./docs/#set-up", "/docs#set-up"])
@pytest.mark.parametrize("readme", ["README.md", "readme.md", "Readme.markdown"])
def test_silent_for_a_fragment_on_a_folder_that_its_readme_has(link: str, readme: str) -> None:
    assert not look(RULE, f"[a]({link})", {f"docs/{readme}": "# Set up\n"})


@pytest.mark.parametrize(
    "text",
    [
        "`[a](#gone)`",
        "    [a](#gone)",
        "```\n[a](#gone)\n```",
        "<!-- [a](#gone) -->",
        r"\[a](#gone)",
        "#gone",
        "[x]: #gone",
    ],
)
def test_silent_where_there_is_no_link(text: str) -> None:
    assert not look(RULE, text)


# ------------------------------------------------------------------------------------------------------------ loud


def test_a_missing_anchor_on_the_same_page() -> None:
    [seen] = look(RULE, "# Install\n\n# Use\n\nSee [the setup](#instal) first.\n")
    assert seen.text == "#instal"
    assert seen.message == 'no heading or anchor "instal" on this page'
    assert seen.help == "did you mean #install?"


def test_a_missing_anchor_on_another_page() -> None:
    [seen] = look(RULE, "[a](docs/guide.md?x=1#warp)", {"docs/guide.md": "# Install\n"})
    assert seen.text == "docs/guide.md?x=1#warp"
    assert seen.message == 'no heading or anchor "warp" in docs/guide.md'
    assert seen.help == "correct the part behind #; `doclint anchors` lists what the page offers"
    assert seen.hit.fix is None


def test_a_page_without_anchors() -> None:
    [seen] = look(RULE, "[a](guide.md#install)", {"guide.md": "Just words.\n"})
    assert seen.help == "the page has no headings and no anchors: remove the part from #"


def test_the_message_shows_the_fragment_decoded() -> None:
    [seen] = look(RULE, "# Titel\n\n[a](#gr%C3%B6%C3%9Fe)")
    assert seen.text == "#gr%C3%B6%C3%9Fe"
    assert seen.message == 'no heading or anchor "größe" on this page'


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("# Set up", "setup"),
        ("# 🚀 Launch", "launch"),
        ("# ⚙️ Gears", "-gears"),
        ("# a & b", "a-b"),
        ("# Title {#custom}", "custom"),
        ("# __init__ method", "__init__-method"),
        ("# Café", "cafe\u0301"),
        ("# Once", "once-1"),
        ("# Twice\n# Twice", "twice-2"),
        ("# Set up", "set%252Dup"),
        ("`<a id='here'>`", "here"),
        ("```\n<a id='here'>\n```", "here"),
        ("<!-- <a id='here'> -->", "here"),
        (r"\<a id='here'>", "here"),
        ("&lt;a id='here'>", "here"),
        ("<p name='here'>text</p>", "here"),
        ("<a data-id='here' class=here title=here></a>", "here"),
        ("```\n# Fenced\n```", "fenced"),
        ("    # Indented", "indented"),
        ("<!--\n# Hidden\n-->", "hidden"),
        ("#hashtag", "hashtag"),
        ("---\n# A comment\ntitle: x\n---\n\n# Real", "a-comment"),
        ("---\n# A comment\ntitle: x\n---\n\n# Real", "title-x"),
        ('<a id="Here"></a>', "here"),
        ("**Just bold**", "just-bold"),
    ],
)
def test_no_anchor(heading: str, fragment: str) -> None:
    assert [seen.text for seen in look(RULE, f"{heading}\n\nSee [a](#{fragment}).\n")] == [f"#{fragment}"]
    assert [seen.text for seen in look(RULE, f"[a](x.md#{fragment})", {"x.md": heading})] == [f"x.md#{fragment}"]


@pytest.mark.parametrize("link", ["docs#gone", "docs/#gone"])
def test_a_fragment_on_a_folder_whose_readme_has_it_not(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})", {"docs/README.md": "# Set up\n"})
    assert seen.message == 'no heading or anchor "gone" in docs/README.md'


@pytest.mark.parametrize(
    "link",
    ["https://github.com/ours/manual/blob/main/guide.md#gone", "../../blob/HEAD/guide.md#gone", "/guide.md#gone"],
)
def test_an_address_of_this_repository(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})", {"guide.md": "# Set up\n"}, site=OURS)
    assert seen.message == 'no heading or anchor "gone" in guide.md'


@pytest.mark.parametrize(
    "text",
    [
        "![a](#gone)",
        "[a][b]\n\n[b]: #gone",
        "<a href='#gone'>a</a>",
        "| x |\n|---|\n| [a](#gone) |",
        "A note[^1].\n\n[^1]: See [a](#gone).",
        "# A [link](#gone)",
    ],
)
def test_every_kind_of_link(text: str) -> None:
    assert [seen.text for seen in look(RULE, text)] == ["#gone"]


def test_a_heading_that_was_renamed_breaks_links_elsewhere(workspace: MakeWorkspace) -> None:
    space = workspace({"guide.md": "# Set up\n", "README.md": "[a](guide.md#set-up)\n"})
    assert not space.check()
    space.write({"guide.md": "# Preparation\n"})
    [finding] = space.check()
    assert (finding.rule, finding.path) == ("missing-anchor", "README.md")


def test_a_page_in_code_page_has_its_anchors(workspace: MakeWorkspace) -> None:
    text = "# Größe\n\nDie Straße führt über die Brücke und durch schöne Wälder.\n"
    space = workspace({"guide.md": text.encode("cp1252"), "README.md": "[a](guide.md#größe)\n"})
    assert not space.check(select=("missing-anchor",))


# ----------------------------------------------------------------------------------------------------- did you mean


def test_two_near_anchors_are_named_and_none_is_written() -> None:
    [seen] = look(RULE, "# Install a\n# Install b\n\n[a](#install-c)")
    assert seen.help == "did you mean #install-a or #install-b?"
    assert seen.hit.fix is None


def test_an_anchor_that_no_link_reaches_is_not_proposed() -> None:
    [seen] = look(RULE, '<a id="Set-Up"></a>\n\n[a](#set-up)')
    assert "#Set-Up" not in seen.help
    assert seen.hit.fix is None


# --------------------------------------------------------------------------------------------------- before -> after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](#instal)\n", "[a](#install)\n"),
        ("[a](page.md#instal 't')\r\n", "[a](page.md#install 't')\r\n"),
        ("[a](./page.md?plain=0#instal)", "[a](./page.md?plain=0#install)"),
        ("[a](#Instal)\n", "[a](#install)\n"),
        ("[a](#%C3%BCber-un)\n", "[a](#%C3%BCber-uns)\n"),
        ("[a](#über-un)\n", "[a](#über-uns)\n"),
        ("[a][b], [b]\n\n[b]: <#instal> (why)\n", "[a][b], [b]\n\n[b]: <#install> (why)\n"),
        ("<a href=#instal>a</a> <a HREF='#instal'>b</a>\n", "<a href=#install>a</a> <a HREF='#install'>b</a>\n"),
        ("> ![x](#instal)\n", "> ![x](#install)\n"),
    ],
)
def test_the_near_anchor_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    head = "# Install\n\n# Über uns\n\n"
    assert_mends(workspace, RULE.name, {"page.md": head + before}, {"page.md": head + after}, Safety.UNSAFE)


@pytest.mark.parametrize(
    "path",
    [
        r"snake\_case.md",
        "snake&#x5F;case.md",
        r"left\(right.md",
        "R&amp;D.md",
        "&amp;copy;.md",
        "my%20guide.md",
        "snake_case.md?a=1&amp;copy;",
    ],
)
def test_the_path_is_left_as_it_is_written(workspace: MakeWorkspace, path: str) -> None:
    names = ["snake_case.md", "left(right.md", "R&D.md", "&copy;.md", "my guide.md"]
    before = {"page.md": f"[a]({path}#instal)\n", **dict.fromkeys(names, "# Install\n")}
    assert_mends(workspace, RULE.name, before, {"page.md": f"[a]({path}#install)\n"}, Safety.UNSAFE)


def test_the_path_in_html_is_left_as_it_is_written(workspace: MakeWorkspace) -> None:
    before = {"page.md": "<a href='R&amp;D.md?a&#61;1#instal'>a</a>\n", "R&D.md": "# Install\n"}
    after = {"page.md": "<a href='R&amp;D.md?a&#61;1#install'>a</a>\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.UNSAFE)


# ---------------------------------------------------------------------------------------------- what git remembers


def test_a_heading_that_was_renamed_takes_its_links_along(workspace: MakeWorkspace) -> None:
    guide = "# Guide\n\n## Set up\n\nFirst this.\n\n## Use\n\nThen that.\n"
    links = (
        "[a](guide.md#set-up 'x')\n[r]\n\n[r]: <./guide.md?x=1#set%2Dup>\n\n"
        "<a href='guide.md#set-up'>b</a> `guide.md#set-up`\n"
    )
    space = workspace({"guide.md": guide, "README.md": links})
    space.commit({"guide.md": guide.replace("Set up", "Größe wählen")})
    space.commit({"guide.md": "New words.\n\n" + guide.replace("Set up", "Größe wählen")})
    assert not space.fix().findings
    assert space.read("README.md").decode() == links.replace("#set-up 'x'", "#größe-wählen 'x'").replace(
        "#set%2Dup", "#gr%C3%B6%C3%9Fe-w%C3%A4hlen"
    ).replace("#set-up'>", "#größe-wählen'>")
    assert not space.fix().changed


def test_before_it_is_committed_too(workspace: MakeWorkspace) -> None:
    space = workspace({"guide.md": "# Set up\n\ntext\n", "README.md": "[a](guide.md#set-up)\n"})
    space.write({"guide.md": "# Preparation\n\ntext\n"})
    space.fix()
    assert space.read("README.md") == b"[a](guide.md#preparation)\n"


def test_together_with_the_page(workspace: MakeWorkspace) -> None:
    text = "# Set up\n" + "".join(f"\nline {number}\n" for number in range(20))
    space = workspace({"guide.md": text, "README.md": "[a](guide.md#set-up)\n"})
    space.git("mv", "guide.md", "manual.md")
    space.commit({"manual.md": text.replace("Set up", "Preparation")})
    space.fix()
    assert space.read("README.md") == b"[a](manual.md#preparation)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n\n## Warp\n\none\n", "# T\n\n## Shield\n\n## Beam\n\none\n"),
        ("# T\n\n## Warp\n\n## Drive\n\none\n", "# T\n\n## Shield\n\none\n"),
        ("# T\n\n## Warp\n\none\n", "# T\n\none\n"),
        ("## Warp\n\none\n\n## T\n\ntwo\n", "## T\n\ntwo\n\n## Shield\n\none\n"),
        ("## Warp\n\none\n\n## Warp\n\ntwo\n", "## Warp-drive\n\nnothing\n"),
    ],
)
def test_not_followed_where_not_one_went_and_one_came(workspace: MakeWorkspace, before: str, after: str) -> None:
    space = workspace({"guide.md": before, "README.md": "[a](guide.md#warp)\n"})
    space.commit({"guide.md": after})
    assert not space.fix(select=("missing-anchor",)).changed


def test_where_the_text_changed_too_it_is_only_likely(workspace: MakeWorkspace) -> None:
    space = workspace({"guide.md": "# T\n\n## Warp\n\none\n", "README.md": "[a](guide.md#warp)\n"})
    space.commit({"guide.md": "# T\n\n## Shield\n\ntwo\n"})
    assert not space.fix().changed
    [finding] = space.check()
    assert finding.help == "did you mean #shield?"
    space.fix(level=Safety.UNSAFE)
    assert space.read("README.md") == b"[a](guide.md#shield)\n"


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("# Café", "#cafe\u0301", "#café"),
        ("# Cafe\u0301", "#caf\u00e9", "#cafe\u0301"),
        ("# Set up", "#set%252Dup", "#set-up"),
        ("# Größe", "#gr%25C3%25B6%25C3%259Fe", "#gr%C3%B6%C3%9Fe"),
    ],
)
def test_another_way_of_writing_is_certain(workspace: MakeWorkspace, heading: str, before: str, after: str) -> None:
    head = f"{heading}\n\n"
    tree = {"page.md": f"{head}[a]({before})\n"}
    assert_mends(workspace, RULE.name, tree, {"page.md": f"{head}[a]({after})\n"}, Safety.SAFE)


def test_two_ways_of_writing_are_both_named() -> None:
    [seen] = look(RULE, "# Caf\u00e9\n# Cafe\u0301\n\n[a](#caf%25C3%25A9)")
    assert seen.hit.fix is None
    assert " or " in seen.help


def test_several_ways_out_are_choices_and_no_fix() -> None:
    (seen,) = look(RULE, "[x](b.md#set-ing)", {"b.md": "# Set-in\n\n# Set-ing-a\n\n# Set-ing-b\n"})
    assert seen.hit.fix is None
    assert len(seen.hit.choices) > 1
    assert {choice.safety for choice in seen.hit.choices} == {Safety.DISPLAY}
    texts = [edit.text for choice in seen.hit.choices for edit in choice.edits]
    assert all(text.startswith("b.md#set-in") for text in texts)


def test_one_way_out_is_no_choice() -> None:
    (seen,) = look(RULE, "[x](b.md#usge)", {"b.md": "# Usage\n"})
    assert seen.hit.fix is not None
    assert not seen.hit.choices
