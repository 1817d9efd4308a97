r"""An invisible character stands where it does harm.

Why:   C1 controls are left over from a wrong encoding; bidirectional controls can make text read other than it is
       (CVE-2021-42574); a zero-width character inside a word breaks search and copying.
Bad:   the pass\u200bword
Good:  the password
Fix:   `doclint fix --unsafe` removes a zero-width character from a word; the others need an eye.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.lines import LINE_END
from doclint.model import Edit, Fix, Hit, Page, Repaired, Safety, Severity, Span
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.places import DamageMap, outside_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doclint.index import RepoIndex

# Only between letters of scripts that join no letters and separate words by spaces: elsewhere (Persian, Hindi, Thai,
# Khmer, emoji sequences) zero-width characters belong to the spelling.
_WORDS_APART = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_BIDIRECTIONAL = "\u202a-\u202e\u2066-\u2069"
# As text: `re` makes patterns of them where they are first used, and most pages need none.
_SUSPECT = f"(?P<c1>[\x80-\x9f]+)|(?P<zero>(?<=[{_WORDS_APART}])[{_ZERO_WIDTH}]+(?=[{_WORDS_APART}]))"
_ANY = f"[\x80-\x9f{_ZERO_WIDTH}{_BIDIRECTIONAL}]"
_CONTROL = f"[{_BIDIRECTIONAL}]"
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}


def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
    match page.content:
        case Repaired() as content if not content.text.isascii() and re.search(_ANY, content.text):
            pass
        case _:
            return
    damage = DamageMap(content)
    for found in outside_code(re.finditer(_SUSPECT, content.text), page.parsed.code):
        span = Span(*found.span())
        if damage.holds(span):
            continue
        if found["zero"]:
            fix = Fix("remove the zero-width character", (Edit(span, ""),), Safety.UNSAFE)
            yield _hit(span, found[0], "it breaks the word for search and copying: remove it", fix)
        else:
            yield _hit(span, found[0], "it is left over from a wrong encoding: write the text anew")
    yield from _bidirectional(content.text, page.parsed.code)


def _bidirectional(text: str, code: Sequence[Span]) -> Iterator[Hit]:
    """Yield a hit for each line on which bidirectional controls do harm."""
    end = 0
    for found in outside_code(re.finditer(_CONTROL, text), code):
        if found.start() < end:
            continue
        start = max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) + 1
        match = LINE_END.search(text, found.end())
        end = match.start() if match else len(text)
        if (place := _unbalanced(text[start:end])) is not None:
            where = Span(start + place, start + place + 1)
            yield _hit(
                where, where.of(text), "it can make text read other than it is: remove it, or close it on its line"
            )


def _hit(span: Span, characters: str, advice: str, fix: Fix | None = None) -> Hit:
    import unicodedata

    first = characters[0]
    name = unicodedata.name(first, "a control character")
    return Hit(span, f"invisible character U+{ord(first):04X} ({name.lower()})", advice, fix)


def _unbalanced(line: str) -> int | None:
    """Return the offset of the first bidirectional control that does harm on its line.

    A control that is closed again on a line that is written from right to left is how such text is set.
    """
    waiting: list[tuple[str, int]] = []
    for match in re.finditer(_CONTROL, line):
        char = match[0]
        if char in _OPENERS:
            waiting.append((_OPENERS[char], match.start()))
        elif waiting and waiting[-1][0] == char:
            waiting.pop()
        else:
            return match.start()
    if waiting:
        return waiting[0][1]
    import unicodedata

    from_the_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in line)
    return None if from_the_right else next(re.finditer(_CONTROL, line)).start()


RULE = Rule("control-character", Group.ENCODING, Severity.WARNING, check, looks_at=Aspect.TEXT)
