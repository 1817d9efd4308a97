"""A label is defined twice.

Why:   the first definition counts, the others are ignored without a word.
Bad:   [install]: install.md, and further down [install]: setup.md
Good:  one definition for each label
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
        if definition.duplicate and not is_comment(definition):
            label = definition.label.lower()
            yield Hit(
                definition.span,
                f'"{label}" is defined before; this definition is ignored',
                "remove one of the two",
            )


RULE = Rule("duplicate-definition", Group.LINKS, Severity.WARNING, check, default=False, looks_at=Aspect.DEFINITIONS)
