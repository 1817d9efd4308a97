"""What is understood without click is understood as click understands it."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.cli import cli
from doclint.words import flags_of

WORDS = (
    "check", "fix", "a.md", "docs/*.md", ".", "-", "--", "", "-q", "-qq", "-x", "--help", "--quiet", "--no-cache",
    "--staged", "--staged=1", "--statistics", "--since", "--since=HEAD~1", "--since=", "--format", "--format=json",
    "--format=nonsense", "json", "--select", "--select=a,b", "mojibake", "--ignore", "--flavour", "--flavour=hugo",
    "--baseline", "--config", "--output=x.txt", "--color=always", "--jobs=2", "-j", "2", "--confidence=2", "--stag",
)  # fmt: skip


def by_click(words: list[str]) -> dict[str, object] | None:
    """Return what click hands to `check`; None where it has something to say itself."""
    try:
        return dict(cli.commands["check"].make_context("check", words).params)
    except click.exceptions.Exit:
        return None
    except click.ClickException:
        return None


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_it_agrees_with_click(words: list[str]) -> None:
    found = flags_of(["check", *words])
    assert found is None or found == by_click(words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["."],
        ["--staged", "a.md", "docs/b.md"],
        ["--format", "github", "-q", "docs"],
        ["--format=json", "--output", "out.json"],
        ["--select", "links", "--ignore=mojibake,missing-file", "--ignore", "not-utf8"],
        ["--since", "origin/main", "--baseline=known.json", "--config", "doclint.toml", "--flavour", "hugo"],
        ["--statistics", "--no-cache", "--quiet"],
    ],
)
def test_what_hooks_and_pipelines_say_is_plain(words: list[str]) -> None:
    assert flags_of(["check", *words]) == by_click(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fix"],
        ["--version"],
        ["check", "--help"],
        ["check", "--", "-a.md"],
        ["check", "--staged=yes"],
        ["check", "--format", "nonsense"],
        ["check", "--since"],
        ["check", "--since", "--staged"],
        ["check", "--jobs", "0"],
        ["check", "--jobs", "two"],
        ["check", "-qx"],
    ],
)
def test_the_rest_is_left_to_click(words: list[str]) -> None:
    assert flags_of(words) is None


def test_a_shell_that_completes_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_DOCLINT_COMPLETE", "bash_complete")
    assert flags_of(["check", "."]) is None
