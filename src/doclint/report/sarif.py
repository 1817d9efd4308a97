"""SARIF 2.1.0, the format in which code scanning reads what tools find.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the section numbers below are its.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from doclint import __version__
from doclint.model import Severity
from doclint.report.identity import fingerprints
from doclint.report.paths import address
from doclint.report.proposals import proposed
from doclint.report.serialise import as_json
from doclint.report.visible import visible
from doclint.report.words import why_held_back
from doclint.rules import RULES

if TYPE_CHECKING:
    from doclint.model import Edit, Finding, Fix, HeldBack, Outcome, Place
    from doclint.report.options import ReportOptions
    from doclint.rules.base import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
"""The name that GitHub gives to the folder of the repository."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_INDICES = {rule.name: number for number, rule in enumerate(RULES)}
_SECTION = re.compile(r"^(Why|Bad|Good|Fix):\s+", re.MULTILINE)


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as a log of one run; see `doclint.report.render`.

    Paths are relative to the root, wherever doclint was started; columns count characters.
    """
    known = fingerprints(outcome.findings)
    run = {
        "tool": {"driver": {"name": "doclint", "version": __version__, "rules": [_rule(rule) for rule in RULES]}},
        "invocations": [_invocation(outcome, options)],
        "originalUriBaseIds": {_ROOT: {"uri": _folder(outcome.root)}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(finding, print_) for finding, print_ in zip(outcome.findings, known, strict=True)],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    """Return a rule with its documentation, as text and as Markdown."""
    documentation = rule.documentation
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": documentation, "markdown": _markdown(documentation)},
        "defaultConfiguration": {"enabled": rule.default, "level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group.value]},
    }


def _markdown(documentation: str) -> str:
    """Return the documentation of a rule as Markdown.

    What is bad and good is shown as it is written: a rule about markup must not be understood as markup.
    """
    summary, _, rest = documentation.partition("\n\n")
    parts = _SECTION.split(rest)[1:]
    paragraphs = [summary]
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        body = "\n".join(line.strip() for line in text.strip().split("\n"))
        shown = f"\n\n```text\n{body}\n```" if name in ("Bad", "Good") else f" {body}"
        paragraphs.append(f"**{name}:**{shown}")
    return "\n\n".join(paragraphs)


def _invocation(outcome: Outcome, options: ReportOptions) -> dict[str, object]:
    """Return how doclint ran: to its end, as there is a report; with what it did not write."""
    return {
        "executionSuccessful": True,
        "workingDirectory": {"uri": _folder(options.cwd)},
        "toolExecutionNotifications": [_notification(held) for held in outcome.held_back],
    }


def _notification(held: HeldBack) -> dict[str, object]:
    return {
        "level": "error" if held.ours else "warning",
        "message": {"text": _message(f"not written: {why_held_back(held)}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(held.path)}}],
    }


def _result(finding: Finding, fingerprint: str) -> dict[str, object]:
    """Return one finding.

    `primaryLocationLineHash`, the fingerprint that GitHub reads, is left to its upload, which makes it of the lines of
    the page and warns of any other.
    """
    index = {"ruleIndex": _INDICES[finding.rule]} if finding.rule in _INDICES else {}
    said = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    location = {"artifactLocation": _artifact(finding.path), "region": _region(finding.place)}
    fix = proposed(finding)
    return {
        "ruleId": finding.rule,
        **index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(said)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"doclint/v1": fingerprint},
        **({"fixes": [_fix(finding, fix)]} if fix is not None else {}),
    }


def _fix(finding: Finding, fix: Fix) -> dict[str, object]:
    """Return a fix, the edits of each page together; its properties say how sure it is."""
    changes: dict[str, list[tuple[Edit, Place]]] = defaultdict(list)
    for edit, place in zip(fix.edits, finding.edit_places, strict=True):
        changes[edit.path or finding.path].append((edit, place))
    confidence = {} if fix.confidence is None else {"confidence": round(fix.confidence, 4)}
    return {
        "description": {"text": _message(fix.title)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path),
                "replacements": [
                    {"deletedRegion": _region(place), "insertedContent": {"text": edit.text}} for edit, place in edits
                ],
            }
            for path, edits in changes.items()
        ],
        "properties": {"safety": fix.safety.name.lower(), **confidence},
    }


def _region(place: Place) -> dict[str, int]:
    """Return a place: SARIF, too, counts from 1, the end exclusive, and no byte-order mark (3.30.2)."""
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    """Return a file as an address from the root."""
    # A colon in the first part of a relative address would end the name of a scheme.
    return {"uri": address(path).replace(":", "%3A"), "uriBaseId": _ROOT}


def _folder(path: str) -> str:
    """Return an absolute path as the address of a folder, which ends with a slash (3.14.14)."""
    name = address(PurePath(path).as_posix().strip("/"))
    return f"file:///{name}/" if name else "file:///"


def _message(text: str) -> str:
    """Return text of ours as a message, in which braces would be placeholders (3.11.5) and brackets links (3.11.6)."""
    doubled = visible(text, keep="\n").replace("{", "{{").replace("}", "}}")
    return re.sub(r"([\[\]\\])", r"\\\1", doubled) if "](" in doubled else doubled
