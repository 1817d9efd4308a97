"""A reference definition is not used.

Why:   it is dead weight, or a sign of a mistyped label.
Bad:   [install]: install.md, with no `[...][install]` on the page
Good:  the same, used or removed
Fix:   none. Off by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.wording import is_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    for definition in page.parsed.definitions:
        if not definition.used and not definition.duplicate and not is_comment(definition):
            label = definition.label.lower()
            yield Hit(definition.span, f'nothing on this page uses "{label}"', "remove the definition, or use it")


RULE = Rule("unused-definition", Group.LINKS, Severity.INFO, check, default=False, looks_at=Aspect.DEFINITIONS)
