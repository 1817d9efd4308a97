"""An editor for tests: pygls' own client, which starts the real `doclint server` and talks to it over stdio."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self

from lsprotocol import types
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path

WAIT = 20.0
"""Seconds after which something that is expected is taken for lost."""

CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Rename]
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        workspace_folders=True,
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)


class Editor(LanguageClient):
    """An editor with some folders open."""

    def __init__(self, *roots: Path, capabilities: types.ClientCapabilities = CAPABILITIES) -> None:
        super().__init__("test", "1")
        self.roots = roots
        self.wishes = capabilities
        self.result: types.InitializeResult
        self.published: defaultdict[str, list[types.PublishDiagnosticsParams]] = defaultdict(list)
        self.shown: list[str] = []
        self.registered: list[types.Registration] = []
        self.progressed: list[str] = []
        self.texts: dict[str, tuple[int, str]] = {}
        self.errors: list[Any] = []

        handlers: dict[str, Callable[[Any], None]] = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self.published[params.uri].append(params),
            types.WINDOW_SHOW_MESSAGE: lambda params: self.shown.append(params.message),
            types.WINDOW_LOG_MESSAGE: lambda params: self.shown.append(params.message),
            types.CLIENT_REGISTER_CAPABILITY: lambda params: self.registered.extend(params.registrations),
            types.WINDOW_WORK_DONE_PROGRESS_CREATE: lambda _params: None,
            types.PROGRESS: lambda params: self.progressed.append(_kind(params.value)),
        }
        for method, handler in handlers.items():
            self.feature(method)(handler)

    async def __aenter__(self) -> Self:
        await self.start_io(sys.executable, "-m", "doclint", "server", env=dict(os.environ))
        folders = [types.WorkspaceFolder(root.as_uri(), root.name) for root in self.roots]
        params = types.InitializeParams(capabilities=self.wishes, process_id=os.getpid(), workspace_folders=folders)
        self.result = await asyncio.wait_for(self.initialize_async(params), WAIT)
        self.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_error: object) -> None:
        await asyncio.wait_for(self.shutdown_async(None), WAIT)
        self.exit(None)
        await asyncio.wait_for(self.stop(), WAIT)  # type: ignore[no-untyped-call]

    def report_server_error(self, error: Exception, source: object) -> None:
        self.errors.append((error, source))

    # ------------------------------------------------------------------------------------------------------ documents

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.roots[0] / name).as_uri()

    def open(self, name: str, text: str | None = None, language: str = "markdown") -> None:
        """Open a page with the text that it has on the disk, or another one."""
        if text is None:
            text = (self.roots[0] / name).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
        self.texts[name] = (1, text)
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str) -> None:
        """Replace the whole text of an open page."""
        self.change(name, text, [types.TextDocumentContentChangeWholeDocument(text)])

    def change(self, name: str, text: str, changes: Sequence[Any]) -> None:
        """Send changes that make `text` of an open page."""
        version = self.texts[name][0] + 1
        self.texts[name] = (version, text)
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def close(self, name: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(name))))

    async def until(self, wanted: Callable[[], bool], what: str = "it") -> None:
        """Wait until something is so."""
        end = asyncio.get_running_loop().time() + WAIT
        while not wanted():
            assert asyncio.get_running_loop().time() < end, f"waited in vain for {what}: {self.shown} {self.errors}"
            await asyncio.sleep(0.005)

    async def found(self, name: str) -> list[types.Diagnostic]:
        """Return what is said of the text that is open now."""
        version = self.texts[name][0]
        said = self.published[self.uri(name)]
        await self.until(lambda: any(params.version == version for params in said), f"{name} {version}")
        return list(said[-1].diagnostics)

    async def rules(self, name: str) -> list[str]:
        return [str(diagnostic.code) for diagnostic in await self.found(name)]

    async def settled(self, name: str) -> None:
        """Wait until every page of the folder has been read, as the links to a heading need it."""
        place = types.TextDocumentIdentifier(self.uri(name))
        context = types.ReferenceContext(include_declaration=False)
        params = types.ReferenceParams(context, place, types.Position(0, 0))
        await asyncio.wait_for(self.text_document_references_async(params), WAIT)

    # ------------------------------------------------------------------------------------------------------- requests

    def at(self, name: str, words: str, offset: int = 0) -> types.Position:
        """Return the place of `words` on an open page, in UTF-16 code units, `offset` characters further on."""
        text = self.texts[name][1]
        start = text.index(words) + offset
        line = text.count("\n", 0, start)
        column = text[text.rfind("\n", 0, start) + 1 : start]
        return types.Position(line, len(column.encode("utf-16-le", "surrogatepass")) // 2)

    def place(self, name: str, words: str, offset: int = 0) -> dict[str, Any]:
        return {"text_document": types.TextDocumentIdentifier(self.uri(name)), "position": self.at(name, words, offset)}

    async def actions(self, name: str, words: str, *, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        """Return what can be done about `words`."""
        place = types.Range(self.at(name, words), self.at(name, words, len(words)))
        context = types.CodeActionContext([], list(only) if only else None)
        document = types.TextDocumentIdentifier(self.uri(name))
        answer = await self.text_document_code_action_async(types.CodeActionParams(document, place, context))
        return [action for action in answer or [] if isinstance(action, types.CodeAction)]

    def applied(self, edit: types.WorkspaceEdit | None, texts: Mapping[str, str]) -> dict[str, str]:
        """Return what a change makes of `texts`, by name; only those that it reaches."""
        found: dict[str, str] = {}
        edits: dict[str, list[Any]] = {}
        for change in (edit.document_changes or []) if edit is not None else []:
            if isinstance(change, types.TextDocumentEdit):
                edits[change.text_document.uri] = list(change.edits)
        for uri, ones in (edit.changes or {}).items() if edit is not None else ():
            edits[uri] = list(ones)
        for uri, ones in edits.items():
            name = next(name for name in texts if self.uri(name) == uri)
            found[name] = _edited(texts[name], ones)
        return found


def _kind(value: Any) -> str:  # noqa: ANN401 - whatever the client makes of it
    return str(value["kind"] if isinstance(value, dict) else value.kind)


def _edited(text: str, edits: Sequence[types.TextEdit]) -> str:
    places = sorted(
        ((_offset(text, e.range.start), _offset(text, e.range.end), e.new_text) for e in edits), reverse=True
    )
    for start, end, new in places:
        text = text[:start] + new + text[end:]
    return text


def _offset(text: str, position: types.Position) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position.line])
    units = lines[position.line].encode("utf-16-le", "surrogatepass")[: 2 * position.character]
    return before + len(units.decode("utf-16-le", "surrogatepass"))


def drive(
    work: Callable[[Editor], Coroutine[Any, Any, None]],
    *roots: Path,
    capabilities: types.ClientCapabilities = CAPABILITIES,
) -> None:
    """Start a server, let `work` be done with it, and end it as an editor does."""

    async def everything() -> None:
        async with Editor(*roots, capabilities=capabilities) as editor:
            await work(editor)

    asyncio.run(asyncio.wait_for(everything(), 4 * WAIT))
