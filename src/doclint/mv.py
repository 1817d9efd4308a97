"""Joins the rooms for `doclint mv`: a file or folder moves, and every link means afterwards what it meant before.

Unlike `run`, it looks at no fault and repairs nothing: pages are taken as they are on the disk. The move is made first
and the texts are written behind it; whatever fails, both are taken back.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from doclint import decode, git, relocate
from doclint.discover import discover, is_page_name
from doclint.follow import Plan, Shelf
from doclint.guess import areas_for
from doclint.model import Change, FileKind, Outcome, Rename, Source, Summary, UsageError
from doclint.moves import Relocations
from doclint.parse import parse
from doclint.resolve import Site
from doclint.together import write_together
from doclint.value import replace
from doclint.write import WriteError
from doclint.write import check as check_writable

if TYPE_CHECKING:
    from doclint.follow import Rewritten
    from doclint.model import Files
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
    parse_page = partial(parse, wiki_links=settings.wiki_links)
    shelf = Shelf(partial(decode.read, files.root), parse_page, lambda page: page.text)
    areas = areas_for(settings, files)[0]
    plan = Plan(files, Relocations((place,)), areas, _site(files), shelf, wiki_links=settings.wiki_links)
    rewritten = []
    for page in plan.rewritten(_pages(files, settings)):
        _refuse_unwritable(files, page)
        rewritten.append(page)
    changes = [
        Change(place(page.source.path), page.source.text, page.text, len(page.edits))
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


def _pages(files: Files, settings: Settings) -> list[str]:
    """Return the pages whose links may have to follow, sorted."""
    if files.absent:
        some = min(files.absent)
        raise UsageError(f"{some!r} is not on the disk, so no link in it can follow: restore it, or `git rm` it")
    tracked = (path for path, kind in files.tracked.items() if kind is FileKind.FILE)
    return sorted(path for path in (*tracked, *files.untracked) if is_page_name(path, settings.formats))


def _refuse_unwritable(files: Files, page: Rewritten) -> None:
    """Refuse a page that cannot be given its new text."""
    try:
        check_writable(files.root, page.source, page.text)
    except WriteError as error:
        path = page.source.path
        raise UsageError(f"a link in {path!r} must follow, but the page cannot be written: {error}") from error


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


def _site(files: Files) -> Site | None:
    if not files.in_git or (names := git.github_repository(files.root)) is None:
        return None
    return Site(*names, git.default_branch(files.root))
