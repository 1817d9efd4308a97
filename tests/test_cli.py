"""The console command as users and hooks start it: exit codes, streams, messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from doclint import __version__
from doclint.cli import cli
from doclint.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace

posix = pytest.mark.skipif(os.name != "posix", reason="needs devices and pipes as POSIX has them")

CLEAN = "# Title\n\n[here](#title)\n"
BROKEN = "# Title\n\n[there](gone.md)\n"
DAMAGED = "# Café à côté\n\n[même](#café-à-côté)\n".encode().decode("latin-1")
WHOLE = "# Café à côté\n\n[même](#café-à-côté)\n"


def doclint(
    cwd: Path, *words: str, given: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "doclint", *words],
        cwd=cwd,
        input=given,
        capture_output=True,
        env={**os.environ, **(environment or {})},
        timeout=60,
        check=False,
    )


def complaint(cwd: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    """Return the one line that doclint says when it is used in a wrong way."""
    done = doclint(cwd, *words, environment=environment)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), said
    assert said.startswith("doclint: ")
    assert said.count("\n") == 1
    return said


@pytest.fixture
def clean(workspace: MakeWorkspace) -> Workspace:
    return workspace({"page.md": CLEAN})


@pytest.fixture
def broken(workspace: MakeWorkspace) -> Workspace:
    return workspace({"page.md": BROKEN})


# -------------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize("command", ["check", "fix"])
def test_nothing_left_is_0_and_says_so_in_one_line(command: str, clean: Workspace) -> None:
    untouched = clean.tree()
    done = doclint(clean.root, command)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"all good: 1 page, 1 link\n", b"")
    assert clean.tree() == untouched


@pytest.mark.parametrize("command", ["check", "fix"])
def test_something_left_is_1_on_standard_output(command: str, broken: Workspace) -> None:
    untouched = broken.tree()
    done = doclint(broken.root, command)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"page.md:3:9: error missing-file: ")
    assert broken.tree() == untouched


LOST = "请先阅读安装指南，然后开始。\n".encode().decode("cp1252", "ignore")


@pytest.mark.parametrize(
    ("config", "flags", "written"),
    [
        ("", (), True),
        ("confidence = 1", (), False),
        ("", ("--confidence", "1"), False),
        ("confidence = 1", ("--confidence", "0.5"), True),
    ],
)
def test_the_confidence(workspace: MakeWorkspace, config: str, flags: tuple[str, ...], written: bool) -> None:
    space = workspace({"page.md": LOST, "doclint.toml": config})
    assert b"lossy-mojibake" in doclint(space.root, "check", *flags).stdout
    done = doclint(space.root, "fix", "--unsafe", *flags)
    assert done.returncode == (0 if written else 1)
    assert (space.read("page.md").decode() != LOST) is written
    assert (b"fixed page.md (1 fix)\n      inferred 2 characters, the least certain 0.9" in done.stdout) is written


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize("wrong", ["1.1", "-1", "high", "nan"])
def test_a_wrong_confidence_is_2(clean: Workspace, command: str, wrong: str) -> None:
    done = doclint(clean.root, command, f"--confidence={wrong}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--confidence" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_the_diff_of_inferred_text_is_a_patch(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": LOST})
    patch = doclint(space.root, "fix", "--unsafe", "--diff").stdout
    subprocess.run(["git", "apply"], cwd=space.root, input=patch, check=True)
    assert not space.check()


def test_a_folder_without_pages_is_0(tmp_path: Path) -> None:
    done = doclint(tmp_path, "check")
    assert (done.returncode, done.stdout) == (0, b"no Markdown pages found\n")


def test_a_repository_without_commits_is_checked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "page.md").write_text(BROKEN)
    assert doclint(tmp_path, "check").returncode == 1


def test_a_bug_of_ours_is_3_with_a_ready_report(clean: Workspace) -> None:
    program = (
        "import doclint.run, doclint.__main__\n"
        "def check(*_, **__): raise ZeroDivisionError('by accident')\n"
        "doclint.run.check = check\n"
        "doclint.__main__.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check"], cwd=clean.root, capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "a bug of its own" in done.stderr
    assert f"doclint {__version__}" in done.stderr
    assert "by accident" in done.stderr


# --------------------------------------------------------------------------------------------------------- wrong use


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["check", "nowhere"], "nowhere"),
        (["check", "page.md", "nowhere.md"], "nowhere.md"),
        (["check", "*.nope"], "*.nope"),
        (["check", ""], "''"),
        (["check", ".git"], "work tree"),
        (["check", "--select", "missing-fil"], "missing-file"),
        (["check", "--ignore", "nope"], "--ignore"),
        (["check", "--flavour", "nope"], "github"),
        (["check", "--config", "nowhere.toml"], "nowhere.toml"),
        (["check", "--config", "."], "cannot be read"),
        (["check", "--output", "nowhere/report.txt"], "--output"),
        (["check", "--output", "."], "--output"),
        (["check", "-"], "--stdin-filename"),
        (["check", "-", "page.md", "--stdin-filename", "a.md"], "alone"),
        (["fix", "-"], "--stdin-filename"),
        (["anchors", "nowhere.md"], "nowhere.md"),
        (["anchors", "."], "directory"),
        (["anchors", "page.md", "--flavour", "nope"], "github"),
        (["rules", "missing-fil"], "missing-file"),
        (["rules", "nope"], "doclint rules"),
    ],
)
def test_wrong_use_is_2_in_one_line_on_standard_error(words: list[str], names: str, clean: Workspace) -> None:
    untouched = clean.tree()
    assert names in complaint(clean.root, *words)
    assert clean.tree() == untouched


@pytest.mark.parametrize("words", [["nope"], ["check", "--nope"], ["check", "--format", "nope"]])
def test_words_that_click_refuses_are_2_with_a_hint(words: list[str]) -> None:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2
    assert "--help" in done.output


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("select = ", "TOML"),
        ('selekt = ["links"]', "select"),
        ('select = "links"', "list"),
        ('select = ["linkz"]', "links"),
        ('root = "nowhere"', "root"),
        ("flavour = 3", "flavour"),
        ('exclude = ["!"]', "exclude"),
        ('[per-file-ignores]\n"*.md" = ["nope"]', "per-file-ignores"),
    ],
)
def test_wrong_settings_are_2_and_name_file_and_fault(settings: str, names: str, clean: Workspace) -> None:
    clean.write({"doclint.toml": settings})
    said = complaint(clean.root, "check")
    assert "doclint.toml" in said
    assert names in said


def test_settings_of_somebody_else_are_no_matter(clean: Workspace) -> None:
    clean.write({"pyproject.toml": "[tool.black\nthis is no TOML"})
    assert doclint(clean.root, "check").returncode == 0


def test_paths_in_two_repositories_are_refused(workspace: MakeWorkspace) -> None:
    one, other = workspace({"a.md": CLEAN}), workspace({"b.md": CLEAN})
    assert "more than one repository" in complaint(one.root.parent, "check", one.root.name, other.root.name)


def test_a_bare_repository_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "bare")], check=True)
    assert "work tree" in complaint(tmp_path, "check", "bare")


def test_a_broken_index_is_told_with_the_words_of_git(clean: Workspace) -> None:
    (clean.root / ".git" / "index").write_bytes(b"nonsense")
    assert "index" in complaint(clean.root, "check")


def test_a_file_name_without_standard_input_is_refused(clean: Workspace) -> None:
    assert "--stdin-filename" in complaint(clean.root, "check", "--stdin-filename", "page.md")


@posix
def test_an_unreadable_folder_ends_in_no_stack_trace(broken: Workspace) -> None:
    broken.commit({"closed/page.md": BROKEN})
    (broken.root / "closed").chmod(0)
    # root sees everything, so its privileges are dropped, where there is a program for that.
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*drop, sys.executable, "-m", "doclint", "check", "closed/page.md"],
            cwd=broken.root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("setpriv is not installed")
    finally:
        (broken.root / "closed").chmod(0o755)
    assert done.returncode in (1, 2), done.stderr.decode()
    assert b"Traceback" not in done.stderr


@posix
def test_an_unreadable_page_that_is_named_is_a_finding(broken: Workspace) -> None:
    (broken.root / "page.md").chmod(0)
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*drop, sys.executable, "-m", "doclint", "check", "--quiet", "page.md"],
            cwd=broken.root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("setpriv is not installed")
    # As when its folder is named: a hook that names every file must not hide what is found on the others.
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"page.md:1:1: error unreadable-page: ")


# ----------------------------------------------------------------------------------------------------------- reports


def test_json_is_one_object_with_the_promised_keys(broken: Workspace) -> None:
    done = doclint(broken.root, "check", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["version"] == 1
    assert [finding["rule"] for finding in report["findings"]] == ["missing-file"]
    assert report["findings"][0]["path"] == "page.md"


def test_json_without_findings_is_json(clean: Workspace) -> None:
    done = doclint(clean.root, "check", "--format", "json", "--quiet")
    assert done.returncode == 0
    assert json.loads(done.stdout)["findings"] == []


def test_github_gets_no_command_where_nothing_is_wrong(clean: Workspace, broken: Workspace) -> None:
    assert b"::" not in doclint(clean.root, "check", "--format", "github").stdout
    assert doclint(broken.root, "check", "--format", "github").stdout.startswith(b"::error file=page.md,line=3")


def test_quiet_is_a_line_for_each_finding_and_nothing_else(clean: Workspace, broken: Workspace) -> None:
    assert doclint(clean.root, "check", "--quiet").stdout == b""
    lines = doclint(broken.root, "check", "--quiet").stdout.decode().splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["page.md:3:9:"]


def test_the_report_goes_to_the_file_instead(broken: Workspace) -> None:
    shown = doclint(broken.root, "check").stdout
    done = doclint(broken.root, "check", "--output", "report.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert broken.read("report.txt") == shown


def test_paths_are_those_of_the_current_folder(workspace: MakeWorkspace) -> None:
    space = workspace({"docs/page.md": BROKEN, "other.md": BROKEN})
    assert doclint(space.root / "docs", "check", "--quiet").stdout.startswith(b"page.md:")
    assert doclint(space.root / "docs", "check", "--quiet", "../other.md").stdout.startswith(b"../other.md:")
    above = doclint(space.root.parent, "check", "--quiet", f"{space.root.name}/docs")
    assert above.stdout.startswith(f"{space.root.name}/docs/page.md:".encode())


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "--format", "json"], {}, False),
        (["--format", "github"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(words: list[str], environment: dict[str, str], coloured: bool, broken: Workspace) -> None:
    done = doclint(broken.root, "check", *words, environment=environment)
    assert (b"\x1b[" in done.stdout) is coloured


def test_a_report_in_a_file_has_no_colours_unless_asked(broken: Workspace) -> None:
    doclint(broken.root, "check", "--output", "report.txt", environment={"FORCE_COLOR": "1"})
    assert b"\x1b[" not in broken.read("report.txt")


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_reports_are_utf_8_whatever_the_locale(locale: str, workspace: MakeWorkspace) -> None:
    space = workspace({"页.md": "# 技术\n\n[x](缺.md)\n"})
    done = doclint(space.root, "check", environment={"LC_ALL": locale, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("utf-8").startswith("页.md:3:5: ")
    assert "缺.md" in done.stdout.decode("utf-8")


@posix
@pytest.mark.parametrize("words", [["check"], ["check", "--format", "json"], ["rules"], ["--help"]])
def test_a_reader_that_leaves_early_ends_it_quietly(words: list[str], workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](gone.md)\n\n" * 2_000})
    with subprocess.Popen(
        [sys.executable, "-m", "doclint", *words], cwd=space.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["rules"],
        ["anchors", "page.md"],
        ["explain", "page.md:1"],
        ["--help"],
        ["fix", "--help"],
        ["--version"],
    ],
)
def test_standard_output_on_a_full_disk_is_no_bug_of_ours(words: list[str], broken: Workspace) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "doclint", *words], cwd=broken.root, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"doclint: standard output cannot be written: no space left on device\n"


@posix
@pytest.mark.parametrize("words", [["--help"], ["--version"], []])
def test_a_reader_that_is_gone_at_once_ends_it_quietly(words: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "_DOCLINT_COMPLETE": "" if words else "zsh_source"}
    done = subprocess.run(
        [sys.executable, "-m", "doclint", *words],
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@posix
@pytest.mark.parametrize("words", [["check"], ["check", "-", "--stdin-filename", "a.md"]])
@pytest.mark.parametrize("closed", [0, 1])
def test_closed_streams_end_in_no_stack_trace(words: list[str], closed: int, broken: Workspace) -> None:
    sign = "<" if closed == 0 else ">"
    shell = ["sh", "-c", f'exec "$@" {sign}&-', "sh", sys.executable, "-m", "doclint", *words]
    done = subprocess.run(shell, cwd=broken.root, capture_output=True, input=b"", check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)


# ------------------------------------------------------------------------------------------------------------- fixes


def test_fix_writes_and_tells_and_a_second_run_is_silent(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": DAMAGED})
    done = doclint(space.root, "fix")
    assert done.returncode == 0
    assert done.stdout.startswith(b"fixed page.md (")
    assert space.read("page.md").decode() == WHOLE
    assert doclint(space.root, "fix").stdout == b"all good: 1 page, 1 link\n"


def test_check_never_writes(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": DAMAGED, "other.md": BROKEN})
    untouched = space.tree()
    assert doclint(space.root, "check").returncode == 1
    assert space.tree() == untouched


def test_a_diff_writes_nothing_and_git_can_apply_it(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": DAMAGED.replace("\n", "\r\n"), "docs/a page.md": DAMAGED})
    untouched = space.tree()
    done = doclint(space.root, "fix", "--diff")
    assert done.returncode == 1
    assert space.tree() == untouched
    subprocess.run(["git", "apply", "-"], cwd=space.root, input=done.stdout, check=True)
    assert space.read("page.md").decode() == WHOLE.replace("\n", "\r\n")
    assert space.read("docs/a page.md").decode() == WHOLE


def test_a_diff_of_nothing_is_empty_and_0(clean: Workspace) -> None:
    done = doclint(clean.root, "fix", "--diff")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_unsafe_writes_more(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "# Install\n\n[a](#instal)\n"})
    assert doclint(space.root, "fix").returncode == 1
    assert space.read("page.md") == b"# Install\n\n[a](#instal)\n"
    assert doclint(space.root, "fix", "--unsafe").returncode == 0
    assert space.read("page.md") == b"# Install\n\n[a](#install)\n"


def test_rules_that_were_not_chosen_neither_speak_nor_write(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": DAMAGED, "other.md": BROKEN})
    untouched = space.tree()
    done = doclint(space.root, "fix", "--select", "empty-link,wrong-case")
    assert done.returncode == 0
    assert space.tree() == untouched


# ---------------------------------------------------------------------------------------------------- standard input


def test_a_clean_page_on_standard_input_is_0(clean: Workspace) -> None:
    done = doclint(clean.root, "check", "-", "--stdin-filename", "new.md", given=b"[a](page.md#title)\n")
    assert (done.returncode, done.stdout) == (0, b"all good: 1 page, 1 link\n")


def test_a_page_on_standard_input_takes_the_place_of_the_one_on_the_disk(broken: Workspace) -> None:
    done = doclint(broken.root, "check", "-", "--stdin-filename", "page.md", given=CLEAN.encode())
    assert done.returncode == 0
    assert broken.read("page.md").decode() == BROKEN


def test_the_name_on_standard_input_starts_from_the_current_folder(workspace: MakeWorkspace) -> None:
    space = workspace({"docs/guide.md": CLEAN, "README.md": CLEAN})
    given = b"[a](guide.md#title) [b](../README.md)\n"
    done = doclint(space.root / "docs", "check", "-", "--stdin-filename", "new.md", given=given)
    assert done.stdout == b"all good: 1 page, 2 links\n"


def test_the_name_on_standard_input_may_be_absolute(workspace: MakeWorkspace) -> None:
    space = workspace({"docs/guide.md": CLEAN})
    name = str(space.root / "docs" / "new.md")
    done = doclint(space.root, "check", "-", "--stdin-filename", name, given=b"[a](guide.md#title) [b](gone.md)\n")
    assert done.stdout.startswith(b"docs/new.md:1:25: error missing-file: ")
    assert b'"docs/gone.md"' in done.stdout


def test_the_name_on_standard_input_is_subject_to_exclude(broken: Workspace) -> None:
    broken.write({"doclint.toml": 'exclude = ["page.md"]\n'})
    done = doclint(broken.root, "check", "-", "--stdin-filename", "page.md", given=BROKEN.encode())
    assert done.returncode == 0


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_fix_writes_the_page_to_standard_output_with_its_line_ends(line_end: str, clean: Workspace) -> None:
    untouched = clean.tree()
    given = DAMAGED.replace("\n", line_end).encode()
    done = doclint(clean.root, "fix", "-", "--stdin-filename", "page.md", given=given)
    assert (done.returncode, done.stdout) == (0, WHOLE.replace("\n", line_end).encode())
    assert clean.tree() == untouched


@pytest.mark.parametrize(
    "given",
    [
        b"",
        CLEAN.encode(),
        b"\xef\xbb\xbf# Title",
        "# Größe\r\n".encode("utf-16"),
        b"\xff\xfe#\0 ",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"gr\xfc\xdfe\n",
    ],
)
def test_fix_gives_back_what_it_does_not_mend_byte_for_byte(given: bytes, clean: Workspace) -> None:
    done = doclint(clean.root, "fix", "-", "--stdin-filename", "new.md", given=given)
    assert done.stdout == given


def test_fix_tells_what_is_left_beside_the_page(clean: Workspace) -> None:
    done = doclint(clean.root, "fix", "-", "--stdin-filename", "new.md", given=BROKEN.encode())
    assert (done.returncode, done.stdout) == (1, BROKEN.encode())
    assert b"missing-file" in done.stderr


def test_a_diff_of_standard_input_is_a_diff(clean: Workspace) -> None:
    done = doclint(clean.root, "fix", "-", "--stdin-filename", "new.md", "--diff", given=DAMAGED.encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"--- a/new.md\n+++ b/new.md\n")


# ------------------------------------------------------------------------------------------------------ git and hooks


def test_in_a_hook_the_variables_of_git_count(broken: Workspace) -> None:
    hook = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_WORK_TREE": "."}
    done = doclint(broken.root, "check", "--quiet", "page.md", environment=hook)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"page.md:3:9: ")


def test_a_hook_with_another_index_sees_what_is_staged_there(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "[a](new.md)\n"})
    space.write({"new.md": CLEAN})
    assert b"untracked-target" in doclint(space.root, "check", "--quiet").stdout
    index = str(space.root / "index-of-the-hook")
    subprocess.run(["git", "add", "--all"], cwd=space.root, env={**os.environ, "GIT_INDEX_FILE": index}, check=True)
    assert doclint(space.root, "check", environment={"GIT_INDEX_FILE": index}).returncode == 0


def test_a_git_folder_that_leads_nowhere_is_told(clean: Workspace) -> None:
    assert "/nowhere" in complaint(clean.root, "check", environment={"GIT_DIR": "/nowhere"})


def test_without_git_the_disk_is_asked(broken: Workspace, tmp_path: Path) -> None:
    done = doclint(broken.root, "check", "--quiet", environment={"PATH": str(tmp_path)})
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"page.md:3:9: ")


def test_the_inside_of_a_submodule_is_another_repository(workspace: MakeWorkspace) -> None:
    inner, outer = workspace({"page.md": BROKEN}), workspace({"README.md": "[a](inner) [b](inner/)\n"})
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(inner.root), "inner")
    assert doclint(outer.root, "check").returncode == 0
    assert doclint(outer.root, "check", "--quiet", "inner").stdout.startswith(b"inner/page.md:3:9: ")


# ---------------------------------------------------------------------------------------------- the other commands


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(cli, ["--version"]).output == f"doclint {__version__}\n"
    for words in (["--help"], ["-h"], ["check", "--help"], ["fix", "--help"], ["anchors", "-h"], ["rules", "-h"]):
        done = runner.invoke(cli, words)
        assert (done.exit_code, done.output.startswith("Usage: ")) == (0, True)


def test_rules_lists_each_rule_and_explains_it() -> None:
    runner = CliRunner()
    listed = runner.invoke(cli, ["rules"]).output.splitlines()
    assert [line.split()[0] for line in listed] == [rule.name for rule in RULES]
    for rule in RULES:
        done = runner.invoke(cli, ["rules", rule.name])
        assert done.exit_code == 0
        assert done.output.startswith(f"{rule.name} (")


def test_anchors_of_a_file_and_of_standard_input(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": '# A b\n\n## A b\n\n<a id="x"></a>\n'})
    shown = doclint(space.root, "anchors", "page.md")
    assert [line.split() for line in shown.stdout.decode().splitlines()] == [
        ["1", "#a-b"],
        ["3", "#a-b-1"],
        ["5", "#x"],
    ]
    assert doclint(space.root, "anchors", "-", given=space.read("page.md")).stdout == shown.stdout
    report = json.loads(doclint(space.root, "anchors", "page.md", "--format", "json").stdout)
    assert [(anchor["name"], anchor["kind"]) for anchor in report["anchors"]] == [
        ("a-b", "heading"),
        ("a-b-1", "heading"),
        ("x", "html"),
    ]


def test_anchors_are_those_of_the_host_of_the_folder(workspace: MakeWorkspace) -> None:
    page = "# Tea & Co\n"
    space = workspace(
        {
            "mkdocs.yml": "",
            "docs/page.md": page,
            "README.md": page,
            "notes/page.md": page,
            "notes/doclint.toml": 'flavour = "pandoc"\n',
        }
    )

    def anchor(*words: str, given: bytes = b"") -> str:
        return doclint(space.root, "anchors", *words, given=given).stdout.decode().split()[-1]

    assert anchor("docs/page.md") == "#tea-co"
    assert anchor("docs/page.md", "--flavour", "github") == "#tea--co"
    assert anchor("README.md") == "#tea--co"
    assert anchor("notes/page.md") == "#tea-co"
    assert anchor("-", "--config", "notes/doclint.toml", given=page.encode()) == "#tea-co"
    assert anchor("-", given=page.encode()) == "#tea--co"


def test_a_page_without_anchors_lists_none(clean: Workspace) -> None:
    done = doclint(clean.root, "anchors", "-", given=b"text\n")
    assert (done.returncode, done.stdout) == (0, b"")


def test_the_console_script_is_installed() -> None:
    script = os.path.join(os.path.dirname(sys.executable), "doclint")
    if not os.path.exists(script):
        pytest.skip("doclint is not installed beside this Python")
    done = subprocess.run([script, "--version"], capture_output=True, check=True)
    assert done.stdout.decode().split() == ["doclint", __version__]


# ------------------------------------------------------------------------------------------------------ only the change


def test_the_change_alone_is_reported(broken: Workspace) -> None:
    assert doclint(broken.root, "check").returncode == 1
    done = doclint(broken.root, "check", "--since", "HEAD")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"nothing to check in this change\n", b"")
    broken.write({"new.md": BROKEN})
    done = doclint(broken.root, "check", "--since", "HEAD", "--quiet")
    assert done.returncode == 1
    assert done.stdout.startswith(b"new.md:3:9: error missing-file: ")
    assert doclint(broken.root, "check", "--staged").returncode == 0


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "nowhere"), "there is no commit 'nowhere' here"),
        (("--since", "HEAD", "--staged"), "exclude each other"),
        (("--since", "HEAD", "-", "--stdin-filename", "a.md"), "`-` has no history"),
        (("--staged", "gone.md"), "no such file or folder: 'gone.md'"),
        (("--baseline", "gone.json"), "there is no file 'gone.json'"),
    ],
)
def test_wrong_use_of_a_change_is_said_in_one_line(
    command: str, words: tuple[str, ...], said: str, broken: Workspace
) -> None:
    assert said in complaint(broken.root, command, *words)


def test_a_baseline_is_written_by_check_alone(broken: Workspace) -> None:
    assert "add --baseline FILE" in complaint(broken.root, "check", "--write-baseline")
    assert "No such option" in complaint(broken.root, "fix", "--write-baseline")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_under_pre_commit_names_of_files_mean_the_commit(command: str, broken: Workspace) -> None:
    broken.write({"page.md": f"{BROKEN}\nMore.\n"})
    broken.git("add", "--all")
    hook = {"PRE_COMMIT": "1"}
    assert doclint(broken.root, command, "page.md").returncode == 1
    assert doclint(broken.root, command, "page.md", environment=hook).returncode == 0
    # A folder is meant as it is, and so is a page on standard input.
    assert doclint(broken.root, command, ".", environment=hook).returncode == 1
    words = ("-", "--stdin-filename", "page.md")
    assert doclint(broken.root, command, *words, given=BROKEN.encode(), environment=hook).returncode == 1


def test_under_pre_commit_a_range_of_commits_begins_where_it_says(broken: Workspace) -> None:
    broken.commit({"page.md": f"{BROKEN}\n[x](lost.md)\n"})
    broken.commit({"page.md": f"{BROKEN}\n[x](lost.md)\n\nMore.\n"})
    hook = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": "HEAD~2", "PRE_COMMIT_TO_REF": "HEAD"}
    done = doclint(broken.root, "check", "--quiet", "page.md", environment=hook)
    assert (done.returncode, done.stdout.count(b"\n")) == (1, 1)
    assert b"lost.md" in done.stdout
    hook["PRE_COMMIT_FROM_REF"] = "HEAD~1"
    assert doclint(broken.root, "check", "page.md", environment=hook).returncode == 0
