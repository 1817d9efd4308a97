"""Which files there are, and which of them to check: git's index is asked, or outside git the disk.

Nothing is opened here. What cannot be looked at, such as the inside of an unreadable folder, is not there.
Names are text as `os.fsdecode` gives it: a byte that is not UTF-8 is a lone surrogate.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from doclint.disk import Absent, Disk, inside, mode_of, walk
from doclint.formats import DEFAULT, format_of, pages_among
from doclint.git import list_files, top_level
from doclint.model import FileKind, Files, UsageError
from doclint.settings import SettingsError, matcher
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from doclint.settings import Settings


class DiscoverError(UsageError):
    """The paths cannot be checked as they were given. Its text is one line: what is wrong, and what to do."""


def is_strange(path: str) -> bool:
    """Tell whether a name may be damaged: all that is ASCII is whole."""
    return not path.isascii()


def is_page_name(path: str, formats: Collection[str] = DEFAULT) -> bool:
    """Tell whether a file of this name is a page of one of the formats, in any letter case of the ending.

    >>> is_page_name("docs/README.MD"), is_page_name("docs/readme.md.txt")
    (True, False)
    """
    form = format_of(path)
    return form is not None and form.value in formats


def discover(
    paths: Sequence[str],
    settings: Settings,
    cwd: str,
    wanted: Callable[[str], bool] = is_strange,
    *,
    perhaps_gone: bool = False,
) -> Files:
    """Find the pages to check, and everything that a link can point at.

    A page is a regular file with the name of one, in one of `settings.formats`. It is checked when a folder or a glob
    of `paths` covers it, `settings.include` (where there is any) matches and `settings.exclude` does not. A file named
    by itself is checked whatever its ending, and even when git ignores it or `settings.include` does not match; but
    `settings.exclude` holds for it too, because pre-commit names every file.

    The root is `settings.root`, else the top level of the git repository that holds the paths. Outside git it
    is the one folder that was given; else the current folder, if a file or a glob was given and all paths lie
    below it; else the folder that the paths have in common.

    Args:
        paths: Folders, files and globs as the user typed them; none means the current folder.
        settings: Where the root is, and what to include and to exclude.
        cwd: Absolute path of the current folder, where relative paths start.
        wanted: Tells of a file that is no page whether it is to be reported on all the same.
        perhaps_gone: Whether the paths may be a commit's list of files. A file that is no longer there becomes one of
            `missing`, and the caller asks git whether it ever was; a symbolic link is passed over.

    Returns:
        The files. `others` are chosen as pages are, whatever their ending. `absent` holds pages only: a look at the
        disk for every other file would cost much and tell little. A tracked page in whose place lies something that
        is no regular file is neither checked nor absent; one behind a folder that became a symbolic link is absent.

    Raises:
        DiscoverError: A path is not there, is no regular file or leads through a symbolic link; a glob
            covers no page; a path lies outside the root.
        GitError: The paths lie in several repositories, or git fails.
    """
    words = [_word(typed, cwd, perhaps_gone=perhaps_gone) for typed in paths or (".",)]
    top = top_level([word.folder for word in words], cwd)
    if settings.root and top_level([settings.root], cwd) != top:
        raise DiscoverError(f"the root {settings.root!r} lies in another repository than the paths; correct `root`")
    root = os.path.realpath(settings.root or top or _common_folder(words, cwd))
    tracked, untracked = walk(root) if top is None else list_files(top, root)
    disk = Disk(root)

    # A look at every page of a large repository would cost more than to check the few that a hook names.
    mode = disk.mode
    is_file = FileKind.FILE
    names = [name for name in pages_among(tracked, settings.formats) if tracked[name] is is_file]
    absent = Absent(names, mode)
    candidates = [*names, *pages_among(untracked, settings.formats)]

    def there(pages: Iterable[str]) -> list[str]:
        return [name for name in pages if stat.S_ISREG(mode(name))]

    excluded, included = matcher(settings.exclude), matcher(settings.include)
    found: set[str] = set()
    named: set[str] = set()
    missing: set[str] = set()
    for word in words:
        name = _name(word, root)
        if word.gone:
            missing.add(name)
        elif word.glob is not None:
            matching = there(_matches(word, name, candidates))
            found.update(matching)
            if not matching and not perhaps_gone:
                raise DiscoverError(f"no page matches {word.typed!r}; name a folder or a file")
            if not matching:
                missing.add(f"{name}/{word.glob}" if name else word.glob)
        elif word.path == word.folder:
            _refuse_irregular(word, f"{name}/", disk)
            found.update(there(_below(name, candidates)))
        elif not (excluded(name) or (perhaps_gone and tracked.get(name) is FileKind.SYMLINK)):
            _refuse_irregular(word, name, disk)
            named.add(name)
    found = {name for name in found if not excluded(name) and (included(name) or not settings.include)}
    strange = _others(filter(wanted, (*tracked, *untracked)), words, root)
    others = (
        path
        for path in (strange.difference(candidates) if strange else ())
        if not (path in named or excluded(path)) and (included(path) or not settings.include)
    )
    return Files(
        root,
        tuple(sorted(found | named)),
        tracked,
        untracked,
        absent,
        in_git=top is not None,
        others=tuple(sorted(others)),
        named=tuple(sorted(named)),
        missing=tuple(sorted(missing)),
        looks=disk.looks,
    )


def root_of(settings: Settings, cwd: str) -> str:
    """Return the root of a run without paths in the folder `cwd`; see `discover`.

    Raises:
        GitError: Git fails.
    """
    return os.path.realpath(settings.root or top_level([cwd], cwd) or cwd)


def everywhere(files: Files, settings: Settings) -> tuple[str, ...]:
    """Return, sorted, the pages that `discover` would find in the folder that is the root."""
    excluded, included = matcher(settings.exclude), matcher(settings.include)
    tracked = (name for name, kind in files.tracked.items() if kind is FileKind.FILE)
    names = (name for name in pages_among((*tracked, *files.untracked), settings.formats) if name not in files.absent)
    return tuple(sorted(name for name in names if not excluded(name) and (included(name) or not settings.include)))


# ---------------------------------------------------------------------------------------- what the user typed


class _Word(Value):
    """One path as the user typed it.

    Attributes:
        typed: The path itself, for messages.
        path: Where it leads, absolute; of a glob, the folder before the first component with a wildcard.
        folder: `path` where it is a folder, else the folder that holds it.
        glob: The components from the first wildcard on; None for a path without one.
        gone: Whether nothing is there; `folder` is then the nearest that is there.
    """

    typed: str
    path: str
    folder: str
    glob: str | None = None
    gone: bool = False


def _word(typed: str, cwd: str, *, perhaps_gone: bool) -> _Word:
    """Find out whether a path is a folder, a file or a glob."""
    path = _absolute(cwd, typed)
    if typed and mode_of(path):
        return _Word(typed, path, path if _is_folder(path) else os.path.dirname(path))
    from pathlib import Path, PurePath  # here, because most runs name what is there

    parts = PurePath(typed).parts
    wild = next((at for at, part in enumerate(parts) if not {"*", "?", "["}.isdisjoint(part)), len(parts))
    folder = _absolute(cwd, *parts[:wild])
    if perhaps_gone and typed and not typed.endswith("/") and wild == len(parts):
        folders = map(str, Path(path).parents)
        return _Word(typed, path, next(above for above in folders if _is_folder(above)), gone=True)
    if wild == len(parts) or not _is_folder(folder):
        raise no_such(typed, cwd)
    return _Word(typed, folder, folder, "/".join(parts[wild:]))


def name_below(root: str, cwd: str, path: str) -> str:
    """Return what `path`, which `--stdin-filename` names in `cwd`, is called below `root`.

    Raises:
        DiscoverError: It lies elsewhere.
    """
    name = os.path.relpath(os.path.join(os.path.realpath(cwd), path), root).replace(os.sep, "/")
    if name == ".." or name.startswith("../"):
        raise DiscoverError(f"--stdin-filename: {path!r} lies outside {root!r}; name a page below it")
    return name


def no_such(typed: str, cwd: str) -> DiscoverError:
    """Return the complaint about a path that leads nowhere."""
    return DiscoverError(f"no such file or folder: {typed!r}; paths start from {cwd!r}")


def _absolute(*parts: str) -> str:
    return os.path.normpath(os.path.join(*parts))


def _is_folder(path: str) -> bool:
    """Tell whether a path is a folder or a symbolic link to one."""
    return stat.S_ISDIR(mode_of(os.path.realpath(path)))


def _common_folder(words: Sequence[_Word], cwd: str) -> str:
    """Return the root of a run outside git."""
    only_folders = all(word.glob is None and word.path == word.folder for word in words)
    if not only_folders and all(inside(word.path, cwd) is not None for word in words):
        return cwd
    try:
        return os.path.commonpath([word.folder for word in words])
    except ValueError as error:
        raise DiscoverError("the paths lie on several drives; run doclint once for each") from error


def _name(word: _Word, root: str) -> str:
    """Return the name below the root of where a word leads; "" for the root, or a folder around it.

    Symbolic links above the root are followed; those below it stay in the name, for the caller to meet.
    """
    path = word.path
    if (name := inside(path, root)) is not None:
        return name
    from pathlib import Path  # here, because most paths are below the root as they are typed

    # The outermost folder that is the root counts: a symbolic link below may lead back to the root.
    above = (*map(str, reversed(Path(path).parents)), path)
    base = next((folder for folder in above if os.path.realpath(folder) == root), None)
    if base is not None:
        return inside(path, base) or ""
    real = os.path.realpath(path)
    if (name := inside(real, root)) is not None:
        return name
    if word.glob is None and inside(root, real) is not None:
        return ""
    raise DiscoverError(f"{word.typed!r} lies outside the root {root!r}; run doclint on it by itself")


def _below(folder: str, names: Collection[str]) -> Collection[str]:
    return [name for name in names if name.startswith(f"{folder}/")] if folder else names


def _others(names: Iterable[str], words: Sequence[_Word], root: str) -> set[str]:
    """Return the names that a folder or a glob of `words` covers."""
    wanted = list(names)
    found: set[str] = set()
    for word in words if wanted else ():
        if word.glob is not None:
            found.update(_matches(word, _name(word, root), wanted))
        elif word.path == word.folder:
            found.update(_below(_name(word, root), wanted))
    return found


def _matches(word: _Word, folder: str, names: Collection[str]) -> list[str]:
    start = len(folder) + 1 if folder else 0
    try:
        # The slash ties the glob to the folder, and disarms a leading `!` or `#`.
        matches = matcher([f"/{word.glob}"])
    except SettingsError as error:
        raise DiscoverError(f"{word.typed!r} is neither a path nor a glob; correct it") from error
    return [name for name in _below(folder, names) if matches(name[start:])]


def _refuse_irregular(word: _Word, name: str, disk: Disk) -> None:
    """Refuse a file, or a folder "NAME/", that is no such thing or lies behind a symbolic link."""
    link = disk.obstacle(name)
    if link is None and stat.S_ISLNK(disk.mode(name)):
        link = name
    if link is not None:
        raise DiscoverError(f"{word.typed!r}: {link!r} is a symbolic link; name what it leads to")
    if not name.endswith("/") and not stat.S_ISREG(disk.mode(name)):
        raise DiscoverError(f"{word.typed!r} is neither a regular file nor a folder; leave it out")
