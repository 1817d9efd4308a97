"""The changes of an outcome as a unified diff, as `git apply` and `patch -p1` read it."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

from doclint.report.style import Style, paint
from doclint.report.visible import encodable, hidden, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Change, Outcome

# A patch knows one line ending, the newline: a carriage return is part of the line, also where it stands
# alone, and so are the form feeds and U+2028 at which `str.splitlines` splits.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_QUOTED = re.compile(rf'["\\]|{hidden().pattern}')
_STYLES = {"---": Style.STRONG, "+++": Style.STRONG, "@": Style.GUTTER, "-": Style.ERROR, "+": Style.ADDED}


def diff(outcome: Outcome, *, exact: bool, color: bool) -> Iterator[str]:
    """Yield the diff of each file that changes or moves, in the order of the paths afterwards.

    Args:
        outcome: The changes and moves.
        exact: As in `unified`.
        color: As in `unified`.
    """
    changes = {change.path: change for change in outcome.changed}
    origins = {move.new: move.old for move in outcome.moved}
    for path in sorted(changes.keys() | origins.keys()):
        old = origins.get(path, path)
        if origins:
            # What stands without this line behind a mere rename would be taken for a part of it.
            lines = [f"diff --git {_quoted(f'a/{old}', git=True)} {_quoted(f'b/{path}', git=True)}"]
            if path in origins:
                lines += ["similarity index 100%"] if path not in changes else []
                lines += [f"rename from {_quoted(old, git=True)}", f"rename to {_quoted(path, git=True)}"]
            yield "".join(paint(line, Style.STRONG, color=color) + "\n" for line in lines)
        if path in changes:
            if changes[path].saved_as:
                # `git apply` and `patch` skip what is no diff.
                words = f"{_quoted(path)}: saved as {changes[path].saved_as.upper()}"
                yield paint(words, Style.STRONG, color=color) + "\n"
            yield unified(changes[path], old, exact=exact, color=color)


def unified(change: Change, old: str | None, *, exact: bool, color: bool) -> str:
    """Return the diff of one change, or "" when nothing differs.

    Paths are relative to the root, as git has them: `git apply` takes no others.

    Args:
        change: The texts before and after.
        old: The path before; None for a file that is new.
        exact: Keep control characters, as a patch must; else they are escaped, as a terminal needs. Lone
            surrogates are always escaped: the patch of a page that is not UTF-8 is for reading only.
        color: Whether to use ANSI colours.
    """
    before, after = _LINE.findall(change.before), _LINE.findall(change.after)
    names = ("/dev/null" if old is None else _quoted(f"a/{old}"), _quoted(f"b/{change.path}"))
    shown: list[str] = []
    for number, line in enumerate(unified_diff(before, after, *names)):
        body = line.removesuffix("\n")
        safe = encodable(body) if exact else visible(body, keep="\t")
        # Only the first two lines are a header: "--- x" further down is a removed line "-- x".
        style = _STYLES.get(line[:3] if number < 2 else line[:1])
        shown.append(paint(safe, style, color=color) + "\n" if style else safe + "\n")
        if not line.endswith("\n"):
            shown.append("\\ No newline at end of file\n")
    return "".join(shown)


def _quoted(name: str, *, git: bool = False) -> str:
    r"""Return a file name as git writes it in a diff: in quotes with octal escapes where it is not plain.

    `git` says that it stands in a line that only git reads.
    """
    if _QUOTED.search(name):
        return '"' + _QUOTED.sub(lambda found: "".join(_octal(found[0])), name) + '"'
    # After a name with a space, a tab tells `patch` where the name ends.
    return f"{name}\t" if " " in name and not git else name


def _octal(character: str) -> Iterator[str]:
    """Yield the escapes of the bytes of one character of a file name."""
    is_byte = "\udc80" <= character <= "\udcff"
    for byte in character.encode("utf-8", "surrogateescape" if is_byte else "surrogatepass"):
        yield f"\\{byte:03o}"
