"""A reference has no definition.

Why:   readers see the brackets.
Bad:   [setup][instal]
Good:  [setup][install], with `[install]: install.md` on the page
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    if not page.parsed.undefined:
        return
    # Here, because most pages refer to nothing that is not defined.
    from doclint.near import near

    labels = tuple(sorted({definition.label.lower() for definition in page.parsed.definitions}))
    for reference in page.parsed.undefined:
        candidates = near(reference.label.lower(), labels)
        advice = (
            f"did you mean [{'] or ['.join(candidates)}]?" if candidates else f"add [{reference.label}]: <destination>"
        )
        yield Hit(reference.span, f'no definition of "{reference.label}" on this page', advice)


RULE = Rule("undefined-reference", Group.LINKS, Severity.WARNING, check, looks_at=Aspect.UNDEFINED)
