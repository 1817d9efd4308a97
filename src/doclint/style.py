"""How the path of a link is written, and how another file is named in the same way; pure.

A file has one path and, on a site, many addresses: `guide/install.md`, `/guide/install`, `../install/`,
`install.html`. The style of a link is what its writer chose among them. A page that stands for its folder is named by
the folder (`guide/`) unless its own name was written before (`guide/index`).

`spellings` proposes, and does not look at what is there: that a spelling leads to the file is for the caller to see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.resolve import forms, normalised, starts_of, unrooted
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doclint.areas import Area
    from doclint.sites import Paths


class Style(Value):
    """What stays of a path when it names something else.

    Attributes:
        root: What makes it start in the site's folder; "" where it is relative.
        start: For a relative path: which of the folders of `starts_of` it starts in.
        ending: What is written for the ending of the file's name, "" or `.html`; None for the ending itself.
        by_name: Whether a page that stands for its folder is named by its own name.
        dot: Whether `./` stands in front.
        slash: Whether a slash stands behind.
    """

    root: str
    start: int
    ending: str | None
    by_name: bool
    dot: bool
    slash: bool


def style_of(page: str, parts: Sequence[str], path: str, area: Area) -> Style | None:
    """Return how a link on `page` is written that names the file or folder `path`; None where it does not name it.

    Args:
        page: The page, which is in `area`.
        parts: The decoded parts of the link's path, "" in front of a leading slash and behind a closing one.
        path: A path from the repository's root, normalised.
        area: The host of the page.
    """
    paths = area.paths
    root, bare = unrooted("/".join(parts), paths)
    starts = starts_of(page, area, rooted=bool(root))
    for start, folder in enumerate(starts):
        name, above = normalised(f"{folder}/{bare}")
        if paths is not None and paths.windows and name.lower() == path.lower():
            name = path
        if above or not (name == path or (paths is not None and path in forms(name, paths))):
            continue
        last, file = name.rpartition("/")[2], path.rpartition("/")[2]
        ending = next((end for end in (".html", ".htm") if last.endswith(end)), "")
        return Style(
            root=root,
            start=start,
            ending=None if name == path else ending,
            by_name=last.removesuffix(ending) == file.rpartition(".")[0],
            dot=parts[0] == "." and len(parts) > 1 and bool(parts[1]),
            slash=len(parts) > 1 and not parts[-1],
        )
    return None


def spellings(style: Style, page: str, path: str, area: Area) -> Iterator[list[str]]:
    """Yield the parts of the paths by which a link on `page` may name `path` in `style`, likeliest first.

    Args:
        style: How it is to be written.
        page: The page, which is in `area`.
        path: What is to be named, from the repository's root.
        area: The host of the page.
    """
    starts = starts_of(page, area, rooted=bool(style.root))
    for base in _bases(style, path, area.paths):
        inside = base.split("/") if base else []
        for folder in starts if style.root else starts[style.start : style.start + 1]:
            if style.root or style.start > 1:
                below = _below(folder, inside)
                names = below if below is None or style.root else below or ["."]
            else:
                names = way(folder.split("/") if folder else [], 0, inside)
            if names is not None:
                yield _with_ends(style, names)


def _with_ends(style: Style, names: list[str]) -> list[str]:
    """Return `names` with what stands in front of them and behind."""
    closing = [""] if style.slash or not names else []
    if style.root:
        return [*style.root.split("/")[:-1], *names, *closing]
    return [*(["."] if style.dot else []), *names, *closing]


def _bases(style: Style, path: str, paths: Paths | None) -> Iterator[str]:
    """Yield what may stand for `path`, from the repository's root: the path itself, or addresses of the page."""
    if style.ending is None:
        yield path
        return
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if paths is None or dot + ending not in (*paths.endings, ".html"):
        return
    by_name = f"{folder}{slash}{stem}{style.ending}"
    if name not in (*paths.indexes, "index.html"):
        yield by_name
        return
    by_folder = f"{folder}{slash}index{style.ending}" if style.ending else folder
    yield from (by_name, by_folder) if style.by_name else (by_folder, by_name)


def _below(folder: str, inside: list[str]) -> list[str] | None:
    """Return the parts of a path below `folder`; None where it is not there."""
    above = folder.split("/") if folder else []
    return inside[len(above) :] if inside[: len(above)] == above else None


def way(here: Sequence[str], above: int, inside: Sequence[str]) -> list[str]:
    """Return the shortest way from the folder `here` to what lies `inside`, after so many steps above the root.

    >>> way(["docs", "a"], 0, ["docs", "b.md"]), way(["docs"], 1, ["issues"])
    (['..', 'b.md'], ['..', '..', 'issues'])
    """
    common = 0
    while not above and common < min(len(here), len(inside)) and here[common] == inside[common]:
        common += 1
    return [".."] * (len(here) - common + above) + list(inside[common:]) or ["."]
