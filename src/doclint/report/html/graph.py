"""The graph of the page: the pages with findings and those that they are linked with, few enough to be looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from doclint.report.visible import visible
from doclint.rules import BY_NAME
from doclint.rules.base import Group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from doclint.model import Finding, Graph

_PAGES = 140
"""So many pages stand for themselves; with more, those with the fewest findings stand for their folder together."""

_FOLDERS = 60
"""So many folders stand for their pages; with more, they stand together in the folder around them."""

_LINKS = 1500
"""So many links between pages are drawn; the broken ones first."""


def drawn(graph: Graph, findings: Iterable[Finding]) -> dict[str, object]:
    """Return nodes and links as the page draws them.

    A node is `[path, kind, findings, pages]`, where the kind is "page", "folder" or "missing", and the path of a folder
    has "/" at its end; of a missing one no page is there. A link is `[from, to, links, broken]`, with numbers of nodes.
    A link is broken when a finding lies on it; `broken` counts all of them, also those within a folder, which are not
    drawn.
    """
    findings = list(findings)
    counts = Counter(finding.path for finding in findings)
    links = _links(graph, findings)
    there = set(graph.pages) | {target for (_, target), (_, broken) in links.items() if not broken}
    there |= counts.keys()
    chosen = counts.keys() | {path for (source, target) in links for path in (source, target) if counts[source]}
    chosen |= {source for source, target in links if target in counts}
    weights = Counter(counts)
    for (source, target), (_, broken) in links.items():
        weights[source] += broken
        weights[target] += broken
    nodes = _nodes(chosen, weights)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for path, node in nodes.items():
        members[node].append(path)
    order = {node: number for number, node in enumerate(sorted(members))}
    edges: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for (source, target), (number, broken) in links.items():
        if source in nodes and target in nodes and nodes[source] != nodes[target]:
            edge = edges[order[nodes[source]], order[nodes[target]]]
            edge[0] += number
            edge[1] += broken
    ordered = sorted(edges.items(), key=lambda edge: (-edge[1][1], -edge[1][0], edge[0]))
    return {
        "nodes": [
            [
                visible(node),
                _kind(node, members[node], there),
                sum(counts[path] for path in members[node]),
                len(members[node]),
            ]
            for node in order
        ],
        "links": [[*ends, *numbers] for ends, numbers in ordered[:_LINKS]],
        "leftOut": max(0, len(ordered) - _LINKS),
        "pages": len(graph.pages),
        "broken": sum(broken for _, broken in links.values()),
    }


def _links(graph: Graph, findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[int]]:
    """Return how many links lead from a page to another, and how many of them are broken."""
    faults = {(finding.path, finding.span) for finding in findings if _is_about_links(finding)}
    links: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for reference in graph.references:
        link = links[reference.page, reference.target]
        link[0] += 1
        link[1] += (reference.page, reference.span) in faults
    return links


def _is_about_links(finding: Finding) -> bool:
    return finding.rule in BY_NAME and BY_NAME[finding.rule].group is Group.LINKS


def _nodes(chosen: Iterable[str], weights: Mapping[str, int]) -> dict[str, str]:
    """Return the node of each page: itself, or a folder, whose path ends with a slash."""
    ordered = sorted(chosen, key=lambda path: (-weights.get(path, 0), path))
    nodes = {path: path for path in ordered[:_PAGES]}
    others = ordered[_PAGES:]
    depth = max((path.count("/") for path in others), default=0)
    while depth and len({_folder(path, depth) for path in others}) > _FOLDERS:
        depth -= 1
    return nodes | {path: _folder(path, depth) for path in others}


def _folder(path: str, depth: int) -> str:
    """Return the folder of a page, or the one around it that lies `depth` folders deep."""
    return "/".join([*path.split("/")[:-1][:depth], ""]) or "/"


def _kind(node: str, members: Iterable[str], there: Collection[str]) -> str:
    if not any(path in there for path in members):
        return "missing"
    return "folder" if node.endswith("/") else "page"
