"""[disk] One page that is kept, as the cache writes it and other processes hand it over.

Links are kept whole. What few pages are asked for (the records of headings, and the rest) stays bytes until it is.
"""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from doclint.model import (
    NO_LINKS,
    Comment,
    Deferred,
    Definition,
    Fault,
    Links,
    Mark,
    Marks,
    Parsed,
    UndefinedReference,
)
from doclint.parse.fast.records import SkimRecord
from doclint.parse.fast.skimmed import Skimmed
from doclint.plain_links import PlainLinks
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from doclint.model import Source
    from doclint.parse.fast.records import Record


class Kept(Value):
    """A page that is kept.

    Attributes:
        size: How many bytes it has.
        times: When it was modified and changed, in nanoseconds, as the disk has them.
        seen: When it was looked at.
        digest: Of its bytes.
        ascii: Whether they are all ASCII.
        destinations: Of its links, in order.
        kinds: Of its links, as in `Links`.
        places: Of its links, as in `Links`.
        plain: What its plain links name.
        names: By the name of a host, those of its anchors, as in `Marks`.
        rest: What else the parse found, as `_Rest`; nil where that is nothing but the `records`.
        records: Where its anchors are to be gathered from, as a list of `SkimRecord`.
    """

    size: int
    times: tuple[int, int]
    seen: int
    digest: bytes
    ascii: bool
    destinations: tuple[str, ...]
    kinds: bytes
    places: bytes
    plain: PlainLinks
    names: msgspec.Raw
    rest: msgspec.Raw
    records: msgspec.Raw


class _Rest(Value):
    """What a parse finds besides links and what few pages are asked for; as in `Parsed`."""

    marks: tuple[Mark, ...]
    definitions: tuple[Definition, ...]
    undefined: tuple[UndefinedReference, ...]
    comments: tuple[Comment, ...]
    fault: Fault | None
    open_ended: bool


_NOTHING_ELSE = _Rest((), (), (), (), None, open_ended=False)
_rest_of = msgspec.msgpack.Decoder(_Rest | None).decode
_names_of = msgspec.msgpack.Decoder(dict[str, frozenset[str]]).decode
_NO_NAMES = msgspec.Raw(msgspec.msgpack.encode({}))
_records_of = msgspec.msgpack.Decoder(list[SkimRecord]).decode


Found = tuple[Parsed, PlainLinks]
"""What is known of a page: its parse without code and blocks, and what its plain links name."""


def packed(pages: Mapping[str, Kept]) -> bytes:
    """Return pages as bytes."""
    return msgspec.msgpack.encode(pages)


def unpacked(data: bytes) -> dict[str, Kept]:
    """Return the pages in `data`, as `packed` made it.

    Raises:
        ValueError: It is something else.
    """
    try:
        return msgspec.msgpack.decode(data, type=dict[str, Kept])
    except msgspec.MsgspecError as error:
        raise ValueError(f"these are no pages: {error}") from error


def with_names(kept: Kept, names: Mapping[str, frozenset[str]]) -> Kept:
    """Return the same page with names of its anchors, as in `Marks`."""
    return replace(kept, names=msgspec.Raw(msgspec.msgpack.encode(names)))


def kept_of(root: str, source: Source, parsed: Parsed, plain: PlainLinks) -> Kept | None:
    """Return what is to be kept of a page below `root` that was just read and parsed; None where it is gone."""
    if (times := times_of(root, source.path)) is None:
        return None
    data, links, marks = source.text.encode(), parsed.links, parsed.marks
    records: Sequence[Record] = ()
    if isinstance(marks, Skimmed):
        records, marks = marks.records, ()
    rest = _Rest(tuple(marks), parsed.definitions, parsed.undefined, parsed.comments, parsed.fault, parsed.open_ended)
    return Kept(
        len(data),
        # A page that was written since it was read has another size, or is too fresh to be told by its times.
        times,
        time.time_ns(),
        digest_of(data),
        source.text.isascii(),
        tuple(links.destinations),
        links.kinds,
        links.places,
        plain,
        _NO_NAMES,
        msgspec.Raw(msgspec.msgpack.encode(None if rest == _NOTHING_ELSE else rest)),
        msgspec.Raw(msgspec.msgpack.encode(records)),
    )


def parsed_of(kept: Kept) -> Parsed:
    """Return the parse of a page that is kept, without code and blocks."""
    links = Links(kept.destinations, kept.kinds, kept.places) if kept.kinds else NO_LINKS

    def names() -> dict[str, frozenset[str]]:
        return _names_of(kept.names)

    if (rest := _rest_of(kept.rest)) is None:
        return Parsed(Skimmed(Deferred(lambda: _records_of(kept.records)), names), links)
    marks = rest.marks
    return Parsed(
        Marks(lambda: marks, names) if marks else Skimmed(Deferred(lambda: _records_of(kept.records)), names),
        links,
        rest.definitions,
        rest.undefined,
        comments=rest.comments,
        fault=rest.fault,
        open_ended=rest.open_ended,
    )


def times_of(root: str, path: str) -> tuple[int, int] | None:
    """Return when a file below `root` was modified and changed, in nanoseconds; None where it is gone."""
    try:
        there = os.lstat(os.path.join(root, path))
    except OSError:
        return None
    return there.st_mtime_ns, there.st_ctime_ns


def digest_of(data: bytes) -> bytes:
    """Return the 16 bytes by which the bytes of a page are known again."""
    return blake2b(data, digest_size=16).digest()
