"""What doclint does at a terminal, seen through a real one: progress, hyperlinks, colours, few columns."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from test_cli import BROKEN, DAMAGED, doclint

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace

pty = pytest.importorskip("pty", reason="needs terminals as POSIX has them")

ERASE = b"\r\x1b[2K"
LINK = re.compile(rb"\x1b\]8;;([^\x1b]*)\x1b\\(.*?)\x1b\]8;;\x1b\\")

# A program that is doclint but for its patience: long work is any work.
HASTY = "from doclint import console; console._PATIENCE = console._PAUSE = 0;from doclint.__main__ import main; main()"


@pytest.fixture
def broken(workspace: MakeWorkspace) -> Workspace:
    return workspace({"page.md": BROKEN})


def at_terminal(
    cwd: Path, *words: str, size: tuple[int, int] = (24, 80), environment: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Run doclint with output and error at a terminal; return the exit code and all that the terminal was sent."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", HASTY, *words],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 65_536):
            seen += part
    except OSError:  # the other end is closed: on Linux an error, elsewhere an empty part
        pass
    os.close(leader)
    return process.wait(), seen.replace(b"\r\n", b"\n")


# ---------------------------------------------------------------------------------------------------------- progress


def test_nothing_is_told_in_a_pipe(broken: Workspace) -> None:
    command = [sys.executable, "-c", HASTY, "check"]
    done = subprocess.run(command, cwd=broken.root, capture_output=True, check=False)
    assert done.stderr == b""
    assert ERASE not in done.stdout


@pytest.mark.parametrize(
    ("words", "environment"),
    [(("--quiet",), {}), ((), {"CI": "true"}), ((), {"TERM": "dumb"})],
    ids=["quiet", "CI", "dumb"],
)
def test_nothing_is_told_where_nobody_looks_on(
    broken: Workspace, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    assert ERASE not in at_terminal(broken.root, "check", *words, environment=environment)[1]


def test_quick_work_is_not_told() -> None:
    from doclint.console import Progress

    assert list(Progress()("reading", ["a", "b"])) == ["a", "b"]


def test_long_work_is_told_and_leaves_no_trace(workspace: MakeWorkspace) -> None:
    space = workspace({f"{number}.md": "# A\n" for number in range(3)})
    _, seen = at_terminal(space.root, "check")
    told, erased, rest = seen.rpartition(ERASE)
    assert erased
    assert told.split(ERASE)[1:] == [
        b"reading 0 of 3 pages (0 %)",
        b"reading 1 of 3 pages (33 %)",
        b"reading 2 of 3 pages (66 %)",
        b"",
        b"checking 0 of 3 pages (0 %)",
        b"checking 1 of 3 pages (33 %)",
        b"checking 2 of 3 pages (66 %)",
    ]
    assert rest == b"all good: 3 pages, 0 links\n"


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (80, b"reading 1 of 3 pages (33 %)"),
        (28, b"reading 1 of 3 pages (33 %)"),
        (27, b"reading 33 %"),
        (9, b"33 %"),
        (4, b""),
    ],
)
def test_no_number_is_cut(workspace: MakeWorkspace, columns: int, told: bytes) -> None:
    space = workspace({f"{number}.md": "# A\n" for number in range(3)})
    _, seen = at_terminal(space.root, "check", size=(24, columns))
    assert seen.split(ERASE)[2] == told


def test_work_that_breaks_off_leaves_no_trace_either(broken: Workspace) -> None:
    program = HASTY.replace(" main()", " import doclint.run as run; run.findings = lambda *_: 1 / 0; main()")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program, "check"], cwd=broken.root, stdout=subprocess.DEVNULL, stderr=follower
    ) as process:
        os.close(follower)
        assert process.wait() == 3
    seen = os.read(leader, 65_536)
    os.close(leader)
    assert b"checking" in seen
    assert seen.rpartition(ERASE)[2].startswith(b"doclint stumbled")


# ---------------------------------------------------------------------------------------------------------- hyperlinks


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TERM": "dumb", "VTE_VERSION": "7600"},
        {"CI": "1", "WT_SESSION": "x"},
        {"VTE_VERSION": "4200"},
        {"VTE_VERSION": "new"},
        {"TERM_PROGRAM": "Apple_Terminal"},
        {"VTE_VERSION": "7600", "FORCE_HYPERLINK": "0"},
    ],
)
def test_no_links_for_terminals_that_may_not_know_them(broken: Workspace, environment: dict[str, str]) -> None:
    assert not LINK.search(at_terminal(broken.root, "check", environment=environment)[1])


def test_no_links_in_a_pipe_or_without_colours(broken: Workspace) -> None:
    assert not LINK.search(doclint(broken.root, "check", environment={"VTE_VERSION": "7600"}).stdout)
    done = doclint(broken.root, "check", "--color", "never", environment={"FORCE_HYPERLINK": "1"})
    assert not LINK.search(done.stdout)


@pytest.mark.parametrize(
    "environment", [{"VTE_VERSION": "7600"}, {"TERM_PROGRAM": "vscode"}, {"TERM": "xterm-kitty"}, {"WT_SESSION": "x"}]
)
def test_a_finding_links_to_its_file(broken: Workspace, environment: dict[str, str]) -> None:
    found = LINK.search(at_terminal(broken.root, "check", environment=environment)[1])
    assert found is not None
    assert found[1].decode() == (broken.root / "page.md").as_uri()
    assert b"page.md" in found[2]


def test_links_can_be_forced(workspace: MakeWorkspace) -> None:
    space = workspace({"a b;页.md": BROKEN})
    done = doclint(space.root, "check", environment={"FORCE_HYPERLINK": "1"})
    [(address, shown)] = LINK.findall(done.stdout)
    assert address.decode() == space.root.as_uri() + "/a%20b%3B%E9%A1%B5.md"
    assert shown.decode() == "a b;页.md"


# -------------------------------------------------------------------------------------------------------------- server


def test_a_server_at_a_terminal_says_what_it_waits_for(broken: Workspace) -> None:
    pytest.importorskip("pygls", reason="needs pygls, of the extra `server`")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "doclint", "server"]
    with subprocess.Popen(
        command, cwd=broken.root, stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(follower)
        assert process.stderr is not None
        assert b"waits for an editor" in process.stderr.readline()
        os.write(leader, b"\x04")  # Ctrl-D
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == b""
    os.close(leader)


def test_a_server_that_an_editor_starts_says_nothing(broken: Workspace) -> None:
    pytest.importorskip("pygls", reason="needs pygls, of the extra `server`")
    command = [sys.executable, "-m", "doclint", "server"]
    done = subprocess.run(command, cwd=broken.root, input=b"", capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


# ------------------------------------------------------------------------------------------------- colours and columns


def test_colours_at_a_terminal(broken: Workspace) -> None:
    assert b"\x1b[1;31m" in at_terminal(broken.root, "check")[1]
    plain = at_terminal(broken.root, "check", environment={"NO_COLOR": "1"})[1]
    assert b"\x1b[1;31m" not in plain


@pytest.mark.parametrize("columns", [20, 1])
@pytest.mark.parametrize("words", [("check",), ("check", "--statistics"), ("fix", "--diff"), ("--help",), ("rules",)])
def test_a_narrow_terminal(workspace: MakeWorkspace, words: tuple[str, ...], columns: int) -> None:
    space = workspace({"page.md": f"{DAMAGED}\n{BROKEN}{'x' * 500} [y](z.md)\n"})
    code, seen = at_terminal(space.root, *words, size=(24, columns))
    assert code in (0, 1)
    assert b"Traceback" not in seen
    for told in seen.split(ERASE)[1:-1]:
        assert len(told.split(b"\n")[0]) < max(columns, 1)


@pytest.mark.parametrize("columns", [20, 39, 40, 80, 200])
def test_what_is_underlined_stands_above_its_line(workspace: MakeWorkspace, columns: int) -> None:
    space = workspace({"page.md": f"{'bread ' * 40}[x](gone.md){' rye' * 40}\n"})
    for words in (("check", "--color", "never"), ("explain", "page.md:1", "--color", "never")):
        seen = at_terminal(space.root, *words, size=(24, columns))[1].rpartition(ERASE)[2].decode()
        lines = seen.split("\n")
        number = next(number for number, line in enumerate(lines) if "^" in line)
        line, carets = lines[number - 1 : number + 1]
        assert len(line) <= columns
        marked = line[carets.index("^") : carets.rindex("^") + 1]
        assert "gone.md".startswith(marked.removesuffix("..."))
        assert len(marked) > 3


# ---------------------------------------------------------------------------------------------------------- statistics


def test_statistics_count_the_findings_of_each_rule(workspace: MakeWorkspace) -> None:
    space = workspace({"Page.md": "# A\n\n[x](page.md) [y](gone.md)\n\n[z](away.md) []()\n"})
    plain = doclint(space.root, "check").stdout.decode()
    counted = doclint(space.root, "check", "--statistics").stdout.decode()
    lines = [
        "2  error    missing-file",
        "1  warning  empty-link",
        "1  error    wrong-case (1 by fix)",
    ]
    assert [line for line in counted.split("\n") if line not in plain.split("\n")] == lines
    quiet = doclint(space.root, "check", "--statistics", "--quiet").stdout.decode()
    assert quiet.split("\n")[-4:] == [*lines, ""]


def test_statistics_of_nothing_are_nothing(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n"})
    assert doclint(space.root, "check", "--statistics").stdout == b"all good: 1 page, 0 links\n"
