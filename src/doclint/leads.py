"""Who leads where: the links to a page, and what links want on it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.links_in import LinksIn
from doclint.model import InRepo, Link, LinkKind, Page, SamePage
from doclint.plain_links import named
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from doclint.links_in import Lead
    from doclint.lookups import Lookups


class Leads:
    """The links of all pages by what they lead to.

    Args:
        repo: Knows what links mean and what is there.
    """

    def __init__(self, repo: Lookups) -> None:
        self._repo = repo
        self._leads: dict[int, dict[str, tuple[str | None, str]]] = {}

    def revised(self, repo: Lookups, pages: Collection[Page]) -> Leads:
        """Return the same of `repo`, in which `pages` are new or other ones; what is known of the rest is shared."""
        other = Leads(repo)
        known = vars(self)
        if "_fragments_in" in known:
            other._fragments_in = self._fragments_in.revised(pages, other._fragments_of)
        if "_links_in" in known:
            other._links_in = self._links_in.revised(pages, other._links_of)
        return other

    def links_to(self, path: str) -> Iterator[tuple[Page, Link, str]]:
        """Yield the links with a fragment that lead to a page, with their page and fragment."""
        for page, number, fragment in self._fragments_in.to(path):
            yield self._repo.pages[page], self._repo.pages[page].parsed.links[number], fragment

    def is_linked(self, path: str) -> bool:
        """Tell whether a link of another page leads to a file."""
        return any(page != path for page, _, _ in self._links_in.to(path))

    @cached_property
    def wanted(self) -> Mapping[str, Collection[str]]:
        """For each page the fragments that links anywhere want on it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for page in self._repo.pages.values():
            for path, fragment in self.led_to(page):
                if fragment:
                    found[path].add(fragment)
        return found

    def led_to(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield the pages that links of a page with a `#` lead to, with the fragments; in no order."""
        ground, plain, links = self._repo.targets.ground(page.path), self._repo.plain_links(page), page.parsed.links
        if ground.rst:
            yield from ((path, fragment) for _, path, fragment in self.fragments(page))
            return
        on_site = ground.area.paths is not None
        anchors = plain.relative.anchors if on_site else (*plain.relative.anchors, *plain.rooted.anchors)
        elsewhere = {path for path, _ in anchors if path not in self._repo.tree.files}
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
            target = self._repo.target(page, links[number])
            if isinstance(target, InRepo | SamePage) and (there := self._repo.page_of(page, target)) is not None:
                yield there, target.fragment or ""

    def fragments(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page with a `#` that lead to a page; the fragment may be empty."""
        links, ground = page.parsed.links, self._repo.targets.ground(page.path)
        shared = not ground.rst and not links.has(LinkKind.WIKI)
        known = self._leads.setdefault(id(ground), {}) if shared else {}
        for number, destination in enumerate(links.destinations):
            if "#" not in destination:
                continue
            if destination not in known:
                target = self._repo.target(page, links[number])
                fragment = target.fragment if isinstance(target, InRepo | SamePage) else None
                if isinstance(target, SamePage):
                    yield number, page.path, target.fragment
                    continue
                known[destination] = (self._repo.page_of(page, target), fragment or "")
            path, fragment = known[destination]
            if path is not None:
                yield number, path, fragment

    def _fragments_of(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page that have a fragment and lead to a page."""
        for number, path, fragment in self.fragments(page):
            if fragment:
                yield number, path, fragment

    def _links_of(self, page: Page) -> Iterator[Lead]:
        """Yield the links of a page that lead to a file."""
        for number, link in enumerate(page.parsed.links):
            target = self._repo.target(page, link)
            if isinstance(target, InRepo):
                there = self._repo.look_up(target)
                path = self._repo.tree.readmes.get(there.path) if there.standing is Standing.FOLDER else there.path
                if path is not None:
                    yield number, path, target.fragment or ""

    @cached_property
    def _fragments_in(self) -> LinksIn:
        return LinksIn().revised(self._repo.pages.values(), self._fragments_of)

    @cached_property
    def _links_in(self) -> LinksIn:
        return LinksIn().revised(self._repo.pages.values(), self._links_of)
