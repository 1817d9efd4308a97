"""What links are promised: reading one never fails, and no fix of one makes a new finding or has to be made twice."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Unpack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Wishes, Workspace, index_of
from doclint.areas import Area, Areas
from doclint.bundles import Pages, bundled
from doclint.index import RepoIndex
from doclint.lines import apply_edits
from doclint.meaning import Meaning, Move
from doclint.model import InRepo, Safety, Summary
from doclint.moves import Relocation
from doclint.parse import parse
from doclint.plain_links import folder_links
from doclint.relink import keeps_meaning, relinked
from doclint.resolve import Site, resolve
from doclint.rules import Chosen
from doclint.sites import PATHS
from doclint.slug import FLAVOURS
from doclint.stamp import findings, summary, worth_a_look
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from doclint.model import Links, Page, Parsed
    from doclint.plain_links import FolderLinks

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
    st.lists(st.tuples(st.sampled_from(["a", "e", "README"]), st.sampled_from(LEADS)), max_size=10),
    st.sampled_from(sorted(FLAVOURS)),
    st.sampled_from(["", "docs/", "docs/api/"]),
    st.booleans(),
)
def test_links_judged_together_come_to_what_each_of_them_comes_to(
    destinations: list[tuple[str, str]], host: str, folder: str, tracked: bool
) -> None:
    tree = {"b.md": "# B\n", "docs/c.md": "# C\n"}
    paths = [f"{folder}{name}.md" for name in ("a", "e", "README")]
    tree |= dict.fromkeys(paths, "# A\n")
    for name, destination in destinations:
        tree[f"{folder}{name}.md"] += f"\n[x]({destination})\n"
    areas = (
        Areas(FLAVOURS[host], (Area("docs", FLAVOURS[host], "docs"),), guessed=True)
        if host in PATHS
        else Areas(FLAVOURS[host])
    )
    index = index_of(tree, areas=areas, site=OURS)
    files = index.files
    if not tracked:
        kinds = {name: kind for name, kind in files.tracked.items() if name not in paths}
        files = replace(files, tracked=kinds, untracked=frozenset(paths))
    alone = RepoIndex(files, {path: index.pages[path] for path in tree}, areas, OURS)
    shelf = StandIn({path: index.pages[path] for path in tree})
    both = RepoIndex(files, Pages({}, bundled(shelf, tree, areas), shelf, index.pages.__getitem__), areas, OURS)  # type: ignore[arg-type]

    def each(page: Page) -> set[tuple[str, str]]:
        return {(path, fragment) for _, path, fragment in alone.leads.fragments(page) if fragment}

    for path in tree:
        page = alone.pages[path]
        one_by_one = alone.judging.one_by_one(page, range(len(page.parsed.links)))
        assert alone.links(page).questionable == both.links(page).questionable == one_by_one.questionable
    counts = [alone.judging.one_by_one(alone.pages[path], range(len(alone.pages[path].parsed.links))) for path in tree]
    links = sum(len(page.parsed.links) for page in alone.pages.values())
    web, other, unknown = (sum(getattr(found.counts, name) for found in counts) for name in ("web", "other", "unknown"))
    expected = Summary(len(tree), links, web, other, unknown, 0)
    assert summary(tuple(tree), alone, 0) == summary(tuple(tree), both, 0) == expected
    leads = {lead for path in tree for lead in each(alone.pages[path])}
    for joined in (alone, both):
        assert leads == {
            (path, fragment)
            for bundle in joined.pages.bundles
            for path, fragments in joined.led_to(bundle)
            for fragment in fragments
            if fragment
        }
    # What is not worth a look has no fault.
    told = {path for path in tree if findings(both.pages[path], both, DEFAULT_RULES)[0]}
    assert told <= set(worth_a_look(both, tuple(tree), DEFAULT_RULES))


DEFAULT_RULES = Chosen(("default",), ()).everywhere


class StandIn:
    """Stands in the place of a shelf: it knows pages as they are."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages
        self._names: dict[str, dict[str, frozenset[str]]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._pages

    def is_telling(self, path: str) -> bool:
        parsed = self._pages[path].parsed
        return bool(parsed.definitions or parsed.undefined)

    def links(self, path: str) -> Links:
        return self._pages[path].parsed.links

    def parsed(self, path: str) -> Parsed:
        return self._pages[path].parsed

    def anchor_names(self, path: str) -> dict[str, frozenset[str]]:
        return self._names.setdefault(path, {})

    def folder_links(self, folder: str, paths: list[str]) -> FolderLinks:
        return folder_links(folder, [(path, self.links(path)) for path in paths])
