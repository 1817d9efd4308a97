"""The anchors of one file, as `doclint anchors` lists them."""

from __future__ import annotations

import os

from doclint import decode
from doclint.anchor_table import AnchorTable
from doclint.formats import Format, format_of
from doclint.lines import DiskMap, LineMap
from doclint.model import Repaired, Unreadable, UsageError
from doclint.reading import Wanted, read_page
from doclint.slug import FLAVOURS, HTML


def listing(file: str, data: bytes | None, flavour: str, form: str) -> str:
    """Return the anchors of a file, one a line (`form` "text") or as JSON ("json"), in the order of the rendered page.

    Args:
        file: The file, relative to the current folder.
        data: Its bytes, if they are known already.
        flavour: The host.
        form: "text" or "json".

    Raises:
        UsageError: The file cannot be read, or there is no such flavour.
    """
    if flavour not in FLAVOURS:
        raise UsageError(f"--flavour: there is no flavour {flavour!r}; there are {', '.join(FLAVOURS)}")
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
    host = HTML if page_format is Format.HTML else FLAVOURS[flavour]
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
