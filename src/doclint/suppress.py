"""Comments that silence findings.

    <!-- doclint-disable-next-line RULE, RULE: reason -->
    <!-- doclint-disable RULE -->  ...  <!-- doclint-enable RULE -->
    <!-- doclint-disable-file RULE: reason -->

Without a rule all rules are meant. What silences nothing is itself reported, by `unused-suppression`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from doclint.lines import LineMap
from doclint.model import Comment, Finding, Hit

_DIRECTIVE = re.compile(r"doclint-(?P<verb>disable-next-line|disable-file|disable|enable)(?P<names>[\s\w,-]*)(?::.*)?", re.DOTALL)
_END = 1 << 62


class _Verb(Enum):
    NEXT_LINE = "disable-next-line"
    FILE = "disable-file"
    DISABLE = "disable"
    ENABLE = "enable"


@dataclass(slots=True)
class _Silence:
    """One rule (None: all rules) silenced on lines `first` to `last`, by `comment`."""

    comment: Comment
    rule: str | None
    first: int
    last: int = _END
    used: bool = False


@dataclass(slots=True)
class Silences:
    """All that the comments of one page silence, and hits for the comments that mean nothing."""

    silences: list[_Silence] = field(default_factory=list)
    mistakes: list[Hit] = field(default_factory=list)

    def silence(self, finding: Finding) -> bool:
        """Tell whether a comment silences `finding`, and remember that the comment was needed."""
        line = finding.place.line
        hits = [
            silence
            for silence in self.silences
            if silence.rule in (None, finding.rule) and silence.first <= line <= silence.last
        ]
        for silence in hits:
            silence.used = True
        return bool(hits)

    def unused(self, ran: Collection[str]) -> Iterator[Hit]:
        """Yield a hit for each comment that silenced nothing; `ran` names the rules that could have found something."""
        yield from self.mistakes
        for silence in self.silences:
            if silence.used or (silence.rule is not None and silence.rule not in ran):
                continue
            what = f'"{silence.rule}"' if silence.rule else "any rule"
            yield Hit(silence.comment.span, f"nothing here is found by {what}", "remove the comment")


def read(comments: Sequence[Comment], lines: LineMap, rules: Collection[str]) -> Silences:
    """Return what `comments`, in the order of the page, silence; `lines` maps the text that their spans lie in."""
    found = Silences()
    open_silences: list[_Silence] = []
    for comment in sorted(comments, key=lambda comment: comment.span):
        match = _DIRECTIVE.fullmatch(comment.text)
        if match is None:
            words = ", ".join(f"doclint-{verb.value}" for verb in _Verb)
            found.mistakes.append(Hit(comment.span, "doclint does not know this comment", f"it knows {words}"))
            continue
        names = re.findall(r"[\w-]+", match["names"])
        unknown = [name for name in names if name not in rules]
        found.mistakes += [
            Hit(comment.span, f'there is no rule "{name}"', "`doclint rules` lists them") for name in unknown
        ]
        known = [name for name in names if name in rules]
        if unknown and not known:
            continue
        _apply(_Verb(match["verb"]), comment, known or [None], lines, found, open_silences)
    return found


def _apply(
    verb: _Verb,
    comment: Comment,
    rules: Sequence[str | None],
    lines: LineMap,
    found: Silences,
    open_silences: list[_Silence],
) -> None:
    first = lines.line_of(comment.span.start)
    last = lines.line_of(max(comment.span.start, comment.span.end - 1))
    match verb:
        case _Verb.NEXT_LINE:
            found.silences += [_Silence(comment, rule, last + 1, last + 1) for rule in rules]
        case _Verb.FILE:
            found.silences += [_Silence(comment, rule, 1) for rule in rules]
        case _Verb.DISABLE:
            new = [_Silence(comment, rule, first) for rule in rules]
            found.silences += new
            open_silences += new
        case _Verb.ENABLE:
            ended = [silence for silence in open_silences if rules == [None] or silence.rule in rules]
            if not ended:
                found.mistakes.append(
                    Hit(comment.span, "nothing is disabled here that could be enabled", "remove the comment")
                )
            for silence in ended:
                silence.last = last
                open_silences.remove(silence)
