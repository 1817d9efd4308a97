"""What the rooms say, to and from what the Language Server Protocol calls it; with `protocol` the only door to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from doclint.model import Severity, Span
from doclint.server.documents import TextChange
from doclint.server.positions import Position, PositionError, Unit
from doclint.server.uris import uri_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doclint.model import Finding
    from doclint.server.actions import Action
    from doclint.server.completion import Proposal
    from doclint.server.edits import Changes
    from doclint.server.folder import Folder
    from doclint.server.here import Goal
    from doclint.server.navigation import Spot
    from doclint.server.positions import Lines

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


def range_of(lines: Lines | None, span: Span) -> types.Range:
    """Return a stretch of a text; the top of it where places are not known."""
    if lines is None:
        return _TOP
    start, end = lines.position(span.start), lines.position(span.end)
    return types.Range(types.Position(*start), types.Position(*end))


def offset_of(folder: Folder, name: str, position: types.Position) -> int:
    """Return the offset of a position on a page.

    Raises:
        UsageError: The page has no such position.
    """
    lines = folder.lines(name)
    if lines is None:
        raise PositionError(f"{name!r} is shown in another encoding than it has; save it as UTF-8 first")
    return lines.offset(Position(position.line, position.character))


def span_of(folder: Folder, name: str, place: types.Range) -> Span:
    """Return a stretch of a page.

    Raises:
        UsageError: The page has no such place.
    """
    return Span(offset_of(folder, name, place.start), offset_of(folder, name, place.end))


def changes_of(events: Iterable[types.TextDocumentContentChangeEvent]) -> list[TextChange]:
    """Return what is typed."""
    found = []
    for event in events:
        if isinstance(event, types.TextDocumentContentChangePartial):
            start, end = event.range.start, event.range.end
            places = Position(start.line, start.character), Position(end.line, end.character)
            found.append(TextChange(event.text, *places))
        else:
            found.append(TextChange(event.text))
    return found


def diagnostic(folder: Folder, finding: Finding) -> types.Diagnostic:
    """Return a finding as an editor lists it."""
    return types.Diagnostic(
        range=range_of(folder.lines(finding.path), finding.span),
        message=f"{finding.message}\n{finding.help}" if finding.help else finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source="doclint",
    )


def diagnostics(folder: Folder, name: str) -> list[types.Diagnostic]:
    """Return the findings of an open page.

    Where the editor shows another text than doclint reads, only what concerns the file as a whole is said.
    """
    found = folder.findings(name)
    if folder.lines(name) is None:
        found = tuple(finding for finding in found if finding.rule in ("not-utf8", "unreadable-page"))
    return [diagnostic(folder, finding) for finding in found]


def location(folder: Folder, spot: Spot) -> types.Location:
    """Return a place in any file."""
    if spot.line is not None:
        line = types.Position(max(0, spot.line), 0)
        return types.Location(folder.uri(spot.path), types.Range(line, line))
    place = range_of(folder.lines(spot.path), spot.span) if spot.path in folder.index.pages else _TOP
    return types.Location(folder.uri(spot.path), place)


def document_link(folder: Folder, name: str, span: Span, goal: Goal) -> types.DocumentLink:
    """Return a link that an editor can follow."""
    target = folder.uri(goal.path)
    if goal.anchor is not None:
        line = range_of(folder.lines(goal.path), goal.span).start.line
        target = f"{target}#L{line + 1}"
    return types.DocumentLink(range_of(folder.lines(name), span), target=target)


class Writer:
    """Writes changes as an editor can take them.

    Args:
        capabilities: What the editor can do.
    """

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        workspace = capabilities.workspace
        edit = workspace.workspace_edit if workspace is not None else None
        self._versioned = edit is not None and bool(edit.document_changes)
        self._renames = (
            self._versioned
            and edit is not None
            and types.ResourceOperationKind.Rename in (edit.resource_operations or ())
        )

    def edit(self, folder: Folder, changes: Changes) -> types.WorkspaceEdit | None:
        """Return changes; None where the editor cannot rename files and they ask for it."""
        if changes.renames and not self._renames:
            return None
        texts = {
            path: [types.TextEdit(range_of(folder.lines(path), edit.span), edit.text) for edit in edits]
            for path, edits in changes.edits.items()
        }
        if not self._versioned:
            return types.WorkspaceEdit(changes={folder.uri(path): edits for path, edits in texts.items()})
        found: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
        for path, edits in texts.items():
            version = folder.documents[path].version if path in folder.documents else None
            document = types.OptionalVersionedTextDocumentIdentifier(folder.uri(path), version)
            found.append(types.TextDocumentEdit(document, [*edits]))
        found += (types.RenameFile(folder.uri(rename.old), folder.uri(rename.new)) for rename in changes.renames)
        return types.WorkspaceEdit(document_changes=found)

    def action(self, folder: Folder, action: Action) -> types.CodeAction | None:
        """Return an action; None where the editor cannot do it."""
        edit = self.edit(folder, action.changes)
        if edit is None:
            return None
        return types.CodeAction(
            title=action.title,
            kind=action.kind.value,
            diagnostics=[diagnostic(folder, action.finding)] if action.finding is not None else None,
            is_preferred=action.preferred or None,
            edit=edit,
        )


def completion_list(folder: Folder, name: str, proposals: Sequence[Proposal]) -> types.CompletionList:
    """Return proposals in their order; the list is asked for again as more is typed."""
    lines = folder.lines(name)
    items = [
        types.CompletionItem(
            label=one.label,
            detail=one.detail or None,
            kind=_kind(one),
            sort_text=f"{number:05}",
            filter_text=one.text,
            text_edit=types.TextEdit(range_of(lines, one.span), one.text),
        )
        for number, one in enumerate(proposals)
    ]
    return types.CompletionList(is_incomplete=not any(one.anchor for one in proposals), items=items)


def _kind(one: Proposal) -> types.CompletionItemKind:
    if one.anchor:
        return types.CompletionItemKind.Reference
    return types.CompletionItemKind.Folder if one.folder else types.CompletionItemKind.File


def joined(edits: Sequence[types.WorkspaceEdit]) -> types.WorkspaceEdit | None:
    """Return several changes as one; None where there are none."""
    if len(edits) < 2:
        return edits[0] if edits else None
    if edits[0].document_changes is not None:
        return types.WorkspaceEdit(document_changes=[one for edit in edits for one in edit.document_changes or ()])
    return types.WorkspaceEdit(changes={uri: found for edit in edits for uri, found in (edit.changes or {}).items()})


def root_uris(params: types.InitializeParams) -> list[str]:
    """Return the addresses of the folders of a workspace, or of the one folder that older editors name."""
    if params.workspace_folders:
        return [folder.uri for folder in params.workspace_folders]
    if params.root_uri:
        return [params.root_uri]
    return [uri_of(os.path.abspath(params.root_path))] if params.root_path else []


def encoding_of(params: types.InitializeParams) -> Unit:
    """Return what positions count: what the editor likes best, or what the protocol says of those that do not ask."""
    general = params.capabilities.general
    liked = (
        [getattr(one, "value", one) for one in (general.position_encodings or ()) if general is not None]
        if general
        else []
    )
    known = {unit.value: unit for unit in Unit}
    return next((known[one] for one in liked if one in known), Unit.UTF16)


def watchers() -> types.RegistrationParams:
    """Return the wish to be told of changes on the disk, and in what git keeps of them."""
    globs = ("**/*", "**/.git/{HEAD,index}")
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in globs])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return types.RegistrationParams([types.Registration("doclint-files", method, options)])
