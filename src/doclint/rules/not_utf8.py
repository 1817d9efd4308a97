"""A page is not UTF-8.

Why:   hosts and programs guess the encoding, each another one; editors then save the page as mojibake.
Bad:   a page saved as windows-1252, or a page of UTF-8 with a stray byte of something else
Good:  a page saved as UTF-8
Fix:   `doclint fix --unsafe` saves it as UTF-8, unless two code pages fit about as well. Stray bytes stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Edit, Fix, Hit, Page, Repaired, Safety, Severity, Source, Span
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

# As text: `re` makes a pattern of it where it is first used, and most runs need none.
_STRAY_BYTES = r"[\udc80-\udcff]+"


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source=source):
            pass
        case _:
            return
    if source.errors == "surrogateescape":
        for match in re.finditer(_STRAY_BYTES, source.text):
            listed = " ".join(f"{ord(char) - 0xDC00:02X}" for char in match[0][:8])
            byte = "byte" if len(match[0]) == 1 else "bytes"
            yield Hit(
                Span(*match.span()),
                f"{byte} {listed} {'is' if len(match[0]) == 1 else 'are'} not UTF-8",
                "the rest of the page is UTF-8: write the character anew",
                on_disk=True,
            )
    elif source.encoding != "utf-8":
        mark = len(source.text) - len(source.text.removeprefix("\ufeff"))
        first = next((at for at, char in enumerate(source.text) if at >= mark and not char.isascii()), mark)
        yield Hit(Span(first, first + 1), *_words(source), _fix(source, mark), on_disk=True)


def _fix(source: Source, mark: int) -> Fix | None:
    """Return the fix that saves a page as UTF-8, without the byte-order mark of UTF-16."""
    if len(source.guesses) > 1:
        return None
    return Fix("save it as UTF-8", (Edit(Span(0, mark), ""),), Safety.UNSAFE, saved_as="utf-8")


def _words(source: Source) -> tuple[str, str]:
    if len(source.guesses) > 1:
        names = " or ".join(source.guesses)
        return (
            f"page is not UTF-8; it is {names}, which is too close to call",
            "look at it as each of them, and save it as UTF-8 from the one in which it reads well",
        )
    name = source.guesses[0] if source.guesses else source.encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return f"page is {name}, not UTF-8", "doclint fix --unsafe saves it as UTF-8"


RULE = Rule("not-utf8", Group.ENCODING, Severity.ERROR, check, looks_at=Aspect.TEXT)
