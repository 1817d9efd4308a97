"""What the words of the command line mean: flags to `Request`, and with the settings file to `Settings`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from doclint.console import read_stdin
from doclint.model import UsageError
from doclint.value import Value, replace

if TYPE_CHECKING:
    from doclint.settings import Settings


class Request(Value):
    """What the common flags say."""

    paths: tuple[str, ...]
    format: str
    output: str | None
    output_files: tuple[tuple[str, str], ...]
    statistics: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    flavour: str | None
    confidence: float | None
    config: str | None
    quiet: bool
    color: str
    stdin_filename: str | None
    since: str | None
    staged: bool
    baseline: str | None

    @property
    def reads_stdin(self) -> bool:
        """Whether the page comes from standard input."""
        return self.paths == ("-",)

    @property
    def wants_graph(self) -> bool:
        """Whether a report shows which page links to which."""
        return "html" in (self.format, *(form for form, _ in self.output_files))


def request_of(flags: dict[str, Any]) -> Request:
    """Return what the common flags say, as click hands it over."""
    for name in ("select", "ignore"):
        words = (word.strip() for value in flags[name] for word in value.split(","))
        flags[name] = tuple(word for word in words if word)
    return Request(**flags)


def settings_of(request: Request) -> Settings:
    """Return the settings that hold for a request, with what its flags put in their place.

    Raises:
        UsageError: The settings are wrong, or the flags are.
    """
    from doclint.rules import BY_NAME, GROUPS
    from doclint.settings import with_flags
    from doclint.slug import FLAVOURS

    settings = _compared(settings_in(_start(request), request.config), request)
    return with_flags(
        settings,
        select=request.select,
        ignore=request.ignore,
        flavour=request.flavour,
        confidence=request.confidence,
        rules=BY_NAME,
        groups=GROUPS,
        flavours=FLAVOURS,
    )


def settings_for(file: str, flavour: str | None, config: str | None) -> Settings:
    """Return the settings that hold for one file (`-`: for the current folder), with the flag `--flavour`.

    Raises:
        UsageError: The settings are wrong, or the flag is.
    """
    from doclint.rules import BY_NAME, GROUPS
    from doclint.settings import with_flags
    from doclint.slug import FLAVOURS

    settings = settings_in(os.path.dirname(os.path.abspath(file)), config)
    return with_flags(settings, flavour=flavour, rules=BY_NAME, groups=GROUPS, flavours=FLAVOURS)


def settings_in(start: str | os.PathLike[str], config: str | None) -> Settings:
    """Return what the settings that hold for a folder, or those in the file `config`, say by themselves.

    Raises:
        UsageError: They are wrong.
    """
    from doclint.rules import BY_NAME, GROUPS
    from doclint.settings_file import load
    from doclint.slug import FLAVOURS

    file = None
    if config:
        from pathlib import Path  # here, because most runs look for the file themselves

        file = Path(config)
    return load(start, file, rules=BY_NAME, groups=GROUPS, flavours=FLAVOURS)


def _compared(settings: Settings, request: Request) -> Settings:
    """Put what the command line and pre-commit say about the change, and the baseline, into the settings.

    pre-commit names files one by one. It says in the environment that it is there and, before a push, what is pushed.
    """
    if request.since is not None and request.staged:
        raise UsageError("--since and --staged exclude each other; leave out one")
    if (request.since is not None or request.staged) and request.reads_stdin:
        raise UsageError("`-` has no history to compare with; leave out --since and --staged")
    from_hook = "PRE_COMMIT" in os.environ and request.since is None
    names_only = bool(request.paths) and not request.reads_stdin and not any(map(os.path.isdir, request.paths))
    staged = request.staged or (from_hook and names_only)
    since = os.environ.get("PRE_COMMIT_FROM_REF") or None if staged else request.since
    if request.baseline is not None:
        settings = replace(settings, baseline=request.baseline)
    return replace(settings, since=since, staged=staged)


def _start(request: Request) -> str:
    """Return the folder from which settings are looked for: the one that the paths have in common."""
    if request.reads_stdin or not request.paths:
        return os.getcwd()
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, request.paths)]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return os.getcwd()


def page_on_stdin(request: Request) -> tuple[str, bytes] | None:
    """Return name and bytes of the page on standard input, if it is meant.

    Raises:
        UsageError: It has no name, or is not alone.
    """
    if not request.reads_stdin:
        if "-" in request.paths:
            raise UsageError("`-` stands for standard input and must stand alone; leave out the other paths")
        if request.stdin_filename is not None:
            raise UsageError("--stdin-filename names the page on standard input: give `-` as the path with it")
        return None
    if not request.stdin_filename:
        raise UsageError("`-` needs --stdin-filename NAME, so that links have a folder to start from")
    return request.stdin_filename, read_stdin()
