"""What the links of pages come to: plain links of a page together, all others one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.anchor_table import AnchorTable
from doclint.judged import Calm, Fragment, Judged, PageLinks, Verdict
from doclint.model import Empty, InRepo, LinkKind, Marks, Other, Outside, Page, Repaired, SamePage, Target, Web
from doclint.plain_links import Name, Named, named
from doclint.sites import is_part, takes_in_others
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.lookups import Lookups


class Judging:
    """Judges links, each page once.

    Args:
        repo: Knows what links mean and what is there.
    """

    def __init__(self, repo: Lookups) -> None:
        self._repo = repo
        self._links: dict[str, PageLinks] = {}
        self._known: dict[int, dict[str, Verdict]] = {}

    def links(self, page: Page) -> PageLinks:
        """Return what the links of a page come to; looked up once for all that ask."""
        links = self._links.get(page.path)
        if links is None:
            links = self._links[page.path] = self._judged(page)
        return links

    def _judged(self, page: Page) -> PageLinks:
        ground, plain = self._repo.targets.ground(page.path), self._repo.plain_links(page)
        if ground.rst:
            return self.one_by_one(page, range(len(page.parsed.links)), 0)
        on_site = ground.area.paths is not None
        if self._are_there(plain.relative) and (not plain.rooted.files if on_site else self._are_there(plain.rooted)):
            return self.one_by_one(page, plain.others, plain.web) if plain.others else PageLinks((), plain.web, 0, 0)
        numbers = set(plain.others)
        for number, destination in enumerate(page.parsed.links.destinations):
            name = named(page.path, destination)
            if name is not None and ((on_site and name.rooted) or not self._is_there(destination, name)):
                numbers.add(number)
        return self.one_by_one(page, sorted(numbers), plain.web)

    def _are_there(self, named: Named) -> bool:
        """Tell whether all that some links name is there."""
        return named.files <= self._repo.tree.files and all(
            fragments <= self._anchor_names(path) for path, fragments in named.anchors
        )

    def _is_there(self, destination: str, name: Name) -> bool:
        """Tell whether what a plain destination names is there."""
        is_file = destination.startswith("#") or name.file in self._repo.tree.files
        return is_file and (not name.fragment or name.fragment in self._anchor_names(name.file))

    def one_by_one(self, page: Page, numbers: Iterable[int], web: int) -> PageLinks:
        """Judge the links that have the `numbers`; of all others it is known that `web` of them lead to the web."""
        links, ground = page.parsed.links, self._repo.targets.ground(page.path)
        # Wiki links and images of Sphinx have ways of their own.
        shared = not ground.rst and not links.has(LinkKind.WIKI)
        known = self._known.setdefault(id(ground), {}) if shared else {}
        counts = dict.fromkeys(Calm, 0)
        questionable = []
        for number in numbers:
            destination = links.destinations[number]
            verdict = known.get(destination)
            if verdict is None:
                target = self._repo.target(page, links[number])
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

    def _anchor_names(self, path: str) -> frozenset[str]:
        """Return the names under which a fragment, as it is written, certainly finds an anchor of a page."""
        page = self._repo.pages.get(path)
        if page is None:
            return frozenset()
        flavour, marks = self._repo.flavour(path), page.parsed.marks
        if not isinstance(marks, Marks) or not isinstance(page.content, Repaired):
            table = self._repo.anchors(path)
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
                found = self._repo.look_up(target)
                fragment = self.fragment(page, target)
                if found.standing not in (Standing.FILE, Standing.FOLDER, Standing.NOT_JUDGED):
                    return target, found, fragment
            case SamePage():
                fragment = self.fragment(page, target)
        if fragment is Fragment.MISSING:
            return target, None, fragment
        return Calm.UNKNOWN if fragment is Fragment.UNKNOWN else Calm.FINE

    def fragment(self, page: Page, target: Target) -> Fragment:
        """Return what the fragment of `target`, a target of `page`, finds."""
        fragment = target.fragment if isinstance(target, InRepo | SamePage) else None
        if fragment is None or self._repo.flavour(page.path).always_there(fragment):
            return Fragment.THERE
        if isinstance(target, InRepo) and self._repo.look_up(target).standing not in (
            Standing.FILE,
            Standing.FOLDER,
            Standing.NOT_JUDGED,
        ):
            # That is another fault, and another rule speaks of it.
            return Fragment.THERE
        path = self._repo.page_of(page, target)
        table = self._repo.anchors(path) if path is not None else None
        if path is None or table is None:
            return Fragment.UNKNOWN
        if table.find(fragment):
            return Fragment.THERE
        if self._is_there_elsewhere(page, path, fragment):
            return Fragment.THERE
        if self._has_further_anchors(page, target, path):
            return Fragment.UNKNOWN
        before = self._repo.anchors_on_disk(path)
        return Fragment.MOVES if before and before.find(fragment) else Fragment.MISSING

    def _is_there_elsewhere(self, page: Page, path: str, fragment: str) -> bool:
        """Tell whether the host that shows `page`, or that of the repository, has `fragment` on the page at `path`.

        A README on github.com leads to a page of the site as github.com shows it, and so does a link by its address.
        """
        others = {flavour.name: flavour for flavour in (self._repo.flavour(page.path), self._repo.areas.elsewhere)}
        others.pop(self._repo.flavour(path).name, None)
        tables = (self._repo.anchors_elsewhere(path, flavour) for flavour in others.values())
        return any(table is not None and table.find(fragment) for table in tables)

    def _has_further_anchors(self, page: Page, target: Target, path: str) -> bool:
        """Tell whether the page at `path`, which `target` leads to, may have anchors that are not written on it."""
        if self._repo.pages[path].parsed.open_ended:
            return True
        paths = self._repo.targets.area(path).paths
        if paths is None:
            return False
        if isinstance(target, SamePage) and (paths.names or is_part(page.path, paths)):
            return True
        content = self._repo.pages[path].content
        return isinstance(content, Repaired) and takes_in_others(content.text, paths)
