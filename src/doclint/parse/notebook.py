"""Jupyter notebooks: the Markdown cells of a JSON document, with every place taken back through the JSON strings.

A cell is a page of Markdown by itself: a reference definition of one holds in no other (nbformat 4, "Markdown cells").
What stands between dollar signs is a formula to Jupyter, so that nothing in it is a link. Which anchors a notebook has
differs between Jupyter, nbviewer, github.com and what else shows it; they are never all known.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from doclint.lines import LineMap
from doclint.model import Fault, Links, Parsed, Span
from doclint.parse.moved import placed_parse
from doclint.parse.places import CodeMap, united
from doclint.value import Value, field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*+:)?|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
# As Pandoc has it: no white space right inside of single dollar signs, no digit behind them.
_FORMULA = re.compile(r"\$\$.+?\$\$|\$(?![\s$])[^$\n]*(?<!\s)\$(?!\d)", re.DOTALL)
_LFS_POINTER = "version https://git-lfs.github.com/spec/"


def parse(text: str, markdown: Callable[[str], Parsed]) -> Parsed:
    """Return what the Markdown cells of the notebook `text` say, with places in `text`; never raises."""
    mark = 1 if text.startswith("\ufeff") else 0
    if text.startswith(_LFS_POINTER):
        return Parsed(open_ended=True)
    try:
        document = json.loads(text[mark:], parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        at = min(error.pos + mark, len(text))
        return _no_notebook(f"it is not JSON: {error.msg.lower()}", Span(at, at))
    except RecursionError:
        return _no_notebook("its JSON is nested too deeply", Span(0, 0))
    if not isinstance(document, dict):
        return _no_notebook("its JSON is no object", Span(0, 0))
    cells = [_Cell.of(text, strings) for strings in _markdown_cells(text)]
    lines = LineMap(text)
    found = [_placed(cell, markdown(cell.text), lines) for cell in cells]
    defined = {_folded(definition.label) for parsed in found for definition in parsed.definitions}
    prose = [string for cell in cells for string in cell.strings]
    code = [*_between(prose, len(text)), *(span for parsed in found for span in parsed.code)]
    return Parsed(
        marks=tuple(mark for parsed in found for mark in parsed.marks),
        links=Links.of(link for parsed in found for link in parsed.links),
        definitions=tuple(definition for parsed in found for definition in parsed.definitions),
        # Some programs read the notebook as one page.
        undefined=tuple(name for parsed in found for name in parsed.undefined if _folded(name.label) not in defined),
        code=tuple(united(code)),
        comments=tuple(comment for parsed in found for comment in parsed.comments),
        blocks=tuple(block for parsed in found for block in parsed.blocks),
        open_ended=True,
    )


def _folded(label: str) -> str:
    """Return a label as Markdown compares labels."""
    return " ".join(label.split()).casefold()


def _no_notebook(reason: str, span: Span) -> Parsed:
    return Parsed(fault=Fault(reason, span), open_ended=True)


def _markdown_cells(text: str) -> Iterator[list[Span]]:
    """Yield, for each Markdown cell of a valid JSON document, where the strings of its source are, without quotes."""
    keys: list[str] = []  # of each object or list that is open: the last key in it
    kind, strings = "", list[Span]()
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "{" | "[":
                keys.append("")
                if len(keys) == 3:
                    kind, strings = "", []
            case "}" | "]":
                keys.pop()
                if len(keys) == 2 and keys[0] == "cells" and kind == "markdown":
                    yield strings
            case _ if token[2] is not None:
                keys[-1] = token[1]
            case _ if len(keys) == 3 and keys[2] == "cell_type":
                kind = token[1]
            case _ if len(keys) in (3, 4) and keys[2] == "source":
                strings.append(Span(*token.span(1)))
            case _:
                pass


class _Cell(Value):
    """The source of a cell, and where each of its characters is in the file.

    Attributes:
        text: The source.
        strings: Where the strings are that make it up, without quotes.
        starts: Offsets in `text` where a stretch begins that is written letter by letter, or one escape.
        places: Where each of them begins in the file.
        escapes: How long each is in the file if it is an escape, else 0.
    """

    text: str
    strings: Sequence[Span]
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    escapes: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, document: str, strings: Sequence[Span]) -> _Cell:
        text = "".join(json.loads(f'"{string.of(document)}"') for string in strings)
        cell = cls(text, strings)
        offset = 0
        for string in strings:
            place = string.start
            for escape in _ESCAPE.finditer(document, string.start, string.end):
                if escape.start() > place:
                    cell._add(offset, place, 0)
                    offset += escape.start() - place
                place = escape.end()
                cell._add(offset, escape.start(), place - escape.start())
                offset += 1
            cell._add(offset, place, 0)
            offset += string.end - place
        return cell

    def _add(self, start: int, place: int, escape: int) -> None:
        self.starts.append(start)
        self.places.append(place)
        self.escapes.append(escape)

    def place(self, span: Span) -> Span:
        """Return where a stretch of the source is in the file."""
        start = self._place(span.start)[0]
        return Span(start, self._place(span.end - 1)[1] if span.end > span.start else start)

    def _place(self, offset: int) -> tuple[int, int]:
        """Return where the character at `offset` begins and ends in the file."""
        number = max(0, bisect_right(self.starts, offset) - 1)
        if number >= len(self.starts):
            return 0, 0
        place = self.places[number]
        if escape := self.escapes[number]:
            return place, place + escape
        place += offset - self.starts[number]
        return place, place + 1


def _placed(cell: _Cell, parsed: Parsed, lines: LineMap) -> Parsed:
    """Return the parse of a cell with places in the file, without what stands in formulas."""
    if "$" in cell.text:
        code = CodeMap(parsed.code)
        matches = (match for match in _FORMULA.finditer(cell.text) if not code.holds(match.start()))
        formulas = [Span(*match.span()) for match in matches if not code.holds(match.end() - 1)]
        parsed = replace(
            parsed,
            links=Links.of(link for link in parsed.links if not _holds(formulas, link.span)),
            undefined=tuple(name for name in parsed.undefined if not _holds(formulas, name.span)),
        )
    placed = placed_parse(parsed, cell.place)
    own = LineMap(cell.text)

    def line(number: int) -> int:
        start = own.span_of_line(min(number, len(own))).start
        return lines.line_of(cell.place(Span(start, start)).start)

    return replace(placed, blocks=tuple((kind, line(first), line(last)) for kind, first, last in parsed.blocks))


def _holds(formulas: Sequence[Span], span: Span) -> bool:
    number = bisect_right(formulas, span.start, key=lambda formula: formula.start) - 1
    return number >= 0 and formulas[number].holds(span)


def _between(spans: Iterable[Span], end: int) -> Iterator[Span]:
    """Yield what lies between `spans`, sorted, of a text of length `end`."""
    position = 0
    for span in spans:
        yield Span(position, span.start)
        position = span.end
    yield Span(position, end)
