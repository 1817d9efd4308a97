r"""Text that is safe to show: what a reader cannot see, or a terminal would obey, becomes a visible escape.

Escape sequences in a page could rewrite the terminal; bidirectional controls could show one text and mean
another ("Trojan Source"); a lone surrogate (`os.fsdecode` of a byte that is not UTF-8) cannot be encoded.
"""

from __future__ import annotations

import re
from functools import cache

_SURROGATES = "\ud800-\udfff"

# Written out, not asked of `unicodedata`, so that a report does not depend on the version of Python. The
# zero-width joiners are among them although emoji and Persian use them: what cannot be seen cannot be
# underlined either, and terminals disagree on how wide a joined emoji is.
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f"  # C0 controls, delete, C1 controls
    "\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff"  # soft hyphen, zero-width characters, byte-order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls, deprecated format characters
    "\u2028\u2029"  # line and paragraph separator
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # interlinear annotation, tag characters
)

SURROGATE = re.compile(f"[{_SURROGATES}]")


@cache
def hidden() -> re.Pattern[str]:
    """Return what matches one hidden character; made where there is one."""
    return re.compile(f"[{_HIDDEN}{_SURROGATES}]")


_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def escape(character: str) -> str:
    r"""Return a character as an escape of ASCII characters.

    A lone surrogate that stands for a byte is shown as that byte, so a C1 control is never written `\x85`.

    >>> print(escape("\x1b"), escape("\x85"), escape("\udcff"), escape("\n"))
    \x1b \u0085 \xff \n
    """
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def visible(text: str, *, keep: str = "") -> str:
    r"""Return `text` with each hidden character escaped, except those in `keep`.

    >>> print(visible("a\nb \u202etxt.md"))
    a\nb \u202etxt.md
    """
    # Nothing of what is hidden is printable to Python, and nearly all of what is shown is.
    if text.isprintable():
        return text
    return hidden().sub(lambda found: found[0] if found[0] in keep else escape(found[0]), text)


def encodable(text: str) -> str:
    r"""Return `text` with each lone surrogate escaped, so that it can be encoded as UTF-8.

    >>> print(encodable("bad\udcff.md"))
    bad\xff.md
    """
    return SURROGATE.sub(lambda found: escape(found[0]), text)


def columns(character: str) -> int:
    """Return how many columns a terminal gives a character that is not hidden: 0, 1 or 2.

    >>> [columns(character) for character in ("a", "技", "\N{COMBINING ACUTE ACCENT}")]
    [1, 2, 0]
    """
    import unicodedata  # here, because most runs underline nothing

    # Vowels and finals of decomposed Hangul (as macOS writes names) join the syllable before them.
    joins_syllable = "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"
    # Not all marks have a combining class: vowel signs of Thai and variation selectors of emoji have none.
    if joins_syllable or unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrapped(text: str, room: int) -> list[str]:
    """Return visible text in lines of at most `room` columns, broken at spaces; a word that is longer stands alone.

    >>> wrapped("git tracks 技术文档.md here", 14)
    ['git tracks', '技术文档.md', 'here']
    """
    lines: list[str] = []
    width = 0
    for word in text.split(" "):
        wide = sum(map(columns, word))
        if lines and width + 1 + wide <= room:
            lines[-1] += f" {word}"
            width += 1 + wide
        else:
            lines.append(word)
            width = wide
    return lines
