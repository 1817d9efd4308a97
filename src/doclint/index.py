"""All pages to `RepoIndex`: which files there are, which folders follow from them, which anchors each page has."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint.history import History, Trace
from doclint.model import (
    Anchor,
    AnchorKind,
    FileKind,
    Files,
    InRepo,
    Link,
    Page,
    Parsed,
    Repaired,
    SamePage,
    Target,
)
from doclint.name_links import Spelled, spelled_in
from doclint.names import Names
from doclint.resolve import Site, resolve
from doclint.sites import is_part, takes_in_others

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from doclint.areas import Areas
    from doclint.slug import Flavour

_READMES = ("readme.md", "readme.markdown", "readme.mdown", "readme.mkdn", "readme.mkd")


class Standing(Enum):
    """What is there under a path."""

    FILE = "file"
    FOLDER = "folder"
    WRONG_CASE = "another letter case, or another normal form of Unicode"
    UNTRACKED = "on the disk, but not tracked"
    IN_SUBMODULE = "inside a submodule"
    BEHIND_SYMLINK = "behind a symbolic link to a folder"
    MISSING = "missing"
    NOT_JUDGED = "an address that only the site's build can tell"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to "what is there?"; `path` is the real one where it differs in letter case."""

    standing: Standing
    path: str


class Fragment(Enum):
    """What a fragment finds in its target."""

    THERE = "there"
    MOVES = "there until the page is repaired"
    MISSING = "missing"
    UNKNOWN = "cannot be judged"


class AnchorTable:
    """The anchors of one page, looked up as the host looks them up."""

    def __init__(self, anchors: tuple[Anchor, ...], flavour: Flavour) -> None:
        self.anchors = anchors
        self._flavour = flavour
        self._by_name = {alias: anchor for anchor in reversed(anchors) for alias in anchor.aliases}
        self._by_name |= {anchor.name: anchor for anchor in reversed(anchors)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that a link can reach, each once, in order."""
        reachable = self._flavour.reachable
        return tuple(
            dict.fromkeys(
                anchor.name for anchor in self.anchors if anchor.kind is AnchorKind.HEADING or reachable(anchor.name)
            )
        )

    def spelled_alike(self, fragment: str) -> tuple[str, ...]:
        """Return the names that differ from `fragment` only in percent-encoding, letter case or normal form."""
        wanted = _folded(_decoded(fragment))
        return tuple(name for name in self.names if _folded(_decoded(name)) == wanted)

    def find(self, fragment: str) -> Anchor | None:
        """Return the anchor that `fragment`, as written and without `#`, leads to."""
        return next((self._by_name[name] for name in self._flavour.lookups(fragment) if name in self._by_name), None)


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
    ) -> None:
        self.files = files
        self.pages = pages
        self.areas = areas
        self.line_counts = line_counts or {}
        self.names = names or Names(files, {})
        self.history = history or History()
        self.site = site
        self._found: dict[str, Found] = {}
        self._tables: dict[str, AnchorTable | None] = {}
        self._tables_on_disk: dict[str, AnchorTable | None] = {}
        self._tables_elsewhere: dict[tuple[str, str], AnchorTable] = {}
        self._tables_proposed: dict[str, AnchorTable | None] = {}

    def target(self, page: Page, link: Link) -> Target:
        """Return what a link of `page` means."""
        return resolve(page.path, link.destination, self.site, self.areas.of(page.path))

    def flavour(self, path: str) -> Flavour:
        """Return the host that shows a page."""
        return self.areas.of(path).flavour

    def look_up(self, target: InRepo) -> Found:
        """Return what is there under the path of `target`."""
        for other in target.others:
            if self.files.tracked.get(other) is FileKind.FILE:
                return Found(Standing.FILE, other)
        key = f"{target.path}/" if target.folder else target.path
        if key not in self._found:
            self._found[key] = self._look_up(target.path, folder=target.folder)
        found = self._found[key]
        if found.standing is not Standing.MISSING:
            return found
        if not target.judged:
            return Found(Standing.NOT_JUDGED, found.path)
        twins = {twin for other in target.others for twin in self.twins(other) if twin in self.files.tracked}
        return Found(Standing.WRONG_CASE, twins.pop()) if len(twins) == 1 else found

    def spelled_alike(self, path: str, *, folder: bool) -> list[str]:
        """Return the files, or the folders, that `path` names if its percent-encoding is one too many or one too few.

        Letter case and normal forms do not count.
        """
        plain = _decoded(path)
        found = list(self._by_folded_name.get(_folded(plain), ())) if plain != path else []
        found += (other for other in self._by_decoded_name.get(_folded(plain), ()) if other not in found)
        return [other for other in found if not folder or other in self.folders]

    def twins(self, path: str) -> list[str]:
        """Return the files and folders that differ from `path` at most in letter case or normal form."""
        return self._by_folded_name.get(_folded(path), [])

    def moved_from(self, target: InRepo) -> list[Trace]:
        """Return where the files, or the folder, that `target` once meant are now, as far as they are there."""
        path = next(filter(self.history.left, target.others), target.path)
        files = [trace for trace in self.history.went(path) if trace.path in self.files.tracked]
        return files or [trace for trace in self.history.folder_went(target.path) if trace.path in self.folders]

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
                    return self._readmes.get(found.path)
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
    def links_by_damaged_name(self) -> Mapping[str, Spelled]:
        """For each file or folder whose name is damaged and can be mended: the links that spell that name."""
        return spelled_in(self.pages.values(), self.names, self.site) if self.names.by_path else {}

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold a tracked file; "" is the root."""
        return _folders_of(self.files.tracked)

    @cached_property
    def by_basename(self) -> Mapping[str, list[str]]:
        """Lower-cased last part of a name to the tracked files that have it."""
        found = defaultdict(list)
        for path in self.files.tracked:
            found[path.rpartition("/")[2].lower()].append(path)
        return found

    def files_in(self, folder: str) -> list[str]:
        """Return the names of the tracked files right in `folder` ("" is the root)."""
        return self._files_by_folder.get(folder, [])

    @cached_property
    def _files_by_folder(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for path in self.files.tracked:
            folder, _, name = path.rpartition("/")
            found[folder].append(name)
        return found

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

    def _look_up(self, path: str, *, folder: bool) -> Found:
        kind = self.files.tracked.get(path)
        if kind is FileKind.SUBMODULE:
            return Found(Standing.FOLDER, path)
        if kind is not None and not folder:
            return Found(Standing.FILE, path)
        if path in self.folders:
            return Found(Standing.FOLDER, path)
        if (path in self.files.untracked and not folder) or path in self._untracked_folders:
            return Found(Standing.UNTRACKED, path)
        return self._elsewhere(path, folder=folder)

    def _elsewhere(self, path: str, *, folder: bool) -> Found:
        """Return why `path` is not there."""
        parent = path
        while parent := parent.rpartition("/")[0]:
            match self.files.tracked.get(parent):
                case FileKind.SUBMODULE:
                    return Found(Standing.IN_SUBMODULE, parent)
                case FileKind.SYMLINK:
                    return Found(Standing.BEHIND_SYMLINK, parent)
                case _:
                    pass
        twins = self.twins(path)
        if folder:
            twins = [twin for twin in twins if twin in self.folders]
        if len(twins) == 1:
            return Found(Standing.WRONG_CASE, twins[0])
        return Found(Standing.MISSING, path)

    @cached_property
    def _untracked_folders(self) -> frozenset[str]:
        return _folders_of(self.files.untracked) - {""}

    @cached_property
    def _by_folded_name(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for path in (*self.files.tracked, *self.folders):
            found[_folded(path)].append(path)
        return found

    @cached_property
    def _by_decoded_name(self) -> Mapping[str, list[str]]:
        """The files and folders whose own names look percent-encoded."""
        found = defaultdict(list)
        for path in (*self.files.tracked, *self.folders):
            if "%" in path and (plain := _decoded(path)) != path:
                found[_folded(plain)].append(path)
        return found

    @cached_property
    def _readmes(self) -> Mapping[str, str]:
        """The README that the host shows below the list of a folder's files."""
        found: dict[str, str] = {}
        for name in reversed(_READMES):
            for path in self.by_basename.get(name, ()):
                found[path.rpartition("/")[0]] = path
        return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _decoded(path: str) -> str:
    """Return `path` without any percent-encoding, however often it was encoded."""
    while "%" in path and (plain := unquote(path, errors="surrogateescape")) != path:
        path = plain
    return path


def _folders_of(paths: Mapping[str, FileKind] | frozenset[str]) -> frozenset[str]:
    folders = {""}
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return frozenset(folders)
