"""The flags that `check` and `fix` share, what may stand behind each, and how a shell completes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from doclint.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _output_files(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return form and path of each `FORMAT=PATH`.

    Raises:
        click.BadParameter: There is no such form, or no path.
    """
    found = []
    for value in values:
        form, _, path = value.partition("=")
        if not path:
            raise click.BadParameter(f"{value!r} is not FORMAT=PATH, such as sarif=doclint.sarif", ctx, param)
        if form not in FORMATS:
            raise click.BadParameter(f"there is no format {form!r}; there are {', '.join(FORMATS)}", ctx, param)
        found.append((form, path))
    return tuple(found)


def complete_forms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Return the forms; what stands behind the equals sign is a file, which no shell would put together with it."""
    return _starting(incomplete, (f"{form}=" for form in FORMATS))


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Return the rules and groups that the last of several words may be."""
    from doclint.rules import GROUPS, RULES

    before, comma, last = incomplete.rpartition(",")
    words = [(rule.name, rule.summary) for rule in RULES] + [(group, "group of rules") for group in GROUPS]
    return [CompletionItem(f"{before}{comma}{word}", help=about) for word, about in words if word.startswith(last)]


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Return the rules that a word may be."""
    from doclint.rules import RULES

    return [CompletionItem(rule.name, help=rule.summary) for rule in RULES if rule.name.startswith(incomplete)]


def complete_flavours(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Return the hosts that a word may be."""
    from doclint.slug import FLAVOURS

    return _starting(incomplete, FLAVOURS)


def _starting(incomplete: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


FILE = click.Path(readable=False)
"""A path, which shells complete; whether it is there and can be read is asked where it is opened."""

COLOR = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the report; auto honours NO_COLOR and FORCE_COLOR.",
)

CONFIG = click.option(
    "--config", type=FILE, metavar="FILE", help="Read settings from FILE instead of looking for them."
)


def common(function: _Function) -> _Function:
    """Add the flags that `check` and `fix` share."""
    flags = [
        click.argument("paths", nargs=-1, type=FILE),
        click.option(
            "--format",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            metavar="FORMAT",
            help=f"Form of the report: {', '.join(FORMATS)}.",
        ),
        click.option(
            "--output", type=FILE, metavar="FILE", help="Write the report to FILE instead of standard output."
        ),
        click.option(
            "--output-file",
            "output_files",
            multiple=True,
            callback=_output_files,
            shell_complete=complete_forms,
            metavar="FORMAT=PATH",
            help="Write a further report to a file; may stand several times.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            shell_complete=complete_rules,
            help="Run only these rules or groups, comma-separated.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="RULES",
            shell_complete=complete_rules,
            help="Do not run these rules or groups, comma-separated.",
        ),
        click.option(
            "--flavour",
            metavar="NAME",
            shell_complete=complete_flavours,
            help="Host whose links and anchors are meant (default: guessed, else github).",
        ),
        click.option(
            "--confidence",
            type=click.FloatRange(0, 1),
            metavar="P",
            help="How likely each inferred character must be before --unsafe writes it, from 0 to 1 (default: 0.5).",
        ),
        CONFIG,
        click.option("--quiet", "-q", is_flag=True, help="Print one line per finding and nothing else."),
        click.option("--statistics", is_flag=True, help="Count the findings of each rule below them."),
        COLOR,
        click.option(
            "--since",
            metavar="REF",
            help="Report only what changed since HEAD parted from REF, and the links that the change broke.",
        ),
        click.option(
            "--staged", is_flag=True, help="Report only what is about to be committed, as a pre-commit hook wants it."
        ),
        click.option("--baseline", type=FILE, metavar="FILE", help="Leave out the known findings that FILE holds."),
        click.option(
            "--stdin-filename", type=FILE, metavar="NAME", help="With `-`: the name of the page on standard input."
        ),
    ]
    for flag in reversed(flags):
        function = flag(function)
    return function
