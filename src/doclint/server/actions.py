"""What can be done about what was found: one fix, one of several ways out, all fixes of a page."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.model import Safety
from doclint.server.edits import Changes, fixes
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doclint.model import Finding, Fix, Span
    from doclint.server.folder import Folder

_MOST = 16
"""So many findings in a selection get actions of their own; with more nobody would read the list."""


class Kind(Enum):
    """What an action is to an editor."""

    QUICK_FIX = "quickfix"
    FIX_ALL = "source.fixAll"


class Action(Value):
    """Something that can be done.

    Attributes:
        title: What an editor lists.
        kind: What it is.
        changes: What it does.
        finding: What it mends; None for all of a page.
        preferred: Whether it is certain, and the only way.
    """

    title: str
    kind: Kind
    changes: Changes
    finding: Finding | None = None
    preferred: bool = False


def quick_fixes(folder: Folder, name: str, place: Span) -> Iterator[Action]:
    """Yield what can be done about what was found at a place, what is certain first."""
    found = folder.findings(name)
    here = [finding for finding in found if _touches(finding.span, place)][:_MOST]
    actions = [action for finding in here for action in _of_finding(folder, finding)]
    yield from sorted(actions, key=lambda action: not action.preferred)
    if not here:
        return
    for level, words in ((Safety.SAFE, "certain"), (Safety.UNSAFE, "certain or likely")):
        fixable = [finding for finding in found if finding.fix is not None and finding.fix.safety >= level]
        likely = level is Safety.SAFE or any(finding.fix.safety < Safety.SAFE for finding in fixable if finding.fix)
        if len(fixable) > 1 and likely and (changes := fixes(folder, fixable, level)) is not None:
            yield Action(f"Mend all on this page that is {words}", Kind.QUICK_FIX, changes)


def fix_all(folder: Folder, name: str) -> Action | None:
    """Return the action that makes all certain fixes of a page; None where there are none."""
    changes = fixes(folder, folder.findings(name), Safety.SAFE)
    return None if changes is None else Action("Mend all that is certain", Kind.FIX_ALL, changes)


def _of_finding(folder: Folder, finding: Finding) -> Iterator[Action]:
    ways: Sequence[Fix] = (finding.fix,) if finding.fix is not None else finding.choices
    for fix in ways:
        # A way out among several is never certain, but a person may choose it.
        level = Safety.UNSAFE if finding.fix is None else fix.safety
        if level is Safety.DISPLAY:
            continue
        chosen = replace(finding, fix=replace(fix, safety=level))
        if (changes := fixes(folder, [chosen], level)) is not None:
            yield Action(_title(fix), Kind.QUICK_FIX, changes, finding, level is Safety.SAFE and len(ways) == 1)


def _title(fix: Fix) -> str:
    sure = {Safety.UNSAFE: " (likely)"}.get(fix.safety, "")
    if fix.confidence is not None:
        sure = f" (likely, {fix.confidence:.2f})"
    return f"{fix.title[:1].upper()}{fix.title[1:]}{sure}"


def _touches(span: Span, place: Span) -> bool:
    """Tell whether two stretches share a character or a border, so that a cursor behind a word is still at it."""
    return span.start <= place.end and place.start <= span.end
