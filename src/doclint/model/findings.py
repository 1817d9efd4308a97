"""What the rules find, and the outcome of a run."""

from __future__ import annotations

from enum import Enum

from doclint.model.edits import Fix, Inference, Rename
from doclint.model.graph import Graph
from doclint.model.text import Span
from doclint.value import Value


class Severity(Enum):
    """How bad it is: an error breaks something for a reader, a warning may, an info is good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Hit(Value):
    """What a rule yields; rule, path and severity are stamped on it later.

    Attributes:
        span: Where, in the page's repaired text (`on_disk` says: in its text on the disk).
        message: What is wrong, in one sentence without a full stop.
        help: What to do about it; may be empty.
        fix: The way out, where there is one; its edits lie in the same text as the span.
        on_disk: Which text the places speak of.
        of_file: Whether the file itself is meant, so that no line of it is worth showing.
        choices: The ways out where there are several, of which a person must choose one.
    """

    span: Span
    message: str
    help: str = ""
    fix: Fix | None = None
    on_disk: bool = False
    of_file: bool = False
    choices: tuple[Fix, ...] = ()


class Place(Value):
    """A stretch of a file as people count: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(Value):
    """A hit with all that a report needs; `span` and the fix lie in the text on the disk.

    `excerpt` is the line that the finding begins on, without its line ending ("" where there is none to show);
    `of_file` says that the file itself is meant, and `choices` are as in `Hit`.
    """

    rule: str
    severity: Severity
    path: str
    span: Span
    place: Place
    message: str
    help: str = ""
    fix: Fix | None = None
    edit_places: tuple[Place, ...] = ()
    excerpt: str = ""
    of_file: bool = False
    choices: tuple[Fix, ...] = ()


class Summary(Value):
    """What was looked at, and what was not.

    Attributes:
        pages: Pages checked.
        links: Links in them, of every kind.
        web: Links to the web, not visited.
        other: Links of other schemes (`mailto:` and the like), not checked.
        unknown: Links whose target is there, but whose fragment doclint cannot judge.
        suppressed: Findings that a comment or a setting silenced.
        known: Findings that the baseline silenced.
    """

    pages: int = 0
    links: int = 0
    web: int = 0
    other: int = 0
    unknown: int = 0
    suppressed: int = 0
    known: int = 0


class Change(Value):
    """A file that `fix` rewrote, or would rewrite: `before` and `after` are its texts, `fixes` counts the fixes.

    `path` is where the file is after all renames; `inferred` are the characters of `after` that are not certain;
    `saved_as` is the encoding that it is saved in, if another.
    """

    path: str
    before: str
    after: str
    fixes: int
    inferred: tuple[Inference, ...] = ()
    saved_as: str = ""


class HeldBack(Value):
    """A file that `fix` did not write, or not all that it wanted to; `ours` when the reason is a fault of doclint."""

    path: str
    reason: str
    ours: bool = False


class Guess(Value):
    """What one configuration file of a site generator tells: `folder` is shown by `flavour`."""

    config: str
    folder: str
    flavour: str


class Outcome(Value):
    """Everything a report may need. `root` is absolute; findings are sorted by path, place and rule.

    Attributes:
        renamed: The files and folders that `fix` gave another name, or would give: from the path before the run to
            the path after it, sorted.
        moved: The same for every file that has another path after the run, also those inside a renamed folder.
        guesses: Which hosts were guessed, where the settings say nothing of them.
        change_only: Whether only what a change brought was looked for.
        graph: Which page links to which; None unless it was asked for.
    """

    root: str
    findings: tuple[Finding, ...]
    summary: Summary
    changed: tuple[Change, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    renamed: tuple[Rename, ...] = ()
    moved: tuple[Rename, ...] = ()
    guesses: tuple[Guess, ...] = ()
    change_only: bool = False
    graph: Graph | None = None
