"""Commands with a room of their own, each loaded when it is asked for, so that the others start no later."""

from __future__ import annotations

from importlib import import_module

import click

LAZY = ("explain", "init")
"""The commands by name: each is `command` in the room of its name."""


class Commands(click.Group):
    """A group that loads commands from the rooms beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *LAZY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded if need be."""
        if cmd_name not in LAZY:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command
