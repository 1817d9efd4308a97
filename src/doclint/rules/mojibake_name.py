"""The name of a file or folder was saved through a wrong encoding.

Why:   readers cannot read it, nobody can type it, and links that spell it rightly do not reach it.
Bad:   a page called `CafÃ©.md`
Good:  a page called `Café.md`
Fix:   `doclint fix --unsafe` renames it, in git too, and mends the links in all pages that spell the old name: what is
       not a page may spell it as well. Never where something is there under the new name already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Fix, Hit, Page, Rename, Safety, Severity, Span
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.wording import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex
    from doclint.names import DamagedName


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for damaged in repo.names.reported.get(page.path, ()):
        yield _hit(damaged, repo)


def _hit(damaged: DamagedName, repo: RepoIndex) -> Hit:
    what = f'name of the folder "{damaged.path}"' if damaged.folder else f'file name "{damaged.name}"'
    message = f"{what} is UTF-8 read as {readings(damaged.verdict.codecs)}"
    fix = None
    repaired = damaged.verdict.repaired
    if repaired is None:
        message += ", and bytes are missing"
        advice = "rename it by hand, and correct the links to it"
    else:
        message += f': it should be "{repaired}"'
        fix, advice = _way_out(damaged, repo)
    return Hit(Span(0, 0), message, advice, fix, on_disk=True, of_file=True)


def _way_out(damaged: DamagedName, repo: RepoIndex) -> tuple[Fix | None, str]:
    """Return the fix, where there is one, and what to say of it."""
    new = damaged.new_path
    if new is None:
        return None, f"not to be renamed by doclint: {damaged.obstacle}"
    spelled = repo.links_by_damaged_name.get(damaged.path)
    if spelled is not None and spelled.unclear:
        return None, f'not to be renamed by doclint: it cannot rewrite a link in "{spelled.unclear[0]}"'
    edits = tuple(spelled.edits) if spelled is not None else ()
    links = f", and mends {len(edits):,} {'link' if len(edits) == 1 else 'links'}" if edits else ""
    fix = Fix(f"rename to {damaged.verdict.repaired}", edits, Safety.UNSAFE, (Rename(damaged.path, new),))
    return fix, f"doclint fix --unsafe renames it{links}"


RULE = Rule("mojibake-name", Group.ENCODING, Severity.ERROR, check, every_file=True, looks_at=Aspect.NAMES)
