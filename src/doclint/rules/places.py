"""Where a match lies: what several rules about characters need."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.lines import DiskMap
from doclint.model import InRepo, Repaired
from doclint.tree import Standing

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from doclint.index import RepoIndex
    from doclint.model import Page, Span, Target


def outside_code(matches: Iterable[re.Match[str]], code: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code; `code` is sorted, and not looked at unless something matches."""
    starts: list[int] | None = None
    for match in matches:
        if starts is None:
            starts = [span.start for span in code]
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.start() >= code[index].end:
            yield match


def under_repair(page: Page, span: Span) -> bool:
    """Tell whether what stands at `span` of the repaired text is written otherwise on the disk."""
    match page.content:
        case Repaired(source, text) as content:
            return DiskMap(content.edits).on_disk(span).of(source.text) != span.of(text)
        case _:
            return False


def links_that_break(page: Page, repo: RepoIndex) -> list[Span]:
    """Return where the destinations on the disk are that lead to a file and, once repaired, would lead to none."""
    before, after = page.as_on_disk, page.parsed
    if before is None or len(before.links) != len(after.links):
        return []
    return [
        old.destination_span
        for old, new in zip(before.links, after.links, strict=True)
        if old.destination != new.destination
        and is_there(repo, repo.target(page, old))
        and not is_there(repo, repo.target(page, new))
    ]


def is_there(repo: RepoIndex, target: Target) -> bool:
    """Tell whether a file or a folder is what a link means."""
    return isinstance(target, InRepo) and repo.look_up(target).standing in (Standing.FILE, Standing.FOLDER)


def is_named(path: str, repo: RepoIndex, mentions: Collection[str]) -> bool:
    """Tell whether `mentions` hold the name of a file; where several files have it, together with its folder."""
    folder, _, name = path.lower().rpartition("/")
    if len(repo.tree.by_basename.get(name, ())) < 2 or not folder:
        return name in mentions
    return f"{folder.rpartition('/')[2]}/{name}" in mentions


class DamageMap:
    """Where another rule reports damage, for places in the repaired text."""

    def __init__(self, content: Repaired) -> None:
        self._disk = DiskMap(content.edits)
        self._spans = [damage.span for damage in content.damages]
        self._starts = [span.start for span in self._spans]

    def holds(self, span: Span) -> bool:
        """Tell whether `span` touches damage."""
        if not self._spans:
            return False
        place = self._disk.on_disk(span)
        # Damages are sorted and do not overlap: only the last that begins in front of the place's end can touch it.
        index = bisect_right(self._starts, max(place.start, place.end - 1)) - 1
        return index >= 0 and self._spans[index].overlaps(place)
