"""Which pages may hold a link to something that a change took away; pure.

A page is read and judged when its text can name what is gone. What decides here is only what every such link must have:
the last part of the path, of a page without its ending, because sites leave it out; and of a lost anchor its name
behind a `#`. Each may be written with percent-encoding, character references or backslashes.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint.formats import format_of
from doclint.repair import suspicious
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMES = 500
"""With more names than this all pages are read: a change of that size is no small one."""

_SHOWN_FOR_FOLDER = frozenset({"readme", "index", "_index"})
# A destination that ends in "/", "." or "..": it names a folder without a word of its name.
_NAMELESS = re.compile(r"""(?:^|[(<"'=\s/])(?:\.{1,2}/?|/)(?=[)>"'\s?#])""", re.MULTILINE)
_ENCODED = re.compile(r"[%&\\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Lost(Value):
    """Something that links can no longer point at: the file or folder `path`, or only some `anchors` of that page."""

    path: str
    anchors: frozenset[str] = frozenset()


class Mentions:
    """Tells which pages may hold a link to one of the things that are lost.

    Args:
        lost: What is lost.
        any_case: Whether letter case does not count in the paths of some page.
    """

    def __init__(self, lost: Iterable[Lost], *, any_case: bool = False) -> None:
        case = re.IGNORECASE if any_case else re.NOFLAG
        files: set[str] = set()
        pages: list[tuple[re.Pattern[str], re.Pattern[str]]] = []
        nameless = number = 0
        for thing in lost:
            names, is_folder_page = _names(thing.path)
            number += len(names) + len(thing.anchors)
            if not thing.anchors:
                files |= names
                nameless += is_folder_page
            else:
                # The top of the repository has no name: any link with the anchor may lead to its README.
                top = is_folder_page and "/" not in thing.path
                place = re.compile("") if top else _of_words(names, case)
                if is_folder_page and not top:
                    place = re.compile(f"{place.pattern}|{_NAMELESS.pattern}", re.MULTILINE | case)
                pages.append((_of_anchors(thing.anchors), place))
        self.everywhere = number > _MOST_NAMES
        self._patterns = ([_of_words(files, case)] if files else []) + ([_NAMELESS] if nameless else [])
        self._pairs = pages
        self._beyond_ascii = any(not text.isascii() for text in files) or any(
            not pattern.pattern.isascii() for pair in pages for pattern in pair
        )

    def __bool__(self) -> bool:
        """Whether anything is lost."""
        return bool(self._patterns or self._pairs)

    def __call__(self, data: bytes) -> bool:
        """Tell whether a page with these bytes may hold such a link."""
        if self.everywhere:
            return True
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return True
        if "\0" in text or self._in(text):
            return True
        if _ENCODED.search(text) and self._in(_decoded(text)):
            return True
        # What is damaged on the page may be repaired to the name.
        return self._beyond_ascii and not text.isascii() and suspicious(text)

    def _in(self, text: str) -> bool:
        if any(pattern.search(text) for pattern in self._patterns):
            return True
        if "#" not in text or not self._pairs:
            return False
        folded = text.casefold()
        return any(anchors.search(folded) and place.search(text) for anchors, place in self._pairs)


def _names(path: str) -> tuple[set[str], bool]:
    """Return the words that links to a file need one of, and whether it is the page that stands for its folder."""
    folder, _, name = path.rpartition("/")
    if format_of(name) is None:
        return {name}, False
    stem = name.rpartition(".")[0]
    if stem.lower() not in _SHOWN_FOR_FOLDER:
        return {stem}, False
    return {stem, *filter(None, [folder.rpartition("/")[2]])}, True


def _of_words(words: Iterable[str], case: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words)))})(?!\w)", case)


def _of_anchors(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"#(?:user-content-)?(?:{'|'.join(sorted(re.escape(name.casefold()) for name in names))})(?!\w)")


def _decoded(text: str) -> str:
    return unquote(html.unescape(_ESCAPE.sub(r"\1", text)))
