"""Why a link is right or wrong: each step that doclint takes from its destination to its verdict; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.judged import Fragment
from doclint.lines import DiskMap, LineMap
from doclint.model import Empty, InRepo, LinkKind, Other, Outside, Repaired, SamePage, Target, Web
from doclint.near import near
from doclint.slug import rule_of
from doclint.tree import Standing
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.anchor_table import AnchorTable
    from doclint.index import RepoIndex
    from doclint.model import Anchor, Guess, Link, Page
    from doclint.settings import Settings

_SHOWN = 6
"""So many paths or anchors are named one by one."""

_KINDS = {
    LinkKind.INLINE: "a link",
    LinkKind.IMAGE: "an image",
    LinkKind.REFERENCE: "a reference definition",
    LinkKind.AUTOLINK: "an address between angle brackets",
    LinkKind.BARE: "a bare address",
    LinkKind.HTML: "an attribute of raw HTML",
    LinkKind.WIKI: "a wiki link",
}

_STANDINGS = {
    Standing.FILE: "git tracks this file",
    Standing.FOLDER: "git tracks files in this folder",
    Standing.UNTRACKED: "it is on your disk, but git does not track it",
    Standing.IN_SUBMODULE: "it lies in a submodule, which is not looked into",
    Standing.BEHIND_SYMLINK: "it lies behind a symbolic link, which is not followed",
    Standing.MISSING: "git does not track it",
    Standing.NOT_JUDGED: "git does not track it, but a page may be built at this address: this is not judged",
}


class Reasons(Value):
    """Why pages have the flavours that they have.

    Attributes:
        settings: What the user wants.
        guesses: What was guessed.
        flagged: Whether a flag says which flavour is meant.
    """

    settings: Settings
    guesses: tuple[Guess, ...] = ()
    flagged: bool = False


def why(page: Page, link: Link, index: RepoIndex, reasons: Reasons) -> tuple[list[str], bool]:
    """Return the steps that lead to the verdict on a link of a page, and whether the link is judged at all."""
    target = index.target(page, link)
    steps = [_written(page, link, index), _shown_by(page.path, index, reasons)]
    match target:
        case Empty():
            return [*steps, "There is no destination."], True
        case Web(url):
            return [*steps, f"{url} is on the web, and doclint does not visit the web."], False
        case Other(scheme):
            return [*steps, f"A destination of the kind {scheme!r} is not checked."], False
        case Outside(path):
            return [*steps, f"It means {path}, which lies outside of the repository."], True
        case SamePage(fragment):
            steps.append(f"It means the place #{fragment} on this page.")
        case InRepo():
            steps += _paths(target, index)
            steps += _past(page, link, target, index)
    fragment_steps, judged = _fragment(page, target, index)
    if isinstance(target, InRepo) and index.look_up(target).standing is Standing.NOT_JUDGED:
        judged = False
    return [*steps, *fragment_steps], judged


def _written(page: Page, link: Link, index: RepoIndex) -> str:
    written = index.written(page, link)
    means = f", which means {link.destination}" if written != link.destination else ""
    return f"This is {_KINDS[link.kind]}; its destination is written {written or '(nothing)'}{means}."


def _shown_by(path: str, index: RepoIndex, reasons: Reasons) -> str:
    """Say which host shows a page, and how that is known."""
    area, settings, guesses = index.areas.of(path), reasons.settings, reasons.guesses
    name = index.flavour(path).name
    if name == "html":
        return "The page is HTML, where anchors are ids, whoever shows it."
    if settings.folders and any(area.folder == other.folder for other in index.areas.areas):
        reason = f"as a table [[folder]] of the settings says of {area.folder or 'the whole repository'}"
    elif settings.flavour is not None:
        reason = "as --flavour says" if reasons.flagged else "as the setting `flavour` says"
    elif (guess := next((guess for guess in guesses if guess.folder == area.folder), None)) and name == guess.flavour:
        reason = f"guessed from {guess.config} for {guess.folder or 'the whole repository'}"
    elif guesses:
        reason = "by default: no guess is about this page"
    else:
        reason = "by default: no setting and no configuration of a site generator says otherwise"
    return f"The page's flavour is {name}, {reason}."


def _paths(target: InRepo, index: RepoIndex) -> Iterator[str]:
    """Say which paths are tried, and what git says of each."""
    found = index.look_up(target)
    if target.others:
        missing = []
        for other in target.others:
            if found.standing is Standing.FILE and other == found.path:
                break
            missing.append(other)
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        if missing:
            yield "On this site it may be an address, so several files are tried:"
            yield f"  git does not track {', '.join(missing[:_SHOWN])}{more};"
    shown = found.path if found.standing is Standing.FILE else target.path
    if found.standing is Standing.WRONG_CASE:
        yield f"{target.path}: git tracks {found.path}, which differs in letter case or in its Unicode normal form."
    else:
        yield f"{shown or 'The top of the repository'}: {_STANDINGS[found.standing]}."


def _past(page: Page, link: Link, target: InRepo, index: RepoIndex) -> Iterator[str]:
    """Say what git remembers of a file that is not there."""
    if not index.files.in_git or index.look_up(target).standing is not Standing.MISSING:
        return
    traces = index.moved_from(target)
    for trace in traces:
        sure = "nothing else was ever there" if trace.certain else "which is likely, not certain"
        yield f"In git's history it moved to {trace.path}; {sure}."
    before = index.meant_before_moving(page, link)
    if before:
        yield f"The page itself moved; before, the link led to {', '.join(before[:_SHOWN])}."
    if not traces and not before:
        yield "In git's history no file moved away from there."


def _fragment(page: Page, target: Target, index: RepoIndex) -> tuple[list[str], bool]:
    """Say what becomes of a fragment, and whether it is judged."""
    if not isinstance(target, InRepo | SamePage) or not target.fragment:
        return [], True
    fragment = target.fragment
    if index.flavour(page.path).always_there(fragment):
        return [f"#{fragment} needs no anchor: the host itself understands it."], True
    path = index.page_of(page.path, target)
    table = index.anchors(path) if path is not None else None
    if path is None or table is None:
        return [f"#{fragment} is not judged: the anchors of what is there are not known."], False
    flavour = index.flavour(path)
    names = " or ".join(f"#{name}" for name in dict.fromkeys(flavour.lookups(fragment)))
    steps = [f"{path}, of flavour {flavour.name}, has {_counted(len(table.names))}; {names} is looked for."]
    anchor = table.find(fragment)
    if anchor is not None:
        steps.append(_origin(anchor, path, index))
        return steps, True
    match index.fragment(page, target):
        case Fragment.THERE:
            return [*steps, "Another host that shows the page as well has it, and this is accepted."], True
        case Fragment.UNKNOWN:
            return [*steps, "The page may have anchors that are not written on it, so this is not judged."], False
        case Fragment.MOVES:
            return [*steps, "It is there now, and moves when the damaged heading is repaired."], True
        case Fragment.MISSING:
            return [*steps, *_nearest(fragment, table, path, index)], True


def _counted(number: int) -> str:
    return f"{number:,} anchor{'' if number == 1 else 's'}"


def _origin(anchor: Anchor, path: str, index: RepoIndex) -> str:
    page = index.pages[path]
    content = page.content
    assert isinstance(content, Repaired)  # noqa: S101 - a page with anchors was read
    span = DiskMap(content.edits).on_disk(anchor.span)
    line = LineMap(content.source.text).line_of(span.start)
    if anchor.text:
        return f'#{anchor.name} is made of the heading "{anchor.text}" in line {line} of {path}.'
    return f"#{anchor.name} is written in line {line} of {path}."


def _nearest(fragment: str, table: AnchorTable, path: str, index: RepoIndex) -> Iterator[str]:
    """Say which anchors come nearest, and how names are made."""
    if not table.names:
        return
    yield f"None of them is #{fragment}."
    if any(_carries(anchor.text, fragment) for anchor in table.anchors):
        shown = f"{{#{fragment}}} stands behind a heading; {index.flavour(path).name} shows that as text."
        yield f"{shown} Other hosts make an anchor of it; the setting `flavour` says which host is meant."
    candidates = near(fragment, table.names) or table.names[:_SHOWN]
    for name in candidates[:_SHOWN]:
        anchor = next(anchor for anchor in table.anchors if anchor.name == name)
        yield _origin(anchor, path, index)
    if len(table.names) > len(candidates):
        yield f"`doclint anchors {path}` lists all of them."
    if rule := rule_of(index.flavour(path).name):
        yield f"How {index.flavour(path).name} makes an anchor: {_short(rule)}"


def _carries(heading: str, fragment: str) -> bool:
    """Tell whether a heading ends in the name that some hosts would give it, as in `Setup {#set-up}`."""
    return heading.rstrip().endswith(f"{{#{fragment}}}")


def _short(rule: str) -> str:
    """Return the rule itself, without where it is written down and how certain it is."""
    return re.sub(r" \(see `\w+\.py`\)", "", rule).partition(" It is certain,")[0]
