"""Where a match lies: what several rules about characters need."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.lines import DiskMap

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from doclint.model import Repaired, Span


def outside_code(matches: Iterable[re.Match[str]], code: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code; `code` is sorted."""
    starts = [span.start for span in code]
    for match in matches:
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.start() >= code[index].end:
            yield match


def on_damage(content: Repaired, span: Span) -> bool:
    """Tell whether `span`, in the repaired text, touches damage that another rule reports."""
    if not content.damages:
        return False
    place = DiskMap(content.edits).on_disk(span)
    return any(damage.span.overlaps(place) for damage in content.damages)
