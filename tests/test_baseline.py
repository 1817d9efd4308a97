"""Known findings: what a baseline keeps silent, and what it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from doclint import mending, run
from doclint.model import Outcome, UsageError
from doclint.settings import Settings
from doclint.settings_file import load
from doclint.value import replace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Workspace

DEBT = "[oven](oven.md)\n"
DAMAGED = "Ein Café für Gäste".encode().decode("cp1252")
RUN = DAMAGED[DAMAGED.index("Ã©") : DAMAGED.index("ste")]
"""What of it is underlined: from the first damaged character to the last."""

TREE = {
    "a.md": f"# A\n\n{DEBT}\n{DAMAGED}\n",
    "docs/b.md": f"# B\n\n{DEBT}\nAgain: [oven](oven.md) and [mill](mill.md)\n",
    "c.md": "# C\n",
}


class Known:
    """A repository with a baseline of all that is found in it."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.settings = Settings(baseline=str(space.root / "known.json"))
        self.write()

    def write(self, *paths: str, **wishes: Any) -> Outcome:  # noqa: ANN401 - fields of Settings
        settings = replace(self.settings, **wishes)
        return run.check(paths, settings, str(self.space.root), write_baseline=True)

    def check(self, *paths: str, **wishes: Any) -> list[str]:  # noqa: ANN401 - the same
        outcome = run.check(paths, replace(self.settings, **wishes), str(self.space.root))
        return [f"{finding.path}:{finding.place.line} {finding.rule}" for finding in outcome.findings]

    def entries(self) -> list[tuple[str, str, str, int]]:
        table = json.loads(self.space.read("known.json"))
        return [(entry["path"], entry["rule"], entry["text"], entry["count"]) for entry in table["findings"]]


@pytest.fixture
def known(workspace: MakeWorkspace) -> Known:
    return Known(workspace(TREE))


# -------------------------------------------------------------------------------------------------------------- silence


def test_what_is_known_is_silent(known: Known) -> None:
    assert len(known.space.check()) == 5
    assert known.check() == []
    assert run.check((), known.settings, str(known.space.root)).summary.known == 5


def test_writing_it_again_changes_nothing(known: Known) -> None:
    before = known.space.read("known.json")
    assert known.write().findings == ()
    assert known.space.read("known.json") == before


@pytest.mark.parametrize("front", ["Words.\n\n", "\ufeff", "\r\n"])
def test_lines_that_move_stay_known(known: Known, front: str) -> None:
    for path in ("a.md", "docs/b.md"):
        known.space.write({path: front + TREE[path]})
    assert known.check(ignore=("byte-order-mark",)) == []


def test_a_paragraph_that_goes_elsewhere_on_its_page_stays_known(known: Known) -> None:
    known.space.write({"a.md": f"# A\n\n{DAMAGED}\n\n{DEBT}"})
    assert known.check() == []


def test_other_line_endings_wake_nothing(known: Known) -> None:
    known.space.write({"docs/b.md": TREE["docs/b.md"].replace("\n", "\r\n")})
    assert known.check() == []


def test_pages_that_are_not_looked_at_have_no_stale_entries(known: Known) -> None:
    known.space.write({"docs/b.md": "# B\n"})
    assert known.check("a.md") == []
    assert known.check(exclude=("docs/",)) == []


def test_rules_that_do_not_run_have_no_stale_entries(known: Known) -> None:
    assert known.check(select=("mojibake",)) == []
    assert known.check(per_file_ignores=(("a.md", ("missing-file",)),)) == []


def test_stale_entries_can_be_ignored(known: Known) -> None:
    known.space.write({"a.md": "# A\n"})
    assert known.check(ignore=("stale-baseline",)) == []


# ------------------------------------------------------------------------------------------------------------- findings


def test_a_new_finding_is_reported(known: Known) -> None:
    known.space.write({"c.md": DEBT})
    assert known.check() == ["c.md:1 missing-file"]


def test_one_more_of_the_same_is_reported_once(known: Known) -> None:
    known.space.write({"a.md": f"{TREE['a.md']}\n{DEBT}"})
    assert known.check() == ["a.md:7 missing-file"]


def test_a_line_that_is_changed_is_known_no_more(known: Known) -> None:
    known.space.write({"a.md": TREE["a.md"].replace("[oven]", "the [oven]")})
    assert known.check() == ["a.md:3 missing-file", "known.json:2 stale-baseline"]


def test_another_fault_in_a_known_line_is_reported(known: Known) -> None:
    known.space.commit({"docs/mill.md": "# Mill\n"})
    known.write()
    known.space.git("rm", "--quiet", "docs/mill.md")
    assert known.check() == ["docs/b.md:5 missing-file"]


# --------------------------------------------------------------------------------------------------------------- stale


def test_what_is_mended_leaves_a_stale_entry(known: Known) -> None:
    known.space.write({"a.md": f"# A\n\n{DAMAGED}\n"})
    [finding] = run.check((), known.settings, str(known.space.root)).findings
    assert (finding.path, finding.rule) == ("known.json", "stale-baseline")
    assert finding.message == 'missing-file at "oven.md" is no longer found in a.md'
    assert '"oven.md"' in finding.excerpt
    known.write()
    assert known.check() == []
    assert len(known.entries()) == 4


def test_what_is_mended_in_one_of_two_places_is_told_too(workspace: MakeWorkspace) -> None:
    known = Known(workspace({"a.md": f"{DEBT}\n{DEBT}\n{DEBT}"}))
    assert known.entries() == [("a.md", "missing-file", "oven.md", 3)]
    known.space.write({"a.md": f"{DEBT}"})
    [finding] = run.check((), known.settings, str(known.space.root)).findings
    assert finding.message == 'missing-file at "oven.md" is found only once, not 3 times, in a.md'
    known.write()
    known.space.write({"a.md": f"{DEBT}\n{DEBT}"})
    assert known.check() == ["a.md:3 missing-file"]


def test_a_page_that_is_gone_leaves_stale_entries_whatever_is_checked(known: Known) -> None:
    known.space.git("rm", "--quiet", "docs/b.md")
    assert set(known.check("c.md")) == {f"known.json:{line} stale-baseline" for line in (4, 5, 6)}


def test_fix_mends_what_is_known_and_tells_of_the_stale_entry(known: Known) -> None:
    outcome = mending.fix((), known.settings, str(known.space.root))
    assert [change.path for change in outcome.changed] == ["a.md"]
    assert [finding.message for finding in outcome.findings] == [f'mojibake at "{RUN}" is no longer found in a.md']


# ----------------------------------------------------------------------------------------------------- with a change


def test_a_change_tells_only_of_the_entries_of_its_own_pages(known: Known) -> None:
    known.space.commit({"docs/b.md": "# B\n"})
    known.space.write({"c.md": "# C\n\nMore.\n"})
    assert known.check(since="HEAD") == []
    known.space.write({"a.md": f"# A\n\n{DAMAGED}\n"})
    assert known.check(since="HEAD") == ["known.json:2 stale-baseline"]


def test_what_is_known_is_silent_also_in_a_changed_line(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n"})
    space.write({"a.md": f"# A\n\n{DEBT}"})
    known = Known(space)
    assert known.check(since="HEAD") == []
    assert [finding.rule for finding in run.check((), Settings(since="HEAD"), str(space.root)).findings] == [
        "missing-file"
    ]


# ----------------------------------------------------------------------------------------------------------- the file


def test_the_file_is_sorted_and_has_a_line_for_each_entry(known: Known) -> None:
    lines = known.space.read("known.json").decode().splitlines()
    assert lines[0] == '{"version": 1, "findings": ['
    assert lines[-1] == "]}"
    entries = [json.loads(line.removesuffix(",")) for line in lines[1:-1]]
    assert [(entry["path"], entry["rule"], entry["text"], entry["count"]) for entry in entries] == known.entries()
    assert known.entries() == [
        ("a.md", "missing-file", "oven.md", 1),
        ("a.md", "mojibake", RUN, 1),
        ("docs/b.md", "missing-file", "mill.md", 1),
        ("docs/b.md", "missing-file", "oven.md", 1),
        ("docs/b.md", "missing-file", "oven.md", 1),
    ]


def test_branches_that_add_to_it_can_be_merged(known: Known) -> None:
    known.space.commit({})
    known.space.git("checkout", "--quiet", "-b", "theirs")
    known.space.write({"b.md": DEBT})
    known.write()
    known.space.commit({})
    known.space.git("checkout", "--quiet", "main")
    known.space.write({"docs/c.md": DEBT})
    known.write()
    known.space.commit({})
    known.space.git("merge", "--quiet", "theirs")
    assert known.check() == []


def test_an_entry_that_two_branches_added_counts_once(known: Known) -> None:
    text = known.space.read("known.json").decode()
    [line] = [line for line in text.splitlines() if '"mill.md"' in line]
    known.space.write({"known.json": text.replace(line, f"{line}\n{line}")})
    assert known.check() == []


def test_writing_for_some_pages_keeps_what_is_known_of_others(known: Known) -> None:
    known.space.write({"a.md": "# A\n", "c.md": DEBT})
    known.write("a.md", "c.md")
    assert [entry[0] for entry in known.entries()] == ["c.md", *["docs/b.md"] * 3]
    assert known.check() == []


def test_an_empty_baseline_is_one(workspace: MakeWorkspace) -> None:
    known = Known(workspace({"a.md": "# A\n"}))
    assert known.space.read("known.json") == b'{"version": 1, "findings": [\n]}\n'
    assert known.check() == []


def test_what_cannot_be_seen_is_escaped(workspace: MakeWorkspace) -> None:
    known = Known(workspace({"a.md": b"# A\n\n[a](b\xe2\x80\xaec.md) [d](\xff.md)\n"}))
    assert known.space.read("known.json").isascii()
    assert known.check() == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Expecting value"),
        (b"[]", 'expected an object with "version" and "findings"'),
        (b'{"version": 2, "findings": []}', "expected version 1, found 2"),
        (b'{"version": 1, "findings": [{}]}', "expected entries with path, rule, text, line, count"),
        (b'{"version": 1, "findings": [\n<<<<<<< HEAD\n', "it was merged with conflicts"),
        (b"\xff", "can't decode"),
    ],
)
def test_what_is_no_baseline_is_an_error(known: Known, content: bytes, why: str) -> None:
    known.space.write({"known.json": content})
    for act in (known.check, known.write):
        with pytest.raises(UsageError, match="is no baseline") as caught:
            act()
        assert why in str(caught.value)
        assert "\n" not in str(caught.value)
    assert known.space.read("known.json") == content


def test_a_baseline_that_is_not_there_is_an_error(known: Known) -> None:
    with pytest.raises(UsageError, match=r"there is no file 'gone\.json'; `--write-baseline` with it makes it"):
        known.check(baseline="gone.json")


def test_a_baseline_that_cannot_be_written_is_an_error(known: Known) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        known.write(baseline=str(known.space.root / "no" / "folder.json"))


@pytest.mark.parametrize("wishes", [{"since": "HEAD"}, {"staged": True}])
def test_a_change_alone_is_no_baseline(known: Known, wishes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="leave out --since, --staged"):
        known.write(**wishes)


def test_without_a_file_there_is_none_to_write(known: Known) -> None:
    with pytest.raises(UsageError, match="add --baseline FILE"):
        known.write(baseline=None)


def test_the_settings_name_it_from_their_own_folder(known: Known) -> None:
    known.space.write({"doclint.toml": 'baseline = "known.json"\n'})
    settings = load(known.space.root / "docs", None, rules=(), groups=("default",), flavours=("github",))
    assert settings.baseline == os.path.join(known.space.root, "known.json")


def doclint(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "doclint", "check", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_command_says_how_many_it_wrote(workspace: MakeWorkspace) -> None:
    space = workspace(TREE)
    done = doclint(space.root, "--baseline", "known.json", "--write-baseline")
    assert (done.returncode, done.stderr) == (0, "doclint: known.json now holds 5 findings\n")
    assert done.stdout == "all good: 3 pages, 4 links\n5 findings known\n"
    done = doclint(space.root, "--baseline", "known.json")
    assert (done.returncode, done.stderr) == (0, "")
    done = doclint(space.root, "--baseline", "other.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("doclint: --baseline: there is no file 'other.json'; ")
