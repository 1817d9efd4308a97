"""A folder with its open pages: an index that is always that of the texts on the screen.

The index of a survey begins without pages. They come in a few at a time, in `step`, and again whenever what is there
changes; a page whose text is known already is not parsed again. A page that is open comes in before all others, so that
it can be judged at once. What is typed is taken in when something is asked, however many keys were pressed meanwhile.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doclint import baseline, decode
from doclint.model import Finding, Repaired, UsageError
from doclint.parse import parse
from doclint.run import in_order
from doclint.server.documents import Document, content, lines_of
from doclint.server.positions import Lines, Unit
from doclint.server.uris import uri_of
from doclint.settings import matcher
from doclint.stamp import findings
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.index import RepoIndex
    from doclint.model import Page, Parsed, Source
    from doclint.resolve import Site
    from doclint.server.survey import Survey

_BATCH = 64
"""So many pages come in together at most: each is looked at for the pages that its links name."""


class Folder:
    """A folder of the workspace, or a page that stands alone.

    Args:
        base: The folder as the editor names it, which may be by a symbolic link.
        survey: What there is.
        unit: What positions count.
    """

    def __init__(self, base: str, survey: Survey, unit: Unit = Unit.UTF16) -> None:
        self.base = base
        self.unit = unit
        self.survey = survey
        self.documents: dict[str, Document] = {}
        self._given: dict[str, bytes] = {}
        self._unread: dict[str, None] = {}
        self._typed: set[str] = set()
        self._judged: dict[str, tuple[RepoIndex, tuple[Finding, ...]]] = {}
        self._lines: dict[str, tuple[str, str, Lines | None]] = {}
        self._spelled: dict[str, tuple[str, str]] = {}
        self._begin(survey)

    # -------------------------------------------------------------------------------------------------- what there is

    def _begin(self, survey: Survey) -> None:
        self.survey, self._library, self._index = survey, survey.library, survey.index
        self._excluded, self._included = matcher(survey.settings.exclude), matcher(survey.settings.include)
        self._unread = dict.fromkeys(survey.stamps)
        self._typed = set(self.documents)

    def adopt(self, survey: Survey) -> bool:
        """Take in what there is now; return whether anything may be other than before."""
        before = self.survey
        self._given = {name: self._content(name) for name in self.documents}
        if not survey.is_like(before):
            survey.library.take_over(self._library)
            self._begin(survey)
            return True
        changed = [path for path, stamp in survey.stamps.items() if before.stamps.get(path) != stamp]
        # What was surveyed anew is the same; only the library and the index of before have pages.
        self.survey = replace(survey, library=before.library, index=before.index)
        self._unread |= dict.fromkeys(changed)
        self._typed |= self.documents.keys()
        return bool(changed) or survey.known != before.known

    @property
    def total(self) -> int:
        """How many pages there are."""
        return len(self.survey.stamps)

    @property
    def unread(self) -> int:
        """How many pages are still to come in."""
        return len(self._unread)

    def step(self, seconds: float) -> None:
        """Let pages come in, for about so long."""
        end = time.perf_counter() + seconds
        batch: list[str] = []
        while self._unread and len(batch) < _BATCH and time.perf_counter() < end:
            path = next(iter(self._unread))
            del self._unread[path]
            self._library.read_ahead(path)
            batch.append(path)
        if batch:
            self._index = self._library.revised(self._index, batch, self._given, self._unread)
            for path in batch:
                self._note(self._index.pages[path])

    @property
    def index(self) -> RepoIndex:
        """The index, with all that is typed."""
        if self._typed:
            typed, self._typed = self._typed, set()
            for name in typed:
                self._unread.pop(name, None)
            self._index = self._library.revised(self._index, sorted(typed), self._given)
        return self._index

    # ------------------------------------------------------------------------------------------------ the open pages

    def put(self, name: str, document: Document) -> None:
        """Take in a page that was opened, or its text after a change."""
        self.documents[name] = document
        self._given[name] = self._content(name)
        self._typed.add(name)

    def close(self, name: str) -> None:
        """Let what is on the disk count again; a page without a file is forgotten."""
        self.documents.pop(name, None)
        self._given.pop(name, None)
        self._judged.pop(name, None)
        self._typed.add(name)

    def _content(self, name: str) -> bytes:
        try:
            disk = decode.read_bytes(self.survey.files.root, name)
        except OSError:
            disk = None
        return content(self.documents[name].text, disk)

    def is_judged(self, name: str) -> bool:
        """Tell whether `doclint check` would report on a page, if it was saved as it is."""
        files = self.survey.files
        if name in files.pages:
            return True
        if os.path.lexists(os.path.join(files.root, name)) or self._excluded(name):
            # Git ignores it, or the settings leave it out.
            return False
        return name in self.documents and (self._included(name) or not self.survey.settings.include)

    def findings(self, name: str) -> tuple[Finding, ...]:
        """Return what is found on an open page, in the order of the page."""
        index = self.index
        if name not in self._judged or self._judged[name][0] is not index:
            self._judged[name] = (index, tuple(self._find(name, index)))
        return self._judged[name][1]

    def _find(self, name: str, index: RepoIndex) -> Iterable[Finding]:
        if not self.is_judged(name) or name not in index.pages:
            return ()
        found = findings(index.pages[name], index, self.survey.rules.on(name))[0]
        found.sort(key=in_order)
        return found if self.survey.known is None else baseline.unknown(found, self.survey.known, str)[0]

    # --------------------------------------------------------------------------------------------------- their texts

    def page(self, name: str) -> Page:
        """Return a page as it is on the screen, or on the disk where it is not open.

        Raises:
            UsageError: It is not there, or cannot be read.
        """
        index = self.index
        if name not in index.pages:
            self._typed.add(name)
            index = self.index
        page = index.pages[name]
        if not isinstance(page.content, Repaired):
            raise UsageError(f"{name!r} cannot be read: {page.content.reason}")
        return page

    def text(self, name: str) -> str:
        """Return the text of a page, byte-order mark and all; "" where it has none."""
        page = self.index.pages.get(name)
        return page.content.source.text if page is not None and isinstance(page.content, Repaired) else ""

    def parsed(self, name: str) -> Parsed:
        """Return the parse of that text."""
        page = self.page(name)
        return page.as_on_disk or page.parsed

    def parse(self, text: str, name: str) -> Parsed:
        """Return the parse of another text of a page."""
        return parse(text, name, wiki_links=self.survey.settings.wiki_links)

    def spelled(self, source: Source) -> str:
        """Return what the links of a page say, and for wiki links its text: where a name is not in it, no link has it.

        Kept for each page as it comes in, so that few pages are looked at closely when a file moves.
        """
        known = self._spelled.get(source.path)
        return known[1] if known is not None and known[0] is source.text else self._note(self.page(source.path))

    def _note(self, page: Page) -> str:
        if not isinstance(page.content, Repaired):
            return ""
        text, parsed = page.content.source.text, page.as_on_disk or page.parsed
        if self.survey.settings.wiki_links and "[[" in text:
            said = text
        else:
            said = "\n".join(unquote(one, errors="surrogateescape") for one, _, _ in parsed.destinations)
        self._spelled[page.path] = (text, said)
        return said

    @property
    def site(self) -> Site | None:
        """The repository on github.com, if it is one."""
        return self._library.site

    def lines(self, name: str) -> Lines | None:
        """Return the places of a page as the editor counts them; None where it shows another text than doclint sees."""
        text = self.text(name)
        document = self.documents.get(name)
        shown = document.text if document is not None else text.removeprefix("\ufeff")
        known = self._lines.get(name)
        if known is None or known[0] is not shown or known[1] is not text:
            known = (shown, text, lines_of(shown, text, self.unit))
            self._lines[name] = known
        return known[2]

    def uri(self, name: str) -> str:
        """Return the address of a file or folder, as the editor names it where it is open."""
        if name in self.documents:
            return self.documents[name].uri
        root = self.survey.files.root
        path = os.path.join(root, name) if name else root
        real = os.path.realpath(self.base)
        return uri_of(self.base + path[len(real) :] if path == real or path.startswith(real + os.sep) else path)
