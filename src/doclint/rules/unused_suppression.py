"""A comment that silences a rule silences nothing.

Why:   what it was for is mended, or its rule is mistyped; left there, it may hide the next fault.
Bad:   <!-- doclint-disable-next-line missing-fle -->
Good:  <!-- doclint-disable-next-line missing-file: made by the build -->
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(_page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    """Yield nothing: only `suppress.py`, which sees what the other rules found, knows which comments are unused."""
    yield from ()


RULE = Rule("unused-suppression", Group.HYGIENE, Severity.WARNING, check, looks_at=Aspect.NOTHING)
