"""A link names a file in another letter case, or in another normal form of Unicode.

Why:   it works on a Mac or on Windows, and is "404 page not found" on the site, where names are exact.
Bad:   [setup](Install.md), where the file is `install.md`
Good:  [setup](install.md)
Fix:   `doclint fix`: only one file can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.destinations import renamed, with_path
from doclint.index import RepoIndex, Standing
from doclint.model import Edit, Fix, Hit, InRepo, Link, LinkKind, Page, Safety, Severity
from doclint.rules.base import Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for link in page.parsed.links:
        target = repo.target(page, link)
        if isinstance(target, InRepo) and (found := repo.look_up(target)).standing is Standing.WRONG_CASE:
            yield _hit(page, link, target, found.path, repo)


def _hit(page: Page, link: Link, target: InRepo, path: str, repo: RepoIndex) -> Hit:
    same_letters = path.casefold() != target.path.casefold()
    how = "in another normal form of Unicode" if same_letters else "in another letter case"
    written, fix = path, None
    if "://" not in link.destination and link.kind is not LinkKind.WIKI:
        written = renamed(link.destination, page.path, path, folder=target.folder)
        text = with_path(repo.written(page, link), written)
        fix = Fix(f"write {written}", (Edit(link.destination_span, text),), Safety.SAFE)
    return Hit(link.destination_span, f'the repository has "{path}" {how}', f"write {written}", fix)


RULE = Rule("wrong-case", Group.LINKS, Severity.ERROR, check)
