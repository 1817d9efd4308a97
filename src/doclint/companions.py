"""Links that move along: repair gives a heading another anchor, and the links to it follow in the same fix.

A page has up to three texts: on the disk, after what is certain (`Page.parsed`), and after what is likely, too
(`Page.proposed`). The anchors of each are made once, with all repairs of its kind together. A certain repair leads the
links to the second, a likely one to the third.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.destinations import with_fragment
from doclint.lines import DiskMap
from doclint.model import Anchor, Damage, Edit, Link, LinkKind, Page, Repaired, Safety, Span, Unreadable
from doclint.value import Draft, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doclint.index import RepoIndex


class Companions(Draft):
    """What belongs into the fix of a damage beside its own edits.

    Attributes:
        texts: The edits of other damages of the same headings, for a heading moves once, as a whole.
        links: The edits of the links to these headings.
    """

    texts: list[Edit] = field(default_factory=list)
    links: list[Edit] = field(default_factory=list)


def moved_anchors(repo: RepoIndex, page: Page, safety: Safety) -> Iterator[tuple[Anchor, Anchor]]:
    """Yield the anchors of `page` that repairs of at least this `safety` rename: as on the disk, as repaired."""
    if (page.as_on_disk if safety is Safety.SAFE else page.proposed) is None:
        return
    old = repo.anchors_on_disk(page.path)
    new = repo.anchors(page.path) if safety is Safety.SAFE else repo.proposed_anchors(page.path)
    # Repair changes no blocks, so the anchors are the same in the same order.
    if old is not None and new is not None and len(old.anchors) == len(new.anchors):
        pairs = zip(old.anchors, new.anchors, strict=True)
        yield from ((before, after) for before, after in pairs if before.name != after.name)


def companions(page: Page, repo: RepoIndex) -> Mapping[Span, Companions]:
    """Return what belongs into the fixes of a page's damages, by the damage's span."""
    found: defaultdict[Span, Companions] = defaultdict(Companions)
    if isinstance(page.content, Unreadable):
        return found
    for safety in (Safety.SAFE, Safety.UNSAFE):
        damages = [damage for damage in page.content.damages if damage.edits and damage.safety >= safety]
        for place, edits in _link_edits(page, repo, safety).items():
            here = _touching(damages, place)
            for damage in here:
                if damage.safety is safety:
                    found[damage.span].texts += [edit for other in here if other is not damage for edit in other.edits]
                    found[damage.span].links += edits
    return found


class LikelyEdits:
    """Where a page waits for repairs that are only likely.

    Attributes:
        disk: The page's places on the disk.
    """

    def __init__(self, content: Repaired | Unreadable) -> None:
        damages = content.damages if isinstance(content, Repaired) else ()
        self._damages = [damage for damage in damages if damage.safety is Safety.UNSAFE and damage.edits]
        self.disk = DiskMap(content.edits if isinstance(content, Repaired) else ())

    def touch(self, span: Span) -> bool:
        """Tell whether they change what is at `span` of the page's repaired text."""
        if not self._damages:
            return False
        place = self.disk.on_disk(span)
        return any(edit.span.overlaps(place) for damage in _touching(self._damages, place) for edit in damage.edits)


def fragment_edit(page: Page, link: Link, fragment: str, disk: DiskMap) -> Edit | None:
    """Return the edit of the text on the disk that makes `link` point at `fragment`; None if it holds damage."""
    # A wiki link names a heading by its text, which is repaired where it stands.
    if isinstance(page.content, Unreadable) or link.kind is LinkKind.WIKI:
        return None
    place = disk.on_disk(link.destination_span)
    written = place.of(page.content.source.text)
    if written != link.destination_span.of(page.content.text):
        return None
    return Edit(place, with_fragment(written, fragment), page.path)


def _link_edits(page: Page, repo: RepoIndex, safety: Safety) -> Mapping[Span, list[Edit]]:
    """Return, for the place of each anchor on the disk that moves, the edits of the links to it."""
    names: dict[str, tuple[Span, str]] = {}
    for old, new in moved_anchors(repo, page, safety):
        for name in (old.name, *old.aliases):
            names.setdefault(name, (old.span, new.name))
    edits: defaultdict[Span, list[Edit]] = defaultdict(list)
    repaired = repo.anchors(page.path) if safety is Safety.SAFE else repo.proposed_anchors(page.path)
    if not names or repaired is None:
        return edits
    likely: dict[str, LikelyEdits] = {}
    for other, link, fragment in repo.links_by_target.get(page.path, ()):
        moved = next((names[lookup] for lookup in repo.flavour(page.path).lookups(fragment) if lookup in names), None)
        if moved is None or repaired.find(fragment):
            continue
        if other.path not in likely:
            likely[other.path] = LikelyEdits(other.content)
        # A damaged fragment is repaired with its line.
        if safety is Safety.UNSAFE and likely[other.path].touch(link.destination_span):
            continue
        if (edit := fragment_edit(other, link, moved[1], likely[other.path].disk)) is not None:
            edits[moved[0]].append(edit if other.path != page.path else Edit(edit.span, edit.text))
    return edits


def _touching(damages: list[Damage], place: Span) -> list[Damage]:
    """Return those of `damages`, sorted and apart from each other, that touch `place`."""
    first = bisect_left(damages, place.start, key=lambda damage: damage.span.end)
    last = bisect_left(damages, place.end, key=lambda damage: damage.span.start)
    return [damage for damage in damages[first:last] if damage.span.overlaps(place)]
