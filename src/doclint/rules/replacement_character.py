"""A character was lost: U+FFFD stands in its place.

Why:   somebody's program could not read a byte and wrote this sign instead; the text is no longer what was written.
Bad:   a na�ve approach
Good:  a naïve approach
Fix:   none: write the character anew. The sign is taken as meant in code, and where it stands alone on a line that
       names it (`U+FFFD`, "replacement character").
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from doclint.lines import LineMap
from doclint.model import Hit, Page, Repaired, Severity, Span
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.places import DamageMap, outside_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_SIGN = "\ufffd"
# What speaks of the sign; beside it, a sign that touches no letter is meant. As text: most runs need no pattern of it.
_NAMES = r"(?i)u\+fffd|\bfffd\b|\\ufffd|&#(?:xfffd|65533);|replacement character|\bef bf bd\b"


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired() as content if _SIGN in content.text:
            pass
        case _:
            return
    lines, damage = LineMap(content.text), DamageMap(content)
    by_line: defaultdict[int, list[Span]] = defaultdict(list)
    for match in outside_code(re.finditer(f"{_SIGN}+", content.text), page.parsed.code):
        span = Span(*match.span())
        if not damage.holds(span):
            by_line[lines.line_of(span.start)].append(span)
    for line, found in by_line.items():
        named = re.search(_NAMES, lines.line(line)) is not None
        spans = [span for span in found if not (named and _stands_alone(span, content.text))]
        if not spans:
            continue
        count = sum(span.end - span.start for span in spans)
        what = "a character was lost" if count == 1 else f"{count} characters were lost"
        whole = Span(spans[0].start, spans[-1].end)
        yield Hit(whole, f"{what} here (U+FFFD)", "write the text anew, from a copy or an older commit")


def _stands_alone(span: Span, text: str) -> bool:
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return span.end - span.start == 1 and not any(map(str.isalnum, around))


RULE = Rule("replacement-character", Group.ENCODING, Severity.WARNING, check, looks_at=Aspect.TEXT)
