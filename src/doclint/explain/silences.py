"""Which rule reports a finding, and what silences it: the settings, a comment, or the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint import baseline, suppress
from doclint.lines import LineMap
from doclint.model import Repaired
from doclint.rules import BY_NAME, Chosen

if TYPE_CHECKING:
    from doclint.model import Finding, Page
    from doclint.settings import Settings


class Silencers:
    """What silences findings on a page.

    Args:
        page: The page.
        settings: What the user wants.

    Raises:
        UsageError: The baseline that the settings name cannot be used.
    """

    def __init__(self, page: Page, settings: Settings) -> None:
        self._chosen = Chosen(settings.select, settings.ignore, settings.per_file_ignores)
        self._on_page = {rule.name for rule in self._chosen.on(page.path)}
        self._comments = suppress.Silences()
        self._lines: LineMap | None = None
        if isinstance(page.content, Repaired) and page.parsed.comments:
            self._lines = LineMap(page.content.text)
            self._comments = suppress.read(page.parsed.comments, self._lines, BY_NAME)
        self._baseline = baseline.read(settings.baseline, perhaps=True) if settings.baseline else None

    def of(self, finding: Finding) -> str:
        """Return what silences a finding, as a sentence; "" when nothing does."""
        name = finding.rule
        if name not in {rule.name for rule in self._chosen.everywhere}:
            return f"The settings do not select {name}, so it is not reported."
        if name not in self._on_page:
            return f"The setting `per-file-ignores` silences {name} on this page."
        for silence in self._comments.silences:
            if silence.first <= finding.place.line <= silence.last and silence.covers(name) and self._lines is not None:
                line = self._lines.line_of(silence.comment.span.start)
                return f"The comment <!-- {silence.comment.text} --> in line {line} silences it."
        if self._baseline is not None and baseline.known_by(finding) in self._baseline.counts:
            return f"The baseline {self._baseline.file} knows it, so it is not reported."
        return ""
