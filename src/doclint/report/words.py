"""The counts of an outcome, and the sentences that say them; the same in every form."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from doclint.model import Safety, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from doclint.model import Finding, HeldBack, Outcome, Summary
    from doclint.report.options import Command


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun; `many` is the plural where it is not `one` with an s.

    >>> counted(1, "page"), counted(1204, "page")
    ('1 page', '1,204 pages')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def floored(posterior: float) -> str:
    """Return how likely something is at least, with two digits.

    >>> floored(0.999), floored(0.57), floored(1)
    ('0.99', '0.57', '1.00')
    """
    return f"{int(posterior * 100 + 1e-9) / 100:.2f}"


def severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, the worst first; none is left out."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def fixable(findings: Iterable[Finding]) -> tuple[int, int]:
    """Return how many findings `fix` can mend, and how many more `fix --unsafe` can."""
    counts = Counter(finding.fix.safety for finding in findings if finding.fix is not None)
    return counts[Safety.SAFE], counts[Safety.UNSAFE]


def by_rule(findings: Iterable[Finding]) -> list[tuple[str, Severity, list[Finding]]]:
    """Return the findings of each rule and severity, those of the most frequent first."""
    groups: defaultdict[tuple[str, Severity], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule, finding.severity].append(finding)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0][0]))
    return [(rule, severity, found) for (rule, severity), found in ordered]


def summary_sentences(outcome: Outcome, command: Command) -> list[str]:
    """Return what was found, what can be fixed, and what was not checked; at least one sentence."""
    sentences = (
        _what_was_found(outcome),
        _what_can_be_fixed(outcome, command),
        _what_was_not_checked(outcome.summary),
    )
    return [sentence for sentence in sentences if sentence]


def _what_was_found(outcome: Outcome) -> str:
    """Return the sentence about the findings ("3 errors in 2 of 125 pages"), or that there are none."""
    summary = outcome.summary
    if not outcome.findings:
        if summary.pages == 0:
            return "nothing to check in this change" if outcome.change_only else "no Markdown pages found"
        calm = "nothing else found" if outcome.held_back else "all good"
        return f"{calm}: {counted(summary.pages, 'page')}, {counted(summary.links, 'link')}"
    counts = severities(outcome.findings).items()
    found = ", ".join(counted(count, severity.value) for severity, count in counts if count)
    pages = len({finding.path for finding in outcome.findings})
    # A finding may also lie in a file that is not one of the pages; "2 of 1 page" would be nonsense.
    where = f"{pages:,} of {counted(summary.pages, 'page')}" if pages <= summary.pages else counted(pages, "page")
    return f"{found} in {where}"


def _what_can_be_fixed(outcome: Outcome, command: Command) -> str:
    """Return the sentence about fixes that wait, or "".

    After `fix`, only what it needs leave for counts: a certain fix that is still there was held back, for the
    reason that stands above.
    """
    if command == "check":
        safe, unsafe = fixable(outcome.findings)
    else:
        held = {held.path for held in outcome.held_back}
        safe, unsafe = 0, fixable(finding for finding in outcome.findings if not _touches(finding, held))[1]
    if safe and unsafe:
        return f"{safe:,} can be fixed by `doclint fix`, {unsafe:,} more with `--unsafe`"
    if safe:
        return f"{safe:,} can be fixed by `doclint fix`"
    if unsafe:
        return f"{unsafe:,} can be fixed by `doclint fix --unsafe`"
    return ""


def _touches(finding: Finding, held: Collection[str]) -> bool:
    """Tell whether a finding lies in one of the files or folders `held`, or wants to rename it."""
    return finding.path in held or (finding.fix is not None and any(name.old in held for name in finding.fix.renames))


def _what_was_not_checked(summary: Summary) -> str:
    """Return the sentence about what doclint did not look at or kept to itself, or ""."""
    skipped = ", ".join(
        counted(number, one, many)
        for number, one, many in (
            (summary.web, "link to the web", "links to the web"),
            (summary.other, "mailto or other link", "mailto and other links"),
            (summary.unknown, "fragment doclint cannot judge", "fragments doclint cannot judge"),
        )
        if number
    )
    suppressed = f"{counted(summary.suppressed, 'finding')} suppressed" if summary.suppressed else ""
    known = f"{counted(summary.known, 'finding')} known" if summary.known else ""
    return "; ".join(part for part in (skipped and f"not checked: {skipped}", suppressed, known) if part)


def why_held_back(held: HeldBack) -> str:
    """Return the reason why a file was not written, and whose fault it is when it is ours."""
    return f"{held.reason} (a fault of doclint: please report it)" if held.ours else held.reason
