"""Blocks of raw HTML (CommonMark 4.6): where they begin, and where they end."""

from __future__ import annotations

import re
from functools import cache

from doclint.parse.fast.tags import BLOCK_NAMES, INTERRUPTING, LONE_TAG, VERBATIM_START

_INDENT = r"[ ]{0,3}+"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.VERBOSE | re.MULTILINE)


# A tag, and all lines down to the next blank one.
_TAG = _pattern(rf"{_INDENT} </? ([A-Za-z][A-Za-z0-9]*+) (?= \s | /?> ) [^\n]*+ \n (?: [ \t]*+ [^ \t\n] [^\n]*+ \n )*+")
_COMMENT = re.compile(r"[ ]{0,3}+<!--")
_INTERRUPTS_OTHERWISE = _pattern(rf"{_INDENT} (?: {VERBATIM_START} | <[!?] )")


@cache
def _rare(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that few pages need."""
    return re.compile(source, flags)


def interrupts(text: str, start: int) -> bool:
    """Tell whether the line at `start` begins a block of raw HTML even right below a paragraph."""
    tag = _TAG.match(text, start)
    if tag is not None and tag[1].lower() in BLOCK_NAMES:
        return True
    return _INTERRUPTS_OTHERWISE.match(text, start) is not None


def block_end(text: str, start: int) -> int | None:
    """Return where the block of raw HTML ends that begins at `start`; 0 if none does, None if that is not certain.

    It is assumed that no paragraph stands right above.
    """
    tag = _TAG.match(text, start)
    if tag is not None and tag[1].lower() in BLOCK_NAMES:
        return tag.end()
    if _COMMENT.match(text, start):
        ends_at = text.find("-->", start)
        return text.find("\n", ends_at) + 1 if ends_at >= 0 else len(text)
    if _rare(rf"{_INDENT} {VERBATIM_START}", re.VERBOSE).match(text, start):
        ends = _rare(r"</(?:script|pre|style|textarea)>", re.IGNORECASE | re.ASCII).search(text, start)
        return text.find("\n", ends.end()) + 1 if ends else len(text)
    if _is_lone_tag(text, start):
        # Also down to the next blank line.
        block = _rare(r"(?: [ \t]*+ [^ \t\n] [^\n]*+ \n )++", re.VERBOSE).match(text, start)
        return block.end() if block else len(text)
    return None if _rare(rf"{_INDENT} {INTERRUPTING}", re.VERBOSE).match(text, start) else 0


def _is_lone_tag(text: str, start: int) -> bool:
    """Tell whether the line at `start` holds nothing but one tag, whatever its name."""
    line = text[start : text.index("\n", start)].lstrip(" ")
    return line.rstrip().endswith(">") and _rare(LONE_TAG, re.VERBOSE).fullmatch(line) is not None
