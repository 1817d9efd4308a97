"""A link has no destination.

Why:   it looks like a link and leads nowhere.
Bad:   [setup]()
Good:  [setup](install.md)
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Empty, Hit, LinkKind, Page, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for judged in repo.links(page).questionable:
        link = judged.link
        if isinstance(judged.target, Empty):
            what = "image" if link.kind is LinkKind.IMAGE else "link"
            yield Hit(link.span, f"{what} without a destination", f"write where it leads, or remove the {what}")


RULE = Rule("empty-link", Group.LINKS, Severity.WARNING, check, looks_at=Aspect.LINKS)
