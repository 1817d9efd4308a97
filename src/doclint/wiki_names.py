"""What a wiki link means: the file that it names, wherever in the repository that is.

GitHub's wikis (Gollum) and Obsidian agree that letter case does not count and that the ending of a page is left out.
Gollum also writes hyphens for spaces, and the text in front of the page, `[[text|page]]`, where Obsidian writes
`[[page|text]]`: both are tried. Obsidian finds a page by its name alone or by the end of its path.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import quote

from doclint.formats import format_of
from doclint.model import InRepo, Other, SamePage, Span, Web
from doclint.slug import github

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.model import Target

_GAP = re.compile(r"[\s_-]+")
# Tables of contents, and addresses and templates of any kind.
_OTHER = re.compile(r"(?i)_?toc_?\Z|include:|\{\{|\{%")
_NAME = re.compile(r"\s*([^#]*?)[\\\s]*(?:#|\Z)")
_WEB = re.compile(r"(?i)https?://")


class WikiNames:
    """The names under which wiki links find the files at `paths`."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._known: dict[tuple[str, str], tuple[Target, Span]] = {}
        self._files = frozenset(paths)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted(self._files, key=lambda path: (path.count("/"), path)):
            for name in {_key(path), _key(_bare(path))}:
                self._by_name[name.rpartition("/")[2]].append(path)

    def target(self, page: str, written: str) -> Target:
        """Return what `written`, all that stands between the brackets on `page`, means."""
        return self.found(page, written)[0]

    def found(self, page: str, written: str) -> tuple[Target, Span]:
        """Return what `written` on `page` means, and where in it the name of the file stands."""
        key = (page.rpartition("/")[0], written)
        if key not in self._known:
            self._known[key] = self._find(page, written)
        return self._known[key]

    def has(self, path: str) -> bool:
        """Tell whether a wiki link can find the file at `path`."""
        return path in self._files

    def _find(self, page: str, written: str) -> tuple[Target, Span]:
        bar = written.find("|")
        halves = [Span(0, len(written))] if bar < 0 else [Span(0, bar), Span(bar + 1, len(written))]
        for half in halves:
            target = self._target(page, half.of(written).strip())
            if not isinstance(target, InRepo) or self._paths(target.path):
                return target, _name_in(half, written)
        return self._target(page, halves[0].of(written).strip()), _name_in(halves[0], written)

    def _target(self, page: str, name: str) -> Target:
        if _WEB.match(name):
            return Web(name)
        if _OTHER.match(name):
            return Other("template")
        path, mark, heading = name.partition("#")
        path = path.strip().rstrip("\\")
        # Obsidian names a block `#^id`, and a heading below another `#one#two`.
        text = heading.rpartition("#")[2].rstrip("\\").strip()
        fragment = None if not mark or text.startswith("^") else quote(github.live_slug(text))
        if not path:
            return SamePage(fragment or "")
        found = self._paths(path, page)
        return InRepo(found[0] if found else path, fragment)

    def _paths(self, name: str, page: str = "") -> list[str]:
        """Return the files that a name may mean: first those nearest to `page`, then those highest in the tree."""
        wanted = _key(re.sub(r"\A(?:\.{0,2}/)+", "", name))
        ends = [
            path
            for path in self._by_name.get(wanted.rpartition("/")[2], ())
            if any(f"/{form}".endswith(f"/{wanted}") for form in (_key(path), _key(_bare(path))))
        ]
        return sorted(ends, key=lambda path: (-_folders_shared(page, path), path.count("/")))


def _name_in(half: Span, written: str) -> Span:
    """Return where in one side of the bar the name of a file stands, without white space, heading and backslash."""
    match = _NAME.match(written, half.start, half.end)
    return Span(*match.span(1)) if match else half


def _folders_shared(one: str, other: str) -> int:
    """Return in how many folders, from the root on, two files lie together."""
    pairs = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _bare(path: str) -> str:
    """Return the path of a page without its ending."""
    return path if format_of(path) is None else path.rpartition(".")[0]


def _key(name: str) -> str:
    return _GAP.sub("-", name).casefold()
