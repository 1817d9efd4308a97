"""Lines as the page shows them: in pieces, each with what it is, cut where they are very long."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from doclint.report.visible import visible
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from doclint.model import Inference, Span

Piece = list[object]
"""A text and what it is: "" for text that stays, "gone", "new", or "likely" with the posterior and the rivals."""

_AROUND = 80
"""Characters that are shown in front of what matters, and behind it."""

_LONGEST = 600
"""Characters of what matters itself that are shown."""


class Change(Value):
    """A stretch of a line that another text takes the place of; `inferred` are its uncertain characters."""

    span: Span
    text: str
    inferred: tuple[Inference, ...] = ()


def marked(line: str, start: int, end: int) -> list[Piece]:
    """Return a line with the characters from `start` up to `end` marked."""
    start, end = min(start, len(line)), max(start, min(end, len(line)))
    return _shown([(line[:start], ""), (line[start:end], "mark"), (line[end:], "")])


def before_and_after(line: str, changes: Iterable[Change]) -> tuple[list[Piece], list[Piece]]:
    """Return a line before and after `changes`, which do not overlap; characters that stay are not marked."""
    before: list[_Part] = []
    after: list[_Part] = []
    position = 0
    for change in sorted(changes, key=lambda change: change.span):
        kept, old = line[position : change.span.start], change.span.of(line)
        before.append((kept, ""))
        after.append((kept, ""))
        gone, new = _compared(old, change)
        before += gone
        after += new
        position = change.span.end
    rest = line[position:]
    return _shown([*before, (rest, "")]), _shown([*after, (rest, "")])


_Part = tuple[str, "str | Inference"]


def _compared(old: str, change: Change) -> tuple[list[_Part], list[_Part]]:
    """Return what a change takes away and what it brings, with what stays in between."""
    gone: list[_Part] = []
    new: list[_Part] = []
    for kind, start, end, new_start, new_end in _steps(old, change.text):
        gone.append((old[start:end], "" if kind == "equal" else "gone"))
        new += _with_inferred(change, new_start, new_end, "" if kind == "equal" else "new")
    return gone, new


def _steps(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    """Return how one text becomes the other; what is long is compared as a whole, as comparing takes quadratic time."""
    if len(old) + len(new) > _LONGEST:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _with_inferred(change: Change, start: int, end: int, kind: str) -> Iterator[_Part]:
    """Yield a part of the new text of a change, with each inferred character by itself."""
    position = start
    for inference in change.inferred:
        if position <= inference.offset < end:
            if position < inference.offset:
                yield change.text[position : inference.offset], kind
            position = min(end, inference.offset + len(inference.char))
            yield change.text[inference.offset : position], inference
    if position < end or start == end:
        yield change.text[position:end], kind


def _shown(parts: Sequence[_Part]) -> list[Piece]:
    """Return the parts of a line as the page shows them: what stays is cut where it is long."""
    parts = _joined(parts)
    pieces: list[Piece] = []
    budget = _LONGEST
    for number, (text, kind) in enumerate(parts):
        if kind == "":
            shown = _cut(text, in_front=number > 0, behind=number + 1 < len(parts))
        else:
            shown = visible(text if len(text) <= budget else f"{text[:budget]}…")
        budget -= len(shown)
        if isinstance(kind, str):
            pieces.append([shown, kind])
        else:
            rivals = [[visible(char), round(posterior, 4)] for char, posterior in kind.rivals]
            pieces.append([shown, "likely", round(kind.posterior, 4), rivals])
        if budget <= 0:
            pieces.append(["…", ""])
            break
    return pieces


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts of a line, neighbours of the same kind as one.

    An empty part stays where it tells that something came in, or went, just there.
    """
    found: list[_Part] = []
    for text, kind in parts:
        if found and kind == found[-1][1] and isinstance(kind, str):
            found[-1] = (found[-1][0] + text, kind)
        elif text or kind:
            found.append((text, kind))
    return found


def _cut(text: str, *, in_front: bool, behind: bool) -> str:
    """Return text that stays, without what is far from what matters; `in_front` and `behind` say where that is."""
    first = _AROUND if in_front or not behind else 0
    last = _AROUND if behind else 0
    if len(text) <= first + last:
        return visible(text)
    return f"{visible(text[:first])}…{visible(text[len(text) - last :])}"
