"""`doclint explain`."""

from __future__ import annotations

import os
import sys

import click

from doclint.console import UsageErrors, print_text, wants_color
from doclint.request import settings_for


@click.command(name="explain")
@click.argument("place", metavar="PATH:LINE[:COLUMN]")
@click.option(
    "--flavour", metavar="NAME", help="Host whose links and anchors are meant (default: guessed, else github)."
)
@click.option("--config", metavar="FILE", help="Read settings from FILE instead of looking for them.")
@click.option("--baseline", metavar="FILE", help="The known findings are those that FILE holds.")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the verdicts; auto honours NO_COLOR and FORCE_COLOR.",
)
def command(place: str, flavour: str | None, config: str | None, baseline: str | None, color: str) -> None:
    """Say why each link on a line is right or wrong, step by step, and why damaged text is damage.

    Exit code 0: explained; 2: there is no such place, or the settings are wrong.
    """
    with UsageErrors():
        from doclint import explain as room
        from doclint.report.explanation import render
        from doclint.value import replace

        file, line, column = room.place_of(place)
        settings = settings_for(file, flavour, config)
        if baseline is not None:
            settings = replace(settings, baseline=baseline)
        explanation = room.explain(file, line, column, settings, os.getcwd(), flagged=flavour is not None)
        to_terminal = sys.stdout is not None and sys.stdout.isatty()
        print_text(render(explanation, cwd=os.getcwd(), color=wants_color(color, to_terminal=to_terminal)))
