from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.resolve import Site
from doclint.rules.missing_file import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree

OURS = Site("ours", "manual", "main")
NFC, NFD = "caf\u00e9.md", "cafe\u0301.md"


@pytest.mark.parametrize(
    "link",
    [
        "[a](guide.md)",
        "[a](./guide.md)",
        "[a](docs/../guide.md)",
        "[a](docs/./deep.md)",
        "[a](docs//deep.md)",
        "[a](/guide.md)",
        "[a](/docs/deep.md)",
        "[a](guide.md#anything)",
        "[a](guide.md?plain=1)",
        "[a](guide.md?plain=1#L3)",
        "![a](shot.png?raw=true)",
        "[a](.github/rules.md)",
        '[a](guide.md "with a title")',
        "[a](<guide.md>)",
        "[a][g]\n\n[g]: guide.md",
        "[a][G]\n\n> [g]:\n> guide.md",
        "[a][g]\n\n[g]: guide.md\n[g]: gone.md",
        '<a href="guide.md">a</a>',
        "<A HREF=guide.md>a</A>",
        '<img src="shot.png" srcset="shot.png 1x, /shot.png 2x">',
    ],
)
def test_silent_where_the_file_is_there(link: str) -> None:
    assert not look(RULE, link, ["guide.md", "docs/deep.md", "shot.png", ".github/rules.md"])


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("[a](my%20guide.md)", "my guide.md"),
        ("[a](<my guide.md>)", "my guide.md"),
        ("[a](c%23.md)", "c#.md"),
        ("[a](c%23.md#top)", "c#.md"),
        ("[a](100%25.md)", "100%.md"),
        ("[a](100%.md)", "100%.md"),
        ("[a](why%3F.md)", "why?.md"),
        ("[a](docs%2Fdeep.md)", "docs/deep.md"),
        ("[a](a%2520b.md)", "a%20b.md"),
        ("[a](%E6%8C%87%E5%8D%97.md)", "指南.md"),
        ("[a](指南.md)", "指南.md"),
        ("[a](R&amp;D.md)", "R&D.md"),
        ("[a](est&#x00F3;.md)", "estó.md"),
        ("[a](est&oacute;.md)", "estó.md"),
        (r"[a](left\(right.md)", "left(right.md"),
        ("[a](left(middle)right.md)", "left(middle)right.md"),
        (r"[a](snake\_case.md)", "snake_case.md"),
        ('<a href="R&amp;D.md">a</a>', "R&D.md"),
        (f"[a]({NFC})", NFC),
        (f"[a]({NFD})", NFD),
        ("[a](cafe%CC%81.md)", NFD),
        ("[a](caf%FF.md)", "caf\udcff.md"),
    ],
)
def test_silent_where_another_spelling_names_the_file(link: str, name: str) -> None:
    assert not look(RULE, link, [name])


@pytest.mark.parametrize("link", ["docs", "docs/", "./docs/", "/docs", "docs/deep", ".", "./", "/", "docs/.."])
def test_silent_for_a_folder_that_holds_a_file(link: str) -> None:
    assert not look(RULE, f"[a]({link})", ["docs/deep/bottom.txt"])


@pytest.mark.parametrize(
    "link", ["../guide.md", "..", "../", "side.md", "./side.md", "../docs/side.md", "/docs/side.md"]
)
def test_silent_for_a_path_from_a_page_in_a_folder(link: str) -> None:
    assert not look(RULE, f"[a]({link})", ["guide.md", "docs/side.md"], page="docs/page.md")


def test_silent_for_a_symbolic_link_to_a_file() -> None:
    assert not look(RULE, "[a](alias.md)", symlinks=["alias.md"])


@pytest.mark.parametrize("link", ["vendor/engine", "vendor/engine/", "vendor"])
def test_silent_for_a_submodule_itself(link: str) -> None:
    assert not look(RULE, f"[a]({link})", submodules=["vendor/engine"])


@pytest.mark.parametrize(
    "text",
    [
        "`[a](gone.md)`",
        "``[a](gone.md) ` still code``",
        "```\n[a](gone.md)\n```",
        "~~~md\n[a](gone.md)\n~~~",
        "    [a](gone.md)",
        "- item\n\n      [a](gone.md)",
        "<!-- [a](gone.md) -->",
        "text <!-- [a](gone.md)\nmore --> text",
        "<pre>\n[a](gone.md)\n</pre>",
        '<script>\nlet a = "<a href=gone.md>";\n</script>',
        "---\nlink: '[a](gone.md)'\n---\n",
        r"\[a](gone.md)",
        "[a](gone page.md)",
        "[gone.md]",
        "[[gone.md]]",
        "[ ] gone.md",
        "> [!NOTE]\n> gone.md",
        "A note[^1].\n\n[^1]: gone.md",
        "{% link gone.md %}",
        "[a]({{ site.baseurl }}/gone.md)",
        "[a]({% link gone.md %})",
        "[unused]: gone.md",
        "gone.md",
        '<p title="gone.md" data-src="gone.md">a</p>',
        "<a name=here>a</a>",
    ],
)
def test_silent_where_there_is_no_link(text: str) -> None:
    assert not look(RULE, text)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/gone.md",
        "HTTP://EXAMPLE.COM/gone.md",
        "//example.com/gone.md",
        "mailto:gone.md@example.com",
        "tel:+491234",
        "javascript:gone.md",
        "data:text/plain,gone.md",
        "vscode://file/gone.md",
        "#gone.md",
        "?gone.md",
    ],
)
def test_silent_for_what_does_not_name_a_file(link: str) -> None:
    assert not look(RULE, f"[a]({link})")


@pytest.mark.parametrize(
    "link",
    [
        "../../issues",
        "../../issues/17",
        "../../wiki/Home",
        "../../pulls",
        "../../releases/latest",
        "../../actions",
        "../../discussions",
        "../../blob/main/guide.md",
        "../../tree/main/docs",
        "https://github.com/ours/manual/blob/main/guide.md",
        "https://github.com/Ours/Manual/raw/main/guide.md?raw=true",
        "https://www.github.com/ours/manual/edit/main/guide.md#x",
        "https://github.com/ours/manual/tree/main",
        "https://github.com/ours/manual/tree/main/docs/",
        "https://github.com/ours/manual/blob/HEAD/my%20notes.md",
        "https://github.com/ours/manual/blob/v1.0/gone.md",
        "https://github.com/ours/manual/issues/3",
        "https://github.com/ours/manual",
        "https://github.com/theirs/manual/blob/main/gone.md",
        "https://github.com/ours/other/blob/main/gone.md",
    ],
)
def test_silent_for_the_sites_own_pages(link: str) -> None:
    assert not look(RULE, f"[a]({link})", ["guide.md", "docs/deep.md", "my notes.md"], site=OURS)


@pytest.mark.parametrize(
    ("link", "beside"),
    [
        ("GUIDE.md", "wrong-case"),
        ("draft.md", "untracked-target"),
        ("../up.md", "outside-repository"),
        ("", "empty-link"),
    ],
)
def test_silent_where_another_rule_speaks(link: str, beside: str) -> None:
    assert not look(RULE, f"[a]({link})", ["guide.md"], untracked=["draft.md"]), beside


def test_silent_for_a_tracked_file_that_is_not_on_the_disk(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](away.md)\n", "away.md": "# Away\n"})
    (space.root / "away.md").unlink()
    assert not space.check(select=("missing-file",))


def test_a_file_that_git_ignores_is_not_there(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](built.md)\n", ".gitignore": "built.md\n"})
    space.write({"built.md": "# Built\n"})
    [finding] = space.check("README.md", select=("missing-file",))
    assert finding.message == 'no file "built.md" in the repository'


def test_gits_own_folder_is_not_there(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](.git/config)\n"})
    [finding] = space.check(select=("missing-file",))
    assert finding.message == 'no file ".git/config" in the repository'


def test_a_symbolic_link_to_a_folder_is_not_followed(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](short/deep.md)\n[b](short)\n", "long/deep.md": "# Deep\n"})
    (space.root / "short").symlink_to("long", target_is_directory=True)
    space.commit({})
    [finding] = space.check(select=("missing-file",))
    assert finding.message == '"short/deep.md" lies behind the symbolic link "short", not followed by the site'


def test_an_address_of_this_repository_is_checked_on_the_disk(workspace: MakeWorkspace) -> None:
    url = "https://github.com/ours/manual/blob/main"
    space = workspace({"README.md": f"<{url}/here.md>\n<{url}/gone.md>\n", "here.md": ""})
    assert not space.check(select=("missing-file",)), "without a remote it is an address like any other"
    space.git("remote", "add", "origin", "git@github.com:Ours/manual.git")
    [finding] = space.check(select=("missing-file",))
    assert finding.place.line == 2


# ------------------------------------------------------------------------------------------------------------ loud


def test_a_missing_file() -> None:
    [seen] = look(RULE, "Read [the setup](gone.md) first.")
    assert seen.text == "gone.md"
    assert seen.message == 'no file "gone.md" in the repository'
    assert seen.help == "correct the path, or remove the link"
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("![a](gone.png)", "gone.png"),
        ("[![a](gone.png)](https://example.com)", "gone.png"),
        ("[a](gone.md#part)", "gone.md#part"),
        ("[a](gone.md?x=1)", "gone.md?x=1"),
        ('[a](gone.md "title")', "gone.md"),
        ("[a](<gone away.md>)", "gone away.md"),
        ("[a](\n  gone.md\n)", "gone.md"),
        ("[a](R&amp;D.md)", "R&amp;D.md"),
        ("[a][b]\n\n[b]: gone.md", "gone.md"),
        ("[b]\n\n[b]:\n  <gone.md> 'title'", "gone.md"),
        ("> [b][]\n>\n> [b]: gone.md", "gone.md"),
        ("- one\n  - [a](gone.md)", "gone.md"),
        ("> quoted\n> [a](gone.md)", "gone.md"),
        ("# A [heading](gone.md)", "gone.md"),
        ("A [heading](gone.md)\n===", "gone.md"),
        ("| x | y |\n|---|---|\n| 1 | [a](gone.md) |", "gone.md"),
        ("A note[^1].\n\n[^1]: See [a](gone.md).", "gone.md"),
        ("**[a](gone.md)**", "gone.md"),
        ("~~[a](gone.md)~~", "gone.md"),
        ('<a href="gone.md">a</a>', "gone.md"),
        ("<a href='gone.md'>a</a>", "gone.md"),
        ("text <A HREF=gone.md>a</A>", "gone.md"),
        ('<a\n  class="x"\n  href = "gone.md">a</a>', "gone.md"),
        ('<img alt="a" src="gone.png" />', "gone.png"),
        ("<video src=gone.mp4></video>", "gone.mp4"),
        ("<audio src=gone.ogg></audio>", "gone.ogg"),
        ('<link rel="x" href="gone.css">', "gone.css"),
        ('<picture><source srcset="gone.png"></picture>', "gone.png"),
        ("\ufeff[a](gone.md)", "gone.md"),
        ("one\r\n\r\ntwo [a](gone.md)\r\n", "gone.md"),
        ("one\rtwo [a](gone.md)\r", "gone.md"),
    ],
)
def test_every_way_to_write_a_link(text: str, covered: str) -> None:
    assert [seen.text for seen in look(RULE, text)] == [covered]


def test_each_address_of_a_srcset_is_a_link() -> None:
    text = '<img src="here.png" srcset="gone.png 1x, here.png 2x,lost.png 3x">'
    assert [seen.text for seen in look(RULE, text, ["here.png"])] == ["gone.png", "lost.png"]


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("docs/", 'no folder "docs" in the repository'),
        ("/gone.md", 'no file "gone.md" in the repository'),
        ("docs/../gone.md", 'no file "gone.md" in the repository'),
        ("www.example.com/x", 'no file "www.example.com/x" in the repository'),
        ("a%2520b.md", 'no file "a%20b.md" in the repository'),
        ("%E6%8C%87.md", 'no file "指.md" in the repository'),
        ("a%23b.md", 'no file "a#b.md" in the repository'),
    ],
)
def test_the_message_names_what_is_looked_for(link: str, message: str) -> None:
    assert [seen.message for seen in look(RULE, f"[a]({link})", ["a b.md"])] == [message]


@pytest.mark.parametrize("link", ["www.example.com/x", "docs.example.org", "(https://example.com)"])
def test_an_address_without_a_scheme_is_explained(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})")
    assert seen.help == "if it is an address on the web, it must begin with https://, bare"


@pytest.mark.parametrize("link", ["file:///home/me/notes.md", "FILE:notes.md"])
def test_a_file_address_is_always_broken(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})", ["notes.md"])
    assert seen.text == link
    assert seen.message == "a file: address leads to the reader's own disk"
    assert seen.help == "write a path relative to this page"


def test_nothing_below_a_submodule_is_there() -> None:
    [seen] = look(RULE, "[a](vendor/engine/README.md)", submodules=["vendor/engine"])
    assert seen.message == (
        '"vendor/engine/README.md" lies inside the submodule "vendor/engine", which is another repository'
    )
    assert seen.help == "link to that repository by its address"


@pytest.mark.parametrize(
    "link",
    [
        "https://github.com/ours/manual/blob/main/gone.md",
        "HTTPS://GitHub.com/OURS/manual/blame/HEAD/gone.md",
        "../../blob/main/gone.md",
        "../../tree/HEAD/gone.md",
    ],
)
def test_an_address_of_this_repository(link: str) -> None:
    [seen] = look(RULE, f"[a]({link})", site=OURS)
    assert seen.text == link
    assert seen.message == 'no file "gone.md" in the repository'


# ----------------------------------------------------------------------------------------------------- did you mean


@pytest.mark.parametrize(
    ("link", "others", "meant"),
    [
        ("instal.md", ["install.md", "usage.md"], "install.md"),
        ("guide", ["guide.md"], "guide.md"),
        ("guide.md/", ["guide.md"], "guide.md"),
        (r"docs\guide.md", ["docs/guide.md"], "docs/guide.md"),
        ("handbuch", ["handbuch.md", "handbuch.txt"], "handbuch.md"),
        ("images/logo.png", ["assets/logo.png"], "assets/logo.png"),
        ("docs/instal.md", ["docs/install.md", "install.txt"], "docs/install.md"),
        ("moved/README.md", ["docs/README.md"], None),
        ("instal.md", ["zebra.md"], None),
        ("instal.md", ["install.txt"], None),
    ],
)
def test_the_one_file_that_may_be_meant(link: str, others: list[str], meant: str | None) -> None:
    [seen] = look(RULE, f"[a]({link})", others)
    title = seen.hit.fix.title if seen.hit.fix else None
    assert title == (f"link to {meant}" if meant else None)
    assert seen.help == (f"did you mean {meant}?" if meant else "correct the path, or remove the link")


def test_a_path_written_from_the_root_on_a_page_in_a_folder() -> None:
    [seen] = look(RULE, "[a](docs/setup.md)", ["docs/setup.md"], page="docs/page.md")
    assert seen.message == 'no file "docs/docs/setup.md" in the repository'
    assert seen.help == "did you mean setup.md?"


def test_files_of_the_same_name_elsewhere() -> None:
    [seen] = look(RULE, "[a](x/logo.png)", ["a/logo.png", "b/logo.png"])
    assert seen.help == "did you mean a/logo.png or b/logo.png?"
    assert seen.hit.fix is None, "there is more than one"


def test_too_many_files_of_the_same_name_are_no_help() -> None:
    [seen] = look(RULE, "[a](x/logo.png)", [f"{folder}/logo.png" for folder in "abcd"])
    assert seen.help == "correct the path, or remove the link"


def test_a_page_is_never_said_to_mean_itself() -> None:
    [seen] = look(RULE, "[a](old/page.md)", page="page.md")
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("link", "advice"),
    [
        ("/docs/instal.md", "did you mean /docs/install.md?"),
        ("./instal.md", "did you mean ./install.md?"),
        ("instal.md", "did you mean install.md?"),
        ("./../docs/instal.md", "did you mean ./install.md?"),
        ("./gide.md", "did you mean ../gide.md?"),
    ],
)
def test_the_advice_is_written_as_the_link_is(link: str, advice: str) -> None:
    [seen] = look(RULE, f"[a]({link})", ["docs/install.md", "gide.md"], page="docs/page.md")
    assert seen.help == advice


# --------------------------------------------------------------------------------------------------- before -> after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](instal.md)\n", "[a](install.md)\n"),
        ("[a](instal.md#use 'the title')\n", "[a](install.md#use 'the title')\n"),
        ('![a](./instal.md?raw=true "t") [b](#x)\r\n', '![a](./install.md?raw=true "t") [b](#x)\r\n'),
        ("[a](/instal.md#use)\n", "[a](/install.md#use)\n"),
        ("[a](<instal.md>) and\nmore", "[a](<install.md>) and\nmore"),
        ("[a][b], [b]\n\n[b]: instal.md 'title'\n", "[a][b], [b]\n\n[b]: install.md 'title'\n"),
        ("<a href='instal.md' id=x>a</a>\n", "<a href='install.md' id=x>a</a>\n"),
        ("> - [a](instal.md)\n", "> - [a](install.md)\n"),
        ("\ufeff[a](instal.md)", "\ufeff[a](install.md)"),
        ("[a](instal.md) [b](instal.md)\n", "[a](install.md) [b](install.md)\n"),
    ],
)
def test_the_near_file_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    beside = {"install.md": "# Install\n"}
    assert_mends(workspace, RULE.name, {"page.md": before, **beside}, {"page.md": after}, Safety.UNSAFE)


def test_a_name_that_needs_encoding_is_encoded(workspace: MakeWorkspace) -> None:
    before = {"page.md": "[a](my%20guid%20(1).md)\n", "my guide (1).md": ""}
    assert_mends(workspace, RULE.name, before, {"page.md": "[a](my%20guide%20%281%29.md)\n"}, Safety.UNSAFE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"[a](instal.md#x\(y)", r"[a](install.md#x\(y)"),
        ('<a href="instal.md#x&quot;y">a</a>', '<a href="install.md#x&quot;y">a</a>'),
        ("[a](instal.md#x&amp;lt;y)", "[a](install.md#x&amp;lt;y)"),
    ],
)
def test_the_part_that_stays_is_left_as_it_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": before, "install.md": ""}, {"page.md": after}, Safety.UNSAFE)


def test_a_page_in_a_folder_gets_a_path_from_there(workspace: MakeWorkspace) -> None:
    before: Tree = {"docs/page.md": "[a](logo.png)\n", "assets/logo.png": b"\x89PNG"}
    assert_mends(workspace, RULE.name, before, {"docs/page.md": "[a](../assets/logo.png)\n"}, Safety.UNSAFE)
