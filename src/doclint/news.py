"""[disk] Only what a change brought: which pages to look at, and which of the findings are news.

A finding is news when it stands in a changed line of a page that was named, or when the page did not have it before the
change. So what a link has lost need not be told apart: a file, a heading, a definition, a line number, or the folder
that the page itself has left. Whatever was at fault before stays silent, also where it is now at fault in another way.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from doclint import decode
from doclint.change import changed_lines, folders_gone
from doclint.discover import everywhere
from doclint.formats import format_of
from doclint.mentions import Lost, Mentions
from doclint.model import FileKind
from doclint.rules import BY_NAME
from doclint.rules.base import Group
from doclint.stamp import findings
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from doclint.change import Change
    from doclint.compare import Comparison
    from doclint.index import RepoIndex
    from doclint.library import Library
    from doclint.model import Finding
    from doclint.rules.base import Rule
    from doclint.settings import Settings

    RulesFor = Callable[[str], Sequence[Rule]]

_Identity = tuple[str, Group, str, int, int]
"""The page and what a finding is at fault about: the words of its line and where it stands in them, not which line."""


class News:
    """What a change brought.

    Args:
        comparison: What is compared; its `change` is not None.
        change: The same change.
        library: What there is now.
        settings: Which pages may be reported on.
        rules_for: The rules that report on a page.
        count_lines: Whether a rule looks at line numbers in links.

    Attributes:
        files: What there is now, and what to report on: `named`, and pages with links that the change may have broken.
        named: The pages whose changed lines are meant.
        gone: The files that the change took away.
    """

    def __init__(  # noqa: PLR0913 - two sides, and what is wanted of them
        self,
        comparison: Comparison,
        change: Change,
        library: Library,
        settings: Settings,
        rules_for: RulesFor,
        *,
        count_lines: bool,
    ) -> None:
        self._change = change
        self.gone = frozenset(change.gone)
        self._given = comparison.given
        self._library = library
        self._before = library.at(change.before, comparison.given_before)
        self._rules_for = rules_for
        self.named = frozenset(path for path in comparison.files.pages if path in change.touched)
        # A file's name is news when the file was not there under it.
        others = tuple(
            path for path in comparison.files.others if path in change.touched and path not in change.before.tracked
        )
        lost = Mentions(self._lost(count_lines=count_lines), any_case=library.any_case)
        self._mentioning = frozenset(self._that_mention(lost, comparison.files.pages, settings) if lost else ())
        self.files = replace(comparison.files, pages=tuple(sorted(self.named | self._mentioning)), others=others)
        self._old = self._findings_before()
        self._lines: dict[str, tuple[str, tuple[range, ...]]] = {}

    def among(self, found: Iterable[Finding], library: Library, texts: Mapping[str, str]) -> Iterator[Finding]:
        """Yield the findings that are news.

        Args:
            found: Findings of pages of `library`, sorted.
            library: What there is now, perhaps with renames made.
            texts: New texts of pages by their paths on the disk.
        """
        old = self._old.copy()
        for finding in found:
            path = library.on_disk(finding.path)
            if path in self.named and not finding.of_file:
                text = texts[path] if path in texts else self._library.text(path)
                if self._is_changed(path, text, finding):
                    yield finding
                    continue
            elif path in self._mentioning and not _is_of_link(finding):
                continue
            identity = _identity(path, finding)
            if old[identity]:
                old[identity] -= 1
            else:
                yield finding

    def _is_changed(self, path: str, text: str, finding: Finding) -> bool:
        if path not in self._lines or self._lines[path][0] != text:
            version = self._change.versions.get(path)
            old = self._before.text(version.path) if version is not None else None
            lines = changed_lines(old, text) if old is not None else (range(1, len(text) + 2),)
            self._lines[path] = (text, lines)
        place = finding.place
        # What ends before the first character of a line does not touch that line.
        last = place.end_line - (place.end_column == 1 and place.end_line > place.line)
        return any(lines.start <= last and place.line < lines.stop for lines in self._lines[path][1])

    # ------------------------------------------------------------------------------------------ what links have lost

    def _lost(self, *, count_lines: bool) -> Iterator[Lost]:
        """Yield what links could point at before and cannot now."""
        if self._change.gone:
            folders = self._library.index_of(()).tree.folders
            yield from map(Lost, sorted(self._change.gone.keys() | folders_gone(self._change, folders)))
        pages = [path for path in sorted(self._change.touched) if self._is_page_on_both_sides(path)]
        now, before = self._library.index_of(pages), self._before.index_of(pages)
        for path in pages:
            if anchors := _anchors(before, path) - _anchors(now, path):
                yield Lost(path, frozenset(anchors))
        if count_lines:
            yield from (Lost(path) for path in sorted(self._change.touched & self._change.versions.keys()))

    def _is_page_on_both_sides(self, path: str) -> bool:
        is_file = self._library.files.tracked.get(path) is FileKind.FILE
        return is_file and format_of(path) is not None and self._change.before.tracked.get(path) is FileKind.FILE

    def _that_mention(self, lost: Mentions, named: Sequence[str], settings: Settings) -> Iterator[str]:
        """Yield the pages of the repository that may hold a link to what is lost."""
        files = self._library.files
        for path in sorted({*everywhere(files, settings), *named}):
            if path in self.named or (settings.staged and path in files.untracked):
                continue
            data = self._given.get(path)
            if data is None:
                try:
                    data = decode.read_bytes(files.root, path)
                except OSError:  # it has no links then
                    continue
            if lost(data):
                yield path

    def _findings_before(self) -> Counter[_Identity]:
        """Count what was found before on the pages to look at, by their paths of now."""
        old_paths: dict[str, str] = {}
        for path in self.files.pages:
            if path in self._change.versions:
                old_paths[path] = self._change.versions[path].path
            elif path not in self._change.touched:
                old_paths[path] = path
        known = {path: old for path, old in old_paths.items() if old in self._before.files.tracked}
        index = self._before.index_of(sorted(set(known.values())))
        return Counter(
            _identity(path, finding)
            for path, old in known.items()
            for finding in findings(index.pages[old], index, self._rules_for(path))[0]
        )


def _identity(path: str, finding: Finding) -> _Identity:
    place = finding.place
    return path, BY_NAME[finding.rule].group, finding.excerpt, place.column, place.end_column


def _is_of_link(finding: Finding) -> bool:
    return BY_NAME[finding.rule].group is Group.LINKS


def _anchors(index: RepoIndex, path: str) -> set[str]:
    tables = (index.anchors(path), index.anchors_on_disk(path))
    anchors = (anchor for table in tables if table is not None for anchor in table.anchors)
    return {name for anchor in anchors for name in (anchor.name, *anchor.aliases)}
