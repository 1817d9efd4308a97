r"""JSON that is valid UTF-8 and safe to show on a terminal, whatever stands in the repository.

A lone surrogate (a byte of a name or a page that is not UTF-8) becomes a visible escape, `bad\xff.md`: JSON could
spell it, but strict parsers would then refuse the whole report. Other characters that cannot be seen are written as
JSON escapes, which parsers undo.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from doclint.report.visible import SURROGATE, escape, hidden

if TYPE_CHECKING:
    import re


def as_json(value: object, *, indent: int | None = 2) -> str:
    """Return `value` as JSON; without an `indent` it stands on one line and takes as little room as it can."""
    separators = None if indent is not None else (",", ":")
    # Escaped after serialising, where no text can be forgotten; of hidden characters the serialiser itself
    # writes only the newlines of the layout.
    return hidden().sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent, separators=separators))


def _escaped(found: re.Match[str]) -> str:
    r"""Return a hidden character of the serialised report as JSON can carry it."""
    character = found[0]
    if character == "\n":
        return character
    if SURROGATE.match(character):
        return escape(character).replace("\\", "\\\\")
    return json.dumps(character)[1:-1]
