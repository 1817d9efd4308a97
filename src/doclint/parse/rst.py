"""reStructuredText; the only door to docutils, which is an optional extra (`doclint[rst]`).

docutils is asked for the structure of a page only: no transform is run, no file is taken in, no raw text is passed on,
no configuration file of docutils is read. What it does not know, as the directives and roles of Sphinx, is passed over
in silence; what those may bring is not known, so that a page with one of them may have further anchors.

docutils tells lines only, and not exactly. A destination is looked for from the line of its block on, behind the last
place where the same destination was found; where it is not written letter by letter, as over several lines, it is no
link to doclint. Anchors are those of docutils, which github.com keeps, and the ones that github.com makes of headings.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from doclint.lines import LINE_END, line_starts
from doclint.model import ElementId, Fault, Heading, Link, LinkKind, Links, Mark, Parsed, Part, PartKind, Span
from doclint.parse.moved import as_written
from doclint.parse.places import united

if TYPE_CHECKING:
    from docutils import nodes

NEEDS = "reStructuredText needs docutils; install doclint with its extra `rst`"
_SILENT = 5  # above docutils' gravest level
_LONGEST_LINE = 1_000_000
# Directives of docutils that change where text comes from, or stand for anchors that are made later.
_DIRECTIVE = re.compile(r"(?m)^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:+.-]+)::(?:\s|$)")
_SCHEME_OF_NO_SITE = re.compile(r"(?i)(?!https?:)[a-z][a-z0-9+.-]*:")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_MARK = re.compile(r"[*`|_\[]")
_SHORT = 2_000
_MOST_STEPS = 30_000_000
_LITERAL = re.compile(r"``[^`\n]+``")
_KNOWN = frozenset(
    {
        "admonition", "attention", "caution", "class", "code", "code-block", "compound", "container", "contents",
        "csv-table", "danger", "default-role", "epigraph", "error", "figure", "footer", "header", "highlight",
        "highlights", "hint", "image", "important", "list-table", "literalinclude", "math", "meta", "note",
        "parsed-literal", "pull-quote", "replace", "role", "rubric", "sectnum", "sidebar", "sourcecode", "table", "tip",
        "toctree", "topic", "unicode", "warning", "seealso", "versionadded", "versionchanged", "deprecated",
        "centered", "only", "index", "date", "title", "target-notes", "glossary", "math-block",
    }
)  # fmt: skip
"""Directives that bring no anchor of their own, of docutils and of Sphinx."""


def available() -> bool:
    """Tell whether docutils is installed."""
    return find_spec("docutils") is not None


def parse(text: str) -> Parsed:
    """Return what the page of reStructuredText `text` says, with places in `text`; never raises."""
    if not available():
        return Parsed(fault=Fault(NEEDS, Span(0, 0)), open_ended=True)
    plain = LINE_END.sub("\n", text.removeprefix("\ufeff"))
    return as_written(_parse(plain), plain, text)


def _parse(text: str) -> Parsed:
    fault = _too_much(text)
    document = None if fault else _document(text)
    if document is None:
        fault = fault or Fault("its reStructuredText is nested too deeply", Span(0, 0))
        return Parsed(fault=fault, open_ended=True)
    reader = _Reader(text)
    for node in document.findall():
        reader.read(node)
    return reader.parsed()


def _too_much(text: str) -> Fault | None:
    """Return why docutils would take too long, if it would: it looks for the end of each mark in a whole paragraph."""
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph[0]) > _SHORT and len(paragraph[0]) * len(_MARK.findall(paragraph[0])) > _MOST_STEPS:
            return Fault("a paragraph of its reStructuredText has too many marks", Span(*paragraph.span()))
    return None


@cache
def _settings() -> Any:  # noqa: ANN401 - docutils builds them as it goes
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser

    settings = get_default_settings(Parser)
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.report_level = settings.halt_level = _SILENT
    settings.warning_stream = ""
    settings.syntax_highlight = "none"
    settings.line_length_limit = _LONGEST_LINE
    return settings


def _document(text: str) -> nodes.document | None:
    """Return the tree of docutils for a page; None where it gives up."""
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    document = new_document("", _settings())
    try:
        Parser().parse(text, document)
    except RecursionError:
        return None
    return document


class _Reader:
    """Reads the tree of a page whose line ends are all LF, node after node."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._marks: list[Mark] = []
        self._links: list[Link] = []
        self._code = [Span(*match.span()) for match in _LITERAL.finditer(text)]
        self._blocks: list[tuple[str, int, int]] = []
        self._behind: dict[str, int] = {}

    def read(self, node: nodes.Node) -> None:
        """Take in one node of the tree, without its children."""
        from docutils import nodes

        if not isinstance(node, nodes.Element) or isinstance(node, nodes.system_message | nodes.problematic):
            return
        line = _line(node)
        for name in node.get("ids", ()):
            self._marks.append(ElementId(name, self._span_of(line)))
        match node:
            case nodes.title():
                self._heading(node, line)
            case nodes.reference() if "refuri" in node and not _is_bare_scheme(node):
                self._link(LinkKind.INLINE, node["refuri"], line)
            case nodes.target() if "refuri" in node and _is_written(node):
                self._link(LinkKind.REFERENCE, node["refuri"], line)
            case nodes.image():
                self._link(LinkKind.IMAGE, node["uri"], line)
            case nodes.literal_block() | nodes.doctest_block():
                self._literal_block(node, line)
            case _:
                pass
        if isinstance(node, nodes.Structural | nodes.Body) and node.line:
            self._blocks.append((node.tagname, node.line, node.line))

    def parsed(self) -> Parsed:
        """Return all that was read."""
        directives = {name.lower() for name in _DIRECTIVE.findall(self._text)}
        return Parsed(
            marks=tuple(self._marks),
            links=Links.of(self._links),
            code=tuple(united(self._code)),
            blocks=tuple(self._blocks),
            open_ended=not directives <= _KNOWN,
        )

    def _heading(self, title: nodes.Element, line: int) -> None:
        text = title.astext()
        depth = 1
        above = title.parent
        while above is not None and above.parent is not None and above.parent.tagname == "section":
            above, depth = above.parent, depth + 1
        # Titles of tables, topics and the like are no headings.
        if title.parent is not None and title.parent.tagname == "section":
            start = self._text.rfind(text, 0, self._line_end(line)) if text else -1
            span = Span(start, start + len(text)) if start >= 0 else self._span_of(line)
            self._marks.append(Heading(min(depth, 6), (Part(PartKind.TEXT, text),), span, source=text))

    def _link(self, kind: LinkKind, destination: str, line: int) -> None:
        """Add a link that stands on or behind `line`, if it can be found there."""
        if not destination or "*" in destination:
            return
        start = max(self._behind.get(destination, 0), self._starts[min(line, len(self._starts)) - 1])
        found = self._find(destination, start)
        if found < 0:
            found = self._find(destination, self._behind.get(destination, 0))
        if found < 0:
            return
        span = Span(found, found + len(destination))
        self._behind[destination] = span.end
        self._links.append(Link(kind, destination, span, span))

    def _find(self, destination: str, start: int) -> int:
        """Return where a destination stands by itself, from `start` on; -1 where it does not."""
        while (found := self._text.find(destination, start)) >= 0:
            before, behind = self._text[found - 1 : found], self._text[found + len(destination) :][:1]
            if before in ("", "<", " ", "\n", "(") and (not behind or behind in "> \n,.;:!?)_`'\""):
                return found
            start = found + len(destination)
        return -1

    def _literal_block(self, block: nodes.Element, line: int) -> None:
        """Note where the text of a block is: as many lines as it has, from the first that is not blank."""
        lines = block.astext().split("\n")
        start = self._text.find(lines[0], self._starts[min(line, len(self._starts)) - 1])
        if start >= 0:
            last = self._text.count("\n", 0, start) + len(lines) - 1
            self._code.append(Span(start, self._line_end(last + 1)))

    def _span_of(self, line: int) -> Span:
        start = self._starts[min(line, len(self._starts)) - 1]
        return Span(start, self._line_end(line))

    def _line_end(self, line: int) -> int:
        return self._starts[line] - 1 if line < len(self._starts) else len(self._text)


def _is_written(target: nodes.Element) -> bool:
    """Tell whether a target stands on a line of its own, and not inside a link that was read before."""
    from docutils import nodes

    return not isinstance(target.parent, nodes.TextElement)


def _is_bare_scheme(reference: nodes.Element) -> bool:
    """Tell whether an address that is none of the web stands in the text by itself: that is prose about `file:`."""
    address = reference["refuri"]
    return reference.astext() == address and _SCHEME_OF_NO_SITE.match(address) is not None


def _line(node: nodes.Element) -> int:
    """Return the line, from 1, on which a node or the block around it begins, as docutils has it."""
    while node is not None:
        if node.line:
            return max(1, int(node.line))
        node = node.parent
    return 1
