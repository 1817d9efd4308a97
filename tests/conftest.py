"""What the tests share: a repository in memory for most of them, one on the disk for those that need git.

[seen] = look(RULE, "[a](b.md)", "c.md")         one page, and other files beside it; no disk, no git
space = workspace({"README.md": "# Title\n"})    a git repository; `check` and `fix` run all of doclint on it
assert_mends(workspace, "wrong-case", before, after, Safety.SAFE)
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

import hypothesis
import pytest

from doclint import decode, mending, run
from doclint.areas import Areas
from doclint.discover import is_page_name
from doclint.index import RepoIndex
from doclint.model import FileKind, Files, Finding, Hit, Outcome, Page, Repaired, Safety, Source
from doclint.names import Names, judged, parts_of
from doclint.reading import Wanted, read_page
from doclint.settings import Settings
from doclint.slug import FLAVOURS

# The same examples each time, however slow the machine is: what fails here fails everywhere.
hypothesis.settings.register_profile("doclint", deadline=None, derandomize=True)
hypothesis.settings.load_profile("doclint")

if TYPE_CHECKING:
    from pathlib import Path

    from doclint.resolve import Site
    from doclint.rules.base import Rule

Tree = Mapping[str, str | bytes]
"""Files by path, relative to the root; a text is written as UTF-8, its line ends as they are."""

PAGE = "page.md"
"""Where the text that is looked at stands, unless a test says otherwise."""

_SCRUBBED = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "TERM",
    "GITHUB_ACTIONS",
    "CI",
    "PYTHONUNBUFFERED",  # it would hide what is still to be written when a reader goes away
)


@pytest.fixture(autouse=True)
def _scrubbed_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out the machine's settings, a hook that may run the tests, and a repository around the temporary folder."""
    for name in (*_SCRUBBED, *(name for name in os.environ if name.startswith(("GIT_", "DOCLINT_", "PRE_COMMIT")))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


# ------------------------------------------------------------------------------------------------------- in memory


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit as a test wants to see it; `text` is what its span covers, in the text that the span speaks of."""

    text: str
    message: str
    help: str
    hit: Hit


class Beside(TypedDict, total=False):
    """What there is beside the pages.

    Keys:
        symlinks, submodules: Tracked names of these kinds.
        untracked: Files that git neither tracks nor ignores.
        in_git: Whether the repository is one.
        site: What the repository is called on github.com.
        line_counts: As in `RepoIndex`.
        areas: Which host shows which folder; GitHub, unless a test says otherwise.
    """

    symlinks: Collection[str]
    submodules: Collection[str]
    untracked: Collection[str]
    in_git: bool
    site: Site
    line_counts: Mapping[str, int]
    areas: Areas


def page_of(text: str | bytes, path: str = PAGE) -> Page:
    """Return a page as doclint reads it from the disk."""
    return read_page(Source(path, text) if isinstance(text, str) else decode.decode(path, text), Wanted())


def index_of(tree: Tree, **beside: Unpack[Beside]) -> RepoIndex:
    """Return the index of a repository that tracks `tree`; every page in it is read and reported on."""
    pages = {path: page_of(text, path) for path, text in tree.items() if is_page_name(path)}
    tracked = dict.fromkeys(tree, FileKind.FILE)
    tracked |= dict.fromkeys(beside.get("symlinks", ()), FileKind.SYMLINK)
    tracked |= dict.fromkeys(beside.get("submodules", ()), FileKind.SUBMODULE)
    files = Files(
        root="/repository",
        pages=tuple(sorted(pages)),
        tracked=tracked,
        untracked=frozenset(beside.get("untracked", ())),
        absent=frozenset(),
        in_git=beside.get("in_git", True),
        others=tuple(sorted({path for path in tracked if not path.isascii()} - pages.keys())),
    )
    names = Names(files, judged(parts_of(files)))
    return RepoIndex(
        files,
        pages,
        beside.get("areas", Areas(FLAVOURS["github"])),
        beside.get("site"),
        beside.get("line_counts"),
        names=names,
    )


def look(
    rule: Rule,
    text: str | bytes,
    others: Tree | Collection[str] = (),
    page: str = PAGE,
    **beside: Unpack[Beside],
) -> list[Seen]:
    """Return what `rule` finds on a page with this `text`, in the order of the page.

    Args:
        rule: The rule.
        text: The page.
        others: The other tracked files; a collection of names stands for files that are empty.
        page: Its path.
        beside: What else there is; see `Beside`.
    """
    tree = dict(others) if isinstance(others, Mapping) else dict.fromkeys(others, "")
    index = index_of({**tree, page: text}, **beside)
    content = index.pages[page].content
    hits = sorted(rule.check(index.pages[page], index), key=lambda hit: hit.span)
    return [Seen(_covered(content, hit), hit.message, hit.help, hit) for hit in hits]


def _covered(content: object, hit: Hit) -> str:
    if not isinstance(content, Repaired):
        return ""
    return hit.span.of(content.source.text if hit.on_disk else content.text)


# ------------------------------------------------------------------------------------------------------ on the disk


class Wishes(TypedDict, total=False):
    """The fields of `Settings` that a test may set."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...]
    flavour: str
    folders: tuple[tuple[str, str], ...]
    confidence: float
    formats: tuple[str, ...]
    wiki_links: bool


class Workspace:
    """A git repository in a temporary folder, its branch `main`."""

    def __init__(self, root: Path, tree: Tree) -> None:
        """Make the repository and commit `tree`."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        self.commit(tree)

    def git(self, *arguments: str) -> str:
        """Run git in the repository and return what it prints."""
        identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(self.root), *identity, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def write(self, tree: Tree) -> None:
        """Write files without a word to git: new ones are untracked."""
        for path, content in tree.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, tree: Tree) -> None:
        """Write files and commit all that is there."""
        self.write(tree)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", "some work")

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return (self.root / path).read_bytes()

    def tree(self) -> dict[str, bytes]:
        """Return all files of the repository but git's own."""
        files = (file for file in self.root.rglob("*") if file.is_file() and not file.is_symlink())
        names = ((file.relative_to(self.root).as_posix(), file) for file in files)
        return {name: file.read_bytes() for name, file in names if not name.startswith(".git/")}

    def outcome(self, *paths: str, **wishes: Unpack[Wishes]) -> Outcome:
        """Check the repository, or `paths` in it."""
        return run.check(paths, Settings(**wishes), str(self.root))

    def check(self, *paths: str, **wishes: Unpack[Wishes]) -> tuple[Finding, ...]:
        """Check the repository, or `paths` in it, and return what is found."""
        return self.outcome(*paths, **wishes).findings

    def fix(self, *paths: str, level: Safety = Safety.SAFE, dry: bool = False, **wishes: Unpack[Wishes]) -> Outcome:
        """Fix the repository, or `paths` in it."""
        return mending.fix(paths, Settings(**wishes), str(self.root), level=level, dry=dry)


MakeWorkspace = Callable[[Tree], Workspace]


@pytest.fixture
def workspace(tmp_path: Path) -> MakeWorkspace:
    """Make a repository of the given files; each call makes another one."""
    number = iter(range(1_000))

    def make(tree: Tree) -> Workspace:
        return Workspace(tmp_path.resolve() / f"repository{next(number)}", tree)

    return make


def assert_mends(workspace: MakeWorkspace, rule: str, before: Tree, after: Tree, safety: Safety) -> None:
    """Assert that the fix of `rule` makes `after` of `before`; `after` holds only the files that change.

    And what must hold of every fix: a level above its safety writes nothing; all other bytes stay; a second run
    finds nothing of the rule and writes nothing; nothing is held back.
    """
    space = workspace(before)
    untouched = space.tree()
    fixes = [finding.fix for finding in space.check(select=(rule,)) if finding.fix is not None]
    assert fixes, f"{rule} offers no fix"
    assert {fix.safety for fix in fixes} == {safety}
    for higher in Safety:
        if higher > safety:
            assert not space.fix(level=higher, select=(rule,)).changed
            assert space.tree() == untouched
    shown = space.fix(level=safety, dry=True, select=(rule,))
    assert space.tree() == untouched, "a dry run wrote"
    done = space.fix(level=safety, select=(rule,))
    wanted = {path: content.encode() if isinstance(content, str) else content for path, content in after.items()}
    assert space.tree() == untouched | wanted
    assert [change.path for change in done.changed] == sorted(wanted)
    assert shown.changed == done.changed
    assert not done.held_back
    assert not done.findings, "what is fixed is not reported"
    again = space.fix(level=safety, select=(rule,))
    assert not again.findings
    assert not again.changed
    assert space.tree() == untouched | wanted


# ----------------------------------------------------------------------------------------------------- a package index


@pytest.fixture(scope="session")
def package_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip a test where pip cannot have a package: there is no network, or no index."""
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
    folder = tmp_path_factory.mktemp("package")
    done = subprocess.run([*words, str(folder), "hatchling"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip reaches no package index: {done.stderr.strip().splitlines()[-1:]}")
