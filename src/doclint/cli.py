"""The commands, and `Outcome` to text and exit code; with `console.py` the only room that prints.

Exit codes: 0 nothing is left to report, 1 something is, 2 wrong use or settings, 3 a bug of doclint.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doclint import __version__, checking
from doclint.commands import Commands
from doclint.console import UsageErrors, abandon_output, fail, print_bytes, print_text, read_stdin, warn, watch_for
from doclint.flags import COLOR, CONFIG, FILE, common, complete_flavours, complete_rule
from doclint.model import UsageError
from doclint.output import moved, refuse_unwritable, report
from doclint.request import page_on_stdin, request_of, settings_for, settings_in, settings_of
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.model import Outcome


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="doclint", message="%(prog)s %(version)s")
def cli() -> None:
    """Find and repair mojibake and broken links in Markdown documents."""


@cli.command()
@common
@click.option("--write-baseline", is_flag=True, help="Write all that is found to the baseline, as known.")
@click.option("--no-cache", is_flag=True, help="Parse every page, and keep nothing for the next run.")
@click.option("--jobs", "-j", type=click.IntRange(1), metavar="N", help="Parse in N processes (default: what pays).")
def check(**flags: Any) -> None:  # noqa: ANN401 - click hands over what the flags say
    """Report on PATHS (files, folders, globs; default: the current folder).

    Exit code 0: nothing found; 1: something found; 2: wrong use or settings; 3: a bug of doclint.
    """
    sys.exit(checking.check(**flags))


@cli.command()
@common
@click.option("--unsafe", is_flag=True, help="Also write what is only likely.")
@click.option("--diff", is_flag=True, help="Show what would be written, and write nothing.")
def fix(*, unsafe: bool, diff: bool, **flags: Any) -> None:  # noqa: ANN401 - the same
    """Write what is certain, then report what is left on PATHS.

    A page on standard input (`-`) is written to standard output. Exit codes are those of `check`; with --diff, 1 says
    that something would be written or is left.
    """
    request = request_of(flags)
    with UsageErrors():
        from doclint import mending
        from doclint.model import Safety

        level = Safety.UNSAFE if unsafe else Safety.SAFE
        refuse_unwritable(request)
        stdin = page_on_stdin(request)
        outcome = mending.fix(
            request.paths,
            settings_of(request),
            os.getcwd(),
            level=level,
            dry=diff,
            stdin=stdin,
            with_graph=request.wants_graph,
            watch=watch_for(quiet=request.quiet),
        )
        if stdin is not None and not diff:
            _write_page(outcome, stdin)
            report(replace(outcome, changed=()), request, "check", to_stderr=True)
        else:
            report(outcome, request, "diff" if diff else "fix")
            if diff and not outcome.changed and not outcome.renamed and outcome.findings:
                warn("nothing to write; `doclint check` shows what is left")
    left = outcome.findings or outcome.held_back or (diff and (outcome.changed or outcome.renamed))
    sys.exit(1 if left else 0)


@cli.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--diff", is_flag=True, help="Show what would be done, and do nothing.")
@CONFIG
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what could not be done.")
@COLOR
def mv(  # noqa: PLR0913 - the words and flags
    old: str, new: str, *, diff: bool, config: str | None, quiet: bool, color: str
) -> None:
    """Move the file or folder OLD to NEW, and rewrite every link to it and in it.

    Goes through git where there is git. A folder NEW takes OLD in. Exit code 0: moved; 2: not moved, for the reason
    that is printed.
    """
    with UsageErrors():
        from doclint import mv as room

        outcome = room.move(old, new, settings_in(Path.cwd(), config), os.getcwd(), dry=diff)
        print_text(moved(outcome, "diff" if diff else "mv", quiet=quiet, color=color))


@cli.command()
@click.argument("file", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of the list.",
)
@click.option(
    "--flavour",
    metavar="NAME",
    shell_complete=complete_flavours,
    help="Host whose anchors are meant (default: guessed, else github).",
)
@CONFIG
def anchors(file: str, form: str, flavour: str | None, config: str | None) -> None:
    """List the anchors of FILE (`-`: standard input) as the host makes them."""
    with UsageErrors():
        from doclint import anchors as room

        data = read_stdin() if file == "-" else None
        print_text(room.listing(file, data, settings_for(file, flavour, config), form))


@cli.command()
@click.option("--config", metavar="FILE", help="Read settings from FILE instead of looking for them.")
def clean(config: str | None) -> None:
    """Remove what earlier runs have kept of this repository (`.doclint_cache`)."""
    with UsageErrors():
        from doclint import cache
        from doclint.discover import root_of

        root = root_of(settings_in(Path.cwd(), config), os.getcwd())
        try:
            there = cache.remove(root)
        except OSError as error:
            raise UsageError(f"{os.path.join(root, cache.FOLDER)!r} cannot be removed: {error.strerror}") from error
        print_text(f"removed {cache.FOLDER} in {root}\n" if there else f"nothing is kept in {root}\n")


@cli.command()
@click.argument("name", metavar="[RULE]", required=False, shell_complete=complete_rule)
def rules(name: str | None) -> None:
    """List the rules, or explain one."""
    with UsageErrors():
        from doclint.rules import BY_NAME, RULES

        if name is None:
            width = max(len(rule.name) for rule in RULES)
            for rule in RULES:
                off = "" if rule.default else " (off by default)"
                print_text(f"{rule.name:{width}}  {rule.severity.value:7}  {rule.summary}{off}\n")
        elif name in BY_NAME:
            rule = BY_NAME[name]
            off = "" if rule.default else ", off by default"
            print_text(f"{rule.name} ({rule.group.value}, {rule.severity.value}{off})\n\n{rule.documentation}\n")
        else:
            from doclint.near import near

            candidates = near(name, tuple(BY_NAME))
            hint = f"did you mean {' or '.join(candidates)}?" if candidates else "`doclint rules` lists them"
            raise UsageError(f'there is no rule "{name}"; {hint}')


@cli.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output; it always does.")
def server(*, stdio: bool) -> None:
    """Serve an editor: findings while one types, fixes, completion, navigation, renaming (Language Server Protocol)."""
    del stdio
    with UsageErrors():
        from doclint.server import serve

        if sys.stdin is None:
            raise UsageError("there is no standard input; let an editor start `doclint server`")
        if sys.stdin.isatty():
            warn("this waits for an editor, which should start it by itself; Ctrl-C ends it")
        serve(sys.stdin.buffer)


def start() -> int:
    """Run the command line on the words of the process; return the exit code, where no command ends the process itself.

    130 says that the user interrupted the run, as shells have it.
    """
    try:
        return cli(prog_name="doclint", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "doclint"
        fail(f"{error.format_message().rstrip('.')}; see `{command} --help`")
    except click.Abort:
        return 130
    # What click itself prints: help, the version, a completion.
    except BrokenPipeError:
        abandon_output()
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        abandon_output()
        fail("standard output cannot be written: no space left on device")


def _write_page(outcome: Outcome, stdin: tuple[str, bytes]) -> None:
    """Write the page that came from standard input, fixed or as it was, to standard output."""
    from doclint import decode
    from doclint.model import Source

    data = stdin[1]
    source = decode.decode(stdin[0], data)
    changed = [change for change in outcome.changed if change.before == getattr(source, "text", None)]
    if isinstance(source, Source) and changed:
        data = decode.encode(replace(source, saved_as=changed[0].saved_as), changed[0].after)
    print_bytes(data)
