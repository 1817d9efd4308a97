"""Time the answers of `doclint server` on a repository of many pages, over stdio, as an editor sees them.

    python benchmarks/server.py [--pages 10000] [--rounds 30]

Makes the repository in a temporary folder: pages of the size of real documentation in folders of 100, each with links
to others and their headings. Reports for each request the median and the slowest answer in milliseconds: while the
pages are read for the first time, and afterwards, where 100 ms is what the project promises.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

LIMIT = 100.0
PROSE = "each page is read once and what was found is kept so that a change of one costs little however many there are"


def page(number: int, pages: int, chance: random.Random) -> str:
    """Return the text of a page: six sections with two links each."""
    lines = [f"# Page {number}", ""]
    for section in range(6):
        lines += [f"## Section {section} of page {number}", ""]
        for _ in range(2):
            other = chance.randrange(pages)
            words = " ".join(chance.choice(PROSE.split()) for _ in range(25))
            part = chance.randrange(6)
            link = f"../folder{other // 100}/page{other}.md"
            fragment = f"#section-{part}-of-page-{other}" if chance.random() < 0.5 else ""
            lines += [f"{words} [page {other}]({link}{fragment}) {words}.", ""]
    return "\n".join(lines)


def make(root: Path, pages: int) -> None:
    """Make the repository."""
    chance = random.Random(1)  # noqa: S311 - the same pages each time
    for number in range(pages):
        file = root / f"folder{number // 100}" / f"page{number}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(number, pages, chance), encoding="utf-8")
    for words in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *words], cwd=root, check=True)
    identity = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *identity, "commit", "--quiet", "--message", "pages"], cwd=root, check=True)


class Client:
    """Speaks to a server and takes the time."""

    def __init__(self, root: Path) -> None:
        program = shutil.which("doclint", path=str(Path(sys.executable).parent)) or "doclint"
        self.process = subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.root = root
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.progress = 0
        self.done = threading.Event()
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._published: queue.Queue[tuple[str, int | None]] = queue.Queue()
        self._id = 0
        self._version = 1
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, **message: Any) -> None:  # noqa: ANN401 - any message
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None  # noqa: S101 - it was asked for
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any, what: str = "") -> Any:  # noqa: ANN401 - any answer
        """Return the answer to a request."""
        self._id += 1
        start = time.perf_counter()
        self.send(id=self._id, method=method, params=params)
        while (answer := self._answers.get(timeout=600))["id"] != self._id:
            pass
        self.times[what or method].append(1000 * (time.perf_counter() - start))
        if "error" in answer:
            raise SystemExit(f"{method}: {answer['error']}")
        return answer["result"]

    def type(self, name: str, line: int, text: str, what: str) -> None:
        """Type into a page, and wait for what is said about it."""
        self._version += 1
        place = {"line": line, "character": 0}
        change = {"range": {"start": place, "end": place}, "text": text}
        start = time.perf_counter()
        document = {"uri": self.uri(name), "version": self._version}
        self.send(method="textDocument/didChange", params={"textDocument": document, "contentChanges": [change]})
        while self._published.get(timeout=600) != (self.uri(name), self._version):
            pass
        self.times[what].append(1000 * (time.perf_counter() - start))

    def open(self, name: str, what: str) -> None:
        """Open a page, and wait for what is said about it."""
        start = time.perf_counter()
        text = (self.root / name).read_text(encoding="utf-8")
        item = {"uri": self.uri(name), "languageId": "markdown", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": item})
        while self._published.get(timeout=600)[0] != self.uri(name):
            pass
        self.times[what].append(1000 * (time.perf_counter() - start))

    def uri(self, name: str) -> str:
        """Return the address of a file."""
        return (self.root / name).as_uri()

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        while header := self.process.stdout.readline():
            length = int(header.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            message = json.loads(self.process.stdout.read(length))
            match message.get("method"):
                case None:
                    self._answers.put(message)
                case "textDocument/publishDiagnostics":
                    self._published.put((message["params"]["uri"], message["params"].get("version")))
                case "$/progress":
                    self.progress += 1
                    if message["params"]["value"]["kind"] == "end":
                        self.done.set()
                case "window/showMessage" | "window/logMessage":
                    print(message["params"]["message"], file=sys.stderr)
                case _ if "id" in message:
                    self.send(id=message["id"], result=None)
                case _:
                    pass


def requests(client: Client, name: str, when: str, *, everything: bool) -> None:
    """Send one of each request about a page."""
    number = int(name.partition("page")[2].removesuffix(".md"))
    document = {"textDocument": {"uri": client.uri(name)}}
    lines = (client.root / name).read_text(encoding="utf-8").split("\n")
    line = next(number for number, line in enumerate(lines) if "](" in line)
    column = lines[line].index("](") + 4
    link = {**document, "position": {"line": line, "character": column}}
    heading = {**document, "position": {"line": 2, "character": 5}}
    begun = lines[line].index(".md") - 1
    client.ask("textDocument/definition", link, f"definition{when}")
    client.ask("textDocument/hover", link, f"hover{when}")
    place = {**document, "position": {"line": line, "character": begun}}
    client.ask("textDocument/completion", place, f"completion of paths{when}")
    if "#" in lines[line]:
        place = {**document, "position": {"line": line, "character": lines[line].index("#") + 1}}
        client.ask("textDocument/completion", place, f"completion of anchors{when}")
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(lines) - 1, "character": 0}}
    client.ask(
        "textDocument/codeAction", {**document, "range": whole, "context": {"diagnostics": []}}, f"actions{when}"
    )
    client.ask("textDocument/documentLink", document, f"document links{when}")
    if everything:
        more = {**heading, "context": {"includeDeclaration": True}}
        client.ask("textDocument/references", more, f"references{when}")
        client.ask("textDocument/rename", {**heading, "newName": "Another name"}, f"rename of a heading{when}")
        moved = {"oldUri": client.uri(name), "newUri": client.uri(f"elsewhere/page{number}.md")}
        client.ask("workspace/willRenameFiles", {"files": [moved]}, f"rename of a file{when}")


def move_folder(client: Client, name: str) -> None:
    """Let the folder of a page go elsewhere."""
    folder = name.partition("/")[0]
    moved = {"oldUri": client.uri(folder), "newUri": client.uri(f"elsewhere/{folder}")}
    client.ask("workspace/willRenameFiles", {"files": [moved]}, "rename of a folder of 100 pages")


def disturbed(client: Client, name: str) -> None:
    """Ask while the server looks at the disk again: after a page was saved, and after a file was made."""
    document = {"textDocument": {"uri": client.uri(name)}}
    for number in range(3):
        client.send(method="textDocument/didSave", params=document)
        answers(client, document, "hover, after a page was saved")
        made = client.root / f"made{number}.md"
        made.write_text("# Made\n", encoding="utf-8")
        change = {"changes": [{"uri": made.as_uri(), "type": 1}]}
        client.send(method="workspace/didChangeWatchedFiles", params=change)
        answers(client, document, "hover, after a file was made")


def answers(client: Client, document: dict[str, Any], what: str) -> None:
    """Ask for four seconds, every 50 ms."""
    end = time.perf_counter() + 4
    while time.perf_counter() < end:
        client.ask("textDocument/hover", {**document, "position": {"line": 4, "character": 3}}, what)
        time.sleep(0.05)


def main() -> None:
    """Make the repository, ask, and report."""
    parser = argparse.ArgumentParser(description="Time the answers of doclint server.")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    wanted = parser.parse_args()
    chance = random.Random(2)  # noqa: S311 - the same pages each time
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        make(root, wanted.pages)
        client = Client(root)
        capabilities = {
            "window": {"workDoneProgress": True},
            "workspace": {"workspaceEdit": {"documentChanges": True}},
        }
        folders = [{"uri": root.as_uri(), "name": "root"}]
        params = {"processId": None, "capabilities": capabilities, "workspaceFolders": folders}
        client.ask("initialize", params, "first answer, with the start of the process")
        client.send(method="initialized", params={})
        start = time.perf_counter()
        numbers = chance.sample(range(wanted.pages), min(wanted.rounds, wanted.pages))
        names = [f"folder{number // 100}/page{number}.md" for number in numbers]
        client.open(names[0], "first page opened: what is found")
        while not client.done.is_set():
            client.type(names[0], 4, "more ", "typing, while pages are read")
            requests(client, names[0], ", while pages are read", everything=False)
            time.sleep(0.05)
        print(f"{wanted.pages:,} pages read in {time.perf_counter() - start:.1f} s, {client.progress} reports of it\n")
        for name in names[1:]:
            client.open(name, "page opened: what is found")
            for text in ("more ", "[x](nowhere.md) ", "\n## A heading\n\n"):
                client._version = 1 if text == "more " else client._version  # noqa: SLF001 - a new page
                client.type(name, 4, text, "typing: what is found")
            requests(client, name, "", everything=True)
            client.send(method="textDocument/didClose", params={"textDocument": {"uri": client.uri(name)}})
        for name in names[:3]:
            move_folder(client, name)
        disturbed(client, names[0])
        client.ask("shutdown", None)
        client.send(method="exit")
        client.process.wait(timeout=60)
    report(client)


def report(client: Client) -> None:
    """Print the times; exit code 1 says that an answer took longer than promised."""
    print(f"{'':48} {'times':>6} {'median':>9} {'slowest':>9}")
    for what, times in client.times.items():
        print(f"{what:48} {len(times):6} {statistics.median(times):6.1f} ms {max(times):6.1f} ms")
    late = [
        what
        for what, times in client.times.items()
        if not any(word in what for word in ("while", "first", "shutdown")) and max(times) > LIMIT
    ]
    if late:
        print(f"\nslower than {LIMIT:.0f} ms: {', '.join(late)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
