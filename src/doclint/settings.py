"""Settings: what the user wants, what flags put in its place, and what the globs in it match.

The names of rules, groups and flavours are handed in, so that this room knows of none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.formats import DEFAULT
from doclint.model import UsageError
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence


class SettingsError(UsageError):
    """A wrong setting or wrong use. Its text is one line: the place, what is wrong, what was expected."""


class Settings(Value):
    """What the user wants.

    Attributes:
        include: Globs; when there are any, a page that is found in a folder must match.
        exclude: Globs of pages that are never reported on, not even when they are named one by one.
        select: Rules and groups that report.
        ignore: Rules and groups that do not, although selected.
        per_file_ignores: Globs, each with the rules and groups that do not report on the pages that match.
        flavour: The host whose links and anchors are meant; None where nothing is said.
        folders: Absolute paths of folders, each with the host that shows it; the innermost counts.
        confidence: How likely each inferred character must be before `fix --unsafe` writes it, from 0 to 1.
        root: Absolute path of the folder that paths are relative to; None leaves the choice to `discover`.
        baseline: The file with the findings that are known; None without one.
        since: What is compared with, in git's words; only what changed since then is reported. None: everything is.
        staged: Whether git's index is looked at instead of the disk, and compared with `since`, or else with HEAD.
        formats: The formats of pages that are looked for in folders and globs.
        wiki_links: Whether `[[page]]` is a link in Markdown.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ("default",)
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    flavour: str | None = None
    folders: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.5
    root: str | None = None
    baseline: str | None = None
    since: str | None = None
    staged: bool = False
    formats: tuple[str, ...] = DEFAULT
    wiki_links: bool = False


def with_flags(  # noqa: PLR0913 - four flags, and the three sets of names that may stand in them
    settings: Settings,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    flavour: str | None = None,
    confidence: float | None = None,
    rules: Collection[str],
    groups: Collection[str],
    flavours: Collection[str],
) -> Settings:
    """Put what the command line says in the place of what the file says.

    Args:
        settings: What the file says.
        select: The values of `--select`; empty when the flag was not given.
        ignore: The values of `--ignore`; empty when the flag was not given.
        flavour: The value of `--flavour`; None when the flag was not given.
        confidence: The value of `--confidence`, between 0 and 1; None when the flag was not given.
        rules: The names of all rules.
        groups: The names of all groups of rules.
        flavours: The names of all flavours.

    Returns:
        The settings with the flags that were given; a flag replaces the setting, it does not add to it.

    Raises:
        SettingsError: A flag names something that doclint does not know, or is out of its range.
    """
    names = frozenset((*rules, *groups))
    if confidence is not None and not 0 <= confidence <= 1:
        raise SettingsError(f"--confidence: expected a number from 0 to 1, found {confidence}")
    return replace(
        settings,
        select=known("--select", select, "rule or group", names) or settings.select,
        ignore=known("--ignore", ignore, "rule or group", names) or settings.ignore,
        flavour=settings.flavour if flavour is None else known("--flavour", [flavour], "flavour", flavours)[0],
        folders=settings.folders if flavour is None else (),
        confidence=settings.confidence if confidence is None else confidence,
    )


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Build a test for paths from globs as they stand in `.gitignore`.

    Args:
        patterns: The globs. As in `.gitignore` the last that matches decides, and `!` takes a match back.

    Returns:
        A function that tells whether a path relative to the root, with `/`, matches; never, without patterns.

    Raises:
        SettingsError: A glob has no meaning; the text names it.
    """
    if not patterns:
        return lambda _path: False
    import re
    import warnings

    from pathspec import GitIgnoreSpec

    for pattern in patterns:
        try:
            with warnings.catch_warnings():
                # The compiler of regular expressions warns where `[[:alpha:]]` would not mean what it says.
                warnings.simplefilter("error", FutureWarning)
                GitIgnoreSpec.from_lines([pattern])
        except (ValueError, re.error, FutureWarning) as error:
            raise SettingsError(f"{pattern!r} has no meaning; expected a glob as in .gitignore") from error
    # A dot in pathspec's regular expressions stops at a newline, which the name of a folder may hold. NUL,
    # which no name holds, takes its place on both sides.
    spec = GitIgnoreSpec.from_lines([pattern.replace("\n", "\0") for pattern in patterns])
    return lambda path: spec.match_file(path.replace("\n", "\0"))


def known(where: str, values: Collection[str], noun: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the values when all are known, else tell which is not, and which known one is near."""
    for value in values:
        if value not in known:
            import difflib

            near = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(sorted(known))}"
            raise SettingsError(f"{where}: unknown {noun} {value!r}; {hint}")
    return tuple(values)
