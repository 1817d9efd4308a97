"""An explanation: the line, and for each thing on it a verdict and the steps that led there.

For people it is text, for programs JSON that `explanation.schema.json` beside this file describes; of that the promise
holds which `json.py` gives of reports.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from doclint.report.excerpt import gutter, room_beside, underline
from doclint.report.paths import relative_path, shown_path
from doclint.report.serialise import as_json
from doclint.report.style import Style, paint
from doclint.report.visible import visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.explain import Explained, Explanation
    from doclint.model import Place

VERSION = 1
_WIDEST, _NARROWEST = 100, 12  # columns of a step
_STYLES = {"right": Style.ADDED, "wrong": Style.ERROR, "damaged": Style.ERROR, "not judged": Style.INFO}


def render(explanation: Explanation, *, cwd: str, color: bool, width: int | None = None) -> str:
    """Return an explanation as text; paths are shown relative to `cwd`.

    `width` is that of the terminal, in columns; None where there is none.
    """
    path = shown_path(explanation.path, root=explanation.root, cwd=cwd)
    if not explanation.things:
        where = f"{path}:{explanation.line}"
        return f"{where}: {explanation.silence}\n{_line(explanation, None, width, color=color)}\n"
    return "\n".join(_thing(thing, explanation, path, width, color=color) for thing in explanation.things)


def render_json(explanation: Explanation, *, cwd: str) -> str:
    """Return an explanation as one JSON object; paths are relative to `cwd`."""
    told = {
        "version": VERSION,
        "root": PurePath(explanation.root).as_posix(),
        "path": relative_path(explanation.path, root=explanation.root, cwd=cwd),
        "line": explanation.line,
        "text": explanation.text,
        "things": [_told(thing) for thing in explanation.things],
        "silence": explanation.silence or None,
    }
    return as_json(told) + "\n"


def _told(thing: Explained) -> dict[str, object]:
    steps: list[str] = []
    for step in thing.steps:
        if step.startswith(" ") and steps:
            steps[-1] += f"\n{step.strip()}"
        else:
            steps.append(step)
    return {
        "what": thing.what,
        "verdict": thing.verdict.value.replace(" ", "-"),
        "line": thing.place.line,
        "column": thing.place.column,
        "end_line": thing.place.end_line,
        "end_column": thing.place.end_column,
        "rules": list(thing.rules),
        "steps": steps,
    }


def _thing(thing: Explained, explanation: Explanation, path: str, width: int | None, *, color: bool) -> str:
    place = thing.place
    where = paint(f"{path}:{place.line}:{place.column}:", Style.STRONG, color=color)
    verdict = paint(f"is {thing.verdict.value}", _STYLES[thing.verdict.value], color=color)
    shown = _line(explanation, place if place.line == explanation.line else None, width, color=color)
    steps = "".join(_steps(thing.steps, width))
    return f"{where} {visible(thing.what)} {verdict}\n{shown}\n{steps}"


def _steps(steps: tuple[str, ...], width: int | None) -> Iterator[str]:
    """Yield the lines of the steps with numbers; a step that begins with blanks goes on with the one before it."""
    number = 0
    for step in steps:
        text = visible(step.lstrip(" "))
        indent = " " * (6 + len(step) - len(step.lstrip(" ")))
        lines = [text] if width is None else wrapped(text, max(_NARROWEST, min(_WIDEST, width) - len(indent)))
        if not step.startswith(" "):
            number += 1
        first = indent if step.startswith(" ") else f"  {number:>2}. "
        yield f"{first}{lines[0]}\n"
        yield from (f"{indent}{line}\n" for line in lines[1:])


def _line(explanation: Explanation, marked: Place | None, width: int | None, *, color: bool) -> str:
    """Return the line, with what is at the place `marked` underlined as far as it stands on it."""
    before = gutter(explanation.line, width)
    start = end = 0
    if marked is not None:
        start = marked.column - 1
        end = marked.end_column - 1 if marked.end_line == marked.line else len(explanation.text)
    shown = underline(explanation.text, start, end, room=room_beside(before, width), indent=len(before))
    line = f"{paint(before, Style.GUTTER, color=color)}{shown.line}"
    return line if marked is None else f"{line}\n{'| ':>{len(before)}}{shown.padding}{shown.carets}"
