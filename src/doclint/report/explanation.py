"""An explanation for people: the line, and for each thing on it a verdict and the steps that led there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.report.excerpt import underline
from doclint.report.paths import shown_path
from doclint.report.style import Style, paint
from doclint.report.visible import visible

if TYPE_CHECKING:
    from doclint.explain import Explained, Explanation

_WIDEST = 100  # columns of the line that is shown, as in a report
_NUMBER_WIDTH = 5
_STYLES = {"right": Style.ADDED, "wrong": Style.ERROR, "damaged": Style.ERROR, "not judged": Style.INFO}


def render(explanation: Explanation, *, cwd: str, color: bool) -> str:
    """Return an explanation as text; paths are shown relative to `cwd`."""
    path = shown_path(explanation.path, root=explanation.root, cwd=cwd)
    if not explanation.things:
        where = f"{path}:{explanation.line}"
        return f"{where}: {explanation.silence}\n{_line(explanation, 0, 0, color=color, marks=False)}\n"
    return "\n".join(_thing(thing, explanation, path, color=color) for thing in explanation.things)


def _thing(thing: Explained, explanation: Explanation, path: str, *, color: bool) -> str:
    place = thing.place
    where = paint(f"{path}:{place.line}:{place.column}:", Style.STRONG, color=color)
    verdict = paint(f"is {thing.verdict.value}", _STYLES[thing.verdict.value], color=color)
    on_line = place.line == explanation.line
    end = place.end_column - 1 if place.end_line == place.line else len(explanation.text)
    shown = _line(explanation, place.column - 1, end, color=color, marks=on_line)
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


def _line(explanation: Explanation, start: int, end: int, *, color: bool, marks: bool) -> str:
    gutter = paint(f"{explanation.line:>{_NUMBER_WIDTH}} | ", Style.GUTTER, color=color)
    shown = underline(explanation.text, start, end, room=_WIDEST, indent=_NUMBER_WIDTH + 3)
    if not marks:
        return gutter + shown.line
    return f"{gutter}{shown.line}\n{' ' * _NUMBER_WIDTH} | {shown.padding}{shown.carets}"
