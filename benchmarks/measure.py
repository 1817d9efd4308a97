"""Run a command once, and tell what that has cost: seconds of CPU and of the clock, and peak memory."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there and KiB elsewhere


@dataclass(frozen=True, slots=True)
class Tool:
    """A command to time, and what a normal run of it looks like."""

    name: str
    package: str  # what to give to pip install
    command: tuple[str, ...]
    normal_exits: tuple[int, ...] = (0, 1)
    start_in: Path | None = None
    page_count: str = r"(?!)"  # finds, in the report, how many pages were checked; this one finds nothing


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a tool has cost, and how many pages it says it has checked."""

    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float
    pages: int | None = None


class ToolFailedError(Exception):
    """A tool ended in a way that makes its time worthless."""


def find_program(tool: Tool) -> str:
    """Find a program beside the running Python, which is where a virtual environment has it, or on PATH."""
    word = tool.command[0]
    beside = str(Path(sys.executable).parent)
    program = shutil.which(word, path=os.pathsep.join([beside, os.environ.get("PATH", os.defpath)]))
    if program is None and word == tool.name:
        raise ToolFailedError(f"is not installed: pip install {tool.package}")
    if program is None:
        raise ToolFailedError(f"cannot start: there is no program {word!r}")
    return program


def measure(tool: Tool) -> Run:
    """Run a tool once, to its end.

    `os.wait4` gives the usage of this one child and of the processes it waited for; `RUSAGE_CHILDREN`
    would give the peak of the hungriest child so far, whichever that was. `Popen` starts it, as `posix_spawn`
    cannot start it in another folder. Output goes to files: a pipe would need us to read while we measure.
    """
    command = [find_program(tool), *tool.command[1:]]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        try:
            child = subprocess.Popen(command, cwd=tool.start_in, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        except OSError as error:
            raise ToolFailedError(f"does not start: {error.strerror}") from error
        _, status, usage = os.wait4(child.pid, 0)
        wall_seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait for it again
        report = read_end(output)
        if failure := explain_failure(tool, child.returncode, report, read_end(errors)):
            raise ToolFailedError(failure)
    counts = re.findall(tool.page_count, report)
    pages = int(counts[-1]) if counts else None
    return Run(usage.ru_utime + usage.ru_stime, wall_seconds, usage.ru_maxrss * RSS_UNIT / 1e6, pages)


def read_end(file: IO[bytes]) -> str:
    """Read the last few lines of what a tool has written."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - 10_000))
    return file.read().decode(errors="replace").strip()


def explain_failure(tool: Tool, exit_code: int, report: str, errors: str) -> str:
    """Say how a run failed; an empty text when it did not.

    Wrong options end lychee with the exit code of a broken link, and a traceback ends Python with that of
    findings. Both leave words on stderr and no report.
    """
    has_no_report = exit_code != 0 and errors and not report
    if exit_code in tool.normal_exits and not has_no_report:
        return ""
    lines = errors.splitlines() or ["nothing on stderr"]
    # The Rust tools end with advice or a backtrace; what went wrong is in the line that begins with "error".
    telling = next((line for line in lines if line.lower().startswith("error")), lines[-1])
    return f"failed with exit code {exit_code}: {telling}"
