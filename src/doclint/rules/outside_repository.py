"""A link leads out of the repository.

Why:   whatever lies beside your clone is not on the site. The site's own pages are: from a page in the root,
       `../../issues` works.
Bad:   [notes](../notes.md), on a page in the root
Good:  [notes](https://example.com/notes)
Fix:   none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Outside, Page, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for judged in repo.links(page).questionable:
        match judged.target:
            case Outside(path):
                where = "the repository" if repo.files.in_git else "the folder that is checked"
                yield Hit(
                    judged.link.destination_span,
                    f'"{path}" lies outside {where}',
                    "use fewer `../`, or an address on the web",
                )
            case _:
                pass


RULE = Rule("outside-repository", Group.LINKS, Severity.ERROR, check, looks_at=Aspect.LINKS)
