"""The commands, and `Outcome` to text and exit code; with `console.py` the only room that prints.

Exit codes: 0 nothing is left to report, 1 something is, 2 wrong use or settings, 3 a bug of doclint.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from doclint import __version__
from doclint.commands import Commands
from doclint.console import UsageErrors, columns, fail, print_bytes, print_text, read_stdin, wants_color
from doclint.model import UsageError
from doclint.request import Request, page_on_stdin, request_of, settings_for, settings_in, settings_of
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.model import Guess, Outcome
    from doclint.report import Command

_SHOWN_GUESSES = 3
_FORMATS = ("text", "json", "github")
_Function = TypeVar("_Function", bound=Callable[..., Any])


def _common(function: _Function) -> _Function:
    """Add the flags that `check` and `fix` share."""
    flags = [
        click.argument("paths", nargs=-1),
        click.option(
            "--format",
            type=click.Choice(_FORMATS),
            default="text",
            show_default=True,
            help="Form of the report.",
        ),
        click.option("--output", metavar="FILE", help="Write the report to FILE instead of standard output."),
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            help="Run only these rules or groups, comma-separated.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="RULES",
            help="Do not run these rules or groups, comma-separated.",
        ),
        click.option(
            "--flavour", metavar="NAME", help="Host whose links and anchors are meant (default: guessed, else github)."
        ),
        click.option(
            "--confidence",
            type=click.FloatRange(0, 1),
            metavar="P",
            help="How likely each inferred character must be before --unsafe writes it, from 0 to 1 (default: 0.5).",
        ),
        click.option("--config", metavar="FILE", help="Read settings from FILE instead of looking for them."),
        click.option("--quiet", "-q", is_flag=True, help="Print one line per finding and nothing else."),
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            help="Colour the report; auto honours NO_COLOR and FORCE_COLOR.",
        ),
        click.option(
            "--since",
            metavar="REF",
            help="Report only what changed since HEAD parted from REF, and the links that the change broke.",
        ),
        click.option(
            "--staged", is_flag=True, help="Report only what is about to be committed, as a pre-commit hook wants it."
        ),
        click.option("--baseline", metavar="FILE", help="Leave out the known findings that FILE holds."),
        click.option("--stdin-filename", metavar="NAME", help="With `-`: the name of the page on standard input."),
    ]
    for flag in reversed(flags):
        function = flag(function)
    return function


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="doclint", message="%(prog)s %(version)s")
def cli() -> None:
    """Find and repair mojibake and broken links in Markdown documents."""


@cli.command()
@_common
@click.option("--write-baseline", is_flag=True, help="Write all that is found to the baseline, as known.")
def check(*, write_baseline: bool, **flags: Any) -> None:  # noqa: ANN401 - click hands over what the flags say
    """Report on PATHS (files, folders, globs; default: the current folder).

    Exit code 0: nothing found; 1: something found; 2: wrong use or settings; 3: a bug of doclint.
    """
    request = request_of(flags)
    with UsageErrors():
        from doclint import run

        settings = settings_of(request)
        outcome = run.check(request.paths, settings, os.getcwd(), page_on_stdin(request), write_baseline=write_baseline)
        if write_baseline:
            from doclint.report.words import counted

            number = counted(outcome.summary.known, "finding")
            print(f"doclint: {settings.baseline} now holds {number}", file=sys.stderr)
        _report(outcome, request, "check")
    sys.exit(1 if outcome.findings else 0)


@cli.command()
@_common
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
        stdin = page_on_stdin(request)
        outcome = mending.fix(request.paths, settings_of(request), os.getcwd(), level=level, dry=diff, stdin=stdin)
        if stdin is not None and not diff:
            _write_page(outcome, stdin)
            _report(replace(outcome, changed=()), request, "check", to_stderr=True)
        else:
            _report(outcome, request, "diff" if diff else "fix")
            if diff and not outcome.changed and not outcome.renamed and outcome.findings:
                print("doclint: nothing to write; `doclint check` shows what is left", file=sys.stderr)
    left = outcome.findings or outcome.held_back or (diff and (outcome.changed or outcome.renamed))
    sys.exit(1 if left else 0)


@cli.command()
@click.argument("old")
@click.argument("new")
@click.option("--diff", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--config", metavar="FILE", help="Read settings from FILE instead of looking for them.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what could not be done.")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the diff; auto honours NO_COLOR and FORCE_COLOR.",
)
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
        print_text(_text(outcome, "diff" if diff else "mv", quiet=quiet, color=color))


@cli.command()
@click.argument("file")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of the list.",
)
@click.option("--flavour", metavar="NAME", help="Host whose anchors are meant (default: guessed, else github).")
@click.option("--config", metavar="FILE", help="Read settings from FILE instead of looking for them.")
def anchors(file: str, form: str, flavour: str | None, config: str | None) -> None:
    """List the anchors of FILE (`-`: standard input) as the host makes them."""
    with UsageErrors():
        from doclint import anchors as room

        data = read_stdin() if file == "-" else None
        print_text(room.listing(file, data, settings_for(file, flavour, config), form))


@cli.command()
@click.argument("name", metavar="[RULE]", required=False)
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


# ------------------------------------------------------------------------------------------------------ values to words


def _report(outcome: Outcome, request: Request, command: Command, *, to_stderr: bool = False) -> None:
    from doclint.report import ReportOptions, render
    from doclint.rules import RULES
    from doclint.rules.base import Group

    to_terminal = request.output is None and sys.stdout is not None and sys.stdout.isatty()
    options = ReportOptions(
        cwd=os.getcwd(),
        color=request.color == "always" if request.output else wants_color(request.color, to_terminal=to_terminal),
        quiet=request.quiet,
        width=columns() if to_terminal else None,
        command=command,
        encoding_rules=frozenset(rule.name for rule in RULES if rule.group is Group.ENCODING),
    )
    if not request.quiet:
        _tell(outcome.guesses)
    text = render(request.format, outcome, options)
    if request.output is None:
        if to_stderr:
            print(text, end="", file=sys.stderr)
        else:
            print_text(text)
        return
    try:
        Path(request.output).write_bytes(text.encode("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"--output: {request.output!r} cannot be written: {reason}; name another file") from error


def _tell(guesses: tuple[Guess, ...]) -> None:
    """Say on standard error, in one line, which hosts were guessed."""
    if not guesses:
        return
    shown = [f"{guess.folder or '.'} is {guess.flavour} ({guess.config})" for guess in guesses[:_SHOWN_GUESSES]]
    more = f" and {len(guesses) - len(shown)} more" if len(guesses) > len(shown) else ""
    print(f"doclint: guessed: {', '.join(shown)}{more}; the setting `flavour` says otherwise", file=sys.stderr)


def _text(outcome: Outcome, command: Command, *, quiet: bool, color: str) -> str:
    """Return the report of `mv` for people."""
    from doclint.report import ReportOptions, render

    to_terminal = sys.stdout is not None and sys.stdout.isatty()
    options = ReportOptions(
        cwd=os.getcwd(),
        color=wants_color(color, to_terminal=to_terminal),
        quiet=quiet,
        width=columns() if to_terminal else None,
        command=command,
    )
    return render("text", outcome, options)


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
