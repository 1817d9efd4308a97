"""What paths mean to each host: where `/` begins, which endings may be left out, which page a folder shows.

Hosts that show the files of a repository need none of that: there a path is a file. A site that is built of pages has
files, which are named with their ending, and addresses, which are not (`guide/`, `guide`, `guide.html`). Where an
address depends on more than the file's name (a permalink, a slug in front matter, a theme, a mount), an address that
leads to no file is not judged: doclint would have to build the site.

Sources: MkDocs `structure/files.py`, `structure/pages.py`; Docusaurus docs, "Markdown links" and "Assets", and its
`resolveMarkdownLinkPathname`; VitePress docs, "Routing" and "Asset Handling", and its check for dead links; Hugo docs,
"Links and cross references"; Jekyll docs, "Permalinks", and jekyll-relative-links; mdBook `html/tree.rs` (fix_link),
its preprocessor `index`; MyST-Parser docs, "Cross-references"; Zola docs, "Internal links"; Astro docs, "Pages".
"""

from __future__ import annotations

import re

from doclint.formats import Format
from doclint.value import Value

_MARKDOWN = (".md", ".markdown")
# Patterns as text: `re` makes them where they are first used, and keeps them; most repositories are no site.
# Hugo's shortcodes and Jinja, mdBook, MyST, pymdownx.snippets, VitePress and MDX.
_INCLUDES = (
    r"\[!(?i:include)\b|\{\{[<%#]?\s*(?:include|readfile|shared)|\{%-?\s*include|```+\s*\{include\}|-8<-|<!--\s*@include|"
    r"(?m:^import\s[^\n]+\.(?:mdx?|vue|svelte|astro|jsx?|tsx?)[\"'])"
)
_BLOCKS = r"(?m)^:::[ \t]+\S"


class Paths(Value):
    """How a site finds what a link on one of its pages names.

    Attributes:
        endings: What may be left out at the end of a page's name, or stand as `.html`.
        indexes: The pages that stand for their folder.
        static: Folders, relative to the site's folder, whose files are served from `/`.
        addresses: Whether an address that leads to no file is a fault.
        rooted: Whether a path that begins with `/` and leads to no file is one.
        names: Whether a bare word, or `#word`, may name something on any page of the site.
        from_root: Whether a path may also start in the folder of the pages, and a relative one in the site's folder.
        parts: Whether a page in a folder or with a name that begins with `_` is a part of other pages.
        blocks: Whether `:::` stands before the name of something that a program documents, as for mkdocstrings.
        html_files: Whether a path that ends in `.html` is a file like any other.
        folders: Whether a page may be named as if it were a folder, `guide/` for `guide.md`.
        marker: What a path from the site's folder may begin with, beside `/`.
        behind: Whether a relative path may also start behind the page's own address, `guide/` for `guide.md`.
        beyond: Whether a path that begins with `/` is an address of a larger site, which several repositories fill.
        windows: Whether letter case does not count in paths, and a backslash is a slash.
        shared: Folders, anywhere, whose pages are parts of other pages.
    """

    endings: tuple[str, ...] = _MARKDOWN
    indexes: tuple[str, ...] = ("index.md", "README.md", "readme.md")
    static: tuple[str, ...] = ()
    addresses: bool = False
    rooted: bool = False
    names: bool = False
    from_root: bool = False
    parts: bool = False
    blocks: bool = False
    html_files: bool = False
    folders: bool = True
    marker: str = ""
    behind: bool = True
    beyond: bool = False
    windows: bool = False
    shared: tuple[str, ...] = ()


_MKDOCS = Paths(addresses=True, blocks=True)

PATHS: dict[str, Paths] = {
    "mkdocs": _MKDOCS,
    "mkdocs-attr_list": _MKDOCS,
    "pymdownx": _MKDOCS,
    "docusaurus": Paths(
        endings=(".md", ".mdx"),
        indexes=("index.md", "index.mdx", "README.md", "README.mdx"),
        static=("static",),
        rooted=True,
        from_root=True,
        parts=True,
        marker="@site/",
    ),
    "docfx": Paths(
        endings=(".md", ".yml"),
        indexes=("index.md", "index.yml"),
        marker="~/",
        folders=False,
        behind=False,
        beyond=True,
        windows=True,
        shared=("includes", "_includes", "include"),
    ),
    "vitepress": Paths(
        endings=(".md",), indexes=("index.md",), static=("public",), addresses=True, rooted=True, folders=False
    ),
    "hugo": Paths(indexes=("_index.md", "index.md"), static=("static", "../static", "../assets"), parts=True),
    "jekyll": Paths(from_root=True),
    "pandoc": Paths(endings=(".md", ".qmd", ".markdown"), indexes=("index.md", "index.qmd"), rooted=True),
    "pandoc-gfm": Paths(rooted=True),
    "myst": Paths(
        endings=(".md", ".rst", ".ipynb", ".myst"), indexes=("index.md", "index.rst"), rooted=True, names=True
    ),
    "mdbook": Paths(addresses=True, folders=False),
    "astro": Paths(
        endings=(".md", ".mdx"), indexes=("index.md", "index.mdx"), static=("public", "../public", "../../../public")
    ),
    "zola": Paths(indexes=("_index.md", "index.md"), static=("../static",), marker="@/"),
}
"""The flavours that are sites; to all others a path is a file."""

PATHS_OF_FORMAT: dict[Format | None, Paths] = {
    Format.MDX: Paths(endings=(".mdx", ".md")),
    Format.HTML: Paths(endings=(), indexes=("index.html", "index.htm"), html_files=True),
    Format.RST: Paths(endings=(".rst",), indexes=("index.rst",)),
}
"""Formats whose pages are made for a site, although no flavour tells for which: `/` may start anywhere there."""


def takes_in_others(text: str, paths: Paths) -> bool:
    """Tell whether a page of a site takes in files or components, so that its anchors are not all its own."""
    return re.search(_INCLUDES, text) is not None or (paths.blocks and re.search(_BLOCKS, text) is not None)


def is_part(path: str, paths: Paths) -> bool:
    """Tell whether a page is made to be taken in by others: by its folder, or a name that begins with `_`.

    >>> is_part("docs/_common/note.md", PATHS["hugo"]), is_part("docs/_index.md", PATHS["hugo"])
    (True, False)
    """
    if paths.shared and not set(paths.shared).isdisjoint(path.lower().split("/")[:-1]):
        return True
    return paths.parts and any(name.startswith("_") and name.partition(".")[0] != "_index" for name in path.split("/"))
