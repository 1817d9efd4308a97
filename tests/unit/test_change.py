from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.change import Change, Version, change, changed_lines, folders_gone
from doclint.commits import Entry
from doclint.lines import LINE_END
from doclint.model import FileKind, Files

FILE, SYMLINK = FileKind.FILE, FileKind.SYMLINK


# ------------------------------------------------------------------------------------------------------ changed lines


def numbers(old: str, new: str) -> list[int]:
    return [number for lines in changed_lines(old, new) for number in lines]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("", "", []),
        ("a\nb\n", "a\nb\n", []),
        ("a\nb\n", "a\r\nb\r\n", []),
        ("a\rb\r", "a\nb\n", []),
        ("a\nb\nc\n", "a\nc\n", []),
        ("a\nc\n", "a\nb\nc\n", [2]),
        ("a\nb\nc\n", "x\nb\ny\n", [1, 3]),
        ("a\n", "a\na\n", [2]),
        ("x\na\nb\n", "a\nb\nx\n", [3]),
        ("a", "a\n", [2]),
        ("a\x0b\u2028b\n", "a\x0b\u2028c\n", [1]),
    ],
)
def test_lines_that_the_older_text_does_not_have_there(old: str, new: str, changed: list[int]) -> None:
    assert numbers(old, new) == changed


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_what_is_not_changed_stands_in_the_older_text_in_that_order(old: list[str], new: list[str]) -> None:
    changed = set(numbers("\n".join(old), "\n".join(new)))
    rest = iter(LINE_END.split("\n".join(old)))
    assert all(line in rest for number, line in enumerate(LINE_END.split("\n".join(new)), 1) if number not in changed)


def test_a_long_page_of_equal_lines_is_compared_all_the_same() -> None:
    table = ["| x |"] * 3_000
    old, new = "\n".join(["head", *table, "tail"]), "\n".join(["Head", *table, "one more", "tail"])
    assert {1, 3_002} <= set(numbers(old, new))


# ---------------------------------------------------------------------------------------------------- what is touched


def files(*tracked: str, untracked: tuple[str, ...] = ()) -> Files:
    return Files("/r", (), dict.fromkeys(tracked, FILE), frozenset(untracked), frozenset(), in_git=True)


def entry(old: str | None, new: str | None, kind: FileKind = FILE) -> Entry:
    return Entry(old, new, kind if old else None, f"id of {old}" if old else "")


def touched(now: Files, *staged: Entry, not_staged: tuple[Entry, ...] = (), on_disk: bool = True) -> Change:
    return change(now, staged, not_staged, on_disk=on_disk)


def test_nothing_is_touched_without_a_change() -> None:
    seen = touched(files("a.md", "b.md"))
    assert (seen.touched, dict(seen.versions), dict(seen.gone)) == (frozenset(), {}, {})
    assert seen.before.tracked == {"a.md": FILE, "b.md": FILE}


def test_a_rename_is_new_here_and_gone_there() -> None:
    seen = touched(files("new.md"), entry("old.md", "new.md"))
    assert seen.touched == {"new.md"}
    assert seen.versions == {"new.md": Version("old.md", "id of old.md")}
    assert set(seen.gone) == {"old.md"}
    assert seen.before.tracked == {"old.md": FILE}


def test_two_files_that_change_their_names_are_both_there_before_and_now() -> None:
    seen = touched(files("a.md", "b.md"), entry("a.md", "b.md"), entry("b.md", "a.md"))
    assert {path: version.path for path, version in seen.versions.items()} == {"a.md": "b.md", "b.md": "a.md"}
    assert not seen.gone
    assert seen.before.tracked == {"a.md": FILE, "b.md": FILE}


def test_a_file_of_another_kind_is_gone_as_what_it_was() -> None:
    now = Files("/r", (), {"a": SYMLINK}, frozenset(), frozenset(), in_git=True)
    assert set(touched(now, entry("a", "a")).gone) == {"a"}


def test_what_is_not_staged_counts_only_on_the_disk() -> None:
    now = files("a.md", "announced.md", untracked=("new.md",))
    not_staged = (entry("a.md", "a.md"), entry(None, "announced.md"))
    on_disk = touched(now, not_staged=not_staged)
    assert on_disk.touched == {"a.md", "announced.md", "new.md"}
    assert set(on_disk.versions) == {"a.md"}
    assert set(on_disk.before.tracked) == {"a.md"}
    assert touched(now, not_staged=not_staged, on_disk=False).touched == frozenset()


def test_of_a_page_changed_twice_the_commits_version_counts() -> None:
    seen = touched(files("new.md"), entry("old.md", "new.md"), not_staged=(Entry("new.md", "new.md", FILE, "index"),))
    assert seen.versions["new.md"] == Version("old.md", "id of old.md")


def test_a_folder_is_gone_with_its_last_file() -> None:
    seen = touched(files("a/x.md"), entry("a/b/c/d.md", None), entry("a/e.md", None))
    assert folders_gone(seen, {"", "a"}) == {"a/b", "a/b/c"}
