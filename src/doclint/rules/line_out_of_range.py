"""A link points at a line that the file does not have.

Why:   the file has changed since, and the reader lands somewhere else.
Bad:   [the loop](src/main.py#L400), where `src/main.py` has 120 lines
Good:  [the loop](src/main.py#L100)
Fix:   none. Off by default, because it reads every file that such a link points at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Hit, InRepo, Page, Severity
from doclint.rules.base import Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

# As text: `re` makes a pattern of it where it is first used, and most runs need none.
_LINES = r"L(\d+)(?:C\d+)?(?:-L(\d+)(?:C\d+)?)?"


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    for link in page.parsed.links:
        target = repo.target(page, link)
        if not isinstance(target, InRepo) or (count := repo.line_counts.get(target.path)) is None:
            continue
        match = re.fullmatch(_LINES, target.fragment or "")
        if match and (last := max(int(number) for number in match.groups() if number)) > count:
            yield Hit(
                link.destination_span,
                f'no line {last} in "{target.path}", which has {count}',
                "correct the line, or link to a commit",
            )


RULE = Rule("line-out-of-range", Group.LINKS, Severity.WARNING, check, default=False)
