"""What an editor sends that makes no sense gets a clear answer, and the server goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace


class Line:
    """A bare line to a server: bytes go in, messages come out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        words = [sys.executable, "-m", "doclint", "server", "--stdio"]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
        )

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        body = json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def ask(self, number: int, method: str, params: object) -> dict[str, Any]:
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.answer(number)

    def tell(self, method: str, params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def answer(self, number: int | None) -> dict[str, Any]:
        """Return the answer to a request, or what is said about a message that was none."""
        while True:
            message = self.message()
            if "method" not in message and message.get("id") == number:
                return message

    def until(self, method: str) -> dict[str, Any]:
        while (message := self.message()).get("method") != method:
            pass
        return message

    def message(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        header = self.process.stdout.readline()
        assert header.startswith(b"Content-Length:"), header
        while self.process.stdout.readline().strip():
            pass
        message = json.loads(self.process.stdout.read(int(header.split(b":")[1])))
        assert isinstance(message, dict)
        return message

    def start(self) -> None:
        uri = self.root.as_uri()
        params: dict[str, Any] = {"processId": None, "capabilities": {}, "rootUri": uri}
        assert self.ask(0, "initialize", params)["result"]["serverInfo"]["name"] == "doclint"
        self.tell("initialized", {})

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def works(self) -> None:
        """Assert that the server still answers, rightly."""
        document = {"uri": self.uri("a.md"), "languageId": "markdown", "version": 1, "text": "[x](gone.md)\n"}
        self.tell("textDocument/didOpen", {"textDocument": document})
        said = self.until("textDocument/publishDiagnostics")["params"]
        assert [one["code"] for one in said["diagnostics"]] == ["missing-file"]


@pytest.fixture
def line(workspace: MakeWorkspace) -> Iterator[Line]:
    space: Workspace = workspace({"a.md": "# A\n"})
    line = Line(space.root)
    with line.process:
        yield line
        if line.process.poll() is None:
            assert line.process.stdin is not None
            line.process.stdin.close()
            line.process.wait(timeout=20)


def test_what_is_no_message(line: Line) -> None:
    line.start()
    for body in (b"{ no json", b"\xff\xfe", b"[" * 100_000):
        line.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        error = line.answer(None)["error"]
        assert error["code"] == -32700
        assert error["message"].startswith("expected JSON in UTF-8: ")
    for message in ([1, 2], "word", 5, {"id": 1}, None):
        line.send(message)
        assert line.answer(None)["error"]["code"] == -32600
    line.works()


def test_a_header_that_counts_wrong_costs_no_later_message(line: Line) -> None:
    line.start()
    for header in (b"Content-Length: many\r\n\r\n{}", b"Content-Length: 99999999999\r\n\r\n{}", b"Nonsense\r\n\r\n{}"):
        line.write(header)
    line.works()


def test_requests_that_cannot_be_answered(line: Line) -> None:
    place = {"position": {"line": 0, "character": 0}}
    before = line.ask(1, "textDocument/hover", {"textDocument": {"uri": line.uri("a.md")}, **place})
    assert before["error"]["code"] == -32002
    line.start()
    nowhere = line.ask(2, "textDocument/hover", {"textDocument": {"uri": "untitled:x"}, **place})
    assert nowhere["error"] == {"code": -32602, "message": "untitled:x is not open"}
    gone = line.ask(3, "textDocument/hover", {"textDocument": {"uri": line.uri("gone.md")}, **place})
    assert "'gone.md' cannot be read" in gone["error"]["message"]
    far = {"textDocument": {"uri": line.uri("a.md")}, "position": {"line": 99, "character": 0}}
    assert line.ask(4, "textDocument/definition", far)["error"]["message"] == "line 99: the text has the lines 0 to 1"
    wrong = line.ask(5, "textDocument/hover", {**far, "position": {"line": "a", "character": 0}})["error"]
    assert wrong["code"] == -32602
    assert wrong["message"].endswith(
        "cannot be understood: invalid value for type, expected int @ $.params.position.line"
    )
    empty = line.ask(15, "textDocument/hover", {"x": 1})["error"]["message"]
    assert "required field missing @ $.params.textDocument; required field missing @ $.params.position" in empty
    assert line.ask(6, "textDocument/dream", {})["error"]["code"] == -32601
    assert line.ask(7, "textDocument/rename", {**far, "newName": "x"})["error"]["code"] == -32602
    heading = {"textDocument": {"uri": line.uri("a.md")}, "position": {"line": 1, "character": 0}, "newName": "x"}
    assert line.ask(8, "textDocument/rename", heading)["error"]["message"] == "there is no heading here to rename"
    line.works()


def test_notifications_that_make_no_sense(line: Line) -> None:
    line.start()
    change = {"contentChanges": [{"text": "x"}]}
    line.tell("textDocument/didChange", {"textDocument": {"uri": line.uri("b.md"), "version": 2}, **change})
    assert line.until("window/logMessage")["params"]["message"].endswith("was changed and is not open; open it first")
    line.tell("textDocument/didClose", {"textDocument": {"uri": line.uri("b.md")}})
    assert line.until("window/logMessage")["params"]["message"].endswith("was closed and is not open")
    line.tell("textDocument/didOpen", {"nonsense": True})
    assert line.until("window/logMessage")["params"] == {
        "type": 1,
        "message": "doclint: textDocument/didOpen: the parameters cannot be understood: "
        "required field missing @ $.params.textDocument",
    }
    line.tell("$/unknown", {})
    line.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": "nonsense", "type": 1}]})
    line.works()
    here = {"line": 9, "character": 0}
    wrong = {"contentChanges": [{"range": {"start": here, "end": here}, "text": "x"}]}
    line.tell("textDocument/didChange", {"textDocument": {"uri": line.uri("a.md"), "version": 2}, **wrong})
    assert "line 9" in line.until("window/logMessage")["params"]["message"]


def test_an_end_as_it_should_be_and_one_without_a_word(workspace: MakeWorkspace) -> None:
    root = workspace({"a.md": "# A\n"}).root
    ends = Line(root)
    with ends.process:
        ends.start()
        assert ends.ask(1, "shutdown", None)["result"] is None
        assert ends.ask(2, "textDocument/hover", {})["error"]["code"] in (-32600, -32602)
        ends.tell("exit", None)
        assert ends.process.wait(timeout=20) == 0
        assert ends.process.stderr is not None
        assert ends.process.stderr.read() == b""
    gone = Line(root)
    with gone.process:
        gone.start()
        assert gone.process.stdin is not None
        gone.process.stdin.close()
        assert gone.process.wait(timeout=20) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals are as POSIX has them")
def test_ctrl_c_ends_it_at_once(workspace: MakeWorkspace) -> None:
    line = Line(workspace({"a.md": "# A\n"}).root)
    with line.process:
        line.start()
        line.process.send_signal(signal.SIGINT)
        try:
            assert line.process.wait(timeout=20) == -signal.SIGINT
            assert line.process.stderr is not None
            assert line.process.stderr.read() == b""
        finally:
            line.process.kill()


def test_without_pygls_one_line_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; from doclint.__main__ import main; sys.argv[1:] = ['server']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "doclint: `doclint server` needs pygls; install doclint with its extra `server`"
    ]
