"""An explicit anchor has a capital letter, and no link reaches it on GitHub.

Why:   GitHub lower-cases the part of a link behind `#`, but not the ids of a page.
Bad:   <a id="Setup"></a>
Good:  <a id="setup"></a>
Fix:   none: links from elsewhere may depend on the name where the page is shown by other hosts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import ElementId, Hit, Page, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.slug.flavour import all_reachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    flavour = repo.flavour(page.path)
    if flavour.reachable is all_reachable:
        return
    # What links want is known sooner than what the page has.
    names = {name for fragment in repo.wanted.get(page.path, ()) for name in flavour.lookups(fragment)}
    wanted = {name for name in names if not flavour.reachable(name)}
    if not wanted:
        return
    marks = [mark for mark in page.parsed.marks if isinstance(mark, ElementId)]
    table = repo.anchors(page.path)
    for mark in marks:
        if mark.name not in wanted:
            continue
        # Where a heading has the name in small letters, the link reaches that.
        if table is not None and table.find(mark.name.lower()) is None:
            yield Hit(
                mark.span,
                f'on GitHub no link reaches the anchor "{mark.name}", because of its capitals',
                f'write "{mark.name.lower()}", here and in the links to it',
            )


RULE = Rule("unreachable-anchor", Group.LINKS, Severity.INFO, check, looks_at=Aspect.ANCHORS)
