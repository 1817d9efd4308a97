r"""[disk] Known findings, kept in a file so that only new ones are reported.

A finding is known by its page, its rule, the words that it stands on and a digest of its line: it stays known wherever
the line moves on the page, and becomes news when the line is changed. The file is JSON with one entry a line, sorted,
so that branches can be merged:

    {"version": 1, "findings": [
    {"path": "a.md", "rule": "missing-file", "text": "gone.md", "line": "9d5c8e0a41f7b326", "count": 1}
    ]}
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from doclint.model import Finding, Place, Span, UsageError
from doclint.rules import stale_baseline
from doclint.value import Value
from doclint.write import WriteError, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

VERSION = 1
_LONGEST = 80
"""So many characters of what a finding stands on are kept; a damaged line may be very long."""
_KEYS = {"path": str, "rule": str, "text": str, "line": str, "count": int}


class BaselineError(UsageError):
    """The baseline cannot be used. Its text is one line: the file, what is wrong, what to do."""


class Known(Value, order=True):
    """What a finding is known by; `line` is a digest of the line that it begins on."""

    path: str
    rule: str
    text: str
    line: str


class Baseline(Value):
    """The known findings.

    Attributes:
        file: The file, as the user named it.
        counts: How often each finding is known.
        lines: In which line of the file each stands, and the text of that line.
    """

    file: str
    counts: Mapping[Known, int]
    lines: Mapping[Known, tuple[int, str]]


def read(file: str, *, perhaps: bool = False) -> Baseline | None:
    """Read a baseline.

    Args:
        file: Its path, from the current folder.
        perhaps: Whether there need not be one; None is returned then.

    Raises:
        BaselineError: The file is not there, cannot be read, or is no baseline.
    """
    try:
        with open(file, "rb") as stream:
            data = stream.read()
    except FileNotFoundError as error:
        if perhaps:
            return None
        raise BaselineError(f"--baseline: there is no file {file!r}; `--write-baseline` with it makes it") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BaselineError(f"--baseline: {file!r} cannot be read: {reason}; see to its permissions") from error
    try:
        text = data.decode("utf-8")
        return Baseline(file, *_parsed(text))
    except (ValueError, RecursionError) as error:  # also what is not UTF-8 or not JSON
        why = "it was merged with conflicts" if b"<<<<<<<" in data else str(error)
        raise BaselineError(f"--baseline: {file!r} is no baseline: {why}; delete it and write it anew") from error


def _parsed(text: str) -> tuple[dict[Known, int], dict[Known, tuple[int, str]]]:
    table = json.loads(text)
    if not isinstance(table, dict) or not isinstance(table.get("findings"), list):
        raise ValueError('expected an object with "version" and "findings"')  # noqa: TRY004 - a fault like the others
    if table.get("version") != VERSION:
        raise ValueError(f"expected version {VERSION}, found {table.get('version')!r}")
    counts: dict[Known, int] = {}
    for entry in table["findings"]:
        known, count = _entry(entry)
        # Two branches may have added the same one.
        counts[known] = max(count, counts.get(known, 0))
    lines: dict[Known, tuple[int, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            known, _ = _entry(json.loads(line.strip().removesuffix(",")))
        except ValueError:
            continue
        lines.setdefault(known, (number, line))
    return counts, lines


def _entry(entry: Any) -> tuple[Known, int]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(entry, dict) or entry.keys() != _KEYS.keys():
        raise ValueError(f"expected entries with {', '.join(_KEYS)}, found {entry!r}")
    for key, kind in _KEYS.items():
        if type(entry[key]) is not kind:
            raise ValueError(f"{key}: expected {'a number' if kind is int else 'a string'}, found {entry[key]!r}")
    return Known(entry["path"], entry["rule"], entry["text"], entry["line"]), entry["count"]


def known_by(finding: Finding) -> Known:
    """Return what a finding is known by."""
    line = finding.excerpt
    place = finding.place
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    text = "" if finding.of_file else line[place.column - 1 : end][:_LONGEST]
    digest = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Known(finding.path, finding.rule, text, digest)


def unknown(
    found: Iterable[Finding], baseline: Baseline, origin: Callable[[str], str]
) -> tuple[list[Finding], Counter[Known]]:
    """Return the findings that are not known, and how often each entry was not found.

    Args:
        found: What was found.
        baseline: What is known.
        origin: The path on the disk of the page of a finding.
    """
    left = Counter(baseline.counts)
    new: list[Finding] = []
    for finding in found:
        known = known_by(finding)
        known = Known(origin(known.path), known.rule, known.text, known.line)
        if left[known] > 0:
            left[known] -= 1
        else:
            new.append(finding)
    return new, +left


def stale(
    left: Mapping[Known, int], baseline: Baseline, root: str, was_judged: Callable[[str, str], bool]
) -> list[Finding]:
    """Return a finding for each entry of a baseline that no longer occurs, or not so often.

    Args:
        left: How often each was not found.
        baseline: What is known.
        root: Absolute path of the root.
        was_judged: Tells of a page and a rule whether this run could have found something.
    """
    path = os.path.relpath(os.path.abspath(baseline.file), root).replace(os.sep, "/")
    found = []
    for known, count in sorted(left.items()):
        if not was_judged(known.path, known.rule):
            continue
        number, line = baseline.lines.get(known, (1, ""))
        about = f' at "{known.text}"' if known.text else ""
        before = baseline.counts[known]
        now = before - count
        often = f"only {_times(now)}, not {_times(before)}," if now else ""
        found.append(
            Finding(
                rule=stale_baseline.RULE.name,
                severity=stale_baseline.RULE.severity,
                path=path,
                span=Span(0, 0),
                place=Place(number, 1, number, len(line) + 1),
                message=f"{known.rule}{about} is {f'found {often}' if now else 'no longer found'} in {known.path}",
                help="`doclint check --write-baseline` with this baseline takes the entry out",
                excerpt=line,
            )
        )
    return found


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def written(baseline: Baseline | None, found: Iterable[Finding], was_judged: Callable[[str, str], bool]) -> str:
    """Return the text of a baseline that holds what was found, and of the older one what this run did not judge."""
    counts = Counter(map(known_by, found))
    for known, count in baseline.counts.items() if baseline is not None else ():
        if not was_judged(known.path, known.rule):
            counts[known] = count
    entries = [
        {"path": known.path, "rule": known.rule, "text": known.text, "line": known.line, "count": count}
        for known, count in sorted(counts.items())
    ]
    # What cannot be seen, or is no text at all, is written as an escape.
    lines = [json.dumps(entry, ensure_ascii=not "".join(map(str, entry.values())).isprintable()) for entry in entries]
    return f'{{"version": {VERSION}, "findings": [\n' + ",\n".join(lines) + ("\n" if lines else "") + "]}\n"


def save(file: str, text: str) -> None:
    """Put the text of a baseline in the place of a file, as a whole or not at all.

    Raises:
        BaselineError: The disk refuses.
    """
    try:
        put(os.path.realpath(file), text.encode("utf-8"))
    except WriteError as error:
        raise BaselineError(f"--write-baseline: {file!r} cannot be written: {error}; name another file") from error
