from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from doclint.discover import discover, is_page_name
from doclint.model import FileKind, Files, UsageError
from doclint.settings import Settings
from doclint.value import replace

if TYPE_CHECKING:
    from pathlib import Path

needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs os.mkfifo")
needs_any_bytes = pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes any bytes")


def git(folder: Path, *arguments: str, given: str = "") -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", "-C", folder, *identity, *arguments], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Title\n")


def new_repository(folder: Path, *tracked: str) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    write(folder, *tracked)
    git(folder, "add", "--all")
    return folder


def look(cwd: Path, *paths: str, settings: Settings | None = None) -> Files:
    return discover(paths, settings or Settings(), str(cwd))


def complaint(cwd: Path, *paths: str, settings: Settings | None = None) -> str:
    with pytest.raises(UsageError) as caught:
        look(cwd, *paths, settings=settings)
    said = str(caught.value)
    assert "\n" not in said
    return said


@pytest.fixture(autouse=True)
def _only_our_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the machine, no repository around the temporary folder, no hook around the tests."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path.resolve()


@pytest.fixture
def repository(here: Path) -> Path:
    return new_repository(here / "repository", "README.md", "docs/guide.md", "docs/deep/more.md", "src/main.c")


@pytest.fixture
def plain(here: Path) -> Path:
    """A folder outside git."""
    write(here / "plain", "README.md", "docs/guide.md", "docs/deep/more.md", "src/main.c")
    return here / "plain"


# ------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize("name", ["a.txt", "a.md.txt", "md", "a.mdd", "a.rst", "docs.md/a", "a.md/", "", "amd"])
def test_other_names_are_no_page_names(name: str) -> None:
    assert not is_page_name(name)


@pytest.mark.parametrize(
    "ending",
    [
        *("md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mkdown"),
        *("livemd", "ronn", "scd", "workbook", "mdx", "MD", "Markdown"),
    ],
)
def test_every_ending_makes_a_page_name(ending: str) -> None:
    assert is_page_name(f"docs/a.{ending}")


# ----------------------------------------------------------------------------------------------- git's answer


def test_tracked_pages_are_checked_and_everything_tracked_can_be_pointed_at(repository: Path) -> None:
    files = look(repository)
    assert files.root == str(repository)
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")
    assert files.tracked == dict.fromkeys((*files.pages, "src/main.c"), FileKind.FILE)
    assert files.in_git


def test_in_a_clean_checkout_nothing_is_untracked_or_absent(repository: Path) -> None:
    git(repository, "commit", "--quiet", "--message", "x")
    files = look(repository)
    assert (files.untracked, files.absent) == (frozenset(), frozenset())


def test_an_empty_repository_has_no_files(here: Path) -> None:
    assert replace(look(new_repository(here / "empty")), looks={}) == Files(
        str(here / "empty"), (), {}, frozenset(), frozenset(), in_git=True
    )


def test_ignored_files_are_neither_pages_nor_targets(repository: Path) -> None:
    (repository / ".gitignore").write_text("build/\n*.draft.md\n")
    (repository / ".git/info/exclude").write_text("private.md\n")
    write(repository, "build/a.md", "docs/b.draft.md", "private.md")
    files = look(repository)
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")
    assert files.untracked == {".gitignore"}


def test_untracked_pages_are_checked_but_not_tracked(repository: Path) -> None:
    write(repository, "new.md", "docs/new.txt")
    files = look(repository)
    assert "new.md" in files.pages
    assert files.untracked == {"new.md", "docs/new.txt"}
    assert not files.untracked & files.tracked.keys()


def test_a_page_that_is_tracked_although_ignored_is_checked(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.md\n")
    assert "README.md" in look(repository).pages


def test_hidden_folders_count(repository: Path) -> None:
    write(repository, ".github/CONTRIBUTING.md")
    assert look(repository, ".github").pages == (".github/CONTRIBUTING.md",)


def test_a_deleted_page_is_absent_and_not_checked(repository: Path) -> None:
    (repository / "README.md").unlink()
    files = look(repository)
    assert files.absent == {"README.md"}
    assert "README.md" in files.tracked
    assert "README.md" not in files.pages


def test_a_deleted_file_that_is_no_page_is_not_looked_for(repository: Path) -> None:
    (repository / "src/main.c").unlink()
    files = look(repository)
    assert files.absent == frozenset()
    assert "src/main.c" in files.tracked


def test_a_sparse_page_is_absent_and_not_checked(repository: Path) -> None:
    git(repository, "update-index", "--skip-worktree", "docs/guide.md")
    (repository / "docs/guide.md").unlink()
    files = look(repository)
    assert files.absent == {"docs/guide.md"}
    assert "docs/guide.md" in files.tracked
    assert "docs/guide.md" not in files.pages


def test_a_sparse_index_hides_nothing(repository: Path) -> None:
    git(repository, "commit", "--quiet", "--message", "x")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index", "src")
    files = look(repository)
    assert files.absent == {"docs/guide.md", "docs/deep/more.md"}
    assert files.pages == ("README.md",)


def test_absence_is_known_for_pages_outside_the_given_paths(repository: Path) -> None:
    (repository / "README.md").unlink()
    files = look(repository, "docs")
    assert files.absent == {"README.md"}


def test_a_page_with_merge_conflicts_is_listed_once(repository: Path) -> None:
    sha = git(repository, "hash-object", "-w", "README.md")
    stages = "".join(f"100644 {sha} {stage}\tREADME.md\n" for stage in (1, 2, 3))
    git(repository, "update-index", "--index-info", given=f"0 {'0' * 40}\tREADME.md\n{stages}")
    files = look(repository)
    assert files.pages.count("README.md") == 1
    assert files.tracked["README.md"] is FileKind.FILE


def test_a_submodule_is_a_target_with_nothing_below(here: Path, repository: Path) -> None:
    library = new_repository(here / "library", "README.md")
    git(library, "commit", "--quiet", "--message", "x")
    git(repository, "submodule", "--quiet", "add", str(library), "vendor/library.md")
    files = look(repository)
    assert files.tracked["vendor/library.md"] is FileKind.SUBMODULE
    assert not [name for name in (*files.tracked, *files.untracked, *files.pages) if "library.md/" in name]
    assert "vendor/library.md" not in (*files.pages, *files.absent)


def test_a_path_in_a_submodule_is_checked_as_its_own_repository(here: Path, repository: Path) -> None:
    library = new_repository(here / "library", "README.md")
    git(library, "commit", "--quiet", "--message", "x")
    git(repository, "submodule", "--quiet", "add", str(library), "library")
    files = look(repository, "library")
    assert (files.root, files.pages) == (str(repository / "library"), ("README.md",))


def test_an_untracked_repository_inside_is_no_business_of_ours(repository: Path) -> None:
    new_repository(repository / "clone.md", "README.md")
    files = look(repository)
    assert files.untracked == frozenset()
    assert not [name for name in files.pages if "clone" in name]


def test_a_linked_work_tree_is_its_own_root(here: Path, repository: Path) -> None:
    git(repository, "commit", "--quiet", "--message", "x")
    git(repository, "worktree", "add", "--quiet", str(here / "tree"))
    files = look(here / "tree", "docs")
    assert (files.root, files.pages) == (str(here / "tree"), ("docs/deep/more.md", "docs/guide.md"))


def test_a_repository_without_commits_works(repository: Path) -> None:
    assert not list((repository / ".git/refs/heads").iterdir())
    assert look(repository).in_git


def test_a_new_line_in_a_name_is_part_of_it(repository: Path) -> None:
    write(repository, "new\nline/a.md", "b\n.md")
    git(repository, "add", "new\nline")
    files = look(repository)
    assert {"new\nline/a.md", "b\n.md"} <= set(files.pages)
    assert look(repository, "b\n.md", "new\nline").pages == ("b\n.md", "new\nline/a.md")


@needs_any_bytes
def test_a_name_that_is_not_utf8_is_found(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    write(repository, name)
    assert name in look(repository).pages
    git(repository, "add", "--all")
    assert look(repository, name).pages == (name,)


def test_a_name_with_quotes_tabs_and_wildcards_is_found(repository: Path) -> None:
    write(repository, 'a"b\tc.md', "[x]*.md", "技术.md", "? y.md")
    git(repository, "add", "技术.md")
    assert {'a"b\tc.md', "[x]*.md", "技术.md", "? y.md"} <= set(look(repository).pages)


# --------------------------------------------------------------------- what is on the disk is no regular file


def test_a_symbolic_link_is_a_target_and_no_page(repository: Path) -> None:
    (repository / "link.md").symlink_to("README.md")
    (repository / "loose.md").symlink_to("README.md")
    git(repository, "add", "link.md")
    files = look(repository)
    assert files.tracked["link.md"] is FileKind.SYMLINK
    assert files.untracked == {"loose.md"}
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")


def test_a_dangling_symbolic_link_is_neither_page_nor_absent(repository: Path) -> None:
    (repository / "link.md").symlink_to("nowhere.md")
    git(repository, "add", "link.md")
    files = look(repository)
    assert "link.md" not in files.pages
    assert files.absent == frozenset()


def test_pages_behind_a_linked_folder_are_not_followed(repository: Path) -> None:
    (repository / "mirror").symlink_to("docs")
    git(repository, "add", "mirror")
    files = look(repository)
    assert not [name for name in files.pages if name.startswith("mirror")]
    assert files.tracked["mirror"] is FileKind.SYMLINK


def test_a_loop_of_symbolic_links_is_no_trap(repository: Path) -> None:
    (repository / "loop").symlink_to(".")
    (repository / "self.md").symlink_to("self.md")
    assert look(repository).pages == ("README.md", "docs/deep/more.md", "docs/guide.md")


@needs_fifo
def test_a_named_pipe_is_no_page(repository: Path) -> None:
    os.mkfifo(repository / "pipe.md")
    files = look(repository)
    assert "pipe.md" not in (*files.pages, *files.untracked, *files.tracked)


def test_a_folder_with_the_name_of_a_page_is_no_page(repository: Path) -> None:
    write(repository, "dir.md/inside.md", "empty.md/x")
    (repository / "empty.md/x").unlink()
    files = look(repository)
    assert "dir.md/inside.md" in files.pages
    assert not {"dir.md", "empty.md"} & {*files.pages, *files.untracked, *files.tracked}


@needs_fifo
def test_a_tracked_page_replaced_by_a_pipe_is_neither_page_nor_absent(repository: Path) -> None:
    (repository / "README.md").unlink()
    os.mkfifo(repository / "README.md")
    files = look(repository)
    assert "README.md" not in files.pages
    assert "README.md" not in files.absent
    assert files.tracked["README.md"] is FileKind.FILE


def test_a_tracked_page_replaced_by_a_link_or_a_folder_is_neither_page_nor_absent(repository: Path) -> None:
    (repository / "README.md").unlink()
    (repository / "README.md").symlink_to("docs/guide.md")
    (repository / "docs/guide.md").unlink()
    (repository / "docs/guide.md").mkdir()
    files = look(repository)
    assert files.pages == ("docs/deep/more.md",)
    assert files.absent == frozenset()


def test_a_folder_replaced_by_a_link_out_of_the_repository_is_never_entered(here: Path, repository: Path) -> None:
    (repository / "docs").rename(here / "outside")
    (repository / "docs").symlink_to(here / "outside")
    files = look(repository)
    assert files.pages == ("README.md",)
    assert files.absent == {"docs/guide.md", "docs/deep/more.md"}


# ------------------------------------------------------------------------------------- what the user may name


def test_no_paths_mean_the_current_folder_not_the_whole_repository(repository: Path) -> None:
    files = look(repository / "docs")
    assert files.root == str(repository)
    assert files.pages == ("docs/deep/more.md", "docs/guide.md")


def test_other_folders_are_not_checked_but_stay_targets(repository: Path) -> None:
    write(repository, "docs2/a.md")
    files = look(repository, "docs/")
    assert files.pages == ("docs/deep/more.md", "docs/guide.md")
    assert "README.md" in files.tracked
    assert "docs2/a.md" in files.untracked


def test_paths_may_lead_up_and_be_absolute_and_overlap(repository: Path) -> None:
    assert look(repository / "src", "../docs/deep", str(repository / "docs")).pages == (
        "docs/deep/more.md",
        "docs/guide.md",
    )


def test_a_folder_without_pages_is_fine(repository: Path) -> None:
    assert look(repository, "src").pages == ()


def test_a_named_file_alone_is_checked(repository: Path) -> None:
    assert look(repository, "README.md").pages == ("README.md",)
    assert look(repository / "docs", "guide.md").pages == ("docs/guide.md",)


def test_a_named_file_is_checked_whatever_its_ending_and_even_when_ignored(repository: Path) -> None:
    (repository / ".gitignore").write_text("build\n")
    write(repository, "build/a.md")
    settings = Settings(include=("docs/",))
    files = look(repository, "src/main.c", "build/a.md", settings=settings)
    assert files.pages == ("build/a.md", "src/main.c")
    assert "build/a.md" not in {*files.tracked, *files.untracked}


def test_an_excluded_file_is_not_checked_even_when_named(repository: Path) -> None:
    assert look(repository, "docs/guide.md", "README.md", settings=Settings(exclude=("docs/",))).pages == ("README.md",)


def test_an_excluded_link_is_passed_over_in_silence(repository: Path) -> None:
    (repository / "link.md").symlink_to("README.md")
    assert look(repository, "link.md", settings=Settings(exclude=("link.md",))).pages == ()


def test_excluded_pages_stay_targets(repository: Path) -> None:
    files = look(repository, settings=Settings(exclude=("docs/",)))
    assert files.pages == ("README.md",)
    assert "docs/guide.md" in files.tracked


def test_what_include_does_not_match_is_not_checked(repository: Path) -> None:
    assert look(repository, settings=Settings(include=("docs/*.md",))).pages == ("docs/guide.md",)


def test_exclude_wins_over_include(repository: Path) -> None:
    settings = Settings(include=("docs/",), exclude=("deep/",))
    assert look(repository, settings=settings).pages == ("docs/guide.md",)


def test_include_and_exclude_start_from_the_root(repository: Path) -> None:
    assert look(repository / "docs", settings=Settings(include=("/guide.md",))).pages == ()
    assert look(repository / "docs", settings=Settings(exclude=("/guide.md",))).pages == (
        "docs/deep/more.md",
        "docs/guide.md",
    )


@pytest.mark.parametrize(
    ("glob", "pages"),
    [
        ("*.md", ("README.md",)),
        ("docs/*.md", ("docs/guide.md",)),
        ("docs/**/*.md", ("docs/deep/more.md", "docs/guide.md")),
        ("**/[gm]*.md", ("docs/deep/more.md", "docs/guide.md")),
        ("./docs/../docs/gu?de.md", ("docs/guide.md",)),
    ],
)
def test_a_glob_covers_pages(repository: Path, glob: str, pages: tuple[str, ...]) -> None:
    assert look(repository, glob).pages == pages


def test_a_glob_starts_from_the_current_folder(repository: Path) -> None:
    assert look(repository / "docs", "*.md").pages == ("docs/guide.md",)
    assert look(repository / "src", "../docs/*.md").pages == ("docs/guide.md",)
    assert look(repository / "src", f"{repository}/docs/*.md").pages == ("docs/guide.md",)


def test_a_glob_covers_no_ignored_and_no_excluded_page(repository: Path) -> None:
    (repository / ".gitignore").write_text("draft.md\n")
    write(repository, "docs/draft.md")
    assert look(repository, "docs/**/*.md", settings=Settings(exclude=("deep/",))).pages == ("docs/guide.md",)


def test_wildcards_in_an_existing_name_are_letters(repository: Path) -> None:
    write(repository, "[ab].md", "a.md", "!*.md", "#1.md")
    assert look(repository, "[ab].md").pages == ("[ab].md",)
    assert look(repository, "!*").pages == ("!*.md",)
    assert look(repository, "#*").pages == ("#1.md",)


@pytest.mark.parametrize("glob", ["*.txt", "docs/*/*/*.md", "src/*.c", "!*.md"])
def test_a_glob_that_covers_nothing_is_a_fault(repository: Path, glob: str) -> None:
    assert repr(glob) in complaint(repository, "README.md", glob)


def test_a_glob_without_meaning_is_a_fault(repository: Path) -> None:
    assert complaint(repository, "[z-a].md") == "'[z-a].md' is neither a path nor a glob; correct it"


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.md", "README.md/x", "", "a\nb", "x" * 5000, "a\0b"])
def test_a_path_that_is_not_there_is_a_fault(repository: Path, path: str) -> None:
    said = complaint(repository, "README.md", path)
    assert said == f"no such file or folder: {path!r}; paths start from {str(repository)!r}"


def test_a_named_symbolic_link_is_a_fault(repository: Path) -> None:
    (repository / "link.md").symlink_to("README.md")
    (repository / "dangling.md").symlink_to("nowhere")
    (repository / "mirror").symlink_to("docs")
    (repository / "loop").symlink_to(".")
    for path, link in {
        "link.md": "link.md",
        "dangling.md": "dangling.md",
        "mirror": "mirror",
        "mirror/guide.md": "mirror",
        "mirror/deep": "mirror",
        "loop/README.md": "loop",
        "loop/loop/docs": "loop",
    }.items():
        assert complaint(repository, path) == f"{path!r}: {link!r} is a symbolic link; name what it leads to"


@needs_fifo
def test_a_named_pipe_that_is_named_is_a_fault(repository: Path) -> None:
    os.mkfifo(repository / "pipe.md")
    assert complaint(repository, "pipe.md") == "'pipe.md' is neither a regular file nor a folder; leave it out"


def test_a_device_that_is_named_is_a_fault(repository: Path) -> None:
    assert "is neither a regular file nor a folder" in complaint(repository, os.devnull)
    assert "in more than one repository" in complaint(repository, "README.md", os.devnull)


def test_a_symbolic_link_above_the_root_is_followed(here: Path, repository: Path) -> None:
    (here / "alias").symlink_to(repository)
    (here / "shortcut").symlink_to(repository / "docs")
    assert look(here, "alias").pages == look(repository).pages
    assert look(here, "alias/docs/guide.md").pages == ("docs/guide.md",)
    assert look(here / "alias", "docs").root == str(repository)
    assert look(here, "shortcut").pages == ("docs/deep/more.md", "docs/guide.md")


def test_paths_of_two_repositories_are_a_fault(here: Path, repository: Path, plain: Path) -> None:
    other = new_repository(here / "other", "README.md")
    said = "the paths lie in more than one repository; run doclint once for each"
    assert complaint(repository, "README.md", str(other)) == said
    assert complaint(repository, "README.md", str(plain)) == said
    assert complaint(repository, "README.md", "../*.md") == said
    write(repository, "inner/a.md")
    git(repository / "inner", "init", "--quiet")
    assert complaint(repository, "README.md", "inner/a.md") == said


# ---------------------------------------------------------------------------------------------- settings.root


def test_below_a_root_of_the_settings_names_are_relative_to_it(repository: Path) -> None:
    write(repository, "docs/new.md")
    (repository / "docs/guide.md").unlink()
    files = look(repository / "docs/deep", settings=Settings(root=str(repository / "docs")))
    assert files.root == str(repository / "docs")
    assert files.pages == ("deep/more.md",)
    assert set(files.tracked) == {"guide.md", "deep/more.md"}
    assert files.untracked == {"new.md"}
    assert files.absent == {"guide.md"}


def test_a_folder_around_the_root_covers_all_of_it(repository: Path) -> None:
    write(repository, "docs2/a.md")
    files = look(repository, settings=Settings(root=str(repository / "docs")))
    assert files.pages == ("deep/more.md", "guide.md")


def test_a_path_outside_the_root_is_a_fault(repository: Path) -> None:
    settings = Settings(root=str(repository / "docs"))
    for path in ("README.md", "src", "*.md"):
        assert complaint(repository, path, settings=settings).startswith(f"{path!r} lies outside the root")


def test_a_root_around_a_repository_is_a_fault(here: Path, repository: Path) -> None:
    with pytest.raises(UsageError, match="lies in another repository than the paths; correct `root`"):
        look(repository, settings=Settings(root=str(here)))


# --------------------------------------------------------------------------------------------- git in trouble


def test_git_that_does_not_trust_the_owner_is_a_fault(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert complaint(repository) == (
        f"git: detected dubious ownership in repository at '{repository}'; "
        f"if you trust its owner, run: git config --global --add safe.directory {repository}"
    )


def test_a_bare_repository_is_a_fault(here: Path, repository: Path) -> None:
    git(here, "clone", "--quiet", "--bare", str(repository), "bare.git")
    for folder in (here / "bare.git", repository / ".git"):
        assert complaint(folder) == (
            f"git: this operation must be run in a work tree; {str(folder)!r} is in none, "
            "so name a folder of a checkout"
        )


def test_a_work_tree_that_lost_its_repository_is_a_fault(repository: Path) -> None:
    (repository / "docs/.git").write_text("gitdir: /nonexistent\n")
    said = complaint(repository, "docs")
    assert said.startswith("git: not a git repository: /nonexistent; see what `git status` says in ")


def test_a_damaged_index_is_a_fault(repository: Path) -> None:
    (repository / ".git/index").write_bytes(b"rubbish" * 20)
    said = complaint(repository)
    assert said.startswith("git: ")
    assert said.endswith(f"; see what `git status` says in {str(repository)!r}")


def test_messages_of_git_in_other_languages_change_nothing(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    assert not look(plain).in_git


def test_a_git_that_cannot_be_started_is_a_fault(here: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, "bin/git")  # a file that is no program
    monkeypatch.setenv("PATH", str(here / "bin"))
    assert complaint(repository).startswith("git cannot be started: Permission denied")


def test_without_git_on_the_path_the_disk_is_walked(
    here: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(here / "nowhere"))
    files = look(repository)
    assert not files.in_git
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")
    assert not [name for name in files.tracked if name.startswith(".git/")]


# ----------------------------------------------------------------------------------- the environment of hooks


def test_the_index_of_a_hook_is_the_one_that_counts(
    here: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "index").write_bytes((repository / ".git/index").read_bytes())
    git(repository, "rm", "--quiet", "--cached", "README.md")
    monkeypatch.setenv("GIT_INDEX_FILE", str(here / "index"))
    files = look(repository)
    assert "README.md" in files.tracked
    assert files.untracked == frozenset()


@pytest.mark.parametrize("relative", [False, True])
def test_the_repository_of_a_hook_is_the_one_that_counts(
    repository: Path, relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git" if relative else str(repository / ".git"))
    files = look(repository, "docs", "docs/deep/more.md")
    assert files.root == str(repository)
    assert files.pages == ("docs/deep/more.md", "docs/guide.md")


def test_a_root_outside_the_repository_of_a_hook_is_a_fault(
    repository: Path, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    said = complaint(repository, settings=Settings(root=str(plain)))
    assert said.startswith(f"the root {str(plain)!r} lies outside the repository {str(repository)!r}")


def test_git_takes_no_locks_and_changes_nothing(repository: Path) -> None:
    git(repository, "commit", "--quiet", "--message", "x")
    os.utime(repository / "README.md", (1, 1))  # makes git want to refresh its index
    before = (repository / ".git/index").read_bytes()
    look(repository)
    assert (repository / ".git/index").read_bytes() == before


# ------------------------------------------------------------------------------------------------ outside git


def test_outside_git_the_disk_is_walked(plain: Path) -> None:
    files = look(plain)
    assert files.root == str(plain)
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")
    assert files.tracked == dict.fromkeys((*files.pages, "src/main.c"), FileKind.FILE)
    assert not files.in_git


def test_outside_git_nothing_is_untracked_or_absent(plain: Path) -> None:
    files = look(plain)
    assert (files.untracked, files.absent) == (frozenset(), frozenset())


@pytest.mark.parametrize("name", [".git", ".hg", ".svn", "node_modules", ".venv"])
def test_the_walk_does_not_enter_folders_of_other_tools(plain: Path, name: str) -> None:
    write(plain, f"{name}/a.md", f"docs/{name}/b.md")
    files = look(plain)
    assert not [path for path in (*files.pages, *files.tracked) if name in path]


def test_a_file_in_a_folder_of_other_tools_can_be_named(plain: Path) -> None:
    write(plain, "node_modules/a.md")
    assert look(plain, "node_modules/a.md").pages == ("node_modules/a.md",)


@needs_fifo
def test_the_walk_knows_regular_files_and_links_and_nothing_else(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(plain / "pipe.md")
    monkeypatch.chdir(plain)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("socket.md")
        (plain / "dir.md").mkdir()
        (plain / "link.md").symlink_to("README.md")
        (plain / "dangling.md").symlink_to("nowhere")
        (plain / "loop").symlink_to(".")
        files = look(plain)
    assert files.pages == ("README.md", "docs/deep/more.md", "docs/guide.md")
    links = {name for name, kind in files.tracked.items() if kind is FileKind.SYMLINK}
    assert links == {"link.md", "dangling.md", "loop"}
    assert set(files.tracked) - links == {*files.pages, "src/main.c"}


def test_an_unreadable_folder_is_passed_over(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("/deep/"):
            raise PermissionError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files = look(plain)
    assert files.pages == ("README.md", "docs/guide.md")
    assert "docs/deep/more.md" not in files.tracked


def test_a_very_deep_folder_is_no_trap(plain: Path) -> None:
    folders = [plain]
    for _ in range(1100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
        write(folders[-1], "a.md")
    files = look(plain)
    for folder in reversed(folders[1:]):  # what cleans up after the tests is no match for such a depth
        (folder / "a.md").unlink()
        folder.rmdir()
    assert len(files.pages) == 1103


@needs_any_bytes
def test_the_walk_takes_any_name(plain: Path) -> None:
    name = os.fsdecode(b"new\nline/caf\xe9.md")
    write(plain, name)
    assert name in look(plain).pages


def test_one_folder_is_the_root(plain: Path) -> None:
    files = look(plain, "docs")
    assert (files.root, files.pages) == (str(plain / "docs"), ("deep/more.md", "guide.md"))


def test_of_several_folders_the_common_one_is_the_root(here: Path, plain: Path) -> None:
    files = look(here, "plain/docs/deep", "plain/src")
    assert (files.root, files.pages) == (str(plain), ("docs/deep/more.md",))


@pytest.mark.parametrize("path", ["docs/deep/more.md", "docs/deep/*.md"])
def test_for_a_file_below_it_the_current_folder_is_the_root(plain: Path, path: str) -> None:
    files = look(plain, path)
    assert (files.root, files.pages) == (str(plain), ("docs/deep/more.md",))


def test_for_a_file_elsewhere_its_folder_is_the_root(plain: Path) -> None:
    files = look(plain / "src", "../docs/guide.md")
    assert (files.root, files.pages) == (str(plain / "docs"), ("guide.md",))


def test_for_files_elsewhere_their_common_folder_is_the_root(plain: Path) -> None:
    files = look(plain / "src", "../docs/guide.md", "../README.md")
    assert (files.root, files.pages) == (str(plain), ("README.md", "docs/guide.md"))


def test_paths_on_several_drives_are_a_fault(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setattr(os.path, "commonpath", refuse)
    assert complaint(plain, "docs", "src") == "the paths lie on several drives; run doclint once for each"


def test_outside_git_globs_include_and_exclude_hold_too(plain: Path) -> None:
    settings = Settings(include=("docs/",), exclude=("deep/",))
    assert look(plain, settings=settings).pages == ("docs/guide.md",)
    assert look(plain, "docs/**/*.md", settings=settings).pages == ("docs/guide.md",)
    assert look(plain, "docs/deep/more.md", settings=settings).pages == ()


def test_outside_git_a_named_link_or_a_missing_path_is_a_fault(plain: Path) -> None:
    (plain / "mirror").symlink_to("docs")
    assert complaint(plain, "mirror/guide.md").startswith("'mirror/guide.md': 'mirror' is a symbolic link")
    assert complaint(plain, "nowhere").startswith("no such file or folder: 'nowhere'")


def test_a_root_of_the_settings_holds_outside_git(plain: Path) -> None:
    files = look(plain / "docs/deep", settings=Settings(root=str(plain / "docs")))
    assert (files.root, files.pages) == (str(plain / "docs"), ("deep/more.md",))
    assert set(files.tracked) == {"guide.md", "deep/more.md"}
