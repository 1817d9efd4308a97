"""The names of files and folders: which are mojibake, and what they should be; pure.

All names of a repository that are not ASCII are the lines of one text for `repair`, each once: what has damaged one of
them has most likely damaged the others, and a hundred intact ones speak for the next.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, apply_edits, line_starts
from doclint.model import Edit, FileKind, Files, Safety, Source
from doclint.moves import upward
from doclint.repair import repair
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from doclint.model import Damage

# Controls, surrogates, private and unassigned characters, line separators: no name is given that holds one.
_NEVER_WRITTEN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


class Verdict(Value):
    """What is known of a damaged name: the wrong codecs as in `Damage`, and what it should be, if that is known."""

    codecs: tuple[str, ...]
    repaired: str | None


class DamagedName(Value):
    """A file or folder whose name is mojibake.

    Attributes:
        path: Where it is.
        verdict: What is known of the last part of its path.
        folder: Whether it is a folder.
        obstacle: Why it cannot be renamed, as far as that follows from the list of files; "" where it can.
    """

    path: str
    verdict: Verdict
    folder: bool
    obstacle: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def repaired(self) -> str:
        """The name that it should have; the one that it has where that is not known."""
        return self.name if self.verdict.repaired is None else self.verdict.repaired

    @property
    def new_path(self) -> str | None:
        """The path with the name that it should have; None where it is to keep its name."""
        if self.verdict.repaired is None or self.obstacle:
            return None
        return _joined(self.path.rpartition("/")[0], self.repaired)


def judged(names: Iterable[str]) -> dict[str, Verdict]:
    """Return the verdicts on those of `names` that are damaged.

    A name with a byte that is not UTF-8 (a lone surrogate) says nothing of what it should be, and is left out.
    """
    lines = sorted({name for name in names if not name.isascii() and _is_text(name)})
    # A line end inside a name must not end its line.
    text = "\n".join(LINE_END.sub(lambda match: " " * len(match[0]), name) for name in lines)
    starts = line_starts(text)
    found: dict[str, Verdict] = {}
    damages = sorted(repair(Source("", text)).damages, key=lambda damage: damage.span)
    line = 0
    by_line: list[tuple[int, Damage]] = []
    for damage in damages:
        while line + 1 < len(starts) and starts[line + 1] <= damage.span.start:
            line += 1
        by_line.append((line, damage))
    for number, group in groupby(by_line, key=lambda pair: pair[0]):
        found[lines[number]] = _verdict(lines[number], starts[number], [damage for _, damage in group])
    return found


def _verdict(name: str, start: int, damages: Sequence[Damage]) -> Verdict:
    """Return the verdict on a name that begins at `start` of the text in which `damages` lie."""
    codecs = max((damage.codecs for damage in damages), key=len)
    if any(not damage.edits or damage.safety < Safety.UNSAFE for damage in damages):
        return Verdict(codecs, None)
    edits = sorted(
        (Edit(edit.span.shifted(-start), edit.text) for damage in damages for edit in damage.edits),
        key=lambda edit: edit.span,
    )
    repaired = apply_edits(name, edits)
    writable = not _NEVER_WRITTEN.intersection(map(unicodedata.category, repaired))
    return Verdict(codecs, repaired if writable and "/" not in repaired else None)


class Names:
    """The damaged names of a repository, and what links have to know of them.

    Args:
        files: What there is.
        verdicts: What `judged` says of the parts of its paths.
    """

    def __init__(self, files: Files, verdicts: Mapping[str, Verdict]) -> None:
        self._files = files
        self.by_path = {damaged.path: damaged for damaged in _damaged(files, verdicts)} if verdicts else {}
        self._by_new_path = {
            damaged.new_path: damaged for damaged in self.by_path.values() if damaged.new_path is not None
        }

    @cached_property
    def reported(self) -> Mapping[str, Sequence[DamagedName]]:
        """For each file to report on: the damaged names to report there. A folder is spoken of at its first file."""
        waiting = dict(self.by_path)
        found: dict[str, list[DamagedName]] = {}
        for path in sorted({*self._files.pages, *self._files.others}) if waiting else ():
            here = [waiting.pop(part) for part in upward(path) if part in waiting]
            if here:
                found[path] = here
        return found

    @property
    def renames(self) -> bool:
        """Whether a name to report on can be mended."""
        return any(damaged.new_path for here in self.reported.values() for damaged in here)

    def entered(self, folder: str, part: str) -> tuple[str, DamagedName | None]:
        """Follow one part of a link's path from `folder`, by the name that is there or the one that should be.

        Returns:
            The path as it is on the disk; and the damaged name, if the link spells it and the name can be mended.
        """
        path = _joined(folder, part)
        if (damaged := self._by_new_path.get(path)) is not None:
            return damaged.path, None
        damaged = self.by_path.get(path)
        if damaged is None and path not in self._existing:
            # In another letter case or normal form: `wrong-case` speaks of that, and it must not be lost.
            damaged = self._by_folded.get(_folded(path))
        if damaged is not None and damaged.new_path is not None:
            return damaged.path, damaged
        return path, None

    def awaited(self, path: str) -> str | None:
        """Return the file or folder that will be at `path` once the damaged names are mended; None if there is none."""
        if not self._by_new_path:
            return None
        there = ""
        for part in path.split("/"):
            there, _ = self.entered(there, part)
        return there if there != path and there in self._existing else None

    @cached_property
    def _existing(self) -> frozenset[str]:
        return frozenset(part for path in (*self._files.tracked, *self._files.untracked) for part in upward(path))

    @cached_property
    def _by_folded(self) -> Mapping[str, DamagedName]:
        return {_folded(path): damaged for path, damaged in self.by_path.items()}


def parts_of(files: Files) -> set[str]:
    """Return the names of all files and folders, as far as their paths are not ASCII.

    >>> sorted(parts_of(Files("/", (), {"a/é.md": FileKind.FILE}, frozenset(), frozenset(), True)))
    ['a', 'é.md']
    """
    strange = (path for path in (*files.tracked, *files.untracked) if not path.isascii())
    return {part for path in strange for part in path.split("/")}


def _damaged(files: Files, verdicts: Mapping[str, Verdict]) -> Iterator[DamagedName]:
    """Yield the damaged files and folders, with what stands in their way."""
    paths = (*files.tracked, *files.untracked)
    everything = dict.fromkeys(part for path in paths for part in upward(path))
    names = (path for path in everything if not path.isascii())
    found = {path: verdict for path in names if (verdict := verdicts.get(path.rpartition("/")[2])) is not None}
    taken = {_folded(path): path for path in everything}
    submodules = [path for path, kind in files.tracked.items() if kind is FileKind.SUBMODULE]
    wanted = {
        path: _joined(path.rpartition("/")[0], verdict.repaired)
        for path, verdict in found.items()
        if verdict.repaired is not None
    }
    rivals = Counter(map(_folded, wanted.values()))
    files_themselves = {*paths}
    for path, verdict in found.items():
        obstacle = ""
        if new := wanted.get(path):
            within = next((other for other in submodules if other == path or other.startswith(f"{path}/")), None)
            if (twin := taken.get(_folded(new))) is not None and twin != path:
                obstacle = f'"{twin.rpartition("/")[2]}" is there already'
            elif rivals[_folded(new)] > 1:
                obstacle = "another damaged name would become the same"
            elif within is not None:
                obstacle = f'git records the path of the submodule "{within}"'
        yield DamagedName(path, verdict, path not in files_themselves, obstacle)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _is_text(name: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in name)
