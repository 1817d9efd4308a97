"""A page begins with a byte-order mark.

Why:   UTF-8 needs none, and programs that do not expect it miss the front matter or the first heading.
Bad:   a page saved as "UTF-8 with BOM"
Good:  a page saved as "UTF-8"
Fix:   `doclint fix --unsafe` removes it; plain `fix` keeps every byte that it is not sure about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Edit, Fix, Hit, Page, Repaired, Safety, Severity, Span
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_MARK = Span(0, 1)


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source=source) if source.encoding == "utf-8" and source.text.startswith("\ufeff"):
            fix = Fix("remove the byte-order mark", (Edit(_MARK, ""),), Safety.UNSAFE)
            yield Hit(
                _MARK,
                "page begins with a byte-order mark",
                "doclint fix --unsafe removes it",
                fix,
                on_disk=True,
            )
        case _:
            return


RULE = Rule("byte-order-mark", Group.ENCODING, Severity.WARNING, check, looks_at=Aspect.TEXT)
