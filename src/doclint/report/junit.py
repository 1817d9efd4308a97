"""JUnit's XML, which nearly every service for continuous integration shows as a list of tests.

The elements and attributes are those of `junit-10.xsd`, by which Jenkins reads such reports (jenkinsci/xunit-plugin).
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as markup
from xml.sax.saxutils import quoteattr

from doclint.report.paths import shown_path
from doclint.report.visible import escape, visible
from doclint.report.words import why_held_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doclint.model import Finding, Outcome
    from doclint.report.options import ReportOptions

_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML 1.0 cannot hold and is not hidden anyhow (https://www.w3.org/TR/xml/#charsets)."""


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as a test suite for each file with findings; see `doclint.report.render`.

    A finding is a test that failed, a file that was not written a test with an error. Where there is neither, one test
    stands for all pages and has passed: some services take a report without tests for a fault.
    """
    findings, held = len(outcome.findings), len(outcome.held_back)
    suites = [line for path, group in _grouped(outcome.findings) for line in _suite(path, group, outcome, options)]
    if held:
        suites += _held_back(outcome, options)
    if not suites:
        suites = [
            '  <testsuite name="doclint" tests="1" failures="0" errors="0">',
            f'    <testcase name="{outcome.summary.pages} pages" classname="doclint"/>',
            "  </testsuite>",
        ]
    tests = findings + held or 1
    head = f'<testsuites name="doclint" tests="{tests}" failures="{findings}" errors="{held}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _grouped(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    for path, group in groupby(findings, key=attrgetter("path")):
        yield path, list(group)


def _suite(path: str, findings: list[Finding], outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield the lines of the suite of one file."""
    name = shown_path(path, root=outcome.root, cwd=options.cwd)
    count = len(findings)
    yield f'  <testsuite name={_attribute(name)} tests="{count}" failures="{count}" errors="0">'
    for finding in findings:
        place = f"{finding.place.line}:{finding.place.column}"
        said = "\n".join(filter(None, (f"{name}:{place}: {finding.message}", finding.excerpt, finding.help)))
        yield f"    <testcase name={_attribute(f'{finding.rule} at {place}')} classname={_attribute(name)}>"
        kind = f"type={_attribute(f'{finding.severity.value} {finding.rule}')}"
        yield f"      <failure {kind} message={_attribute(finding.message)}>{_text(said)}</failure>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _held_back(outcome: Outcome, options: ReportOptions) -> Iterator[str]:
    """Yield the lines of the suite of the files that were not written."""
    count = len(outcome.held_back)
    yield f'  <testsuite name="not written" tests="{count}" failures="0" errors="{count}">'
    for held in outcome.held_back:
        name = _attribute(shown_path(held.path, root=outcome.root, cwd=options.cwd))
        yield f'    <testcase name="not written" classname={name}>'
        yield f'      <error type="not written" message={_attribute(why_held_back(held))}/>'
        yield "    </testcase>"
    yield "  </testsuite>"


def _attribute(text: str) -> str:
    """Return text as the value of an attribute, with its quotation marks."""
    return quoteattr(_holdable(text))


def _text(text: str) -> str:
    """Return text as the content of an element."""
    return markup(_holdable(text))


def _holdable(text: str) -> str:
    """Return text without what XML cannot hold or readers cannot see; its newlines stay."""
    return _NO_XML.sub(lambda found: escape(found[0]), visible(text, keep="\n\t"))
