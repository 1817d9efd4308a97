"""One page through repair and parse, and what a run wants to know of its pages; pure."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from doclint.formats import DEFAULT, Format, format_of
from doclint.lines import apply_edits
from doclint.model import Intact, Page, Parsed, Repaired, Safety, Source, Unreadable
from doclint.model.deferred import Deferred
from doclint.parse import parse
from doclint.repair import CONFIDENCE, repair, suspicious
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from doclint.model import Span
    from doclint.repair.evidence import Evidence


class Wanted(Value):
    """What a run wants to know of its pages; what no rule asks for costs nothing.

    Attributes:
        formats: The formats of the pages whose links count.
        wiki_links: Whether `[[page]]` is a link in Markdown.
        confidence: How likely each inferred character must be, as in `repair`.
        line_counts: Whether a rule asks how many lines the targets of links have.
        verdicts_of_names: Whether a rule asks which names are damaged.
        users: Whether a rule asks who links to a page or names a file: then every file is read.
    """

    formats: tuple[str, ...] = DEFAULT
    wiki_links: bool = False
    confidence: float = CONFIDENCE
    line_counts: bool = False
    verdicts_of_names: bool = False
    users: bool = False


def kept_page(path: str, parsed: Parsed, content: Intact) -> Page:
    """Return a page of which nothing is to be repaired, and whose parse is known.

    Code is known where rules on encodings may ask for it.
    """
    again = _Again(path, content)
    code = parsed.code if content.is_strange else Deferred(again.code)
    parsed = replace(parsed, code=code, blocks=Deferred(again.blocks))
    return Page(path, content, parsed)


class _Again:
    """A page that is parsed once more, for what few ask."""

    __slots__ = ("_content", "_path")

    def __init__(self, path: str, content: Intact) -> None:
        self._path = path
        self._content = content

    def code(self) -> Sequence[Span]:
        return parse(self._content.text, self._path).code

    def blocks(self) -> Sequence[tuple[str, int, int]]:
        return parse(self._content.text, self._path).blocks


def parse_page(source: Source, wanted: Wanted, *, with_code: bool = False) -> Parsed:
    """Return the parse of a page as it is on the disk, without blocks, and without code unless that is wanted."""
    parsed = parse(source.text, source.path, wiki_links=wanted.wiki_links, whole=with_code)
    if with_code:
        return parsed
    return replace(parsed, code=(), blocks=()) if parsed.code or parsed.blocks else parsed


def is_skimmed(path: str) -> bool:
    """Tell whether the parse of a page may be kept without the page, by its format."""
    return format_of(path) in (Format.MARKDOWN, Format.MDX)


def is_whole(source: Source) -> bool:
    """Tell whether a page in Markdown is UTF-8 and cannot be damaged; False is not certain."""
    return _is_plain(source) and is_skimmed(source.path) and not suspicious(source.text)


def turned_out_whole(page: Page) -> bool:
    """Tell whether a page in Markdown that might have been damaged is not, and is in UTF-8."""
    content = page.content
    if not isinstance(content, Repaired) or content.damages or not is_skimmed(page.path):
        return False
    return _is_plain(content.source)


def _is_plain(source: Source) -> bool:
    return source.encoding == "utf-8" and source.errors == "strict" and not source.saved_as


def holds_strange(text: str) -> bool:
    """Tell whether a rule that looks at `Aspect.TEXT` may have something to say of a text without damage."""
    return not text.isascii() and _speaking().search(text) is not None


@cache
def _speaking() -> re.Pattern[str]:
    """Return what rules on encodings look at: controls, signs without width, directions, marks, U+FFFD, surrogates."""
    return re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd\ud800-\udfff]")


def read_page(
    source: Source | Unreadable,
    wanted: Wanted,
    evidence: Evidence | None = None,
    witnesses: Collection[str] = (),
    known: Collection[str] = (),
) -> Page:
    """Take one page through repair and parse; what bears witness, and what is known of it, as in `repair`."""
    match source:
        case Unreadable(path=path):
            return Page(path, source)
        case Source(path=path, text=text):
            parsed = partial(parse, path=path, wiki_links=wanted.wiki_links)
            as_on_disk = parsed(text)
            if not suspicious(text):
                return Page(path, Repaired(source, text), as_on_disk)
            repaired = repair(source, as_on_disk.code, witnesses, evidence, wanted.confidence, known=known)
            edits = repaired.edits_from(Safety.UNSAFE)
            proposed = parsed(apply_edits(text, edits)) if edits != repaired.edits else None
            if repaired.text == text:
                return Page(path, repaired, as_on_disk, proposed=proposed)
            return Page(path, repaired, parsed(repaired.text), as_on_disk, proposed)
