"""[disk] What is compared with what: the commit that a user means, and the contents that count on both sides.

`--since REF` compares the disk with the commit at which HEAD parted from REF, as `git diff REF...` does: what the other
branch did meanwhile is not this one's change. `--staged` compares git's index, which becomes the commit, with HEAD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint import commits, git
from doclint.change import Change, change
from doclint.discover import is_page_name, no_such
from doclint.model import FileKind, UsageError
from doclint.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from doclint.commits import Entry
    from doclint.model import Files
    from doclint.settings import Settings


class Comparison(Value):
    """A change, and what it takes to look at both of its sides.

    Attributes:
        files: What there is now, and the pages that were named.
        given: Contents that count now, instead of those on the disk.
        change: What the change touches; None where the named pages are meant in full.
        given_before: Contents that counted before.
    """

    files: Files
    given: Mapping[str, bytes]
    change: Change | None
    given_before: Mapping[str, bytes]


def compare(files: Files, settings: Settings, cwd: str, *, every_file: bool) -> Comparison:
    """Ask git what `settings.since` and `settings.staged` mean.

    Args:
        files: What `discover` found, with `perhaps_gone`.
        settings: What the user wants.
        cwd: Absolute path of the current folder.
        every_file: Whether the contents of files that are no pages are wanted, too.

    Raises:
        UsageError: This is no git repository, there is no such commit, or a file was never there.
    """
    top = git.top_level([files.root], cwd) if files.in_git else None
    if top is None:
        flag = "--staged" if settings.staged else "--since"
        raise UsageError(f"{flag}: {files.root!r} is in no git repository; leave out the flag")
    commit = _commit(top, settings.since)
    staged = commits.staged_since(top, files.root, commit)
    not_staged = commits.not_staged(top, files.root)
    if settings.staged:
        files = _without_announced(files, not_staged)
    found = change(files, staged, not_staged, on_disk=not settings.staged)
    for name in files.missing:
        if name not in files.tracked and name not in found.before.tracked:
            raise no_such(name, files.root)

    def wanted(path: str, tracked: Mapping[str, FileKind]) -> bool:
        return tracked.get(path) is FileKind.FILE and (every_file or is_page_name(path, settings.formats))

    now: dict[str, str] = {}
    if settings.staged:
        changed = (entry for entry in not_staged if entry.old is not None)
        now = {entry.old: entry.content for entry in changed if entry.old and wanted(entry.old, files.tracked)}
        # What is gone from the disk and not from the index is committed.
        back = [name for name in files.missing if name in now and is_page_name(name, settings.formats)]
        files = replace(files, pages=tuple(sorted({*files.pages, *back})), absent=files.absent - now.keys())
    versions = (*found.versions.values(), *found.gone.values())
    before = {v.path: v.content for v in versions if wanted(v.path, found.before.tracked)}
    contents = commits.contents(top, [*now.values(), *before.values()])
    given = {path: contents[name] for path, name in now.items()}
    given_before = {**given, **{path: contents[name] for path, name in before.items()}}
    if settings.staged and settings.since is None and _are_meant_in_full(files, found, top):
        return Comparison(files, given, None, given_before)
    return Comparison(files, given, found, given_before)


def _commit(top: str, since: str | None) -> str | None:
    """Return the commit to compare with; None before the first."""
    head = commits.head(top)
    if since is None:
        return head
    commit = commits.commit_of(top, since)
    return commit if head is None else commits.parted_at(top, commit, since)


def _without_announced(files: Files, not_staged: Iterable[Entry]) -> Files:
    """Return the files without those that are only announced (`git add -N`), which no commit takes up."""
    announced = {entry.new for entry in not_staged if entry.old is None}
    tracked = {path: kind for path, kind in files.tracked.items() if path not in announced} if announced else None
    return files if tracked is None else replace(files, tracked=tracked)


def _are_meant_in_full(files: Files, change: Change, top: str) -> bool:
    """Tell whether files were named that the commit leaves alone, as `pre-commit run --all-files` does.

    In a merge those that were in conflict are named, whether or not they come out as they were.
    """
    left_alone = any(name not in change.touched and name not in change.gone for name in files.named)
    return left_alone and not commits.is_merging(top)
