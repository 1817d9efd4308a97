"""The links of a page: what each is, and all of them as columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import overload

from doclint.model.text import Span
from doclint.value import Value


class LinkKind(Enum):
    """How a link is written."""

    INLINE = "inline"  # [text](destination)
    IMAGE = "image"  # ![alt](destination)
    REFERENCE = "reference"  # a reference definition that a link or an image uses
    AUTOLINK = "autolink"  # <https://example.com>
    BARE = "bare"  # https://example.com
    HTML = "html"  # an attribute of raw HTML
    WIKI = "wiki"  # [[page#heading]]; its destination is all between the brackets


class Link(Value):
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


KINDS = tuple(LinkKind)
"""The kinds by the numbers that rows and columns have for them."""
_NUMBERS = {kind.value: number for number, kind in enumerate(KINDS)}

Row = tuple[int, str, int, int, int, int]
"""A link as numbers: kind, destination, start and end of the whole, start and end of the destination."""
_BY_PLACE = itemgetter(4, 5, 2, 3)


class Links(Sequence[Link]):
    """The links of a page in the order of their places; a link is made when it is asked for.

    Of most pages no more is asked than where its links lead, so that nothing is made of them but columns.

    Attributes:
        destinations: Of each link, in order.
        kinds: The number in `KINDS` of each.
        places: Four offsets of each, column by column: where the links start, where they end, where their
            destinations start, where these end; four bytes an offset, in the order of this machine.
    """

    __slots__ = ("destinations", "kinds", "places")

    def __init__(self, destinations: Sequence[str], kinds: bytes, places: bytes) -> None:
        self.destinations = destinations
        self.kinds = kinds
        self.places = places

    @classmethod
    def of(cls, links: Iterable[Link]) -> Links:
        """Return the columns of links, in any order."""
        return cls.of_rows([row_of(link) for link in links])

    @classmethod
    def of_rows(cls, rows: list[Row]) -> Links:
        """Return the columns of rows, in any order."""
        if not rows:
            return NO_LINKS
        rows.sort(key=_BY_PLACE)
        kinds, destinations, *places = zip(*rows, strict=True)
        flat = array("I")
        for column in places:
            flat.extend(column)
        return cls(destinations, bytes(kinds), flat.tobytes())

    def has(self, kind: LinkKind) -> bool:
        """Tell whether there is a link of this kind."""
        return _NUMBERS[kind.value] in self.kinds

    def __len__(self) -> int:
        return len(self.kinds)

    @overload
    def __getitem__(self, index: int) -> Link: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Link, ...]: ...
    def __getitem__(self, index: int | slice) -> Link | tuple[Link, ...]:
        count = len(self.kinds)
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(count)))
        number = range(count)[index]
        start, end, first, last = memoryview(self.places).cast("I")[number::count]
        return Link(KINDS[self.kinds[number]], self.destinations[number], Span(start, end), Span(first, last))

    def __iter__(self) -> Iterator[Link]:
        return map(self.__getitem__, range(len(self.kinds)))

    def __eq__(self, other: object) -> bool:
        """Compare with columns, or with a tuple of links."""
        if not isinstance(other, Links):
            return isinstance(other, tuple) and tuple(self) == other
        same = self.kinds == other.kinds and self.places == other.places
        return same and tuple(self.destinations) == tuple(other.destinations)

    def __hash__(self) -> int:
        """Agree with `__eq__` between columns."""
        return hash((tuple(self.destinations), self.kinds))

    def __repr__(self) -> str:
        return f"Links.of({list(self)!r})"


NO_LINKS = Links((), b"", b"")
"""The links of a page without any."""


def row_of(link: Link) -> Row:
    """Return a link as numbers."""
    span, where = link.span, link.destination_span
    return _NUMBERS[link.kind.value], link.destination, span.start, span.end, where.start, where.end
