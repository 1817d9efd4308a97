"""Skims a page: reads stretch after stretch of ordinary lines, and stops where a line needs the block reader.

What it finds goes into the same notes as what the block reader finds. A method reads one token of the grammar; it
returns where to go on, or None where the line is not ordinary after all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from doclint.model import KINDS, LinkKind
from doclint.parse.bare import bare_url
from doclint.parse.fast import stretches
from doclint.parse.fast.destinations import unescaped
from doclint.parse.fast.indents import Indents, code_lines
from doclint.parse.fast.raw_html import block_end, interrupts
from doclint.parse.fast.records import RawHtml, Tag, Title, Words
from doclint.parse.fast.rows import cells, rows_at, speaks
from doclint.parse.html_links import only_links
from doclint.parse.html_speech import LINKS, TO_DOCLINT, either_case, may_speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.parse.fast.records import Notes, SkimRecord
    from doclint.parse.fast.rows import Rows

_INLINE, _IMAGE, _AUTOLINK, _BARE, _HTML = map(
    KINDS.index, (LinkKind.INLINE, LinkKind.IMAGE, LinkKind.AUTOLINK, LinkKind.BARE, LinkKind.HTML)
)
# Numbers of groups are found sooner than names, and there are very many links and headings.
_GROUPS = stretches.TOKEN.groupindex
_LINK, _DESTINATION = _GROUPS["link"], _GROUPS["destination"]
# Headings in which nothing has a meaning here, or nothing but code and an anchor in front.
_HEADINGS: dict[str, tuple[int, int, type[Words | Title]]] = {
    "words": (_GROUPS["level"], _GROUPS["text"], Words),
    "title": (_GROUPS["mark"], _GROUPS["named"], Title),
}
# What is more than an anchor: a link of any syntax, a heading in raw HTML, a comment that speaks to doclint.
_SAYS_MORE = re.compile(rf"\](?=[(\[])|://|<[^<>]*[:@]|{'|'.join(map(either_case, LINKS))}|</?[hH][1-6]|{TO_DOCLINT}")
_DELIMITERS = re.compile(r"\n[ ]{0,3}[|:-]")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)", re.MULTILINE)
_OF_HEADING = re.compile(r"</?[hH][1-6]")
_OPENS_LINK = re.compile(r"<[aA](?![A-Za-z0-9-])")
_CLOSES_LINK = re.compile(r"</[aA]\s*+>")
# Right behind a mark of its block an address is one, too, but that only the block reader sees.
_SCHEME_BEHIND_MARK = re.compile(r"[|>]https?\Z", re.IGNORECASE)


def skim(text: str, start: int, notes: Notes) -> tuple[int, int]:
    """Read from `start`, where a block of the page begins, as far as lines are ordinary; note what they say.

    Returns where the block begins that could not be read, and the line in it that was not ordinary; both are the end
    of the text if there is none.
    """
    return _Skim(text, start, notes).read()


def _says_more(written: str) -> bool:
    """Tell whether a heading or raw HTML says more than which anchor it is."""
    # Without any of these signs there is nothing to search for, as in nearly all headings.
    if "<" not in written and "](" not in written and "][" not in written and "://" not in written:
        return False
    return _SAYS_MORE.search(written) is not None


class _Skim:
    """One run of ordinary lines."""

    def __init__(self, text: str, start: int, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        # Here begins a block; what is noted further on may have to be read anew.
        self._base = start
        self._indents: Indents | None = None
        self._in_table = False
        # Bare addresses in front of this are the text of a link in raw HTML.
        self._link_ends = 0

    def read(self) -> tuple[int, int]:
        """Read to the end, or to what is not ordinary."""
        end = len(self._text)
        position = self._base - 1
        if position < 0:
            # Nothing but a heading can be read without the line end in front of it.
            first = self._heading_at(0) if self._text.startswith("#") else None
            if first is None:
                return 0, 0
            position = first
        while position < end:
            position, stop = self._tokens(position, end)
            if stop is not None:
                return self._back_to_margin(stop), stop
        return end, end

    def _tokens(self, position: int, end: int) -> tuple[int, int | None]:
        """Read tokens from `position` to `end`; return where to go on, and what was not ordinary, if anything."""
        text, links, records = self._text, self._notes.links, self._notes.records
        for token in stretches.TOKEN.finditer(text, position, end):
            kind = token.lastgroup
            if kind == "link":
                start, behind = token.span(_LINK)
                first, last = token.span(_DESTINATION)
                if text[first] == "<":
                    first, last = first + 1, last - 1
                destination = unescaped(text[first:last])
                links.append((_IMAGE if text[start] == "!" else _INLINE, destination, start, behind, first, last))
            elif (heading := _HEADINGS.get(kind or "")) is not None:
                level, said, record = heading
                start, behind = token.span(level)
                below = text[start - 2] != "\n" and self._is_below_text(start)
                if below is None:
                    return start, start
                first, last = token.span(said)
                records.append(record(behind - start, text[first:last], first, below))
            elif kind == "mute":
                self._base = token.end() + 1
            elif kind != "bracket":
                after = self._METHODS[kind or ""](self, token, end)
                if after is None:
                    start = token.start(kind or 0)
                    return start, start
                if after != token.end():
                    return after, None
        return end, None

    def _stretch(self, start: int, end: int) -> bool:
        """Read a part of a line, or of a table; tell whether it is ordinary."""
        while start < end:
            start, stop = self._tokens(start, end)
            if stop is not None:
                return False
        return True

    def _end(self, token: re.Match[str], end: int) -> int:
        del token
        return end

    def _stop(self, token: re.Match[str], end: int) -> None:
        del token, end

    # ---------------------------------------------------------------------------------------------------- inside a line

    def _badge(self, token: re.Match[str], _end: int) -> int:
        """Read an image inside a link."""
        for kind, whole, name in ((_IMAGE, "image", "source"), (_INLINE, "badge", "around")):
            first, last = token.span(name)
            if self._text[first] == "<":
                first, last = first + 1, last - 1
            destination = unescaped(self._text[first:last])
            self._notes.links.append((kind, destination, *token.span(whole), first, last))
        return token.end()

    def _address(self, token: re.Match[str], _end: int) -> int:
        """Read an address in angle brackets."""
        start, behind = token.span("address")
        first, last = start + 1, behind - 1
        self._notes.links.append((_AUTOLINK, self._text[first:last], start, behind, first, last))
        return behind

    def _bare(self, token: re.Match[str], end: int) -> int | None:
        """Read an address that stands bare."""
        text, colon = self._text, token.start("bare")
        if colon < self._link_ends:
            return token.end()
        if (found := bare_url(text, colon, self._line_end(colon, end))) is None:
            return None if _SCHEME_BEHIND_MARK.search(text, max(0, colon - 6), colon) else token.end()
        first, last = found
        if "](" in text[first:last] or "][" in text[first:last]:
            return None  # it may stand in the text of a link, whose end that is
        self._notes.links.append((_BARE, text[first:last], first, last, first, last))
        return last

    def _tag(self, token: re.Match[str], end: int) -> int | None:
        """Read raw HTML that is one tag, or a comment."""
        tag, behind = token["tag"], token.end()
        if "\n" in tag or _OF_HEADING.match(tag):
            return None
        if _OPENS_LINK.match(tag):
            # The link must end where its beginning can be seen.
            if (closed := _CLOSES_LINK.search(self._text, behind, self._line_end(behind, end))) is None:
                return None
            self._link_ends = closed.start()
        start = token.start("tag")
        if may_speak(tag) and not self._only_links(tag, start):
            self._note(Tag(tag, start), tag)
        return behind

    def _line_end(self, position: int, end: int) -> int:
        found = self._text.find("\n", position, end)
        return found if found >= 0 else end

    # --------------------------------------------------------------------------------------------------- headings, code

    def _heading(self, token: re.Match[str], _end: int) -> int | None:
        return self._heading_at(token.start("heading"))

    def _heading_at(self, start: int) -> int | None:
        """Read a heading with more than words in it; return where its line ends."""
        text = self._text
        below = self._is_below_text(start)
        if (mark := _HEADING.match(text, start)) is None or below is None:
            return None
        line_end = text.index("\n", start)
        written = text[mark.end() : line_end].rstrip(" \t")
        if "|" in written and _DELIMITERS.match(text, line_end):
            return None  # to the reference parser these are the titles of a table
        unmarked = written.rstrip("#")
        if unmarked != written and unmarked[-1:] in ("", " ", "\t"):
            written = unmarked.rstrip(" \t")
        if written.strip() != written or not written:
            return None
        says_more = _says_more(written)
        linked = says_more and self._links_of(mark.end(), mark.end() + len(written))
        title = Title(len(mark[1]), written, mark.end(), below, linked)
        self._notes.records.append(title)
        if says_more and not linked:
            self._notes.more.append(title)
        return line_end

    def _links_of(self, start: int, end: int) -> bool:
        """Read the links of a heading; tell whether it says no more than that and which anchor it is."""
        links, records, more = self._notes.links, self._notes.records, self._notes.more
        before = len(links), len(records), len(more)
        is_all = self._stretch(start, end) and len(more) == before[2]
        # The tags in it are read with its text.
        del records[before[1] :], more[before[2] :]
        if not is_all:
            del links[before[0] :]
        return is_all

    def _is_below_text(self, start: int) -> bool | None:
        """Tell whether the line right above `start` ends a paragraph; None where that is not certain."""
        text = self._text
        if start < 2 or text[start - 2] == "\n" or start == self._base:
            return False
        above = text.rfind("\n", 0, start - 1) + 1
        if _HEADING.match(text, above) or not text[above : start - 1].strip(" \t"):
            return False
        return True if text[above].isalnum() and above >= self._base else None

    def _fence(self, token: re.Match[str], _end: int) -> int | None:
        """Read code between fences inside an item."""
        code = stretches.FENCED_INSIDE.match(self._text, token.start("fence"))
        return code.end() if code is not None else None

    def _deep(self, token: re.Match[str], _end: int) -> int | None:
        """Read the beginning of a line that is code unless it stands in an item or goes on with a paragraph."""
        text, start = self._text, token.start("deep")
        if self._indents is None or self._indents.floor != self._base:
            self._indents = Indents(text, self._base)
        column = self._indents.code_column(start)
        if column is None:
            return None
        beginning = stretches.LINE_OF_TEXT.match(text, start) or stretches.LINE_OF_QUOTE.match(text, start)
        if beginning is not None and len(beginning["indent"]) < column:
            return beginning.end()
        if text[start : start + column].strip(" "):
            return None
        code = code_lines(column).match(text, start)
        return code.end() - 1 if code is not None else None

    # ------------------------------------------------------------------------------------------------- tables, raw HTML

    def _table(self, token: re.Match[str], _end: int) -> int | None:
        """Read a table, or pass over the beginning of a row of one that is read as a whole."""
        text, start = self._text, token.start("table")
        if self._in_table:
            return start
        rows = rows_at(text, start) if self._is_below_text(start) is False else None
        if rows is None:
            return None
        if rows.width:
            if not (rows.whole and self._whole_table(start, rows.end - 1)) and not self._row_by_row(rows):
                return None
            self._base = rows.end
        return rows.end - 1

    def _whole_table(self, start: int, end: int) -> bool:
        """Read a table at once; tell whether it was ordinary. If not, nothing of it is noted."""
        self._in_table = True
        is_ordinary = self._stretch(start + 1, end) and self._holds_no_pipe(start)
        self._in_table = False
        if not is_ordinary:
            self._notes.forget(start)
        return is_ordinary

    def _row_by_row(self, rows: Rows) -> bool:
        """Read the cells of a table one by one; tell whether all of them are ordinary."""
        start = rows.start
        while start < rows.end:
            end = self._text.index("\n", start)
            if speaks(self._text, start, end) and not self._row(start, end, rows.width):
                return False
            start = end + 1
        return True

    def _row(self, start: int, end: int, width: int) -> bool:
        row = self._text[start:end]
        # Strange white space at its end would move all that stands in front of it.
        if row.rstrip() != row.rstrip(" \t"):
            return False
        places = cells(row, start)
        return len(places) <= width and all(
            self._stretch(first, last) for first, last in places if speaks(self._text, first, last)
        )

    def _holds_no_pipe(self, start: int) -> bool:
        """Tell whether no pipe stands in any of what was found from `start` on."""
        for link in reversed(self._notes.links):
            if link[2] < start:
                break
            if "|" in self._text[link[2] : link[3]]:
                return False
        for record in reversed(self._notes.records):
            if not isinstance(record, Tag) or record.start < start:
                break
            if "|" in record.html:
                return False
        return True

    def _html(self, token: re.Match[str], _end: int) -> int | None:
        """Read a block of raw HTML, or see that a line goes on with a tag."""
        text, start = self._text, token.start("html")
        below = self._is_below_text(start)
        if below is not False and not interrupts(text, start):
            return None if below is None else start
        behind = block_end(text, start)
        if not behind:
            return None if behind is None else start
        block = text[start:behind]
        if may_speak(block) and not self._only_links(block, start):
            self._note(RawHtml(block, start), block)
        self._base = behind
        return behind - 1

    def _only_links(self, html: str, start: int) -> bool:
        """Read raw HTML that says nothing but where its links lead; tell whether it does."""
        links = only_links(html)
        if links is None:
            return False
        self._notes.links += [
            (_HTML, destination, start + begin, start + end, start + first, start + last)
            for destination, begin, end, first, last in links
        ]
        return True

    # -------------------------------------------------------------------------------------------------- notes, and back

    def _note(self, record: SkimRecord, written: str) -> None:
        self._notes.records.append(record)
        if _says_more(written):
            self._notes.more.append(record)

    def _back_to_margin(self, stop: int) -> int:
        """Return where the block begins that has `stop` in it, and forget what was noted in it."""
        margin = self._base
        for found in stretches.MARGIN.finditer(self._text, max(0, self._base - 1), stop + 1):
            if self._text[found.end() - 1] == "\n":
                margin = found.end()
        self._notes.forget(margin)
        return margin

    _METHODS: ClassVar[dict[str, Callable[[_Skim, re.Match[str], int], int | None]]] = {
        "badge": _badge,
        "address": _address,
        "bare": _bare,
        "tag": _tag,
        "heading": _heading,
        "fence": _fence,
        "deep": _deep,
        "table": _table,
        "html": _html,
        "end": _end,
        "stop": _stop,
    }
