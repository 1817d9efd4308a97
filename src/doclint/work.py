"""What the rounds of a fix have done so far, and what they may not do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from doclint.model import Change, HeldBack, Inference, Outcome, Rename, Source
from doclint.moves import Moves
from doclint.plan import GUARD, Plan
from doclint.together import needs
from doclint.value import Draft, field, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doclint.library import Library
    from doclint.model import Files


class Work(Draft):
    """What the rounds of a run do; all paths are those before any rename.

    Attributes:
        faults: Pages that cannot be written, each with the reason.
        texts: New texts of pages.
        fixes: How many fixes went into each.
        inferred: The characters in each that are not certain.
        refused: Pages that must not change: those in `faults`, and those whose new text was refused.
        withheld: Pages without a fix that reaches a page which must not change, with that page.
        joined: The pages of each fix that changes several.
        renames: Each rename with the pages in which its fix mends links.
        unnamed: Files and folders that cannot be renamed, each with the reason.
    """

    faults: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    fixes: Counter[str] = field(default_factory=Counter)
    inferred: defaultdict[str, list[Inference]] = field(default_factory=lambda: defaultdict(list))
    refused: set[str] = field(default_factory=set)
    withheld: dict[str, str] = field(default_factory=dict)
    joined: set[frozenset[str]] = field(default_factory=set)
    renames: dict[Rename, frozenset[str]] = field(default_factory=dict)
    unnamed: dict[str, str] = field(default_factory=dict)

    @property
    def moves(self) -> Moves:
        """Where everything is afterwards."""
        return Moves(self.renames)

    def add(self, step: Plan, library: Library) -> None:
        """Add a round, which speaks of the paths in `library`."""
        there = library.on_disk
        self.refused |= set(map(there, step.refused))
        # A fix that waits is planned again in each round, until the last.
        self.withheld = {there(path): there(culprit) for path, culprit in step.withheld.items()}
        self.unnamed |= {there(rename.old): not_mended(there(page)) for rename, page in step.unnamed.items()}
        self.joined |= {frozenset(map(there, paths)) for paths in step.joined}
        for path, text in step.texts.items():
            self.texts[there(path)] = text
            self.fixes[there(path)] += step.fixes[path]
            self.inferred[there(path)] += step.inferred.get(path, ())
        for path, encoding in step.saved_as.items():
            library.save_as(path, encoding)
        for rename, pages in step.renames.items():
            self.renames[before(rename, library)] = frozenset(map(there, pages))

    def without(self, unwritten: Mapping[str, str], unnamed: Mapping[str, str]) -> Work:
        """Return the same without what failed on the disk, for the reasons given."""
        return replace(
            self,
            faults={**self.faults, **unwritten},
            texts={path: text for path, text in self.texts.items() if path not in unwritten},
            renames={rename: pages for rename, pages in self.renames.items() if rename.old not in unnamed},
            unnamed={**self.unnamed, **unnamed},
        )

    def held_back(self) -> tuple[HeldBack, ...]:
        """Return the files that are not written or renamed, or not with all of their fixes."""
        moves = self.moves
        reasons = dict.fromkeys(self.refused, GUARD) | self.faults
        held = [HeldBack(moves(path), reason, ours=path not in self.faults) for path, reason in reasons.items()]
        for path, culprit in self.withheld.items():
            if path not in reasons:
                held.append(HeldBack(moves(path), needs(moves(culprit), reasons[culprit])))
        held += [HeldBack(moves(path), reason) for path, reason in self.unnamed.items()]
        return tuple(sorted(held, key=lambda held: held.path))

    def told(self, outcome: Outcome, library: Library, files: Files) -> Outcome:
        """Return `outcome` with what was done and what was not; `library` and `files` are those before any rename."""
        moves = self.moves
        changed = (
            Change(
                moves(path),
                source.text,
                text,
                self.fixes[path],
                tuple(self.inferred[path]),
                source.saved_as,
            )
            for path, text in self.texts.items()
            if isinstance(source := library.target(path), Source) and library.differs(path, text)
        )
        names = (*files.tracked, *files.untracked) if self.renames else ()
        return replace(
            outcome,
            changed=tuple(sorted(changed, key=lambda change: change.path)),
            held_back=self.held_back(),
            renamed=tuple(sorted(Rename(rename.old, moves(rename.old)) for rename in self.renames)),
            moved=tuple(sorted(Rename(name, moves(name)) for name in names if moves(name) != name)),
        )


def not_mended(page: str) -> str:
    """Return why a file keeps its name when a link to it cannot be mended on `page`."""
    return f'it keeps its name, because a link in "{page}" could not be mended'


def text_of(library: Library, work: Work, path: str) -> str:
    """Return the text of a page after the rounds so far; `path` is its path in `library`."""
    there = library.on_disk(path)
    return work.texts[there] if there in work.texts else library.text(path)


def before(rename: Rename, library: Library) -> Rename:
    """Return a rename in the paths before any rename."""
    old = library.on_disk(rename.old)
    folder, name = old.rpartition("/")[0], rename.new.rpartition("/")[2]
    return Rename(old, f"{folder}/{name}" if folder else name)
