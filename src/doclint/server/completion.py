"""What may stand in a destination that is being typed: files, folders and anchors, spelled as the page spells them.

What is proposed is what a link may be written as: relative or from the root, as it was begun; with its ending or, where
the site's other links on the page leave it out, without; percent-encoded or not, as the place asks for it. A proposal
is only made if it leads to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from doclint.destinations import path_parts, respelled, with_fragment
from doclint.discover import is_page_name
from doclint.lines import LineMap
from doclint.model import InRepo, LinkKind, Span
from doclint.resolve import normalised, resolve, starts_of, unrooted
from doclint.style import Style, spellings, style_of, way
from doclint.tree import Standing
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.areas import Area
    from doclint.server.folder import Folder

_MOST = 200
"""So many are proposed at once; the editor asks again as more is typed."""

_SHORTEST = 2
"""From so many characters on, files elsewhere are proposed by their names."""

_INLINE = re.compile(r"!?\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\([ \t]*(?:(<)([^<>]*)|([^\s<>]*))\Z")
_DEFINITION = re.compile(r" {0,3}\[(?:[^\[\]\\]|\\.)+\]:[ \t]*(?:(<)([^<>]*)|([^\s<>]*))\Z")
_HTML = re.compile(r"""(?i)<[a-z][^<>]*\s(?:href|src)\s*=\s*(?:"([^"<>]*)|'([^'<>]*))\Z""")


class Proposal(Value):
    """Something that may be typed: what the editor lists, what it is, and what takes the place of `span`."""

    label: str
    detail: str
    text: str
    span: Span
    folder: bool = False
    anchor: bool = False


class _Begun(Value):
    """A destination up to the cursor: its place, what is typed, and where it stands."""

    span: Span
    typed: str
    angled: bool
    html: bool


def proposals(folder: Folder, name: str, offset: int) -> list[Proposal]:
    """Return what may be typed at a place; nothing outside of destinations and in code."""
    begun = _begun(folder, name, offset)
    if begun is None or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", begun.typed):
        return []
    if "#" in begun.typed:
        return list(_anchors(folder, name, begun))[:_MOST]
    found = {one.text: one for one in islice(_files(folder, name, begun), _MOST)}
    return list(found.values())


def _begun(folder: Folder, name: str, offset: int) -> _Begun | None:
    text = folder.text(name)
    code = folder.parsed(name).code
    before = bisect_right([span.start for span in code], offset - 1) - 1
    if before >= 0 and code[before].start < offset < code[before].end:
        return None
    lines = LineMap(text)
    line = text[lines.span_of_line(lines.line_of(offset)).start : offset]
    if (match := _HTML.search(line)) is not None:
        typed = match[1] if match[1] is not None else match[2]
        return _Begun(Span(offset - len(typed), offset), typed, angled=False, html=True)
    match = _INLINE.search(line) or _DEFINITION.match(line)
    if match is None:
        return None
    typed = match[2] if match[1] else match[3]
    return _Begun(Span(offset - len(typed), offset), typed, angled=bool(match[1]), html=False)


# -------------------------------------------------------------------------------------------------------------- anchors


def _anchors(folder: Folder, name: str, begun: _Begun) -> Iterator[Proposal]:
    """Yield the anchors of the page that the path in front of `#` leads to."""
    index, page = folder.index, folder.page(name)
    front = begun.typed.partition("#")[0]
    target = resolve(name, begun.typed, index.site, index.areas.of(name))
    path = index.page_of(page.path, target)
    if path is None:
        return
    if path not in index.pages:
        folder.page(path)
    table = folder.index.anchors(path)
    for anchor_name in table.names if table is not None else ():
        anchor = table.find(anchor_name) if table is not None else None
        written = with_fragment(begun.typed, anchor_name)
        yield Proposal(
            f"#{anchor_name}",
            anchor.text if anchor is not None else "",
            written[len(front) + 1 :],
            Span(begun.span.start + len(front) + 1, begun.span.end),
            anchor=True,
        )


# ---------------------------------------------------------------------------------------------------------------- files


def _files(folder: Folder, name: str, begun: _Begun) -> Iterator[Proposal]:
    """Yield the files and folders that may be meant, as they would be written."""
    area = folder.index.areas.of(name)
    root, bare = unrooted(unquote(begun.typed, errors="surrogateescape"), area.paths)
    style = _style(folder, name, begun.typed, root, area)
    paths = dict.fromkeys((*_inside(folder, name, bare, area, rooted=bool(root)), *_elsewhere(folder, bare)))
    for path in paths:
        # No way down leads through the page itself, nor a relative one through a folder around it.
        around = path == name or (not root and name.startswith(f"{path}/"))
        if not around and (names := _spelled(folder, name, style, path)) is not None:
            _, text = respelled(begun.typed, names, html=begun.html, angled=begun.angled)
            is_folder = path in folder.index.tree.folders
            yield Proposal(f"{path.rpartition('/')[2]}{'/' * is_folder}", path, text, begun.span, is_folder)


def _inside(folder: Folder, name: str, bare: str, area: Area, *, rooted: bool) -> Iterator[str]:
    """Yield the folders and files in the folder that is typed, whose names hold what is typed behind it."""
    tree = folder.index.tree
    above, _, last = bare.rpartition("/")
    for start in starts_of(name, area, rooted=rooted):
        base, steps = normalised(f"{start}/{above}")
        if not steps:
            for child in (*tree.folders_in(base), *sorted(tree.files_in(base))):
                if last.casefold() in child.casefold():
                    yield f"{base}/{child}" if base else child


def _elsewhere(folder: Folder, bare: str) -> Iterator[str]:
    """Yield the pages anywhere whose names hold what is typed, as long as that is no path."""
    wanted = bare.casefold()
    if "/" not in bare and len(wanted) >= _SHORTEST:
        for basename, paths in folder.index.tree.by_basename.items():
            if wanted in basename and is_page_name(basename, folder.survey.settings.formats):
                yield from paths


def _style(folder: Folder, name: str, typed: str, root: str, area: Area) -> Style:
    """Return how a file is to be named: in front as it is begun, and at the end as the page's other links are."""
    ending = None
    if area.paths is not None:
        endings = list(_endings(folder, name, area))
        ending = max(dict.fromkeys(endings), key=endings.count, default=None)
    return Style(root=root, start=0, ending=ending, by_name=False, dot=typed.startswith("./"), slash=False)


def _endings(folder: Folder, name: str, area: Area) -> Iterator[str | None]:
    """Yield what the links on a page of a site write for the ending of the pages that they lead to."""
    index, page = folder.index, folder.page(name)
    for link in page.parsed.links:
        target = index.target(page, link)
        if not isinstance(target, InRepo) or index.look_up(target).standing is not Standing.FILE:
            continue
        path = index.look_up(target).path
        parts = path_parts(index.written(page, link), link.destination, html=link.kind is LinkKind.HTML)
        style = style_of(name, parts, path, area) if parts is not None and is_page_name(path) else None
        if style is not None:
            yield style.ending


def _spelled(folder: Folder, name: str, style: Style, path: str) -> list[str] | None:
    """Return the parts of a path that names `path` in `style`; None where nothing written so leads there."""
    index = folder.index
    area = index.areas.of(name)
    for names in _ways(style, name, path, area, is_folder=path in index.tree.folders):
        target = resolve(name, "/".join(quote(part, errors="surrogateescape") for part in names), index.site, area)
        if isinstance(target, InRepo):
            found = index.look_up(target)
            if found.path == path and found.standing in (Standing.FILE, Standing.FOLDER):
                return names
    return None


def _ways(style: Style, name: str, path: str, area: Area, *, is_folder: bool) -> Iterator[list[str]]:
    if is_folder:
        here = [] if style.root else name.split("/")[:-1]
        inside = path.split("/")
        if style.root:
            base = area.root.split("/") if area.root else []
            yield [*style.root.split("/")[:-1], *inside[len(base) :], ""]
        else:
            yield [*(["."] if style.dot else []), *way(here, 0, inside), ""]
        return
    if area.paths is None:
        inside = path.split("/")
        yield (
            ["", *inside]
            if style.root
            else [
                *(["."] if style.dot else []),
                *way(name.split("/")[:-1], 0, inside),
            ]
        )
        return
    yield from spellings(style, name, path, area)
    if style.ending is not None:
        yield from spellings(replace(style, ending=None), name, path, area)
