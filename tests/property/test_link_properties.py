"""What links are promised: reading one never fails, and no fix of one makes a new finding or has to be made twice."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Unpack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Wishes, Workspace, index_of
from doclint.areas import Area, Areas
from doclint.index import RepoIndex
from doclint.lines import apply_edits
from doclint.meaning import Meaning, Move
from doclint.model import InRepo, Safety
from doclint.moves import Relocation
from doclint.parse import parse
from doclint.relink import keeps_meaning, relinked
from doclint.resolve import Site, resolve
from doclint.sites import PATHS
from doclint.slug import FLAVOURS
from doclint.value import replace

if TYPE_CHECKING:
    from pathlib import Path

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

OURS = Site("ours", "manual", "main")
URL = "https://github.com/ours/manual/blob/main"
PIECES = [
    "..",
    ".",
    "/",
    "//",
    "a.md",
    "docs",
    "%2F",
    "%2e%2e",
    "%",
    "%FF",
    "#",
    "?",
    ":",
    "&amp;",
    "&sol;",
    "\\(",
    "\\",
]
pieces = st.lists(
    st.sampled_from([*PIECES, " ", "é", "\ud800", "<", ">", "(", ")", URL, "blob", "main", "\t"]), max_size=8
)


@steady
@given(st.one_of(pieces.map("".join), st.text(max_size=20)), st.sampled_from(["a.md", "docs/a.md", "docs/x/y/a.md"]))
def test_reading_a_destination_never_fails(destination: str, page: str) -> None:
    for site in (None, OURS):
        assert resolve(page, destination, site) == resolve(page, destination, site)


@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
@settings(steady, max_examples=60)
@given(
    destination=st.one_of(pieces.map("".join), st.text(max_size=20)),
    page=st.sampled_from(["a.md", "docs/a.md", "docs/index.md", "docs/x/y/a.md"]),
    root=st.sampled_from(["", "docs", "docs/x", "site"]),
)
def test_on_a_site_reading_a_destination_never_fails(flavour: str, destination: str, page: str, root: str) -> None:
    area = Area("", FLAVOURS[flavour], root)
    target = resolve(page, destination, OURS, area)
    assert target == resolve(page, destination, OURS, area)
    if isinstance(target, InRepo) and area.paths is not None:
        assert not any(part in ("", "..", ".") for other in target.others for part in other.split("/")[:-1])


@steady
@given(
    st.lists(
        st.tuples(st.sampled_from(["[x]({})", "![x](<{}>)", "<a href='{}'>", "[r]: {}", "<{}>"]), pieces), max_size=4
    ),
    st.sampled_from([("docs", "x/y"), ("a.md", "docs/b.md"), ("docs/a.md", "a b.md"), ("docs/x", "é")]),
    st.sampled_from(["a.md", "docs/a.md", "docs/x/y.md"]),
)
def test_what_a_move_can_rewrite_means_what_it_meant(
    forms: list[tuple[str, list[str]]], pair: tuple[str, str], page: str
) -> None:
    text = "\n\n".join(form.format("".join(parts)) for form, parts in forms)
    where = Relocation(*pair)
    github = Areas(FLAVOURS["github"])
    move = Move(where, Meaning((), github, OURS), Meaning((), github, OURS))
    found = relinked(page, text, parse(text), move)
    # Where this is not so, `mv` refuses; it is so for all that can be told apart.
    if not found.unclear:
        assert keeps_meaning(page, parse(text), parse(apply_edits(text, found.edits)), move)


HEADINGS = ("Install", "Instal", "Use", "Usage", "Große Worte", "Notes")
NAMES = ("a.md", "b.md", "docs/a.md", "docs/c d.md")


@st.composite
def pages(draw: st.DrawFn) -> dict[str, str]:
    tree = {}
    for path in NAMES:
        parts = [f"# {path}\n\nThe page of {path}, and of nothing else.\n"]
        for number in range(draw(st.integers(0, 3))):
            heading = draw(st.sampled_from(HEADINGS))
            target = draw(
                st.sampled_from(["", "a.md", "b.md", "c%20d.md", "docs/a.md", "A.md", "gone.md", "/docs/c%2520d.md"])
            )
            anchor = draw(st.sampled_from(["", "#install", "#use", "#usages", "#große-worte", "#gro%25C3%259Fe-worte"]))
            parts.append(f"## {heading}\n\nText {number} of {path}.\n\n[x]({target}{anchor}) `[x]({target})`\n")
        tree[path] = "\n".join(parts)
    return tree


@settings(steady, max_examples=25)
@given(
    pages(),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["moved.md", "docs/z.md", "a.md", "b.md"])), max_size=3),
    st.dictionaries(st.sampled_from(HEADINGS), st.sampled_from(["New", "Install", "Newer"]), max_size=2),
)
def test_a_fix_makes_no_new_finding_and_is_made_once(
    tmp_path: Path, tree: dict[str, str], moves: list[tuple[str, str]], headings: dict[str, str]
) -> None:
    root = tmp_path / "tree"
    shutil.rmtree(root, ignore_errors=True)
    space = Workspace(root, tree)
    _change(space, moves, headings)
    _assert_fixes_keep_what_they_promise(space)


ADDRESSES = (
    "",
    "a.md",
    "a",
    "b.html",
    "./b/",
    "/a",
    "/deep/c%20d",
    "/deep/c%20d.md",
    "../a/",
    "deep/",
    "A.md",
    "/B",
    "gone/",
)
SITE_PAGES = ("a.md", "b.md", "deep/c d.md", "deep/index.md")


@st.composite
def site_pages(draw: st.DrawFn) -> dict[str, str]:
    tree = {}
    for path in SITE_PAGES:
        parts = [f"# {path}\n\nThe page of {path}, and of nothing else.\n"]
        for number in range(draw(st.integers(0, 3))):
            heading, address = draw(st.sampled_from(HEADINGS)), draw(st.sampled_from(ADDRESSES))
            anchor = draw(st.sampled_from(["", "", "#install", "#usages"])) if address else "#use"
            parts.append(f"## {heading}\n\nText {number} of {path}.\n\n[x]({address}{anchor})\n")
        tree[f"docs/{path}"] = "\n".join(parts)
    return tree


@pytest.mark.parametrize("flavour", sorted(name for name in FLAVOURS if name in PATHS))
@settings(steady, max_examples=4)
@given(
    tree=site_pages(),
    moves=st.lists(
        st.tuples(st.sampled_from(SITE_PAGES), st.sampled_from(["z.md", "deep/z.md", "a.md", "b/index.md"])), max_size=3
    ),
)
def test_on_a_site_a_fix_makes_no_new_finding_and_is_made_once(
    tmp_path: Path, flavour: str, tree: dict[str, str], moves: list[tuple[str, str]]
) -> None:
    root = tmp_path / "tree"
    shutil.rmtree(root, ignore_errors=True)
    space = Workspace(root, tree)
    _change(space, [(f"docs/{old}", f"docs/{new}") for old, new in moves], {})
    _assert_fixes_keep_what_they_promise(space, folders=((str(root / "docs"), flavour),))


def _change(space: Workspace, moves: list[tuple[str, str]], headings: dict[str, str]) -> None:
    for old, new in moves:
        if (space.root / old).exists() and not (space.root / new).exists():
            (space.root / new).parent.mkdir(exist_ok=True)
            space.git("mv", old, new)
            space.commit({})
    for path, content in space.tree().items():
        text = content.decode()
        for old, new in headings.items():
            text = text.replace(f"## {old}\n", f"## {new}\n")
        space.write({path: text})


def _assert_fixes_keep_what_they_promise(space: Workspace, **wishes: Unpack[Wishes]) -> None:
    for level in (Safety.SAFE, Safety.UNSAFE):
        before = {(finding.path, finding.place.line, finding.rule) for finding in space.check(**wishes)}
        shown = space.fix(level=level, dry=True, **wishes)
        done = space.fix(level=level, **wishes)
        assert done.changed == shown.changed
        assert not done.held_back
        after = {(finding.path, finding.place.line, finding.rule) for finding in space.check(**wishes)}
        # A link to a page that moved may name a heading that is not there either; that was so before.
        assert not {(path, line, rule) for path, line, rule in after - before if rule != "missing-anchor"}
        assert len(after) <= len(before)
        once = space.tree()
        assert not space.fix(level=level, **wishes).changed
        assert space.tree() == once


LEADS = ["b.md", "/b.md", "../b.md", "docs/c.md", "./c.md#c", "c.md#C", "c#c", "#a", "#", "", "a.md#a"]
LEADS += [
    "%62.md",
    "B.md",
    "b",
    "docs/",
    "..",
    "https://x.y/",
    "https://github.com/ours/manual/blob/main/b.md",
    "~/c.md",
]


@steady
@given(
    st.lists(st.sampled_from(LEADS), max_size=8),
    st.sampled_from(sorted(FLAVOURS)),
    st.sampled_from(["a.md", "docs/a.md", "docs/api/a.md"]),
    st.booleans(),
)
def test_links_judged_together_come_to_what_each_of_them_comes_to(
    destinations: list[str], host: str, path: str, tracked: bool
) -> None:
    text = "# A\n\n" + " ".join(f"[x]({destination})" for destination in destinations) + "\n"
    tree = {"b.md": "# B\n", "docs/c.md": "# C\n", path: text}
    areas = Areas(FLAVOURS[host], (Area("docs", FLAVOURS[host], "docs"),)) if host in PATHS else Areas(FLAVOURS[host])
    index = index_of(tree, areas=areas, site=OURS)
    if not tracked:
        kinds = {name: kind for name, kind in index.files.tracked.items() if name != path}
        files = replace(index.files, tracked=kinds, untracked=frozenset({path}))
        index = RepoIndex(files, index.pages, areas, OURS)
    page = index.pages[path]
    each = index.judging.one_by_one(page, range(len(page.parsed.links)), 0)
    assert index.links(page) == each
    fragments = {(to, fragment) for _, to, fragment in index.leads.fragments(page) if fragment}
    assert {lead for lead in index.led_to(page) if lead[1]} == fragments
