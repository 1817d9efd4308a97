"""Annotations in GitHub Actions: workflow commands, which the runner reads from the log.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
The escaping is that of `escapeData` and `escapeProperty` in actions/toolkit `packages/core/src/command.ts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Severity
from doclint.report.visible import visible
from doclint.report.words import summary_sentences, why_held_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Finding, Outcome
    from doclint.report.options import ReportOptions

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as workflow commands and a plain last line; see `doclint.report.render`.

    Unlike in other forms, paths are relative to the root: GitHub looks them up in the repository, whichever
    folder the step ran in.
    """
    lines = [_annotation(finding) for finding in outcome.findings]
    if not options.quiet:
        lines += _remarks(outcome)
        lines.append(_summary(outcome, options))
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    """Return the command that shows a finding beside its line."""
    place = finding.place
    properties = {"file": finding.path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # the runner rejects columns of an annotation that spans lines
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"doclint {finding.rule}"
    message = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return _command(_COMMANDS[finding.severity], properties, message)


def _remarks(outcome: Outcome) -> Iterator[str]:
    """Yield the files that were renamed, and those that were not written."""
    for rename in outcome.renamed:
        yield _command("notice", {"file": rename.new, "title": "doclint: renamed"}, f"{rename.old} is now {rename.new}")
    for held in outcome.held_back:
        yield _command("warning", {"file": held.path, "title": "doclint: not written"}, why_held_back(held))


def _summary(outcome: Outcome, options: ReportOptions) -> str:
    """Return the summary in one line, which holds numbers and words of ours only, so it is no command."""
    return f"doclint: {'; '.join(summary_sentences(outcome, options.command))}"


def _command(name: str, properties: dict[str, str], data: str) -> str:
    """Return a workflow command; hidden characters are made visible, except the newlines of the data."""
    words = ",".join(f"{key}={visible(value).translate(_PROPERTY)}" for key, value in properties.items())
    text = visible(data, keep="\n").translate(_DATA)
    return f"::{name} {words}::{text}"
