"""Words to `Settings`, `Outcome` to text and exit code; with `console.py` the only room that prints.

Exit codes: 0 nothing is left to report, 1 something is, 2 wrong use or settings, 3 a bug of doclint.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from doclint import __version__
from doclint.console import UsageErrors, columns, fail, print_bytes, print_text, read_stdin, wants_color
from doclint.model import UsageError

if TYPE_CHECKING:
    from doclint.model import Outcome
    from doclint.report import Command
    from doclint.settings import Settings

_FORMATS = ("text", "json", "github")
_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Request:
    """What the common flags say."""

    paths: tuple[str, ...]
    format: str
    output: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    flavour: str | None
    confidence: float | None
    config: str | None
    quiet: bool
    color: str
    stdin_filename: str | None

    @property
    def reads_stdin(self) -> bool:
        """Whether the page comes from standard input."""
        return self.paths == ("-",)


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
        click.option("--flavour", metavar="NAME", help="Host whose links and anchors are meant (default: github)."),
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
        click.option("--stdin-filename", metavar="NAME", help="With `-`: the name of the page on standard input."),
    ]
    for flag in reversed(flags):
        function = flag(function)
    return function


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="doclint", message="%(prog)s %(version)s")
def cli() -> None:
    """Find and repair mojibake and broken links in Markdown documents."""


@cli.command()
@_common
def check(**flags: Any) -> None:  # noqa: ANN401 - click hands over what the flags say
    """Report on PATHS (files, folders, globs; default: the current folder).

    Exit code 0: nothing found; 1: something found; 2: wrong use or settings; 3: a bug of doclint.
    """
    request = _request(flags)
    with UsageErrors():
        from doclint import run

        outcome = run.check(request.paths, _settings(request), os.getcwd(), _stdin(request))
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
    request = _request(flags)
    with UsageErrors():
        from doclint import run
        from doclint.model import Safety

        level = Safety.UNSAFE if unsafe else Safety.SAFE
        stdin = _stdin(request)
        outcome = run.fix(request.paths, _settings(request), os.getcwd(), level=level, dry=diff, stdin=stdin)
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

        outcome = room.move(old, new, _load(Path.cwd(), config), os.getcwd(), dry=diff)
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
@click.option("--flavour", metavar="NAME", default="github", show_default=True, help="Host whose anchors are meant.")
def anchors(file: str, form: str, flavour: str) -> None:
    """List the anchors of FILE (`-`: standard input) as the host makes them."""
    with UsageErrors():
        from doclint import anchors as room

        data = read_stdin() if file == "-" else None
        print_text(room.listing(file, data, flavour, form))


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


# ------------------------------------------------------------------------------------------------------ words to values


def _request(flags: dict[str, Any]) -> Request:
    for name in ("select", "ignore"):
        words = (word.strip() for value in flags[name] for word in value.split(","))
        flags[name] = tuple(word for word in words if word)
    return Request(**flags)


def _load(start: Path, config: str | None) -> Settings:
    from doclint.rules import BY_NAME, GROUPS
    from doclint.settings import load
    from doclint.slug import FLAVOURS

    return load(start, Path(config) if config else None, rules=BY_NAME, groups=GROUPS, flavours=FLAVOURS)


def _settings(request: Request) -> Settings:
    from doclint.rules import BY_NAME, GROUPS
    from doclint.settings import with_flags
    from doclint.slug import FLAVOURS

    return with_flags(
        _load(_start(request), request.config),
        select=request.select,
        ignore=request.ignore,
        flavour=request.flavour,
        confidence=request.confidence,
        rules=BY_NAME,
        groups=GROUPS,
        flavours=FLAVOURS,
    )


def _start(request: Request) -> Path:
    """Return the folder from which settings are looked for: the one that the paths have in common."""
    if request.reads_stdin or not request.paths:
        return Path.cwd()
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, request.paths)]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        return Path.cwd()


def _stdin(request: Request) -> tuple[str, bytes] | None:
    """Return name and bytes of the page on standard input, if it is meant."""
    if not request.reads_stdin:
        if "-" in request.paths:
            raise UsageError("`-` stands for standard input and must stand alone; leave out the other paths")
        if request.stdin_filename is not None:
            raise UsageError("--stdin-filename names the page on standard input: give `-` as the path with it")
        return None
    if not request.stdin_filename:
        raise UsageError("`-` needs --stdin-filename NAME, so that links have a folder to start from")
    return request.stdin_filename, read_stdin()


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
