"""What a heading is called now: an older text of its page beside the present one, line by line.

The lines of the two texts that are equal, blank ones left out, are the fixed points between which something changed.
Where one anchor went and one came between the same two fixed points, the second stands in the place of the first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint.anchor_table import AnchorTable
from doclint.lines import LINE_END, LineMap
from doclint.model import Repaired
from doclint.parse import parse
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from doclint.index import RepoIndex
    from doclint.model import Anchor
    from doclint.slug import Flavour

_MOST_LINES = 2_000
"""Between the first and the last line that differ; with more the comparison would take seconds."""

_MOST_SEARCHES = 8
"""So often a text is searched for words; to parse it once is cheaper than to search it for every lost link."""

_WORD = re.compile(r"\w+")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")


class Counterpart(Value):
    """The anchor in the place of another; `certain` when nothing but the heading itself changed there."""

    name: str
    certain: bool


def successor(repo: RepoIndex, path: str, fragment: str) -> Counterpart | None:
    """Return what stands now in the place of the anchor `fragment`, which the page `path` had in an older text."""
    page, table = repo.pages.get(path), repo.anchors(path)
    if page is None or table is None or not isinstance(page.content, Repaired):
        return None
    for text in repo.history.texts(path):
        older = _older(path, text, repo.flavour(path))
        if older.may_have(fragment) and (anchor := older.table.find(fragment)) is not None:
            return older.counterparts(page.content.text, table).get(anchor)
    return None


@lru_cache(maxsize=64)
def _older(path: str, text: str, flavour: Flavour) -> _Older:
    """Many links may be lost on one page."""
    return _Older(path, text, flavour)


class _Older:
    """An older text of a page, which is parsed only when it may have what is asked for."""

    def __init__(self, path: str, text: str, flavour: Flavour) -> None:
        self._path = path
        self._text = text
        self._flavour = flavour
        self._questions = 0
        self._counterparts: tuple[str, AnchorTable, Mapping[Anchor, Counterpart]] | None = None

    @cached_property
    def table(self) -> AnchorTable:
        """The anchors of the text."""
        return AnchorTable(self._flavour.anchors(parse(self._text, self._path, whole=False).marks), self._flavour)

    def may_have(self, fragment: str) -> bool:
        """Tell whether the text could have an anchor: all its words on one line. After some questions it is parsed."""
        self._questions += 1
        return self._questions > _MOST_SEARCHES or _may_hold(self._lowered, fragment)

    @cached_property
    def _lowered(self) -> str:
        return self._text.casefold()

    def counterparts(self, text: str, table: AnchorTable) -> Mapping[Anchor, Counterpart]:
        """Return what stands in the place of which anchor on the present page, `text` with the anchors `table`."""
        known = self._counterparts
        if known is None or known[0] != text or known[1] is not table:
            known = self._counterparts = (text, table, counterparts((self._text, self.table), (text, table)))
        return known[2]


def _may_hold(lowered: str, fragment: str) -> bool:
    # A number at the end may be the host's own count.
    words = _WORD.findall(re.sub(r"-\d+\Z", "", unquote(fragment).casefold()))
    if not all(word in lowered for word in words):
        return False
    return any(all(word in line for word in words) for line in LINE_END.split(lowered))


def counterparts(before: tuple[str, AnchorTable], after: tuple[str, AnchorTable]) -> Mapping[Anchor, Counterpart]:
    """Return for the anchors of an older text that are gone what stands in their place, where that is one anchor.

    Where a line is still there, and its heading only counted otherwise, nobody knows which of its equals was meant.

    Args:
        before: An older text of the page, and its anchors.
        after: The present text and its anchors.
    """
    (old_text, old), (new_text, new) = before, after
    gone, come = _by_line(old, old_text, new), _by_line(new, new_text, old)
    found = {}
    for old_lines, new_lines in _changed(_lines(old_text), _lines(new_text)):
        went = [anchor for number, _ in old_lines for anchor in gone.get(number, ())]
        came = [anchor for number, _ in new_lines for anchor in come.get(number, ())]
        if len(went) == len(came) == 1 and went[0].kind is came[0].kind and came[0].name in new.reachable:
            found[went[0]] = Counterpart(came[0].name, _one_heading(old_lines) and _one_heading(new_lines))
    return found


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


def _by_line(table: AnchorTable, text: str, other: AnchorTable) -> Mapping[int, list[Anchor]]:
    """Return the anchors of `text` that `other` does not have, by their lines."""
    places = LineMap(text)
    found = defaultdict(list)
    for anchor in table.anchors:
        if anchor.name not in other.reachable:
            found[places.line_of(anchor.span.start)].append(anchor)
    return found


def _one_heading(lines: _Lines) -> bool:
    """Tell whether these are one line, or one line and what underlines it."""
    return len(lines) == 1 or (len(lines) == 2 and _UNDERLINE.fullmatch(lines[1][1]) is not None)
