"""Findings to edits to new texts; pure, and guarded: a text that would say something else than meant is refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, LineMap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from doclint.model import Edit, Finding, Parsed, Rename, Safety

GUARD = "the fix would change lines, links or blocks that it is not meant to"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one round does.

    Attributes:
        texts: New texts by page.
        fixes: How many fixes went into each.
        refused: The pages whose new text was refused.
        renames: Each rename with the pages in which its fix mends links.
    """

    texts: Mapping[str, str]
    fixes: Mapping[str, int]
    refused: frozenset[str]
    renames: Mapping[Rename, frozenset[str]] = field(default_factory=dict)


def plan(
    findings: Iterable[Finding],
    level: Safety,
    text_of: Callable[[str], str],
    parse: Callable[[str], Parsed],
    refused: Collection[str] = (),
) -> Plan:
    """Choose the fixes that may be made together and make them.

    Args:
        findings: In the order in which their fixes are tried; of two that overlap, the later one waits for the next
        round.
        level: The least safety that a fix must have.
        text_of: A page to its text on the disk.
        parse: A text to its parse, for the guard.
        refused: Pages that must not change.

    A fix that touches a refused page is left out whole.
    """
    wanted = [finding for finding in findings if finding.fix is not None and finding.fix.safety >= level]
    blocked = set(refused)
    while True:
        edits, fixes, renames = _choose(wanted, blocked)
        texts = {path: apply(text_of(path), chosen) for path, chosen in edits.items()}
        bad = {
            path
            for path, text in texts.items()
            if not keeps_shape(parse(text_of(path)), parse(text), text_of(path), text)
        }
        if not bad:
            return Plan(texts, fixes, frozenset(blocked), renames)
        blocked |= bad


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with `edits` made; they must not overlap.

    >>> from doclint.model import Edit, Span
    >>> apply("abc", [Edit(Span(1, 2), "X")])
    'aXc'
    """
    pieces = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


def keeps_shape(before: Parsed, after: Parsed, old: str, new: str) -> bool:
    """Tell whether a page keeps its lines, its blocks, and its links but for those on lines that changed."""
    old_lines, new_lines = LINE_END.split(old), LINE_END.split(new)
    if len(old_lines) != len(new_lines) or before.blocks != after.blocks or len(before.links) != len(after.links):
        return False
    changed = {number for number, (one, other) in enumerate(zip(old_lines, new_lines, strict=True)) if one != other}
    lines = LineMap(old)
    for link, twin in zip(before.links, after.links, strict=True):
        first, last = lines.line_of(link.span.start) - 1, lines.line_of(link.span.end) - 1
        touched = not changed.isdisjoint(range(first, last + 1))
        if link.kind is not twin.kind or (link.destination != twin.destination and not touched):
            return False
    return True


def _choose(
    wanted: Sequence[Finding], blocked: Collection[str]
) -> tuple[dict[str, list[Edit]], dict[str, int], dict[Rename, frozenset[str]]]:
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    taken: defaultdict[str, set[int]] = defaultdict(set)
    fixes: defaultdict[str, int] = defaultdict(int)
    renames: dict[Rename, frozenset[str]] = {}
    for finding in wanted:
        if finding.fix is None:
            continue
        by_path = [(edit.path or finding.path, edit) for edit in finding.fix.edits]
        if any(path in blocked for path, _ in by_path):
            continue
        # An insertion takes the place in front of which it stands.
        places = [(path, range(edit.span.start, max(edit.span.end, edit.span.start + 1))) for path, edit in by_path]
        if any(not taken[path].isdisjoint(place) for path, place in places):
            continue
        for (path, edit), (_, place) in zip(by_path, places, strict=True):
            edits[path].append(edit)
            taken[path].update(place)
        pages = frozenset(path for path, _ in by_path)
        for path in pages:
            fixes[path] += 1
        renames |= dict.fromkeys(finding.fix.renames, pages)
    return dict(edits), dict(fixes), renames
