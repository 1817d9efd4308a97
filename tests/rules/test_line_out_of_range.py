from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.rules.line_out_of_range import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


@pytest.mark.parametrize(
    "link",
    [
        "main.py#L1",
        "main.py#L120",
        "main.py#L1-L120",
        "main.py#L3C1-L120C9",
        "main.py",
        "main.py#loop",
        "main.py#Label",
        "main.py#L",
        "main.py#L999x",
        "other.py#L999",
        "gone.py#L999",
        "https://example.com/main.py#L999",
        "#L999",
    ],
)
def test_silent(link: str) -> None:
    assert not look(RULE, f"[a]({link})", ["main.py", "other.py"], line_counts={"main.py": 120})


def test_a_line_behind_the_last() -> None:
    [seen] = look(RULE, "See [the loop](src/main.py#L400).", ["src/main.py"], line_counts={"src/main.py": 120})
    assert seen.text == "src/main.py#L400"
    assert seen.message == 'no line 400 in "src/main.py", which has 120'
    assert seen.help == "correct the line, or link to a commit"
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("fragment", "line"), [("L121", 121), ("L3-L121", 121), ("L130-L2", 130), ("L1C1-L200C3", 200), ("L121C4", 121)]
)
def test_the_last_line_of_the_range_counts(fragment: str, line: int) -> None:
    [seen] = look(RULE, f"[a](main.py#{fragment})", ["main.py"], line_counts={"main.py": 120})
    assert seen.message.startswith(f"no line {line} in ")


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\ntwo\nthree\n", 3),
        (b"one\ntwo\nthree", 3),
        (b"one\r\ntwo\r\nthree\r\n", 3),
        (b"caf\xe9\ncaf\xe9\n\n", 3),
        (b"one\x0b\x0ctwo\xc2\x85\n", 1),
    ],
)
def test_lines_are_counted_as_the_site_counts_them(workspace: MakeWorkspace, data: bytes, lines: int) -> None:
    links = f"[in](my%20file.txt#L{lines}) [out](my%20file.txt?x=1#L{lines + 1})\n"
    space = workspace({"README.md": links, "my file.txt": data})
    [finding] = space.check(select=("line-out-of-range",))
    assert finding.message == f'no line {lines + 1} in "my file.txt", which has {lines}'


def test_off_unless_it_is_selected(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](main.py#L9)\n", "main.py": b"pass\n"})
    assert not space.check()
    assert space.check(select=("all",))


def test_silent_for_what_has_no_lines_to_count(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](data.bin#L9)\n", "data.bin": b"\0\1\2\0\0\0\0\0"})
    assert not space.check(select=("line-out-of-range",))


def test_silent_for_a_symbolic_link(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](alias.py#L9)\n", "main.py": b"pass\n" * 20})
    (space.root / "alias.py").symlink_to("main.py")
    space.commit({})
    assert not space.check(select=("line-out-of-range",))
