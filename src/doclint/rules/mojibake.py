"""Text was saved through a wrong encoding, and the way back is exact.

Why:   readers see `CafÃ©` for `Café`, search does not find it, and a heading's anchor is another one.
Bad:   CafÃ© au lait
Good:  Café au lait
Fix:   `doclint fix` writes it: corrupting the repaired text again gives the bytes on the disk, and links to a repaired
       heading move with it. Where two code pages are equally likely, or a link would lose the file that has its
       damaged name, only `--unsafe` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.index import Standing
from doclint.model import Damage, DamageKind, Edit, Fix, Hit, InRepo, Page, Repaired, Safety, Severity, Span, Target
from doclint.rules.base import Group, Rule
from doclint.rules.wording import excerpt, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_SAMPLE = 24
"""Characters of a sample, before and after."""


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source, _, damages):
            moved = _link_edits(page, repo)
            working = _working_links(page, repo)
            for damage in damages:
                if damage.kind is DamageKind.EXACT:
                    breaks = any(damage.span.overlaps(place) for place in working)
                    yield _hit(damage, source.text, moved, breaks=breaks)
        case _:
            return


def _hit(damage: Damage, text: str, moved: list[tuple[Span, Edit]], *, breaks: bool) -> Hit:
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    companions = [edit for place, edit in moved if damage.span.overlaps(place)]
    safety = min(damage.safety, Safety.UNSAFE) if breaks else damage.safety
    fix = Fix("repair the text", (*damage.edits, *companions), safety)
    if breaks:
        advice = "a link in it leads to a file whose name is damaged, too; doclint fix --unsafe repairs both"
    elif safety is Safety.SAFE:
        advice = "doclint fix repairs it"
    else:
        advice = "more than one code page fits; doclint fix --unsafe takes the likelier"
    if companions:
        advice += f", with {len(companions)} links to the heading" if len(companions) > 1 else ", with the link to it"
    return Hit(
        damage.span,
        f'text is UTF-8 read as {readings(damage.codecs)}: "{before}" should be "{after}"',
        advice,
        fix,
        on_disk=True,
    )


def _working_links(page: Page, repo: RepoIndex) -> list[Span]:
    """Return where the destinations on the disk are that lead to a file and, once repaired, would lead to none."""
    before, after = page.as_on_disk, page.parsed
    if before is None or len(before.links) != len(after.links):
        return []
    return [
        old.destination_span
        for old, new in zip(before.links, after.links, strict=True)
        if old.destination != new.destination
        and _is_there(repo, repo.target(page, old))
        and not _is_there(repo, repo.target(page, new))
    ]


def _is_there(repo: RepoIndex, target: Target) -> bool:
    return isinstance(target, InRepo) and repo.look_up(target).standing in (Standing.FILE, Standing.FOLDER)


def _link_edits(page: Page, repo: RepoIndex) -> list[tuple[Span, Edit]]:
    """Return, for each anchor that repair moves, its place on the disk and the edits of the links to it."""
    before = page.as_on_disk
    if before is None:
        return []
    edits = []
    names = {old.name: (old.span, new.name) for old, new in repo.moved_anchors(page)}
    for other, link, fragment in repo.links_by_target.get(page.path, ()) if names else ():
        table = repo.anchors(page.path)
        if table is None or table.find(fragment):
            continue
        for lookup in repo.flavour.lookups(fragment):
            if lookup in names:
                place, name = names[lookup]
                if (edit := repo.fragment_edit(other, link, name)) is not None:
                    edits.append((place, edit if other.path != page.path else Edit(edit.span, edit.text)))
                break
    return edits


RULE = Rule("mojibake", Group.ENCODING, Severity.ERROR, check)
