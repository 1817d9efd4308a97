"""A link names a file in another letter case, or in another normal form of Unicode.

Why:   it works on a Mac or on Windows, and is "404 page not found" on the site, where names are exact.
Bad:   [setup](Install.md), where the file is `install.md`
Good:  [setup](install.md)
Fix:   `doclint fix`: only one file can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Fix, Hit, InRepo, Link, Page, Safety, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for link, target, found in repo.links(page).misplaced:
        if found.standing is Standing.WRONG_CASE:
            yield _hit(page, link, target, found.path, repo)


def _hit(page: Page, link: Link, target: InRepo, path: str, repo: RepoIndex) -> Hit:
    from doclint.rules.elsewhere import edit_to

    same_letters = path.casefold() not in (other.casefold() for other in (target.path, *target.others))
    how = "in another normal form of Unicode" if same_letters else "in another letter case"
    written, edit = edit_to(page, link, target, path, repo)
    fix = Fix(f"write {written}", (edit,), Safety.SAFE) if edit is not None else None
    return Hit(link.destination_span, f'the repository has "{path}" {how}', f"write {written}", fix)


RULE = Rule("wrong-case", Group.LINKS, Severity.ERROR, check, looks_at=Aspect.LINKS)
