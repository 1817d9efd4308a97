"""Blocks by patterns, one construct a method; a block of the page with anything unusual goes to the reference parser.

A method takes the excerpt and the offset at which a block begins, notes what the walk needs, and returns where the
block ends, or None where it does not know. Quotes and list items are cut out and read as pages of their own, from a
stack: nothing recurs, and what is nested too deep is unusual, so that text is copied a bounded number of times.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from doclint.model import Heading, Part, PartKind, Span
from doclint.parse.collect import may_speak
from doclint.parse.fast import lines
from doclint.parse.fast.excerpt import Excerpt, Straight
from doclint.parse.fast.fallback import read_part
from doclint.parse.fast.front_matter import front_matter_end
from doclint.parse.fast.records import Above, HandedOver, Prose, RawHtml, Record, Title
from doclint.parse.fast.tables import Table, read_table
from doclint.parse.fast.tags import BLOCK_NAMES
from doclint.parse.labels import label_key
from doclint.parse.places import PageLines
from doclint.parse.walk import FoundDefinition

if TYPE_CHECKING:
    from collections.abc import Callable

    from doclint.parse.places import Content

_DEEPEST = 8

# What a content must hold to say anything: a link, raw HTML or `<...>`, a bare address, an explicit anchor in braces
# or as `(name)=`, or the second line of a definition list.
_SPEAKING = r"\](?=[(\[]) | <(?=[^ \t\n]) | :// | \{[^{}\n#]*+\# | \)= | \n[ >]*+:[ \t]"
# On a page with definitions, brackets alone may be a link.
_LABEL = r" | \["
# A quote or an item may also hold headings.
_HEADING = r" | \#[ \t\n] | [=-][ \t]*+\n"


class _Speech:
    """Tells whether a stretch of a text may say something; what cannot is not read any further."""

    def __init__(self, pattern: str) -> None:
        self.in_content = re.compile(pattern, re.VERBOSE).search
        self.in_blocks = re.compile(pattern + _HEADING, re.VERBOSE).search


_WITHOUT_LABELS = _Speech(_SPEAKING)
_WITH_LABELS = _Speech(_SPEAKING + _LABEL)


class BlockReader:
    """Reads the blocks of a page whose line ends are all LF into records and definitions."""

    def __init__(self, text: str) -> None:
        self.records: list[Record] = []
        self.definitions: list[FoundDefinition] = []
        self._page = text
        self._above = Above.OTHER
        self._stack = [Excerpt(text if text.endswith("\n") else text + "\n")]
        speech = _WITH_LABELS if "]:" in text else _WITHOUT_LABELS
        self._speaks, self._blocks_speak = speech.in_content, speech.in_blocks
        self._by_sign: dict[str, Callable[[Excerpt, int], int | None]] = {
            "#": self._heading,
            "`": self._fence,
            "~": self._fence,
            ">": self._quote,
            "<": self._html,
            "[": self._definition,
            "|": self._table,
            "*": self._rule_or_item,
            "-": self._rule_or_item,
            "_": self._rule_or_item,
            "+": self._item,
            **dict.fromkeys("0123456789", self._item),
        }

    @cached_property
    def page_lines(self) -> PageLines:
        """The lines of the page."""
        return PageLines(self._page)

    def read(self) -> None:
        """Read all blocks of the page."""
        page = self._stack[0]
        page.position = front_matter_end(page.text)
        while self._stack:
            excerpt = self._stack[-1]
            text, position = excerpt.text, excerpt.position
            if position >= len(text):
                self._stack.pop()
            elif text[position] in " \t\n" and (blank := lines.BLANK.match(text, position)) is not None:
                self._above = Above.OTHER
                excerpt.position = blank.end()
            else:
                if excerpt is page:
                    start, above = position, self._above
                    noted, defined = len(self.records), len(self.definitions)
                if (end := self._block(excerpt, position)) is not None:
                    excerpt.position = end
                else:
                    del self.records[noted:], self.definitions[defined:], self._stack[1:]
                    page.position = self._hand_over(start, above)

    def _hand_over(self, start: int, above: Above) -> int:
        part = read_part(self._page, start, self.page_lines)
        self.records.append(HandedOver(part.tokens, self.page_lines.number(start), above))
        self.definitions += part.definitions
        self._above = Above.OTHER
        return part.end

    def _block(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        if (paragraph := lines.PARAGRAPH.match(text, start)) is not None:
            if paragraph[2] is None:
                return self._paragraph(excerpt, start, paragraph.end(1))
            self._prose(excerpt, start, paragraph.end(1))
            self._above = Above.OTHER
            return paragraph.end()
        sign = text[start]
        if sign in " \t":
            if (code := lines.INDENTED_CODE.match(text, start)) is not None:
                self._above = Above.OTHER
                return code.end()
            sign = text[start : start + 4].lstrip(" ")[0]
        end = text.index("\n", start)
        if sign != "|" and text.find("|", start, end) >= 0 and lines.DELIMITER_ROW.match(text, end + 1):
            # A table comes before all other blocks, whatever its first line looks like.
            return None
        method = self._by_sign.get(sign)
        return method(excerpt, start) if method else None

    # ------------------------------------------------------------------------------------------ paragraphs and headings

    def _paragraph(self, excerpt: Excerpt, start: int, end: int) -> int | None:
        """Read a paragraph, a setext heading or a table; lines up to `end` are known to belong together."""
        text = excerpt.text
        while (below := end + 1) < len(text) and not lines.BLANK.match(text, below):
            if lines.DELIMITER_ROW.match(text, below):
                header = max(text.rfind("\n", start, end) + 1, start)
                table = read_table(excerpt, header, below, self._speaks)
                if table is None:
                    return None
                if table.end:
                    if header > start:
                        self._prose(excerpt, start, header)
                    return self._cells(table)
            if (underline := lines.UNDERLINE.match(text, below)) is not None:
                level = 1 if underline[1][0] == "=" else 2
                return self._title(excerpt.content(start, end), level, underline.end())
            if lines.INTERRUPTS_PARAGRAPH.match(text, below):
                break
            more = lines.MORE_LINES.match(text, below)
            end = more.end() if more else below
        self._prose(excerpt, start, end)
        return end + 1

    def _prose(self, excerpt: Excerpt, start: int, end: int) -> None:
        if self._speaks(excerpt.text, start, end):
            self.records.append(Prose(excerpt.content(start, end), self._above is Above.HEADING))
        self._above = Above.PARAGRAPH

    def _heading(self, excerpt: Excerpt, start: int) -> int | None:
        if (plain := lines.HEADING_OF_WORDS.match(excerpt.text, start)) is not None:
            first, text = excerpt.place(plain.start(2)), plain[2]
            parts = (Part(PartKind.TEXT, text),)
            interrupts = self._above is Above.PARAGRAPH
            self.records.append(
                Heading(len(plain[1]), parts, Span(first, first + len(text)), source=text, interrupts=interrupts)
            )
            self._above = Above.HEADING if plain[3] is None else Above.OTHER
            return plain.end()
        heading = lines.HEADING.match(excerpt.text, start)
        if heading is None:
            return None
        first, last = heading.span(2)
        text = heading[2].rstrip(" \t")
        unmarked = text.rstrip("#")
        if unmarked != text and unmarked[-1:] in ("", " ", "\t"):
            last = first + len(unmarked)
        content = excerpt.content(first, last)
        if not content.text:
            content = Straight("", excerpt.place(first))
        return self._title(content, len(heading[1]), heading.end())

    def _title(self, content: Content, level: int, end: int) -> int:
        self.records.append(Title(content, level, self._above is Above.PARAGRAPH))
        self._above = Above.HEADING
        return end

    # ----------------------------------------------------------------------------------------------------- code, tables

    def _fence(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        fence = lines.FENCE.match(text, start)
        if fence is None:
            return None
        self._above = Above.OTHER
        marker = fence[1] or fence[2]
        found = text.find(marker, fence.end())
        while found >= 0:
            end = lines.FENCE_END.match(text, text.rfind("\n", 0, found) + 1)
            if end is not None and end[1].startswith(marker):
                return end.end()
            found = text.find(marker, text.find("\n", found))
        return len(text)

    def _table(self, excerpt: Excerpt, start: int) -> int | None:
        # A paragraph may begin with a pipe, too; its first line is all that is known of it.
        return self._paragraph(excerpt, start, excerpt.text.find("\n", start))

    def _cells(self, table: Table) -> int:
        self.records += [Prose(content, self._above is Above.HEADING) for content in table.titles]
        self.records += [Prose(content, below_heading=False) for content in table.cells]
        self._above = Above.OTHER
        return table.end

    # -------------------------------------------------------------------------------------------- raw HTML, definitions

    def _html(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        tag = lines.HTML_TAG.match(text, start)
        if tag is not None and tag[1].lower() in BLOCK_NAMES:
            end = tag.end()
        elif lines.HTML_VERBATIM.match(text, start):
            ends = lines.HTML_VERBATIM_END.search(text, start)
            end = text.find("\n", ends.end()) + 1 if ends else len(text)
        elif lines.HTML_COMMENT.match(text, start):
            ends_at = text.find("-->", start)
            end = text.find("\n", ends_at) + 1 if ends_at >= 0 else len(text)
        elif lines.is_lone_tag(text, start):
            block = lines.HTML_UNTIL_BLANK.match(text, start)
            end = block.end() if block else len(text)
        elif lines.INTERRUPTING_HTML.match(text, start):
            return None
        else:
            more = lines.MORE_LINES.match(text, start)
            return self._paragraph(excerpt, start, more.end()) if more else None
        if may_speak(text[start:end]):
            self.records.append(RawHtml(excerpt.lines(start, end)))
        self._above = Above.OTHER
        return end

    def _definition(self, excerpt: Excerpt, start: int) -> int | None:
        found = lines.DEFINITION.match(excerpt.text, start)
        if found is None or not (label := label_key(found[2])):
            return None
        in_angles = found[3] is not None
        first, last = found.span(3 if in_angles else 4)
        where = Span(excerpt.place(first), excerpt.place(first) + last - first)
        span = Span(excerpt.place(found.start(1)), where.end + in_angles)
        self.definitions.append(FoundDefinition(label, excerpt.text[first:last], span, where))
        self._above = Above.OTHER
        return found.end()

    # -------------------------------------------------------------------------------------------- quotes, lists, rules

    def _quote(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        quote = lines.QUOTE.match(text, start)
        if quote is None:
            return None
        end = quote.end()
        # The reference parser goes on with a quote however far its mark is indented.
        if lines.INDENTED_QUOTE.match(text, end):
            return None
        if self._is_silent(text, start, end):
            return end
        rows, origins = [], []
        for line in _rows(quote[0]):
            cut = line.index(">") + 1
            cut += line[cut] == " "
            rows.append(line[cut:])
            origins.append(start + cut)
            start += len(line)
        last_is_blank = not rows[-1].strip(" \t\n")
        if not (last_is_blank or lines.ENDS_CONTAINER.match(text, end)):
            return None
        return self._enter(Excerpt("".join(rows), excerpt, origins), end)

    def _rule_or_item(self, excerpt: Excerpt, start: int) -> int | None:
        if (rule := lines.RULE.match(excerpt.text, start)) is not None:
            self._above = Above.OTHER
            return rule.end()
        return self._item(excerpt, start)

    def _item(self, excerpt: Excerpt, start: int) -> int | None:
        """Read an item of a list, or several that are a paragraph each. The next one is a block of its own here."""
        text = excerpt.text
        if (items := lines.ITEMS_OF_WORDS.match(text, start)) is not None:
            return self._items_of_words(excerpt, start, items.end())
        item = lines.LIST_ITEM.match(text, start)
        if item is None:
            return None
        width = item.end() - start
        first = text.find("\n", start) + 1
        more = _item_lines(width).match(text, first)
        end = more.end() if more else first
        if lines.TAB.match(text, end):
            return None
        if self._is_silent(text, start, end):
            return end
        if not (_ends_blank(text, end) or lines.ENDS_CONTAINER.match(text, end)):
            return None
        if more is None and lines.PARAGRAPH_TEXT.match(text, item.end()):
            self._prose(excerpt, item.end(), end)
            return end
        return self._enter(_inside_item(excerpt, start, item.end(), end), end)

    def _items_of_words(self, excerpt: Excerpt, start: int, end: int) -> int:
        text = excerpt.text
        if self._speaks(text, start, end):
            for item in lines.ITEM_OF_WORDS.finditer(text, start, end):
                first, last = item.span("text")
                if "\n" in item["text"] and self._speaks(text, first, last):
                    inside = _inside_item(excerpt, item.start(), first, last + 1)
                    self._prose(inside, 0, len(inside.text))
                else:
                    self._prose(excerpt, first, last)
        self._above = Above.OTHER if _ends_blank(text, end) else Above.PARAGRAPH
        return end

    def _is_silent(self, text: str, start: int, end: int) -> bool:
        """Tell whether a quote or an item says nothing, and a blank line that nothing goes on with it."""
        if not (_ends_blank(text, end) or lines.BLANK.match(text, end)) or self._blocks_speak(text, start, end):
            return False
        self._above = Above.OTHER
        return True

    def _enter(self, inside: Excerpt, end: int) -> int | None:
        """Put the inside of a quote or an item on the stack."""
        # A tab reaches to a column of the page, not of the excerpt.
        if inside.depth > _DEEPEST or lines.BEGINS_WITH_TAB.search(inside.text):
            return None
        self._stack.append(inside)
        return end


def _inside_item(excerpt: Excerpt, start: int, first: int, end: int) -> Excerpt:
    """Cut out the text, from `first` to `end`, of the item at `start`; its first line is where all others begin."""
    width = first - start
    rows: list[str] = []
    origins: list[int] = []
    position = first
    for line in _rows(excerpt.text[first:end]):
        cut = min(width, len(line) - len(line.lstrip(" "))) if rows else 0
        rows.append(line[cut:])
        origins.append(position + cut)
        position += len(line)
    return Excerpt("".join(rows), excerpt, origins)


def _ends_blank(text: str, end: int) -> bool:
    """Tell whether the line that ends at `end` is blank."""
    return not text[text.rfind("\n", 0, end - 1) + 1 : end].strip(" \t\n")


@cache
def _item_lines(width: int) -> re.Pattern[str]:
    """Return the pattern of the lines below the first one of an item whose text begins `width` columns in."""
    return re.compile(rf"(?:[ \t]*+\n|[ ]{{{width}}}[^\n]*+\n)++")


def _rows(text: str) -> list[str]:
    """Return the lines of `text` with their line ends, which are all LF; `str.splitlines` knows too many others."""
    return [f"{row}\n" for row in text[:-1].split("\n")]
