"""An explanation: the line, and for each thing on it a verdict and the steps that led there.

For people it is text, for programs JSON that `explanation.schema.json` beside this file describes; of that the promise
holds which `json.py` gives of reports.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from doclint.report.excerpt import underline
from doclint.report.paths import relative_path, shown_path
from doclint.report.serialise import as_json
from doclint.report.style import Style, paint
from doclint.report.visible import visible

if TYPE_CHECKING:
    from doclint.explain import Explained, Explanation

VERSION = 1
_WIDEST, _NARROWEST = 100, 40  # columns of the line that is shown, as in a report
_NUMBER_WIDTH = 5
_GUTTER_WIDTH = _NUMBER_WIDTH + len(" | ")
_STYLES = {"right": Style.ADDED, "wrong": Style.ERROR, "damaged": Style.ERROR, "not judged": Style.INFO}


def render(explanation: Explanation, *, cwd: str, color: bool, width: int | None = None) -> str:
    """Return an explanation as text; paths are shown relative to `cwd`.

    `width` is that of the terminal, in columns; None where there is none.
    """
    path = shown_path(explanation.path, root=explanation.root, cwd=cwd)
    room = max(_NARROWEST, min(_WIDEST, (width or _WIDEST + _GUTTER_WIDTH) - _GUTTER_WIDTH))
    if not explanation.things:
        where = f"{path}:{explanation.line}"
        return f"{where}: {explanation.silence}\n{_line(explanation, 0, 0, room, color=color, marks=False)}\n"
    return "\n".join(_thing(thing, explanation, path, room, color=color) for thing in explanation.things)


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


def _thing(thing: Explained, explanation: Explanation, path: str, room: int, *, color: bool) -> str:
    place = thing.place
    where = paint(f"{path}:{place.line}:{place.column}:", Style.STRONG, color=color)
    verdict = paint(f"is {thing.verdict.value}", _STYLES[thing.verdict.value], color=color)
    on_line = place.line == explanation.line
    end = place.end_column - 1 if place.end_line == place.line else len(explanation.text)
    shown = _line(explanation, place.column - 1, end, room, color=color, marks=on_line)
    steps = "".join(_steps(thing.steps))
    return f"{where} {visible(thing.what)} {verdict}\n{shown}\n{steps}"


def _steps(steps: tuple[str, ...]) -> list[str]:
    """Return the steps with numbers; one that begins with blanks goes on with the step before it."""
    lines = []
    number = 0
    for step in steps:
        if step.startswith(" "):
            lines.append(f"      {visible(step)}\n")
        else:
            number += 1
            lines.append(f"  {number:>2}. {visible(step)}\n")
    return lines


def _line(  # noqa: PLR0913 - a stretch of a line, and how it is shown
    explanation: Explanation, start: int, end: int, room: int, *, color: bool, marks: bool
) -> str:
    gutter = paint(f"{explanation.line:>{_NUMBER_WIDTH}} | ", Style.GUTTER, color=color)
    shown = underline(explanation.text, start, end, room=room, indent=_GUTTER_WIDTH)
    if not marks:
        return gutter + shown.line
    return f"{gutter}{shown.line}\n{' ' * _NUMBER_WIDTH} | {shown.padding}{shown.carets}"
