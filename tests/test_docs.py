"""The documentation: what is made from the code is what the code says, every command that is shown runs, it builds."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import page_of
from doclint.cli import cli
from doclint.lines import LineMap
from doclint.rules import BY_NAME, GROUPS, RULES
from doclint.settings_file import KEYS, settings_of
from doclint.slug import FLAVOURS
from doclint.suppress import read as read_comments

if TYPE_CHECKING:
    from types import ModuleType

    from conftest import MakeWorkspace, Workspace

yaml = pytest.importorskip("yaml", reason="PyYAML comes with pre-commit, which is not installed")

ROOT = pathlib.Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted((ROOT / "README.md", *(page for page in DOCS.rglob("*.md") if "decisions" not in page.parts)))
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
_FENCE = re.compile(r"(?ms)^(?:<!-- not run: (?P<reason>[^\n]+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$")


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in a language, without those that a comment above them takes out."""
    return [found["text"] for found in _FENCE.finditer(text) if found["language"] == language and not found["reason"]]


# ------------------------------------------------------------------------------------------------- made from the code


def build_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_that_are_made_are_what_the_code_says() -> None:
    made = {f"docs/{path}": text for path, text in build_docs().pages()}
    stale = [path for path, text in made.items() if TEXTS.get(path) != text]
    assert stale == [], "run python scripts/build_docs.py"
    ours = {path for path in TEXTS if path.startswith(("docs/rules/", "docs/flavours/")) and "index" not in path}
    assert ours <= made.keys(), "run python scripts/build_docs.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_of_a_rule_says_all_that_the_docstring_says(rule: object) -> None:
    name, documentation = getattr(rule, "name", ""), getattr(rule, "documentation", "")
    words = re.sub(r"(?m)^(?:Why|Bad|Good|Fix):", "", documentation).split()
    page = TEXTS[f"docs/rules/{name}.md"].split()
    assert [word for word in words if word not in page] == []


def test_every_rule_and_every_flavour_is_in_its_list() -> None:
    assert [name for name in BY_NAME if f"[`{name}`]({name}.md)" not in TEXTS["docs/rules/index.md"]] == []
    assert [name for name in FLAVOURS if f"[`{name}`]({name}.md)" not in TEXTS["docs/flavours/index.md"]] == []


# -------------------------------------------------------------------------------------------------- commands that run


SAMPLE = {
    "README.md": "# Bread\n\nBegin with [the setup](docs/setup.md), or [have a coffee](docs/cafe.md).\n",
    "docs/guide.md": "# Guide\n\n## Install\n\nFlour, water, salt.\n",
    "docs/setup.md": "# Setup\n" + "\n" * 10 + "See [the guide](guide.md#instal) first.\n",
    "docs/cafe.md": "# Coffee\n\nCafÃ© au lait, s'il vous plaÃ®t.\n",
}


@pytest.fixture
def sample(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Workspace:
    """The repository in which the commands of the documentation run."""
    space = workspace(SAMPLE)
    space.git("update-ref", "refs/remotes/origin/main", "HEAD")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "doclint").write_text(f'#!/bin/sh\nexec {sys.executable} -m doclint "$@"\n')
    (programs / "doclint").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(os.path.abspath, sys.path)))
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "Nobody")
    for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "nobody@example.org")
    monkeypatch.chdir(space.root)
    return space


def run(line: str) -> tuple[int, str]:
    """Run one line as a reader would, and return its exit code and what it prints."""
    line = line.replace(".venv/bin/doclint", "doclint")
    if line.startswith("doclint ") and not set(line) & set("|<>&;$`"):
        done = CliRunner().invoke(cli, shlex.split(line)[1:], prog_name="doclint")
        return done.exit_code, done.output
    shell = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    return shell.returncode, shell.stdout + shell.stderr


def shown(text: str) -> list[tuple[list[str], list[str]]]:
    """Return the commands of each block of a page that is to be run, with the lines of output that follow it."""
    found = list(_FENCE.finditer(text))
    commands = []
    for number, block in enumerate(found):
        if block["language"] != "console" or block["reason"]:
            continue
        after = found[number + 1] if number + 1 < len(found) else None
        follows = after is not None and after["language"] == "text" and not text[block.end() : after.start()].strip()
        commands.append((block["text"].splitlines(), after["text"].splitlines() if after and follows else []))
    return commands


@pytest.mark.skipif(os.name != "posix" or shutil.which("bash") is None, reason="the commands are for bash")
@pytest.mark.parametrize("page", [path for path, text in TEXTS.items() if "```console" in text])
@pytest.mark.usefixtures("sample")
def test_every_command_runs_and_says_what_is_shown(page: str) -> None:
    for lines, output in shown(TEXTS[page]):
        said = ""
        for line in lines:
            code, said = run(line)
            # 1 says that doclint found something, as it should; 2 and more that the command is wrong.
            assert code in ((0, 1) if "doclint" in line else (0,)), f"{line}: {said}"
        rest = iter(said.splitlines())
        missing = [line for line in output if line.strip() != "..." and line not in rest]
        assert missing == [], f"`{lines[-1]}` prints:\n{said}"


def test_every_command_that_is_not_run_says_why() -> None:
    reasons = [found["reason"] for text in TEXTS.values() for found in _FENCE.finditer(text) if found["reason"]]
    assert reasons
    assert all(len(reason.split()) > 3 for reason in reasons)


def test_no_block_of_commands_hides_behind_another_name() -> None:
    for path, text in TEXTS.items():
        for language in ("sh", "bash", "shell", "zsh"):
            assert [block for block in blocks(text, language) if not block.startswith("#!/bin/sh\n")] == [], path


@pytest.mark.usefixtures("sample")
def test_the_finding_in_the_readme_is_one() -> None:
    [finding] = blocks(TEXTS["README.md"], "text")
    assert finding in run("doclint check .")[1]


# ------------------------------------------------------------------------------------------ settings, YAML, comments


def test_every_setting_has_its_row_and_no_other() -> None:
    rows = re.findall(r"(?m)^\| `([a-z-]+)` \|", TEXTS["docs/settings.md"])
    assert sorted(rows) == sorted(KEYS)


@pytest.mark.parametrize("path", [path for path, text in TEXTS.items() if "```toml" in text])
def test_settings_that_are_shown_can_be_used(path: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "docs").mkdir()
    for block in blocks(TEXTS[path], "toml"):
        name = "pyproject.toml" if "[tool.doclint" in block else "doclint.toml"
        settings_of(tmp_path / name, block.encode(), rules=BY_NAME, groups=GROUPS, flavours=FLAVOURS)
        assert tomllib.loads(block)


def test_yaml_that_is_shown_is_yaml() -> None:
    found = [yaml.safe_load(block) for text in TEXTS.values() for block in blocks(text, "yaml")]
    assert len(found) >= 3
    assert all(found)


def test_the_hooks_that_are_shown_are_those_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    config = yaml.safe_load(blocks(TEXTS["docs/hooks-and-ci.md"], "yaml")[0])
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == {hook["id"] for hook in hooks}


def test_the_inputs_of_the_action_are_told_with_their_defaults() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| (`[^`]*`|none) \|", TEXTS["docs/hooks-and-ci.md"]))
    assert rows == {
        name: f"`{about['default']}`" if about["default"] else "none" for name, about in action["inputs"].items()
    }


@pytest.mark.parametrize(
    "path",
    # The page of unused-suppression shows a wrong one.
    [path for path, text in TEXTS.items() if "<!-- doclint-" in text and "unused-suppression" not in path],
)
def test_comments_that_are_shown_are_understood(path: str) -> None:
    for comment in re.findall(r"<!-- doclint-[^>]*-->", TEXTS[path]):
        # An end needs a beginning.
        text = f"<!-- doclint-disable -->\n\n{comment}\n" if "enable -->" in comment else f"{comment}\n"
        page = page_of(text)
        assert read_comments(page.parsed.comments, LineMap(text), BY_NAME).mistakes == [], comment


# ------------------------------------------------------------------------------------------------------------ the site


@pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_the_site_builds_without_a_warning(tmp_path: pathlib.Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(
        [*command, "--site-dir", str(tmp_path / "site")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "rules" / "missing-anchor.html").exists()
    pages = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("*.html"))
    loaded = re.findall(r"<(?:script|link|img)\b[^>]*(?:src|href)=\"((?:https?:)?//[^\"]+)", pages)
    assert loaded == [], "a reader's browser would ask another server"


def test_the_documentation_is_as_doclint_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli, ["check", "README.md", "docs"])
    assert done.exit_code == 0, done.output
