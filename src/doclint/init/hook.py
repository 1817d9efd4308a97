"""The entry of doclint's hooks in `.pre-commit-config.yaml`; pure.

The file is changed by lines, so that comments and layout stay byte for byte: the entry is put behind the last one of
the list below `repos:`, indented as the others are. What is laid out in another way is left alone.

Source: pre-commit's documentation, "Adding pre-commit plugins to your project" and "Repository local hooks".
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from doclint.init.open_values import NeverClosedError, continued
from doclint.model import UsageError
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FILE = ".pre-commit-config.yaml"
HOOKS = ("doclint-fix", "doclint")

_REPOS = re.compile(r"repos:[ \t]*(?:#.*)?")
_ITEM = re.compile(r"( *)-(?: |$)")
_OURS = re.compile(r"""(?m)^[ \t]*(?:-[ \t]+)?id:[ \t]*["']?doclint(?:-fix)?["']?[ \t]*(?:#.*)?\r?$""")
_PAGES = r"(?i)\.(md|markdown|mdown|mdwn|mkd|mkdn|mkdown|livemd|ronn|scd|workbook|mdx)$"


class Origin(Value):
    """Where the hooks take doclint from.

    Attributes:
        version: Its version, which a package index is asked for.
        url: The address of the git repository that it was installed from; "" where it was not.
        commit: The commit of that repository.
    """

    version: str
    url: str = ""
    commit: str = ""


def with_hooks(text: str | None, origin: Origin) -> str | None:
    """Return the text of the file with doclint's hooks; None where one of them is there already.

    Args:
        text: What is in the file; None where there is no file.
        origin: Where doclint comes from.

    Raises:
        UsageError: The file is laid out in a way that is not understood; the text says what to add by hand.
    """
    if text is None:
        return "repos:\n" + _indented(entry(origin), "")
    if _OURS.search(text):
        return None
    lines = re.split(r"(?<=\n)", text)
    try:
        place = _end_of_list(lines, continued(lines))
    except NeverClosedError as error:
        raise UsageError(f"--hook: {FILE}: {error}; see to it, or leave the flag out") from error
    if place is None:
        raise UsageError(f"--hook: {FILE} has no list below a line `repos:`; give it one, or leave the flag out")
    at, indent = place
    line_end = "\r\n" if "\r\n" in text else "\n"
    new = _indented(entry(origin), indent).replace("\n", line_end)
    before = "".join(lines[:at])
    if before and not before.endswith("\n"):
        before += line_end
    return before + new + "".join(lines[at:])


def entry(origin: Origin) -> str:
    """Return the item of the list that names the hooks."""
    if origin.url:
        hooks = "".join(f"  - id: {name}\n" for name in HOOKS)
        return f"- repo: {origin.url}\n  rev: {origin.commit}\n  hooks:\n{hooks}"
    common = (
        f"    language: python\n    additional_dependencies: ['doclint=={origin.version}']\n"
        f"    files: '{_PAGES}'\n    types: [file]\n    require_serial: true\n"
    )
    return (
        "- repo: local\n  hooks:\n"
        f"  - id: {HOOKS[0]}\n    name: doclint (fix)\n    entry: doclint fix --staged\n{common}"
        f"  - id: {HOOKS[1]}\n    name: doclint\n    entry: doclint check --staged\n{common}"
        "    always_run: true\n"
    )


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in text.splitlines())


def _end_of_list(lines: Sequence[str], within: Collection[int]) -> tuple[int, str] | None:
    """Return the line behind the last item below `repos:`, and how far items are indented; None without such a list.

    The lines `within` a value go on with the line in front of them, however they are indented.
    """
    own = [number for number in range(len(lines)) if number not in within]
    starts = [number for number in own if _REPOS.fullmatch(lines[number].rstrip())]
    said = [number for number in own if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    if len(starts) != 1 or any(lines[number].startswith(("---", "...")) for number in said[1:]):
        return None
    below = list(takewhile(lambda number: lines[number][0] in " \t-", (at for at in said if at > starts[0])))
    if not below:
        return starts[0] + 1, ""
    first = _ITEM.match(lines[below[0]])
    if first is None:
        return None
    indent = first[1]
    if not all(lines[number].startswith((f"{indent} ", f"{indent}-")) for number in below):
        return None
    end = below[-1] + 1
    # What looks like a comment may be the last line of a script in the item.
    while end < len(lines) and (end in within or (lines[end].startswith(f"{indent} ") and lines[end].strip())):
        end += 1
    return end, indent
