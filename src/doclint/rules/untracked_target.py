"""A link points at a file that is on your disk, but not in git.

Why:   it works for you, and for nobody else.
Bad:   [setup](install.md), where `install.md` was never added
Good:  the same link, after `git add install.md`
Fix:   none: only you know whether the file is to be shared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for link, target, found in repo.links(page).misplaced:
        if found.standing is Standing.UNTRACKED:
            import shlex

            yield Hit(
                link.destination_span, f'"{target.path}" is not tracked by git', f"git add {shlex.quote(target.path)}"
            )


RULE = Rule("untracked-target", Group.LINKS, Severity.ERROR, check, looks_at=Aspect.LINKS)
