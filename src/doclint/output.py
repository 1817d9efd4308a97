"""[disk] Reports to where they belong: files, and standard output."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from doclint.console import columns, is_terminal, print_text, tell, wants_color, wants_links, warn
from doclint.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Guess, Outcome
    from doclint.report import Command, ReportOptions
    from doclint.request import Request

_SHOWN_GUESSES = 3


def refuse_unwritable(request: Request) -> None:
    """Look, before any work is done, whether the reports of a request can be written.

    Raises:
        UsageError: One cannot, or two go to the same file.
    """
    seen: set[str] = set()
    for flag, _, path in _files(request):
        if (reason := _obstacle(path)) is not None:
            raise _unwritable(flag, path, reason)
        real = os.path.realpath(path)
        if real in seen and not _is_device(path):
            raise UsageError(f"{flag}: {path!r} is named twice; give each report a file of its own")
        seen.add(real)


def report(outcome: Outcome, request: Request, command: Command, *, to_stderr: bool = False) -> None:
    """Write all reports of a request: first those that go to files, so that none is lost when a reader goes away.

    Raises:
        UsageError: A file cannot be written; the other reports are there all the same.
        BrokenPipeError: The reader of standard output went away.
    """
    if not request.quiet:
        _tell(outcome.guesses)
    faults = list(_written(outcome, request, command))
    for fault in faults[1:]:
        warn(str(fault))
    try:
        if request.output is None:
            options = _options(request, command, color=request.color, to_terminal=not to_stderr and is_terminal())
            show = tell if to_stderr else print_text
            show(_rendered(request.format, outcome, options))
    finally:
        # Also where the reader of standard output went away: that is no fault, and this is.
        if faults:
            raise faults[0]


def moved(outcome: Outcome, command: Command, *, quiet: bool, color: str) -> str:
    """Return the report of `mv` for people."""
    from doclint.report import ReportOptions, render

    to_terminal = is_terminal()
    options = ReportOptions(
        cwd=os.getcwd(),
        color=wants_color(color, to_terminal=to_terminal),
        quiet=quiet,
        width=columns() if to_terminal else None,
        command=command,
    )
    return render("text", outcome, options)


def _files(request: Request) -> Iterator[tuple[str, str, str]]:
    """Yield flag, form and path of each report that goes to a file."""
    if request.output is not None:
        yield "--output", request.format, request.output
    for form, path in request.output_files:
        yield "--output-file", form, path


def _written(outcome: Outcome, request: Request, command: Command) -> Iterator[UsageError]:
    """Write the reports that go to files; yield what went wrong."""
    # A file is for later and for others: it has colours only where the user asks for them by the flag.
    color = "always" if request.color == "always" else "never"
    for flag, form, path in _files(request):
        text = _rendered(form, outcome, _options(request, command, color=color, to_terminal=False))
        try:
            with open(path, "wb") as file:
                file.write(text.encode("utf-8"))
        except OSError as error:
            yield _unwritable(flag, path, (error.strerror or str(error)).lower())


def _rendered(form: str, outcome: Outcome, options: ReportOptions) -> str:
    from doclint.report import render

    return render(form, outcome, options)


def _options(request: Request, command: Command, *, color: str, to_terminal: bool) -> ReportOptions:
    from doclint.report import ReportOptions
    from doclint.rules import RULES
    from doclint.rules.base import Group

    return ReportOptions(
        cwd=os.getcwd(),
        color=wants_color(color, to_terminal=to_terminal),
        quiet=request.quiet,
        width=columns() if to_terminal else None,
        hyperlinks=wants_links(color, to_terminal=to_terminal),
        statistics=request.statistics,
        command=command,
        encoding_rules=frozenset(rule.name for rule in RULES if rule.group is Group.ENCODING),
    )


def _obstacle(path: str) -> str | None:
    """Return why a file cannot be written, as far as that can be told before it is."""
    if os.path.isdir(path):
        return "it is a folder"
    real = os.path.realpath(path)
    if os.path.exists(real):
        return None if os.access(real, os.W_OK) else "permission denied"
    folder = os.path.dirname(real)
    if not os.path.isdir(folder):
        return "its folder is a file" if os.path.exists(folder) else "its folder does not exist"
    return None if os.access(folder, os.W_OK | os.X_OK) else "permission denied for its folder"


def _is_device(path: str) -> bool:
    """Tell whether a path is no file, but a terminal, a pipe or the like, which takes one report after the other."""
    return os.path.exists(path) and not os.path.isfile(path)


def _unwritable(flag: str, path: str, reason: str) -> UsageError:
    return UsageError(f"{flag}: {path!r} cannot be written: {reason}; name another file")


def _tell(guesses: tuple[Guess, ...]) -> None:
    """Say on standard error, in one line, which hosts were guessed."""
    if not guesses:
        return
    shown = [f"{guess.folder or '.'} is {guess.flavour} ({guess.config})" for guess in guesses[:_SHOWN_GUESSES]]
    more = f" and {len(guesses) - len(shown)} more" if len(guesses) > len(shown) else ""
    warn(f"guessed: {', '.join(shown)}{more}; set `flavour` if that is wrong")
