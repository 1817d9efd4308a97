"""The report as Markdown, for the summary of a job: `--output-file markdown=$GITHUB_STEP_SUMMARY`.

What stands in a page, or in the name of a file, is shown and never obeyed: punctuation that can be markup is escaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from doclint.model import Severity
from doclint.report.paths import shown_path
from doclint.report.visible import visible
from doclint.report.words import by_rule, counted, summary_sentences, why_held_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Finding, Outcome
    from doclint.report.options import ReportOptions

_MOST = 200
"""So many findings, and files that were changed or not, are listed: GitHub refuses a summary of more than 1 MiB."""

_LONGEST = 300
"""Characters of a message or a path that are shown."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|&~@:$^=])")
"""Of ASCII's punctuation all but what means nothing to CommonMark or GitHub wherever it stands."""

_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as a page of Markdown; see `doclint.report.render`."""
    parts = ["## doclint", "  \n".join(summary_sentences(outcome, options.command))]
    if outcome.findings:
        parts += [_by_rule(outcome), *_by_file(outcome, options)]
    parts += _events(outcome, options)
    return "\n\n".join(parts) + "\n"


def _by_rule(outcome: Outcome) -> str:
    """Return a table with the number of findings of each rule, the most frequent first."""
    rows = [
        f"| {_SIGNS[severity]} {_escaped(rule)} | {len(found):,} |"
        for rule, severity, found in by_rule(outcome.findings)
    ]
    return "\n".join(["| rule | findings |", "|:--|--:|", *rows])


def _by_file(outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield a list of the findings of each file, as far as there is room, and what was left out."""
    shown, left_out = outcome.findings[:_MOST], outcome.findings[_MOST:]
    for path, findings in groupby(shown, key=attrgetter("path")):
        lines = [_line(finding) for finding in findings]
        yield f"### {_path(path, outcome, options)}"
        yield "\n".join(lines)
    if left_out:
        files = counted(len({finding.path for finding in left_out}), "file")
        yield f"**{counted(len(left_out), 'more finding')} in {files} left out**: only the first {_MOST} are listed."


def _line(finding: Finding) -> str:
    """Return the entry of one finding."""
    place = f"{finding.place.line}:{finding.place.column}"
    advice = f"  \n  {_escaped(finding.help.splitlines()[0])}" if finding.help else ""
    sign = _SIGNS[finding.severity]
    return f"- {sign} {place} **{_escaped(finding.rule)}** {_escaped(finding.message)}{advice}"


def _events(outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield a list of the files that were changed, renamed or not written, and what was left out of it."""
    verb = "would be fixed" if options.command == "diff" else "fixed"
    lines = []
    if options.command != "check":
        lines += [
            f"- {verb}: {_path(change.path, outcome, options)}, {counted(change.fixes, 'fix', 'fixes')}"
            for change in outcome.changed
        ]
        lines += [
            f"- renamed: {_path(rename.old, outcome, options)} to {_path(rename.new, outcome, options)}"
            for rename in outcome.renamed
        ]
    lines += [
        f"- **not written**: {_path(held.path, outcome, options)}: {_escaped(why_held_back(held))}"
        for held in outcome.held_back
    ]
    if lines:
        more = [f"- and {counted(len(lines) - _MOST, 'more file')}"] if len(lines) > _MOST else []
        yield "\n".join([*lines[:_MOST], *more])


def _path(path: str, outcome: Outcome, options: ReportOptions) -> str:
    return _escaped(shown_path(path, root=outcome.root, cwd=options.cwd))


def _escaped(text: str) -> str:
    """Return text as one line of Markdown that shows it, cut where it is very long."""
    line = visible(text)
    cut = f"{line[:_LONGEST]}..." if len(line) > _LONGEST else line
    return _MARKUP.sub(r"\\\1", cut)
