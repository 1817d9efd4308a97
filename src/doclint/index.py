"""All pages to `RepoIndex`: what each link means, what is there, which anchors each page has."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.anchor_table import AnchorTable
from doclint.formats import Format, format_of
from doclint.history import History, Trace
from doclint.model import (
    FileKind,
    Files,
    InRepo,
    Link,
    LinkKind,
    Outside,
    Page,
    Parsed,
    Repaired,
    SamePage,
    Target,
    Web,
)
from doclint.moves import upward
from doclint.name_links import Spelled, spelled_in
from doclint.names import Names
from doclint.resolve import Site, resolve
from doclint.sites import is_part, takes_in_others
from doclint.slug import HTML, Flavour
from doclint.tree import Found, Standing, Tree
from doclint.value import replace
from doclint.wiki_names import WikiNames

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from doclint.areas import Areas
    from doclint.named_files import NamedFiles


class Fragment(Enum):
    """What a fragment finds in its target."""

    THERE = "there"
    MOVES = "there until the page is repaired"
    MISSING = "missing"
    UNKNOWN = "cannot be judged"


class RepoIndex:
    """What the rules may ask. Built anew for each round of fixes; nothing in it but the history reads the disk.

    Args:
        files: What there is.
        pages: The pages that were read: those to report on, and those that they point into.
        areas: Which host shows which folder.
        site: The repository on github.com, if it is one.
        line_counts: The number of lines of files that links point into by line.
        names: The damaged names of files and folders.
        history: What git remembers, which is asked when a rule asks it.
        named_files: Which images and pages the repository's files name; None when no rule asks.
    """

    def __init__(  # noqa: PLR0913 - what there is, and what is known of it
        self,
        files: Files,
        pages: Mapping[str, Page],
        areas: Areas,
        site: Site | None = None,
        line_counts: Mapping[str, int] | None = None,
        *,
        names: Names | None = None,
        history: History | None = None,
        named_files: NamedFiles | None = None,
    ) -> None:
        self.files = files
        self.tree = Tree(files)
        self.pages = pages
        self.areas = areas
        self.line_counts = line_counts or {}
        self.names = names or Names(files, {})
        self.history = history or History()
        self.named_files = named_files
        self.site = site
        self._tables: dict[str, AnchorTable | None] = {}
        self._tables_on_disk: dict[str, AnchorTable | None] = {}
        self._tables_elsewhere: dict[tuple[str, str], AnchorTable] = {}
        self._tables_proposed: dict[str, AnchorTable | None] = {}

    def target(self, page: Page, link: Link) -> Target:
        """Return what a link of `page` means."""
        if link.kind is LinkKind.WIKI:
            return self._wiki_names.target(page.path, link.destination)
        target = resolve(page.path, link.destination, self.site, self.areas.of(page.path))
        if format_of(page.path) is Format.RST and link.kind is not LinkKind.IMAGE and self._is_of_sphinx(page.path):
            # To Sphinx a link is an address of the site that it builds; only images are files.
            match target:
                case InRepo():
                    return replace(target, judged=False)
                case Outside(path):
                    return Web(path)
                case _:
                    pass
        return target

    def flavour(self, path: str) -> Flavour:
        """Return the host that shows a page; a page of HTML is the same on each."""
        return HTML if format_of(path) is Format.HTML else self.areas.of(path).flavour

    def look_up(self, target: InRepo) -> Found:
        """Return what is there under the path of `target`."""
        for other in target.others:
            if self.files.tracked.get(other) is FileKind.FILE:
                return Found(Standing.FILE, other)
        found = self.tree.look_up(target.path, folder=target.folder)
        if found.standing is not Standing.MISSING:
            return found
        if not target.judged:
            return Found(Standing.NOT_JUDGED, found.path)
        twins = {twin for other in target.others for twin in self.tree.twins(other) if twin in self.files.tracked}
        return Found(Standing.WRONG_CASE, twins.pop()) if len(twins) == 1 else found

    def moved_from(self, target: InRepo) -> list[Trace]:
        """Return where the files, or the folder, that `target` once meant are now, as far as they are there."""
        path = next(filter(self.history.left, target.others), target.path)
        files = [trace for trace in self.history.went(path) if trace.path in self.files.tracked]
        return files or [trace for trace in self.history.folder_went(target.path) if trace.path in self.tree.folders]

    def meant_before_moving(self, page: Page, link: Link) -> list[str]:
        """Return what a link of a page that git saw move meant at the page's old place, as far as that is there."""
        origin = self.history.came_from(page.path)
        before = resolve(origin, link.destination, self.site, self.areas.of(origin)) if origin is not None else None
        if not isinstance(before, InRepo) or before == self.target(page, link):
            return []
        found = self.look_up(before)
        if found.standing in (Standing.FILE, Standing.FOLDER):
            return [found.path]
        return [trace.path for trace in self.moved_from(before) if trace.certain]

    def page_of(self, page: Page, target: Target) -> str | None:
        """Return the page that a fragment of `target` is looked up in; None where there is no such page."""
        match target:
            case SamePage():
                return page.path
            case InRepo():
                found = self.look_up(target)
                if found.standing is Standing.FOLDER:
                    return self.tree.readmes.get(found.path)
                return found.path if found.standing is Standing.FILE else None
            case _:
                return None

    def anchors(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page as it will be after repair; None when it was not, or cannot be, read."""
        return self._table(self._tables, path, lambda page: page.parsed)

    def anchors_on_disk(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page before repair."""
        page = self.pages.get(path)
        if page is None or page.as_on_disk is None:
            return self.anchors(path)
        return self._table(self._tables_on_disk, path, lambda page: page.as_on_disk)

    def proposed_anchors(self, path: str) -> AnchorTable | None:
        """Return the anchors of a page after all repairs, also the UNSAFE ones; None where there are no such."""
        return self._table(self._tables_proposed, path, lambda page: page.proposed)

    def fragment(self, page: Page, target: Target) -> Fragment:
        """Return what the fragment of `target`, a target of `page`, finds."""
        fragment = target.fragment if isinstance(target, InRepo | SamePage) else None
        if fragment is None or self.flavour(page.path).always_there(fragment):
            return Fragment.THERE
        if isinstance(target, InRepo) and self.look_up(target).standing not in (
            Standing.FILE,
            Standing.FOLDER,
            Standing.NOT_JUDGED,
        ):
            # That is another fault, and another rule speaks of it.
            return Fragment.THERE
        path = self.page_of(page, target)
        table = self.anchors(path) if path is not None else None
        if path is None or table is None:
            return Fragment.UNKNOWN
        if table.find(fragment):
            return Fragment.THERE
        if self._is_there_elsewhere(page, path, fragment):
            return Fragment.THERE
        if self._has_further_anchors(page, target, path):
            return Fragment.UNKNOWN
        before = self.anchors_on_disk(path)
        return Fragment.MOVES if before and before.find(fragment) else Fragment.MISSING

    def _is_there_elsewhere(self, page: Page, path: str, fragment: str) -> bool:
        """Tell whether the host that shows `page`, or that of the repository, has `fragment` on the page at `path`.

        A README on github.com leads to a page of the site as github.com shows it, and so does a link by its address.
        """
        others = {flavour.name: flavour for flavour in (self.flavour(page.path), self.areas.elsewhere)}
        others.pop(self.flavour(path).name, None)
        return any(self._table_for(path, flavour).find(fragment) for flavour in others.values())

    def _table_for(self, path: str, flavour: Flavour) -> AnchorTable:
        """Return the anchors of a page as another host makes them."""
        key = (path, flavour.name)
        if key not in self._tables_elsewhere:
            self._tables_elsewhere[key] = AnchorTable(flavour.anchors(self.pages[path].parsed.marks), flavour)
        return self._tables_elsewhere[key]

    def _has_further_anchors(self, page: Page, target: Target, path: str) -> bool:
        """Tell whether the page at `path`, which `target` leads to, may have anchors that are not written on it."""
        if self.pages[path].parsed.open_ended:
            return True
        paths = self.areas.of(path).paths
        if paths is None:
            return False
        if isinstance(target, SamePage) and (paths.names or (paths.parts and is_part(page.path))):
            return True
        content = self.pages[path].content
        return isinstance(content, Repaired) and takes_in_others(content.text, paths)

    def written(self, page: Page, link: Link) -> str:
        """Return the destination of a link as it is written in the page's repaired text."""
        return link.destination_span.of(page.content.text) if isinstance(page.content, Repaired) else ""

    @cached_property
    def links_by_target(self) -> Mapping[str, list[tuple[Page, Link, str]]]:
        """For each page: the links with a fragment that lead to it, with their page and fragment."""
        found = defaultdict(list)
        for page in self.pages.values():
            for link in page.parsed.links:
                if "#" not in link.destination:
                    continue
                target = self.target(page, link)
                if isinstance(target, InRepo | SamePage) and target.fragment and (path := self.page_of(page, target)):
                    found[path].append((page, link, target.fragment))
        return found

    @cached_property
    def linked(self) -> frozenset[str]:
        """The files that a link of another page leads to."""
        found = set()
        for page in self.pages.values():
            for link in page.parsed.links:
                target = self.target(page, link)
                if isinstance(target, InRepo):
                    there = self.look_up(target)
                    path = self.tree.readmes.get(there.path) if there.standing is Standing.FOLDER else there.path
                    if path is not None and path != page.path:
                        found.add(path)
        return frozenset(found)

    def _is_of_sphinx(self, path: str) -> bool:
        """Tell whether a page lies below a configuration of Sphinx."""
        return any(f"{folder}/conf.py".lstrip("/") in self.files.tracked for folder in (*upward(path), ""))

    @cached_property
    def _wiki_names(self) -> WikiNames:
        return WikiNames(self.files.tracked)

    @cached_property
    def links_by_damaged_name(self) -> Mapping[str, Spelled]:
        """For each file or folder whose name is damaged and can be mended: the links that spell that name."""
        return spelled_in(self.pages.values(), self.names, self.areas, self.site) if self.names.by_path else {}

    def _table(
        self, tables: dict[str, AnchorTable | None], path: str, parse_of: Callable[[Page], Parsed | None]
    ) -> AnchorTable | None:
        """Return the table of a page in `tables`, which is made on first use."""
        if path not in tables:
            page = self.pages.get(path)
            parsed = parse_of(page) if page is not None and isinstance(page.content, Repaired) else None
            flavour = self.flavour(path)
            tables[path] = AnchorTable(flavour.anchors(parsed.marks), flavour) if parsed is not None else None
        return tables[path]
