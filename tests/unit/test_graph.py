from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import index_of
from doclint import run
from doclint.graph import graph
from doclint.model import Graph
from doclint.settings import Settings

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree


def graph_of(tree: Tree) -> Graph:
    index = index_of(tree)
    return graph(list(index.pages.values()), index)


def edges(tree: Tree) -> list[tuple[str, str]]:
    return [(reference.page, reference.target) for reference in graph_of(tree).references]


def test_pages_without_links_are_there() -> None:
    assert graph_of({"b.md": "# B\n", "a.md": "# A\n"}) == Graph(("a.md", "b.md"), ())


def test_what_leads_to_no_other_page_is_left_out() -> None:
    text = "# A\n\n[a](#a) [b](a.md#a) [c](https://b.example) [d](mailto:x@b.example) ![e](e.png) [f](../out.md) []()\n"
    assert edges({"a.md": text, "e.png": ""}) == []


def test_a_link_leads_to_the_page_that_is_meant() -> None:
    text = "[b](docs/b.md#x) [folder](docs) [case](DOCS/B.md)\n"
    tree = {"a.md": text, "docs/b.md": "# B\n", "docs/README.md": "# D\n"}
    assert edges(tree) == [("a.md", "docs/b.md"), ("a.md", "docs/README.md"), ("a.md", "docs/b.md")]


def test_a_link_to_nothing_leads_to_what_it_names() -> None:
    assert edges({"docs/a.md": "[x](gone.md) ![y](../gone.png)\n"}) == [
        ("docs/a.md", "docs/gone.md"),
        ("docs/a.md", "gone.png"),
    ]


def test_its_place_is_the_one_of_the_finding_also_behind_a_repair(workspace: MakeWorkspace) -> None:
    damaged = "Das Café in Köln ist für Gäste geöffnet".encode().decode("cp1252")
    space = workspace({"a.md": f"# A\n\n{damaged}: [x](gone.md), [y](b.md#no)\n", "b.md": "# B\n"})
    outcome = run.check((), Settings(), str(space.root), with_graph=True)
    assert outcome.graph is not None
    faults = {finding.span for finding in outcome.findings if finding.rule in ("missing-file", "missing-anchor")}
    assert len(faults) == 2
    assert {reference.span for reference in outcome.graph.references} == faults


def test_nobody_pays_for_it_who_does_not_ask(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md)\n"})
    assert space.outcome().graph is None
    assert space.fix(dry=True).graph is None
