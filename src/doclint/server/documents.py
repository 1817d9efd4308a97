"""The texts that are open in an editor, and what a page is once they are saved; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint import decode
from doclint.model import Source
from doclint.server.positions import Lines, Position, PositionError, Unit
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARK = "\ufeff"


class TextChange(Value):
    """A change of a text: what takes the place of a stretch, or of everything where there is none."""

    text: str
    start: Position | None = None
    end: Position | None = None


class Document(Value):
    """A text that is open in an editor.

    Attributes:
        uri: Its address, as the editor writes it.
        language: What the editor takes it for, such as "markdown".
        version: The editor's number of this text.
        text: The text.
    """

    uri: str
    language: str
    version: int
    text: str

    def changed(self, version: int, changes: Iterable[TextChange], unit: Unit) -> Document:
        """Return the document after `changes`, each of which speaks of the text after the one before.

        Raises:
            PositionError: A change speaks of a place that the text does not have.
        """
        text = self.text
        for change in changes:
            if change.start is None or change.end is None:
                text = change.text
                continue
            lines = Lines(text, unit)
            start, end = lines.offset(change.start), lines.offset(change.end)
            if end < start:
                raise PositionError(f"{self.uri}: the end of a change lies in front of its beginning")
            text = text[:start] + change.text + text[end:]
        return replace(self, version=version, text=text)


def content(text: str, disk: bytes | None) -> bytes:
    """Return the bytes that a page has once the editor has saved `text`.

    Args:
        text: What the editor shows.
        disk: The bytes that the page has on the disk; None where there is none.

    Returns:
        `disk` as long as nothing is typed: an editor shows U+FFFD for what it cannot read, and does not mean it. Else
        the text in the encoding that the page has, with its byte-order mark; where that cannot be, UTF-8.
    """
    text = _LONE_SURROGATE.sub("\ufffd", text)
    as_utf8 = text.encode("utf-8")
    if disk is None:
        return as_utf8
    try:
        plain = disk.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy_content(text, disk)
    if plain.startswith(_MARK) and not text.startswith(_MARK):
        return _MARK.encode("utf-8") + as_utf8
    return as_utf8


def _legacy_content(text: str, disk: bytes) -> bytes:
    source = decode.decode("", disk)
    shown = [disk.decode("utf-8", "replace")]
    if isinstance(source, Source):
        shown.append(source.text)
    if text.removeprefix(_MARK) in [other.removeprefix(_MARK) for other in shown]:
        return disk
    if isinstance(source, Source) and source.errors == "strict":
        mark = _MARK if source.text.startswith(_MARK) and not text.startswith(_MARK) else ""
        try:
            data = decode.encode(source, mark + text)
        except UnicodeEncodeError:
            return text.encode("utf-8")
        again = decode.decode("", data)
        if isinstance(again, Source) and again.text == mark + text:
            return data
    return text.encode("utf-8")


def lines_of(shown: str, text: str, unit: Unit) -> Lines | None:
    """Return the places of a page as an editor counts them.

    Args:
        shown: What the editor shows.
        text: What doclint sees, byte-order mark and all.
        unit: What positions count.

    Returns:
        None where the two are not the same character by character, as where one of them took the page's encoding
        for another.
    """
    hidden = 1 if text.startswith(_MARK) and not shown.startswith(_MARK) else 0
    return Lines(shown, unit, hidden) if len(text) == len(shown) + hidden else None
