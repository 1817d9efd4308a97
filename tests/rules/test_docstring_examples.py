"""The Bad and Good lines of every rule's documentation, run.

Where a line is Markdown it is taken from the documentation, up to the comma behind it; `BESIDE` gives the files and the
text that it speaks of. Where it describes something, `DESCRIBED` says what, under the very words: change the words,
and the test asks for it anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from doclint.rules import BY_NAME, RULES

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree, Workspace

PAGE = "page.md"

# By rule: the other files of the repository; under `PAGE`, what stands there on the lines after the example.
BESIDE: dict[str, Tree] = {
    "mojibake": {},
    "lossy-mojibake": {},
    "replacement-character": {},
    "control-character": {},
    "missing-file": {"install.md": ""},
    "missing-anchor": {"guide.md": "# Install\n"},
    "wrong-case": {"install.md": ""},
    "outside-repository": {"notes.md": ""},
    "undefined-reference": {PAGE: "\n[install]: install.md", "install.md": ""},
    "empty-link": {"install.md": ""},
    "unreachable-anchor": {PAGE: "[a](#Setup) and [b](#setup)"},
    "line-out-of-range": {"src/main.py": "pass\n" * 120},
    "unused-suppression": {PAGE: "[the list](list.md)"},
}

DESCRIBED: dict[str, Tree] = {
    'a page saved as "UTF-8 with BOM"': {PAGE: "\ufeff# Grüße\n"},
    'a page saved as "UTF-8"': {PAGE: "# Grüße\n"},
    "a page saved as windows-1252, or a page of UTF-8 with a stray byte of something else": {
        PAGE: "Die Straße führt über die Brücke und durch schöne Wälder.\n".encode("cp1252"),
        "other.md": "Die Straße führt über die Brücke und durch schöne W".encode() + b"\xe4lder.\n",
    },
    "a page saved as UTF-8": {PAGE: "Die Straße führt über die Brücke.\n"},
    "a picture called `notes.md`, a page without read permission, a notebook that is not JSON": {
        "notes.md": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "notes.ipynb": '{"cells": [',
    },
    "a text file that may be read": {"notes.md": "# Notes\n"},
    "a page called `CafÃ©.md`": {"CafÃ©.md": "# Menu\n"},
    "a page called `Café.md`": {"Café.md": "# Menu\n"},
    "`docs/install.md`, which no page links to and no other file names": {"docs/install.md": "# Install\n"},
    "a page with a link to it, a README or an index, a page in a site's menu": {
        "README.md": "[setup](docs/install.md)\n",
        "docs/install.md": "# Install\n",
        "docs/index.md": "# Docs\n",
        "site/mkdocs.yml": "site_name: Site\n",
        "site/docs/about.md": "# About\n",
    },
    "`img/old-logo.png`, which no page shows and no other file names": {"img/old-logo.png": b"\x89PNG"},
    "an image that a page shows, or whose name stands in a style sheet, a program or a configuration": {
        "README.md": "![logo](img/logo.png)\n",
        "img/logo.png": b"\x89PNG",
        "img/paper.png": b"\x89PNG",
        "site.css": "body { background: url(img/paper.png) }\n",
    },
    "[install]: install.md, and further down [install]: setup.md": {
        PAGE: "[install]: install.md\n\nFurther down.\n\n[install]: setup.md\n"
    },
    "one definition for each label": {PAGE: "[install]: install.md\n[setup]: setup.md\n"},
    "[install]: install.md, with no `[...][install]` on the page": {PAGE: "[install]: install.md\n"},
    "the same, used or removed": {PAGE: "[the setup][install]\n\n[install]: install.md\n"},
}


def lines_of(rule: str) -> dict[str, str]:
    """Return the Why, Bad, Good and Fix of a rule's documentation, each on one line."""
    body = BY_NAME[rule].documentation.partition("\n\n")[2]
    parts = re.findall(r"^(Why|Bad|Good|Fix):\s+(.*(?:\n .*)*)", body, re.MULTILINE)
    return {word: " ".join(text.split()) for word, text in parts}


def markdown_of(line: str) -> str:
    """Return the Markdown that an example begins with, its escapes resolved."""
    text = re.split(r", (?:where|with|on|which|and)\b", line)[0]
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def tree_of(rule: str, word: str) -> Tree:
    line = lines_of(rule)[word]
    if line in DESCRIBED:
        return DESCRIBED[line]
    beside = BESIDE[rule]
    return {**beside, PAGE: f"{markdown_of(line)}\n{beside.get(PAGE, '')!s}\n"}


def found(space: Workspace, rule: str) -> bool:
    return any(finding.rule == rule for finding in space.check(select=("all",)))


# What is wrong with a baseline stands on no page: `tests/test_baseline.py` has the examples.
EXAMPLES = [rule.name for rule in RULES if rule.name not in ("untracked-target", "stale-baseline")]


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_the_documentation_has_its_four_parts(rule: str) -> None:
    assert list(lines_of(rule)) == ["Why", "Bad", "Good", "Fix"]
    assert BY_NAME[rule].summary.endswith(".")


@pytest.mark.parametrize("rule", EXAMPLES)
def test_bad_is_found(workspace: MakeWorkspace, rule: str) -> None:
    tree = tree_of(rule, "Bad")
    findings = [finding for finding in workspace(tree).check(select=("all",)) if finding.rule == rule]
    whole_files = ("not-utf8", "unreadable-page", "mojibake-name", "orphan-page", "orphan-image")
    guilty = {path for path in tree if path == PAGE or rule in whole_files}
    assert {finding.path for finding in findings} == guilty


@pytest.mark.parametrize("rule", EXAMPLES)
def test_good_is_not_found(workspace: MakeWorkspace, rule: str) -> None:
    assert not found(workspace(tree_of(rule, "Good")), rule)


def test_an_untracked_target_is_found_until_it_is_added(workspace: MakeWorkspace) -> None:
    lines = lines_of("untracked-target")
    assert lines["Bad"] == "[setup](install.md), where `install.md` was never added"
    assert lines["Good"] == "the same link, after `git add install.md`"
    space = workspace({PAGE: markdown_of(lines["Bad"])})
    space.write({"install.md": "# Install\n"})
    assert found(space, "untracked-target")
    space.git("add", "install.md")
    assert not found(space, "untracked-target")
