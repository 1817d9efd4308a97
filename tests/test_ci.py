"""The GitHub Action and the template for GitLab: their shell steps are really run, in an environment like theirs."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from doclint import __version__

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

yaml = pytest.importorskip("yaml", reason="PyYAML comes with pre-commit, which is not installed")

pytestmark = pytest.mark.skipif(
    os.name != "posix" or shutil.which("bash") is None, reason="the steps are scripts for bash"
)

ROOT = pathlib.Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TEMPLATE = yaml.safe_load((ROOT / "templates" / "doclint.gitlab-ci.yml").read_text(encoding="utf-8"))["doclint"]
STEPS = ACTION["runs"]["steps"]
FAULTY = {"a.md": "# A\n\n[b](gone.md)\n", "b.md": "# B\n\n[a](a.md)\n"}


@pytest.fixture
def commands(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with the command `doclint` of this checkout, and a `pip` that only writes down what it is asked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in (
        ("doclint", f'exec {sys.executable} -m doclint "$@"'),
        ("pip", f'printf "%s\\n" "$@" >>"{tmp_path}/pip.log"'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)
    return folder


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the tests, in which `python -m doclint` is that of this checkout."""
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    return {**os.environ, "PYTHONPATH": path, "GIT_CONFIG_GLOBAL": os.devnull, **more}


# ----------------------------------------------------------------------------------------------------------- the action


class Runner:
    """Runs a step of the action as a runner does, with expressions put into its environment."""

    def __init__(self, tmp_path: pathlib.Path, bin_folder: pathlib.Path) -> None:
        self.temp = tmp_path / "runner"
        self.temp.mkdir()
        self.bin = bin_folder
        self.outputs: dict[str, str] = {}
        self.summary = self.temp / "summary.md"

    def run(
        self, step: str, cwd: pathlib.Path, inputs: dict[str, str] | None = None, **github: str
    ) -> subprocess.CompletedProcess[str]:
        found = next(found for found in STEPS if found.get("id") == step)
        given = {name: str(about["default"]) for name, about in ACTION["inputs"].items()} | (inputs or {})
        values = {f"inputs.{name}": value for name, value in given.items()}
        values["steps.install.outputs.bin"] = str(self.bin)
        variables = {
            name: re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], text)
            for name, text in found.get("env", {}).items()
        }
        output = self.temp / "output"
        output.write_text("")
        script = self.temp / "step.sh"
        script.write_text(found["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            env=environment(
                **variables,
                GITHUB_ACTION_PATH=str(ROOT),
                GITHUB_OUTPUT=str(output),
                GITHUB_STEP_SUMMARY=str(self.summary),
                RUNNER_TEMP=str(self.temp),
            )
            | github,
        )
        self.outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done


@pytest.fixture
def runner(tmp_path: pathlib.Path, commands: pathlib.Path) -> Runner:
    return Runner(tmp_path, commands)


PLAIN = {"summary": "false"}


def annotated(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what a log annotates, as `file:line rule`."""
    found = re.findall(r"(?m)^::error file=([^,]+),line=(\d+).*,title=doclint ([a-z-]+)::", done.stdout)
    return [f"{file}:{line} {rule}" for file, line, rule in found]


class TestAction:
    def test_nothing_from_outside_is_text_of_a_script(self) -> None:
        scripts = [step["run"] for step in STEPS if "run" in step]
        assert len(scripts) == 3
        assert not [script for script in scripts if "${{" in script]

    def test_other_actions_are_pinned_by_commit_and_named_by_version(self) -> None:
        lines = re.findall(r"(?m)^\s*- uses: (.*)$", (ROOT / "action.yml").read_text(encoding="utf-8"))
        assert len(lines) == sum("uses" in step for step in STEPS)
        assert [
            line for line in lines if not re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
        ] == []

    def test_every_input_is_described_has_a_default_and_is_used(self) -> None:
        text = (ROOT / "action.yml").read_text(encoding="utf-8")
        for name, about in ACTION["inputs"].items():
            assert about["description"]
            assert isinstance(about["default"], str), f"{name} must be a string, as the runner has it"
            assert f"inputs.{name}" in text

    def test_findings_become_annotations(self, workspace: MakeWorkspace, runner: Runner) -> None:
        done = runner.run("check", workspace(FAULTY).root, PLAIN)
        assert annotated(done) == ["a.md:3 missing-file"]
        assert done.returncode == 1
        assert runner.outputs == {"exit-code": "1"}

    def test_without_findings_it_passes(self, workspace: MakeWorkspace, runner: Runner) -> None:
        done = runner.run("check", workspace({"b.md": "# B\n"}).root, PLAIN)
        assert (done.returncode, annotated(done), runner.outputs) == (0, [], {"exit-code": "0"})

    def test_paths_and_arguments_are_lines(self, workspace: MakeWorkspace, runner: Runner) -> None:
        space = workspace({"a b/x.md": "[y](gone.md)\n", "c/x.md": "[y](gone.md) [z]()\n", "d/x.md": "[y](gone.md)\n"})
        inputs = {**PLAIN, "paths": "a b\nc\n", "arguments": "--ignore\nempty-link\n"}
        done = runner.run("check", space.root, inputs)
        assert annotated(done) == ["a b/x.md:1 missing-file", "c/x.md:1 missing-file"]

    @pytest.mark.parametrize(
        "text", ["$(touch pwned)", "`touch pwned`", "; touch pwned", '"; touch pwned; "', "--help"]
    )
    @pytest.mark.parametrize("name", ["paths", "since"])
    def test_an_input_is_never_a_command(self, workspace: MakeWorkspace, runner: Runner, name: str, text: str) -> None:
        space = workspace(FAULTY)
        done = runner.run("check", space.root, {**PLAIN, name: text})
        assert done.returncode == 2, done.stdout
        assert not (space.root / "pwned").exists()

    def test_an_argument_is_never_a_command(self, workspace: MakeWorkspace, runner: Runner) -> None:
        space = workspace(FAULTY)
        assert runner.run("check", space.root, {**PLAIN, "arguments": "$(touch pwned)"}).returncode == 2
        assert not (space.root / "pwned").exists()

    def test_the_report_for_code_scanning_is_asked_for(self, workspace: MakeWorkspace, runner: Runner) -> None:
        done = runner.run("check", workspace(FAULTY).root, {**PLAIN, "sarif": "true"})
        assert annotated(done) == ["a.md:3 missing-file"]
        report = json.loads(pathlib.Path(runner.outputs["sarif-file"]).read_bytes())
        assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["missing-file"]

    def test_the_page_of_the_job_gets_a_summary(self, workspace: MakeWorkspace, runner: Runner) -> None:
        runner.run("check", workspace(FAULTY).root)
        summary = runner.summary.read_text(encoding="utf-8")
        assert summary.startswith("## doclint\n")
        assert "1 error in 1 of 2 pages" in summary


class TestPullRequest:
    """A pull request renames a heading in b.md, to which a.md leads; a.md has an older fault."""

    @pytest.fixture
    def checkout(self, workspace: MakeWorkspace, tmp_path: pathlib.Path) -> pathlib.Path:
        """Check out the commit that GitHub makes of the request, alone, as actions/checkout does."""
        origin = workspace({"a.md": "# A\n\n[b](b.md#old) [x](gone.md)\n", "b.md": "# B\n\n## Old\n"})
        origin.git("switch", "--quiet", "--create", "work")
        origin.commit({"b.md": "# B\n\n## Renamed\n"})
        origin.git("switch", "--quiet", "main")
        origin.commit({"c.md": "# C\n\n[y](lost.md)\n"})
        origin.git("switch", "--quiet", "--detach")
        origin.git("merge", "--quiet", "--no-ff", "--message", "merge", "work")
        origin.git("update-ref", "refs/pull/1/merge", "HEAD")
        origin.git("switch", "--quiet", "main")
        return self._shallow(origin, tmp_path / "checkout")

    def _shallow(self, origin: Workspace, folder: pathlib.Path) -> pathlib.Path:
        for words in (
            ["init", "--quiet", str(folder)],
            ["-C", str(folder), "remote", "add", "origin", origin.root.as_uri()],
            [
                "-C",
                str(folder),
                "fetch",
                "--quiet",
                "--no-tags",
                "--depth=1",
                "origin",
                "+refs/pull/1/merge:refs/remotes/pull/1/merge",
            ],
            ["-C", str(folder), "checkout", "--quiet", "--force", "refs/remotes/pull/1/merge"],
        ):
            subprocess.run(["git", *words], check=True, env=environment())
        return folder

    def test_only_the_change_is_reported(self, checkout: pathlib.Path, runner: Runner) -> None:
        done = runner.run("check", checkout, PLAIN, GITHUB_BASE_REF="main", GITHUB_EVENT_NAME="pull_request")
        assert annotated(done) == ["a.md:3 missing-anchor"], done.stdout + done.stderr
        assert done.returncode == 1

    def test_everything_is_reported_on_demand(self, checkout: pathlib.Path, runner: Runner) -> None:
        done = runner.run("check", checkout, {**PLAIN, "since": "all"}, GITHUB_BASE_REF="main")
        assert sorted(annotated(done)) == ["a.md:3 missing-anchor", "a.md:3 missing-file", "c.md:3 missing-file"]

    def test_another_base_is_taken_as_it_is(self, checkout: pathlib.Path, runner: Runner) -> None:
        done = runner.run("check", checkout, {**PLAIN, "since": "HEAD"}, GITHUB_BASE_REF="main")
        assert (annotated(done), done.returncode) == ([], 0)

    @pytest.mark.parametrize("reachable", [True, False])
    def test_a_whole_clone_is_compared_as_it_is(
        self, checkout: pathlib.Path, runner: Runner, *, reachable: bool
    ) -> None:
        subprocess.run(["git", "-C", str(checkout), "fetch", "--quiet", "--unshallow", "origin"], check=True)
        if not reachable:
            # As without credentials.
            subprocess.run(["git", "-C", str(checkout), "remote", "set-url", "origin", "/nowhere"], check=True)
        done = runner.run("check", checkout, PLAIN, GITHUB_BASE_REF="main")
        assert annotated(done) == ["a.md:3 missing-anchor"]

    def test_a_base_that_cannot_be_fetched_is_one_clear_error(self, checkout: pathlib.Path, runner: Runner) -> None:
        done = runner.run("check", checkout, PLAIN, GITHUB_BASE_REF="gone")
        assert done.returncode == 2
        assert "::error::doclint: the base of the pull request cannot be fetched" in done.stdout


def test_a_cache_holds_for_one_doclint(tmp_path: pathlib.Path) -> None:
    def digest(version: str, text: str) -> str:
        (tmp_path / "src").mkdir(exist_ok=True)
        (tmp_path / "pyproject.toml").write_text(version)
        (tmp_path / "src" / "a.py").write_text(text)
        command = [sys.executable, str(ROOT / "action" / "digest.py"), str(tmp_path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    first = digest("1", "x")
    assert re.fullmatch(r"digest=[0-9a-f]{32}\n", first)
    assert digest("1", "x") == first
    assert len({first, digest("2", "x"), digest("1", "y"), digest("1x", "")}) == 4


def test_the_digest_is_asked_for_as_the_caches_name_it(runner: Runner, tmp_path: pathlib.Path) -> None:
    python = tmp_path / "python"
    python.mkdir()
    (python / "python").symlink_to(sys.executable)
    runner.run("version", tmp_path, PATH=f"{python}{os.pathsep}{os.environ['PATH']}")
    assert list(runner.outputs) == ["digest"]
    keys = [step["with"]["key"] for step in STEPS if "key" in step.get("with", {})]
    assert len(keys) == 2
    assert all("${{ steps.version.outputs.digest }}" in key for key in keys)


@pytest.mark.usefixtures("package_index")
def test_the_action_installs_the_doclint_that_it_came_with(runner: Runner, tmp_path: pathlib.Path) -> None:
    # The commands of the step see the Python of the tests as `python`.
    python = tmp_path / "python"
    python.mkdir()
    (python / "python").symlink_to(sys.executable)
    path = f"{python}{os.pathsep}{os.environ['PATH']}"
    for _ in ("installs", "finds what is installed"):
        done = runner.run("install", tmp_path, PATH=path, PYTHONPATH="")
        assert done.returncode == 0, done.stderr
    command = pathlib.Path(runner.outputs["bin"], "doclint")
    without = environment(PYTHONPATH="")
    answer = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, env=without)
    assert answer.stdout == f"doclint {__version__}\n"


# -------------------------------------------------------------------------------------------------------------- GitLab


def gitlab(space: Workspace, commands: pathlib.Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the template as a runner does: its lines, one behind the other, in one shell."""
    fixed: dict[str, Any] = {**TEMPLATE["variables"], **variables}
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(TEMPLATE["script"])],
        cwd=space.root,
        capture_output=True,
        text=True,
        check=False,
        env=environment(PATH=path, **fixed),
    )


def quality(space: Workspace) -> list[str]:
    report = json.loads(space.read(TEMPLATE["artifacts"]["reports"]["codequality"]))
    return [f"{entry['location']['path']} {entry['check_name']}" for entry in report]


class TestGitLab:
    def test_findings_are_in_the_artefact_and_in_the_log(
        self, workspace: MakeWorkspace, commands: pathlib.Path
    ) -> None:
        space = workspace(FAULTY)
        done = gitlab(space, commands)
        assert done.returncode == 1
        assert "a.md:3:5: error missing-file" in done.stdout
        assert quality(space) == ["a.md missing-file"]

    def test_a_merge_request_reports_the_change_alone(self, workspace: MakeWorkspace, commands: pathlib.Path) -> None:
        space = workspace(FAULTY)
        base = space.git("rev-parse", "HEAD")
        space.commit({"c.md": "# C\n\n[x](lost.md)\n"})
        gitlab(space, commands, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
        assert quality(space) == ["c.md missing-file"]

    def test_without_findings_the_artefact_is_empty(self, workspace: MakeWorkspace, commands: pathlib.Path) -> None:
        space = workspace({"b.md": "# B\n"})
        assert gitlab(space, commands).returncode == 0
        assert quality(space) == []

    def test_a_variable_is_never_a_command(self, workspace: MakeWorkspace, commands: pathlib.Path) -> None:
        space = workspace(FAULTY)
        assert gitlab(space, commands, DOCLINT_PATHS="$(touch${IFS}pwned) ; touch pwned").returncode == 2
        assert not (space.root / "pwned").exists()


def test_the_template_asks_for_this_version() -> None:
    assert TEMPLATE["variables"]["DOCLINT_PACKAGE"] == f"doclint=={__version__}"


def test_the_template_clones_as_deep_as_the_comparison_needs() -> None:
    assert TEMPLATE["variables"]["GIT_DEPTH"] == "0"
