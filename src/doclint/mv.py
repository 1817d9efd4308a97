"""Joins the rooms for `doclint mv`: a file or folder moves, and every link means afterwards what it meant before.

Unlike `run`, it looks at no fault and repairs nothing: pages are taken as they are on the disk. The move is made first
and the texts are written behind it; whatever fails, both are taken back.
"""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint import decode, git, relocate
from doclint.discover import discover, is_page_name
from doclint.guess import areas_for
from doclint.lines import LineMap, apply_edits
from doclint.meaning import move_of
from doclint.model import Change, FileKind, HeldBack, InRepo, Outcome, Rename, Source, Summary, UsageError
from doclint.moves import upward
from doclint.parse import parse
from doclint.relink import keeps_meaning, relinked
from doclint.resolve import Site
from doclint.together import write_together
from doclint.value import Value, replace
from doclint.wiki_moves import wiki_edits
from doclint.wiki_names import WikiNames
from doclint.write import WriteError
from doclint.write import check as check_writable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from doclint.areas import Areas
    from doclint.model import Files, Parsed
    from doclint.moves import Relocation
    from doclint.settings import Settings


def move(old: str, new: str, settings: Settings, cwd: str, *, dry: bool = False) -> Outcome:
    """Move the file or folder `old` to `new`, and rewrite every link to it and in it.

    Args:
        old: What is to be moved, as the user typed it.
        new: Where to; a folder that is there takes it in.
        settings: Where the root is, and the formats of pages, and which host shows what.
        cwd: Absolute path of the current folder.
        dry: Only tell what would be done.

    Returns:
        What was done, or would be; no findings. `Change.fixes` counts the rewritten links.

    Raises:
        UsageError: It cannot be made, or not without breaking a link. Then all is as it was.
    """
    files = discover((), settings, cwd)
    place = relocate.relocation(files, old, new, cwd)
    plan = _Plan(files, place, areas_for(settings, files)[0], settings)
    rewritten = list(plan.rewritten())
    changes = [
        Change(place(page.source.path), page.source.text, page.text, page.links)
        for page in sorted(rewritten, key=lambda page: place(page.source.path))
    ]
    if not dry:
        _make(files, place, [(page.source, page.text) for page in rewritten])
        relocate.leave(files, place, cwd)
    everything = (*files.tracked, *files.untracked)
    return Outcome(
        files.root,
        (),
        Summary(),
        tuple(changes),
        tuple(plan.unread),
        renamed=(Rename(place.old, place.new),),
        moved=tuple(sorted(Rename(path, place(path)) for path in everything if place(path) != path)),
    )


class _Rewritten(Value):
    """A page with a new text, in which so many links are written anew."""

    source: Source
    text: str
    links: int


class _Plan:
    """What a move does to pages; `unread`, once `rewritten` has come to its end, are those without a text."""

    def __init__(self, files: Files, place: Relocation, areas: Areas, settings: Settings) -> None:
        self._files = files
        self._formats = settings.formats
        self._parse = partial(parse, wiki_links=settings.wiki_links)
        self._place = place
        self._move = move_of(files, place, areas, _site(files))
        self._emptied = _emptied(files, place)
        self.unread: list[HeldBack] = []
        self._names = {path.rpartition("/")[2] for path in (place.old, *self._emptied)}
        # On a site an ending may be left out, and what comes can take the place of what a link meant.
        moved = {path.rpartition("/")[2] for path in (place.old, place.new)}
        self._stems = {name.rpartition(".")[0] or name for name in moved}
        self._wiki_names: tuple[WikiNames, WikiNames] | None = None
        if settings.wiki_links:
            self._wiki_names = WikiNames(files.tracked), WikiNames(map(place, files.tracked))

    def rewritten(self) -> Iterator[_Rewritten]:
        """Yield the pages that get a new text.

        Raises:
            UsageError: A link would break.
        """
        if self._files.absent:
            some = min(self._files.absent)
            raise UsageError(f"{some!r} is not on the disk, so no link in it can follow: restore it, or `git rm` it")
        tracked = (path for path, kind in self._files.tracked.items() if kind is FileKind.FILE)
        for path in sorted(path for path in (*tracked, *self._files.untracked) if is_page_name(path, self._formats)):
            source = decode.read(self._files.root, path)
            if not isinstance(source, Source):
                self.unread.append(HeldBack(self._place(path), f"cannot be read: {source.reason}"))
            elif (page := self._page(source)) is not None:
                yield page

    def _page(self, source: Source) -> _Rewritten | None:
        path, text = source.path, source.text
        if self._place(path) == path and not self._may_concern(path, text):
            return None
        parsed = self._parse(text, path)
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
        after = apply_edits(text, edits)
        if not keeps_meaning(path, parsed, self._parse(after, path), self._move):
            place = _where(source, min(edit.span.start for edit in edits))
            raise UsageError(f"{place}: a link cannot spell {self._place.new!r} here; choose a plainer name")
        if len(source.guesses) > 1:
            raise UsageError(f"{path!r} is in an unclear encoding, so no link in it can follow: save it as UTF-8 first")
        try:
            check_writable(self._files.root, source, after)
        except WriteError as error:
            raise UsageError(f"a link in {path!r} must follow, but the page cannot be written: {error}") from error
        return _Rewritten(source, after, len(edits))

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
        by_folder = any(name.rpartition("/")[2] in paths.indexes for name in (self._place.old, self._place.new))
        own = path.rpartition(".")[0]
        beside = self._place(own) != own or self._place.back(own) != own
        return by_folder or beside or _may_name(text, self._names | self._stems)

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


def _make(files: Files, place: Relocation, texts: list[tuple[Source, str]]) -> None:
    """Move, then write; all or nothing.

    Raises:
        UsageError: Git or the disk refuses.
    """
    try:
        made = relocate.carry_out(files, place)
    except WriteError as error:
        raise UsageError(f"{place.old!r} was not moved: {error}") from error
    done = False
    try:
        moved = [(replace(source, path=place(source.path)), text) for source, text in texts]
        reasons = write_together(files.root, moved)
        done = not reasons
    finally:
        # Also when the user interrupts: `write_together` has put the texts back.
        if not done:
            _take_back(files, place, made)
    if reasons:
        path, reason = next(iter(reasons.items()))
        raise UsageError(f"nothing was moved, because {path!r} cannot be written: {reason}")


def _take_back(files: Files, place: Relocation, made: list[str]) -> None:
    try:
        relocate.take_back(files, place, made)
    except WriteError as error:
        raise UsageError(f"{place.new!r} could not be moved back to {place.old!r}: {error}; move it by hand") from error


def _emptied(files: Files, place: Relocation) -> frozenset[str]:
    """Return the folders around what is moved in which nothing is left."""
    around = [folder for folder in upward(place.old) if folder != place.old]
    left = {folder for path in (*files.tracked, *files.untracked) for folder in upward(place(path))}
    return frozenset(folder for folder in around if folder not in left)


def _site(files: Files) -> Site | None:
    if not files.in_git or (names := git.github_repository(files.root)) is None:
        return None
    return Site(*names, git.default_branch(files.root))


def _where(source: Source, offset: int) -> str:
    return f"{source.path}:{LineMap(source.text).line_of(offset)}"
