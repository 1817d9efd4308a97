from __future__ import annotations

import pathlib
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from doclint.model import HeldBack, Outcome
from doclint.report import render
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, LOSSY, OPTIONS, outcomes

OFFICIAL = pathlib.Path(__file__).parents[3] / "shared" / "schemas" / "junit-10.xsd"
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
}
CHILDREN = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "error"}}


def suites_of(outcome: Outcome) -> ET.Element:
    """Return the root of a report after a look at all that is promised of its form."""
    root = ET.fromstring(render("junit", outcome, OPTIONS).encode())  # noqa: S314 - what doclint wrote
    assert root.tag == "testsuites"
    for element in root.iter():
        assert element.attrib.keys() == ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    for element in (root, *root.iter("testsuite")):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase"))) > 0
        assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
        assert int(element.attrib["errors"]) == len(list(element.iter("error")))
    return root


def test_nothing_found_is_a_test_that_passed() -> None:
    root = suites_of(CLEAN)
    assert root.attrib["failures"] == root.attrib["errors"] == "0"


def test_a_finding_is_a_test_that_failed() -> None:
    root = suites_of(replace(CLEAN, findings=(ANCHOR, LOSSY)))
    assert [suite.attrib["name"] for suite in root] == ["docs/a.md", "docs/b.md"]
    [case] = root[0]
    assert case.attrib == {"name": "missing-anchor at 12:13", "classname": "docs/a.md"}
    assert case[0].attrib == {
        "type": "error missing-anchor",
        "message": 'no heading or anchor "instal" in docs/guide.md',
    }
    assert (case[0].text or "").split("\n") == [
        'docs/a.md:12:13: no heading or anchor "instal" in docs/guide.md',
        "See [setup](guide.md#instal) first.",
        "did you mean #install?",
    ]


def test_what_was_not_written_is_an_error() -> None:
    root = suites_of(replace(CLEAN, held_back=(HeldBack("a.md", "it changed on the disk"),)))
    assert [error.attrib["message"] for error in root.iter("error")] == ["it changed on the disk"]


def test_content_is_no_markup() -> None:
    hostile = replace(ANCHOR, message='"><error>]]>&amp;', excerpt="<!-- </failure> ]]>", path='"><x>.md')
    [case] = suites_of(replace(CLEAN, findings=(hostile,)))[0]
    assert case[0].attrib["message"] == '"><error>]]>&amp;'
    assert "<!-- </failure> ]]>" in (case[0].text or "")


@given(outcome=outcomes())
def test_whatever_a_repository_holds_the_report_is_xml(outcome: Outcome) -> None:
    report = render("junit", outcome, OPTIONS)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]", report)
    suites_of(outcome)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the schema of Jenkins does not lie beside the repository")
def test_the_schema_of_jenkins_agrees() -> None:
    etree = pytest.importorskip("lxml.etree", reason="needs lxml")
    schema = etree.XMLSchema(etree.parse(str(OFFICIAL)))
    held = (HeldBack("a.md", "it changed on the disk"),)
    for outcome in (CLEAN, replace(CLEAN, findings=(ANCHOR, LOSSY), held_back=held)):
        schema.assertValid(etree.fromstring(render("junit", outcome, OPTIONS).encode()))
