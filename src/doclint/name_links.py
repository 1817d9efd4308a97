"""What links spell of a damaged name, and how they spell it when the name is mended; pure.

A rename changes one part of a path and never its depth, so of a destination only the part that spells the name
changes: `../img/æŠ€.png#x` keeps its way up, its folder and its fragment, and links that do not spell the name stay
right by themselves, also on a page that moves with its folder.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from doclint.destinations import path_parts, with_parts
from doclint.lines import DiskMap, apply_edits
from doclint.model import Edit, InRepo, Page, Repaired
from doclint.resolve import Site, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from doclint.names import DamagedName, Names


@dataclass(slots=True)
class Spelled:
    """The links that spell one damaged name.

    Attributes:
        edits: What mends them, in places on the disk.
        unclear: Pages with a link that leads there but is written so that its parts cannot be told apart.
    """

    edits: list[Edit] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def spelled_in(pages: Iterable[Page], names: Names, site: Site | None) -> Mapping[str, Spelled]:
    """Return for each damaged name, by its path, the links on `pages` that spell it."""
    found: defaultdict[str, Spelled] = defaultdict(Spelled)
    for page in pages:
        content = page.content
        if not isinstance(content, Repaired):
            continue
        disk = DiskMap(content.edits)
        for destination, span, html in page.parsed.destinations:
            if not _may_spell(destination):
                continue
            written = span.of(content.text)
            parts = _spelled_parts(page.path, destination, written, names, site, html=html)
            if parts is None:
                for damaged in _on_the_way(page.path, destination, names, site):
                    found[damaged.path].unclear.append(page.path)
                continue
            place = disk.on_disk(span)
            for damaged in dict.fromkeys(parts.values()):
                names_there = {number: damaged.repaired for number, other in parts.items() if other is damaged}
                edits = [Edit(part, text, page.path) for part, text in with_parts(written, names_there)]
                if place.of(content.source.text) == written:
                    found[damaged.path].edits += [replace(edit, span=edit.span.shifted(place.start)) for edit in edits]
                else:
                    # The destination is being repaired itself. All of it is taken, so that one of the two fixes waits.
                    found[damaged.path].edits.append(Edit(place, apply_edits(written, edits), page.path))
    return found


def _may_spell(destination: str) -> bool:
    return "%" in destination or not destination.isascii()


def _spelled_parts(  # noqa: PLR0913 - what a link is, and what there is
    page: str, destination: str, written: str, names: Names, site: Site | None, *, html: bool
) -> dict[int, DamagedName] | None:
    """Return which part of the path that is `written` spells which damaged name.

    Returns:
        Damaged names by the number of the part; None where the parts cannot be told apart.
    """
    target = resolve(page, destination, site)
    if not isinstance(target, InRepo):
        return {}
    parts = path_parts(written, destination, html=html)
    if parts is None:
        return None
    if "://" in destination or destination.startswith("//"):
        return _spelled_at_end(target.path, parts, names)
    folder = "" if parts[0] == "" else page.rpartition("/")[0]
    found: dict[int, DamagedName] = {}
    for number, part in enumerate(parts):
        if part == ".." and not folder:
            # It leads out of the root and, by way of the site, in again.
            return _spelled_at_end(target.path, parts, names)
        if part == "..":
            folder = folder.rpartition("/")[0]
        elif part not in ("", "."):
            folder, damaged = names.entered(folder, part)
            if damaged is not None:
                found[number] = damaged
    return found


def _spelled_at_end(path: str, parts: list[str], names: Names) -> dict[int, DamagedName] | None:
    """Return the same for a destination that ends with `path`, after an address."""
    while parts and not parts[-1]:
        parts = parts[:-1]
    inside = path.split("/")
    first = len(parts) - len(inside)
    if parts[max(first, 0) :] != inside:
        return None
    folder = ""
    found: dict[int, DamagedName] = {}
    for number, part in enumerate(inside, first):
        folder, damaged = names.entered(folder, part)
        if damaged is not None:
            found[number] = damaged
    return found


def _on_the_way(page: str, destination: str, names: Names, site: Site | None) -> Iterator[DamagedName]:
    """Yield the damaged names that a link passes through."""
    target = resolve(page, destination, site)
    folder = ""
    for part in target.path.split("/") if isinstance(target, InRepo) else ():
        folder, damaged = names.entered(folder, part)
        if damaged is not None:
            yield damaged
