"""What a change touches; pure: which files and which of their lines are other than before.

"Before" is a commit, "now" is git's index or the disk. A line is changed when `now` has it where the older text does
not, as `git diff` shows it; line endings do not count, so that a page that is saved with others is not wholly changed.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from doclint.lines import LINE_END
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from doclint.commits import Entry
    from doclint.model import FileKind, Files

_MOST_PAIRS = 2_000_000
"""With more pairs of equal lines than this, lines that a page repeats often are compared less exactly."""


class Version(Value):
    """A file as it was before: its path, and the name of its content in git."""

    path: str
    content: str


class Change(Value):
    """What a change touches.

    Attributes:
        before: The files as they were; the pages to report on are left to the caller.
        touched: The files that are there now, and new, renamed or perhaps of another content.
        versions: For those of them that were there before: what they were.
        gone: Files that were there before, and are not now or are something else, each with its version.
    """

    before: Files
    touched: frozenset[str]
    versions: Mapping[str, Version]
    gone: Mapping[str, Version]


def change(files: Files, staged: Iterable[Entry], not_staged: Iterable[Entry], *, on_disk: bool) -> Change:
    """Put together what a change touches.

    Args:
        files: What there is now, by git's index.
        staged: What differs between the commit and git's index.
        not_staged: What differs between git's index and the disk.
        on_disk: Whether what is not staged belongs to the change, as do files that git does not track.
    """
    tracked = dict(files.tracked)
    versions: dict[str, Version] = {}
    was: dict[str, tuple[FileKind, Version]] = {}
    touched: set[str] = set()
    for entry in staged:
        if entry.new is not None:
            touched.add(entry.new)
            tracked.pop(entry.new, None)
        if entry.old is not None and entry.kind is not None:
            was[entry.old] = (entry.kind, Version(entry.old, entry.content))
            if entry.new is not None:
                versions[entry.new] = was[entry.old][1]
    for entry in not_staged if on_disk else ():
        if entry.new is None or entry.new in touched:
            continue
        touched.add(entry.new)
        if entry.old is None:
            tracked.pop(entry.new, None)
        else:
            versions[entry.new] = Version(entry.old, entry.content)
    tracked |= {path: kind for path, (kind, _) in was.items()}
    gone = {path: version for path, (kind, version) in was.items() if files.tracked.get(path) is not kind}
    if on_disk:
        touched |= files.untracked
        # What git was told to forget is still there.
        versions |= {path: version for path, version in gone.items() if path in files.untracked}
    before = replace(
        files, tracked=tracked, untracked=files.untracked - tracked.keys(), pages=(), others=(), named=(), missing=()
    )
    return Change(before, frozenset(touched), versions, gone)


def folders_gone(change: Change, folders: Collection[str]) -> set[str]:
    """Return the folders above what is gone that are not among the `folders` of now."""
    above: set[str] = set()
    for path in change.gone:
        while (path := path.rpartition("/")[0]) and path not in folders:
            above.add(path)
    return above


def changed_lines(old: str, new: str) -> tuple[range, ...]:
    r"""Return the lines of `new`, from 1, that are not in `old` at that place.

    >>> changed_lines("a\nb\nc\n", "a\r\nc\r\nd\r\n")
    (range(3, 4),)
    """
    before, now = LINE_END.split(old), LINE_END.split(new)
    start = _alike(before, now)
    end = _alike(before[start:][::-1], now[start:][::-1])
    before, now = before[start : len(before) - end], now[start : len(now) - end]
    if not before or not now:
        return (range(start + 1, start + 1 + len(now)),) if now else ()
    matcher = SequenceMatcher(None, before, now, autojunk=_pairs(before, now) > _MOST_PAIRS)
    return tuple(
        range(start + 1 + first, start + 1 + last)
        for tag, _, _, first, last in matcher.get_opcodes()
        if first < last and tag != "equal"
    )


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (line, twin) in pairs if line != twin), min(len(one), len(other)))


def _pairs(one: Sequence[str], other: Sequence[str]) -> int:
    from collections import Counter

    counts = Counter(one)
    return sum(counts[line] for line in other)
