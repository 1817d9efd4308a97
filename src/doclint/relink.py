"""How a link is written once files have moved, so that it means what it meant; pure.

A move changes what a link must say in two ways: the page that it stands on may be elsewhere, and so may what it names.
Both are told by one function from old paths to new ones, whatever is there under them: a link that led nowhere leads
to the same nowhere afterwards. A link that means the same as it stands is left alone, so links between things that move
together stay; only the shortest way to a place becomes the shortest way again, so that a page that comes back finds its
links as they were. What changes keeps the way in which it was written: from the root or from the page, with `./` in
front, a slash behind, its percent-encoding, its query and its fragment, and on a site an ending that is left out. Where
nothing that is written so leads there, the link is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from doclint.destinations import path_parts, respelled
from doclint.meaning import same
from doclint.model import Edit, InRepo, Span
from doclint.style import spellings, style_of, way
from doclint.value import Draft, Value, field

if TYPE_CHECKING:
    from doclint.meaning import Meaning, Move
    from doclint.model import Parsed, Target


class Relinked(Draft):
    """What becomes of the links of one page.

    Attributes:
        edits: What keeps their meaning, in places of the text that was parsed.
        unclear: Links that cannot be rewritten: their slashes cannot be told from their names.
        lost: Links of which nothing in their style leads where they must, and where that is.
    """

    edits: list[Edit] = field(default_factory=list)
    unclear: list[Span] = field(default_factory=list)
    lost: list[tuple[Span, str]] = field(default_factory=list)


def relinked(page: str, text: str, parsed: Parsed, move: Move) -> Relinked:
    """Return what becomes of the links of `page` in a move.

    Args:
        page: Where the page is before.
        text: What it says.
        parsed: The parse of `text`.
        move: The move.
    """
    found = Relinked()
    there = move.where(page)
    for destination, span, html in parsed.destinations:
        before = move.before(page, destination)
        wanted = move.wanted(page, before)
        stays = wanted is None or same(move.after(there, destination), wanted)
        if wanted is None or (stays and there.rpartition("/")[0] == page.rpartition("/")[0]):
            continue
        written = span.of(text)
        parts = path_parts(written, destination, html=html)
        link = None if parts is None else _Link(page, destination, parts, before)
        names = None if link is None else link.names(there, wanted, move.before, move.after)
        if stays and (names in (None, parts) or not (link and link.is_shortest(move.before))):
            continue
        if link is None:
            found.unclear.append(span)
        elif names is None:
            found.lost.append((span, wanted.path if isinstance(wanted, InRepo) else destination))
        else:
            angled = not html and text[span.start - 1 : span.start] == "<"
            place, path = respelled(written, names, html=html, angled=angled)
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


def keeps_meaning(page: str, before: Parsed, after: Parsed, move: Move) -> bool:
    """Tell whether the destinations of `page`, parsed before and after a move, name the same things, one by one."""
    old, new = tuple(before.destinations), tuple(after.destinations)
    if len(old) != len(new):
        return False
    there = move.where(page)
    for (destination, _, _), (other, _, _) in zip(old, new, strict=True):
        wanted = move.wanted(page, move.before(page, destination))
        if other != destination if wanted is None else not same(move.after(there, other), wanted):
            return False
    return True


class _Link(Value):
    """A link on `page` whose path, in these decoded parts, means `target` there."""

    page: str
    destination: str
    parts: list[str]
    target: Target

    def names(self, there: str, wanted: Target, before: Meaning, after: Meaning) -> list[str] | None:
        """Return the parts of the path by which a link on the page `there` means `wanted`; None where none does."""
        old, new = before.area(self.page), after.area(there)
        in_tree = _in_tree(self.page, there, self.parts, self.target, wanted)
        if self.on_the_web or (old.paths is None and new.paths is None):
            return in_tree
        style = style_of(self.page, self.parts, self.target.path, old) if isinstance(self.target, InRepo) else None
        if style is not None and isinstance(wanted, InRepo):
            ways = spellings(style, there, wanted.path, new)
        else:
            ways = iter(() if in_tree is None else (in_tree,))
        tail = "".join(self.destination.partition("#")[1:])
        return next((names for names in ways if same(after(there, _encoded(names) + tail), wanted)), None)

    def is_shortest(self, meaning: Meaning) -> bool:
        """Tell whether it is written as it would be written anew."""
        return self.parts == self.names(self.page, self.target, meaning, meaning)

    @property
    def on_the_web(self) -> bool:
        """Whether it is an address of the web, `https://...` or `//...`, with the path at the end."""
        return self.parts[0].lower() in ("http:", "https:") or self.destination.startswith("//")


def _encoded(names: list[str]) -> str:
    return "/".join(quote(name, safe="@", errors="surrogateescape") for name in names)


def _in_tree(page: str, there: str, parts: list[str], before: Target, wanted: Target) -> list[str] | None:
    """Return the decoded parts of the new path in a tree of files; None where the old ones do not name `before`."""
    old_path = before.path.split("/") if isinstance(before, InRepo) and before.path else []
    new_path = wanted.path.split("/") if isinstance(wanted, InRepo) and wanted.path else []
    closing = [""] if len(parts) > 1 and not parts[-1] else []
    # `https://...` and `//...`: the path stands at the end.
    if parts[0].lower() in ("http:", "https:") or parts[:2] == ["", ""]:
        return _at_end(parts, old_path, new_path)
    if parts[0] == "":
        return ["", *new_path, *closing]
    above, inside = _walked(page, parts)
    if not isinstance(before, InRepo):
        new_path, old_path = inside, inside
    if inside[len(inside) - len(old_path) :] != old_path:
        return None
    names = way(there.split("/")[:-1], above, inside[: len(inside) - len(old_path)] + new_path)
    dot = ["."] if parts[0] == "." and len(parts) > 1 and parts[1] else []
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
