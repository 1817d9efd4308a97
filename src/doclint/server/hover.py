"""What an editor shows when one points at a place: the target of a link, or damage and its repair; Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.lines import LINE_END, LineMap
from doclint.model import Repaired, Safety, Span
from doclint.server.here import goal_of, link_at, on_screen

if TYPE_CHECKING:
    from doclint.model import Finding, Fix
    from doclint.server.folder import Folder
    from doclint.server.here import Goal

_LINES = 8
"""So many lines of a target are shown, from its heading on."""

_LONGEST = 400
"""Characters of a line or of damage that are shown."""

_FENCE = re.compile(r"`{3,}")


def hover(folder: Folder, name: str, offset: int) -> tuple[str, Span] | None:
    """Return what to show for a place, and the stretch that it speaks of; None where there is nothing to say."""
    for finding in folder.findings(name):
        if finding.span.start <= offset < max(finding.span.end, finding.span.start + 1) and finding.fix is not None:
            return _damage(folder, finding, finding.fix), finding.span
    here = link_at(folder, name, offset)
    goal = goal_of(folder, folder.page(name), here.target) if here is not None else None
    if here is None or goal is None:
        return None
    return _target(folder, goal), here.span


def _damage(folder: Folder, finding: Finding, fix: Fix) -> str:
    """Say what a finding is, and what it becomes."""
    here = sorted((edit for edit in fix.edits if edit.path is None), key=lambda edit: edit.span)
    lines = [f"**{finding.rule}**: {_as_text(finding.message)}"]
    if here:
        text = folder.text(finding.path)
        stretch = Span(here[0].span.start, here[-1].span.end)
        after, position = "", stretch.start
        for edit in here:
            after += text[position : edit.span.start] + edit.text
            position = edit.span.end
        lines.append(_fenced(f"{_cut(stretch.of(text))}\n→ {_cut(after)}"))
    beside = len({edit.path for edit in fix.edits} - {None})
    also = f", with links on {beside} other {'page' if beside == 1 else 'pages'}" if beside else ""
    lines.append(f"{_sure(fix)}{also}")
    return "\n\n".join(lines)


def _sure(fix: Fix) -> str:
    match fix.safety:
        case Safety.SAFE:
            return "Certain"
        case Safety.UNSAFE if fix.confidence is not None:
            rivals = [
                f"{one.char} {one.posterior:.2f} (else {', '.join(f'{char} {odds:.2f}' for char, odds in one.rivals)})"
                if one.rivals
                else f"{one.char} {one.posterior:.2f}"
                for one in fix.inferred[:_LINES]
            ]
            return f"Likely: {_as_text('; '.join(rivals))}"
        case Safety.UNSAFE:
            return "Likely"
        case _:
            return "Too close to call"


def _target(folder: Folder, goal: Goal) -> str:
    """Show the heading that a link leads to and what follows it; of a file that is no page, its name."""
    page = folder.index.pages.get(goal.path)
    lines = [f"**{_as_text(goal.path)}**"]
    if page is not None and isinstance(page.content, Repaired):
        repaired = page.content.text
        span = goal.anchor.span if goal.anchor is not None and goal.span == on_screen(page, goal.anchor.span) else None
        start = LineMap(repaired).line_of(span.start) - 1 if span is not None else 0
        shown = LINE_END.split(repaired.removeprefix("\ufeff"))[start : start + _LINES]
        while shown and not shown[-1].strip():
            shown.pop()
        if shown:
            lines.append(_fenced("\n".join(map(_cut, shown)), "markdown"))
    return "\n\n".join(lines)


def _fenced(text: str, language: str = "text") -> str:
    """Return a code block: what comes from a page is shown as it is written, and nothing in it is fetched or run."""
    fence = "`" * max(3, *(len(match[0]) + 1 for match in _FENCE.finditer(text)), 3)
    return f"{fence}{language}\n{text}\n{fence}"


def _cut(text: str) -> str:
    text = LINE_END.sub("⏎", text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _as_text(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&-])", r"\\\1", text)
