"""How a host makes the anchors of a page: a `Scheme` says which steps it takes, in words that hosts share."""

from __future__ import annotations

from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING

from doclint.model import Anchor, AnchorKind, ElementId, Heading, Mark, MarkupId, MarkupSyntax
from doclint.slug.flavour import USER_CONTENT, Naming
from doclint.slug.headings import Named, unnamed
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.slug.counters import Counter


class Reserved(Enum):
    """Whether names that are written behind headings are out of use for other headings."""

    NEVER = "never"
    FROM_THERE = "for later headings"
    FIRST = "for all headings of the page"


class Empty(Enum):
    """What becomes of a heading whose slug is empty."""

    NAMED = "named"  # an anchor like any other
    COUNTED = "counted"  # only its duplicates are anchors: "-1", "-2"
    SKIPPED = "skipped"  # no anchor, and not counted


class Scheme(Value):
    """The steps from the headings and ids of a page to its anchors.

    Attributes:
        text: A heading to the text that its name is made from.
        slug: That text to the name without a counter.
        counter: Makes the counter of a page.
        named: A heading to the same without what names it, and that name.
        reserved: Whether such names count.
        html_headings: Whether headings in raw HTML get a name.
        syntaxes: Which explicit anchors there are beside those in HTML.
        empty: What becomes of a heading whose slug is empty.
        after_blank_line: Whether what looks like a heading is none where it would end a paragraph.
        inside_html: Whether a heading between the tags of raw HTML is one.
        named_below: Whether an attribute list on the line below a heading names it, too.
        terms: Whether the terms of definition lists may have anchors; then both ways of counting are accepted.
        alias: The text to a further name that versions of the host make, or "".
    """

    text: Callable[[Heading], str]
    slug: Callable[[str], str]
    counter: Callable[[], Counter]
    named: Callable[[Heading], Named] = unnamed
    reserved: Reserved = Reserved.NEVER
    html_headings: bool = False
    syntaxes: frozenset[MarkupSyntax] = frozenset()
    empty: Empty = Empty.NAMED
    after_blank_line: bool = False
    inside_html: bool = True
    named_below: bool = False
    terms: bool = False
    alias: Callable[[str], str] | None = None

    def anchors(self, marks: Sequence[Mark]) -> tuple[Anchor, ...]:
        """Return the anchors of a page whose headings and ids are `marks`, in the same order."""
        counter, with_terms = self.counter(), self.counter()
        if self.reserved is Reserved.FIRST:
            for name in self._written_names(marks):
                counter.reserve(name)
        found: list[Anchor] = []
        for mark, after in zip_longest(marks, marks[1:]):
            match mark:
                case Heading():
                    below = after if isinstance(after, MarkupId) and self.named_below else None
                    found += self._heading(mark, counter, below, with_terms)
                case ElementId(name, span):
                    found.append(Anchor(name.removeprefix(USER_CONTENT), AnchorKind.HTML, "", span))
                case MarkupId(text, span, MarkupSyntax.TERM):
                    if self.terms:
                        found.append(Anchor(with_terms.name(self.slug(text)), AnchorKind.HTML, text, span))
                case MarkupId(name, span, syntax) if syntax in self.syntaxes:
                    found.append(Anchor(name, AnchorKind.HTML, "", span))
                case _:
                    pass
        return tuple(found)

    @property
    def naming(self) -> Naming:
        """What can be told of the name of a heading without looking at the rest of the page."""
        return Naming(self._name, inside_html=self.inside_html)

    def _name(self, heading: Heading) -> str:
        # All counters give the slug itself to the first heading that has it, unless it is a written name already.
        bare, name = self.named(heading)
        return self.slug(self.text(bare)) if name is None else name

    def _heading(self, heading: Heading, counter: Counter, below: MarkupId | None, with_terms: Counter) -> list[Anchor]:
        if not self._is_one(heading):
            return []
        bare, name = self.named(heading)
        if below is not None and below.syntax is MarkupSyntax.BELOW_HEADING:
            name = below.name
        text = self.text(bare)
        if name is not None:
            if self.reserved is Reserved.FROM_THERE:
                counter.reserve(name)
            return [Anchor(name, AnchorKind.HEADING, text, heading.span)]
        slug = self.slug(text)
        if not slug and self.empty is Empty.SKIPPED:
            return []
        name = counter.name(slug)
        if not name and self.empty is Empty.COUNTED:
            return []
        others = {self.alias(text) if self.alias else "", with_terms.name(slug) if self.terms else ""}
        aliases = tuple(sorted(others - {"", name}))
        return [Anchor(name, AnchorKind.HEADING, text, heading.span, aliases)]

    def _is_one(self, heading: Heading) -> bool:
        """Tell whether this is a heading to the host, and gets an anchor."""
        if heading.html:
            return self.html_headings
        return not (heading.interrupts and self.after_blank_line) and (self.inside_html or not heading.enclosed)

    def _written_names(self, marks: Sequence[Mark]) -> list[str]:
        found = []
        for mark in marks:
            if isinstance(mark, Heading) and (name := self.named(mark)[1]) is not None:
                found.append(name)
            elif isinstance(mark, MarkupId) and mark.syntax in self.syntaxes:
                found.append(mark.name)
        return found
