"""[disk] What the configuration of DocFX tells: which folders it publishes, and what the build adds to their files.

Two programs share the Markdown: docfx, which anyone may run (`docfx.json`), and its version 3, which publishes
learn.microsoft.com (`.openpublishing.publish.config.json` in the root names the folders, each with a `docfx.json`).
Both are read as JSON with comments and commas too many; what cannot be read tells only that it is there.

Sources: dotnet/docfx, `docs/reference/docfx-json-reference.md`; in its branch v3 `config/ops/OpsConfigLoader.cs` (a
`path_to_root` starts in the repository's root) and `build/redirection/RedirectionProvider.cs` (which files tell of
redirections, and that a `source_path` starts in the folder of the file).
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from doclint.areas import Area, Areas, Build
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from doclint.model import Files

NAME = "docfx"
PUBLISHED = ".openpublishing.publish.config.json"

_MOST_BYTES = 30_000_000  # a list of redirections may be long
_STRING = r'"(?:\\.|[^"\\])*"'
_COMMENTS = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
_COMMAS = re.compile(rf"({_STRING})|,(?=\s*[}}\]])")
# A list of redirections is read by its lines' form: as JSON it would take several times as long.
_SOURCE = re.compile(r'"source_path(_from_root)?"\s*:\s*"([^"\n]+)"')
_REDIRECTIONS = ".openpublishing.redirection"


def folders(files: Files, path: str) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield what a configuration tells, as other sites' do: the flavour, a folder of pages, and where `~/` begins.

    Args:
        files: What there is.
        path: A `docfx.json` or the list of what is published.
    """
    folder, _, name = path.rpartition("/")
    if name == PUBLISHED:
        if not folder:
            yield from ((NAME, docset, docset) for docset in _docsets(files))
        return
    docsets = _docsets(files)
    if docsets and folder not in docsets:
        return
    table = _table(files, path)
    if table and "build" not in table:
        return  # it only describes programs
    yield NAME, folder, folder
    for source in _sources(table):
        # What lies below is part of the folder itself, and what is taken from all around it mostly is no page.
        if (place := _below(folder, source)) and not f"{place}/".startswith(f"{folder}/" if folder else ""):
            yield NAME, place, folder


def equipped(areas: Areas, files: Files) -> Areas:
    """Return the areas, those of DocFX with their root and what the build adds."""
    known = {area.folder: area for area in areas.areas}
    if not areas.guessed:
        roots = _roots(files)
        if areas.elsewhere.name == NAME:
            whole = {"": "", **roots}
            known = {folder: Area(folder, areas.elsewhere, root) for folder, root in whole.items()} | known
        for folder, area in known.items():
            above = [other for other in roots if Area(other, area.flavour).holds(folder)]
            if area.flavour.name == NAME and above:
                known[folder] = replace(area, root=roots[max(above, key=len)])
    common = tuple(_brought(files))
    redirections = tuple(_redirections(files))
    gone = cache(lambda: frozenset(_gone(redirections)))
    builds: dict[str, Build] = {}
    for folder, area in known.items():
        if area.flavour.name == NAME:
            if area.root not in builds:
                builds[area.root] = Build((*common, *_made(files, area.root)), gone)
            known[folder] = replace(area, build=builds[area.root])
    return Areas(areas.elsewhere, tuple(known.values()), guessed=areas.guessed)


def _roots(files: Files) -> dict[str, str]:
    """Return each folder that some configuration publishes, and where `~/` begins there."""
    found: dict[str, str] = {}
    for path in sorted(files.tracked):
        if path.rpartition("/")[2] in ("docfx.json", PUBLISHED):
            for _, folder, root in folders(files, path):
                if folder is not None and root is not None:
                    found.setdefault(folder, root)
    return found


def _docsets(files: Files) -> list[str]:
    """Return the folders that are published on learn.microsoft.com."""
    named = _entries(_table(files, PUBLISHED).get("docsets_to_publish"))
    found = (_below("", _text(entry.get("build_source_folder")) or ".") for entry in named)
    return [folder for folder in found if folder is not None]


def _brought(files: Files) -> Iterator[str]:
    """Yield the folders that other repositories fill; a translated repository falls back to the one in English."""
    table = _table(files, PUBLISHED)
    for key in ("dependent_repositories", "dependent_packages"):
        for entry in _entries(table.get(key)):
            if place := _below("", _text(entry.get("path_to_root"))):
                yield f"{place.lower()}/"
    locales = {_text(entry.get("locale")).lower() for entry in _entries(table.get("docsets_to_publish"))} - {""}
    if locales and "en-us" not in locales:
        yield ""


def _made(files: Files, folder: str) -> Iterator[str]:
    """Yield the folders of a site that are made from programs before it is built."""
    table = _table(files, f"{folder}/docfx.json" if folder else "docfx.json")
    named = [
        _text(entry.get("dest")) or _text(entry.get("output")) or "api" for entry in _entries(table.get("metadata"))
    ]
    for relative in (*named, *_sources(table)):
        place = _below(folder, relative)
        if place and (relative in named or not any(path.startswith(f"{place}/") for path in files.tracked)):
            yield f"{place.lower()}/"


def _redirections(files: Files) -> Iterator[tuple[str, str]]:
    """Yield the files that tell of redirections: the folder of each in small letters, and its text."""
    listed = _table(files, PUBLISHED).get("redirection_files")
    named = {path for path in listed if isinstance(path, str)} if isinstance(listed, list) else set()
    for path in files.tracked:
        if path in named or (_REDIRECTIONS in path and path.endswith(".json")):
            yield path.rpartition("/")[0].lower(), _read(files, path)


def _gone(redirections: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the pages that redirections name, in small letters."""
    for folder, text in redirections:
        for from_root, source in _SOURCE.findall(text):
            name = source.lower().replace("\\", "/").lstrip("/")
            yield posixpath.normpath(name if from_root or not folder else f"{folder}/{name}")


def _sources(table: dict[str, Any]) -> Iterator[str]:
    """Yield the folders that the pages of a site are taken from."""
    build = table.get("build")
    for entry in _entries(build.get("content") if isinstance(build, dict) else None):
        if source := _text(entry.get("src")) or _text(entry.get("cwd")):
            yield source


def _table(files: Files, path: str) -> dict[str, Any]:
    """Return a file's table; an empty one when there is none to have."""
    text = _read(files, path) if path in files.tracked else ""
    for plain in (str, _bare):
        try:
            table = json.loads(plain(text))
        except (ValueError, RecursionError):
            continue
        return table if isinstance(table, dict) else {}
    return {}


def _bare(text: str) -> str:
    r"""Return JSON without comments, and without commas behind which nothing follows.

    >>> _bare('{"a": ["//", 1,], // what?\n}')
    '{"a": ["//", 1] \n}'
    """
    return _COMMAS.sub(lambda found: found[1] or "", _COMMENTS.sub(lambda found: found[1] or "", text))


def _read(files: Files, path: str) -> str:
    try:
        with open(os.path.join(files.root, path), "rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _entries(value: object) -> Iterable[dict[str, Any]]:
    """Return the tables in a list, or the one that stands in its place."""
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]


def _text(value: object) -> str:
    return value.replace("\\", "/") if isinstance(value, str) else ""


def _below(folder: str, relative: str) -> str | None:
    """Return a folder that is named in another one, "" for the root; None when it lies outside or is no name."""
    joined = posixpath.normpath(posixpath.join(folder, relative.strip() or "."))
    if joined == ".." or joined.startswith(("../", "/")) or "\0" in joined:
        return None
    return "" if joined == "." else joined
