"""What the README and the hooks file promise; test_docs.py runs the commands of the README, too."""

from __future__ import annotations

import pathlib
import re

import pytest
from click.testing import CliRunner

from doclint.cli import cli
from doclint.report import FORMATS

ROOT = pathlib.Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REPORTS = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")


def test_the_command_for_the_tests_is_what_ci_runs() -> None:
    [command] = re.findall(r"^python3 .*pytest.*$", README, re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 100, "what needs more room has it below docs/"


def test_every_format_of_a_report_is_named_and_no_other() -> None:
    [table] = re.findall(r"^\| `--format` \| for \|\n(?:\|.*\n)*", REPORTS, re.MULTILINE)
    assert sorted(re.findall(r"^\| `([a-z]+)` \|", table, re.MULTILINE)) == sorted(FORMATS)


def test_the_hooks_start_commands_that_exist() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"entry: doclint (\w+) --staged$", hooks, re.MULTILINE)
    assert sorted(entries) == ["check", "fix"]
    for entry in entries:
        assert CliRunner().invoke(cli, [entry, "--staged", "--help"]).exit_code == 0


@pytest.mark.parametrize("name", ["README.md", "guide.markdown", "UPPER.MD", "page.mdx"])
def test_the_hooks_are_given_pages(name: str) -> None:
    [pattern] = re.findall(r"files: &pages '(.*)'", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.search(pattern, name)
    assert not re.search(pattern, f"{name}.py")
