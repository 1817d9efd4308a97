"""What a move does to pages: every link to what moves, and in it, means afterwards what it meant before.

Which texts count, those on the disk or those in an editor, is for the caller to say; nothing is written here.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint.lines import LineMap, apply_edits
from doclint.meaning import move_of
from doclint.model import Edit, HeldBack, InRepo, Source, Unreadable, UsageError
from doclint.moves import upward
from doclint.relink import keeps_meaning, relinked
from doclint.value import Value
from doclint.wiki_moves import wiki_edits
from doclint.wiki_names import WikiNames

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from doclint.areas import Areas
    from doclint.model import Files, Parsed
    from doclint.moves import Relocations
    from doclint.resolve import Site


class Rewritten(Value):
    """A page, and the edits of its text that make its links follow."""

    source: Source
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The new text."""
        return apply_edits(self.source.text, self.edits)


class Shelf(Value):
    """Where the pages come from.

    Attributes:
        read: A path to the page.
        parse: A text and its path to the parse.
        spelled: A page to all that its links may spell, and perhaps more: a text to look for names in.
    """

    read: Callable[[str], Source | Unreadable]
    parse: Callable[[str, str], Parsed]
    spelled: Callable[[Source], str]


class Plan:
    """What a move does to pages; `unread`, once `rewritten` has come to its end, are those without a text.

    Args:
        files: What there is.
        place: Where everything goes.
        areas: Which host shows which folder.
        site: As in `resolve`.
        shelf: Where the pages come from.
        wiki_links: Whether `[[page]]` is a link.
    """

    def __init__(  # noqa: PLR0913 - what there is, and where the pages come from
        self, files: Files, place: Relocations, areas: Areas, site: Site | None, shelf: Shelf, *, wiki_links: bool
    ) -> None:
        self._shelf = shelf
        self._place = place
        self._back = place.back
        self._move = move_of(files, place, areas, site)
        self._emptied = _emptied(files, place)
        self.unread: list[HeldBack] = []
        self._names = {path.rpartition("/")[2] for path in (*(one.old for one in place.each), *self._emptied)}
        # On a site an ending may be left out, and what comes can take the place of what a link meant.
        moved = {path.rpartition("/")[2] for one in place.each for path in (one.old, one.new)}
        self._moved = moved
        self._stems = {name.rpartition(".")[0] or name for name in moved}
        self._wiki_names: tuple[WikiNames, WikiNames] | None = None
        if wiki_links:
            self._wiki_names = WikiNames(files.tracked), WikiNames(map(place, files.tracked))

    def rewritten(self, paths: Iterable[str]) -> Iterator[Rewritten]:
        """Yield those of the pages at `paths` that get a new text.

        Raises:
            UsageError: A link would break.
        """
        for path in paths:
            source = self._shelf.read(path)
            if isinstance(source, Unreadable):
                self.unread.append(HeldBack(self._place(path), f"cannot be read: {source.reason}"))
            elif (page := self._page(source)) is not None:
                yield page

    def _page(self, source: Source) -> Rewritten | None:
        path, text = source.path, source.text
        if self._place(path) == path and not self._may_concern(path, self._shelf.spelled(source)):
            return None
        parsed = self._shelf.parse(text, path)
        self._refuse_lost_folder(source, parsed)
        found = relinked(path, text, parsed, self._move)
        if found.unclear:
            place = _where(source, found.unclear[0].start)
            raise UsageError(f"{place}: doclint cannot tell the parts of this link apart; write it without `%2F`")
        if found.lost:
            span, wanted = found.lost[0]
            raise UsageError(
                f"{_where(source, span.start)}: nothing written like {span.of(text)!r} would lead to {wanted!r} "
                "from there; link to the file by its path first"
            )
        edits = [*found.edits, *(wiki_edits(path, parsed, *self._wiki_names, self._place) if self._wiki_names else ())]
        if not edits:
            return None
        page = Rewritten(source, tuple(edits))
        if not keeps_meaning(path, parsed, self._shelf.parse(page.text, path), self._move):
            place = _where(source, min(edit.span.start for edit in edits))
            names = " or ".join(repr(one.new) for one in self._place.each)
            raise UsageError(f"{place}: a link cannot spell {names} here; choose a plainer name")
        if len(source.guesses) > 1:
            raise UsageError(f"{path!r} is in an unclear encoding, so no link in it can follow: save it as UTF-8 first")
        return page

    def _may_concern(self, path: str, text: str) -> bool:
        """Tell whether a page that stays may hold a link that must follow: such a link names what is moved."""
        if self._wiki_names and "[[" in text:
            return (
                True  # letter case and hyphens do not count in them, and what comes may be found in place of what was
            )
        paths = self._move.before.area(path).paths
        if paths is None:
            return _may_name(text, self._names)
        # A page may be named by its folder, also as `..`, and links may start behind the page's own address.
        by_folder = not self._moved.isdisjoint(paths.indexes)
        own = path.rpartition(".")[0]
        beside = self._place(own) != own or self._back(own) != own
        names = self._names | self._stems
        if paths.windows:
            text, names = text.lower(), {name.lower() for name in names}
        return by_folder or beside or _may_name(text, names)

    def _refuse_lost_folder(self, source: Source, parsed: Parsed) -> None:
        """Refuse to leave a link to a folder that has nothing in it any more."""
        for destination, span, _ in parsed.destinations if self._emptied else ():
            target = self._move.before(source.path, destination)
            if isinstance(target, InRepo) and target.path in self._emptied:
                place = _where(source, span.start)
                raise UsageError(
                    f"{place}: the link leads to the folder {target.path!r}, which would be empty; "
                    "link to a file first, or move the folder"
                )


def _may_name(text: str, names: Collection[str]) -> bool:
    """Tell whether a text may spell one of these names in a link."""
    if any(name in text for name in names):
        return True
    if not ("%" in text or "&" in text or "\\" in text):
        return False
    plain = unquote(html.unescape(text.replace("\\", "")), errors="surrogateescape")
    return any(name.replace("\\", "") in plain for name in names)


def _emptied(files: Files, place: Relocations) -> frozenset[str]:
    """Return the folders around what is moved in which nothing is left."""
    around = {folder for one in place.each for folder in upward(one.old) if folder != one.old}
    return frozenset(folder for folder in around if not _holds_something(f"{folder}/", files, place))


def _holds_something(prefix: str, files: Files, place: Relocations) -> bool:
    """Tell whether a file stays in a folder or comes into it."""
    if any(one.new.startswith(prefix) for one in place.each):
        return True
    there = (path for path in (*files.tracked, *files.untracked) if path.startswith(prefix))
    return any(place(path).startswith(prefix) for path in there)


def _where(source: Source, offset: int) -> str:
    return f"{source.path}:{LineMap(source.text).line_of(offset)}"
