"""[disk] Pages that change together: all of them are written, or none.

What can be known beforehand is asked beforehand (`write.check`). Should the disk refuse all the same, what was already
written of a group is put back; only a crash in the middle of a group's renames leaves it half written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.value import replace
from doclint.write import WriteError, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doclint.model import Source


def groups(paths: Iterable[str], joined: Iterable[frozenset[str]]) -> list[tuple[str, ...]]:
    """Return `paths`, those together that a chain of the sets in `joined` connects; sorted.

    >>> groups(["a", "b", "c", "d"], [frozenset("ac"), frozenset("cd")])
    [('a', 'c', 'd'), ('b',)]
    """
    group_of = {path: {path} for path in paths}
    for together in joined:
        merged = {path for member in together & group_of.keys() for path in group_of[member]}
        group_of |= dict.fromkeys(merged, merged)
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def write_together(root: str, texts: Sequence[tuple[Source, str]]) -> dict[str, str]:
    """Put each text in the place of its page, all or none; return why for each page that was not written."""
    written: list[tuple[Source, str]] = []
    for source, text in texts:
        try:
            write(root, source, text)
        except WriteError as error:
            others = [other.path for other, _ in texts if other is not source]
            stuck = {other.path for other, after in written if not _put_back(root, other, after)}
            reason = str(error)
            return {source.path: reason} | {path: needs(source.path, reason) for path in others if path not in stuck}
        except BaseException:
            # The user interrupts, say: half of what belongs together is worse than nothing of it.
            for other, after in written:
                _put_back(root, other, after)
            raise
        written.append((source, text))
    return {}


def needs(path: str, reason: str) -> str:
    """Return why a page is not written that belongs together with `path`, which is not for this `reason`."""
    return f"a fix there also changes {path}, which is not written: {reason}"


def _put_back(root: str, source: Source, after: str) -> bool:
    """Undo a write; tell whether that could be done."""
    try:
        now = replace(source, text=after, encoding=source.saved_as or source.encoding, saved_as=source.encoding)
        write(root, now, source.text)
    except WriteError:
        return False
    return True
