"""What links spell of a damaged name, and how they spell it when the name is mended; pure.

A rename changes one part of a path and never its depth, so of a destination only the part that spells the name
changes: `../img/æŠ€.png#x` keeps its way up, its folder and its fragment, and links that do not spell the name stay
right by themselves, also on a page that moves with its folder.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.lines import DiskMap, apply_edits
from doclint.model import Edit, InRepo, Page, Repaired
from doclint.resolve import Site, normalised, resolve, starts_of, unrooted
from doclint.value import Draft, field, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from doclint.areas import Area, Areas
    from doclint.model import Target
    from doclint.names import DamagedName, Names


class Spelled(Draft):
    """The links that spell one damaged name.

    Attributes:
        edits: What mends them, in places on the disk.
        unclear: Pages with a link that leads there but is written so that its parts cannot be told apart.
    """

    edits: list[Edit] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def spelled_in(pages: Iterable[Page], names: Names, areas: Areas, site: Site | None) -> Mapping[str, Spelled]:
    """Return for each damaged name, by its path, the links on `pages` that spell it."""
    # Here, because most repositories have no damaged names.
    from doclint.destinations import path_parts, with_parts

    found: defaultdict[str, Spelled] = defaultdict(Spelled)
    for page in pages:
        content = page.content
        if not isinstance(content, Repaired):
            continue
        disk = DiskMap(content.edits)
        area = areas.of(page.path)
        for destination, span, html in page.parsed.destinations:
            if not _may_spell(destination):
                continue
            target = resolve(page.path, destination, site, area)
            on_the_way = list(_on_the_way(target, names))
            if not on_the_way:
                continue
            written = span.of(content.text)
            parts = path_parts(written, destination, html=html)
            spelled = None if parts is None else _spelled_parts(page.path, target, parts, names, area)
            if spelled is None:
                for damaged in on_the_way:
                    found[damaged.path].unclear.append(page.path)
                continue
            place = disk.on_disk(span)
            for damaged in dict.fromkeys(spelled.values()):
                names_there = {number: damaged.repaired for number, other in spelled.items() if other is damaged}
                edits = [Edit(part, text, page.path) for part, text in with_parts(written, names_there)]
                if place.of(content.source.text) == written:
                    found[damaged.path].edits += [replace(edit, span=edit.span.shifted(place.start)) for edit in edits]
                else:
                    # The destination is being repaired itself. All of it is taken, so that one of the two fixes waits.
                    found[damaged.path].edits.append(Edit(place, apply_edits(written, edits), page.path))
    return found


def _may_spell(destination: str) -> bool:
    return "%" in destination or not destination.isascii()


def _on_the_way(target: Target, names: Names) -> Iterator[DamagedName]:
    """Yield the damaged names that a link passes through, whichever of its files it means."""
    for path in (target.path, *target.others) if isinstance(target, InRepo) else ():
        yield from _entered("", path.split("/"), 0, names).values()


def _spelled_parts(
    page: str, target: Target, parts: list[str], names: Names, area: Area
) -> dict[int, DamagedName] | None:
    """Return which of the decoded `parts` of a path spells which damaged name.

    Returns:
        Damaged names by the number of the part; None where that cannot be told: the parts are those of an address, or
        an ending is left out.
    """
    path = "/".join(parts)
    root, bare = unrooted(path, area.paths)
    if "://" in path or path.startswith("//") or not isinstance(target, InRepo):
        return _spelled_at_end(target, parts, names)
    first = len(parts) - bare.count("/") - 1
    for start in starts_of(page, area, rooted=bool(root)):
        if normalised(f"{start}/{bare}")[1]:
            # It leads out of the root and, by way of the site, in again.
            return _spelled_at_end(target, parts, names)
        if found := _entered(start, parts[first:], first, names):
            return found
    # Passing through a damaged name, as a part of it or by way of `..`, needs no spelling of it.
    return {} if area.paths is None else None


def _entered(folder: str, parts: list[str], first: int, names: Names) -> dict[int, DamagedName]:
    """Return the damaged names among `parts`, the first of which has the number `first`, on the way from `folder`."""
    found: dict[int, DamagedName] = {}
    for number, part in enumerate(parts, first):
        if part == "..":
            folder = folder.rpartition("/")[0]
        elif part not in ("", "."):
            folder, damaged = names.entered(folder, part)
            if damaged is not None:
                found[number] = damaged
    return found


def _spelled_at_end(target: Target, parts: list[str], names: Names) -> dict[int, DamagedName] | None:
    """Return the same for a destination that ends with the path of `target`, after an address."""
    inside = target.path.split("/") if isinstance(target, InRepo) else []
    while parts and not parts[-1]:
        parts = parts[:-1]
    first = len(parts) - len(inside)
    return _entered("", inside, first, names) if parts[max(first, 0) :] == inside else None
