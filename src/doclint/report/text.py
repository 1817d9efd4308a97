"""The report for people: each finding with its line underlined, then what was written, then a summary."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from doclint.model import Severity
from doclint.report.paths import shown_path
from doclint.report.style import Style, hyperlink, paint
from doclint.report.visible import visible
from doclint.report.words import by_rule, counted, fixable, floored, summary_sentences, why_held_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doclint.model import Change, Finding, Outcome
    from doclint.report.options import ReportOptions

_ENOUGH = 3  # findings of an encoding rule to show per file
_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return the report of `outcome` for people; see `doclint.report.render`."""
    if options.command == "diff":
        return _diff(outcome, options)
    if options.command == "mv":
        return _moved(outcome, options)
    statistics = [_statistics(outcome, options)] if options.statistics and outcome.findings else []
    if options.quiet:
        lines = [_headline(finding, outcome, options) for finding in outcome.findings]
        return "".join(f"{line}\n" for line in (*lines, *statistics))
    summary = "\n".join(summary_sentences(outcome, options.command))
    parts = [*_findings(outcome, options), *_events(outcome, options), *statistics, summary]
    return "\n\n".join(parts) + "\n"


def _diff(outcome: Outcome, options: ReportOptions) -> str:
    """Return the diff of all changes, then a line for each file that was held back."""
    from doclint.report.diff import diff

    to_terminal = options.color or options.width is not None
    diffs = diff(outcome, exact=not to_terminal, color=options.color)
    return "".join([*diffs, *(f"{line}\n" for line in _held_back(outcome, options))])


def _moved(outcome: Outcome, options: ReportOptions) -> str:
    """Return what `mv` did: what went where, and the pages whose links followed."""
    number = len(outcome.moved)
    held_back = "".join(f"{line}\n" for line in _held_back(outcome, options))
    if options.quiet:
        return held_back
    moves = (
        f"moved {_path(rename.old, outcome, options)} to {_path(rename.new, outcome, options)}"
        for rename in outcome.renamed
    )
    pages = (
        f"rewrote {counted(change.fixes, 'link')} in {_path(change.path, outcome, options)}"
        for change in outcome.changed
    )
    links = counted(sum(change.fixes for change in outcome.changed), "link")
    summary = f"{counted(number, 'file')} moved, {links} rewritten in {counted(len(outcome.changed), 'page')}"
    return "".join(f"{line}\n" for line in (*moves, *pages)) + held_back + f"\n{summary}\n"


# --------------------------------------------------------------------------------------------------- findings


def _findings(outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield a paragraph for each finding; those that a file has too many of are counted in a last one."""
    for path, findings in groupby(outcome.findings, key=attrgetter("path")):
        shown: dict[str, list[Finding]] = defaultdict(list)
        left_out: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.rule in options.encoding_rules and len(shown[finding.rule]) == _ENOUGH:
                left_out[finding.rule].append(finding)
                continue
            shown[finding.rule].append(finding)
            yield "\n".join(_paragraph(finding, outcome, options))
        if left_out:
            name = paint(_path(path, outcome, options), Style.STRONG, color=options.color)
            counts = (f"{name}: {_more(shown[rule], rest)}" for rule, rest in left_out.items())
            yield "\n".join(counts)


def _more(shown: list[Finding], rest: list[Finding]) -> str:
    """Return how many findings of a rule are not shown: lines, if each has a line of its own, else places."""
    lines = {finding.place.line for finding in rest} - {finding.place.line for finding in shown}
    noun = "more line" if len(lines) == len(rest) else "more place"
    return f"... and {counted(len(rest), noun)} with {visible(rest[0].rule)} (--format json lists them all)"


def _statistics(outcome: Outcome, options: ReportOptions) -> str:
    """Return a line for each rule: how often it found something, and how much of that can be fixed."""
    groups = by_rule(outcome.findings)
    width = len(f"{len(groups[0][2]):,}")
    lines = []
    for rule, severity, found in groups:
        safe, unsafe = fixable(found)
        ways = ((safe, "by fix"), (unsafe, "by fix --unsafe"))
        fixes = ", ".join(f"{number:,} {way}" for number, way in ways if number)
        word = paint(f"{severity.value:7}", _STYLES[severity], color=options.color)
        lines.append(f"{len(found):>{width},}  {word}  {visible(rule)}{f' ({fixes})' if fixes else ''}")
    return "\n".join(lines)


def _headline(finding: Finding, outcome: Outcome, options: ReportOptions) -> str:
    """Return `path:line:column: severity rule: message`."""
    place, color = finding.place, options.color
    where = paint(_path(finding.path, outcome, options), Style.STRONG, color=color)
    if options.hyperlinks:
        from pathlib import PurePath

        from doclint.report.paths import address

        path = PurePath(outcome.root, finding.path).as_posix()
        where = hyperlink(where, f"file:///{address(path.lstrip('/'))}")
    severity = paint(finding.severity.value, _STYLES[finding.severity], color=color)
    rule = paint(visible(finding.rule), Style.STRONG, color=color)
    return f"{where}:{place.line}:{place.column}: {severity} {rule}: {visible(finding.message)}"


def _paragraph(finding: Finding, outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield the lines about one finding."""
    from doclint.report.excerpt import gutter  # here, because most runs find nothing

    yield _headline(finding, outcome, options)
    before = gutter(finding.place.line, options.width)
    blank = " " * len(before.rstrip(" |"))
    if finding.excerpt:
        yield from _excerpt(finding, before, options)
    first, *others = finding.help.split("\n")
    if first or others:
        sign = paint("=", Style.GUTTER, color=options.color)
        yield f"{blank} {sign} {paint('help:', Style.STRONG, color=options.color)} {visible(first)}"
        for line in others:
            yield f"{blank}   {' ' * len('help:')} {visible(line)}".rstrip()


def _excerpt(finding: Finding, before: str, options: ReportOptions) -> Iterator[str]:
    """Yield the line that the finding begins on, and its underline, which stays on that line."""
    from doclint.report.excerpt import room_beside, underline

    place = finding.place
    room = room_beside(before, options.width)
    end = place.end_column - 1 if place.end_line == place.line else len(finding.excerpt)
    shown = underline(finding.excerpt, place.column - 1, end, room=room, indent=len(before))
    bar = f"{'| ':>{len(before)}}"
    carets = paint(shown.carets, _STYLES[finding.severity], color=options.color)
    yield f"{paint(before, Style.GUTTER, color=options.color)}{shown.line}"
    yield f"{paint(bar, Style.GUTTER, color=options.color)}{shown.padding}{carets}"


# ------------------------------------------------------------------------------ what was done, what is left


def _events(outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield one paragraph about what was written and what was not, if there is any."""
    lines = [*_fixed(outcome, options), *_held_back(outcome, options)]
    if lines:
        yield "\n".join(lines)


def _fixed(outcome: Outcome, options: ReportOptions) -> Iterable[str]:
    """Return a line for each file that was written, and for each name that was changed; `check` does neither."""
    if options.command != "fix":
        return ()
    fixed = [
        f"fixed {_path(change.path, outcome, options)} ({counted(change.fixes, 'fix', 'fixes')}){_inferred(change)}"
        for change in outcome.changed
    ]
    renamed = [
        f"renamed {_path(rename.old, outcome, options)} to {_path(rename.new, outcome, options)}"
        for rename in outcome.renamed
    ]
    return [*fixed, *renamed]


def _inferred(change: Change) -> str:
    """Return a further line about the characters of a change that are not certain, if there are any."""
    if not change.inferred:
        return ""
    least = floored(min(inference.posterior for inference in change.inferred))
    number = counted(len(change.inferred), "character", "characters")
    return (
        f"\n      inferred {number}, the least certain {least}; check --format json lists them before they are written"
    )


def _held_back(outcome: Outcome, options: ReportOptions) -> Iterable[str]:
    """Return a line for each file that was not written, with the reason."""
    return (
        f"not written: {_path(held.path, outcome, options)}: {visible(why_held_back(held))}"
        for held in outcome.held_back
    )


def _path(path: str, outcome: Outcome, options: ReportOptions) -> str:
    """Return a path of the outcome as it is shown."""
    return shown_path(path, root=outcome.root, cwd=options.cwd)
