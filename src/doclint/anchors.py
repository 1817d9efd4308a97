"""The anchors of one file, as `doclint anchors` lists them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from doclint import decode
from doclint.anchor_table import AnchorTable
from doclint.discover import discover, name_below
from doclint.formats import Format, format_of
from doclint.guess import areas_for
from doclint.lines import DiskMap, LineMap
from doclint.model import Repaired, Unreadable, UsageError
from doclint.reading import Wanted, read_page
from doclint.slug import DEFAULT, FLAVOURS, HTML

if TYPE_CHECKING:
    from doclint.settings import Settings
    from doclint.slug import Flavour


def listing(file: str, data: bytes | None, settings: Settings, form: str) -> str:
    """Return the anchors of a file, one a line (`form` "text") or as JSON ("json"), in the order of the rendered page.

    Args:
        file: The file, relative to the current folder.
        data: Its bytes, if they are known already.
        settings: Which host shows it, where they say so; else it is guessed as for a check.
        form: "text" or "json".

    Raises:
        UsageError: The file cannot be read.
    """
    if data is None and not os.path.lexists(file):
        raise UsageError(f"no such file: {file!r}; paths start from {os.getcwd()!r}")
    page = read_page(decode.read(os.getcwd(), file) if data is None else decode.decode(file, data), Wanted())
    match page.content:
        case Unreadable(reason=reason):
            raise UsageError(f"{file!r} cannot be read: {reason}; name a text file")
        case Repaired() as content:
            lines, disk = LineMap(content.source.text), DiskMap(content.edits)
    if page.parsed.fault is not None:
        raise UsageError(f"{file!r} cannot be read: {page.parsed.fault.reason}")
    page_format = format_of(file)
    if page_format is Format.NOTEBOOK:
        raise UsageError(f"{file!r}: the anchors of a notebook are not known; they differ with what shows it")
    host = HTML if page_format is Format.HTML else _host(file, settings, named=data is None)
    table = AnchorTable(host.anchors(page.parsed.marks), host)
    rows = [
        {
            "name": anchor.name,
            "line": lines.line_of(disk.on_disk(anchor.span).start),
            "kind": anchor.kind.value,
            "text": anchor.text,
        }
        for anchor in table.anchors
    ]
    if form == "json":
        import json

        report = {"version": 1, "path": file.replace(os.sep, "/"), "anchors": rows}
        return json.dumps(report, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"
    return "".join(f"{row['line']:>5}  #{row['name']}\n" for row in rows).encode("utf-8", "backslashreplace").decode()


def _host(file: str, settings: Settings, *, named: bool) -> Flavour:
    """Return the host that shows a page, which is at hand under its name or comes from elsewhere."""
    if not named:
        return FLAVOURS[settings.flavour or DEFAULT]
    files = discover([file], settings, os.getcwd())
    return areas_for(settings, files)[0].of(name_below(files.root, os.getcwd(), file)).flavour
