"""The values that travel from room to room: frozen, slotted, without behaviour beyond a few small views.

Offsets count characters of the text they speak of, from 0; lines and columns start at 1 and exist only in reports.
Paths are relative to the root of the run, with `/` between folders, as git spells them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class UsageError(Exception):
    """Wrong use or wrong settings: one line that says what is wrong and what to do. Ends the run with exit code 2."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: the characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers in `text`."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the same stretch, `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character, or one is an insertion inside the other."""
        return self.start < other.end and other.start < self.end


# ---------------------------------------------------------------------------------------------- what is on the disk


class FileKind(Enum):
    """What git, or the disk outside git, has under a name."""

    FILE = "file"
    SYMLINK = "symbolic link"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class Files:
    """What `discover` found: the pages to check, and everything that a link can point at.

    Attributes:
        root: Absolute path of the folder that all other paths are relative to.
        pages: The pages to report on, sorted.
        tracked: Every name that git tracks (outside git: every name below the root) with its kind.
        untracked: Files on the disk that git neither tracks nor ignores; always empty outside git.
        absent: Tracked files that are not on the disk (sparse checkout, deleted without `git rm`).
        in_git: Whether git was asked; else the disk was walked.
        others: Further files to report on, of any kind, sorted: those whose path is not ASCII. What can be said of a
            file that is no page concerns its name.
    """

    root: str
    pages: tuple[str, ...]
    tracked: Mapping[str, FileKind]
    untracked: frozenset[str]
    absent: frozenset[str]
    in_git: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it is on the disk.

    `text` is everything that is in the file, also its byte-order mark and its line endings, so that
    `text.encode(encoding, errors)` gives the bytes again, byte for byte.

    Attributes:
        path: The page.
        text: What the bytes say.
        encoding: The Python codec that gave the text.
        errors: "strict", or "surrogateescape" where a byte that is not UTF-8 became a lone surrogate.
        guesses: For a file that is not Unicode: the code page it is in; several, likeliest first, where that is too
            close to call, and then nothing is written.
        saved_as: The encoding that it is to be written in, if another.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    errors: str = "strict"
    guesses: tuple[str, ...] = ()
    saved_as: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page whose text cannot be had; `reason` completes the sentence "cannot be read: ..."."""

    path: str
    reason: str


# ------------------------------------------------------------------------------------------------------ edits, fixes


class Safety(IntEnum):
    """How far a fix can be trusted, so that "may it run?" is one comparison."""

    DISPLAY = 0  # shown, never applied
    UNSAFE = 1  # likely: `fix --unsafe`
    SAFE = 2  # certain: `fix`


@dataclass(frozen=True, slots=True)
class Inference:
    """A character that was lost, and is inferred.

    Attributes:
        char: The likeliest character.
        posterior: How likely it is, between 0 and 1.
        rivals: The next likely ones, each with its posterior.
    """

    char: str
    posterior: float
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where `span` is now. `path` is None for the page that the fix belongs to.

    `inferred` are the characters of `text` that are not certain, in order.
    """

    span: Span
    text: str
    path: str | None = None
    inferred: tuple[Inference, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Rename:
    """Give the file or folder `old` the path `new`, in the same folder. Both are paths before any rename is made."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits and renames that belong together: all of them are made, or none.

    Only a crash, or a disk that refuses a rename after the links to it were written, can leave one of them made and
    another not. `saved_as` is the encoding that the page is to be saved in, if another.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety
    renames: tuple[Rename, ...] = ()
    saved_as: str = ""

    @property
    def inferred(self) -> tuple[Inference, ...]:
        """The characters that are not certain, in order."""
        return tuple(inference for edit in self.edits for inference in edit.inferred)

    @property
    def confidence(self) -> float | None:
        """How likely the least certain character is; None when nothing was inferred."""
        return min((inference.posterior for inference in self.inferred), default=None)


# -------------------------------------------------------------------------------------------------------------- repair


class DamageKind(Enum):
    """Whether the way back is exact, or bytes are missing."""

    EXACT = "exact"
    LOSSY = "lossy"


@dataclass(frozen=True, slots=True)
class Damage:
    """Damaged text: one run, or the runs of one line where they can only be judged together.

    Attributes:
        kind: Exact, or lossy.
        span: Where it is in the text on the disk; over a line's end only where that cuts a character.
        codecs: The wrong codecs in the order in which they were applied, e.g. ("cp1252", "cp1252").
        edits: The way back, in places on the disk, as far as there is one.
        safety: How far the way back can be trusted.
        loss: What happened to the missing bytes, in words; "" when none are missing.
        held: How many stretches are left as they are, because a character in them is too uncertain.
        witness: What proves lost characters, in words; "" when nothing does.
        cut: Whether a line end cuts one of its characters, which the edits put together in front of it.
    """

    kind: DamageKind
    span: Span
    codecs: tuple[str, ...]
    edits: tuple[Edit, ...]
    safety: Safety
    loss: str = ""
    held: int = 0
    witness: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """A page after repair. `text` is the source with the edits of every SAFE damage made.

    `quoted` names the codecs of mojibake that was taken for an example and left alone.
    """

    source: Source
    text: str
    damages: tuple[Damage, ...] = ()
    quoted: frozenset[str] = frozenset()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that lead from the text on the disk to `text`, sorted."""
        return self.edits_from(Safety.SAFE)

    def edits_from(self, safety: Safety) -> tuple[Edit, ...]:
        """Return the edits of all damages that are at least as safe as `safety`, sorted."""
        chosen = [edit for damage in self.damages if damage.safety >= safety for edit in damage.edits]
        return tuple(sorted(chosen, key=lambda edit: edit.span))


# --------------------------------------------------------------------------------------------------------------- pages


class PartKind(Enum):
    """What a piece of a heading is; hosts differ in which pieces they make the anchor from."""

    TEXT = "text"
    CODE = "code"
    ALT = "alt"  # the alternative text of an image
    BREAK = "break"  # a line break inside a heading
    FOOTNOTE = "footnote"  # the number of a footnote reference
    TAG = "tag"  # a raw HTML tag or comment
    ADDRESS = "address"  # the text of an autolink
    ATTRIBUTES = "attributes"  # {#name} or {.class} right behind something inline; plain text to most hosts


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a heading; `written` is what stands there where that is something else, as `&amp;` for `&`."""

    kind: PartKind
    text: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, from Markdown or raw HTML.

    Attributes:
        level: From 1 to 6.
        parts: Its pieces.
        span: Where its text is.
        html: Whether it is raw HTML.
        source: The text as it is written, line by line, without quote marks and indentation; "" for raw HTML.
        interrupts: Whether it ends a paragraph, with no blank line between.
        enclosed: Whether it stands between the tags of an element of raw HTML that begins and ends on lines of its own.
    """

    level: int
    parts: tuple[Part, ...]
    span: Span
    html: bool = False
    source: str = ""
    interrupts: bool = False
    enclosed: bool = False


@dataclass(frozen=True, slots=True)
class ElementId:
    """An explicit anchor: `id` on any element of raw HTML, or `name` on `<a>`; `span` covers the name."""

    name: str
    span: Span


class MarkupSyntax(Enum):
    """How an explicit anchor is written in a syntax that only some hosts know."""

    BEHIND = "behind"  # [text](x){#name}: an attribute list right behind something inline
    BELOW_HEADING = "below heading"  # an attribute list on the line below a heading
    LAST_LINE = "last line"  # an attribute list on the last of several lines of a paragraph
    LINE = "line"  # an attribute list on any other line of its own
    TARGET = "target"  # (name)= on a line of its own
    TERM = "term"  # a line above one that begins with `: `: the term of a definition list; the name is its text


@dataclass(frozen=True, slots=True)
class MarkupId:
    """An explicit anchor in a syntax that is plain text to other hosts; `span` covers the name."""

    name: str
    span: Span
    syntax: MarkupSyntax


Mark = Heading | ElementId | MarkupId
"""What may be an anchor of a page."""


class LinkKind(Enum):
    """How a link is written."""

    INLINE = "inline"  # [text](destination)
    IMAGE = "image"  # ![alt](destination)
    REFERENCE = "reference"  # a reference definition that a link or an image uses
    AUTOLINK = "autolink"  # <https://example.com>
    BARE = "bare"  # https://example.com
    HTML = "html"  # an attribute of raw HTML


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a page.

    Attributes:
        kind: How it is written.
        destination: What it points at, as Markdown or HTML understands it: character references and backslash
            escapes are resolved, percent-encoding is not.
        span: The whole construct; for a reference, its definition.
        destination_span: The destination as written, without `<>` or quotes.
    """

    kind: LinkKind
    destination: str
    span: Span
    destination_span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A reference definition. `label` is folded as Markdown compares labels; `used` says whether a link needs it."""

    label: str
    destination: str
    span: Span
    destination_span: Span
    used: bool
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class UndefinedReference:
    """`[text][label]` or `[label][]` without a definition: readers see the brackets."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment that speaks to doclint; `text` is what stands between `<!--` and `-->`, stripped."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the parse finds in a text; all spans lie in that text.

    Attributes:
        marks: Headings and explicit anchors in the order of the rendered page (footnotes last); which of them are
            anchors is for the host to say.
        links: Links and images in the order of their places.
        definitions: Reference definitions, in order.
        undefined: References without a definition.
        code: Code spans and code blocks, sorted.
        comments: HTML comments that begin with `doclint-`.
        blocks: Kind, first and last line (from 1, inclusive) of each block: the shape that a fix must keep.

    Code and blocks may be worked out only when they are asked for; they equal tuples all the same.
    """

    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    definitions: tuple[Definition, ...] = ()
    undefined: tuple[UndefinedReference, ...] = ()
    code: Sequence[Span] = ()
    comments: tuple[Comment, ...] = ()
    blocks: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what is on the disk, what it becomes by repair, and what the parse found in the repaired text.

    Attributes:
        path: The page.
        content: Its text after repair, or why there is none.
        parsed: The parse of the repaired text.
        as_on_disk: The parse of the text on the disk where repair changes something, else None.
        proposed: The parse of the text with the UNSAFE repairs made, too, where there are any, else None.
    """

    path: str
    content: Repaired | Unreadable
    parsed: Parsed = field(default_factory=Parsed)
    as_on_disk: Parsed | None = None
    proposed: Parsed | None = None


# ------------------------------------------------------------------------------------------------- targets and anchors


class AnchorKind(Enum):
    """Where an anchor comes from."""

    HEADING = "heading"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a page that a fragment can name.

    Attributes:
        name: The anchor as the host makes it.
        kind: From a heading, also one whose name is written behind it, or an explicit anchor of anything else.
        text: The heading's text; "" for an explicit anchor.
        span: Where it is in the parsed text.
        aliases: Further names, where versions of the host differ.
    """

    name: str
    kind: AnchorKind
    text: str
    span: Span
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InRepo:
    """A file or folder below the root. `path` is normalised and "" for the root itself.

    `folder` says that the destination ends in a slash; `fragment` is None where there is no `#`, and still encoded.
    On a site that is built of pages, `others` are the files that may be meant, likeliest first, and `judged` tells
    whether it is a fault when none of them is there.
    """

    path: str
    fragment: str | None
    folder: bool = False
    others: tuple[str, ...] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class SamePage:
    """A place on the page itself; `fragment` as in `InRepo`."""

    fragment: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A path that leaves the repository; `path` begins with `../`."""

    path: str


@dataclass(frozen=True, slots=True)
class Web:
    """An address on the web, which doclint does not visit."""

    url: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another scheme: `mailto:`, `tel:`, `javascript:`, ..."""

    scheme: str


@dataclass(frozen=True, slots=True)
class Empty:
    """A destination with nothing in it."""


Target = InRepo | SamePage | Outside | Web | Other | Empty


# ------------------------------------------------------------------------------------------------------------ findings


class Severity(Enum):
    """How bad it is: an error breaks something for a reader, a warning may, an info is good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields; rule, path and severity are stamped on it later.

    Attributes:
        span: Where, in the page's repaired text (`on_disk` says: in its text on the disk).
        message: What is wrong, in one sentence without a full stop.
        help: What to do about it; may be empty.
        fix: The way out, where there is one; its edits lie in the same text as the span.
        on_disk: Which text the places speak of.
        of_file: Whether the file itself is meant, so that no line of it is worth showing.
    """

    span: Span
    message: str
    help: str = ""
    fix: Fix | None = None
    on_disk: bool = False
    of_file: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file as people count: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with all that a report needs; `span` and the fix lie in the text on the disk.

    `excerpt` is the line that the finding begins on, without its line ending ("" where there is none to show).
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


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at, and what was not.

    Attributes:
        pages: Pages checked.
        links: Links in them, of every kind.
        web: Links to the web, not visited.
        other: Links of other schemes (`mailto:` and the like), not checked.
        unknown: Links whose target is there, but whose fragment doclint cannot judge.
        suppressed: Findings that a comment or a setting silenced.
    """

    pages: int = 0
    links: int = 0
    web: int = 0
    other: int = 0
    unknown: int = 0
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
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


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A file that `fix` did not write, or not all that it wanted to; `ours` when the reason is a fault of doclint."""

    path: str
    reason: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """What one configuration file of a site generator tells: `folder` is shown by `flavour`."""

    config: str
    folder: str
    flavour: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a report may need. `root` is absolute; findings are sorted by path, place and rule.

    Attributes:
        renamed: The files and folders that `fix` gave another name, or would give: from the path before the run to
            the path after it, sorted.
        moved: The same for every file that has another path after the run, also those inside a renamed folder.
        guesses: Which hosts were guessed, where the settings say nothing of them.
    """

    root: str
    findings: tuple[Finding, ...]
    summary: Summary
    changed: tuple[Change, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    renamed: tuple[Rename, ...] = ()
    moved: tuple[Rename, ...] = ()
    guesses: tuple[Guess, ...] = ()
