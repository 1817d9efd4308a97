"""Text was saved through a wrong encoding, and the way back is exact.

Why:   readers see `CafÃ©` for `Café`, search does not find it, and a heading's anchor is another one.
Bad:   CafÃ© au lait
Good:  Café au lait
Fix:   `doclint fix` writes it: corrupting the repaired text again gives the bytes on the disk, and links to a repaired
       heading move with it. Where two code pages are equally likely, only `--unsafe` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Damage, DamageKind, Edit, Fix, Hit, Page, Repaired, Safety, Severity, Span
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
            for damage in damages:
                if damage.kind is DamageKind.EXACT:
                    yield _hit(damage, source.text, moved)
        case _:
            return


def _hit(damage: Damage, text: str, moved: list[tuple[Span, Edit]]) -> Hit:
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    companions = [edit for place, edit in moved if damage.span.overlaps(place)]
    fix = Fix("repair the text", (*damage.edits, *companions), damage.safety)
    sure = damage.safety is Safety.SAFE
    advice = (
        "doclint fix repairs it" if sure else "more than one code page fits; doclint fix --unsafe takes the likelier"
    )
    if companions:
        advice += f", with {len(companions)} links to the heading" if len(companions) > 1 else ", with the link to it"
    return Hit(
        damage.span,
        f'text is UTF-8 read as {readings(damage.codecs)}: "{before}" should be "{after}"',
        advice,
        fix,
        on_disk=True,
    )


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
