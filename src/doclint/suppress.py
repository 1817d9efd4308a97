"""Comments that silence findings.

    <!-- doclint-disable-next-line RULE, RULE: reason -->
    <!-- doclint-disable RULE -->  ...  <!-- doclint-enable RULE -->
    <!-- doclint-disable-file RULE: reason -->

Without a rule all rules are meant. What silences nothing is itself reported, by `unused-suppression`.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from doclint.model import Comment, Finding, Hit
from doclint.value import Draft, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from doclint.lines import LineMap

_DIRECTIVE = r"(?s)doclint-(?P<verb>disable-next-line|disable-file|disable|enable)(?![\w-])(?P<names>[\s\w,-]*)(?::.*)?"
_END = 1 << 62
UNUSED = "unused-suppression"
"""The rule that reports comments which silence nothing."""


class _Verb(Enum):
    NEXT_LINE = "disable-next-line"
    FILE = "disable-file"
    DISABLE = "disable"
    ENABLE = "enable"


class _Silence(Draft):
    """One rule (None: all rules) silenced on lines `first` to `last`, by `comment`."""

    comment: Comment
    rule: str | None
    first: int
    last: int = _END
    used: bool = False

    def covers(self, rule: str) -> bool:
        """Tell whether `rule` is meant; a comment for all rules does not silence what is said about comments."""
        return self.rule == rule or (self.rule is None and rule != UNUSED)


class Silences(Draft):
    """All that the comments of one page silence, and hits for the comments that mean nothing."""

    silences: list[_Silence] = field(default_factory=list)
    mistakes: list[Hit] = field(default_factory=list)

    def silence(self, finding: Finding) -> bool:
        """Tell whether a comment silences `finding`, and remember that the comment was needed."""
        line = finding.place.line
        hits = [
            silence
            for silence in self.silences
            if silence.first <= line <= silence.last and silence.covers(finding.rule)
        ]
        for silence in hits:
            silence.used = True
        return bool(hits)

    def unused(self, ran: Collection[str]) -> Iterator[Hit]:
        """Yield a hit for each comment that silenced nothing; `ran` names the rules that could have found something.

        What is said about comments can itself be silenced, so that comments for that are judged when all else is said.
        """
        yield from self.mistakes
        for silence in sorted(self.silences, key=lambda silence: silence.rule == UNUSED):
            if silence.used or (silence.rule is not None and silence.rule not in ran):
                continue
            what = f'"{silence.rule}"' if silence.rule else "any rule"
            needed = any(other.used for other in self.silences if other.comment is silence.comment)
            advice = f"remove {silence.rule} from the comment" if needed else "remove the comment"
            yield Hit(silence.comment.span, f"nothing here is found by {what}", advice)


def read(comments: Sequence[Comment], lines: LineMap, rules: Collection[str]) -> Silences:
    """Return what `comments`, in the order of the page, silence; `lines` maps the text that their spans lie in."""
    reader = _Reader(lines)
    for comment in sorted(comments, key=lambda comment: comment.span):
        match = re.fullmatch(_DIRECTIVE, comment.text)
        if match is None:
            words = ", ".join(f"doclint-{verb.value}" for verb in _Verb)
            reader.mistake(comment, "doclint does not know this comment", f"it knows {words}")
            continue
        names = re.findall(r"[\w-]+", match["names"])
        for name in names:
            if name not in rules:
                reader.mistake(comment, f'there is no rule "{name}"', "`doclint rules` lists them")
        known = [name for name in names if name in rules]
        if known or not names:
            reader.obey(_Verb(match["verb"]), comment, known or [None])
    return reader.found


class _Reader:
    """Reads one directive after the other, remembering what is disabled."""

    def __init__(self, lines: LineMap) -> None:
        self.found = Silences()
        self._lines = lines
        self._disabled: list[_Silence] = []

    def mistake(self, comment: Comment, message: str, advice: str) -> None:
        self.found.mistakes.append(Hit(comment.span, message, advice))

    def obey(self, verb: _Verb, comment: Comment, rules: Sequence[str | None]) -> None:
        first = self._lines.line_of(comment.span.start)
        last = self._lines.line_of(max(comment.span.start, comment.span.end - 1))
        match verb:
            case _Verb.NEXT_LINE:
                self.found.silences += [_Silence(comment, rule, last + 1, last + 1) for rule in rules]
            case _Verb.FILE:
                self.found.silences += [_Silence(comment, rule, 1) for rule in rules]
            case _Verb.DISABLE:
                new = [_Silence(comment, rule, first) for rule in rules]
                self.found.silences += new
                self._disabled += new
            case _Verb.ENABLE:
                self._enable(comment, rules, last)

    def _enable(self, comment: Comment, rules: Sequence[str | None], last: int) -> None:
        ended = [silence for silence in self._disabled if None in rules or silence.rule in rules]
        if not ended:
            self.mistake(comment, "nothing is disabled here that could be enabled", "remove the comment")
        for silence in ended:
            silence.last = last
            self._disabled.remove(silence)
