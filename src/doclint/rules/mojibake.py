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

from doclint.model import Damage, DamageKind, Fix, Hit, Page, Repaired, Safety, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.wording import TWO_DAMAGED, excerpt, moved_links, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.companions import Companions
    from doclint.index import RepoIndex

_SAMPLE = 24
"""Characters of a sample, before and after."""


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source, _, damages) if damages:
            # Here, because most pages are whole.
            from doclint.companions import Companions, companions
            from doclint.rules.places import links_that_break

            along = companions(page, repo)
            working = links_that_break(page, repo)
            for damage in damages:
                if damage.kind is DamageKind.EXACT:
                    breaks = any(damage.span.overlaps(place) for place in working)
                    yield _hit(damage, source.text, along.get(damage.span, Companions()), breaks=breaks)
        case _:
            return


def _hit(damage: Damage, text: str, along: Companions, *, breaks: bool) -> Hit:
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    safety = min(damage.safety, Safety.UNSAFE) if breaks else damage.safety
    fix = Fix("repair the text", (*damage.edits, *along.texts, *along.links), safety)
    if breaks:
        advice = TWO_DAMAGED
    elif safety is Safety.SAFE:
        advice = "doclint fix repairs it"
    elif damage.cut:
        advice = "a line's end cuts a character; doclint fix --unsafe puts it together"
    else:
        advice = "more than one code page fits; doclint fix --unsafe takes the likelier"
    advice += moved_links(len(along.links))
    return Hit(
        damage.span,
        f'text is UTF-8 read as {readings(damage.codecs)}: "{before}" should be "{after}"',
        advice,
        fix,
        on_disk=True,
    )


RULE = Rule("mojibake", Group.ENCODING, Severity.ERROR, check, looks_at=Aspect.TEXT)
