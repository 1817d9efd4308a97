"""Several reports of one run: where they go, and what happens where one cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from doclint.report import FORMATS
from test_cli import BROKEN, DAMAGED, WHOLE, complaint, doclint, posix

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

unprivileged = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write everywhere"
)


@pytest.fixture
def broken(workspace: MakeWorkspace) -> Workspace:
    return workspace({"page.md": BROKEN})


def test_without_the_flag_nothing_is_written(broken: Workspace) -> None:
    before = broken.tree()
    doclint(broken.root, "check", "--format", "sarif")
    assert broken.tree() == before


@pytest.mark.parametrize("command", ["check", "fix"])
def test_each_format_goes_to_its_file_as_it_would_to_standard_output(command: str, broken: Workspace) -> None:
    words = [word for name in FORMATS for word in ("--output-file", f"{name}=out-{name}")]
    done = doclint(broken.root, command, *words, "--quiet")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == doclint(broken.root, command, "--quiet").stdout
    for name in FORMATS:
        assert broken.read(f"out-{name}") == doclint(broken.root, command, "--format", name, "--quiet").stdout


def test_two_files_of_one_format(broken: Workspace) -> None:
    doclint(broken.root, "check", "--output-file", "json=a.json", "--output-file", "json=b.json")
    assert broken.read("a.json") == broken.read("b.json")


def test_a_file_beside_output(broken: Workspace) -> None:
    done = doclint(broken.root, "check", "--output", "report.txt", "--output-file", "json=report.json")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert json.loads(broken.read("report.json"))["findings"]
    assert broken.read("report.txt").startswith(b"page.md:3:9: error")


def test_a_path_may_hold_an_equals_sign(broken: Workspace) -> None:
    doclint(broken.root, "check", "--output-file", "json=a=b.json")
    assert json.loads(broken.read("a=b.json"))


def test_a_file_has_no_colours_and_no_links_unless_asked(broken: Workspace) -> None:
    environment = {"FORCE_COLOR": "1", "FORCE_HYPERLINK": "1"}
    doclint(broken.root, "check", "--output-file", "text=a.txt", environment=environment)
    assert b"\x1b" not in broken.read("a.txt")
    doclint(broken.root, "check", "--output-file", "text=a.txt", "--color", "always")
    assert b"\x1b[" in broken.read("a.txt")


# ------------------------------------------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--output-file", "html=nowhere/a.html"], "its folder does not exist"),
        (["--output-file", "html=."], "it is a folder"),
        (["--output-file", "html=page.md/a.html"], "its folder is a file"),
        (["--output", "page.md/a.txt"], "its folder is a file"),
        (["--output-file", "json=a", "--output-file", "html=./a"], "named twice"),
        (["--output", "a", "--output-file", "html=a"], "named twice"),
        (["--output-file", "html"], "FORMAT=PATH"),
        (["--output-file", "html="], "FORMAT=PATH"),
        (["--output-file", "=a.html"], "there is no format ''"),
        (["--output-file", "yaml=a.yaml"], "sarif"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_cannot_be_written_is_said_before_any_work(
    command: str, words: list[str], names: str, workspace: MakeWorkspace
) -> None:
    space = workspace({"page.md": DAMAGED})
    before = space.tree()
    assert names in complaint(space.root, command, *words)
    assert space.tree() == before


@posix
@unprivileged
def test_a_folder_that_is_read_only(broken: Workspace) -> None:
    (broken.root / "out").mkdir(mode=0o555)
    assert "permission denied" in complaint(broken.root, "check", "--output-file", "json=out/a.json")


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_takes_no_other_report_along(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": DAMAGED + "\n[x](gone.md)\n"})
    words = ("--output-file", "json=/dev/full", "--output-file", "sarif=a.sarif", "--output-file", "junit=/dev/full")
    done = doclint(space.root, "fix", *words)
    assert done.returncode == 2
    assert space.read("page.md").decode().startswith(WHOLE)
    assert json.loads(space.read("a.sarif"))["runs"]
    assert b"missing-file" in done.stdout
    said = done.stderr.decode().splitlines()
    assert len(said) == 2
    assert all("'/dev/full' cannot be written: no space left on device" in line for line in said)


def with_a_reader_that_left(space: Workspace, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run doclint with a standard output that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        command = [sys.executable, "-m", "doclint", *words]
        return subprocess.run(command, cwd=space.root, stdout=pipe, stderr=subprocess.PIPE, check=False)


@posix
def test_a_reader_that_leaves_early_takes_no_file_along(broken: Workspace) -> None:
    done = with_a_reader_that_left(broken, "check", "--output-file", "html=a.html")
    assert done.stderr == b""
    assert b"missing-file" in broken.read("a.html")


@posix
def test_a_device_takes_several_reports(broken: Workspace) -> None:
    done = doclint(broken.root, "check", "--output-file", "json=/dev/stderr", "--output-file", "gitlab=/dev/stderr")
    assert done.returncode == 1
    assert done.stderr.count(b"missing-file") == 3


def test_a_page_on_standard_input_has_reports_too(broken: Workspace) -> None:
    words = ("--stdin-filename", "page.md", "--output-file", "json=a.json")
    done = doclint(broken.root, "fix", "-", *words, given=DAMAGED.encode())
    assert done.stdout == WHOLE.encode()
    assert json.loads(broken.read("a.json"))["findings"] == []


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_fault_is_told_also_where_the_reader_left(broken: Workspace) -> None:
    done = with_a_reader_that_left(broken, "check", "--output-file", "json=/dev/full")
    assert done.returncode == 2
    assert b"'/dev/full' cannot be written" in done.stderr
