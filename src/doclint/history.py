"""What git remembers of files: where they went, where they came from, what they said; pure, and asked only on need.

History is read as one line, commit before commit on the first parent's side, what is staged being its newest step: so
the steps of a file stand in the order in which they were made.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from doclint.moves import upward
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_ALIKE = 75
"""How much of a file must be left, in percent, for a rename that is certain. Git speaks of one from 50 on."""

_MOST_TEXTS = 20
"""So many older texts of a page are looked at."""

_MOST_PAGES = 200
"""So many pages are asked for their older texts: where more have links to lost headings, all of it is lost long ago."""


class Step(Value):
    """What happened to a file.

    Attributes:
        old: Its path before.
        new: Its path afterwards; None where it was removed.
        alike: How much of it was left, in percent.
        blob: What git calls its content before.
    """

    old: str
    new: str | None
    alike: int
    blob: str


class Trace(Value):
    """Where a file went; `certain` when nothing else was ever at the old path, and each step left most of it."""

    path: str
    certain: bool


class History:
    """The past of a repository.

    Args:
        steps: Returns what happened to files, the newest first; called once, if at all.
        blobs: Contents by their names in git, None for what git does not have.
    """

    def __init__(
        self,
        steps: Callable[[], Iterable[Step]] = tuple,
        blobs: Callable[[Sequence[str]], Iterable[bytes | None]] = lambda names: [None] * len(names),
    ) -> None:
        self._ask = steps
        self._blobs = blobs
        self._texts: dict[str, tuple[str, ...]] = {}

    def went(self, path: str) -> tuple[Trace, ...]:
        """Return where the files that once were at `path` are now, whether or not something is there still.

        >>> History(lambda: [Step("b", "c", 100, ""), Step("a", "b", 90, "")]).went("a")
        (Trace(path='c', certain=True),)
        """
        starts = self._left.get(path, ())
        found: dict[str, Trace] = {}
        for start in starts:
            step = self._steps[start]
            alike = step.alike
            while step.new is not None and (start := self._next(step.new, start)) >= 0:
                step = self._steps[start]
                alike = min(alike, step.alike)
            if step.new is not None:
                found[step.new] = Trace(step.new, len(starts) == 1 and alike >= _ALIKE)
        return tuple(found.values())

    def left(self, path: str) -> bool:
        """Tell whether a file was at `path` once that was moved or removed."""
        return path in self._left

    def folder_went(self, path: str) -> tuple[Trace, ...]:
        """Return where the folder that once was at `path` is now: where all went that left it, by the same names.

        >>> steps = [Step("a/x", "b/x", 100, ""), Step("a/y", "b/y", 100, "")]
        >>> History(lambda: steps).folder_went("a")
        (Trace(path='b', certain=True),)
        """
        found: dict[str, bool] = {}
        for old in self._left_folder.get(path, ()):
            rest = old[len(path) :]
            for trace in self.went(old):
                if not trace.path.endswith(rest):
                    return ()
                folder = trace.path.removesuffix(rest)
                found[folder] = found.get(folder, True) and trace.certain
        return tuple(Trace(folder, certain and len(found) == 1) for folder, certain in found.items())

    def came_from(self, path: str) -> str | None:
        """Return the path that the file at `path` had before it was last moved; None where it never was.

        >>> History(lambda: [Step("a", "b", 90, "")]).came_from("b")
        'a'
        """
        return self._origins.get(path)

    def texts(self, path: str) -> tuple[str, ...]:
        """Return what the page at `path` said before, the newest first, as far as it is UTF-8 and known."""
        if path not in self._texts:
            asked = len(self._texts) < _MOST_PAGES and "\n" not in path
            names = [f":./{path}", *islice(self._versions(path), _MOST_TEXTS)] if asked else []
            self._texts[path] = tuple(
                dict.fromkeys(text for data in self._blobs(names) if (text := _decoded(data)) is not None)
            )
        return self._texts[path]

    def _versions(self, path: str) -> Iterable[str]:
        for step in self._steps:
            if step.new == path:
                yield step.blob
                path = step.old

    def _next(self, path: str, start: int) -> int:
        """Return the number of the step that took away what came to `path` by step `start`; -1 where none did."""
        return max((number for number in self._left.get(path, ()) if number < start), default=-1)

    @cached_property
    def _steps(self) -> Sequence[Step]:
        return tuple(self._ask())

    @cached_property
    def _left(self) -> Mapping[str, Sequence[int]]:
        """For each path: the numbers of the steps by which a file left it."""
        found = defaultdict(list)
        for number, step in enumerate(self._steps):
            if step.new != step.old:
                found[step.old].append(number)
        return found

    @cached_property
    def _left_folder(self) -> Mapping[str, Sequence[str]]:
        """For each folder: the files that left it."""
        found = defaultdict(list)
        for path in self._left:
            for folder in [*upward(path)][1:]:
                found[folder].append(path)
        return found

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        moves = [step for step in self._steps if step.new not in (None, step.old) and step.alike >= _ALIKE]
        return {step.new: step.old for step in reversed(moves) if step.new is not None}


def _decoded(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
