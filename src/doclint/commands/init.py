"""`doclint init`."""

from __future__ import annotations

import os

import click

from doclint import __version__
from doclint.console import UsageErrors, is_terminal, print_text, wants_color
from doclint.flags import COLOR


@click.command(name="init")
@click.option("--pyproject", is_flag=True, help="Add the settings to the pyproject.toml that is there.")
@click.option("--hook", is_flag=True, help="Add the hooks to .pre-commit-config.yaml.")
@click.option("--baseline", is_flag=True, help="Write all that is found to doclint-baseline.json, as known.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--diff", is_flag=True, help="Show what would be written, and write nothing.")
@COLOR
def command(  # noqa: PLR0913 - the flags
    *, pyproject: bool, hook: bool, baseline: bool, dry_run: bool, diff: bool, color: str
) -> None:
    """Look at the repository around the current folder, and write settings for it, with comments.

    Nothing that is there is overwritten. Exit code 0: done, or there was nothing to do; 2: it cannot be done.
    """
    with UsageErrors():
        from doclint import init as room
        from doclint.report.beginning import render

        beginning = room.begin(room.Wishes(pyproject, hook, baseline), os.getcwd(), __version__)
        writes = not (dry_run or diff)
        if writes:
            room.write(beginning)
        paints = wants_color(color, to_terminal=is_terminal())
        print_text(render(beginning, cwd=os.getcwd(), written=writes, diff=diff, color=paints))
