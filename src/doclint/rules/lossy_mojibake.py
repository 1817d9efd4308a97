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
from doclint.rules.base import Group, Rule
from doclint.rules.wording import excerpt, inferences, likely_cause, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_SAMPLE = 24
"""Characters of a sample, before and after."""


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source, _, damages):
            for damage in damages:
                if damage.kind is DamageKind.LOSSY:
                    yield _hit(damage, source.text)
        case _:
            return


def _hit(damage: Damage, text: str) -> Hit:
    lost = damage.loss or "bytes are missing"
    message = f"text is UTF-8 read as {readings(damage.codecs)}, {lost}"
    if not damage.edits:
        advice = "nothing tells what is missing: restore the line from a copy, do not repair it by halves"
        return Hit(damage.span, message, advice, on_disk=True)
    first = damage.edits[0]
    before, after = excerpt(first.span.of(text), _SAMPLE), excerpt(first.text, _SAMPLE)
    fix = Fix("restore the text", damage.edits, damage.safety)
    advice = [_advice(damage, fix), *inferences(fix.inferred), likely_cause(damage.codecs, damage.loss)]
    if damage.held:
        advice.insert(1, f"{damage.held} more of this line stays as it is: too uncertain")
    return Hit(damage.span, f'{message}: "{before}" was "{after}"', "\n".join(filter(None, advice)), fix, on_disk=True)


def _advice(damage: Damage, fix: Fix) -> str:
    if damage.safety is Safety.SAFE:
        return f"doclint fix restores it: {damage.witness} proves it"
    return f"doclint fix --unsafe restores it: {damage.witness or _certainty(fix)}"


def _certainty(fix: Fix) -> str:
    if fix.confidence is None:
        return "what is left leaves no choice"
    return f"each inferred character is at least {fix.confidence:.0%} likely"


RULE = Rule("lossy-mojibake", Group.ENCODING, Severity.ERROR, check)
