"""New names: of a heading, with the links to it, and of files and folders, with the links to them and in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.companions import fragment_edit
from doclint.follow import Plan, Shelf
from doclint.lines import LINE_END, DiskMap, apply_edits
from doclint.model import AnchorKind, Edit, Heading, LinkKind, Repaired, Span, UsageError
from doclint.moves import Relocation, Relocations
from doclint.server.edits import Changes, editable, in_order
from doclint.server.navigation import heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doclint.index import RepoIndex
    from doclint.model import Anchor, Link, Page, Parsed, Source, Unreadable
    from doclint.server.folder import Folder


def renamable(folder: Folder, name: str, offset: int) -> tuple[Span, str] | None:
    """Return the text of the heading at a place and where it is; None where there is no heading to rename.

    On a link that leads to a heading that is the heading, wherever it is.
    """
    goal = heading(folder, name, offset)
    if goal is None or goal.anchor is None or goal.anchor.kind is not AnchorKind.HEADING or goal.path != name:
        return None
    return goal.span, goal.span.of(folder.text(name))


def rename_heading(folder: Folder, name: str, offset: int, title: str) -> Changes:
    """Return what gives the heading at a place, or the one that the link there leads to, another text.

    Every link to an anchor that changes follows: also to other headings of the page, which may be counted anew.

    Raises:
        UsageError: There is no heading, or its text would make no heading.
    """
    goal = heading(folder, name, offset)
    if goal is None or goal.anchor is None or goal.anchor.kind is not AnchorKind.HEADING:
        raise UsageError("there is no heading here to rename")
    title = title.strip()
    if not title or LINE_END.search(title):
        raise UsageError("a heading is one line of text; give it a name")
    page, index = folder.page(goal.path), folder.index
    edit = Edit(goal.span, title)
    before, after = folder.parsed(goal.path), folder.parse(apply_edits(folder.text(goal.path), [edit]), goal.path)
    if _headings(before) != _headings(after):
        raise UsageError(f"{title!r} would make no heading, or several")
    flavour = index.flavour(goal.path)
    pairs = list(zip(flavour.anchors(before.marks), flavour.anchors(after.marks), strict=False))
    edits: dict[str, set[Edit]] = {goal.path: {edit}}
    for other, link, old, new in _following(folder, page, pairs):
        found = _follow(other, link, old, new, title)
        if found is not None:
            edits.setdefault(other.path, set()).add(found)
    return editable(folder, Changes({path: in_order(found) for path, found in edits.items()}))


def _headings(parsed: Parsed) -> int:
    return sum(isinstance(mark, Heading) for mark in parsed.marks)


def _following(
    folder: Folder, page: Page, pairs: Iterable[tuple[Anchor, Anchor]]
) -> Iterator[tuple[Page, Link, Anchor, Anchor]]:
    """Yield the links to the anchors that get another name, with the anchor before and after."""
    moved = {name: (old, new) for old, new in pairs if old.name != new.name for name in (old.name, *old.aliases)}
    table, flavour = folder.index.anchors_on_disk(page.path), folder.index.flavour(page.path)
    if not moved or table is None:
        return
    for other, link, fragment in folder.index.links_to(page.path):
        lookup = next((lookup for lookup in flavour.lookups(fragment) if table.find(lookup) is not None), None)
        found = table.find(fragment) if lookup is not None else None
        if found is not None and found.name in moved:
            yield other, link, *moved[found.name]


def _follow(page: Page, link: Link, old: Anchor, new: Anchor, title: str) -> Edit | None:
    """Return the edit that lets a link follow; None where it stands in damage that is to be repaired first."""
    if not isinstance(page.content, Repaired):
        return None
    disk = DiskMap(page.content.edits)
    if link.kind is LinkKind.WIKI:
        # A wiki link names a heading by its text.
        written = link.destination_span.of(page.content.text)
        mark = written.find("#")
        end = written.find("|", mark) if "|" in written[mark:] else len(written)
        if old.name == new.name or mark < 0:
            return None
        return Edit(disk.on_disk(Span(mark + 1, end).shifted(link.destination_span.start)), title)
    edit = fragment_edit(page, link, new.name, disk)
    return None if edit is None else Edit(edit.span, edit.text)


def rename_files(folder: Folder, moves: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield, page by page, what lets every link follow when files or folders go elsewhere.

    The edits are of the pages at their old places; the move itself is for the editor to make. Many pages take a while,
    so the caller may do something else in between.

    Args:
        folder: The folder.
        moves: Old and new paths.

    Raises:
        UsageError: A link cannot follow; then none should.
    """
    index = folder.index
    place = Relocations(tuple(Relocation(old, new) for old, new in moves if old != new))
    shelf = Shelf(lambda path: _source(index, path), lambda text, path: _parse(folder, text, path), folder.spelled)
    wiki_links = folder.survey.settings.wiki_links
    plan = Plan(index.files, place, index.areas, folder.site, shelf, wiki_links=wiki_links)
    for page in plan.rewritten(sorted(index.pages)) if place.each else ():
        if folder.index is not index:
            raise UsageError("a page was changed meanwhile; do it once more")
        yield page.source.path, in_order(page.edits)


def _source(index: RepoIndex, path: str) -> Source | Unreadable:
    content = index.pages[path].content
    return content.source if isinstance(content, Repaired) else content


def _parse(folder: Folder, text: str, path: str) -> Parsed:
    return folder.parsed(path) if text is folder.text(path) else folder.parse(text, path)
