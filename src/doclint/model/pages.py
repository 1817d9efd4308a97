"""What the parse finds on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from doclint.model.damage import Repaired
from doclint.model.disk import Unreadable
from doclint.model.links import NO_LINKS, LinkKind, Links
from doclint.model.text import Span
from doclint.value import Value, field


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


class Part(Value):
    """One piece of a heading; `written` is what stands there where that is something else, as `&amp;` for `&`."""

    kind: PartKind
    text: str
    written: str = ""


class Heading(Value, tag=True):
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


class ElementId(Value, tag=True):
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


class MarkupId(Value, tag=True):
    """An explicit anchor in a syntax that is plain text to other hosts; `span` covers the name."""

    name: str
    span: Span
    syntax: MarkupSyntax


Mark = Heading | ElementId | MarkupId
"""What may be an anchor of a page."""


class Definition(Value):
    """A reference definition. `label` is folded as Markdown compares labels; `used` says whether a link needs it."""

    label: str
    destination: str
    span: Span
    destination_span: Span
    used: bool
    duplicate: bool = False


class UndefinedReference(Value):
    """`[text][label]` or `[label][]` without a definition: readers see the brackets."""

    label: str
    span: Span


class Comment(Value):
    """An HTML comment that speaks to doclint; `text` is what stands between `<!--` and `-->`, stripped."""

    text: str
    span: Span


class Fault(Value):
    """Why a page cannot be understood; `reason` completes the sentence "cannot be read: ..."."""

    reason: str
    span: Span


class Parsed(Value):
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
        fault: Why the page cannot be understood, if it cannot.
        open_ended: Whether the page may have anchors that are not written on it.

    Marks, code and blocks may be worked out only when they are asked for; they equal tuples all the same.
    """

    marks: Sequence[Mark] = ()
    links: Links = NO_LINKS
    definitions: tuple[Definition, ...] = ()
    undefined: tuple[UndefinedReference, ...] = ()
    code: Sequence[Span] = ()
    comments: tuple[Comment, ...] = ()
    blocks: Sequence[tuple[str, int, int]] = ()
    fault: Fault | None = None
    open_ended: bool = False

    @property
    def destinations(self) -> Iterator[tuple[str, Span, bool]]:
        """Each address once, also of definitions that no link uses: what it means, its place, whether in HTML.

        What a wiki link names is no address.
        """
        for link in self.links:
            if link.kind is LinkKind.WIKI:
                continue
            yield link.destination, link.destination_span, link.kind is LinkKind.HTML
        known = {link.destination_span for link in self.links if link.kind is LinkKind.REFERENCE}
        for definition in self.definitions:
            if definition.destination_span not in known:
                yield definition.destination, definition.destination_span, False


class Page(Value):
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
