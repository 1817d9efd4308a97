"""What one link means, what is there under a path, and which anchors a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from doclint.anchor_table import AnchorTable
from doclint.bundles import Pages
from doclint.formats import Format, format_of
from doclint.model import FileKind, Files, InRepo, Link, Page, Parsed, Repaired, SamePage, Target
from doclint.slug import HTML, Flavour
from doclint.tree import Found, Standing, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from doclint.areas import Areas
    from doclint.history import History, Trace
    from doclint.resolve import Site
    from doclint.targets import Targets


_Kind = Literal["repaired", "on disk", "proposed"] | Flavour
"""Which anchors of a page: those of its texts, or those of the repaired text as another host makes them."""


class Lookups:
    """What can be looked up of one link, one path and one page; nothing in it but the history reads the disk.

    Args:
        files: What there is.
        pages: The pages that were read: those to report on, and those that they point into.
        areas: Which host shows which folder.
        targets: What destinations mean.
        history: What git remembers, which is asked when a rule asks it.
    """

    def __init__(
        self, files: Files, pages: Mapping[str, Page], areas: Areas, targets: Targets, history: History
    ) -> None:
        self.files = files
        self.tree = Tree(files)
        self.pages = pages if isinstance(pages, Pages) else Pages(pages)
        self.areas = areas
        self.targets = targets
        self.history = history
        self._tables: dict[str, dict[_Kind, AnchorTable | None]] = {}

    @property
    def site(self) -> Site | None:
        """The repository on github.com, if it is one."""
        return self.targets.site

    def target(self, page: Page, link: Link) -> Target:
        """Return what a link of `page` means."""
        return self.targets.target(page.path, link)

    def flavour(self, path: str) -> Flavour:
        """Return the host that shows a page; a page of HTML is the same on each."""
        return HTML if format_of(path) is Format.HTML else self.targets.area(path).flavour

    def look_up(self, target: InRepo) -> Found:
        """Return what is there under the path of `target`."""
        for other in target.others:
            if self.files.tracked.get(other) is FileKind.FILE:
                return Found(Standing.FILE, other)
        found = self.tree.look_up(target.path, folder=target.folder)
        if found.standing is not Standing.MISSING:
            return self.tree.in_any_case(found) if target.any_case else found
        if not target.judged:
            return Found(Standing.NOT_JUDGED, found.path)
        twins = {twin for other in target.others for twin in self.tree.twins(other) if twin in self.files.tracked}
        found = Found(Standing.WRONG_CASE, twins.pop()) if len(twins) == 1 else found
        return self.tree.in_any_case(found) if target.any_case else found

    def moved_from(self, target: InRepo) -> list[Trace]:
        """Return where the files, or the folder, that `target` once meant are now, as far as they are there."""
        path = next(filter(self.history.left, target.others), target.path)
        files = [trace for trace in self.history.went(path) if trace.path in self.files.tracked]
        return files or [trace for trace in self.history.folder_went(target.path) if trace.path in self.tree.folders]

    def meant_before_moving(self, page: Page, link: Link) -> list[str]:
        """Return what a link of a page that git saw move meant at the page's old place, as far as that is there."""
        origin = self.history.came_from(page.path)
        before = self.targets.target(origin, link) if origin is not None else None
        if not isinstance(before, InRepo) or before == self.target(page, link):
            return []
        found = self.look_up(before)
        if found.standing in (Standing.FILE, Standing.FOLDER):
            return [found.path]
        return [trace.path for trace in self.moved_from(before) if trace.certain]

    def page_of(self, page: str, target: Target) -> str | None:
        """Return the page that a fragment of `target` is looked up in, which a link of the page at `page` means.

        None where there is no such page.
        """
        match target:
            case SamePage():
                return page
            case InRepo():
                found = self.look_up(target)
                if found.standing is Standing.FOLDER:
                    return self.tree.readmes.get(found.path)
                return found.path if found.standing is Standing.FILE else None
            case _:
                return None

    def anchors(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page as it will be after repair; None when it was not, or cannot be, read."""
        return self._table(path, "repaired", lambda page: page.parsed)

    def anchors_on_disk(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page before repair."""
        page = self.pages.get(path)
        if page is None or page.as_on_disk is None:
            return self.anchors(path)
        return self._table(path, "on disk", lambda page: page.as_on_disk)

    def proposed_anchors(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page after all repairs, also the UNSAFE ones; None where there are no such."""
        return self._table(path, "proposed", lambda page: page.proposed)

    def written(self, page: Page, link: Link) -> str:
        """Return the destination of a link as it is written in the page's repaired text."""
        return link.destination_span.of(page.content.text) if isinstance(page.content, Repaired) else ""

    def anchors_elsewhere(self, path: str, flavour: Flavour) -> AnchorTable | None:
        """Return the anchors of a page after repair as another host makes them."""
        return self._table(path, flavour, lambda page: page.parsed)

    def _table(self, path: str, kind: _Kind, parse_of: Callable[[Page], Parsed | None]) -> AnchorTable | None:
        """Return a table of a page, which is made on first use; None where there is no such parse of it."""
        tables = self._tables.setdefault(path, {})
        if kind not in tables:
            page = self.pages.get(path)
            parsed = parse_of(page) if page is not None and isinstance(page.content, Repaired) else None
            flavour = kind if isinstance(kind, Flavour) else self.flavour(path)
            tables[kind] = AnchorTable(flavour.anchors(parsed.marks), flavour) if parsed is not None else None
        return tables[kind]
