"""A character was lost: U+FFFD stands in its place.

Why:   somebody's program could not read a byte and wrote this sign instead; the text is no longer what was written.
Bad:   a na�ve approach
Good:  a naïve approach
Fix:   none: write the character anew. In code the sign is taken as meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.lines import LineMap
from doclint.model import Hit, Page, Repaired, Severity, Span
from doclint.rules.base import Group, Rule
from doclint.rules.places import DamageMap, outside_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_SIGNS = re.compile("\ufffd+")


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired() as content:
            pass
        case _:
            return
    lines, damage = LineMap(content.text), DamageMap(content)
    by_line: defaultdict[int, list[Span]] = defaultdict(list)
    for match in outside_code(_SIGNS.finditer(content.text), page.parsed.code):
        span = Span(*match.span())
        if not damage.holds(span):
            by_line[lines.line_of(span.start)].append(span)
    for spans in by_line.values():
        count = sum(span.end - span.start for span in spans)
        what = "a character was lost" if count == 1 else f"{count} characters were lost"
        whole = Span(spans[0].start, spans[-1].end)
        yield Hit(whole, f"{what} here (U+FFFD)", "write the text anew, from a copy or an older commit")


RULE = Rule("replacement-character", Group.ENCODING, Severity.WARNING, check)
