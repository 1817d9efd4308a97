"""`doclint explain`."""

from __future__ import annotations

import os

import click

from doclint.console import UsageErrors, columns, is_terminal, print_text, wants_color
from doclint.flags import COLOR, CONFIG, FILE, complete_flavours
from doclint.request import settings_for


@click.command(name="explain")
@click.argument("place", metavar="PATH:LINE[:COLUMN]", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of the explanation.",
)
@click.option(
    "--flavour",
    metavar="NAME",
    shell_complete=complete_flavours,
    help="Host whose links and anchors are meant (default: guessed, else github).",
)
@CONFIG
@click.option("--baseline", type=FILE, metavar="FILE", help="The known findings are those that FILE holds.")
@COLOR
def command(  # noqa: PLR0913 - the words and flags
    place: str, *, form: str, flavour: str | None, config: str | None, baseline: str | None, color: str
) -> None:
    """Say why each link on a line is right or wrong, step by step, and why damaged text is damage.

    Exit code 0: explained; 2: there is no such place, or the settings are wrong.
    """
    with UsageErrors():
        from doclint import explain as room
        from doclint.report.explanation import render, render_json
        from doclint.value import replace

        file, line, column = room.place_of(place)
        settings = settings_for(file, flavour, config)
        if baseline is not None:
            settings = replace(settings, baseline=baseline)
        explanation = room.explain(file, line, column, settings, os.getcwd(), flagged=flavour is not None)
        if form == "json":
            print_text(render_json(explanation, cwd=os.getcwd()))
            return
        to_terminal = is_terminal()
        color_it = wants_color(color, to_terminal=to_terminal)
        width = columns() if to_terminal else None
        print_text(render(explanation, cwd=os.getcwd(), color=color_it, width=width))
