"""Make the pages of the documentation that say what the code says: the rules, the flavours and the command line.

    python scripts/build_docs.py

writes them below docs/; tests/test_docs.py fails when they are not what this makes.

The pages of rules are their docstrings (`rules/base.py` tells their form), those of flavours the docstrings in `slug/`
and the paths of `sites.py`, that of the command line is what `--help` prints.
"""

from __future__ import annotations

import inspect
import pathlib
import re
import sys
from typing import TYPE_CHECKING

import click

from doclint.cli import cli
from doclint.rules import RULES
from doclint.sites import PATHS
from doclint.slug import FLAVOURS, documentation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.rules.base import Rule
    from doclint.sites import Paths

DOCS = pathlib.Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by scripts/build_docs.py: change the docstring, not this page. -->"
_SECTION = re.compile(r"(Why|Bad|Good|Fix):\s+")


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page that is made, by its path below docs/, with its text."""
    for rule in RULES:
        yield f"rules/{rule.name}.md", rule_page(rule)
    for name in FLAVOURS:
        yield f"flavours/{name}.md", flavour_page(name)
    yield "command-line.md", command_line()


def rule_page(rule: Rule) -> str:
    """Return the page of a rule."""
    state = "on" if rule.default else f"off; `--select default,{rule.name}` turns it on"
    parts = [
        MADE,
        f"# {rule.name}",
        rule.summary,
        f"Group `{rule.group.value}`, {rule.severity.value}; by default {state}.",
    ]
    sections = _sections(rule.documentation)
    parts.append(f"**Why:** {sections['Why']}")
    parts.append(f"Bad:\n\n```text\n{sections['Bad']}\n```")
    parts.append(f"Good:\n\n```text\n{sections['Good']}\n```")
    parts.append(f"**Fix:** {sections['Fix']}")
    silence = f"<!-- doclint-disable-next-line {rule.name}: the reason -->"
    parts.append(f"To keep one finding and say why, put this on the line above it:\n\n```markdown\n{silence}\n```")
    return "\n\n".join(parts) + "\n"


def _sections(text: str) -> dict[str, str]:
    """Return the sections of a rule's docstring, each on one line."""
    found: dict[str, str] = {}
    name = ""
    for line in text.split("\n")[2:]:
        match = _SECTION.match(line)
        if match is not None:
            name, line = match[1], line[match.end() :]  # noqa: PLW2901 - what is left of it
            found[name] = line
        else:
            found[name] += " " + line.strip()
    return found


def flavour_page(name: str) -> str:
    """Return the page of a flavour."""
    paths = PATHS.get(name)
    told = paths_of_files() if paths is None else paths_of_site(paths)
    parts = [
        MADE,
        f"# {name}",
        documentation(name).strip(),
        "## What paths mean",
        "\n".join(f"- {sentence}" for sentence in told),
        "## Choosing it",
        f'```toml\nflavour = "{name}"\n```',
        "in `doclint.toml` or below `[tool.doclint]`, or for one run:",
        f"```console\ndoclint check --flavour {name}\ndoclint anchors --flavour {name} docs/guide.md\n```",
    ]
    return "\n\n".join(parts) + "\n"


def paths_of_files() -> Iterator[str]:
    """Yield what a path means to a host that shows the files of a repository."""
    yield "A path is a file or a folder of the repository; one that begins with `/` starts at its top level."
    yield "A folder is shown with its README, whose anchors a link to the folder may name."


def paths_of_site(paths: Paths) -> Iterator[str]:
    """Yield what a path means to a site."""
    yield "A path with the ending of a file is that file; one that leads to no file is a fault."
    if paths.endings:
        yield f"These endings may be left out, or stand as `.html`: {_names(paths.endings)}."
    yield f"A folder is shown by the first of these that is there: {_names(paths.indexes)}."
    if paths.addresses:
        yield "An address without an ending that leads to no file is a fault."
    else:
        yield "An address without an ending that leads to no file is not judged: a page may choose its address."
    rooted = "that is a fault" if paths.rooted else "it is not judged"
    if paths.beyond:
        yield "A path that begins with `/` is an address of a larger site, which is not judged."
    else:
        yield f"A path that begins with `/` starts in the folder of the site; where it leads to no file, {rooted}."
    if paths.static:
        yield f"Files in these folders, seen from that of the site, are served from `/`: {_names(paths.static)}."
    further = {
        "A page may be named as if it were a folder: `guide/` for `guide.md`.": paths.folders,
        "A path may also start in the folder of the pages.": paths.from_root,
        f"A path that begins with `{paths.marker}` starts in the folder of the site.": bool(paths.marker),
        "Letter case does not count in a path, and a backslash is a slash.": paths.windows,
        "A bare word may name something on any page of the site, and is not judged.": paths.names,
        "A page whose name or folder begins with `_` is a part of other pages.": paths.parts,
        f"A page in a folder with one of these names is a part of other pages: {_names(paths.shared)}.": bool(
            paths.shared
        ),
        "On a page with a line that begins with `:::`, a program may add anchors: none is missing.": paths.blocks,
    }
    yield from (sentence for sentence, holds in further.items() if holds)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def command_line() -> str:
    """Return the page with the arguments and options of every command."""
    parts = [
        MADE,
        "# The command line",
        "Every option of every command. [Commands](commands.md) says what they are for.",
    ]
    context = click.Context(cli, info_name="doclint", **cli.context_settings)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None and not command.hidden:
            inner = click.Context(command, info_name=name, parent=context)
            usage = " ".join(command.collect_usage_pieces(inner))
            rows = "\n".join(_row(option) for option in command.params if isinstance(option, click.Option))
            told = inspect.cleandoc(command.help or "").replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
            parts += [f"## doclint {name}", f"```text\ndoclint {name} {usage}\n```", _escaped(told)]
            parts += [f"| option | what it does |\n|---|---|\n{rows}"] if rows else []
    return "\n\n".join(parts) + "\n"


def _row(option: click.Option) -> str:
    names, told = ", ".join(option.opts), _escaped(option.help or "")
    value = "" if option.is_flag else f" {option.metavar or (option.name or '').upper()}"
    if isinstance(option.type, click.Choice):
        told += f" One of {_names(tuple(map(str, option.type.choices)))}"
        told += f"; default: `{option.default}`." if isinstance(option.default, str) else "."
    return f"| `{names}{value}` | {told} |"


def _escaped(text: str) -> str:
    """Return what `--help` says with nothing in it that Markdown would take for an HTML tag."""
    return text.replace("<", "&lt;")


def main() -> int:
    """Write the pages, and remove those of rules and flavours that are no more."""
    made = dict(pages())
    for folder in ("rules", "flavours"):
        (DOCS / folder).mkdir(parents=True, exist_ok=True)
        for file in (DOCS / folder).glob("*.md"):
            if file.name != "index.md" and f"{folder}/{file.name}" not in made:
                file.unlink()
    for path, text in made.items():
        (DOCS / path).write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {len(made)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
