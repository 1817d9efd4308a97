"""What `mv` promises of any tree: links mean what they meant, no finding comes or goes, there and back is nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conftest import Workspace
from doclint import mv, run
from doclint.areas import Area, Areas
from doclint.destinations import relative
from doclint.lines import apply_edits
from doclint.meaning import Meaning, Move
from doclint.model import UsageError
from doclint.moves import Relocation
from doclint.parse import parse
from doclint.relink import keeps_meaning, relinked
from doclint.resolve import Site
from doclint.settings import Settings
from doclint.slug import FLAVOURS

if TYPE_CHECKING:
    from pathlib import Path

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)

OURS = Site("ours", "manual", "main")
FOLDERS = ("", "docs", "docs/deep", "a b", "größe/x")
NAMES = ("a.md", "b c.md", "größe.md", "100%.md", "c#.md", "R&D (1).md", "docs.md", "logo.png", "it's.md")
LOST = ("gone.md", "docs/lost.md")
NEW = (
    "z.md",
    "new",
    "größe/ß.md",
    "docs/y y.md",
    "docs/z",
    "docs/deep/p/q.md",
    "a b/z (2)",
    "größe/50%",
    "ünder/new one.md",
)


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def encoded(path: str) -> str:
    return "".join(char if char.isalnum() or char in "/.-_" else quote(char) for char in path)


def link(page: str, target: str, style: int, form: int, slash: bool) -> str:
    """A link on `page` to `target`, as somebody may write it."""
    folder = page.rpartition("/")[0]
    above = f"{folder}/".startswith(f"{target}/")
    way = "/".join([".."] * (folder.count("/") - target.count("/"))) or "." if above else relative(page, target)
    written = [
        way,
        f"./{way}" if way != "." else way,
        f"/{target}",
        "https://github.com/ours/manual/blob/main/" + target,
    ][style]
    written = written.rstrip("/") + "/" if slash and written not in ("/", ".") else written
    bare, written = written, encoded(written).replace("https%3A", "https:")
    return [
        f"[x]({written})",
        f'![x]({written}?raw=true#p "title")',
        f"[x](<{bare.replace('%', '%25').replace('#', '%23').replace('&', '%26').replace(chr(39), '%27')}>)",
        f"<a title='t' href='{written}#q'>x</a>",
        f'<img src="{written}" srcset="{written} 1x, {written} 2x">',
        f"[r{len(written)}]: {written} 'title'",
        f"| h |\n|---|\n| [x]({written}) |",
        f"`[x]({written})`",
    ][form]


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[str, str], Relocation]:
    paths = sorted(
        {
            joined(*pair)
            for pair in draw(
                st.lists(st.tuples(st.sampled_from(FOLDERS), st.sampled_from(NAMES)), min_size=2, max_size=9)
            )
        }
    )
    folders = sorted({path[:at] for path in paths for at, char in enumerate(path) if char == "/"})
    targets = [*paths, *folders, *LOST]
    tree = dict.fromkeys(paths, "x\n")
    for path in paths:
        if path.endswith(".md"):
            links = st.builds(
                lambda target, style, form, slash, page=path: link(
                    page, target, style, form, slash and target in folders
                ),
                st.sampled_from(targets),
                st.integers(0, 3),
                st.integers(0, 7),
                st.booleans(),
            )
            tree[path] = "\n\n".join(["# Title", *draw(st.lists(links, max_size=6))]) + draw(
                st.sampled_from(["", "\n"])
            )
    old = draw(st.sampled_from([*paths, *folders]))
    new = draw(st.sampled_from(NEW))
    # A page stays a page.
    assume(old not in paths or old.endswith(".md") == new.endswith(".md"))
    assume(new not in targets and not new.startswith(f"{old}/"))
    assume(not any(path.startswith(f"{new}/") or new.startswith(f"{path}/") for path in paths))
    return tree, Relocation(old, new)


GITHUB = Areas(FLAVOURS["github"])


def moved(tree: dict[str, str], where: Relocation, areas: Areas = GITHUB) -> dict[str, str] | None:
    """The tree afterwards; None where a link cannot follow."""
    move = Move(where, Meaning(tree, areas, OURS), Meaning(map(where, tree), areas.moved(where), OURS))
    after = {}
    for path, text in tree.items():
        found = relinked(path, text, parse(text), move)
        assert not found.unclear
        if found.lost:
            return None
        after[where(path)] = apply_edits(text, found.edits)
        assert keeps_meaning(path, parse(text), parse(after[where(path)]), move), (text, after[where(path)])
    return after


@steady
@given(trees())
def test_there_and_back_restores_every_character(drawn: tuple[dict[str, str], Relocation]) -> None:
    tree, where = drawn
    there = moved(tree, where)
    assert there is not None
    assert moved(there, where.back) == tree


SITE_FOLDERS = ("docs", "docs/guide", "docs/guide/deep", "docs/ref")
SITE_NAMES = ("a.md", "install.md", "index.md", "cup.png")
SITE_NEW = ("docs/z.md", "docs/new", "docs/guide/y.md", "docs/ref/n/q.md", "docs/deep", "site/z", "z.md")
FLAVOURS_OF_SITES = ("mkdocs", "vitepress", "mdbook", "hugo")


def address(page: str, target: str, style: int) -> str:
    """A link on a page of the site in `docs` to a page of it, as somebody may write it."""
    way, rooted = relative(page, target), "/" + target.removeprefix("docs/")
    if not target.endswith(".md"):
        return [way, rooted, f"./{way}", way, rooted, f"./{way}", way][style]
    # A page that stands for its folder is named by the folder.
    shown = target.rpartition("/")[2] == "index.md"
    short = relative(page, target.removesuffix(".md"))
    if shown:
        short = short.removesuffix("index") or "./"
        rooted_short = rooted.removesuffix("index.md")
    else:
        rooted_short = rooted.removesuffix(".md")
    html = f"{way.removesuffix('.md')}.html"
    return [way, rooted, f"./{way}", short, rooted_short, html, short if shown else f"{short}/"][style]


@st.composite
def sites(draw: st.DrawFn) -> tuple[dict[str, str], Relocation]:
    pairs = st.tuples(st.sampled_from(SITE_FOLDERS), st.sampled_from(SITE_NAMES))
    paths = sorted({joined(*pair) for pair in draw(st.lists(pairs, min_size=2, max_size=9))})
    folders = sorted({path[:at] for path in paths for at, char in enumerate(path) if char == "/"})
    links = st.tuples(st.sampled_from([*paths, "docs/gone.md"]), st.integers(0, 6), st.sampled_from(["", "#q"]))
    tree = dict.fromkeys(paths, "x\n")
    for path in paths:
        if path.endswith(".md"):
            drawn = draw(st.lists(links, max_size=6))
            tree[path] = "\n".join(f"[x]({address(path, target, style)}{tail})\n" for target, style, tail in drawn)
    old = draw(st.sampled_from([*paths, *folders]))
    new = draw(st.sampled_from(SITE_NEW))
    assume(old not in paths or old.endswith(".md") == new.endswith(".md"))
    assume(new not in (*paths, *folders) and not new.startswith(f"{old}/"))
    assume(not any(path.startswith(f"{new}/") or new.startswith(f"{path}/") for path in paths))
    # Whether a page that becomes one of a folder was named by its own name, no way back can know.
    assume(not old.endswith("/index.md"))
    return tree, Relocation(old, new)


@pytest.mark.parametrize("flavour", FLAVOURS_OF_SITES)
@settings(steady, max_examples=60)
@given(drawn=sites())
def test_on_a_site_there_and_back_restores_every_character(
    flavour: str, drawn: tuple[dict[str, str], Relocation]
) -> None:
    tree, where = drawn
    areas = Areas(FLAVOURS["github"], (Area("docs", FLAVOURS[flavour], "docs"),))
    there = moved(tree, where, areas)
    if there is not None:
        assert moved(there, where.back, areas.moved(where)) == tree


@settings(steady, max_examples=30)
@given(trees(), st.booleans())
def test_on_the_disk_no_finding_comes_or_goes_and_back_restores_every_byte(
    tmp_path: Path, drawn: tuple[dict[str, str], Relocation], in_git: bool
) -> None:
    tree, where = drawn
    root = tmp_path / "tree"
    shutil.rmtree(root, ignore_errors=True)
    space = Workspace(root, tree)
    space.git("remote", "add", "origin", "https://github.com/ours/manual")
    if not in_git:
        shutil.rmtree(root / ".git")
    before, bytes_before = rules(space), space.tree()
    try:
        mv.move(where.old, where.new, Settings(), str(root))
    except UsageError as error:
        assert "would be empty" in str(error)  # noqa: PT017 - the other half of the test needs the move
        assert space.tree() == bytes_before
        return
    assert rules(space) == before
    assert space.tree() != bytes_before
    mv.move(where.new, where.old, Settings(), str(root))
    assert space.tree() == bytes_before
    assert not in_git or space.git("status", "--porcelain") == ""


def rules(space: Workspace) -> list[str]:
    return sorted(finding.rule for finding in run.check((), Settings(), str(space.root)).findings)
