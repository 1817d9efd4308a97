"""The words of a plain `doclint check`, understood without click, which takes longer to load than a page to check.

A commit and an editor wait for nothing so much as for what a run loads. Whatever is not as plain as this, such as help,
another command or a fault, is left to click; a test holds that the two agree on all that is understood here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from doclint.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFAULTS: dict[str, Any] = {
    "paths": (),
    "format": "text",
    "output": None,
    "output_files": (),
    "select": (),
    "ignore": (),
    "flavour": None,
    "confidence": None,
    "config": None,
    "quiet": False,
    "statistics": False,
    "color": "auto",
    "since": None,
    "staged": False,
    "baseline": None,
    "stdin_filename": None,
    "write_baseline": False,
    "no_cache": False,
    "jobs": None,
}
"""What click hands over where no word is given."""

_SWITCHES = {
    "--no-cache": "no_cache",
    "--quiet": "quiet",
    "-q": "quiet",
    "--staged": "staged",
    "--statistics": "statistics",
}
_SINGLE = {
    "--baseline": "baseline",
    "--config": "config",
    "--flavour": "flavour",
    "--output": "output",
    "--since": "since",
}
_SEVERAL = {"--ignore": "ignore", "--select": "select"}


def flags_of(words: Sequence[str]) -> dict[str, Any] | None:
    """Return what the words behind `doclint` say, as click hands it to `check`; None where click must be asked.

    >>> flags_of(["check", "--staged", "a.md"])["paths"], flags_of(["fix"])
    (('a.md',), None)
    """
    # A shell that completes a word says so in the environment; on Windows click expands globs.
    if list(words[:1]) != ["check"] or "_DOCLINT_COMPLETE" in os.environ or os.name == "nt":
        return None
    flags = {**_DEFAULTS}
    rest = iter(words[1:])
    for word in rest:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if word == "-" or not word.startswith("-"):
            flags["paths"] = (*flags["paths"], word)
        elif word in _SWITCHES:
            flags[_SWITCHES[word]] = True
        else:
            value = value if equals else next(rest, "")
            if not value or value.startswith("-") or not _take(flags, name, value):
                return None
    return flags


def _take(flags: dict[str, Any], name: str, value: str) -> bool:
    """Put the value of a flag in its place; tell whether the flag, and the value, is understood."""
    if name in _SINGLE:
        flags[_SINGLE[name]] = value
    elif name in _SEVERAL:
        flags[_SEVERAL[name]] = (*flags[_SEVERAL[name]], value)
    elif name == "--format" and value in FORMATS:
        flags["format"] = value
    elif name == "--jobs" and value.isdecimal() and value.isascii() and int(value) > 0:
        flags["jobs"] = int(value)
    else:
        return False
    return True
