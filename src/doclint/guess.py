"""[disk] Which host shows which folder, guessed from the configuration of site generators.

Only what decides where pages are and how anchors are made is read, by line, because most of these files are YAML or
programs: `docs_dir`, `theme` and the extensions of mkdocs.yml, `path` of docusaurus.config.*, `srcDir` of
.vitepress/config.*, `contentDir` of Hugo; `docfx.py` reads those of DocFX. What is not understood: values over several
lines, YAML anchors, `INHERIT`, whatever a program computes. TOML is read as TOML. A file that cannot be read, or is no
text, tells nothing.
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING, Any

from doclint.areas import Area, Areas, areas_of
from doclint.formats import pages_among
from doclint.model import Guess, UsageError
from doclint.slug import DEFAULT, FLAVOURS
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doclint.model import Files
    from doclint.settings import Settings

_MOST_BYTES = 1_000_000
# Patterns as text: `re` makes them where they are first used, and keeps them; most repositories are no site.
_YAML_VALUE = r"""(?m)^[ \t]*{key}[ \t]*:[ \t]*["']?([^"'#\n]+?)["']?[ \t]*(?:#.*)?$"""
_PYMDOWNX_SLUGS = r"(?m)^[^#\n]*slugify.*pymdownx\.slugs"
_ATTR_LIST = r"(?m)^\s*(?:-\s*[\"']?attr_list\b|attr_list\s*:)"
_SCRIPT_PATH = r"""(?m)\bpath\s*:\s*["'`]([^"'`\n]+)["'`]"""
_SCRIPT_SOURCE = r"""(?m)\bsrcDir\s*:\s*["'`]([^"'`\n]+)["'`]"""
_HUGO_YAML = r"(?mi)^(?:baseurl|languagecode|defaultcontentlanguage)\s*:"
_DOCUSAURUS_FOLDERS = ("docs", "blog", "src/pages", "versioned_docs", "i18n")
_HUGO_KEYS = frozenset({"baseurl", "languagecode", "defaultcontentlanguage", "contentdir"})


def guessed(files: Files) -> tuple[Areas, tuple[Guess, ...]]:
    """Return the areas that the tracked configuration files tell of, and the guesses themselves, sorted."""
    # Of many thousand files a glance at the name tells of nearly all that they configure no site.
    perhaps = [path for path in files.tracked if path[path.rfind("/") + 1 :].startswith(_BEGINNINGS)]
    readers = [
        (path, reader) for path in sorted(perhaps) if (reader := _reader(path, path.rpartition("/")[2])) is not None
    ]
    if not readers:
        return Areas(FLAVOURS["github"], guessed=True), ()
    folders = {path.rpartition("/")[0] for path in pages_among(files.tracked)}

    def has_pages(folder: str) -> bool:
        return any(not folder or other == folder or other.startswith(f"{folder}/") for other in folders)

    areas: dict[str, Area] = {}
    guesses: dict[str, Guess] = {}
    for path, reader in readers:
        for flavour, shown, root in reader(_Config(files, path, path.rpartition("/")[0])):
            if shown is not None and root is not None and has_pages(shown) and shown not in areas:
                areas[shown] = Area(shown, FLAVOURS[flavour], root)
                guesses[shown] = Guess(path, shown, flavour)
    found = Areas(FLAVOURS["github"], tuple(areas.values()), guessed=True)
    return _equipped(found, files), tuple(guesses.values())


def _equipped(areas: Areas, files: Files) -> Areas:
    """Return the areas with what is told of the site's build."""
    if not any(flavour.name == "docfx" for flavour in (areas.elsewhere, *(area.flavour for area in areas.areas))):
        return areas
    from doclint import docfx

    return docfx.equipped(areas, files)


class _Config(Value):
    """A configuration file and the folder that it is in."""

    files: Files
    path: str
    folder: str

    def text(self) -> str:
        """Return the file's text; "" when there is none to have."""
        try:
            with open(os.path.join(self.files.root, self.path), "rb") as file:
                return file.read(_MOST_BYTES).decode("utf-8", "replace")
        except OSError:
            return ""

    def toml(self) -> dict[str, Any]:
        """Return the file's table; an empty one when it is not TOML."""
        import tomllib

        try:
            return tomllib.loads(self.text())
        except (ValueError, RecursionError):
            return {}

    def below(self, relative: str, folder: str | None = None) -> str | None:
        """Return a folder that the file names, relative to the root ("" is the root); None when it lies outside."""
        joined = posixpath.normpath(posixpath.join(self.folder if folder is None else folder, relative.strip()))
        if joined == ".." or joined.startswith(("../", "/")):
            return None
        return "" if joined == "." else joined


_BEGINNINGS = (
    "mkdocs.", "docfx.", ".openpublishing.publish.", "book.", "conf.", "_config.", "config.", "hugo.", "docusaurus.",
    "astro.",
)  # fmt: skip
"""What the names begin with that `_reader` knows."""

_Found = tuple[str, str | None, str | None]
"""A flavour, the folder that it shows, and where `/` begins; None for what lies outside of the repository."""


def _reader(path: str, name: str) -> Callable[[_Config], Iterator[_Found]] | None:
    stem, _, ending = name.partition(".")
    match name:
        case "mkdocs.yml" | "mkdocs.yaml":
            return _mkdocs
        case "docfx.json" | ".openpublishing.publish.config.json":
            return _docfx
        case "book.toml":
            return _mdbook
        case "conf.py":
            return _sphinx
        case "_config.yml":
            return _jekyll
        case "config.toml" | "config.yaml" | "config.yml" | "hugo.toml" | "hugo.yaml" | "hugo.yml":
            return _vitepress if "/.vitepress/" in f"/{path}" else _hugo_or_zola
        case _ if stem == "docusaurus" and ending.startswith("config."):
            return _docusaurus
        case _ if stem == "astro" and ending.startswith("config."):
            return _astro
        case _ if stem == "config" and "/.vitepress/" in f"/{path}":
            return _vitepress
        case _:
            return None


def _mkdocs(config: _Config) -> Iterator[_Found]:
    text = config.text()
    folder = config.below(_yaml(text, "docs_dir") or "docs")
    if re.search(_PYMDOWNX_SLUGS, text):
        yield "pymdownx", folder, folder
    else:
        yield "mkdocs-attr_list" if re.search(_ATTR_LIST, text) else "mkdocs", folder, folder


def _docfx(config: _Config) -> Iterator[_Found]:
    from doclint import docfx

    yield from docfx.folders(config.files, config.path)


def _docusaurus(config: _Config) -> Iterator[_Found]:
    named = [path for path in re.findall(_SCRIPT_PATH, config.text()) if "://" not in path]
    for relative in dict.fromkeys((*_DOCUSAURUS_FOLDERS, *named)):
        folder = config.below(relative)
        if folder != config.folder:
            yield "docusaurus", folder, config.folder


def _vitepress(config: _Config) -> Iterator[_Found]:
    site = f"/{config.folder}/".partition("/.vitepress/")[0].strip("/")
    source = re.search(_SCRIPT_SOURCE, config.text())
    folder = config.below(source[1], site) if source else site
    yield "vitepress", folder, folder


def _mdbook(config: _Config) -> Iterator[_Found]:
    book = config.toml().get("book")
    source = book.get("src", "src") if isinstance(book, dict) else "src"
    folder = config.below(source if isinstance(source, str) else "src")
    yield "mdbook", folder, folder


def _hugo_or_zola(config: _Config) -> Iterator[_Found]:
    site = config.folder.removesuffix("config/_default").rstrip("/")
    is_hugo = config.path.rpartition("/")[2].startswith("hugo.")
    content = "content"
    if config.path.endswith(".toml"):
        table = config.toml()
        if not is_hugo and "base_url" in table:
            folder = config.below("content", site)
            yield "zola", folder, folder
            return
        keys = {key.lower(): value for key, value in table.items()}
        is_hugo = is_hugo or bool(_HUGO_KEYS & keys.keys())
        content = keys.get("contentdir", content)
    else:
        is_hugo = is_hugo or bool(re.search(_HUGO_YAML, config.text()))
        content = _yaml(config.text(), "contentDir") or content
    if is_hugo and isinstance(content, str):
        folder = config.below(content, site)
        yield "hugo", folder, folder


def _sphinx(config: _Config) -> Iterator[_Found]:
    if re.search(r"(?m)^[^#\n]*[\"'](?:myst_parser|myst_nb)[\"']", config.text()):
        yield "myst", config.folder, config.folder


def _jekyll(config: _Config) -> Iterator[_Found]:
    beside = f"{config.folder}/_toc.yml" if config.folder else "_toc.yml"
    yield "myst" if beside in config.files.tracked else "jekyll", config.folder, config.folder


def _astro(config: _Config) -> Iterator[_Found]:
    for relative in ("src/content/docs", "src/content", "src/pages"):
        folder = config.below(relative)
        yield "astro", folder, folder


def _yaml(text: str, key: str) -> str:
    """Return the value of a key that is written on one line; "" where there is none."""
    found = re.search(_YAML_VALUE.format(key=key), text)
    return found[1] if found else ""


def areas_for(settings: Settings, files: Files) -> tuple[Areas, tuple[Guess, ...]]:
    """Return which host shows which folder: what the settings say, else what the repository's files tell.

    Raises:
        UsageError: The settings name a folder outside the root.
    """
    if settings.flavour is None and not settings.folders:
        return guessed(files)
    folders = []
    for path, flavour in settings.folders:
        name = os.path.relpath(path, files.root).replace(os.sep, "/")
        if name == ".." or name.startswith("../"):
            raise UsageError(f"folder.path: {path!r} lies outside {files.root!r}; name a folder below it")
        folders.append(("" if name == "." else name, FLAVOURS[flavour]))
    return _equipped(areas_of(FLAVOURS[settings.flavour or DEFAULT], folders), files), ()
