"""Long work between the messages: in slices, so that others are answered meanwhile, with a word about how far it is."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygls.lsp.server import LanguageServer

_Item = TypeVar("_Item")

SLICE = 0.015
PAUSE = 0.002
"""Seconds of work, and of waiting for messages, in turn."""


async def in_slices(work: Iterator[_Item]) -> list[_Item]:
    """Return what some long work yields; between two slices of it messages are answered."""
    found = []
    end = time.perf_counter() + SLICE
    for item in work:
        found.append(item)
        if time.perf_counter() > end:
            await asyncio.sleep(PAUSE)
            end = time.perf_counter() + SLICE
    return found


class Progress:
    """Tells the editor how far the reading of pages is, if it wants to know."""

    def __init__(self, server: LanguageServer, pages: int) -> None:
        self._server = server
        self._pages = pages
        self._said = -1
        self._token = f"doclint-{id(self)}"
        window = server.client_capabilities.window
        self._ready = self._ended = False
        if window is not None and window.work_done_progress:
            server.work_done_progress.create(self._token, self._begin)

    def _begin(self, _answer: object) -> None:
        self._ready = True
        begin = types.WorkDoneProgressBegin("doclint", message=f"reading {self._pages:,} pages", percentage=0)
        self._server.work_done_progress.begin(self._token, begin)
        if self._ended:
            self.end()

    def report(self, left: int) -> None:
        """Say how many pages are left."""
        percent = 100 * (self._pages - left) // self._pages
        if self._ready and percent != self._said:
            self._said = percent
            message = f"{self._pages - left:,} of {self._pages:,} pages"
            self._server.work_done_progress.report(
                self._token, types.WorkDoneProgressReport(message=message, percentage=percent)
            )

    def end(self) -> None:
        """Say that all is read."""
        self._ended = True
        if self._ready:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())
