"""[disk] What there is in a folder: the files, the settings, and what git remembers; made away from the open pages.

Everything that takes long for a large repository and does not depend on what pages say is done here, so that it can be
done beside the answering of requests. The library and the index of a survey have no pages yet.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from doclint import baseline, git
from doclint.discover import discover, is_page_name
from doclint.guess import areas_for
from doclint.model import FileKind, Files
from doclint.request import settings_in
from doclint.revising import RevisedLibrary
from doclint.rules import Chosen
from doclint.run import wanted_by
from doclint.settings import Settings
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doclint.areas import Areas
    from doclint.baseline import Baseline
    from doclint.index import RepoIndex

Stamp = tuple[int, int]
"""When a file was changed, in nanoseconds, and how long it is."""

_OF_OTHER_FILES = (
    "missing-file", "wrong-case", "untracked-target", "outside-repository", "line-out-of-range", "orphan-page",
    "orphan-image", "mojibake-name",
)  # fmt: skip
"""Rules that say nothing sensible of a page that stands alone."""


class Survey(Value):
    """What there is in a folder.

    Attributes:
        settings: What the user wants.
        files: The files.
        areas: Which host shows which folder.
        rules: The rules that report.
        known: The findings that are known.
        head: The commit that is checked out, and what is staged, as far as that changes what can be found.
        stamps: The pages whose text counts, each with what tells that it has changed.
        library: A library that has read nothing.
        index: An index without pages.
    """

    settings: Settings
    files: Files
    areas: Areas
    rules: Chosen
    known: Baseline | None
    head: bytes
    stamps: Mapping[str, Stamp]
    library: RevisedLibrary
    index: RepoIndex

    def is_like(self, other: Survey) -> bool:
        """Tell whether the two differ at most in what pages say."""
        return (self.settings, self.files, self.areas, self.head) == (
            other.settings,
            other.files,
            other.areas,
            other.head,
        )


def survey(folder: str) -> Survey:
    """Look at a folder of an editor's workspace, as `doclint check` does when it is started in it.

    Raises:
        UsageError: The settings are wrong, or git refuses.
    """
    settings = settings_in(Path(folder), None)
    rules = _rules(settings)
    files = discover([folder], settings, folder)
    areas = areas_for(settings, files)[0]
    known = baseline.read(settings.baseline) if settings.baseline else None
    tracked = (path for path, kind in files.tracked.items() if kind is FileKind.FILE)
    links_count = {path for path in tracked if is_page_name(path, settings.formats)} - files.absent
    head = _head(files)
    stamps = {path: _stamp(files.root, path) for path in sorted({*files.pages, *links_count})}
    library = RevisedLibrary(files, areas, {}, wanted_by(settings, rules))
    index = _ready(library.begun())
    return Survey(settings, files, areas, rules, known, head, stamps, library, index)


def alone(name: str, folder: str | None) -> Survey:
    """Return what there is to a page that stands alone: one outside of git and of the workspace, or without a file.

    Only what can be said without a look at other files is reported.

    Args:
        name: The name of the page.
        folder: The folder that it lies in; None where it has no file yet.

    Raises:
        UsageError: The settings are wrong.
    """
    settings = Settings() if folder is None else settings_in(Path(folder), None)
    settings = replace(settings, ignore=(*settings.ignore, *_OF_OTHER_FILES), baseline=None, include=())
    rules = _rules(settings)
    files = Files(folder or os.sep, (name,), {name: FileKind.FILE}, frozenset(), frozenset(), in_git=False)
    areas = areas_for(replace(settings, flavour=settings.flavour or "github"), files)[0]
    library = RevisedLibrary(files, areas, {}, wanted_by(settings, rules))
    return Survey(settings, files, areas, rules, None, b"", {}, library, _ready(library.begun()))


def _rules(settings: Settings) -> Chosen:
    return Chosen(settings.select, settings.ignore, settings.per_file_ignores)


def _head(files: Files) -> bytes:
    """Return what tells that git remembers other things than before."""
    return git.ask(files.root, "rev-parse", "HEAD").stdout if files.in_git else b""


def _stamp(root: str, path: str) -> Stamp:
    try:
        status = os.lstat(f"{root}/{path}")
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _ready(index: RepoIndex) -> RepoIndex:
    """Return an index that has made what it makes when it is first asked, but for what depends on pages."""
    index.tree.warm()
    index.history.left("")
    list(index.links_to(""))
    return index
