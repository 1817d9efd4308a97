"""[disk] The pages of a run: each is read, repaired, parsed, and all are joined to an index.

The text of a sound page is let go then, where there are many, and read again if a finding shows it. Pages to report on
are read first; then those whose anchors their links name; and every page of the repository when repair gives a heading
another anchor or a file another name, because the links to it may stand anywhere.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from doclint import decode, git
from doclint.bundles import Pages, bundled
from doclint.discover import is_page_name
from doclint.formats import format_of
from doclint.history import History
from doclint.index import RepoIndex
from doclint.lines import not_ascii
from doclint.model import FileKind, Files, InRepo, Intact, Page, Rename, Repaired, Safety, Source, Unreadable
from doclint.moves import Moves
from doclint.names import Names, Verdict, judged, parts_of
from doclint.reading import Wanted, is_skimmed, kept_page, read_page, turned_out_whole
from doclint.repair import suspicious
from doclint.repair.evidence import Evidence
from doclint.resolve import Site
from doclint.value import replace
from doclint.watch import Watch, unwatched
from doclint.witnesses import Witnesses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from doclint.areas import Areas
    from doclint.history import Step
    from doclint.named_files import NamedFiles
    from doclint.shelf import Shelf


def _wants_site(page: str, destinations: Sequence[str]) -> bool:
    """Tell whether a link depends on the repository's address: one to github.com, or one that may leave the root."""
    said = "\n".join(destinations).lower()
    if "github.com/" in said:
        return True
    # A path leaves the root by more steps upward than there are folders, written as they may be.
    steps, folders = said.replace("%2e", "."), page.count("/")
    return steps.count("..") > folders and any(one.count("..") > folders for one in steps.split("\n"))


def _put_away(page: Page, shelf: Shelf) -> None:
    """Keep a page for the next run that was looked at closely, if nothing came of that."""
    if turned_out_whole(page) and isinstance(page.content, Repaired):
        shelf.add(page.content.source, page.parsed, page.content.quoted)
    else:
        shelf.set_apart(page.path)


class Library:
    """The pages of one run.

    Args:
        files: What there is.
        areas: Which host shows which folder.
        given: Contents that count instead of those on the disk, by path: of a page on standard input, of git's index.
        wanted: What the run wants to know of them.
        watch: Wants to know how far reading them is.
    """

    def __init__(
        self,
        files: Files,
        areas: Areas,
        given: Mapping[str, bytes] | None = None,
        wanted: Wanted | None = None,
        *,
        watch: Watch = unwatched,
    ) -> None:
        self.files = files
        self._watch = watch
        self._areas = areas
        self._given = given or {}
        self._wanted = wanted or Wanted()
        self._evidence = Evidence(self._intact_lines, self._older_lines)
        self._memory: git.Memory | None = None
        self._history = History(self._steps, partial(git.blobs, files.root)) if files.in_git else History()
        self._named_files: NamedFiles | None = None
        self._verdicts: Mapping[str, Verdict] | None = None
        self._on_disk: dict[str, str] = {}
        self._sources: dict[str, Source | Unreadable] = {}
        self._shelf: Shelf | None = None
        self._pages: dict[str, tuple[Source | Unreadable, Page]] = {}
        self._saved_as: dict[str, str] = {}
        self._witnesses = Witnesses(self._read)
        self._site: Site | None = None
        self._site_known = not files.in_git

    @property
    def any_case(self) -> bool:
        """Whether letter case does not count in the paths of some page."""
        return self._areas.any_case

    def source(self, path: str) -> Source | Unreadable:
        """Return a page as it is on the disk; one that is not checked out comes from git's index."""
        if path not in self._sources:
            self._sources[path] = self._find_source(path)
        return self._sources[path]

    def _find_source(self, path: str) -> Source | Unreadable:
        there = self.on_disk(path)
        if there in self._given:
            return decode.decode(path, self._given[there])
        source = decode.read(self.files.root, there)
        if isinstance(source, Unreadable) and self._is_absent(path):
            data = git.staged(self.files.root, there)
            if data is not None:
                return decode.decode(path, data)
        return source if there == path else replace(source, path=path)

    def _is_absent(self, path: str) -> bool:
        """Tell whether git tracks a file that is not on the disk."""
        tracked = self.files.in_git and self.files.tracked.get(path) is FileKind.FILE
        return path in self.files.absent or (
            tracked and not os.path.lexists(os.path.join(self.files.root, self.on_disk(path)))
        )

    def save_as(self, path: str, encoding: str) -> None:
        """Let a page be in another encoding as soon as it has a new text, which may be the old one."""
        self._saved_as[self.on_disk(path)] = encoding

    def keep_encodings(self) -> None:
        """Take back all that `save_as` said."""
        self._saved_as.clear()

    def target(self, path: str) -> Source | Unreadable:
        """Return a page as it is on the disk, with the encoding that it is to be saved in."""
        source = self.source(path)
        saved_as = self._saved_as.get(self.on_disk(path), "")
        return replace(source, saved_as=saved_as) if isinstance(source, Source) else source

    def differs(self, path: str, text: str) -> bool:
        """Tell whether a page with a new text is another one than on the disk."""
        return text != self.text(path) or self.on_disk(path) in self._saved_as

    def on_disk(self, path: str) -> str:
        """Return where the file or folder `path` is on the disk, where nothing has been renamed yet."""
        return self._on_disk.get(path, path)

    def renamed(self, renames: Collection[Rename]) -> Library:
        """Return a library in which `renames` are made; on the disk nothing changes.

        Args:
            renames: In the paths of this library, which is one in which nothing has been renamed.
        """
        moves = Moves(renames)
        files = moves.files(self.files)
        other = Library(files, self._areas, self._given, self._wanted)
        # The verdicts hold for the whole run: a name that waits is not acquitted because its witnesses are mended.
        other._verdicts = self._verdicts
        other._on_disk = moves.origins((*self.files.tracked, *self.files.untracked))
        other._sources = {(new := moves(path)): replace(source, path=new) for path, source in self._sources.items()}
        other._saved_as = self._saved_as
        other._pages = {path: page for path, page in self._pages.items() if moves(path) == path}
        # So does what bears witness.
        other._witnesses = self._witnesses.renamed(moves, other._read)
        other._evidence = Evidence(lambda: self._evidence.lines, other._older_lines)
        return other

    def at(self, files: Files, given: Mapping[str, bytes]) -> Library:
        """Return a library of another state of the same repository, or of other pages to report on.

        Args:
            files: What there is in that state.
            given: Contents that count there instead of those on the disk.
        """
        other = Library(files, self._areas, given, self._wanted, watch=self._watch)
        if given is self._given:
            # The same state: what is read, parsed and judged for one is for both.
            other._verdicts, other._sources, other._pages = self._verdicts, self._sources, self._pages
        else:
            either = self._given.keys() | given.keys()
            other._sources = {path: source for path, source in self._sources.items() if path not in either}
            other._pages = dict(self._pages)
        other._site, other._site_known = self._site, self._site_known
        return other

    def take_over(self, other: Library) -> None:
        """Take over what `other`, a library of the same repository, has read: what is unchanged is not read again."""
        self._pages = {**other._pages, **self._pages}
        self._site, self._site_known = other._site, other._site_known
        if "lines" in vars(other._evidence):
            lines = other._evidence.lines
            self._evidence = Evidence(lambda: lines, self._older_lines)

    def index_of(self, pages: Collection[str]) -> RepoIndex:
        """Return the index that it takes to judge `pages`, whichever are to be reported on."""
        self._names()
        return self.at(replace(self.files, pages=tuple(pages)), self._given).index({})

    def text(self, path: str) -> str:
        """Return the text of a page on the disk; "" when there is none."""
        match self.source(path):
            case Source(text=text):
                return text
            case Unreadable():
                return ""

    def index(self, texts: Mapping[str, str]) -> RepoIndex:
        """Return the index of the pages to report on and of those that it takes to judge them.

        `texts` holds new texts of pages by their paths on the disk, which count instead of those on the disk.
        """
        names = self._names()
        pages = self._read_all(texts)
        site = self._find_site(pages)
        named_files = self._find_named_files()
        first = RepoIndex(
            self.files, pages, self._areas, site, names=names, history=self._history, named_files=named_files
        )
        wanted = {*self._targets(pages, first), *self._linking(pages, first)} - pages.keys()
        more = {path: self._page(path, texts) for path in sorted(wanted)}
        return first.revised(more, line_counts=self._line_counts(pages.revised(more), first))

    def _read_all(self, texts: Mapping[str, str]) -> Pages:
        """Return the pages to report on."""
        shelf, paths = self._shelf, self.files.pages
        if shelf is None or texts:
            return Pages(
                self._with_witnesses({path: self._page(path, texts) for path in self._watch("reading", paths)})
            )
        # Those that may be damaged are read last, because all others bear witness.
        waiting = [path for path in paths if path in shelf and not shelf.is_alone(path)]
        bundles = bundled(shelf, waiting, self._areas)
        others = set(paths).difference(waiting)
        kept = partial(self._kept, shelf)
        pages = {path: kept(path) if path in shelf else self._page(path, {}) for path in paths if path in others}
        for path, page in pages.items():
            if path not in shelf and self._is_on_disk(path):
                _put_away(page, shelf)
        return Pages(self._with_witnesses(pages), bundles, shelf, kept)

    def _names(self) -> Names:
        if self._verdicts is None:
            self._verdicts = judged(parts_of(self.files)) if self._wanted.verdicts_of_names else {}
        return Names(self.files, self._verdicts)

    def _steps(self) -> Iterator[Step]:
        return git.steps(self.files.root, len(self.files.tracked), self._memory)

    def keep(self, shelf: Shelf, jobs: int | None, memory: git.Memory | None = None) -> None:
        """Take pages from `shelf`, and let `memory` keep what git says.

        The shelf reads the pages to report on by so many processes; None for as many as pay.
        """
        self._shelf = shelf
        self._memory = memory
        paths = [path for path in self.files.pages if self._is_on_disk(path)]
        # These tell what a page quotes: see `_intact_lines`.
        there = {path for path, kind in self.files.tracked.items() if kind is FileKind.FILE and is_skimmed(path)}
        shelf.read(paths, jobs, self._watch, witnesses=there if there <= set(paths) else ())

    def _is_on_disk(self, path: str) -> bool:
        return path not in self._given and path not in self.files.absent

    def _kept(self, shelf: Shelf, path: str) -> Page:
        """Return a page that is on the shelf; its text is read when somebody asks for it."""
        content = Intact(partial(self._text_of, path), shelf.quoted(path), is_strange=shelf.is_strange(path))
        return kept_page(path, shelf.parsed(path), content)

    def _text_of(self, path: str) -> Source:
        source = self.source(path)
        return source if isinstance(source, Source) else Source(path, "")

    def _page(self, path: str, texts: Mapping[str, str]) -> Page:
        """Return a page as it is on the disk, or with a new text."""
        source = self.source(path)
        if isinstance(source, Source) and (there := self.on_disk(path)) in texts:
            source = replace(source, text=texts[there])
            if there in self._saved_as:
                source = replace(source, encoding=self._saved_as[there], guesses=())
        if path not in self._pages or self._pages[path][0] != source:
            page = read_page(source, self._wanted, self._evidence, known=self._witnesses.damage(path))
            self._pages[path] = (source, page)
        return self._pages[path][1]

    def _read(self, source: Source, at_work: Collection[str]) -> Page:
        return read_page(source, self._wanted, self._evidence, at_work)

    def _with_witnesses(self, pages: Mapping[str, Page]) -> dict[str, Page]:
        """Repair code, too, where other pages bear witness that what damaged it was at work.

        A page that an earlier round of fixes has repaired remains a witness.
        """
        self._witnesses.hear(pages.values())
        return {path: self._witnesses.judged(page) for path, page in pages.items()}

    def _intact_lines(self) -> Iterator[str]:
        """Yield the lines that are not ASCII of the repository's pages that cannot be damaged."""
        for path in sorted(self.files.tracked):
            if is_skimmed(path) and self.files.tracked[path] is FileKind.FILE:
                if self._shelf is not None and self._shelf.is_ascii(path):
                    continue
                source = self._sources.get(path) or self._find_source(path)
                text = source.text if isinstance(source, Source) else ""
                is_known = self._shelf is not None and path in self._shelf and not self._shelf.quoted(path)
                if not text.isascii() and (is_known or not suspicious(text)):
                    yield from not_ascii(text)

    def _older_lines(self, path: str) -> Iterator[str]:
        return git.older_lines(self.files.root, self.on_disk(path)) if self.files.in_git else iter(())

    def _linking(self, pages: Pages, index: RepoIndex) -> Iterator[str]:
        """Yield the pages that must be read for their links."""
        anchors_move = False
        repaired = [page for page in pages.singles if page.as_on_disk is not None or page.proposed is not None]
        if repaired:
            from doclint.companions import moved_anchors  # here, because most pages are whole

            levels = (Safety.SAFE, Safety.UNSAFE)
            anchors_move = any(next(moved_anchors(index, page, level), None) for page in repaired for level in levels)
        if anchors_move or index.names.renames or self._wanted.users:
            for path, kind in self.files.tracked.items():
                if kind is FileKind.FILE and is_page_name(path, self._wanted.formats):
                    yield path
        if index.names.renames:
            yield from (path for path in self.files.untracked if is_page_name(path, self._wanted.formats))

    def _targets(self, pages: Pages, index: RepoIndex) -> Iterator[str]:
        """Yield the pages that must be read for their anchors."""
        for bundle in pages.bundles:
            for path, _ in index.led_to(bundle):
                if path not in pages and format_of(path) is not None:
                    yield path

    def _find_named_files(self) -> NamedFiles | None:
        """Return which files the tracked files name, if a rule wants to know."""
        if self._wanted.users and self._named_files is None:
            from doclint.named_files import mentioned

            paths = [self.on_disk(path) for path, kind in self.files.tracked.items() if kind is FileKind.FILE]
            pages = [path for path in paths if is_page_name(path, self._wanted.formats)]
            self._named_files = mentioned(self.files.root, paths, pages, in_git=self.files.in_git)
        return self._named_files

    def _find_site(self, pages: Pages) -> Site | None:
        """Ask git for the repository's address, once a link depends on it."""
        if self._site_known or any(
            _wants_site(bundle.paths[0], tuple(bundle.links.others))  # no plain link does
            if bundle.links is not None
            else _wants_site(bundle.paths[0], pages.links(bundle.paths[0]).destinations)
            for bundle in pages.bundles
        ):
            return self.site
        return None

    @property
    def site(self) -> Site | None:
        """The repository on github.com, if it is one; git is asked once."""
        if not self._site_known:
            self._site_known = True
            if (names := git.github_repository(self.files.root)) is not None:
                self._site = Site(*names, git.default_branch(self.files.root))
        return self._site

    def _line_counts(self, pages: Pages, index: RepoIndex) -> dict[str, int]:
        """Count the lines of the files that links point into by line, if a rule wants to know."""
        counts: dict[str, int] = {}
        if not self._wanted.line_counts:
            return counts
        from doclint.lines import LineMap

        for page in pages.values():
            for link in page.parsed.links:
                match index.target(page, link):
                    case InRepo(path=path, fragment=str(fragment)) if (
                        fragment.startswith("L")
                        and path not in counts
                        and self.files.tracked.get(path) is FileKind.FILE
                        and isinstance(self.source(path), Source)
                    ):
                        text = self.text(path)
                        counts[path] = len(LineMap(text)) - text.endswith(("\n", "\r"))
                    case _:
                        pass
        return counts
