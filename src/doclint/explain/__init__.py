"""[disk] Why what is on one line is right or wrong, step by step, as `doclint explain PATH:LINE[:COLUMN]` tells it.

The steps are those of a check, told while they are taken once more: nothing is judged here that a check judges
otherwise.

links       from a destination to what git and the host say of it
damaged     from damaged text to its code pages
silences    which rule reports, and what keeps it silent
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.discover import discover, name_below
from doclint.explain import damaged, links
from doclint.explain.silences import Silencers
from doclint.explain.values import Explained, Explanation, Verdict
from doclint.guess import areas_for
from doclint.library import Library
from doclint.lines import DiskMap, LineMap
from doclint.model import Repaired, Span, Unreadable, UsageError
from doclint.reading import Wanted
from doclint.repair import suspicious
from doclint.rules import BY_NAME, RULES, Chosen
from doclint.rules.base import Group
from doclint.stamp import every_finding
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doclint.index import RepoIndex
    from doclint.model import Damage, Finding, Link, Page
    from doclint.settings import Settings

__all__ = ["Explained", "Explanation", "Verdict", "explain", "place_of"]

_PLACE = re.compile(r"(?s)(.+?):(\d{1,9})(?::(\d{1,9}))?")


def place_of(words: str) -> tuple[str, int, int | None]:
    """Return the file, line and column that `PATH:LINE[:COLUMN]` names; both count from 1.

    Raises:
        UsageError: It names no line.

    >>> place_of("docs/a.md:12:4")
    ('docs/a.md', 12, 4)
    """
    match = _PLACE.fullmatch(words)
    if match is None:
        raise UsageError(f"{words!r} names no line; give PATH:LINE or PATH:LINE:COLUMN, as a report does")
    column = int(match[3]) if match[3] else None
    if int(match[2]) == 0 or column == 0:
        raise UsageError(f"{words!r}: lines and columns count from 1")
    return match[1], int(match[2]), column


def explain(  # noqa: PLR0913 - a place of three parts, and what holds there
    file: str, line: int, column: int | None, settings: Settings, cwd: str, *, flagged: bool = False
) -> Explanation:
    """Explain each link and each damaged text on a line, or those at a column of it.

    Args:
        file: The page, from the current folder.
        line: From 1, on the disk.
        column: From 1; None for the whole line.
        settings: What the user wants.
        cwd: Absolute path of the current folder.
        flagged: Whether a flag, not the settings file, says which flavour is meant.

    Raises:
        UsageError: There is no such page, line or column, or the settings are wrong.
    """
    # A page that the settings leave out has its reasons, too.
    files = discover([file], replace(settings, exclude=()), cwd)
    path = name_below(files.root, cwd, file)
    if path not in files.pages:
        raise UsageError(f"{file!r} is no file; name a page, a line and perhaps a column: PATH:LINE[:COLUMN]")
    areas, guesses = areas_for(settings, files)
    chosen = Chosen(settings.select, settings.ignore, settings.per_file_ignores)
    wanted = Wanted(settings.formats, settings.wiki_links, settings.confidence, verdicts_of_names=True)
    index = Library(files, areas, wanted=wanted).index({})
    page = index.pages[path]
    match page.content:
        case Unreadable(reason=reason):
            raise UsageError(f"{file!r} cannot be read: {reason}; name a text file")
        case Repaired(source=source):
            lines = LineMap(source.text)
    last = len(lines) - source.text.endswith(("\n", "\r"))
    if line > max(last, 1):
        raise UsageError(f"{file}:{line}: there is no such line; the page has {last}")
    text = lines.line(line)
    if column is not None and column > len(text) + 1:
        raise UsageError(f"{file}:{line}:{column}: there is no such column; the line has {len(text)} characters")
    asked = lines.span_of_line(line)
    if column is not None:
        start = min(asked.end, asked.start + column - 1)
        asked = Span(start, start + 1)
    rules = [rule for rule in RULES if rule.default or rule in chosen.everywhere]
    read = _Read(page, page.content, index, links.Reasons(settings, guesses, flagged=flagged))
    there = _There(read, lines, asked, every_finding(page, index, rules))
    things = (*there.damages(), *there.links(), *there.other())
    things = tuple(sorted(things, key=lambda thing: (thing.place.line, thing.place.column)))
    return Explanation(path, files.root, line, text, things, "" if things else _silence(text, page.content))


class _Read(Value):
    """A page that was read, and what is known of it."""

    page: Page
    content: Repaired
    index: RepoIndex
    reasons: links.Reasons


class _There:
    """What is at the place that is asked for, of all that is `found` on the page."""

    def __init__(self, read: _Read, lines: LineMap, asked: Span, found: Sequence[Finding]) -> None:
        self._read = read
        self._lines = lines
        self._asked = asked
        self._disk = DiskMap(read.content.edits)
        self._found = [finding for finding in found if self._touches(finding.span)]
        self._told: set[Finding] = set()
        self._silencers = Silencers(read.page, read.reasons.settings)

    def links(self) -> Iterable[Explained]:
        for link in self._read.page.parsed.links:
            span = self._disk.on_disk(link.span)
            if self._touches(span):
                yield self._link(link, span)

    def _link(self, link: Link, span: Span) -> Explained:
        read = self._read
        steps, judged = links.why(read.page, link, read.index, read.reasons)
        reports, rules = self._reports(span, encoding=False)
        verdict = Verdict.WRONG if rules else Verdict.RIGHT if judged else Verdict.NOT_JUDGED
        what = f"the link {read.index.written(read.page, link) or '(without a destination)'}"
        place = self._lines.place(self._disk.on_disk(link.destination_span))
        return Explained(what, place, verdict, (*steps, *reports), rules)

    def damages(self) -> Iterable[Explained]:
        for damage in self._read.content.damages:
            if self._touches(damage.span):
                yield self._damage(damage)

    def _damage(self, damage: Damage) -> Explained:
        steps = damaged.why(damage, self._read.content.source.text, self._read.content.damages)
        reports, rules = self._reports(damage.span, encoding=True)
        return Explained("the text", self._lines.place(damage.span), Verdict.DAMAGED, (*steps, *reports), rules)

    def other(self) -> Iterable[Explained]:
        """Yield what rules report at the place, and no link or damage is."""
        for finding in self._found:
            if finding not in self._told:
                what = "the file" if finding.of_file else "this"
                steps = tuple(self._report(finding))
                yield Explained(what, finding.place, Verdict.WRONG, steps, (finding.rule,))

    def _touches(self, span: Span) -> bool:
        return span.start < self._asked.end and self._asked.start < max(span.end, span.start + 1)

    def _reports(self, span: Span, *, encoding: bool) -> tuple[list[str], tuple[str, ...]]:
        """Return what is reported on a stretch of the page, and the rules that report it."""
        sentences: list[str] = []
        rules: list[str] = []
        for finding in self._found:
            if _is_of_encoding(finding) is encoding and span.overlaps(finding.span):
                self._told.add(finding)
                sentences += self._report(finding)
                rules.append(finding.rule)
        return sentences or ["No rule reports it."], tuple(dict.fromkeys(rules))

    def _report(self, finding: Finding) -> Iterable[str]:
        yield f"Rule {finding.rule} reports it ({finding.severity.value}): {finding.message}."
        yield from (f"Help: {line}" for line in finding.help.splitlines())
        yield self._silencers.of(finding) or "Nothing silences it."


def _is_of_encoding(finding: Finding) -> bool:
    return BY_NAME[finding.rule].group is Group.ENCODING


def _silence(text: str, content: Repaired) -> str:
    """Say why there is nothing to explain."""
    if content.quoted and suspicious(text):
        codecs = ", ".join(sorted(content.quoted))
        return f"what looks like damage by {codecs} on this page is quoted as an example, and left alone"
    if suspicious(text):
        return "there is no link; something looks like damage, but no code page gives a clearly more natural text"
    return "there is no link and no damage"
