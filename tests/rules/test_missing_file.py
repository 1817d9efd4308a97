from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.resolve import Site
from doclint.rules.missing_file import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree, Workspace

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
    assert seen.help == "if it is an address on the web, it must begin with https://, with nothing in front"


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


# ---------------------------------------------------------------------------------------------- what git remembers


LONG = "".join(f"line {number}\n" for number in range(20))
"""A text that git knows again when a line of it changes."""


def test_a_file_that_git_saw_renamed_is_followed(workspace: MakeWorkspace) -> None:
    space = workspace(
        {"docs/page.md": '[a](old%20guide.md?x=1#y "t") ![b](</docs/old guide.md>)\n', "docs/old guide.md": LONG}
    )
    space.git("mv", "docs/old guide.md", "docs/b.md")
    space.commit({"docs/b.md": f"{LONG}one more\n"})
    (space.root / "manual").mkdir()
    space.git("mv", "docs/b.md", "manual/c.md")
    done = space.fix(select=("missing-file",))
    assert not done.findings
    assert space.read("docs/page.md").decode() == '[a](../manual/c.md?x=1#y "t") ![b](</manual/c.md>)\n'
    assert not space.fix(select=("missing-file",)).changed


def test_a_folder_that_git_saw_renamed_is_followed(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](docs/) [b](docs#x) [c](old)\n", "docs/a.md": LONG, "docs/x/b.md": f"{LONG}\nb"})
    space.git("mv", "docs", "manual")
    space.fix(select=("missing-file",))
    assert space.read("page.md") == b"[a](manual/) [b](manual#x) [c](old)\n"


def test_a_page_that_git_saw_move_takes_its_links_along(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": f"[a](b.md) [c](/b.md) [d](gone.md)\n{LONG}", "b.md": ""})
    (space.root / "docs").mkdir()
    space.git("mv", "page.md", "docs/page.md")
    [left] = space.fix().findings
    assert space.read("docs/page.md").decode() == f"[a](../b.md) [c](/b.md) [d](gone.md)\n{LONG}"
    assert left.help == "correct the path, or remove the link"


def test_an_address_of_the_repository_is_followed(workspace: MakeWorkspace) -> None:
    url = "https://github.com/ours/manual/blob/main"
    space = workspace({"page.md": f"<{url}/a.md#x> {url}/a.md\n", "a.md": LONG})
    space.git("remote", "add", "origin", "https://github.com/ours/manual")
    space.git("mv", "a.md", "b.md")
    space.fix(select=("missing-file",))
    assert space.read("page.md").decode() == f"<{url}/b.md#x> {url}/b.md\n"


def test_silent_where_the_old_name_came_back(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](a.md)\n", "a.md": LONG})
    space.git("mv", "a.md", "b.md")
    space.commit({"a.md": "# Another\n"})
    assert not space.fix().changed


def assert_not_followed(space: Workspace) -> None:
    before = space.tree()
    [finding] = space.fix(select=("missing-file",)).findings
    assert finding.rule == "missing-file"
    assert space.tree() == before


def test_not_followed_where_two_files_were_there(workspace: MakeWorkspace) -> None:
    other = LONG.replace("line", "word")
    space = workspace({"page.md": "[a](x/guide.md)\n", "x/guide.md": LONG})
    space.git("mv", "x/guide.md", "one.md")
    space.commit({})
    space.commit({"x/guide.md": other})
    space.git("mv", "x/guide.md", "two.md")
    space.commit({})
    assert_not_followed(space)
    [finding] = space.check(select=("missing-file",))
    assert finding.help == "did you mean two.md or one.md?"
    assert finding.fix is None


def test_not_followed_where_what_came_back_was_removed(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](a.md)\n", "a.md": LONG})
    space.git("mv", "a.md", "elsewhere.md")
    space.commit({"a.md": "# Another\n"})
    space.git("rm", "--quiet", "a.md")
    space.commit({})
    assert_not_followed(space)


def test_not_followed_where_the_file_is_gone_in_the_end(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](a.md)\n", "a.md": LONG})
    space.git("mv", "a.md", "b.md")
    space.commit({})
    space.git("rm", "--quiet", "b.md")
    space.commit({})
    assert_not_followed(space)


def test_not_followed_where_little_of_the_file_is_left(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](a.md)\n", "a.md": LONG})
    space.git("mv", "a.md", "other.md")
    space.commit({"other.md": "".join(LONG.splitlines(keepends=True)[:13]) + "other\n" * 6})
    assert_not_followed(space)
    [finding] = space.check(select=("missing-file",))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_not_followed_in_code(workspace: MakeWorkspace) -> None:
    text = "`[a](a.md)`\n\n```\n[a](a.md)\n```\n\n    [a](a.md)\n\n<!-- [a](a.md) -->\n"
    space = workspace({"page.md": text, "a.md": LONG})
    space.git("mv", "a.md", "b.md")
    assert not space.fix().changed


def test_git_is_not_asked_where_nothing_is_missing(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from doclint import git

    monkeypatch.setattr(git, "steps", lambda _: pytest.fail("asked"))
    space = workspace({"page.md": "[a](a.md#b) [c](A.md)\n", "a.md": "# B\n"})
    assert len(space.check()) == 1


# ------------------------------------------------------------------------------------------------- percent-encoding


@pytest.mark.parametrize(
    ("link", "name", "after"),
    [
        ("a%2520b.md#x", "a b.md", "a%20b.md#x"),
        ("a%20b.md", "a%20b.md", "a%2520b.md"),
        ("gr%25C3%25B6%25C3%259Fe.md", "größe.md", "gr%C3%B6%C3%9Fe.md"),
        ("A%2520b.md", "a b.md", "a%20b.md"),
    ],
)
def test_percent_encoding_that_is_one_too_many_or_too_few(
    workspace: MakeWorkspace, link: str, name: str, after: str
) -> None:
    before = {"page.md": f"[a]({link})\n", name: ""}
    assert_mends(workspace, RULE.name, before, {"page.md": f"[a]({after})\n"}, Safety.SAFE)


def test_two_files_that_are_spelled_alike_are_both_named() -> None:
    [seen] = look(RULE, "[a](a%252520b.md)", ["a b.md", "a%20b.md"])
    assert seen.help == "did you mean a b.md or a%20b.md?"
    assert seen.hit.fix is None


def test_several_ways_out_are_choices_and_no_fix() -> None:
    (seen,) = look(RULE, "[x](notes.md)", ["a/notes.md", "b/notes.md"])
    assert seen.hit.fix is None
    assert [edit.text for choice in seen.hit.choices for edit in choice.edits] == ["a/notes.md", "b/notes.md"]


def test_one_way_out_is_no_choice() -> None:
    (seen,) = look(RULE, "[x](notes.md)", ["a/notes.md"])
    assert seen.hit.fix is not None
    assert not seen.hit.choices


def test_the_page_itself_is_not_what_is_meant(workspace: MakeWorkspace) -> None:
    (finding,) = workspace({"a.md": "[x](b.md)\n"}).check()
    assert (finding.help, finding.fix, finding.choices) == ("correct the path, or remove the link", None, ())


def test_an_address_of_the_repository_is_an_address() -> None:
    [seen] = look(RULE, "[x](https://github.com/ours/manual/blob/main/gone.md)", site=OURS)
    assert seen.help == "correct the path, or remove the link"
