"""[disk] Pages that are kept, as the cache writes them and other processes hand them over: a batch of them as bytes.

What is asked of all pages stands in columns, and what the links of a folder's pages come to stands by folder. What is
asked of few pages, each page's own links and anchors, stays bytes until it is asked for.
"""

from __future__ import annotations

from array import array
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from doclint.formats import Format, format_of
from doclint.model import (
    NO_LINKS,
    Comment,
    Definition,
    Fault,
    LinkKind,
    Links,
    Look,
    Mark,
    Parsed,
    Span,
    UndefinedReference,
)
from doclint.model.deferred import Deferred
from doclint.parse.fast.records import SkimRecord
from doclint.parse.fast.skimmed import Skimmed
from doclint.plain_links import FolderLinks, by_folder, folder_links
from doclint.reading import holds_strange
from doclint.signatures import DIGEST, NO_SIGNATURE, Signature
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from doclint.parse.fast.records import Record

ASCII, TELLING, ALONE, STRANGE = 1, 2, 4, 8
"""What is known of a page: that it is all ASCII; that it says more than where its links lead and which anchors it has;
that it is to be looked at by itself; that rules on encodings may have something to say of it."""

AnchorNames = dict[str, frozenset[str]]
"""By the name of a host, names of a page's anchors that a fragment finds which is written like them; there may be more.
"""


def flags_of(path: str, text: str, parsed: Parsed, *, quoting: bool = False) -> int:
    """Return what is known of a page, as a sum of flags; `quoting` tells whether it quotes mojibake."""
    flags = ASCII if text.isascii() else 0
    if quoting:
        flags |= ALONE
    if holds_strange(text):
        flags |= STRANGE | ALONE
    if is_telling(parsed):
        flags |= TELLING
    if parsed.links.has(LinkKind.WIKI) or format_of(path) is not Format.MARKDOWN:
        flags |= ALONE
    return flags


def is_telling(parsed: Parsed) -> bool:
    """Tell whether a page says more than where its links lead and which anchors it has."""
    return bool(parsed.definitions or parsed.undefined or parsed.comments or parsed.fault or parsed.open_ended)


class _Rest(Value):
    """What a parse finds besides links and what few pages are asked for; as in `Parsed`."""

    marks: tuple[Mark, ...]
    definitions: tuple[Definition, ...]
    undefined: tuple[UndefinedReference, ...]
    comments: tuple[Comment, ...]
    fault: Fault | None
    open_ended: bool
    code: tuple[Span, ...]


class _Page(Value):
    """One page; `rest` is nil where that is nothing but the `records`, of which its anchors are to be gathered."""

    destinations: tuple[str, ...]
    kinds: bytes
    places: bytes
    rest: msgspec.Raw
    records: msgspec.Raw


class _Batch(Value):
    """What `Batch` tells of; columns of numbers as bytes."""

    paths: list[str]
    flags: bytes
    sizes: bytes
    modified: bytes
    changed: bytes
    seen: bytes
    digests: bytes
    ends: bytes
    pages: bytes
    folders: dict[str, FolderLinks]
    names: dict[str, AnchorNames]
    quoted: dict[str, frozenset[str]]
    apart: dict[str, Signature]
    witnesses: bytes


_rest_of = msgspec.msgpack.Decoder(_Rest | None).decode
_records_of = msgspec.msgpack.Decoder(list[SkimRecord]).decode
_page_of = msgspec.msgpack.Decoder(_Page).decode
_encode = msgspec.msgpack.Encoder().encode


class Batch:
    """Pages that are kept.

    Args:
        data: What `packed` made.

    Attributes:
        paths: The pages.
        flags: What is known of each.
        folders: By folder, what the links come to of those of the pages in it that are not `ALONE`.
        names: Names of anchors, by page, as far as somebody asked for them.
        quoted: The codecs of the mojibake that pages quote, which is known as long as no page changes.
        apart: The pages that there were beside these.
        witnesses: The digest of which pages told what others quote.

    Raises:
        ValueError: The data are something else.
    """

    def __init__(self, data: bytes) -> None:
        try:
            held = msgspec.msgpack.decode(data, type=_Batch)
        except msgspec.MsgspecError as error:
            raise ValueError(f"these are no pages: {error}") from error
        self.paths = held.paths
        self.flags = held.flags
        self.folders = held.folders
        self.names = held.names
        self.quoted = held.quoted
        self.apart = held.apart
        self.witnesses = held.witnesses
        self._sizes, self._modified = array("q", held.sizes), array("q", held.modified)
        self._changed, self._seen = array("q", held.changed), array("q", held.seen)
        self._digests = held.digests
        self._ends = array("Q", held.ends)
        self._pages = memoryview(held.pages)
        count = len(self.paths)
        columns = (self._sizes, self._modified, self._changed, self._seen, self._ends, self.flags)
        if any(len(column) != count for column in columns) or len(self._digests) != count * DIGEST:
            raise ValueError("these are no pages: columns differ in length")
        if count and self._ends[-1] > len(self._pages):
            raise ValueError("these are no pages: some are cut off")

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The numbers of the pages by their paths."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many pages right in a folder `folders` speaks of."""
        together = (path for path, flags in zip(self.paths, self.flags, strict=True) if not flags & ALONE)
        return Counter(path.rpartition("/")[0] for path in together)

    def signature(self, number: int) -> Signature:
        """Return by what a page is known again."""
        digest = self._digests[number * DIGEST : (number + 1) * DIGEST]
        return Signature(self._sizes[number], self._modified[number], self._changed[number], self._seen[number], digest)

    def size(self, number: int) -> int:
        """Return how many bytes a page has."""
        return self._sizes[number]

    def unchanged(self, number: int, there: Look, fresh: int) -> bool:
        """Tell whether a page is as it was, by size and times; within `fresh` nanoseconds these tell nothing."""
        modified, changed = self._modified[number], self._changed[number]
        same = (there.size, there.modified, there.changed) == (self._sizes[number], modified, changed)
        return same and max(modified, changed) + fresh < self._seen[number]

    def all_unchanged(self, there: Sequence[Look], fresh: int) -> bool:
        """Tell whether all pages are as they were, as `unchanged` tells of one; much quicker than to ask for each."""
        if not there:
            return True
        _, sizes, modified, changed = (array("q", column) for column in zip(*there, strict=True))
        same = (sizes, modified, changed) == (self._sizes, self._modified, self._changed)
        return same and max(modified + changed) + fresh < min(self._seen)

    def data(self, number: int) -> memoryview:
        """Return a page as `page_data` made it."""
        return self._pages[self._ends[number - 1] if number else 0 : self._ends[number]]

    def links(self, number: int) -> Links:
        """Return the links of a page."""
        return _links_of(_page_of(self.data(number)))

    def parsed(self, number: int) -> Parsed:
        """Return the parse of a page, without blocks; with code where rules on encodings may ask for it."""
        page = _page_of(self.data(number))
        links = _links_of(page)
        skimmed = Skimmed(Deferred(lambda: _records_of(page.records)))
        if (rest := _rest_of(page.rest)) is None:
            return Parsed(skimmed, links)
        return Parsed(
            rest.marks or skimmed,
            links,
            rest.definitions,
            rest.undefined,
            rest.code,
            rest.comments,
            fault=rest.fault,
            open_ended=rest.open_ended,
        )


def _links_of(page: _Page) -> Links:
    return Links(page.destinations, page.kinds, page.places) if page.kinds else NO_LINKS


class Keeping(Value):
    """A page that is to be kept: its flags, by what it is known again, and `page_data` of it."""

    flags: int
    signature: Signature | None
    data: bytes | memoryview


def page_data(parsed: Parsed, *, with_code: bool = False) -> bytes:
    """Return a parse as bytes, without blocks, and without code unless that is wanted."""
    links, marks = parsed.links, parsed.marks
    records: Sequence[Record] = ()
    if isinstance(marks, Skimmed):
        records, marks = marks.records, ()
    rest = None
    if marks or with_code or is_telling(parsed):
        rest = _Rest(
            tuple(marks),
            parsed.definitions,
            parsed.undefined,
            parsed.comments,
            parsed.fault,
            parsed.open_ended,
            tuple(parsed.code) if with_code else (),
        )
    # As `_Page` has it.
    return _encode((links.destinations, links.kinds, links.places, rest, records))


def packed(  # noqa: PLR0913, PLR0917 - as `Batch` has them
    pages: Mapping[str, Keeping],
    folders: Mapping[str, FolderLinks],
    names: Mapping[str, AnchorNames] | None = None,
    quoted: Mapping[str, frozenset[str]] | None = None,
    apart: Mapping[str, Signature] | None = None,
    witnesses: bytes = b"",
) -> bytes:
    """Return pages as bytes; all else as in `Batch`."""
    signatures = [page.signature or NO_SIGNATURE for page in pages.values()]
    ends = array("Q", accumulate(len(page.data) for page in pages.values()))
    return _encode(
        _Batch(
            list(pages),
            bytes(page.flags for page in pages.values()),
            array("q", [each.size for each in signatures]).tobytes(),
            array("q", [each.modified for each in signatures]).tobytes(),
            array("q", [each.changed for each in signatures]).tobytes(),
            array("q", [each.seen for each in signatures]).tobytes(),
            b"".join(each.digest for each in signatures),
            ends.tobytes(),
            b"".join(page.data for page in pages.values()),
            dict(folders),
            dict(names or {}),
            dict(quoted or {}),
            dict(apart or {}),
            witnesses,
        )
    )


def links_by_folder(pages: Iterable[tuple[str, Links]]) -> Iterator[tuple[str, FolderLinks]]:
    """Yield folders with what the links of the pages in it come to."""
    links = dict(pages)
    for folder, paths in by_folder(links).items():
        yield folder, folder_links(folder, [(path, links[path]) for path in paths])
