"""All pages to `RepoIndex`: what each link means, what is there, which anchors each page has."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from doclint.anchor_table import AnchorTable
from doclint.formats import Format, format_of
from doclint.history import History, Trace
from doclint.judged import Calm, Fragment, Judged, PageLinks, Verdict
from doclint.links_in import LinksIn
from doclint.model import (
    Empty,
    FileKind,
    Files,
    InRepo,
    Link,
    LinkKind,
    Marks,
    Other,
    Outside,
    Page,
    Parsed,
    Repaired,
    SamePage,
    Target,
    Web,
)
from doclint.name_links import Spelled, spelled_in
from doclint.names import Names
from doclint.plain_links import Name, Named, PlainLinks, named, plain_links
from doclint.sites import is_part, takes_in_others
from doclint.slug import HTML, Flavour
from doclint.targets import Targets
from doclint.tree import Found, Standing, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from doclint.areas import Areas
    from doclint.links_in import Lead
    from doclint.named_files import NamedFiles
    from doclint.resolve import Site


_Kind = Literal["repaired", "on disk", "proposed"] | Flavour
"""Which anchors of a page: those of its texts, or those of the repaired text as another host makes them."""


class RepoIndex:
    """What the rules may ask; nothing in it but the history reads the disk.

    Built anew for each round of fixes. Where pages change one by one, `revised` makes the next from the last.

    Args:
        files: What there is.
        pages: The pages that were read: those to report on, and those that they point into.
        areas: Which host shows which folder.
        site: The repository on github.com, if it is one.
        line_counts: The number of lines of files that links point into by line.
        names: The damaged names of files and folders.
        history: What git remembers, which is asked when a rule asks it.
        named_files: Which images and pages the repository's files name; None when no rule asks.
        targets: What destinations mean, as far as another index of the same files and areas has resolved them.
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
        targets: Targets | None = None,
    ) -> None:
        self.files = files
        self.tree = Tree(files)
        self.pages = pages
        self.areas = areas
        self.line_counts = line_counts or {}
        self.names = names or Names(files, {})
        self.history = history or History()
        self.named_files = named_files
        self.targets = targets if targets is not None and targets.site == site else Targets(files, areas, site)
        self._links: dict[str, PageLinks] = {}
        self._known: dict[int, dict[str, Verdict]] = {}
        self._leads: dict[int, dict[str, tuple[str | None, str]]] = {}
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

    def links(self, page: Page) -> PageLinks:
        """Return what the links of a page come to; looked up once for all that ask."""
        links = self._links.get(page.path)
        if links is None:
            links = self._links[page.path] = self._judged(page)
        return links

    def _judged(self, page: Page) -> PageLinks:
        ground, plain = self.targets.ground(page.path), self._plain_links(page)
        if ground.rst:
            return self._one_by_one(page, range(len(page.parsed.links)), 0)
        on_site = ground.area.paths is not None
        if self._are_there(plain.relative) and (not plain.rooted.files if on_site else self._are_there(plain.rooted)):
            return self._one_by_one(page, plain.others, plain.web) if plain.others else PageLinks((), plain.web, 0, 0)
        numbers = set(plain.others)
        for number, destination in enumerate(page.parsed.links.destinations):
            name = named(page.path, destination)
            if name is not None and ((on_site and name.rooted) or not self._is_there(destination, name)):
                numbers.add(number)
        return self._one_by_one(page, sorted(numbers), plain.web)

    def _are_there(self, named: Named) -> bool:
        """Tell whether all that some links name is there."""
        return named.files <= self.tree.files and all(
            fragments <= self._anchor_names(path) for path, fragments in named.anchors
        )

    def _is_there(self, destination: str, name: Name) -> bool:
        """Tell whether what a plain destination names is there."""
        is_file = destination.startswith("#") or name.file in self.tree.files
        return is_file and (not name.fragment or name.fragment in self._anchor_names(name.file))

    def _one_by_one(self, page: Page, numbers: Iterable[int], web: int) -> PageLinks:
        """Judge the links that have the `numbers`; of all others it is known that `web` of them lead to the web."""
        links, ground = page.parsed.links, self.targets.ground(page.path)
        # Wiki links and images of Sphinx have ways of their own.
        shared = not ground.rst and not links.has(LinkKind.WIKI)
        known = self._known.setdefault(id(ground), {}) if shared else {}
        counts = dict.fromkeys(Calm, 0)
        questionable = []
        for number in numbers:
            destination = links.destinations[number]
            verdict = known.get(destination)
            if verdict is None:
                target = self.target(page, links[number])
                verdict = self._verdict(page, target)
                # What is on the same page depends on the page.
                if shared and not isinstance(target, SamePage):
                    known[destination] = verdict
            if verdict is Calm.FINE:
                continue
            if isinstance(verdict, Calm):
                counts[verdict] += 1
            else:
                questionable.append(Judged(links[number], *verdict))
        unknown = sum(judged.fragment is Fragment.UNKNOWN for judged in questionable) + counts[Calm.UNKNOWN]
        others = sum(isinstance(judged.target, Other) for judged in questionable) + counts[Calm.OTHER]
        return PageLinks(tuple(questionable), web + counts[Calm.WEB], others, unknown)

    def _plain_links(self, page: Page) -> PlainLinks:
        return page.plain if page.plain is not None else plain_links(page.path, page.parsed.links)

    def _anchor_names(self, path: str) -> frozenset[str]:
        """Return the names under which a fragment, as it is written, certainly finds an anchor of a page."""
        page = self.pages.get(path)
        if page is None:
            return frozenset()
        flavour, marks = self.flavour(path), page.parsed.marks
        if not isinstance(marks, Marks) or not isinstance(page.content, Repaired):
            table = self.anchors(path)
            return table.plain if table is not None else frozenset()
        names = marks.names.get(flavour.name)
        if names is None:
            names = marks.names[flavour.name] = AnchorTable(flavour.anchors(marks.passing()), flavour).plain
        return names

    def _verdict(self, page: Page, target: Target) -> Verdict:
        """Return what is to be said of a link of `page` that means `target`."""
        match target:
            case Web():
                return Calm.WEB
            case Other("file"):
                return target, None, Fragment.THERE
            case Other():
                return Calm.OTHER
            case Empty() | Outside():
                return target, None, Fragment.THERE
            case InRepo():
                found = self.look_up(target)
                fragment = self.fragment(page, target)
                if found.standing not in (Standing.FILE, Standing.FOLDER, Standing.NOT_JUDGED):
                    return target, found, fragment
            case SamePage():
                fragment = self.fragment(page, target)
        if fragment is Fragment.MISSING:
            return target, None, fragment
        return Calm.UNKNOWN if fragment is Fragment.UNKNOWN else Calm.FINE

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
        tables = (self._table(path, flavour, lambda page: page.parsed) for flavour in others.values())
        return any(table is not None and table.find(fragment) for table in tables)

    def _has_further_anchors(self, page: Page, target: Target, path: str) -> bool:
        """Tell whether the page at `path`, which `target` leads to, may have anchors that are not written on it."""
        if self.pages[path].parsed.open_ended:
            return True
        paths = self.targets.area(path).paths
        if paths is None:
            return False
        if isinstance(target, SamePage) and (paths.names or is_part(page.path, paths)):
            return True
        content = self.pages[path].content
        return isinstance(content, Repaired) and takes_in_others(content.text, paths)

    def written(self, page: Page, link: Link) -> str:
        """Return the destination of a link as it is written in the page's repaired text."""
        return link.destination_span.of(page.content.text) if isinstance(page.content, Repaired) else ""

    def links_to(self, path: str) -> Iterator[tuple[Page, Link, str]]:
        """Yield the links with a fragment that lead to a page, with their page and fragment."""
        for page, number, fragment in self._fragments_in.to(path):
            yield self.pages[page], self.pages[page].parsed.links[number], fragment

    def is_linked(self, path: str) -> bool:
        """Tell whether a link of another page leads to a file."""
        return any(page != path for page, _, _ in self._links_in.to(path))

    @cached_property
    def _fragments_in(self) -> LinksIn:
        return LinksIn().revised(self.pages.values(), self._fragments_of)

    @cached_property
    def _links_in(self) -> LinksIn:
        return LinksIn().revised(self.pages.values(), self._links_of)

    def _fragments_of(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page that have a fragment and lead to a page."""
        for number, path, fragment in self._fragments(page):
            if fragment:
                yield number, path, fragment

    def _fragments(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page with a `#` that lead to a page; the fragment may be empty."""
        links, ground = page.parsed.links, self.targets.ground(page.path)
        shared = not ground.rst and not links.has(LinkKind.WIKI)
        known = self._leads.setdefault(id(ground), {}) if shared else {}
        for number, destination in enumerate(links.destinations):
            if "#" not in destination:
                continue
            if destination not in known:
                target = self.target(page, links[number])
                fragment = target.fragment if isinstance(target, InRepo | SamePage) else None
                if isinstance(target, SamePage):
                    yield number, page.path, target.fragment
                    continue
                known[destination] = (self.page_of(page, target), fragment or "")
            path, fragment = known[destination]
            if path is not None:
                yield number, path, fragment

    def led_to(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield the pages that links of a page with a `#` lead to, with the fragments; in no order."""
        ground, plain, links = self.targets.ground(page.path), self._plain_links(page), page.parsed.links
        if ground.rst:
            yield from ((path, fragment) for _, path, fragment in self._fragments(page))
            return
        on_site = ground.area.paths is not None
        anchors = plain.relative.anchors if on_site else (*plain.relative.anchors, *plain.rooted.anchors)
        elsewhere = {path for path, _ in anchors if path not in self.tree.files}
        for path, fragments in anchors:
            if path not in elsewhere:
                yield from ((path, fragment) for fragment in fragments)
        numbers = [number for number in plain.others if "#" in links.destinations[number]]
        if elsewhere or (on_site and plain.rooted.anchors):
            for number, destination in enumerate(links.destinations):
                name = named(page.path, destination) if "#" in destination else None
                if name is not None and (name.file in elsewhere or (on_site and name.rooted)):
                    numbers.append(number)
        for number in numbers:
            target = self.target(page, links[number])
            if isinstance(target, InRepo | SamePage) and (there := self.page_of(page, target)) is not None:
                yield there, target.fragment or ""

    @cached_property
    def wanted(self) -> Mapping[str, Collection[str]]:
        """For each page the fragments that links anywhere want on it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for page in self.pages.values():
            for path, fragment in self.led_to(page):
                if fragment:
                    found[path].add(fragment)
        return found

    def _links_of(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page that lead to a file."""
        for number, link in enumerate(page.parsed.links):
            target = self.target(page, link)
            if isinstance(target, InRepo):
                there = self.look_up(target)
                path = self.tree.readmes.get(there.path) if there.standing is Standing.FOLDER else there.path
                if path is not None:
                    yield number, path, target.fragment or ""

    def revised(
        self, pages: Mapping[str, Page], site: Site | None = None, line_counts: Mapping[str, int] | None = None
    ) -> RepoIndex:
        """Return the index once `pages` have come in, each in the place of the one with its path if there is one.

        What does not depend on them is shared, so that it takes little time however many other pages there are.

        Args:
            pages: The pages that are new, or other ones than before, by their paths.
            site: The repository on github.com, as far as it is known now.
            line_counts: As in the constructor, as far as they are other ones than before.
        """
        other = RepoIndex(
            self.files,
            {**self.pages, **pages},
            self.areas,
            site or self.site,
            {**self.line_counts, **(line_counts or {})},
            names=self.names,
            history=self.history,
            named_files=self.named_files,
            targets=self.targets,
        )
        other.tree = self.tree
        other._tables = {**self._tables, **{path: {} for path in pages}}
        known = vars(self)
        if "_fragments_in" in known:
            other._fragments_in = self._fragments_in.revised(pages.values(), other._fragments_of)
        if "_links_in" in known:
            other._links_in = self._links_in.revised(pages.values(), other._links_of)
        return other

    @cached_property
    def links_by_damaged_name(self) -> Mapping[str, Spelled]:
        """For each file or folder whose name is damaged and can be mended: the links that spell that name."""
        return spelled_in(self.pages.values(), self.names, self.areas, self.site) if self.names.by_path else {}

    def _table(self, path: str, kind: _Kind, parse_of: Callable[[Page], Parsed | None]) -> AnchorTable | None:
        """Return a table of a page, which is made on first use; None where there is no such parse of it."""
        tables = self._tables.setdefault(path, {})
        if kind not in tables:
            page = self.pages.get(path)
            parsed = parse_of(page) if page is not None and isinstance(page.content, Repaired) else None
            flavour = kind if isinstance(kind, Flavour) else self.flavour(path)
            tables[kind] = AnchorTable(flavour.anchors(parsed.marks), flavour) if parsed is not None else None
        return tables[kind]
