"""Text was saved through a wrong encoding, and bytes are missing.

Why:   part of what was written is gone; a tool that repairs the rest of the line makes it impossible to restore.
Bad:   the â€œquoteâ€ that ends here
Good:  the “quote” that ends here
Fix:   `doclint fix` writes what is proved: an older version of the line in git, or an equal line of an intact page, is
       damaged to exactly this one. `--unsafe` writes the likeliest text as well, where each inferred character is at
       least as likely as `--confidence` asks. What is less certain is left as it is, with all the evidence it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Damage, DamageKind, Fix, Hit, Page, Repaired, Safety, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.wording import (
    TWO_DAMAGED,
    excerpt,
    inferences,
    likely_cause,
    moved_links,
    readings,
    restored_line_ends,
)

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
                if damage.kind is DamageKind.LOSSY:
                    breaks = any(damage.span.overlaps(place) for place in working)
                    yield _hit(damage, source.text, along.get(damage.span, Companions()), breaks=breaks)
        case _:
            return


def _hit(damage: Damage, text: str, along: Companions, *, breaks: bool) -> Hit:
    lost = damage.loss or "bytes are missing"
    message = f"text is UTF-8 read as {readings(damage.codecs)}, {lost}"
    if not damage.edits:
        held = "what is missing is too uncertain" if damage.held else "nothing tells what is missing"
        advice = f"{held}: restore the line from a copy, do not repair it by halves"
        return Hit(damage.span, message, advice, on_disk=True)
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    safety = min(damage.safety, Safety.UNSAFE) if breaks else damage.safety
    fix = Fix("restore the text", (*damage.edits, *along.texts, *along.links), safety)
    lines = [
        TWO_DAMAGED if breaks else _advice(damage, fix) + moved_links(len(along.links)),
        f"{damage.held} more of this line stays as it is: too uncertain" if damage.held else "",
        restored_line_ends(damage.edits),
        *inferences([inference for edit in damage.edits for inference in edit.inferred]),
        likely_cause(damage.codecs, damage.loss),
    ]
    return Hit(damage.span, f'{message}: "{before}" was "{after}"', "\n".join(filter(None, lines)), fix, on_disk=True)


def _advice(damage: Damage, fix: Fix) -> str:
    if damage.safety is Safety.SAFE:
        return f"doclint fix restores it: {damage.witness} proves it"
    return f"doclint fix --unsafe restores it: {damage.witness or _certainty(fix)}"


def _certainty(fix: Fix) -> str:
    if fix.confidence is None:
        return "what is left leaves no choice"
    return f"each inferred character is at least {int(fix.confidence * 100 + 1e-9)}% likely"


RULE = Rule("lossy-mojibake", Group.ENCODING, Severity.ERROR, check, looks_at=Aspect.TEXT)
