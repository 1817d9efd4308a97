"""A page cannot be read.

Why:   nothing in it was checked, so silence about it would be a lie.
Bad:   a picture called `notes.md`, or a page without read permission
Good:  a text file that may be read
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity, Span, Unreadable
from doclint.rules.base import Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Unreadable(reason=reason):
            yield Hit(
                Span(0, 0),
                f"page cannot be read: {reason}",
                "mend the file, or leave it out with `exclude`",
                on_disk=True,
            )
        case _:
            return


RULE = Rule("unreadable-page", Group.ENCODING, Severity.ERROR, check)
