"""A page is not UTF-8.

Why:   hosts and programs guess the encoding, each another one; editors then save the page as mojibake.
Bad:   a page saved as windows-1252, or a page of UTF-8 with a stray byte of something else
Good:  a page saved as UTF-8
Fix:   none by itself: which code page it is can only be guessed. The message names the likeliest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Hit, Page, Repaired, Severity, Span
from doclint.rules.base import Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

_STRAY_BYTE = re.compile(r"[\udc80-\udcff]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired(source=source):
            pass
        case _:
            return
    if source.errors == "surrogateescape":
        for match in _STRAY_BYTE.finditer(source.text):
            listed = " ".join(f"{ord(char) - 0xDC00:02X}" for char in match[0][:8])
            byte = "byte" if len(match[0]) == 1 else "bytes"
            yield Hit(
                Span(*match.span()),
                f"{byte} {listed} {'is' if len(match[0]) == 1 else 'are'} not UTF-8",
                "the rest of the page is UTF-8: write the character anew",
                on_disk=True,
            )
    elif source.encoding != "utf-8":
        first = _NOT_ASCII.search(source.text.removeprefix("\ufeff"))
        start = first.start() + source.text.startswith("\ufeff") if first else 0
        yield Hit(Span(start, start + 1), *_words(source.encoding, source.guesses), on_disk=True)


def _words(encoding: str, guesses: tuple[str, ...]) -> tuple[str, str]:
    if not guesses:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        return f"page is {name}, not UTF-8", f"save it as UTF-8: iconv -f {name} -t UTF-8"
    likely = guesses[0]
    others = f" (or {', '.join(guesses[1:])})" if len(guesses) > 1 else ""
    return (
        f"page is not UTF-8; it may be {likely}{others}",
        f"look at it as {likely}, and if it reads well: iconv -f {likely} -t UTF-8",
    )


RULE = Rule("not-utf8", Group.ENCODING, Severity.ERROR, check)
