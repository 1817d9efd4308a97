"""Measure doclint beside rumdl, lychee and markdownlint-cli2 on the repositories that its figures speak of.

python benchmarks/suite.py [--repositories FOLDER] [--runs 5] [--svg FILE] [--json FILE]

Each repository is a clone in FOLDER, called as on GitHub (`cpp-docs`); one that is missing is cloned, where there is a
network. What could not be run is said below the table. README.md beside this script tells what the figures mean.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from chart import draw
from compare import OneLineParser, Score, align, build_tools, find_pages, positive_count, summarize, take_turns
from compare import write_page_list as write_list
from measure import Tool

HEADER = ("case", "tool", "CPU s", "wall s", "peak MB", "doclint/tool CPU", "doclint/tool wall")
GROWTH = (10_000, 20_000, 40_000)
"""Pages of the repository that is made, in three folders."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: a repository, and how the tools are run on it."""

    name: str
    repository: str  # OWNER/NAME on GitHub
    doclint: tuple[str, ...] = ("doclint", "check", "--no-cache", "--jobs", "1")
    warm: bool = False
    files: int = 0  # so many pages are named one by one; 0: all are checked


COLD = Case("cold, large and full of links", "MicrosoftDocs/cpp-docs")
CASES = (
    COLD,
    Case("the same, two processes", COLD.repository, ("doclint", "check", "--no-cache", "--jobs", "2")),
    Case("cold, text-heavy", "doocs/leetcode"),
    Case("cold, medium", "pingcap/docs-cn"),
    Case("cold, 38,000 files", "MicrosoftDocs/VBA-Docs"),
    Case("warm, large", COLD.repository, ("doclint", "check"), warm=True),
    Case("warm, 125 files", "vuejs-translations/docs-zh-cn", ("doclint", "check"), warm=True),
    Case("three files, as a hook", COLD.repository, ("doclint", "check"), files=3),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one tool cost in one case: medians, and the medians of doclint's ratios to it."""

    case: str
    tool: str
    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float
    cpu_seconds_ratio: float | None
    wall_seconds_ratio: float | None


class MissingError(Exception):
    """A case that cannot be run here."""


def clone_of(repository: str, folder: Path) -> Path:
    """Return the clone of a repository in a folder; it is made where it is missing.

    Raises:
        MissingError: It is not there and cannot be had.
    """
    clone = folder / repository.rpartition("/")[2]
    if not clone.exists():
        url = f"https://github.com/{repository}"
        done = subprocess.run(["git", "clone", "--quiet", "--depth", "1", url, str(clone)], check=False)
        if done.returncode:
            raise MissingError(f"{repository} is not in {folder} and cannot be cloned")
    return clone


def tools_for(case: Case, folder: Path, scratch: Path) -> tuple[Tool, ...]:
    """Return the commands of a case."""
    pages = find_pages(folder)
    if not case.files:
        page_list = scratch / "pages.txt"
        write_list(page_list, pages)
        return build_tools(case.doclint, folder, page_list, warm=case.warm)
    some = tuple(str(page) for page in pages[:: max(1, len(pages) // case.files)][: case.files])
    return (
        Tool("doclint", "doclint", (*case.doclint, *some), start_in=folder),
        Tool("markdownlint-cli2", "(npm) markdownlint-cli2", ("markdownlint-cli2", *some), start_in=folder),
    )


def rows_of(case: str, scores: Sequence[Score]) -> Iterator[Row]:
    """Yield what the tools cost that could be run."""
    for score in scores:
        figures = summarize(score, scores[0])
        if figures:
            yield Row(case, score.tool.name, **figures)  # type: ignore[arg-type]


def grown(pages: int, folder: Path) -> Path:
    """Make a repository of so many pages in three folders, each with links to two others."""
    for number in range(pages):
        page = folder / f"part{number % 3}" / f"page{number}.md"
        page.parent.mkdir(exist_ok=True)
        after, across = (number + 3) % pages, (number + 1) % pages
        links = f"[next](page{after}.md#page-{after}) and [across](../part{across % 3}/page{across}.md)"
        page.write_text(f"# Page {number}\n\nPlain *words*, `code`, and {links}.\n\n## More\n\n- one\n- two\n")
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True)
    return folder


def measured(runs: int, repositories: Path) -> tuple[list[Row], list[str]]:
    """Run all cases; return what they cost, and what could not be run."""
    rows: list[Row] = []
    missing: list[str] = []
    for case in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                folder = clone_of(case.repository, repositories)
            except MissingError as error:
                missing.append(f"{case.name}: {error}")
                continue
            scores = take_turns(tools_for(case, folder, Path(scratch)), runs)
            missing += [f"{case.name}: {score.problem}" for score in scores if score.problem]
            rows += rows_of(case.name, scores)
    for pages in GROWTH:
        with tempfile.TemporaryDirectory() as made:
            tool = Tool("doclint", "doclint", (*COLD.doclint, str(grown(pages, Path(made)))))
            rows += rows_of(f"{pages:,} pages", take_turns([tool], runs))
    return rows, missing


def table(rows: Sequence[Row]) -> str:
    """Align the figures."""

    def cell(value: float | None, digits: int) -> str:
        return "-" if value is None else f"{value:.{digits}f}"

    lines = [
        (
            f"{row.case}: {row.tool}",
            cell(row.cpu_seconds, 3),
            cell(row.wall_seconds, 3),
            cell(row.peak_megabytes, 1),
            cell(row.cpu_seconds_ratio, 2),
            cell(row.wall_seconds_ratio, 2),
        )
        for row in rows
    ]
    return "\n".join(align([("case: tool", *HEADER[2:]), *lines]))


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Turn words into options; ends the program when they are wrong."""
    parser = OneLineParser(description="Measure doclint beside its peers.", allow_abbrev=False)
    parser.add_argument("--repositories", type=Path, default=Path("benchmarks/repositories"), metavar="FOLDER")
    parser.add_argument("--runs", type=positive_count, default=5, metavar="N", help="counted runs (default: 5)")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the CPU seconds as a picture")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the medians to FILE as well")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, draw; the exit code is 1 when something could not be run."""
    options = parse_arguments(words)
    options.repositories.mkdir(parents=True, exist_ok=True)
    rows, missing = measured(options.runs, options.repositories.resolve())
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    print(table(rows))
    for line in missing:
        print(f"not run: {line}")
    if options.svg:
        bars = [(row.case, row.tool, row.cpu_seconds) for row in rows if not row.case.endswith(" pages")]
        options.svg.write_text(draw("CPU seconds, less is better", bars), encoding="utf-8")
    if options.json:
        told = {"rows": [asdict(row) for row in rows], "missing": missing}
        report = {"version": 1, "system": platform.platform(), **told}
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
