"""How a link is written once files have moved, so that it means what it meant; pure.

A move changes what a link must say in two ways: the page that it stands on may be elsewhere, and so may what it names.
Both are told by one function from old paths to new ones, whatever is there under them: a link that led nowhere leads
to the same nowhere afterwards. A link that means the same as it stands is left alone, so links between things that move
together stay; only the shortest way to a place becomes the shortest way again, so that a page that comes back finds its
links as they were. What changes keeps the way in which it was written: from the root or from the page, with `./` in
front, a slash behind, its percent-encoding, its query and its fragment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from doclint.destinations import path_parts, respelled
from doclint.model import Edit, InRepo, Outside, Span, Target, Web
from doclint.resolve import Site, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.model import Parsed

    Where = Callable[[str], str]


@dataclass(slots=True)
class Relinked:
    """What becomes of the links of one page.

    Attributes:
        edits: What keeps their meaning, in places of the text that was parsed.
        unclear: Links that cannot be rewritten: their slashes cannot be told from their names.
    """

    edits: list[Edit] = field(default_factory=list)
    unclear: list[Span] = field(default_factory=list)


def relinked(page: str, text: str, parsed: Parsed, where: Where, site: Site | None) -> Relinked:
    """Return what becomes of the links of `page` when everything is where `where` says.

    Args:
        page: Where the page is before.
        text: What it says.
        parsed: The parse of `text`.
        where: A path before to the path afterwards, of any file or folder, whether there is one or not.
        site: As in `resolve`.
    """
    found = Relinked()
    there = where(page)
    for destination, span, html in parsed.destinations:
        before = resolve(page, destination, site)
        wanted = _moved(before, where)
        stays = wanted is None or _same(resolve(there, destination, site), wanted)
        if wanted is None or (stays and there.rpartition("/")[0] == page.rpartition("/")[0]):
            continue
        written = span.of(text)
        parts = path_parts(written, destination, html=html)
        names = None if parts is None else _names(page, there, parts, before, wanted)
        if stays and (parts is None or names == parts or parts != _names(page, page, parts, before, before)):
            continue
        if names is None:
            found.unclear.append(span)
            continue
        place, path = respelled(written, names, html=html, angled=not html and text[span.start - 1 : span.start] == "<")
        found.edits.append(Edit(place.shifted(span.start), path))
    return found


def readdressed(written: str, destination: str, old: str, new: str) -> str | None:
    """Return an address of the repository's own, `written` in Markdown, that names `new` instead of `old`.

    None where the path of `old` does not stand at its end.

    >>> url = "https://github.com/a/b/blob/main/"
    >>> readdressed(f"{url}x%20y.md#z", f"{url}x%20y.md#z", "x y.md", "v/x y.md")
    'https://github.com/a/b/blob/main/v/x%20y.md#z'
    """
    parts = path_parts(written, destination, html=False)
    names = None if parts is None else _at_end(parts, old.split("/"), new.split("/"))
    if names is None:
        return None
    place, path = respelled(written, names, html=False, angled=False)
    return written[: place.start] + path + written[place.end :]


def keeps_meaning(page: str, before: Parsed, after: Parsed, where: Where, site: Site | None) -> bool:
    """Tell whether the destinations of `page`, parsed before and after a move, name the same things, one by one."""
    old, new = tuple(before.destinations), tuple(after.destinations)
    if len(old) != len(new):
        return False
    there = where(page)
    for (destination, _, _), (other, _, _) in zip(old, new, strict=True):
        wanted = _moved(resolve(page, destination, site), where)
        if other != destination if wanted is None else not _same(resolve(there, other, site), wanted):
            return False
    return True


def path_named(page: str, destination: str, site: Site | None) -> str | None:
    """Return the file or folder of the repository that a link on `page` names; None where it names none."""
    target = resolve(page, destination, site)
    return target.path if isinstance(target, InRepo) else None


def _moved(target: Target, where: Where) -> Target | None:
    """Return what a link must mean afterwards; None where that does not depend on any place."""
    match target:
        case InRepo(path, fragment, folder):
            return InRepo(where(path), fragment, folder)
        case Outside():
            return target
        case Web(url) if url == ".." or url.startswith("../"):
            return target
        case _:
            return None


def _same(one: Target, other: Target) -> bool:
    """Tell whether two targets are one place. A folder may be named with or without a slash behind it."""
    match one, other:
        case InRepo(path, fragment), InRepo(same, part):
            return (path, fragment) == (same, part)
        case _:
            return one == other


def _names(page: str, there: str, parts: list[str], before: Target, wanted: Target) -> list[str] | None:
    """Return the decoded parts of the new path; None where the old ones do not name `before`."""
    old_path = before.path.split("/") if isinstance(before, InRepo) and before.path else []
    new_path = wanted.path.split("/") if isinstance(wanted, InRepo) and wanted.path else []
    closing = [""] if len(parts) > 1 and not parts[-1] else []
    # `https://...` and `//...`: the path stands at the end.
    if parts[0].endswith(":") or parts[:2] == ["", ""]:
        return _at_end(parts, old_path, new_path)
    if parts[0] == "":
        return ["", *new_path, *closing]
    above, inside = _walked(page, parts)
    if not isinstance(before, InRepo):
        new_path, old_path = inside, inside
    if inside[len(inside) - len(old_path) :] != old_path:
        return None
    names = _from(there, above, inside[: len(inside) - len(old_path)] + new_path)
    dot = ["."] if parts[0] == "." and len(parts) > 1 and parts[1] and names != ["."] else []
    return [*dot, *names, *closing]


def _at_end(parts: list[str], old_path: list[str], new_path: list[str]) -> list[str] | None:
    """Return `parts` with `new_path` in the place of `old_path` at their end; None where that does not stand there."""
    closing = [""] if not parts[-1] else []
    front = parts[: max(0, len(parts) - len(closing) - len(old_path))]
    return [*front, *new_path, *closing] if [*front, *old_path, *closing] == parts else None


def _walked(page: str, parts: list[str]) -> tuple[int, list[str]]:
    """Follow a path from the folder of `page`: so many steps above the root, then down these parts."""
    above, inside = 0, page.split("/")[:-1]
    for part in parts:
        if part == ".." and inside:
            inside.pop()
        elif part == "..":
            above += 1
        elif part not in ("", "."):
            inside.append(part)
    return above, inside


def _from(page: str, above: int, inside: list[str]) -> list[str]:
    """Return the parts of the shortest path that leads from the folder of `page` to where `_walked` came."""
    here, there = page.split("/")[:-1], inside
    while not above and here and there and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return [".."] * (len(here) + above) + there or ["."]
