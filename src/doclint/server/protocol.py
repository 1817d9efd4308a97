"""The door to the editor: messages in and out, and what becomes of nonsense among them.

pygls keeps texts of its own, whose lines end where Python ends lines, also at U+0085 and U+2028; an editor's lines do
not. So `documents` keeps them, and what pygls would do by itself with a text that is opened, changed or closed is left
out. A message that cannot be understood is answered as JSON-RPC asks for it, and the next one is read.
"""

from __future__ import annotations

import logging
import re
import signal
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcParseError
from pygls.protocol import LanguageServerProtocol, lsp_method

from doclint.server.answers import Server

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import BinaryIO

_LENGTH = re.compile(rb"(?i)content-length: *(\d+)\r?\n\Z")
_LONGEST = 1 << 28
"""No message has so many bytes; whoever says so has lost count."""


class Protocol(LanguageServerProtocol):
    """Understands messages, and says so where it does not."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand over a text that was opened."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand over a change of a text."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand over that a text was closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 - any message
        """Return the message that an object is.

        One that cannot be understood is answered if it is a request; of a notification it is said.
        """
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" not in data:
                raise
            reason = error.__cause__ or error
            said = f"{data['method']}: the parameters cannot be understood: {_complaint(reason)}"
            if isinstance(data.get("id"), int | str):
                self._send_response(data["id"], None, types.ResponseError(code=error.code, message=said))
                return _ANSWERED
            raise type(error)(said) from error

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 - any message
        """Answer a message; what is none is said to be none."""
        if message is _ANSWERED:
            return
        if not hasattr(message, "jsonrpc"):
            self._refuse(JsonRpcInvalidRequest('expected a message with "jsonrpc": "2.0"'))
            return
        if self._shutdown and hasattr(message, "method") and hasattr(message, "id"):
            error = JsonRpcInvalidRequest(f"{message.method} came after shutdown")
            self._send_response(message.id, None, error.to_response_error())
            return
        super().handle_message(message)

    def refuse(self, error: Exception) -> None:
        """Say that a message is no JSON."""
        self._refuse(JsonRpcParseError(f"expected JSON in UTF-8: {_first_line(error)}"))

    def _refuse(self, error: JsonRpcException) -> None:
        self._send_data(types.ResponseErrorMessage(id=None, error=error.to_response_error()))


_ANSWERED = object()


def _complaint(reason: BaseException) -> str:
    """Return what is wrong with the fields of a message, such as "expected int @ $.params.position.line"."""
    if not isinstance(reason, BaseExceptionGroup):
        return _first_line(reason)
    from cattrs import transform_error

    # The fields have their names of Python there.
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), "; ".join(transform_error(reason)))


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0]


class Input:
    """Standard input, in which the next message is found again after one whose header was wrong."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """Return the next line of a header, in the one form that pygls reads; b"" at the end."""
        line = self._stream.readline()
        start = line.lower().rfind(b"content-length:")
        if start < 0:
            return b"\r\n" if line.strip() == b"" and line else line
        match = _LENGTH.match(line[start:])
        if match is None or int(match[1]) > _LONGEST:
            return b"Lost: count\r\n"
        return b"Content-Length: %s\r\n" % match[1]

    def read(self, size: int) -> bytes:
        """Return the body of a message."""
        return self._stream.read(size)


def run(stdin: BinaryIO) -> None:
    """Serve the editor that writes to `stdin` and reads from standard output, until it says `exit` or goes away."""
    # What goes wrong is told to the editor; a traceback on standard error helps nobody there.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    # Python would wait for the thread that reads, which waits for the editor. There is nothing to tidy up.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Server(Protocol).start_io(stdin=Input(stdin))  # type: ignore[arg-type]
