"""Shell completion, asked as the shells ask."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from doclint.report import FORMATS
from doclint.rules import RULES
from test_cli import doclint

if TYPE_CHECKING:
    from pathlib import Path

HEADS = {"bash": "_doclint_completion() {", "zsh": "#compdef doclint", "fish": "function _doclint_completion;"}


def completed(folder: Path, words: str, shell: str = "bash") -> list[str]:
    """Return the words of the answer to what completes the last of the words."""
    environment = {
        "_DOCLINT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": words.rpartition(" ")[2] if shell == "fish" else str(words.count(" ")),
    }
    done = doclint(folder, environment=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().split()


@pytest.mark.parametrize("shell", HEADS)
def test_there_is_a_script_for_each_shell(tmp_path: Path, shell: str) -> None:
    done = doclint(tmp_path, environment={"_DOCLINT_COMPLETE": f"{shell}_source"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().lstrip().startswith(HEADS[shell])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("doclint mv --c", ["plain,--config", "plain,--color"]),
        ("doclint check --format sa", ["plain,sarif"]),
        ("doclint check --output-file ", [f"plain,{name}=" for name in FORMATS]),
        ("doclint check --select orphan", ["plain,orphan-page", "plain,orphan-image"]),
        ("doclint fix --ignore links,wrong", ["plain,links,wrong-case"]),
        ("doclint rules missing-", ["plain,missing-file", "plain,missing-anchor"]),
        ("doclint anchors --flavour docu", ["plain,docusaurus"]),
        ("doclint check --select nonsense", []),
        ("doclint check --output re", ["file,re"]),
        ("doclint check do", ["file,do"]),
    ],
)
def test_words_are_completed(tmp_path: Path, words: str, expected: list[str]) -> None:
    assert completed(tmp_path, words) == expected


def test_shells_that_show_help_get_it(tmp_path: Path) -> None:
    [summary] = [rule.summary for rule in RULES if rule.name == "wrong-case"]
    assert completed(tmp_path, "doclint rules wrong", "zsh") == ["plain", "wrong-case", *summary.split()]
    assert completed(tmp_path, "doclint rules wrong", "fish")[0].startswith("plain,wrong-case")


@pytest.fixture
def with_doclint_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `doclint` on the path that is this one; return a folder with a page."""
    programs = tmp_path / "programs"
    programs.mkdir()
    script = programs / "doclint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m doclint "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_bash_completes(with_doclint_on_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    program = (
        'eval "$(_DOCLINT_COMPLETE=bash_source doclint)"; complete -p doclint >&2;'
        "COMP_WORDS=(doclint check --format gi); COMP_CWORD=3; _doclint_completion doclint gi --format;"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", program], cwd=with_doclint_on_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["github", "gitlab"]
    assert "_doclint_completion doclint" in done.stderr


def test_fish_completes(with_doclint_on_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("needs fish")
    program = "_DOCLINT_COMPLETE=fish_source doclint | source; complete -C 'doclint check --format gi'"
    done = subprocess.run(["fish", "-c", program], cwd=with_doclint_on_path, capture_output=True, text=True, check=True)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["github", "gitlab"]


def test_zsh_takes_the_script(with_doclint_on_path: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("needs zsh")
    program = (
        "autoload -U compinit; compinit -u -D; "
        'eval "$(_DOCLINT_COMPLETE=zsh_source doclint)"; print -r -- $_comps[doclint]'
    )
    done = subprocess.run(
        ["zsh", "-f", "-c", program], cwd=with_doclint_on_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "_doclint_completion"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("check --format gi", b"gitlab"), ("rules wrong-", b"wrong-case"), ("explain --flavour docu", b"docusaurus")],
)
def test_zsh_completes_at_a_press_of_tab(with_doclint_on_path: Path, words: str, expected: bytes) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("needs zsh")
    pty = pytest.importorskip("pty", reason="needs terminals as POSIX has them")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        ["zsh", "-f", "-i"],
        cwd=with_doclint_on_path,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm", "PS1": ""},
    ) as process:
        os.close(follower)
        setup = "autoload -U compinit; compinit -u -D; eval \"$(_DOCLINT_COMPLETE=zsh_source doclint)\"; print rea''dy"
        os.write(leader, f"{setup}\n".encode())
        read_until(leader, b"ready\r\n")
        # The second press lists where several words fit.
        os.write(leader, f"doclint {words}\t\t".encode())
        try:
            assert expected in read_until(leader, expected)
        finally:
            process.kill()
            os.close(leader)


def read_until(terminal: int, expected: bytes) -> bytes:
    """Return what a terminal shows, up to what is expected, or what it has shown after a long while."""
    seen = b""
    end = monotonic() + 30
    while expected not in seen and monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65_536)
    return seen
