"""Which formats of pages there are, and which one a file is in by its name."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Format(Enum):
    """How a page is written; the values are the words of the setting `formats`."""

    MARKDOWN = "markdown"
    MDX = "mdx"
    NOTEBOOK = "notebook"
    HTML = "html"
    RST = "rst"


FORMATS = tuple(form.value for form in Format)
DEFAULT = ("markdown", "mdx", "notebook")
"""The formats that are checked where the settings say nothing: HTML is often made by a program, and reStructuredText
needs docutils."""

# Markdown: github-linguist's list.
_PLAIN_MARKDOWN = (".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".mkdown")
_FORMAT_BY_ENDING = {
    **dict.fromkeys((*_PLAIN_MARKDOWN, ".livemd", ".ronn", ".scd", ".workbook"), Format.MARKDOWN),
    ".mdx": Format.MDX,
    ".ipynb": Format.NOTEBOOK,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".rst": Format.RST,
}


def format_of(path: str) -> Format | None:
    """Return the format of a file by its ending, in any letter case; None for what is no page.

    >>> format_of("docs/README.MD"), format_of("docs/readme.md.txt")
    (<Format.MARKDOWN: 'markdown'>, None)
    """
    dot = path.rfind(".")
    return _FORMAT_BY_ENDING.get(path[dot:].lower()) if dot >= 0 else None


def pages_among(paths: Iterable[str], formats: Collection[str] = DEFAULT) -> list[str]:
    """Return those of `paths` that are pages of one of the formats by their endings; quick, for a repository is large.

    >>> pages_among(["docs/README.MD", "docs/readme.md.txt", "a.html"])
    ['docs/README.MD']
    """
    endings = tuple(ending for ending, form in _FORMAT_BY_ENDING.items() if form.value in formats)
    return [path for path in paths if path.lower().endswith(endings)]
