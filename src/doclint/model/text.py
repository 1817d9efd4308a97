"""Stretches of a text, and the error that ends a run."""

from __future__ import annotations

from doclint.value import Value


class UsageError(Exception):
    """Wrong use or wrong settings: one line that says what is wrong and what to do. Ends the run with exit code 2."""


class Span(Value, order=True):
    """A stretch of a text: the characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers in `text`."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the same stretch, `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character, or one is an insertion inside the other."""
        return self.start < other.end and other.start < self.end
