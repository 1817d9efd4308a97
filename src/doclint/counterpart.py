"""What a heading is called now: an older text of its page beside the present one, line by line.

The lines of the two texts that are equal, blank ones left out, are the fixed points between which something changed.
Where one anchor went and one came between the same two fixed points, the second stands in the place of the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint.anchor_table import AnchorTable
from doclint.lines import LINE_END, LineMap
from doclint.model import Repaired
from doclint.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.index import RepoIndex
    from doclint.model import Anchor
    from doclint.slug import Flavour

_MOST_LINES = 2_000
"""Between the first and the last line that differ; with more the comparison would take seconds."""

_WORD = re.compile(r"\w+")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The anchor in the place of another; `certain` when nothing but the heading itself changed there."""

    name: str
    certain: bool


def successor(repo: RepoIndex, path: str, fragment: str) -> Counterpart | None:
    """Return what stands now in the place of the anchor `fragment`, which the page `path` had in an older text."""
    page, table = repo.pages.get(path), repo.anchors(path)
    if page is None or table is None or not isinstance(page.content, Repaired):
        return None
    for text in repo.history.texts(path):
        if _may_hold(text, fragment) and (before := _table(path, text, repo.flavour(path))).find(fragment) is not None:
            return counterpart(fragment, (text, before), (page.content.text, table))
    return None


@lru_cache(maxsize=64)
def _table(path: str, text: str, flavour: Flavour) -> AnchorTable:
    """Many links may be lost on one page."""
    return AnchorTable(flavour.anchors(parse(text, path).marks), flavour)


def _may_hold(text: str, fragment: str) -> bool:
    """Tell, before anything is parsed, whether a page could have the anchor `fragment`: all its words on one line."""
    # A number at the end may be the host's own count.
    words = _WORD.findall(re.sub(r"-\d+\Z", "", unquote(fragment).casefold()))
    lowered = text.casefold()
    if not all(word in lowered for word in words):
        return False
    return any(all(word in line for word in words) for line in LINE_END.split(lowered))


def counterpart(fragment: str, before: tuple[str, AnchorTable], after: tuple[str, AnchorTable]) -> Counterpart | None:
    """Return the anchor that stands where `fragment` led, if there is exactly one.

    Args:
        fragment: As written, without `#`.
        before: An older text of the page, in which `fragment` leads somewhere, and its anchors.
        after: The present text and its anchors.
    """
    (old_text, old), (new_text, new) = before, after
    anchor = old.find(fragment)
    old_lines, new_lines = _lines(old_text), _lines(new_text)
    if anchor is None:
        return None
    line = LineMap(old_text).line_of(anchor.span.start)
    for gone, come in _changed(old_lines, new_lines):
        if line not in {number for number, _ in gone}:
            continue
        went = _within(old, old_text, gone, new)
        came = _within(new, new_text, come, old)
        if went != [anchor] or len(came) != 1 or anchor.kind is not came[0].kind or came[0].name not in new.names:
            return None
        return Counterpart(came[0].name, _one_heading(gone) and _one_heading(come))
    # The line is still there, and the heading is only counted otherwise: which of its equals was meant, nobody knows.
    return None


_Lines = list[tuple[int, str]]


def _lines(text: str) -> _Lines:
    """Return the lines that are not blank, with their numbers from 1."""
    return [(number, line) for number, line in enumerate(LINE_END.split(text), 1) if line.strip()]


def _changed(old: _Lines, new: _Lines) -> Iterable[tuple[_Lines, _Lines]]:
    """Yield what was replaced by what."""
    head = 0
    while head < min(len(old), len(new)) and old[head][1] == new[head][1]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail][1] == new[-1 - tail][1]:
        tail += 1
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(old), len(new)) > _MOST_LINES:
        return
    matcher = SequenceMatcher(None, [line for _, line in old], [line for _, line in new], autojunk=False)
    for what, first, last, from_, to in matcher.get_opcodes():
        if what == "replace":
            yield old[first:last], new[from_:to]


def _within(table: AnchorTable, text: str, lines: _Lines, other: AnchorTable) -> list[Anchor]:
    """Return the anchors on `lines` that `other` does not have."""
    numbers = {number for number, _ in lines}
    places = LineMap(text)
    names = set(other.names)
    return [
        anchor for anchor in table.anchors if places.line_of(anchor.span.start) in numbers and anchor.name not in names
    ]


def _one_heading(lines: _Lines) -> bool:
    """Tell whether these are one line, or one line and what underlines it."""
    return len(lines) == 1 or (len(lines) == 2 and _UNDERLINE.fullmatch(lines[1][1]) is not None)
