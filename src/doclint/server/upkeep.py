"""Keeps folders as the disk and the editor have them, and tells the editor what is found on its open pages.

A survey runs in a thread of its own; all else happens between the messages, in slices. Between two slices nothing
happens for a moment, so that a message that is on its way comes in whole.
"""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING

from lsprotocol import types

from doclint.model import UsageError
from doclint.server import wire
from doclint.server.folder import Folder
from doclint.server.slices import PAUSE, SLICE, Progress
from doclint.server.survey import survey
from doclint.server.uris import path_of
from doclint.server.workspace import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Any

    from pygls.lsp.server import LanguageServer

    from doclint.server.documents import Document, TextChange
    from doclint.server.workspace import Workspace

_SETTLED = 0.15
"""Seconds to wait for further changes on the disk: a tool that changes one file changes many."""

_LONGEST_DELAY = 1.0
"""Seconds after which a page is judged at the latest while one types."""

_WORTH_TELLING = 20
"""With more pages to read the editor shows how far it is."""

_FOREIGN = ("node_modules", ".venv", ".hg", ".svn")


class Upkeep:
    """Keeps the folders of a workspace.

    Args:
        server: Where messages go.
        workspace: The folders and the open texts.
        tell: Shows the user a line.
    """

    def __init__(self, server: LanguageServer, workspace: Workspace, tell: Callable[[str], None]) -> None:
        self._server = server
        self._tell = tell
        self.workspace = workspace
        self._begun = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._looking: dict[str, asyncio.Event] = {}
        self._reading: dict[str, asyncio.Event] = {}
        self._again: set[str] = set()
        self._faults: dict[str, str] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._costs: dict[str, float] = {}
        self._said: dict[str, list[types.Diagnostic]] = {}
        self._others: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------------------------------------------- folders

    def begin(self) -> None:
        """Look at the folders, and ask to be told of changes on the disk."""
        self._begun = True
        capabilities = self._server.client_capabilities.workspace
        watched = capabilities.did_change_watched_files if capabilities is not None else None
        if watched is not None and watched.dynamic_registration:
            self._server.client_register_capability(wire.watchers())
        for base in list(self.workspace.bases):
            self._look(base)

    def add(self, uri: str) -> None:
        """Take in a folder of the workspace."""
        path = path_of(uri)
        if path is not None and path not in self.workspace.bases:
            self.workspace.bases.append(path)
            if self._begun:
                self._look(path)

    def remove(self, uri: str) -> None:
        """Forget a folder of the workspace."""
        path = path_of(uri)
        if path is not None:
            if path in self._looking:
                # Its open texts may want it at once: it is their repository.
                self._again.add(path)
                self._looking[path].clear()
            self.workspace.leave(path)
            # Who is looking at it may have taken it in already; its open texts are looked for once more then.
            if path in self._looking:
                self._again.add(path)
            for document in list(self.workspace.documents.values()):
                self.opened(document)

    def touched(self, uris: Iterable[str]) -> None:
        """Look again at the folders in which files changed."""
        bases = set()
        for path in filter(None, map(path_of, uris)):
            parts = path.replace("\\", "/").split("/")
            inside_git = parts[parts.index(".git") + 1 :] if ".git" in parts else ["HEAD"]
            if inside_git in (["HEAD"], ["index"]) and not any(name in parts for name in _FOREIGN):
                bases |= {base for base in self.workspace.bases if holds(base, path)}
        for base in bases:
            self._look(base, _SETTLED)

    async def looked_at(self, uri: str) -> None:
        """Wait until the folder of a file has been looked at.

        Raises:
            UsageError: It cannot be.
        """
        path = path_of(uri)
        base = self.workspace.base_of(path) if path is not None else None
        if base is None or base in self.workspace.folders:
            return
        if base not in self._looking and base not in self._faults:
            self._look(base)
        if base in self._looking:
            await self._looking[base].wait()
        if base in self._faults:
            raise UsageError(self._faults[base])

    async def complete(self, folder: Folder) -> None:
        """Wait until all pages of a folder have come in."""
        if folder.unread and folder.base in self._reading:
            await self._reading[folder.base].wait()

    def _look(self, base: str, delay: float = 0.0) -> None:
        """Begin to look at a folder, or do it again once it is done."""
        if base in self._looking:
            self._again.add(base)
            return
        self._looking[base] = asyncio.Event()
        self._start(self._keep(base, delay))

    async def _keep(self, base: str, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            while True:
                self._again.discard(base)
                await self._take_in(base)
                if base not in self._again or base not in self.workspace.bases:
                    return
                await asyncio.sleep(_SETTLED)
        finally:
            self._looking.pop(base).set()

    async def _take_in(self, base: str) -> None:
        """Look at a folder, and let its pages come in."""
        try:
            found = await asyncio.to_thread(survey, base)
        except UsageError as error:
            if self._faults.get(base) != str(error):
                self._faults[base] = str(error)
                self._tell(str(error))
            return
        self._faults.pop(base, None)
        if base not in self.workspace.bases:
            return
        folder = self.workspace.folders.get(base)
        if folder is None:
            folder = Folder(base, found, self.workspace.unit)
            self.workspace.admit(folder)
        elif not folder.adopt(found):
            return
        self._looking[base].set()
        for document in list(folder.documents.values()):
            self._publish(document.uri)
        await self._read(folder)
        await self._publish_all(folder)

    async def _read(self, folder: Folder) -> None:
        """Let the pages of a folder come in, a slice at a time."""
        read = self._reading[folder.base] = asyncio.Event()
        progress = Progress(self._server, folder.unread) if folder.unread > _WORTH_TELLING else None
        while folder.unread and self.workspace.folders.get(folder.base) is folder:
            folder.step(SLICE)
            # What has come in stays: the collector need not look at it again and again.
            gc.freeze()
            if progress is not None:
                progress.report(folder.unread)
            await asyncio.sleep(PAUSE)
        if progress is not None:
            progress.end()
        read.set()

    # ---------------------------------------------------------------------------------------------------- open pages

    def opened(self, document: Document) -> None:
        """Take in a text that was opened."""
        self.workspace.open(document)
        path = path_of(document.uri)
        if path is not None and self._begun:
            try:
                base = self.workspace.base_of(path)
            except UsageError as error:
                self._tell(str(error))
                return
            known = (*self.workspace.folders, *self._faults, *self._looking)
            if base is not None and base not in known:
                self._look(base)
        self._publish(document.uri)

    def changed(self, uri: str, version: int, changes: Iterable[TextChange]) -> None:
        """Take in what was typed; it is judged as soon as that takes no more than half of the time."""
        self.workspace.change(uri, version, changes)
        if uri not in self._timers:
            delay = min(self._costs.get(uri, 0.0), _LONGEST_DELAY)
            self._timers[uri] = asyncio.get_running_loop().call_later(delay, self._judge, uri)

    def closed(self, uri: str) -> None:
        """Forget a text; nothing is said of it any more."""
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        self.workspace.close(uri)
        if self._said.pop(uri, None):
            self._send(uri, None, [])

    def _judge(self, uri: str) -> None:
        """Say what is found on a page after a change, then what has become of the other open pages."""
        self._timers.pop(uri, None)
        start = time.perf_counter()
        self._publish(uri)
        self._costs[uri] = time.perf_counter() - start
        place = self.workspace.place(uri)
        if place is not None and len(place[0].documents) > 1:
            if self._others is not None:
                self._others.cancel()
            self._others = self._start(self._publish_all(place[0]))

    async def _publish_all(self, folder: Folder) -> None:
        """Say what is found on the open pages of a folder, where that is other than what was said."""
        for document in list(folder.documents.values()):
            await asyncio.sleep(PAUSE)
            self._publish(document.uri, always=False)

    def _publish(self, uri: str, *, always: bool = True) -> None:
        """Say what is found on an open text."""
        place = self.workspace.place(uri)
        found = wire.diagnostics(*place) if place is not None else []
        before = self._said.get(uri)
        if uri not in self.workspace.documents or (before == found and not always) or (place is None and not before):
            return
        self._said[uri] = found
        self._send(uri, self.workspace.documents[uri].version, found)

    def _send(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start work that runs between the messages; what goes wrong in it is told to the editor."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._server.report_server_error(error, type(error))  # type: ignore[arg-type]
