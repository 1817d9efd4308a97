"""Answers: what an editor asks and tells, to the rooms that know.

A request is answered from the index that is there. Only what needs every page, the links to a heading and new names,
waits until all have come in. An error of the user's or the editor's becomes an answer in one line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInvalidParams, JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer

from doclint import __version__
from doclint.model import UsageError
from doclint.server import actions, completion, hover, navigation, rename, wire
from doclint.server.documents import Document
from doclint.server.edits import Changes, editable
from doclint.server.slices import in_slices
from doclint.server.upkeep import Upkeep
from doclint.server.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pygls.protocol import LanguageServerProtocol

    from doclint.server.folder import Folder

_ALL_FILES = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern(glob="**/*"), scheme="file")]
)
_ACTIONS = types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll])
_TRIGGERS = types.CompletionOptions(trigger_characters=["(", "/", "#", "<", '"', "'"])


class Server(LanguageServer):
    """The language server.

    Args:
        protocol: What understands messages.
    """

    def __init__(self, protocol: type[LanguageServerProtocol]) -> None:
        super().__init__("doclint", __version__, protocol_cls=protocol)
        self.upkeep: Upkeep | None = None
        self.writer = wire.Writer(types.ClientCapabilities())
        for method, (request, options) in _REQUESTS.items():
            self.feature(method, options)(_asked(self, request))
        for method, (notification, options) in _NOTIFICATIONS.items():
            self.feature(method, options)(_told(self, notification))

    @property
    def kept(self) -> Upkeep:
        """The folders, once the editor has named them."""
        if self.upkeep is None:
            raise JsonRpcServerNotInitialized("the first request must be `initialize`")
        return self.upkeep

    async def page(self, uri: str) -> tuple[Folder, str]:
        """Return folder and name of a page, as soon as its folder is looked at."""
        await self.kept.looked_at(uri)
        return self.kept.workspace.find(uri)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401 - a class of errors
        """Tell the editor what went wrong beside a request."""
        if source is FeatureRequestError:
            return
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
            self.protocol.refuse(error)  # type: ignore[attr-defined]
            return
        message = f"doclint: {error}".partition("\n")[0]
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def tell(self, message: str) -> None:
        """Show the user a line."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"doclint: {message}"))


# ------------------------------------------------------------------------------------------------------------- requests


async def complete(server: Server, params: types.CompletionParams) -> types.CompletionList:
    """Propose what may be typed."""
    folder, name = await server.page(params.text_document.uri)
    offset = wire.offset_of(folder, name, params.position)
    return wire.completion_list(folder, name, completion.proposals(folder, name, offset))


async def show(server: Server, params: types.HoverParams) -> types.Hover | None:
    """Show what stands at a place."""
    folder, name = await server.page(params.text_document.uri)
    found = hover.hover(folder, name, wire.offset_of(folder, name, params.position))
    if found is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, found[0])
    return types.Hover(content, wire.range_of(folder.lines(name), found[1]))


async def define(server: Server, params: types.DefinitionParams) -> types.Location | None:
    """Say where a link leads to."""
    folder, name = await server.page(params.text_document.uri)
    spot = navigation.definition(folder, name, wire.offset_of(folder, name, params.position))
    return None if spot is None else wire.location(folder, spot)


async def refer(server: Server, params: types.ReferenceParams) -> list[types.Location]:
    """List the links to a heading."""
    folder, name = await server.page(params.text_document.uri)
    await server.kept.complete(folder)
    offset = wire.offset_of(folder, name, params.position)
    spots = navigation.references(folder, name, offset, declaration=params.context.include_declaration)
    return [wire.location(folder, spot) for spot in spots]


async def link(server: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """List the links of a page that lead to a file."""
    folder, name = await server.page(params.text_document.uri)
    return [wire.document_link(folder, name, span, goal) for span, goal in navigation.document_links(folder, name)]


async def act(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """List what can be done about what was found at a place, or on the page as a whole."""
    folder, name = await server.page(params.text_document.uri)
    place = wire.span_of(folder, name, params.range)
    only = params.context.only
    found = list(actions.quick_fixes(folder, name, place)) if _is_asked_for("quickfix", only) else []
    if only and _is_asked_for("source.fixAll", only) and (action := actions.fix_all(folder, name)) is not None:
        found.append(action)
    written = (server.writer.action(folder, each) for each in found)
    return [each for each in written if each is not None]


def _is_asked_for(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Tell whether actions of a kind are wanted; `source` asks for `source.fixAll`, too."""
    asked = [each.value if isinstance(each, types.CodeActionKind) else each for each in only or ()]
    return not asked or any(kind == each or kind.startswith(f"{each}.") or each == "" for each in asked)


async def prepare(server: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Say whether there is a heading to rename, and what it is called."""
    folder, name = await server.page(params.text_document.uri)
    found = rename.renamable(folder, name, wire.offset_of(folder, name, params.position))
    if found is None:
        return None
    return types.PrepareRenamePlaceholder(range=wire.range_of(folder.lines(name), found[0]), placeholder=found[1])


async def name_heading(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Give a heading another text, with the links to it."""
    folder, name = await server.page(params.text_document.uri)
    await server.kept.complete(folder)
    offset = wire.offset_of(folder, name, params.position)
    return server.writer.edit(folder, rename.rename_heading(folder, name, offset, params.new_name))


async def move_files(server: Server, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """Let links follow when files or folders are about to get other names.

    The editor makes the move whatever is said here; so what stands in the way is shown to the user.
    """
    by_folder: dict[str, tuple[Folder, list[tuple[str, str]]]] = {}
    for file in params.files:
        try:
            folder, old = await server.page(file.old_uri)
            there, new = server.kept.workspace.find(file.new_uri)
        except UsageError as error:
            server.tell(f"no link was rewritten: {error}")
            continue
        if there is not folder:
            server.tell(f"links to {old!r} cannot follow it into another folder of the workspace")
            continue
        by_folder.setdefault(folder.base, (folder, []))[1].append((old, new))
    edits = []
    for folder, moves in by_folder.values():
        await server.kept.complete(folder)
        try:
            rewritten = dict(await in_slices(rename.rename_files(folder, moves)))
            changes = editable(folder, Changes(rewritten))
        except UsageError as error:
            server.tell(f"no link was rewritten: {error}")
            continue
        if rewritten and (edit := server.writer.edit(folder, changes)) is not None:
            edits.append(edit)
    return wire.joined(edits)


# -------------------------------------------------------------------------------------------------------- notifications


def initialize(server: Server, params: types.InitializeParams) -> None:
    """Take in what the editor can do, and its folders."""
    server.writer = wire.Writer(params.capabilities)
    server.upkeep = Upkeep(server, Workspace(wire.encoding_of(params)), server.tell)
    for uri in wire.root_uris(params):
        server.upkeep.add(uri)


def initialized(server: Server, _params: types.InitializedParams) -> None:
    """Begin to look at the folders, and ask to be told of changes on the disk."""
    server.kept.begin()


def open_text(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Take in a text that was opened."""
    text = params.text_document
    server.kept.opened(Document(text.uri, str(text.language_id), text.version, text.text))


def change_text(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Take in what was typed."""
    document = params.text_document
    server.kept.changed(document.uri, document.version, wire.changes_of(params.content_changes))


def save_text(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Look at the disk again."""
    server.kept.touched([params.text_document.uri])


def close_text(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a text."""
    server.kept.closed(params.text_document.uri)


def watch(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Look at the disk again."""
    server.kept.touched([change.uri for change in params.changes])


def renamed(server: Server, params: types.RenameFilesParams) -> None:
    """Look at the disk again."""
    server.kept.touched([uri for file in params.files for uri in (file.old_uri, file.new_uri)])


def change_folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Take in folders that come and go."""
    for gone in params.event.removed:
        server.kept.remove(gone.uri)
    for come in params.event.added:
        server.kept.add(come.uri)


def ignore(_server: Server, _params: object) -> None:
    """Do nothing: the settings are in the repository, where every tool reads the same."""


_REQUESTS: dict[str, tuple[Callable[[Server, Any], Awaitable[Any]], Any]] = {
    types.TEXT_DOCUMENT_COMPLETION: (complete, _TRIGGERS),
    types.TEXT_DOCUMENT_HOVER: (show, None),
    types.TEXT_DOCUMENT_DEFINITION: (define, None),
    types.TEXT_DOCUMENT_REFERENCES: (refer, None),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: (link, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (act, _ACTIONS),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (prepare, None),
    types.TEXT_DOCUMENT_RENAME: (name_heading, types.RenameOptions(prepare_provider=True)),
    types.WORKSPACE_WILL_RENAME_FILES: (move_files, _ALL_FILES),
}

_NOTIFICATIONS: dict[str, tuple[Callable[[Server, Any], None], Any]] = {
    types.INITIALIZE: (initialize, None),
    types.INITIALIZED: (initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (open_text, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (change_text, None),
    types.TEXT_DOCUMENT_DID_SAVE: (save_text, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (close_text, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (watch, None),
    types.WORKSPACE_DID_RENAME_FILES: (renamed, _ALL_FILES),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (change_folders, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (ignore, None),
}


def _asked(server: Server, handler: Callable[[Server, Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[Any]]:
    """Return a handler that knows its server, and makes answers of errors of use."""

    async def answer(params: Any) -> Any:  # noqa: ANN401 - any request
        try:
            return await handler(server, params)
        except UsageError as error:
            raise JsonRpcInvalidParams(str(error)) from error

    return answer


def _told(server: Server, handler: Callable[[Server, Any], None]) -> Callable[[Any], None]:
    """Return a handler that knows its server."""

    def take(params: Any) -> None:  # noqa: ANN401 - any notification
        handler(server, params)

    return take
