"""The baseline holds a finding that no longer occurs.

Why:   what is mended would be silent if it came back; a baseline may only shrink.
Bad:   an entry for a link that was corrected, or for a page that was deleted
Good:  a baseline that `doclint check --write-baseline` wrote after the correction
Fix:   none; `doclint check --write-baseline` takes the entry out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(_page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    """Yield nothing: only `baseline.py`, which sees what all pages found, knows which entries are stale."""
    yield from ()


RULE = Rule("stale-baseline", Group.HYGIENE, Severity.WARNING, check, looks_at=Aspect.NOTHING)
