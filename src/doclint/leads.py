"""Who leads where: the links to a page, and what links want on it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.links_in import LinksIn
from doclint.model import InRepo, Link, LinkKind, Page, SamePage
from doclint.plain_links import meant_by
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from doclint.bundles import Bundle
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
        for bundle in self._repo.pages.bundles:
            for path, fragments in self.led_to(bundle):
                found[path].update(filter(None, fragments))
        return found

    def led_to(self, bundle: Bundle) -> Iterator[tuple[str, Collection[str]]]:
        """Yield the pages that links with a `#` lead to, with the fragments; in no order, and some more than once."""
        links = bundle.links
        if links is None:
            for page in bundle.paths:
                yield from ((path, (fragment,)) for _, path, fragment in self.fragments(self._repo.pages[page]))
            return
        first = bundle.paths[0]
        ground = self._repo.targets.ground(first)
        on_site = ground.area.paths is not None
        anchors = [*links.relative.anchors.items(), *(() if on_site else links.rooted.anchors.items())]
        elsewhere = {path for path, _ in anchors if path not in self._repo.tree.files}
        yield from ((path, fragments) for path, fragments in anchors if path not in elsewhere)
        odd = {*links.others, *links.from_root} if on_site else links.others.keys()
        odd = {destination for destination in odd if "#" in destination}
        if elsewhere:
            # Which of the plain links are meant, and on which page, only the pages tell.
            for page in bundle.paths:
                yield from self._led_to(page, self._odd_on(page, odd, elsewhere))
        elif odd:
            # What they have in common leads to the same from each of them, but for a fragment of the page itself.
            for page in bundle.paths[:1] if ground.by_folder else bundle.paths:
                written = odd if ground.by_folder else odd.intersection(self._repo.pages.links(page).destinations)
                yield from self._led_to(page, written)

    def _odd_on(self, page: str, odd: Collection[str], elsewhere: Collection[str]) -> Iterator[str]:
        """Yield the destinations on a page that are `odd`, or name something that is `elsewhere` or the page itself."""
        folder = page.rpartition("/")[0]
        for destination in self._repo.pages.links(page).destinations:
            if destination[:1] == "#":
                if page in elsewhere:
                    yield destination
            elif "#" in destination:
                name = meant_by(folder, destination) if destination not in odd else None
                if destination in odd or (name is not None and name.file in elsewhere):
                    yield destination

    def _led_to(self, page: str, destinations: Iterable[str]) -> Iterator[tuple[str, Collection[str]]]:
        for destination in destinations:
            target = self._repo.targets.meaning(page, destination)
            if isinstance(target, InRepo | SamePage) and (there := self._repo.page_of(page, target)) is not None:
                yield there, (target.fragment or "",)

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
                known[destination] = (self._repo.page_of(page.path, target), fragment or "")
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
