"""A comment that silences a rule silences nothing.

Why:   what it was for is mended, or its rule is mistyped; left there, it may hide the next fault.
Bad:   <!-- doclint-disable-next-line missing-fle -->
Good:  <!-- doclint-disable-next-line missing-file: made by the build -->
Fix:   none.
"""

from __future__ import annotations

from collections.abc import Iterator

from doclint.index import RepoIndex
from doclint.model import Hit, Page, Severity
from doclint.rules.base import Group, Rule


def check(_page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    """Yield nothing: only `suppress.py`, which sees what the other rules found, knows which comments are unused."""
    yield from ()


RULE = Rule("unused-suppression", Group.HYGIENE, Severity.WARNING, check)
