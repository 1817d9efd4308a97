"""Which lines of a YAML file go on with a value that an earlier line opened; pure.

Only so much of YAML is read as that takes: comments, quoted values, brackets, and block scalars, in which none of these
mean anything. Python has no parser of YAML, and one that is installed would not say what the lines look like.

Source: the specification of YAML 1.2.2, chapters 6 to 8. PyYAML, with which pre-commit reads its configuration, lets a
quoted value and a bracket go on at the margin, which the specification does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDS = {"'": re.compile(r"(?s)(?:[^']|'')*?'(?!')"), '"': re.compile(r'(?s)(?:[^"\\]|\\.)*?"')}
_LEAD = re.compile(r" *(?:- +)*")
_BLANK = " \t\r\n"


class NeverClosedError(ValueError):
    """A quoted value or a bracket is never closed; the text says in which line it begins."""


def continued(lines: Sequence[str]) -> frozenset[int]:
    r"""Return the numbers, from 0, of the lines that go on with a quoted value or what stands in brackets.

    So do those of a block scalar that keeps the empty lines at its end (`|+`); of others indentation tells enough.

    Raises:
        NeverClosedError: One of these has no end.

    >>> sorted(continued(["a: 'b\n", "c'\n", "d: don't\n", "e: [f,\n", "]\n"]))
    [1, 4]
    """
    found = set()
    state = _State()
    begins = 0
    for number, line in enumerate(lines):
        if state.take(line):
            found.add(number)
        else:
            begins = number
    if state.is_open:
        raise NeverClosedError(f"what is opened in line {begins + 1} is never closed")
    return frozenset(found)


class _State:
    """What is open at the end of the lines that were taken."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0  # of brackets
        self._block: int | None = None  # how far that is indented which a block scalar belongs to
        self._keeps = False  # the empty lines at its end

    @property
    def is_open(self) -> bool:
        return bool(self._quote or self._depth)

    def take(self, line: str) -> bool:
        """Take a line, and tell whether it goes on with what is open in front of it."""
        if self._block is not None:
            if not line.strip() or len(line) - len(line.lstrip(" ")) > self._block:
                return self._keeps
            self._block = None
        goes_on = self.is_open
        self._read(line)
        return goes_on

    def _read(self, line: str) -> None:
        at, fresh = 0, True  # fresh: a value may begin here
        while at < len(line):
            if self._quote:
                match = _ENDS[self._quote].match(line, at)
                if match is None:
                    return
                at, fresh, self._quote = match.end(), False, ""
                continue
            char, after = line[at], line[at + 1 : at + 2] or "\n"
            if char == "#" and (at == 0 or line[at - 1] in _BLANK):
                return
            if fresh and char in "|>" and not self._depth:
                self._block, self._keeps = _owner(line), "+" in line[at : at + 3]
                return
            if fresh and char in "!&":  # a tag or the name of a value, which follows
                at += len(line[at:].split(maxsplit=1)[0])
                continue
            fresh = self._after(char, after, line[at - 1 : at], fresh=fresh)
            at += 1

    def _after(self, char: str, after: str, before: str, *, fresh: bool) -> bool:
        """Take a character, and tell whether a value may begin behind it."""
        if char in _BLANK:
            return fresh
        if self._depth and char in "]}":
            self._depth -= 1
            return False
        if char in "[{" and (fresh or self._depth):
            self._depth += 1
            return True
        if fresh and char in "'\"":
            self._quote = char
            return False
        if char == ":":
            return after in _BLANK or bool(self._depth and (after in ",[]{}" or before in ("'", '"', "]", "}")))
        return bool((self._depth and char == ",") or (fresh and char in "-?" and after in _BLANK))


def _owner(line: str) -> int:
    """Return how far that is indented which a block scalar belongs to: a key, or the dash of an item."""
    lead = _LEAD.match(line)
    width = lead.end() if lead else 0
    if line[width] in "|>":
        return line.rfind("-", 0, width) if "-" in line[:width] else width - 1
    return width
