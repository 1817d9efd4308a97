"""What is to be changed, where: edits of pages on the screen or on the disk, and new names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import UsageError
from doclint.plan import plan
from doclint.value import Value, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from doclint.model import Edit, Finding, Parsed, Rename, Safety
    from doclint.server.folder import Folder


class Changes(Value):
    """Edits by page, in the texts before any of them, and the renames that follow."""

    edits: Mapping[str, tuple[Edit, ...]]
    renames: tuple[Rename, ...] = field(default=())


def fixes(folder: Folder, findings: Iterable[Finding], level: Safety) -> Changes | None:
    """Return what the fixes of some findings change, as far as they may be made together.

    What `doclint fix` would refuse is left out. None where nothing is left, or where an editor cannot do it: save a
    page in another encoding, or write a page that it shows otherwise than doclint reads it.
    """
    wanted = [finding for finding in findings if finding.fix is not None and not finding.fix.saved_as]
    refused = {
        edit.path or finding.path
        for finding in wanted
        for edit in (finding.fix.edits if finding.fix is not None else ())
        if folder.lines(edit.path or finding.path) is None
    }
    done = plan(wanted, level, folder.text, lambda text, path: _parse(folder, text, path), refused)
    edits = {path: in_order(found) for path, found in done.edits.items() if found}
    return Changes(edits, tuple(done.renames)) if edits or done.renames else None


def _parse(folder: Folder, text: str, path: str) -> Parsed:
    """Return the parse of a text, which may be that of the page."""
    return folder.parsed(path) if text == folder.text(path) else folder.parse(text, path)


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order of their places."""
    return tuple(sorted(edits, key=lambda edit: edit.span))


def editable(folder: Folder, changes: Changes) -> Changes:
    """Return `changes`.

    Raises:
        UsageError: The editor shows a page that they reach otherwise than doclint reads it.
    """
    for path in changes.edits:
        if folder.lines(path) is None:
            raise UsageError(f"{path!r} is shown in another encoding than it has; save it as UTF-8 first")
    return changes
