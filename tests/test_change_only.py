"""Only the change: what `--since` and `--staged` report of histories, and what they keep silent."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from doclint import mending, run
from doclint.model import Safety, UsageError
from doclint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Tree, Workspace

DEBT = "[oven](oven.md)\n"
"""A line with a link that has never led anywhere."""

DAMAGED = "Ein Café für Gäste".encode().decode("cp1252")

TREE: Tree = {
    "README.md": f"# Bakery\n\n[hours](hours.md#on-sundays)\n\n{DEBT}",
    "hours.md": f"# Hours\n\n## On Sundays\n\nClosed.\n\n{DEBT}",
    "recipes/README.md": "# Recipes\n\n## Bread\n\n[rye](rye.md) [home](../README.md#bakery)\n",
    "recipes/rye.md": "# Rye\n\n[bread](README.md#bread)\n",
    "images/door.svg": "<svg/>\n",
}


def seen(found: object) -> list[str]:
    """Return findings as `path:line rule`."""
    return [f"{finding.path}:{finding.place.line} {finding.rule}" for finding in found]  # type: ignore[attr-defined]


def since(space: Workspace, ref: str = "HEAD", *paths: str, cwd: str = "", **wishes: str) -> list[str]:
    folder = os.path.join(space.root, cwd)
    return seen(run.check(paths, Settings(since=ref, **wishes), folder).findings)  # type: ignore[arg-type]


def staged(space: Workspace, *paths: str, cwd: str = "", ref: str | None = None) -> list[str]:
    folder = os.path.join(space.root, cwd)
    return seen(run.check(paths, Settings(staged=True, since=ref), folder).findings)


@pytest.fixture
def bakery(workspace: MakeWorkspace) -> Workspace:
    return workspace(TREE)


def changed(space: Workspace, path: str, old: str, new: str) -> None:
    """Replace words of a page on the disk; they must be there."""
    text = space.read(path).decode()
    assert old in text
    space.write({path: text.replace(old, new)})


# ------------------------------------------------------------------------------------------------------------- silence


def test_the_debt_is_there(bakery: Workspace) -> None:
    assert seen(bakery.check()) == ["README.md:5 missing-file", "hours.md:7 missing-file"]


def test_without_a_change_nothing_is_looked_at(bakery: Workspace) -> None:
    outcome = run.check((), Settings(since="HEAD"), str(bakery.root))
    assert (outcome.findings, outcome.summary.pages, outcome.change_only) == ((), 0, True)


@pytest.mark.parametrize("stage", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Hours\n", "# Hours\n\nAll of them.\n"),
        ("Closed.\n", "Shut.\n"),
        ("Closed.\n\n", ""),
        ("\n", "\r\n"),
        ("# Hours\n", "\ufeff# Hours\n"),
    ],
)
def test_a_change_beside_the_debt_does_not_wake_it(bakery: Workspace, stage: bool, old: str, new: str) -> None:
    changed(bakery, "hours.md", old, new)
    if stage:
        bakery.git("add", "--all")
    found = staged(bakery, "hours.md") if stage else since(bakery)
    assert [line for line in found if "byte-order-mark" not in line] == []


def test_a_page_that_moves_keeps_its_debt_to_itself(bakery: Workspace) -> None:
    changed(bakery, "README.md", "[hours](hours.md#on-sundays)", "hours")
    bakery.commit({})
    bakery.git("mv", "hours.md", "times.md")
    assert staged(bakery, "times.md") == []
    assert since(bakery) == []


def test_a_lost_heading_that_nobody_links_to_is_nobodys_loss(bakery: Workspace) -> None:
    changed(bakery, "recipes/rye.md", "# Rye", "# Rye bread")
    assert since(bakery) == []


def test_a_link_that_was_broken_before_is_debt_also_when_it_breaks_in_another_way(bakery: Workspace) -> None:
    bakery.commit({"README.md": "# Bakery\n\n[h](hours.md#sundays)\n"})
    bakery.git("rm", "--quiet", "hours.md")
    assert staged(bakery) == []


def test_a_page_that_is_left_out_by_the_settings_is_left_out(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    settings = Settings(since="HEAD", exclude=("README.md",))
    assert run.check((), settings, str(bakery.root)).findings == ()


def test_a_suppressed_link_stays_suppressed_when_its_target_goes(bakery: Workspace) -> None:
    hidden = "<!-- doclint-disable-next-line missing-anchor: soon -->\n[h](hours.md#on-sundays)\n"
    bakery.commit({"README.md": f"# Bakery\n\n{hidden}"})
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    assert since(bakery) == []


def test_what_another_branch_did_meanwhile_is_not_this_ones_change(bakery: Workspace) -> None:
    bakery.git("branch", "mine")
    changed(bakery, "hours.md", DEBT, "")
    bakery.commit({"new.md": "# New\n"})
    bakery.git("checkout", "--quiet", "mine")
    assert since(bakery, "main") == []


def test_a_damaged_line_that_is_not_touched_is_silent(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"# Title\n\n{DAMAGED}\n\nMore.\n"})
    changed(space, "a.md", "More.", "Less.")
    assert since(space) == []
    changed(space, "a.md", DAMAGED, f"{DAMAGED} und mehr")
    assert since(space) == ["a.md:3 mojibake"]


def test_a_damaged_name_is_debt_of_the_commit_that_brought_it(workspace: MakeWorkspace) -> None:
    name = "Café für Gäste.md".encode().decode("cp1252")
    space = workspace({name: "# Title\n"})
    assert seen(space.check()) == [f"{name}:1 mojibake-name"]
    changed(space, name, "# Title", "# Another title")
    assert since(space) == []
    other = "Brötchen für Köche.md".encode().decode("cp1252")
    space.write({other: "# Title\n"})
    assert since(space) == [f"{other}:1 mojibake-name"]


# ----------------------------------------------------------------------------------------------------- changed lines


def test_a_finding_in_a_new_line_is_reported(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "Closed.\n", "Closed. [x](gone.md)\n")
    assert since(bakery) == ["hours.md:5 missing-file"]
    assert staged(bakery) == []
    bakery.git("add", "--all")
    assert staged(bakery) == since(bakery) == ["hours.md:5 missing-file"]


def test_debt_in_a_line_that_is_touched_is_reported(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "[oven](oven.md)", "The [oven](oven.md)")
    assert since(bakery) == ["hours.md:7 missing-file"]


def test_of_two_equal_lines_the_new_one_is_reported(bakery: Workspace) -> None:
    bakery.write({"hours.md": bakery.read("hours.md") + b"\nAgain:\n\n" + DEBT.encode()})
    assert since(bakery) == ["hours.md:11 missing-file"]


@pytest.mark.parametrize("name", ["new.md", "a b.md", "ü'\".md", "a\tb.md", "-x.md", "[x]*.md", ":(top).md"])
def test_a_new_page_is_wholly_new(bakery: Workspace, name: str) -> None:
    bakery.write({name: DEBT})
    assert since(bakery) == [f"{name}:1 missing-file"]
    assert staged(bakery) == []
    bakery.git("add", "--all")
    assert since(bakery) == staged(bakery, f"./{name}") == [f"{name}:1 missing-file"]


def test_a_page_that_is_only_announced_is_new_on_the_disk_and_not_in_the_commit(bakery: Workspace) -> None:
    bakery.write({"new.md": DEBT})
    bakery.git("add", "--intent-to-add", "new.md")
    assert since(bakery) == ["new.md:1 missing-file"]
    assert staged(bakery) == []


def test_before_the_first_commit_everything_is_new(workspace: MakeWorkspace) -> None:
    space = workspace({})
    space.git("update-ref", "-d", "HEAD")
    space.write({"a.md": DEBT, "b.md": DEBT})
    space.git("add", "a.md")
    assert staged(space) == staged(space, "a.md") == ["a.md:1 missing-file"]


def test_several_commits_count_together(bakery: Workspace) -> None:
    bakery.git("tag", "start")
    changed(bakery, "hours.md", "Closed.", "Closed. [x](gone.md)")
    bakery.commit({})
    bakery.write({"recipes/rye.md": DEBT})
    assert since(bakery, "start") == ["hours.md:5 missing-file", "recipes/rye.md:1 missing-file"]
    assert since(bakery, "HEAD") == ["recipes/rye.md:1 missing-file"]


def test_pages_in_utf_16_have_lines_too(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"# Title\n\n{DEBT}".encode("utf-16")})
    space.write({"a.md": f"# Title\n\nWords.\n\n{DEBT}".encode("utf-16")})
    assert since(space) == []
    space.write({"a.md": f"# Title\n\n[a](b.md)\n\n{DEBT}".encode("utf-16")})
    assert since(space) == ["a.md:3 missing-file"]


# ------------------------------------------------------------------------------------------------ what links have lost


@pytest.mark.parametrize("stage", [False, True])
def test_a_renamed_heading_is_reported_at_the_link_in_an_untouched_page(bakery: Workspace, stage: bool) -> None:
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    if stage:
        bakery.git("add", "--all")
    assert (staged(bakery, "hours.md") if stage else since(bakery)) == ["README.md:3 missing-anchor"]


def test_only_the_name_of_the_page_need_be_given(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    assert since(bakery, "HEAD", "hours.md") == ["README.md:3 missing-anchor"]


@pytest.mark.parametrize("named", [(), ("hours.md",)])
def test_a_deleted_page_is_reported_at_the_links_to_it(bakery: Workspace, named: tuple[str, ...]) -> None:
    bakery.git("rm", "--quiet", "hours.md")
    assert staged(bakery, *named) == since(bakery, "HEAD", *named) == ["README.md:3 missing-file"]


def test_a_deleted_page_in_a_folder_that_went_with_it_may_be_named(bakery: Workspace) -> None:
    bakery.git("rm", "--quiet", "-r", "images")
    assert staged(bakery, "images/door.svg") == []


def test_a_file_that_never_was_there_is_an_error(bakery: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: 'never\.md'"):
        staged(bakery, "never.md")


def test_a_deleted_page_may_be_named_though_its_name_looks_like_a_glob(workspace: MakeWorkspace) -> None:
    space = workspace({"[x]?.md": "# X\n", "a.md": "# A\n", "b.md": f"# B\n\n{DEBT}"})
    space.git("rm", "--quiet", "./[x]?.md")
    assert staged(space, "[x]?.md") == []
    changed(space, "b.md", "# B", "# B\n\n[x](gone.md)")
    assert since(space, "HEAD", "b*.md") == ["b.md:3 missing-file"]
    with pytest.raises(UsageError, match="no such file or folder"):
        since(space, "HEAD", "c*.md")


def test_a_page_that_became_a_symbolic_link_may_be_named(bakery: Workspace) -> None:
    (bakery.root / "hours.md").unlink()
    (bakery.root / "hours.md").symlink_to("README.md")
    bakery.git("add", "--all")
    assert staged(bakery, "hours.md") == []


def test_a_page_that_git_is_told_to_forget_may_be_named(bakery: Workspace) -> None:
    bakery.git("rm", "--quiet", "--cached", "hours.md")
    assert staged(bakery, "hours.md") == ["README.md:3 untracked-target"]


def test_a_renamed_page_is_reported_at_the_links_to_its_old_name(bakery: Workspace) -> None:
    bakery.git("mv", "hours.md", "times.md")
    assert staged(bakery, "hours.md", "times.md") == staged(bakery, "times.md") == ["README.md:3 missing-file"]


def test_a_page_that_is_renamed_in_its_letter_case_alone_is_too(bakery: Workspace) -> None:
    bakery.git("mv", "hours.md", "Hours.md")
    assert since(bakery) == ["README.md:3 wrong-case"]


def test_the_own_links_of_a_page_that_moves_are_reported(bakery: Workspace) -> None:
    bakery.git("mv", "recipes/rye.md", "rye.md")
    assert since(bakery) == ["recipes/README.md:5 missing-file", "rye.md:3 missing-anchor"]


def test_a_renamed_folder_is_reported_at_links_to_it(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[all](docs/) [all](./docs/../docs)\n", "docs/x.txt": "", "b.md": "docs\n"})
    space.git("mv", "docs", "doc")
    assert since(space) == ["a.md:1 missing-file", "a.md:1 missing-file"]


def test_a_file_that_git_is_told_to_forget_is_gone(bakery: Workspace) -> None:
    bakery.git("rm", "--quiet", "--cached", "hours.md")
    assert staged(bakery) == ["README.md:3 untracked-target"]
    assert since(bakery) == ["README.md:3 untracked-target"]


@pytest.mark.parametrize(
    "link",
    [
        "[i](caf%C3%A9%20au%20lait.md#to-go)",
        "[i](<café au lait.md#to-go>)",
        "[i](caf&eacute;%20au%20lait.md#to-go)",
        "[i](caf%c3%a9%20au%20lait.md#user-content-to-go)",
        "[i](<café&#32;au lait.md#To-Go>)",
        "[i][x]\n\n[x]: <café au lait.md#to-go>",
        '<a href="caf%C3%A9 au lait.md#to-go">i</a>',
        "[i](<café au lait\\.md#to%2Dgo>)",
        "![i](docs/..%2Fcaf%C3%A9%20au%20lait.md#to-go)",
    ],
)
def test_however_a_link_is_written_its_loss_is_seen(workspace: MakeWorkspace, link: str) -> None:
    space = workspace({"a.md": f"{link}\n", "café au lait.md": "# Milk\n\n## To go\n", "docs/x.md": "# X\n"})
    assert space.check() == ()
    space.write({"café au lait.md": "# Milk\n\n## To stay\n"})
    assert [line.split()[1] for line in since(space)] == ["missing-anchor"]
    space.git("checkout", "--quiet", ".")
    space.git("mv", "café au lait.md", "tea.md")
    assert [line.split()[1] for line in since(space)] == ["missing-file"]


@pytest.mark.parametrize(
    "link", ["..#bread", "../#bread", "./../#bread", "/recipes#bread", "../../recipes/#bread", "/recipes/./#bread"]
)
def test_a_heading_of_a_folders_readme_is_reported_at_links_to_the_folder(bakery: Workspace, link: str) -> None:
    bakery.commit({"recipes/old/cake.md": f"[up]({link})\n", "recipes/rye.md": "# Rye\n"})
    assert [line for line in seen(bakery.check()) if "cake" in line] == []
    changed(bakery, "recipes/README.md", "## Bread", "## Loaves")
    assert since(bakery) == ["recipes/old/cake.md:1 missing-anchor"]


@pytest.mark.parametrize("link", ["/#hello", "../#hello", "..?x=1#hello", "./..#hello"])
def test_a_heading_of_the_first_readme_is_too(workspace: MakeWorkspace, link: str) -> None:
    space = workspace({"README.md": "# Hello\n", "docs/a.md": f"[up]({link})\n", "docs/b.md": "# Hello\n"})
    assert space.check() == ()
    space.write({"README.md": "# Good bye\n"})
    assert since(space) == ["docs/a.md:1 missing-anchor"]


def test_a_definition_that_is_taken_away_is_reported_where_it_was_used(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n\n[see][b]\n\n[b]: b.md\n", "b.md": "# B\n"})
    space.write({"a.md": "# A\n\n[see][b]\n"})
    assert since(space) == ["a.md:3 undefined-reference"]


def test_a_comment_that_is_taken_away_wakes_what_it_hid(workspace: MakeWorkspace) -> None:
    comment = "<!-- doclint-disable-next-line missing-file: soon -->\n"
    space = workspace({"a.md": f"# A\n\n{comment}{DEBT}"})
    space.write({"a.md": f"# A\n\n{DEBT}"})
    assert since(space) == ["a.md:3 missing-file"]


def test_a_file_that_got_shorter_is_reported_at_links_to_its_lines(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](run.py#L3)\n", "run.py": "1\n2\n3\n"})
    space.write({"run.py": "1\n"})
    settings = Settings(since="HEAD", select=("default", "line-out-of-range"))
    assert seen(run.check((), settings, str(space.root)).findings) == ["a.md:1 line-out-of-range"]


def test_links_anywhere_are_reported_from_a_folder_below(bakery: Workspace) -> None:
    bakery.commit({"recipes/list.md": "# List\n\n[h](../hours.md#on-sundays)\n"})
    changed(bakery, "hours.md", "## On Sundays", "## [x](gone.md)")
    # The page itself is not in the folder that is checked; what it broke is reported.
    assert since(bakery, "HEAD", cwd="recipes") == ["README.md:3 missing-anchor", "recipes/list.md:3 missing-anchor"]


def test_of_a_page_that_was_not_named_only_the_links_count(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    bakery.write({"README.md": bakery.read("README.md") + f"\n{DAMAGED}\n".encode()})
    assert since(bakery) == ["README.md:3 missing-anchor", "README.md:7 mojibake"]
    assert since(bakery, cwd="recipes") == ["README.md:3 missing-anchor"]


def test_a_symbolic_link_that_takes_the_place_of_a_folder_is_a_loss(bakery: Workspace) -> None:
    bakery.commit({"README.md": "# Bakery\n\n[rye](recipes/rye.md)\n"})
    bakery.git("mv", "recipes", "all")
    (bakery.root / "recipes").symlink_to("all")
    bakery.git("add", "--all")
    assert staged(bakery) == ["README.md:3 missing-file"]


def test_a_submodule_that_takes_the_place_of_a_folder_is_a_loss(bakery: Workspace, workspace: MakeWorkspace) -> None:
    other = workspace({"rye.md": "# Rye\n"})
    bakery.commit({"README.md": "# Bakery\n\n[rye](recipes/rye.md)\n"})
    bakery.git("rm", "--quiet", "-r", "recipes")
    bakery.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "recipes")
    assert staged(bakery) == ["README.md:3 missing-file"]


def test_a_submodule_that_moves_on_is_none_of_our_business(bakery: Workspace, workspace: MakeWorkspace) -> None:
    other = workspace({"rye.md": "# Rye\n"})
    bakery.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "other")
    bakery.commit({})
    (bakery.root / "other" / "rye.md").write_text(DEBT)
    subprocess.run(["git", "-C", str(bakery.root / "other"), "checkout", "--quiet", "--orphan", "x"], check=True)
    assert since(bakery) == staged(bakery) == []


# ---------------------------------------------------------------------------------------------- the index, not the disk


def test_what_is_staged_counts_and_not_what_is_on_the_disk(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "Closed.", "Closed. [x](gone.md)")
    bakery.git("add", "hours.md")
    changed(bakery, "hours.md", " [x](gone.md)", "")
    assert staged(bakery, "hours.md") == ["hours.md:5 missing-file"]
    assert since(bakery) == []


def test_what_is_only_on_the_disk_does_not_count(bakery: Workspace) -> None:
    changed(bakery, "recipes/rye.md", "# Rye", "# Rye\n\nFlour.")
    bakery.git("add", "--all")
    changed(bakery, "recipes/rye.md", "Flour.", "[x](gone.md)")
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    assert staged(bakery, "recipes/rye.md") == []


def test_an_untouched_page_is_read_from_the_index_too(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    bakery.git("add", "--all")
    changed(bakery, "README.md", "hours.md#on-sundays", "hours.md#on-mondays")
    assert staged(bakery, "hours.md") == ["README.md:3 missing-anchor"]


def test_a_page_that_is_staged_and_gone_from_the_disk_is_committed(bakery: Workspace) -> None:
    changed(bakery, "hours.md", "Closed.", "Closed. [x](gone.md)")
    bakery.git("add", "--all")
    (bakery.root / "hours.md").unlink()
    assert staged(bakery, "hours.md") == ["hours.md:5 missing-file"]


def test_files_that_the_commit_leaves_alone_are_named_to_be_checked_in_full(bakery: Workspace) -> None:
    assert staged(bakery, "README.md", "hours.md") == ["README.md:5 missing-file", "hours.md:7 missing-file"]
    changed(bakery, "hours.md", "Closed.", "Shut.")
    bakery.git("add", "--all")
    assert staged(bakery, "README.md", "hours.md") == ["README.md:5 missing-file", "hours.md:7 missing-file"]
    assert staged(bakery, "hours.md") == []


def test_a_merge_that_is_not_committed_yet_reports_what_it_breaks(bakery: Workspace) -> None:
    bakery.git("checkout", "--quiet", "-b", "theirs")
    changed(bakery, "hours.md", "## On Sundays", "## On Mondays")
    changed(bakery, "recipes/rye.md", "# Rye", "# Rye bread")
    bakery.commit({})
    bakery.git("checkout", "--quiet", "main")
    changed(bakery, "recipes/rye.md", "# Rye", "# Rye loaf")
    bakery.commit({})
    with pytest.raises(subprocess.CalledProcessError):
        bakery.git("merge", "--quiet", "theirs")
    assert "README.md:3 missing-anchor" in since(bakery)
    bakery.git("checkout", "--quiet", "--ours", "recipes/rye.md")
    bakery.git("add", "--all")
    # The page that was in conflict comes out as it was, and is named all the same.
    assert staged(bakery, "recipes/rye.md") == ["README.md:3 missing-anchor"]


def test_another_index_is_used_where_git_names_one(bakery: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    # As `git commit FILE` does for its hooks.
    index = bakery.root / ".git" / "another"
    index.write_bytes((bakery.root / ".git" / "index").read_bytes())
    changed(bakery, "hours.md", "Closed.", "Closed. [x](gone.md)")
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    bakery.git("add", "hours.md")
    assert staged(bakery, "hours.md") == ["hours.md:5 missing-file"]
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert staged(bakery) == []


def test_the_root_may_be_a_folder_of_the_repository(bakery: Workspace) -> None:
    bakery.write({"recipes/new.md": DEBT, "recipes/rye.md": "# Rye\n"})
    bakery.git("mv", "recipes/README.md", "top.md")
    bakery.git("add", "--all")
    settings = Settings(staged=True, root=str(bakery.root / "recipes"))
    found = run.check(("new.md",), settings, str(bakery.root / "recipes")).findings
    assert seen(found) == ["new.md:1 missing-file"]


def test_a_second_work_tree_has_its_own_change(bakery: Workspace, tmp_path: Path) -> None:
    bakery.git("worktree", "add", "--quiet", str(tmp_path / "second"))
    page = tmp_path / "second" / "hours.md"
    page.write_text(page.read_text().replace("## On Sundays", "## On Mondays"))
    assert seen(run.check((), Settings(since="main"), str(tmp_path / "second")).findings) == [
        "README.md:3 missing-anchor"
    ]
    assert since(bakery) == []


# -------------------------------------------------------------------------------------------------------- wrong use


def test_a_commit_that_is_not_there_is_an_error_that_says_what_to_do(bakery: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no commit 'nowhere' here; name a commit"):
        since(bakery, "nowhere")
    with pytest.raises(UsageError, match="there is no commit '--all' here"):
        since(bakery, "--all")


def test_in_a_shallow_clone_it_says_to_fetch(bakery: Workspace, tmp_path: Path) -> None:
    bakery.commit({"new.md": "# New\n"})
    clone = tmp_path / "clone"
    bakery.git("clone", "--quiet", "--depth=1", f"file://{bakery.root}", str(clone))
    with pytest.raises(UsageError, match=r"shallow: fetch more of its history \(fetch-depth: 0 "):
        run.check((), Settings(since="HEAD~1"), str(clone))
    (clone / "new.md").write_text(DEBT)
    assert seen(run.check((), Settings(since="HEAD"), str(clone)).findings) == ["new.md:1 missing-file"]
    subprocess.run(["git", "checkout", "--quiet", "--orphan", "other"], cwd=clone, check=True)
    subprocess.run(
        ["git", "-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "--quiet", "-m", "x"],
        cwd=clone,
        check=True,
    )
    with pytest.raises(UsageError, match="too shallow to tell where HEAD parted from 'main'"):
        run.check((), Settings(since="main"), str(clone))


def test_a_content_that_git_has_lost_is_an_error(bakery: Workspace) -> None:
    name = bakery.git("rev-parse", "HEAD:hours.md")
    bakery.write({"hours.md": "# Hours\n"})
    bakery.git("add", "--all")
    (bakery.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(UsageError, match=f"git has no content {name}: the clone is not whole"):
        staged(bakery)


def test_two_histories_without_a_common_commit_are_compared_as_they_are(bakery: Workspace) -> None:
    bakery.git("checkout", "--quiet", "--orphan", "other")
    bakery.commit({"new.md": DEBT})
    assert since(bakery, "main") == ["new.md:1 missing-file"]


@pytest.mark.parametrize("settings", [Settings(since="HEAD"), Settings(staged=True)])
def test_outside_git_it_is_an_error(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is in no git repository"):
        run.check((), settings, str(tmp_path))


# --------------------------------------------------------------------------------------------------------------- fix


def test_fix_mends_the_change_and_leaves_the_debt(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"# Title\n\n{DAMAGED}\n"})
    changed(space, "a.md", "# Title\n", f"# Title\n\n{DAMAGED} heute\n")
    outcome = mending.fix((), Settings(since="HEAD"), str(space.root), level=Safety.SAFE)
    assert outcome.findings == ()
    assert space.read("a.md").decode() == f"# Title\n\nEin Café für Gäste heute\n\n{DAMAGED}\n"


def test_fix_mends_a_link_that_the_change_broke(bakery: Workspace) -> None:
    bakery.git("mv", "hours.md", "Hours.md")
    outcome = mending.fix((), Settings(staged=True), str(bakery.root))
    assert [change.path for change in outcome.changed] == ["README.md"]
    assert outcome.findings == ()
    assert b"(Hours.md#on-sundays)" in bakery.read("README.md")


def test_fix_does_not_write_over_what_is_not_staged(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# Title\n"})
    space.write({"a.md": f"# Title\n\n{DAMAGED}\n"})
    space.git("add", "--all")
    space.write({"a.md": f"# Another title\n\n{DAMAGED}\n"})
    untouched = space.tree()
    outcome = mending.fix((), Settings(staged=True), str(space.root))
    assert [held.reason for held in outcome.held_back] == [
        "it has changes that are not staged: stage or stash them first"
    ]
    assert space.tree() == untouched
