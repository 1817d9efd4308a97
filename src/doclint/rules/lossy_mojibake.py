"""Text was saved through a wrong encoding, and bytes are missing.

Why:   part of what was written is gone; a tool that repairs the rest of the line makes it impossible to restore.
Bad:   the â€œquoteâ€ that ends here
Good:  the “quote” that ends here
Fix:   none yet. The line is left as it is, because it still holds all the evidence: restore it from a copy, or from
       history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import DamageKind, Hit, Page, Repaired, Severity
from doclint.rules.base import Group, Rule
from doclint.rules.wording import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(damages=damages):
            for damage in damages:
                if damage.kind is DamageKind.LOSSY:
                    yield Hit(
                        damage.span,
                        f"text is UTF-8 read as {readings(damage.codecs)}, and bytes are missing",
                        "left as it is: restore the line from a copy or an older commit, do not repair it by halves",
                        on_disk=True,
                    )
        case _:
            return


RULE = Rule("lossy-mojibake", Group.ENCODING, Severity.ERROR, check)
