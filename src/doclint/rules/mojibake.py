"""Text was saved through a wrong encoding, and the way back is exact.

Why:   readers see `CafÃ©` for `Café`, search does not find it, and a heading's anchor is another one.
Bad:   CafÃ© au lait
Good:  Café au lait
Fix:   `doclint fix` writes it: corrupting the repaired text again gives the bytes on the disk, and links to a repaired
       heading move with it. Where two code pages are equally likely, only `--unsafe` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.companions import Companions, companions
from doclint.model import Damage, DamageKind, Fix, Hit, Page, Repaired, Safety, Severity
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
            along = companions(page, repo)
            for damage in damages:
                if damage.kind is DamageKind.EXACT:
                    yield _hit(damage, source.text, along.get(damage.span, Companions()))
        case _:
            return


def _hit(damage: Damage, text: str, along: Companions) -> Hit:
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    fix = Fix("repair the text", (*damage.edits, *along.texts, *along.links), damage.safety)
    sure = damage.safety is Safety.SAFE
    advice = (
        "doclint fix repairs it" if sure else "more than one code page fits; doclint fix --unsafe takes the likelier"
    )
    if along.links:
        advice += f", with {len(along.links)} links to the heading" if len(along.links) > 1 else ", with the link to it"
    return Hit(
        damage.span,
        f'text is UTF-8 read as {readings(damage.codecs)}: "{before}" should be "{after}"',
        advice,
        fix,
        on_disk=True,
    )


RULE = Rule("mojibake", Group.ENCODING, Severity.ERROR, check)
