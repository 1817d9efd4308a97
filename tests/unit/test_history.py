from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint import git
from doclint.history import History, Step, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import MakeWorkspace


def history(*steps: Step) -> History:
    return History(lambda: steps)


def move(old: str, new: str, alike: int = 100) -> Step:
    return Step(old, new, alike, "")


def removal(path: str) -> Step:
    return Step(path, None, 0, "")


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([move("a", "b")], [Trace("b", True)]),
        ([move("b", "c"), move("a", "b")], [Trace("c", True)]),
        ([move("b", "c", 60), move("a", "b")], [Trace("c", False)]),
        ([move("a", "b", 74)], [Trace("b", False)]),
        ([move("a", "b"), move("b", "c")], [Trace("b", True)]),
        ([removal("b"), move("a", "b")], []),
        ([removal("a"), move("a", "b")], [Trace("b", False)]),
        ([move("a", "b"), removal("a")], [Trace("b", False)]),
        ([move("a", "c"), move("a", "b")], [Trace("c", False), Trace("b", False)]),
        ([removal("a")], []),
        ([move("b", "a")], []),
        ([move("c", "d"), move("b", "c"), removal("b"), move("a", "b")], []),
        ([Step("a", "a", 100, "x")], []),
        ([], []),
    ],
)
def test_where_a_file_went(steps: list[Step], found: list[Trace]) -> None:
    assert list(history(*steps).went("a")) == found


def test_there_and_back_ends_where_it_began() -> None:
    assert history(move("b", "a"), move("a", "b")).went("a") == (Trace("a", True),)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([move("a/x/1", "b/x/1"), move("a/2", "b/2")], [Trace("b", True)]),
        ([move("b/2", "c/2"), move("a/2", "b/2")], [Trace("c", True)]),
        ([move("a/1", "b/1"), removal("a/2")], [Trace("b", True)]),
        ([move("a/1", "b/1"), move("a/2", "c/2")], [Trace("b", False), Trace("c", False)]),
        ([move("a/1", "b/1"), move("a/2", "b/3")], []),
        ([move("a/1", "b/1", 60)], [Trace("b", False)]),
        ([move("ab/1", "b/1")], []),
        ([removal("a/1")], []),
    ],
)
def test_where_a_folder_went(steps: list[Step], found: list[Trace]) -> None:
    assert list(history(*steps).folder_went("a")) == found


@pytest.mark.parametrize(
    ("steps", "origin"),
    [
        ([move("a", "b")], "a"),
        ([move("c", "b"), move("a", "b")], "c"),
        ([move("a", "b", 60)], None),
        ([move("b", "a")], None),
        ([Step("b", "b", 100, "")], None),
    ],
)
def test_where_a_file_came_from(steps: list[Step], origin: str | None) -> None:
    assert history(*steps).came_from("b") == origin


def test_nothing_is_asked_that_nobody_wants_to_know() -> None:
    def never() -> Iterable[Step]:
        pytest.fail("asked")

    History(never)


def test_older_texts_follow_the_page_back() -> None:
    contents = {":./c": b"now", "3": b"three", "2": b"\xff", "1": b"one"}
    steps = [Step("c", "c", 100, "3"), Step("b", "c", 90, "2"), Step("b", "b", 100, "1"), Step("c", "c", 100, "0")]
    asked = History(lambda: steps, lambda names: [contents[name] for name in names])
    assert asked.texts("c") == ("now", "three", "one")


class Remembering:
    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}

    def recall(self, question: str) -> bytes | None:
        return self.answers.get(question)

    def keep(self, question: str, answer: bytes) -> None:
        self.answers[question] = answer


class TestGit:
    def test_renames_removals_and_changes_the_newest_first(self, workspace: MakeWorkspace) -> None:
        space = workspace({"a.md": "one\ntwo\nthree\nfour\n", "b.md": "other\n", "é\n.md": "x\n"})
        space.git("mv", "a.md", "c.md")
        space.commit({"c.md": "one\ntwo\nthree\nfour\nfive\n"})
        space.git("rm", "--quiet", "b.md")
        space.git("mv", "é\n.md", "f.md")
        found = list(git.steps(str(space.root), 10))
        assert [(step.old, step.new) for step in found] == [("b.md", None), ("é\n.md", "f.md"), ("a.md", "c.md")]
        assert 75 < found[2].alike < 100
        assert list(git.blobs(str(space.root), [found[2].blob, "0" * 40, ":./c.md"])) == [
            b"one\ntwo\nthree\nfour\n",
            None,
            b"one\ntwo\nthree\nfour\nfive\n",
        ]

    def test_a_merge_is_one_step(self, workspace: MakeWorkspace) -> None:
        space = workspace({"a.md": "one\ntwo\nthree\n"})
        space.git("switch", "--quiet", "--create", "side")
        for old, new in (("a.md", "b.md"), ("b.md", "c.md")):
            space.git("mv", old, new)
            space.commit({})
        space.git("switch", "--quiet", "main")
        space.commit({"other.md": "x\n"})
        space.git("merge", "--quiet", "--no-edit", "side")
        assert [(step.old, step.new) for step in git.steps(str(space.root), 10)] == [("a.md", "c.md")]

    def test_what_git_says_of_a_commit_is_asked_once(self, workspace: MakeWorkspace) -> None:
        space = workspace({"a.md": "one\ntwo\n"})
        space.git("mv", "a.md", "b.md")
        space.commit({})
        memory = Remembering()
        first = list(git.steps(str(space.root), 10, memory))
        assert [(step.old, step.new) for step in first] == [("a.md", "b.md")]
        (question,) = memory.answers
        memory.answers[question] = b""
        assert list(git.steps(str(space.root), 10, memory)) == []
        # What is staged is asked each time, and another commit is another question.
        space.git("mv", "b.md", "c.md")
        assert [(step.old, step.new) for step in git.steps(str(space.root), 10, memory)] == [("b.md", "c.md")]
        space.commit({})
        assert [step.new for step in git.steps(str(space.root), 10, memory)] == ["c.md", "b.md"]

    def test_of_a_shallow_clone_nothing_is_kept(self, workspace: MakeWorkspace, tmp_path: Path) -> None:
        space = workspace({"a.md": "one\ntwo\n"})
        space.commit({"a.md": "one\n"})
        space.git("clone", "--quiet", "--depth", "1", space.root.as_uri(), str(tmp_path / "shallow"))
        memory = Remembering()
        list(git.steps(str(tmp_path / "shallow"), 10, memory))
        assert memory.answers == {}

    def test_without_commits_there_is_nothing(self, workspace: MakeWorkspace) -> None:
        space = workspace({})
        space.git("update-ref", "-d", "HEAD")
        assert list(git.steps(str(space.root), 10)) == []
        assert list(git.blobs(str(space.root), [])) == []

    def test_paths_start_from_the_root_of_the_run(self, workspace: MakeWorkspace) -> None:
        space = workspace({"docs/a.md": "one\ntwo\n", "x.md": "three\nfour\n"})
        space.git("mv", "docs/a.md", "docs/b.md")
        space.git("mv", "x.md", "y.md")
        assert [(step.old, step.new) for step in git.steps(str(space.root / "docs"), 10)] == [("a.md", "b.md")]
