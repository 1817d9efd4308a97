"""Blocks by patterns, one construct a method; a block of the page with anything unusual goes to the reference parser.

A method takes the excerpt and the offset at which a block begins, notes what the walk needs, and returns where the
block ends, or None where it does not know. Quotes and list items are cut out and read as pages of their own, from a
stack: nothing recurs, and what is nested too deep is unusual, so that text is copied a bounded number of times.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.model import Span
from doclint.parse.fast import lines
from doclint.parse.fast.containers import ends_blank, inside_item, inside_quote, is_whole, item_end
from doclint.parse.fast.excerpt import Excerpt, Straight
from doclint.parse.fast.fallback import read_part
from doclint.parse.fast.raw_html import block_end
from doclint.parse.fast.records import Above, HandedOver, Notes, Prose, RawHtml, Title, Words
from doclint.parse.fast.speech import WITH_DEFINITIONS, WITHOUT_DEFINITIONS
from doclint.parse.fast.tables import Table, read_table
from doclint.parse.html_speech import may_speak
from doclint.parse.labels import label_key
from doclint.parse.places import PageLines
from doclint.parse.walk import FoundDefinition

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from doclint.parse.places import Content

_DEEPEST = 8


class BlockReader:
    """Reads the blocks of a page whose line ends are all LF into notes.

    Attributes:
        above: What ends on the line above the next block.
    """

    def __init__(self, text: str, notes: Notes) -> None:
        self.above = Above.OTHER
        self._notes = notes
        self._records = notes.records
        self._page = text
        self._stack = [Excerpt(text)]
        speech = WITH_DEFINITIONS if "]:" in text else WITHOUT_DEFINITIONS
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

    def read(self, start: int) -> int:
        """Read the block of the page that begins at `start`, or blank lines; return where the next one begins."""
        page = self._stack[0]
        above, noted, defined = self.above, len(self._records), len(self._notes.definitions)
        page.position = start
        while len(self._stack) > 1 or page.position == start:
            excerpt = self._stack[-1]
            text, position = excerpt.text, excerpt.position
            if position >= len(text):
                self._stack.pop()
            elif text[position] in " \t\n" and (blank := lines.BLANK.match(text, position)) is not None:
                self.above = Above.OTHER
                excerpt.position = blank.end()
            elif (end := self._block(excerpt, position)) is not None:
                excerpt.position = end
            else:
                del self._records[noted:], self._notes.definitions[defined:], self._stack[1:]
                return self._hand_over(start, above)
        return page.position

    def _hand_over(self, start: int, above: Above) -> int:
        part = read_part(self._page, start, self.page_lines)
        self._records.append(HandedOver(part.tokens, self.page_lines.number(start), above))
        self._notes.definitions += part.definitions
        self.above = Above.OTHER
        return part.end

    def _block(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        sign = text[start]
        if sign == "#" and (words := lines.HEADING_OF_WORDS.match(text, start)) is not None:
            return self._heading_of_words(excerpt, words)
        if (paragraph := lines.PARAGRAPH.match(text, start)) is not None:
            if paragraph[2] is None:
                return self._paragraph(excerpt, start, paragraph.end(1))
            self._prose(excerpt, start, paragraph.end(1))
            self.above = Above.OTHER
            return paragraph.end()
        if sign in " \t":
            if (code := lines.INDENTED_CODE.match(text, start)) is not None:
                self.above = Above.OTHER
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
            self._records.append(Prose(excerpt.content(start, end), self.above is Above.HEADING))
        self.above = Above.PARAGRAPH

    def _heading(self, excerpt: Excerpt, start: int) -> int | None:
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

    def _heading_of_words(self, excerpt: Excerpt, words: re.Match[str]) -> int:
        start, below_paragraph = excerpt.place(words.start("text")), self.above is Above.PARAGRAPH
        self._records.append(Words(len(words["marks"]), words["text"], start, below_paragraph))
        self.above = Above.HEADING if words["blank"] is None else Above.OTHER
        return words.end()

    def _title(self, content: Content, level: int, end: int) -> int:
        self._records.append(Title(level, content.text, 0, self.above is Above.PARAGRAPH, content=content))
        self.above = Above.HEADING
        return end

    # ----------------------------------------------------------------------------------------------------- code, tables

    def _fence(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        fence = lines.FENCE.match(text, start)
        if fence is None:
            return None
        self.above = Above.OTHER
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
        self._records += [Prose(content, self.above is Above.HEADING) for content in table.titles]
        self._records += [Prose(content, below_heading=False) for content in table.cells]
        self.above = Above.OTHER
        return table.end

    # -------------------------------------------------------------------------------------------- raw HTML, definitions

    def _html(self, excerpt: Excerpt, start: int) -> int | None:
        text = excerpt.text
        end = block_end(text, start)
        if end is None:
            return None
        if not end:
            more = lines.MORE_LINES.match(text, start)
            return self._paragraph(excerpt, start, more.end()) if more else None
        if may_speak(text[start:end]):
            self._records.append(RawHtml(text[start:end], start, excerpt.lines(start, end)))
        self.above = Above.OTHER
        return end

    def _definition(self, excerpt: Excerpt, start: int) -> int | None:
        found = lines.DEFINITION.match(excerpt.text, start)
        if found is None or not (label := label_key(found["name"])):
            return None
        first, last = found.span("angle" if found["plain"] is None else "plain")
        where = Span(excerpt.place(first), excerpt.place(first) + last - first)
        # The definition ends behind the destination, with its closing `>` if it has one.
        span = Span(excerpt.place(found.start("label")), where.end + found.end("destination") - last)
        self._notes.definitions.append(FoundDefinition(label, excerpt.text[first:last], span, where))
        self.above = Above.OTHER
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
        inside = inside_quote(excerpt, start, end)
        if not (ends_blank(inside.text, len(inside.text)) or is_whole(text, end)):
            return None
        return self._enter(inside, end)

    def _rule_or_item(self, excerpt: Excerpt, start: int) -> int | None:
        if (rule := lines.RULE.match(excerpt.text, start)) is not None:
            self.above = Above.OTHER
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
        end = item_end(text, start, item.end() - start)
        if lines.TAB.match(text, end):
            return None
        if self._is_silent(text, start, end):
            return end
        return self._enter(inside_item(excerpt, start, item.end(), end), end) if is_whole(text, end) else None

    def _items_of_words(self, excerpt: Excerpt, start: int, end: int) -> int:
        text = excerpt.text
        if self._speaks(text, start, end):
            for item in lines.ITEM_OF_WORDS.finditer(text, start, end):
                first, last = item.span("text")
                if "\n" in item["text"] and self._speaks(text, first, last):
                    inside = inside_item(excerpt, item.start(), first, last + 1)
                    self._prose(inside, 0, len(inside.text))
                else:
                    self._prose(excerpt, first, last)
        self.above = Above.OTHER if ends_blank(text, end) else Above.PARAGRAPH
        return end

    def _is_silent(self, text: str, start: int, end: int) -> bool:
        """Tell whether a quote or an item says nothing, and a blank line that nothing goes on with it."""
        if not (ends_blank(text, end) or lines.BLANK.match(text, end)) or self._blocks_speak(text, start, end):
            return False
        self.above = Above.OTHER
        return True

    def _enter(self, inside: Excerpt, end: int) -> int | None:
        """Put the inside of a quote or an item on the stack."""
        # A tab reaches to a column of the page, not of the excerpt.
        if inside.depth > _DEEPEST or lines.BEGINS_WITH_TAB.search(inside.text):
            return None
        self._stack.append(inside)
        return end
