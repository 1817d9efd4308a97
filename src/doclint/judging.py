"""What the links of pages come to: plain links of a folder together, all others one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.anchor_table import AnchorTable
from doclint.judged import BundleLinks, Calm, Counts, Fragment, Judged, PageLinks, Verdict
from doclint.model import (
    Deferred,
    Empty,
    InRepo,
    LinkKind,
    Mark,
    Other,
    Outside,
    Page,
    Repaired,
    SamePage,
    Target,
    Web,
)
from doclint.plain_links import Named, meant_by
from doclint.sites import is_part, takes_in_others
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from doclint.bundles import Bundle
    from doclint.lookups import Lookups
    from doclint.slug import Flavour


class Judging:
    """Judges links, each once for all pages on which it means the same.

    Args:
        repo: Knows what links mean and what is there.
    """

    def __init__(self, repo: Lookups) -> None:
        self._repo = repo
        self._links: dict[str, PageLinks] = {}
        self._together: dict[str, BundleLinks] = {}
        self._questionable: dict[str, Sequence[str]] = {}
        self._plain: dict[str, frozenset[str]] = {}
        self._known: dict[int, dict[str, Verdict]] = {}

    def links(self, page: Page) -> PageLinks:
        """Return what those links of a page come to that are looked at one by one; looked up once for all that ask."""
        links = self._links.get(page.path)
        if links is None:
            numbers = self._numbers(page.path, self._repo.pages.bundle_of(page.path))
            links = self._links[page.path] = self.one_by_one(page, numbers)
        return links

    def questionable(self, bundle: Bundle) -> Sequence[str]:
        """Return those pages of a bundle of which links must be looked at one by one; found once for all that ask."""
        first = bundle.paths[0]
        if first not in self._questionable:
            together = self.together(bundle)
            looked_at = bundle.paths if together.each or together.odd else together.lost
            self._questionable[first] = [path for path in looked_at if self._numbers(path, bundle)]
        return self._questionable[first]

    def together(self, bundle: Bundle) -> BundleLinks:
        """Return what the links of a bundle come to; looked up once for all that ask."""
        first = bundle.paths[0]
        together = self._together.get(first)
        if together is None:
            together = self._together[first] = self._judged(bundle)
        return together

    def _judged(self, bundle: Bundle) -> BundleLinks:
        if (links := bundle.links) is None:
            return BundleLinks(Counts(), each=True)
        path = bundle.paths[0]
        ground = self._repo.targets.ground(path)
        site = ground.area.paths
        counts = dict.fromkeys(Calm, 0)
        named, plain = [links.relative], [links.from_folder]
        doubtful = dict(links.others)
        if site is None:
            named.append(links.rooted)
            plain.append(links.from_root)
        elif site.beyond:
            counts[Calm.WEB] = sum(links.from_root.values())
        else:
            doubtful |= links.from_root
        gone = {file for each in named for file in each.files - self._repo.tree.files}
        lost = {found for each in named for found in self._lost(each, self._repo.flavour(path))}
        own = {page for page, _ in lost}.intersection(bundle.paths)
        if gone or lost:
            for written in plain:
                doubtful |= {destination: written[destination] for destination in _among(path, written, gone, lost)}
        odd = set()
        for destination, times in doubtful.items():
            verdict = self._shared_verdict(path, destination) if ground.by_folder else None
            if not isinstance(verdict, Calm):
                odd.add(destination)
            elif verdict is not Calm.FINE:
                counts[verdict] += times
        counted = Counts(links.web + counts[Calm.WEB], counts[Calm.OTHER], counts[Calm.UNKNOWN])
        return BundleLinks(counted, frozenset(odd), frozenset(own))

    def _lost(self, named: Named, flavour: Flavour) -> Iterator[tuple[str, str]]:
        """Yield the fragments that are not certainly there, each with its page, of links on pages of one host."""
        for path, fragments in named.anchors.items():
            if fragments <= self._known_names(path):
                continue
            wanted = {fragment for fragment in fragments if not flavour.always_there(fragment)}
            yield from ((path, fragment) for fragment in wanted - self._found(path, wanted))

    def _known_names(self, path: str) -> AbstractSet[str]:
        """Return names of a page's anchors that are known already."""
        known = self._repo.pages.anchor_names(path)
        return known.get(self._repo.flavour(path).name, frozenset()) if known else frozenset()

    def _numbers(self, path: str, bundle: Bundle) -> Sequence[int]:
        """Return which links of a page of a bundle must be looked at one by one."""
        together, destinations = self.together(bundle), self._repo.pages.links(path).destinations
        if together.each:
            return range(len(destinations))
        odd, own = together.odd, path in together.lost
        if not own and odd.isdisjoint(destinations):
            return ()
        # Of its own fragments all are looked at, because few pages have one that is lost.
        return [
            number
            for number, destination in enumerate(destinations)
            if destination in odd or (own and destination[:1] == "#")
        ]

    def one_by_one(self, page: Page, numbers: Iterable[int]) -> PageLinks:
        """Judge the links that have the `numbers`."""
        links = page.parsed.links
        # Wiki links and images of Sphinx have ways of their own.
        shared = not self._repo.targets.ground(page.path).rst and not links.has(LinkKind.WIKI)
        counts = dict.fromkeys(Calm, 0)
        questionable = []
        for number in numbers:
            verdict = self._shared_verdict(page.path, links.destinations[number]) if shared else None
            if verdict is None:
                verdict = self._verdict(page.path, self._repo.target(page, links[number]))
            if isinstance(verdict, Calm):
                counts[verdict] += 1
            else:
                questionable.append(Judged(links[number], *verdict))
        unknown = sum(judged.fragment is Fragment.UNKNOWN for judged in questionable) + counts[Calm.UNKNOWN]
        others = sum(isinstance(judged.target, Other) for judged in questionable) + counts[Calm.OTHER]
        return PageLinks(tuple(questionable), Counts(counts[Calm.WEB], others, unknown))

    def _shared_verdict(self, path: str, destination: str) -> Verdict | None:
        """Return what a destination comes to on all pages that are like the one at `path`; None where they differ."""
        known = self._known.setdefault(id(self._repo.targets.ground(path)), {})
        verdict = known.get(destination)
        if verdict is None:
            target = self._repo.targets.meaning(path, destination)
            # What is on the same page depends on the page.
            if isinstance(target, SamePage):
                return None
            verdict = known[destination] = self._verdict(path, target)
        return verdict

    def _found(self, path: str, wanted: AbstractSet[str]) -> AbstractSet[str]:
        """Return those of the `wanted` fragments that certainly find an anchor of a page, as they are written."""
        if path not in self._repo.pages:
            return frozenset()
        known = self._repo.pages.anchor_names(path)
        if known is None:
            table = self._repo.anchors(path)
            return wanted & table.plain if table is not None else frozenset()
        flavour = self._repo.flavour(path)
        names = known.get(flavour.name, frozenset())
        if wanted <= names:
            return wanted
        from doclint.certain import certain  # here, because pages that are kept have told before

        marks = self._repo.pages.parsed(path).marks
        found = certain(marks, flavour, wanted - names)
        if not wanted <= names | found:
            if path not in self._plain:
                self._plain[path] = AnchorTable(flavour.anchors(_passing(marks)), flavour).plain
            found |= wanted & self._plain[path]
        if found:
            known[flavour.name] = names | found
        return wanted & (names | found)

    def _verdict(self, path: str, target: Target) -> Verdict:
        """Return what is to be said of a link of the page at `path` that means `target`."""
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
                fragment = self.fragment(path, target)
                if found.standing not in (Standing.FILE, Standing.FOLDER, Standing.NOT_JUDGED):
                    return target, found, fragment
            case SamePage():
                fragment = self.fragment(path, target)
        if fragment is Fragment.MISSING:
            return target, None, fragment
        return Calm.UNKNOWN if fragment is Fragment.UNKNOWN else Calm.FINE

    def fragment(self, page: str, target: Target) -> Fragment:
        """Return what the fragment of `target` finds, which a link of the page at `page` means."""
        fragment = target.fragment if isinstance(target, InRepo | SamePage) else None
        if fragment is None or self._repo.flavour(page).always_there(fragment):
            return Fragment.THERE
        if isinstance(target, InRepo) and self._repo.look_up(target).standing not in (
            Standing.FILE,
            Standing.FOLDER,
            Standing.NOT_JUDGED,
        ):
            # That is another fault, and another rule speaks of it.
            return Fragment.THERE
        path = self._repo.page_of(page, target)
        if path is None:
            return Fragment.UNKNOWN
        if self._found(path, {fragment}):
            return Fragment.THERE
        table = self._repo.anchors(path)
        if table is None:
            return Fragment.UNKNOWN
        if table.find(fragment):
            return Fragment.THERE
        if self._is_there_elsewhere(page, path, fragment):
            return Fragment.THERE
        if self._has_further_anchors(page, target, path):
            return Fragment.UNKNOWN
        before = self._repo.anchors_on_disk(path)
        return Fragment.MOVES if before and before.find(fragment) else Fragment.MISSING

    def _is_there_elsewhere(self, page: str, path: str, fragment: str) -> bool:
        """Tell whether the host that shows `page`, or that of the repository, has `fragment` on the page at `path`.

        A README on github.com leads to a page of the site as github.com shows it, and so does a link by its address.
        """
        others = {flavour.name: flavour for flavour in (self._repo.flavour(page), self._repo.areas.elsewhere)}
        others.pop(self._repo.flavour(path).name, None)
        tables = (self._repo.anchors_elsewhere(path, flavour) for flavour in others.values())
        return any(table is not None and table.find(fragment) for table in tables)

    def _has_further_anchors(self, page: str, target: Target, path: str) -> bool:
        """Tell whether the page at `path`, which `target` leads to, may have anchors that are not written on it."""
        if self._repo.pages[path].parsed.open_ended:
            return True
        paths = self._repo.targets.area(path).paths
        if paths is None:
            return False
        if isinstance(target, SamePage) and (paths.names or is_part(page, paths)):
            return True
        content = self._repo.pages[path].content
        return isinstance(content, Repaired) and takes_in_others(content.text, paths)


def _passing(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return marks that are asked for once, to find names, without keeping what they are made of."""
    return marks.passing() if isinstance(marks, Deferred) else marks


def _among(
    path: str, destinations: Iterable[str], gone: AbstractSet[str], lost: AbstractSet[tuple[str, str]]
) -> Iterator[str]:
    """Yield those plain destinations on the page at `path` that name one of some files, or of some fragments."""
    folder = path.rpartition("/")[0]
    # What does not end like one of them need not be understood.
    files = {file.rpartition("/")[2] for file in gone}
    fragments = {fragment for _, fragment in lost}
    for destination in destinations:
        file, _, fragment = destination.partition("#")
        if fragment in fragments or file.rpartition("/")[2] in files or "%" in file:
            name = meant_by(folder, destination)
            if name is not None and (name.file in gone or (name.file, name.fragment) in lost):
                yield destination
