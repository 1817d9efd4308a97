"""Skims a page: reads stretch after stretch of ordinary lines, and stops where a line needs the block reader.

What it finds goes into the same notes as what the block reader finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import KINDS, LinkKind
from doclint.parse.collect import may_speak
from doclint.parse.fast import stretches
from doclint.parse.fast.code import code_lines
from doclint.parse.fast.destinations import unescaped
from doclint.parse.fast.columns import Columns
from doclint.parse.fast.raw_html import block_end, interrupts
from doclint.parse.fast.records import RawHtml, Tag, Title, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.parse.fast.records import Notes, Plain

_INLINE, _IMAGE, _AUTOLINK, _BARE = map(
    KINDS.index, (LinkKind.INLINE, LinkKind.IMAGE, LinkKind.AUTOLINK, LinkKind.BARE)
)
_OF_HEADING = re.compile(r"</?[hH][1-6]")
_LINK, _DESTINATION, _LEVEL, _TEXT = map(
    stretches.TOKEN.groupindex.__getitem__, ("link", "destination", "level", "text")
)
# What is more than an anchor: a link of any syntax, a heading in raw HTML, a comment that speaks to doclint.
_SAYS_MORE = re.compile(
    r"\](?=[(\[])|://|<[^<>]*[:@]|[hH][rR][eE][fF]|[sS][rR][cC]|[pP][oO][sS][tT][eE][rR]|</?[hH][1-6]|doclint-"
)
_CLOSES_LINK = re.compile(r"</[aA]\s*+>")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)", re.MULTILINE)
_ROWS = re.compile(r"(?:\|[^\n]*+\n)++")
_DELIMITERS = re.compile(r"\|[ \t]*+(?::?-++:?[ \t]*+\|[ \t]*+)*+(?::?-++:?[ \t]*+)?+")
# What may be a link or an anchor in a row; what these need that is not among them, no row has.
_SPEAKS = re.compile(r"\](?=[(\[])|<(?=[^ \t\n])|://|\{[^{}\n#]*+#|\)=")
# As in `tables.py`: a pipe behind a backslash is part of a cell.
_PIPE = re.compile(r"(?<!\\)\|")
_CODE_IN_CELLS = re.compile(r"(?:[^`]++|`[^`|\n]++`)*+")
_MOST_CELLS = 0x10000


def skim(text: str, start: int, notes: Notes) -> tuple[int, int]:
    """Read from `start`, where a block of the page begins, as far as lines are ordinary; note what they say.

    Returns where the block begins that could not be read, and the line in it that was not ordinary; both are the end
    of the text if there is none.
    """
    return _Skim(text, start, notes).read()


class _Skim:
    def __init__(self, text: str, start: int, notes: Notes) -> None:
        self._text = text
        self._notes = notes
        # Here begins a block; what is noted further on may have to be read anew.
        self._base = start
        self._columns: Columns | None = None
        self._in_table = False
        # Bare addresses in front of this are the text of a link in raw HTML.
        self._link_ends = 0

    def read(self) -> tuple[int, int]:
        """Read the stretch."""
        text = self._text
        position = self._base - 1
        if position < 0:
            # Nothing but a heading can be read without the line end in front of it.
            position = self._heading(0) if text.startswith("#") else None
        while position is not None and position < len(text):
            position, stop = self._tokens(position, len(text))
            if stop is not None:
                return self._back_to_margin(stop), stop
        return (0, 0) if position is None else (len(text), len(text))

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
            elif kind == "words":
                start, level_end = token.span(_LEVEL)
                if (below := text[start - 2] != "\n" and self._is_below_text(start)) is None:
                    return start, start
                first, last = token.span(_TEXT)
                records.append(Words(level_end - start, text[first:last], first, below))
            elif kind == "end":
                return end, None
            elif kind != "bracket":
                if kind == "stop":
                    return token.end(), token.end()
                start = token.start(kind)
                after = _METHODS[kind](self, start, token, end)
                if after is None:
                    return start, start
                if after != token.end():
                    return after, None
        return end, None

    # ------------------------------------------------------------------------------------------------------ inside a line

    def _badge(self, start: int, token: re.Match[str], end: int) -> int:
        """Read an image inside a link."""
        del end
        for kind, whole, name in ((_IMAGE, "image", "source"), (_INLINE, "badge", "around")):
            first, last = token.span(name)
            if self._text[first] == "<":
                first, last = first + 1, last - 1
            destination = unescaped(self._text[first:last])
            self._notes.links.append((kind, destination, *token.span(whole), first, last))
        return token.end()

    def _address(self, start: int, token: re.Match[str], end: int) -> int:
        """Read an address in angle brackets."""
        behind = token.end()
        first, last = start + 1, behind - 1
        self._notes.links.append((_AUTOLINK, self._text[first:last], start, behind, first, last))
        return behind

    def _bare(self, colon: int, token: re.Match[str], end: int) -> int | None:
        """Read an address that stands bare."""
        from doclint.parse.bare import bare_url

        text = self._text
        if colon < self._link_ends:
            return token.end()
        line_end = text.find("\n", colon, end)
        if (found := bare_url(text, colon, line_end if line_end >= 0 else end)) is None:
            # Right behind a mark of its block an address is one, too.
            scheme = text[max(0, colon - 6) : colon].lower()
            return None if scheme.endswith(("|http", ">http", "|https", ">https")) else token.end()
        first, last = found
        self._notes.links.append((_BARE, text[first:last], first, last, first, last))
        return last

    def _tag(self, start: int, token: re.Match[str], end: int) -> int | None:
        """Read raw HTML that is one tag, or a comment."""
        text, behind = self._text, token.end()
        tag = token["tag"]
        if "\n" in tag or _OF_HEADING.match(tag):
            return None
        if tag[1:2] in "aA" and not tag[2:3].isalnum() and tag[2:3] != "-":
            # The link must end where its beginning can be seen.
            line_end = text.find("\n", behind, end)
            if (closed := _CLOSES_LINK.search(text, behind, line_end if line_end >= 0 else end)) is None:
                return None
            self._link_ends = closed.start()
        if may_speak(tag):
            self._note(Tag(tag, start), tag)
        return behind

    # ---------------------------------------------------------------------------------------------- beginnings of lines

    def _heading(self, start: int, token: re.Match[str] | None = None, end: int = 0) -> int | None:
        text = self._text
        line_end = text.index("\n", start)
        if (mark := _HEADING.match(text, start)) is None or (below := self._is_below_text(start)) is None:
            return None
        written = text[mark.end() : line_end].rstrip(" \t")
        unmarked = written.rstrip("#")
        if unmarked != written and unmarked[-1:] in ("", " ", "\t"):
            written = unmarked.rstrip(" \t")
        if written.strip() != written or not written:
            return None
        says_more = _SAYS_MORE.search(written) is not None
        linked = says_more and self._links_of(mark.end(), mark.end() + len(written))
        title = Title(len(mark[1]), written, mark.end(), below, linked)
        self._notes.records.append(title)
        if says_more and not linked:
            self._notes.more.append(title)
        return line_end

    def _links_of(self, start: int, end: int) -> bool:
        """Read the links of a heading; tell whether it says no more than that and which anchor it is."""
        links, records = self._notes.links, self._notes.records
        noted, found = len(links), len(records)
        is_ordinary = self._stretch(start, end)
        tags = records[found:]
        del records[found:]
        if is_ordinary and not any(_SAYS_MORE.search(tag.html) for tag in tags if isinstance(tag, Tag)):
            return True
        del links[noted:]
        return False

    def _fence(self, start: int, token: re.Match[str], end: int) -> int | None:
        code = stretches.FENCED_INSIDE.match(self._text, start)
        return code.end() if code is not None else None

    def _deep(self, start: int, token: re.Match[str], end: int) -> int | None:
        """Read a line that is code unless it stands in an item or goes on with a paragraph."""
        text = self._text
        if self._columns is None or self._columns.floor != self._base:
            self._columns = Columns(text, self._base)
        column = self._columns.code_column(start)
        if column is None:
            return None
        beginning = stretches.LINE_OF_TEXT.match(text, start) or stretches.LINE_OF_QUOTE.match(text, start)
        if beginning is not None and len(beginning["indent"]) < column:
            return beginning.end()
        if text[start : start + column].strip(" "):
            return None
        code = code_lines(column).match(text, start)
        return code.end() - 1 if code is not None else None

    def _table(self, start: int, token: re.Match[str], end: int) -> int | None:
        if self._in_table:
            return start
        text = self._text
        rows = _ROWS.match(text, start)
        if rows is None or self._is_below_text(start) is not False:
            return None
        behind = rows.end()
        if behind < len(text) and text[behind] != "\n":
            return None
        if not _SPEAKS.search(text, start, behind):
            return behind - 1
        titles, delimiters, *_ = rows[0].split("\n", 2)
        if "\n" not in rows[0][:-1] or not _DELIMITERS.fullmatch(delimiters.rstrip(" \t")) or ")=" in rows[0]:
            return None
        width = len(_cells(delimiters, 0))
        if len(_cells(titles, 0)) != width or rows[0].count("\n") * width >= _MOST_CELLS:
            return None
        if _is_simple(rows[0], width) and self._whole_table(start, behind - 1):
            self._base = behind
            return behind - 1
        while start < behind:
            row_end = text.index("\n", start)
            if _SPEAKS.search(text, start, row_end) and not self._row(start, row_end, width):
                return None
            start = row_end + 1
        self._base = behind
        return behind - 1

    def _whole_table(self, start: int, end: int) -> bool:
        """Read a table in whose code no pipe stands; tell whether none stands in anything else that is found."""
        self._in_table = True
        is_ordinary = self._stretch(start + 1, end)
        self._in_table = False
        if is_ordinary and self._holds_no_pipe(start):
            return True
        self._notes.forget(start)
        return False

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

    def _row(self, start: int, end: int, width: int) -> bool:
        """Read a row of a table of `width` columns; tell whether it is ordinary."""
        row = self._text[start:end].rstrip(" \t")
        if not row[-1].strip():
            return False
        if "`" not in row and "\\" not in row:
            # Nothing hides a pipe, so that the row can be read as a whole, unless one stands in what is found.
            if row.count("|") - row.endswith("|") > width:
                return False
            if not self._stretch(start + 1, end):
                return False
            if self._holds_no_pipe(start):
                return True
            self._notes.forget(start)
        cells = _cells(row, start)
        return len(cells) <= width and all(
            self._stretch(first, last) for first, last in cells if _SPEAKS.search(self._text, first, last)
        )

    def _stretch(self, start: int, end: int) -> bool:
        """Read a part of a line; tell whether it is ordinary."""
        while start < end:
            start, stop = self._tokens(start, end)
            if stop is not None:
                return False
        return True

    def _html(self, start: int, token: re.Match[str], end: int) -> int | None:
        """Read a block of raw HTML, or see that a line goes on with a tag."""
        text = self._text
        below = self._is_below_text(start)
        if below is not False and not interrupts(text, start):
            return None if below is None else start
        behind = block_end(text, start)
        if not behind:
            return None if behind is None else start
        block = text[start:behind]
        if may_speak(block):
            self._note(RawHtml(block, start), block)
        self._base = behind
        return behind - 1

    def _is_below_text(self, start: int) -> bool | None:
        """Tell whether the line right above `start` ends a paragraph; None where that is not certain."""
        text = self._text
        if start < 2 or text[start - 2] == "\n" or start == self._base:
            return False
        above = text.rfind("\n", 0, start - 1) + 1
        if _HEADING.match(text, above) or not text[above : start - 1].strip(" \t"):
            return False
        if text[above].isalnum() and above >= self._base:
            return True
        return None

    # --------------------------------------------------------------------------------------------------- notes, and back

    def _note(self, record: Plain, written: str) -> None:
        self._notes.records.append(record)
        if _SAYS_MORE.search(written):
            self._notes.more.append(record)

    def _back_to_margin(self, stop: int) -> int:
        """Return where the block begins that has `stop` in it, and forget what was noted in it."""
        margin = self._base
        for found in stretches.MARGIN.finditer(self._text, max(0, self._base - 1), stop + 1):
            if self._text[found.end() - 1] == "\n":
                margin = found.end()
        self._notes.forget(margin)
        return margin


def _is_simple(table: str, width: int) -> bool:
    """Tell whether a table has no cells too many and no escapes, and all code in it ends in its cell."""
    if "``" in table or "\\" in table or not _CODE_IN_CELLS.fullmatch(table):
        return False
    return all(row.count("|") - row.endswith("|") <= width for row in table.split("\n"))


def _cells(row: str, start: int) -> list[tuple[int, int]]:
    """Return where the cells of a row that begins with a pipe at `start` stand."""
    cells = []
    position = start + 1
    for cell in _PIPE.split(row.rstrip(" \t"))[1:]:
        cells.append((position, position + len(cell)))
        position += len(cell) + 1
    if cells and cells[-1][0] == cells[-1][1]:
        del cells[-1]
    return cells


_METHODS: dict[str, Callable[[_Skim, int, re.Match[str], int], int | None]] = {
    "badge": _Skim._badge,
    "address": _Skim._address,
    "bare": _Skim._bare,
    "tag": _Skim._tag,
    "heading": _Skim._heading,
    "fence": _Skim._fence,
    "deep": _Skim._deep,
    "table": _Skim._table,
    "html": _Skim._html,
}
