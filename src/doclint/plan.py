"""Findings to edits to new texts; pure, and guarded: a text that would say something else than meant is refused."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, LineMap, apply_edits
from doclint.model import Edit
from doclint.value import Draft, Value, field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from doclint.model import Finding, Fix, Inference, Parsed, Rename, Safety

GUARD = "the fix would change lines, links or blocks that it is not meant to"


class Plan(Value):
    """What one round does.

    Attributes:
        texts: New texts by page.
        fixes: How many fixes went into each.
        refused: The pages that must not change: those that were given, and those whose new text fails the guard.
        withheld: Pages with a fix that was left out because it reaches a refused page, with that page.
        joined: The pages of each fix that changes several.
        renames: Each rename with the pages in which its fix mends links.
        unnamed: Renames whose fix was left out because it reaches a refused page, with that page.
        inferred: The characters on each page that are not certain.
        saved_as: The encodings that pages are to be saved in, where it is another.
    """

    texts: Mapping[str, str]
    fixes: Mapping[str, int]
    refused: frozenset[str]
    withheld: Mapping[str, str] = field(default_factory=dict)
    joined: frozenset[frozenset[str]] = frozenset()
    renames: Mapping[Rename, frozenset[str]] = field(default_factory=dict)
    unnamed: Mapping[Rename, str] = field(default_factory=dict)
    inferred: Mapping[str, Sequence[Inference]] = field(default_factory=dict)
    saved_as: Mapping[str, str] = field(default_factory=dict)


def plan(
    findings: Iterable[Finding],
    level: Safety,
    text_of: Callable[[str], str],
    parse: Callable[[str, str], Parsed],
    refused: Collection[str] = (),
) -> Plan:
    """Choose the fixes that may be made together and make them.

    Args:
        findings: In the order in which their fixes are tried; of two that overlap, the later one waits for the next
            round, unless what they do where they overlap is the same.
        level: The least safety that a fix must have.
        text_of: A page to its text on the disk.
        parse: A text and its page to the parse, for the guard.
        refused: Pages that must not change.

    A fix that touches a refused page is left out whole.
    """
    wanted = [finding for finding in findings if finding.fix is not None and finding.fix.safety >= level]
    blocked = set(refused)
    while True:
        chosen = _choose(wanted, blocked)
        texts = {path: apply_edits(text_of(path), edits) for path, edits in chosen.edits.items()}
        bad = {
            path
            for path, text in texts.items()
            if not _keeps_its_lines(text_of(path), text, chosen.edits[path])
            or not _says_the_same(
                parse(text_of(path), path), parse(text, path), text_of(path), text, chosen.edits[path]
            )
        }
        if not bad:
            return Plan(
                texts,
                chosen.fixes,
                frozenset(blocked),
                chosen.withheld,
                frozenset(chosen.joined),
                chosen.renames,
                chosen.unnamed,
                chosen.inferred,
                chosen.saved_as,
            )
        blocked |= bad


def _keeps_its_lines(old: str, new: str, edits: Iterable[Edit]) -> bool:
    """Tell whether a page has as many lines as before, and those whose ends come back: one at most for each U+FFFD."""
    restored = 0
    for edit in edits:
        damaged = edit.span.of(old)
        restored += min(edit.text.count("\n"), damaged.count("\ufffd"))
    return len(LINE_END.split(new)) == len(LINE_END.split(old)) + restored


def _says_the_same(before: Parsed, after: Parsed, old: str, new: str, edits: Iterable[Edit]) -> bool:
    """Tell whether a page can be understood as before, and keeps its shape, or what it had before it was damaged."""
    if after.fault is not None and before.fault is None:
        return False
    return any(_brings_back(old, edit) for edit in edits) or keeps_shape(before, after, old, new)


def _brings_back(old: str, edit: Edit) -> bool:
    """Tell whether an edit brings back ASCII that a two-byte code page took for half of a character.

    That may be a bracket of a link or a mark of a block, which come back with it.
    """
    damaged = edit.span.of(old)
    return damaged != "" and not any(map(str.isascii, damaged)) and any(map(str.isascii, edit.text))


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


class _Chosen(Draft):
    """The fixes that are made in one round; see `Plan`."""

    edits: defaultdict[str, set[Edit]] = field(default_factory=lambda: defaultdict(set))
    fixes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    withheld: dict[str, str] = field(default_factory=dict)
    joined: set[frozenset[str]] = field(default_factory=set)
    renames: dict[Rename, frozenset[str]] = field(default_factory=dict)
    unnamed: dict[Rename, str] = field(default_factory=dict)
    inferred: defaultdict[str, list[Inference]] = field(default_factory=lambda: defaultdict(list))
    saved_as: dict[str, str] = field(default_factory=dict)

    def note(self, page: str, fix: Fix, paths: frozenset[str]) -> None:
        """Note a fix of a finding on `page` whose edits were chosen, and which changes `paths`."""
        for path in paths:
            self.fixes[path] += 1
        if len(paths) > 1:
            self.joined.add(paths)
        if fix.saved_as:
            self.saved_as[page] = fix.saved_as
        self.renames |= dict.fromkeys(fix.renames, paths)


def _choose(wanted: Sequence[Finding], blocked: Collection[str]) -> _Chosen:
    chosen = _Chosen()
    taken: defaultdict[str, set[int]] = defaultdict(set)
    for finding in wanted:
        if finding.fix is None:
            continue
        edits = {(edit.path or finding.path, Edit(edit.span, edit.text)): edit.inferred for edit in finding.fix.edits}
        paths = frozenset(path for path, _ in edits)
        if at_fault := sorted(paths.intersection(blocked)):
            chosen.withheld |= dict.fromkeys(paths.difference(blocked), at_fault[0])
            chosen.unnamed |= dict.fromkeys(finding.fix.renames, at_fault[0])
            continue
        # What another fix does already need not be done again; two insertions at one place are two, though.
        edits = {
            (path, edit): inferred
            for (path, edit), inferred in edits.items()
            if edit not in chosen.edits[path] or edit.span.start == edit.span.end
        }
        # An insertion takes the place in front of which it stands.
        places = [(path, range(edit.span.start, max(edit.span.end, edit.span.start + 1))) for path, edit in edits]
        if any(not taken[path].isdisjoint(place) for path, place in places):
            continue
        for (path, edit), inferred in edits.items():
            chosen.edits[path].add(edit)
            if inferred:
                chosen.inferred[path] += inferred
        for path, place in places:
            taken[path].update(place)
        chosen.note(finding.path, finding.fix, paths)
    return chosen
