"""Characters that a line wrap cut in two.

Damaged text that was wrapped anew has line ends between the characters that stand for the bytes of one. Such a
character is put together in front of the line end, which stays. The bytes must fit exactly: what the earlier line ends
with lacks as many as the later one begins with. Both lines are then judged as if they had never been cut, and only
where all of both is damaged is anything changed: a bullet or a quotation mark that begins an intact line looks like
the rest of a character, too.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from doclint.lines import LineMap
from doclint.model import Damage, DamageKind, Edit, Safety, Span
from doclint.repair.codecs import LOST, SINGLE_BYTE, codec
from doclint.repair.scan import CONTINUATIONS, LEADS
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from doclint.repair.runs import Line

_LEADS = {2: range(0xC2, 0xE0), 3: range(0xE0, 0xF0), 4: range(0xF0, 0xF5)}
"""The first bytes of UTF-8, by the length of their characters (RFC 3629, section 4)."""


class Cut(Value):
    """A line end inside a character.

    Attributes:
        end: Where the earlier line ends.
        start: Where the rest of the character begins on the later line.
        length: How many characters of the text the rest is.
    """

    end: int
    start: int
    length: int


def code_page_of(lines: Sequence[Line]) -> str:
    """Return the single-byte codec that damaged most of the runs of a page; "" where none did."""
    names = Counter(run.codecs[0] if run.codecs else line.lost_in for line in lines for run in line.runs)
    known = [(count, name) for name, count in names.items() if name in SINGLE_BYTE]
    return max(known)[1] if known else ""


def cuts_in(text: str, name: str) -> list[Cut]:
    """Return the line ends of `text` that may cut a character that was misread in the codec `name`."""
    lengths = {codec(name).characters[lead]: length for length, leads in _LEADS.items() for lead in leads}
    return [
        Cut(found.end("head"), found.start("rest"), len(found["rest"]))
        for found in _pattern(name).finditer(text)
        if len(found["head"]) < lengths[found["head"][0]] == len(found["head"]) + len(found["rest"])
    ]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return what matches the beginning of a character, a line end with indentation, and the rest of a character.

    U+FFFD stands for any byte of it but the first. Behind it, the later line must go on with what begins no block of
    Markdown, so that it becomes neither another block nor an empty line.
    """
    characters = codec(name).characters
    lead = _class([characters[value] for value in LEADS])
    behind = _class([LOST, *(characters[value] for value in CONTINUATIONS)])
    return re.compile(
        f"(?P<head>{lead}{behind}{{0,2}})(?:\r\n?|\n)[ \t]*(?:>[ \t]*)*"
        f"(?P<rest>{behind}{{1,3}})(?!{behind})(?=[ \t]*[A-Za-z.,;!?'\")\x80-\U0010ffff])"
    )


def _class(characters: Sequence[str]) -> str:
    return "[" + re.escape("".join(characters)) + "]"


class Wrapped:
    """A page whose cut characters stand whole in front of the line end; places in it are not those on the disk.

    Attributes:
        cuts: Where they were cut, in places on the disk.
        text: The page, as long as before.
    """

    def __init__(self, text: str, cuts: Sequence[Cut]) -> None:
        self.cuts = cuts
        pieces = []
        position = 0
        for cut in cuts:
            rest = cut.start + cut.length
            pieces += [text[position : cut.end], text[cut.start : rest], text[cut.end : cut.start]]
            position = rest
        self.text = "".join([*pieces, text[position:]])
        line_map = LineMap(text)
        self._cut_after = {line_map.line_of(cut.end): cut for cut in cuts}

    def held(self, lines: Sequence[Line]) -> set[Cut]:
        """Return the cuts that must stay, since not all of both lines is damaged; `lines` are those of `text`."""
        by_number = {line.number: line for line in lines}
        return {
            cut
            for number, cut in self._cut_after.items()
            if not _is_damaged(by_number[number])
            or not (_is_damaged(by_number[number + 1]) if number + 1 in by_number else self._goes_on(cut))
        }

    def _goes_on(self, cut: Cut) -> bool:
        """Tell whether a word goes on behind a cut character: a bullet or a dash stands in front of a space."""
        return self.text[cut.start + cut.length].isalpha()

    def mark(self, lines: Sequence[Line]) -> None:
        """Say of `lines`, in place, which may not be written without asking.

        Where bytes go missing, or where nothing else on the later line is damaged, what fits may do so by chance.
        """
        numbers = {line.number for line in lines}
        missing = any(line.lost_in for line in lines)
        for line in lines:
            alone = line.number in self._cut_after and line.number + 1 not in numbers
            shared = line.number in self._cut_after or line.number - 1 in self._cut_after
            if alone or (missing and shared):
                line.sure = False

    def on_disk(self, lines: Sequence[Line], by_line: Mapping[int, Damage]) -> tuple[Damage, ...]:
        """Return the damages of a page's lines in places on the disk; those that share a character are one.

        Args:
            lines: The lines of `text` that are not ASCII.
            by_line: What is known of the damaged ones, in places of `text`, by their numbers.
        """
        damages: list[Damage] = []
        together: list[Line] = []
        for line in lines:
            if together and not (line.number - 1 == together[-1].number in self._cut_after):
                damages += self._joined([by_line.get(each.number) for each in together])
                together = []
            together.append(line)
        return (*damages, *self._joined([by_line.get(each.number) for each in together]))

    def _joined(self, found: Sequence[Damage | None]) -> tuple[Damage, ...]:
        """Return the damages of lines that share characters as one: all of it is repaired, or nothing."""
        damages = [damage for damage in found if damage is not None]
        if not damages:
            return ()
        span = Span(damages[0].span.start, damages[-1].span.end)
        cuts = [cut for cut in self.cuts if span.start < cut.end < span.end]
        if len(found) == 1 and not cuts:
            return (damages[0],)
        end = max([span.end, *(cut.start + cut.length for cut in cuts)])
        lossy = [damage for damage in damages if damage.kind is DamageKind.LOSSY]
        known = replace(lossy[0] if lossy else damages[0], span=Span(span.start, end), cut=True)
        edits = [edit for damage in damages for edit in damage.edits]
        if len(damages) < len(found) or not all(any(_holds(edit, cut) for edit in edits) for cut in cuts):
            return (replace(known, kind=DamageKind.LOSSY, edits=(), safety=Safety.DISPLAY, held=len(found)),)
        pieces = tuple(piece for edit in edits for piece in _pieces(edit, cuts))
        safety = min(damage.safety for damage in damages)
        return (replace(known, edits=pieces, safety=safety, held=sum(damage.held for damage in damages)),)


def _is_damaged(line: Line) -> bool:
    """Tell whether all runs of a line were damaged."""
    return bool(line.lost_in) or all(run.codecs for run in line.runs)


def _holds(edit: Edit, cut: Cut) -> bool:
    """Tell whether an edit, in places of the text without cuts, replaces the whole character that was cut."""
    return edit.span.start < cut.end and edit.span.end >= cut.end + cut.length


def _pieces(edit: Edit, cuts: Collection[Cut]) -> tuple[Edit, ...]:
    """Return an edit in places on the disk: one that replaces a cut character takes its rest from the later line."""
    for cut in cuts:
        if _holds(edit, cut) and edit.span.start < cut.end < edit.span.end <= cut.start + cut.length:
            rest = Edit(Span(cut.start, cut.start + cut.length), "")
            return replace(edit, span=Span(edit.span.start, cut.end)), rest
    return (edit,)
