"""An image that nothing uses.

Why:   it makes every clone larger, and readers of the repository ask what it is for.
Bad:   `img/old-logo.png`, which no page shows and no other file names
Good:  an image that a page shows, or whose name stands in a style sheet, a program or a configuration
Fix:   none. Off by default, because it reads every file of the repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity, Span
from doclint.rules.base import Group, Rule
from doclint.rules.places import is_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

# Browsers and hosts look for these by themselves.
_ASKED_FOR = ("favicon.", "apple-touch-icon")


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    name = page.path.rpartition("/")[2].lower()
    if repo.named_files is None:
        return
    from doclint.named_files import is_image  # here, because the rule is off by default

    if not is_image(name) or page.path not in repo.files.tracked:
        return
    if name.startswith(_ASKED_FOR) or repo.is_linked(page.path) or is_named(page.path, repo, repo.named_files.anywhere):
        return
    yield Hit(
        Span(0, 0), "no page shows this image, and no file names it", "remove it, or show it on a page", of_file=True
    )


RULE = Rule("orphan-image", Group.LINKS, Severity.INFO, check, default=False, every_file=True)
