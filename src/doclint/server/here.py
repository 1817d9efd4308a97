"""What stands at a place of a page: a link, the use of a reference, a heading or another anchor."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.lines import DiskMap, LineMap
from doclint.model import AnchorKind, InRepo, Outside, Repaired, SamePage, Span
from doclint.tree import Standing
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Anchor, Definition, Link, Page, Target
    from doclint.server.folder import Folder

_LINE_OF_FILE = re.compile(r"(?i)L(\d+)")
# What is between brackets, without brackets in it; a backslash takes the bracket behind it along.
_BRACKETS = re.compile(r"\[((?:\\.|[^\[\]\\])+)\](\[\])?")


class LinkHere(Value):
    """A link at a place.

    Attributes:
        span: The whole construct, in the text on the screen.
        destination_span: The destination as written, in the same text.
        link: The link after what is certain is repaired.
        target: What it means.
    """

    span: Span
    destination_span: Span
    link: Link
    target: Target


_TOP = Span(0, 0)


class Goal(Value):
    """A place in a file that a link leads to; `anchor` is the anchor there, if the link names one that is there."""

    path: str
    span: Span = _TOP
    anchor: Anchor | None = None
    line: int | None = None


def links(folder: Folder, name: str) -> Iterator[LinkHere]:
    """Yield the links of a page as they are on the screen."""
    page, index = folder.page(name), folder.index
    shown = folder.parsed(name).links
    # Repair changes no links, only what they say.
    repaired = page.parsed.links if len(page.parsed.links) == len(shown) else shown
    for link, after in zip(shown, repaired, strict=True):
        yield LinkHere(link.span, link.destination_span, after, index.target(page, after))


def link_at(folder: Folder, name: str, offset: int) -> LinkHere | None:
    """Return the innermost link at a place, the definition of a reference among them."""
    found = [link for link in links(folder, name) if link.span.start <= offset <= link.span.end]
    return min(found, key=lambda link: link.span.end - link.span.start, default=None)


def definition_at(folder: Folder, name: str, offset: int) -> Definition | None:
    """Return the definition of the reference that is used at a place: `[text][label]`, `[label][]` or `[label]`."""
    parsed = folder.parsed(name)
    starts = [span.start for span in parsed.code]
    before = bisect_right(starts, offset) - 1
    if before >= 0 and offset < parsed.code[before].end:
        return None
    by_label = {_folded(definition.label): definition for definition in reversed(parsed.definitions)}
    text = folder.text(name)
    line = LineMap(text).span_of_line(LineMap(text).line_of(offset))
    found = list(_BRACKETS.finditer(text, line.start, line.end))
    for number, match in enumerate(found):
        if match.start() <= offset <= match.end():
            # In `[text][label]` the second says which definition is meant, wherever the cursor is.
            following = found[number + 1] if number + 1 < len(found) else None
            if following is not None and following.start() == match.end() and _folded(following[1]) in by_label:
                return by_label[_folded(following[1])]
            return by_label.get(_folded(match[1]))
    return None


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def goal_of(folder: Folder, page: Page, target: Target) -> Goal | None:
    """Return where a target of a page leads to; None where that is no file of the repository."""
    index = folder.index
    if not isinstance(target, InRepo | SamePage) or isinstance(target, Outside):
        return None
    if isinstance(target, SamePage):
        return _in_page(folder, page.path, target.fragment)
    found = index.look_up(target)
    path: str | None = found.path
    if found.standing is Standing.FOLDER:
        path = index.tree.readmes.get(found.path)
    elif found.standing not in (Standing.FILE, Standing.WRONG_CASE, Standing.UNTRACKED):
        return None
    if path is None or (path in index.tree.folders and path not in index.files.tracked):
        return None
    return _in_page(folder, path, target.fragment or "")


def _in_page(folder: Folder, path: str, fragment: str) -> Goal:
    if not fragment:
        return Goal(path)
    if match := _LINE_OF_FILE.match(fragment):
        return Goal(path, line=int(match[1]) - 1)
    for table, repaired in ((folder.index.anchors(path), True), (folder.index.anchors_on_disk(path), False)):
        anchor = table.find(fragment) if table is not None else None
        if anchor is not None:
            span = on_screen(folder.index.pages[path], anchor.span) if repaired else anchor.span
            return Goal(path, span, anchor)
    return Goal(path)


def on_screen(page: Page, span: Span) -> Span:
    """Return where a stretch of a page's repaired text is in the text that is there."""
    return DiskMap(page.content.edits).on_disk(span) if isinstance(page.content, Repaired) else span


def anchor_at(folder: Folder, name: str, offset: int) -> Anchor | None:
    """Return the anchor, after repair, whose heading or id stands on the line of a place."""
    table, page = folder.index.anchors(name), folder.page(name)
    if table is None:
        return None
    lines = LineMap(folder.text(name))
    line = lines.line_of(offset)
    for anchor in table.anchors:
        span = on_screen(page, anchor.span)
        if anchor.kind is AnchorKind.HEADING and lines.line_of(span.start) <= line <= lines.line_of(span.end):
            return anchor
        if span.start <= offset <= span.end:
            return anchor
    return None
