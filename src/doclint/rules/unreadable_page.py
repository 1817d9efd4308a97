"""A page cannot be read.

Why:   nothing in it was checked, so silence about it would be a lie.
Bad:   a picture called `notes.md`, a page without read permission, a notebook that is not JSON
Good:  a text file that may be read
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity, Span, Unreadable
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


_ADVICE = "mend the file, or leave it out with `exclude`"


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    if isinstance(page.content, Unreadable):
        yield Hit(Span(0, 0), f"page cannot be read: {page.content.reason}", _ADVICE, on_disk=True)
    elif (fault := page.parsed.fault) is not None:
        yield Hit(fault.span, f"page cannot be read: {fault.reason}", _ADVICE)


RULE = Rule("unreadable-page", Group.ENCODING, Severity.ERROR, check, looks_at=Aspect.FAULT)
