"""What is kept from run to run, and pages parsed by several processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import index_of
from doclint import cache, decode, fingerprint, reading, run, shelf, workers
from doclint.cli import cli
from doclint.kept import Batch
from doclint.model import Source
from doclint.parse import parse
from doclint.parse.fast import skimmed
from doclint.rules import RULES
from doclint.rules.base import Aspect
from doclint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeWorkspace, Tree, Workspace
    from doclint.model import Finding, Parsed

PAGE = "# Cup {0}\n\n[next](p{1}.md#cup-{1}) [lost](no{0}.md) `code`\n\n[r]: p0.md\n"


def pages(number: int = 60) -> Tree:
    return {f"p{count}.md": PAGE.format(count, (count + 1) % number) for count in range(number)}


@pytest.fixture
def space(workspace: MakeWorkspace) -> Workspace:
    return workspace(pages())


def found(space: Workspace, *, jobs: int | None = 1, cached: bool = True) -> tuple[Finding, ...]:
    return run.check((), Settings(), str(space.root), cached=cached, jobs=jobs).findings


def kept_file(space: Workspace) -> Path:
    return space.root / cache.FOLDER / "pages"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are parsed, as they are."""
    seen: list[str] = []

    def noting(text: str, path: str = "", *, wiki_links: bool = False, whole: bool = True) -> Parsed:
        seen.append(path)
        return parse(text, path, wiki_links=wiki_links, whole=whole)

    monkeypatch.setattr(reading, "parse", noting)
    return seen


# ------------------------------------------------------------------------------------------------------------ the cache


def test_a_second_run_finds_the_same_and_parses_nothing(space: Workspace, parsed: list[str]) -> None:
    first = found(space)
    assert len(parsed) == len(first) == 60
    parsed.clear()
    assert found(space) == first
    assert parsed == []


def test_what_links_mean_is_found_out_anew(space: Workspace, parsed: list[str]) -> None:
    found(space)
    parsed.clear()
    space.write({"no3.md": "# Here now\n"})
    space.git("add", ".")
    assert len(found(space)) == 59
    assert parsed == ["no3.md"]


def test_a_page_of_the_same_size_and_time_is_told_by_its_bytes(space: Workspace) -> None:
    found(space)
    before = (space.root / "p1.md").stat()
    space.write({"p1.md": space.read("p1.md").decode().replace("# Cup 1", "# Cap 1")})
    os.utime(space.root / "p1.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert {(finding.path, finding.rule) for finding in found(space)} >= {("p0.md", "missing-anchor")}


def test_old_pages_are_not_even_read(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({f"p{count}.md": f"# Cup\n\n[next](p{count // 2}.md#cup)\n" for count in range(60)})
    # As if all had been written long ago: the time at which a file was changed cannot be set.
    monkeypatch.setattr(shelf, "_FRESH", -(10**12))
    assert found(space) == ()
    monkeypatch.setattr(decode, "read_signed", lambda *_: pytest.fail("it was read"))
    assert found(space) == ()


def test_text_is_read_where_a_finding_shows_it(space: Workspace) -> None:
    assert [finding.excerpt for finding in found(space)] == [finding.excerpt for finding in found(space)]


def kept_pages(space: Workspace) -> list[str]:
    _, _, rest = kept_file(space).read_bytes().partition(b"\n")
    return Batch(rest).paths


def test_a_damaged_page_is_never_kept(workspace: MakeWorkspace) -> None:
    space = workspace({**pages(), "odd.md": "Caf\u00c3\u00a9\n"})
    first = found(space)
    assert [finding.rule for finding in first if finding.path == "odd.md"] == ["mojibake"]
    assert found(space) == first
    assert "odd.md" not in kept_pages(space)
    assert len(kept_pages(space)) == 60


@pytest.mark.parametrize("text", ["a\ufffdb\n", "pass\u200bword\n", "\ufeff# Cup\n", "a\x85b `c\x85d`\n"])
def test_of_a_page_that_is_kept_the_same_is_said_of_its_encoding(
    workspace: MakeWorkspace, text: str, parsed: list[str]
) -> None:
    space = workspace({**pages(), "odd.md": text})
    first = found(space)
    assert [finding.path for finding in first].count("odd.md") == 1
    parsed.clear()
    assert found(space) == first
    assert parsed == []


def test_what_only_looks_like_damage_is_looked_at_once(workspace: MakeWorkspace, parsed: list[str]) -> None:
    space = workspace({**pages(), "box.md": "# Box\n\n    \u250c\u2500\u2500\u2534\u2500\u2500\u2510\n"})
    first = found(space)
    assert "box.md" not in {finding.path for finding in first}
    parsed.clear()
    assert found(space) == first
    assert parsed == []


QUOTING = '# Encodings\n\n```\nsay("Gr\u00c3\u00bc\u00c3\u0178e")\n```\n'


def test_what_a_page_quotes_is_found_out_anew_when_another_page_changes(
    workspace: MakeWorkspace, parsed: list[str]
) -> None:
    space = workspace({**pages(), "quoting.md": QUOTING})
    first = found(space)
    assert "quoting.md" not in {finding.path for finding in first}
    parsed.clear()
    assert found(space) == first
    assert parsed == []
    # Now the code of other pages uses the word: it was no example.
    space.write({"p5.md": PAGE.format(5, 6) + "\n`Gr\u00fc\u00dfe`\n\n`Gr\u00fc\u00dfe`\n"})
    assert [finding.rule for finding in found(space) if finding.path == "quoting.md"] == ["mojibake"]
    assert found(space) == found(space, cached=False)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"doclint of old\n" + data.partition(b"\n")[2],
        lambda data: data.partition(b"\n")[0] + b"\n" + b"\xc1" * 9,
        lambda data: data.partition(b"\n")[0] + b"\n" + msgspec.msgpack.encode({"p1.md": [1]}),
        lambda _: os.urandom(4096),
    ],
)
def test_a_file_that_is_damaged_or_another_version_s_is_ignored(space: Workspace, damage, parsed: list[str]) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    first = found(space)
    kept_file(space).write_bytes(damage(kept_file(space).read_bytes()))
    parsed.clear()
    assert found(space) == first
    assert len(parsed) == 60


def test_git_does_not_see_it_and_no_page_in_it_is_checked(space: Workspace) -> None:
    found(space)
    assert kept_file(space).exists()
    assert space.git("status", "--porcelain") == ""


def test_what_is_quoted_is_found_out_anew_where_not_all_pages_are_looked_at(workspace: MakeWorkspace) -> None:
    space = workspace({**pages(), "quoting.md": QUOTING, "aside.md": "# Aside\n"})
    partly = Settings(exclude=("aside.md",))
    assert "quoting.md" not in {
        finding.path for finding in run.check((), partly, str(space.root), cached=True).findings
    }
    assert "quoting.md" not in kept_pages(space)
    # The code of a page that is not looked at bears witness, too.
    space.write({"aside.md": "`Gr\u00fc\u00dfe`\n\n`Gr\u00fc\u00dfe`\n"})
    again = run.check((), partly, str(space.root), cached=True).findings
    assert [finding.rule for finding in again if finding.path == "quoting.md"] == ["mojibake"]


def test_a_page_bears_witness_as_soon_as_it_is_tracked(workspace: MakeWorkspace) -> None:
    space = workspace({**pages(), "quoting.md": QUOTING})
    space.write({"new.md": "`Gr\u00fc\u00dfe`\n\n`Gr\u00fc\u00dfe`\n"})
    assert "quoting.md" not in {finding.path for finding in found(space)}
    space.git("add", ".")
    for _ in range(2):
        assert [finding.rule for finding in found(space) if finding.path == "quoting.md"] == ["mojibake"]


def test_a_page_that_is_gone_counts_as_a_change(workspace: MakeWorkspace, parsed: list[str]) -> None:
    space = workspace({**pages(), "quoting.md": QUOTING, "more.md": "# More\n"})
    found(space)
    space.git("rm", "--quiet", "more.md")
    found(space)
    parsed.clear()
    found(space)
    assert parsed == []


@pytest.mark.parametrize("first", ["\ufeff# A\n", "# A\u200bb\n"])
def test_a_page_by_itself_may_want_what_no_other_page_wants(workspace: MakeWorkspace, first: str) -> None:
    space = workspace(
        {**{f"p{count}.md": "# Cup\n" for count in range(60)}, "odd.md": f"{first}\n[x](p5.md#nowhere)\n"}
    )
    for _ in range(2):
        assert [finding.rule for finding in found(space) if finding.rule == "missing-anchor"] == ["missing-anchor"]


def test_few_pages_leave_nothing_behind(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](b.md)\n"})
    found(space)
    assert not (space.root / cache.FOLDER).exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(space: Workspace) -> None:
    (space.root / cache.FOLDER).write_text("a file in its place")
    assert len(found(space)) == 60
    assert len(found(space)) == 60


def test_no_cache_and_clean(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.root)
    runner = CliRunner()
    assert runner.invoke(cli, ["check", "-q", "--no-cache"]).exit_code == 1
    assert not (space.root / cache.FOLDER).exists()
    assert runner.invoke(cli, ["clean"]).output.startswith("nothing is kept in ")
    assert runner.invoke(cli, ["check", "-q"]).exit_code == 1
    assert runner.invoke(cli, ["clean"]).output == f"removed .doclint_cache in {space.root}\n"
    assert not (space.root / cache.FOLDER).exists()


def test_clean_leaves_what_others_put_there(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space.root)
    found(space)
    (space.root / cache.FOLDER / "mine.txt").write_text("mine")
    done = CliRunner().invoke(cli, ["clean"])
    assert done.exit_code == 2
    assert "cannot be removed" in done.stderr
    assert (space.root / cache.FOLDER / "mine.txt").read_text() == "mine"


def test_runs_at_the_same_time_do_each_other_no_harm(space: Workspace) -> None:
    command = [sys.executable, "-m", "doclint", "check", "--format", "json"]
    running = [subprocess.Popen(command, cwd=space.root, stdout=subprocess.PIPE) for _ in range(4)]
    reports = [json.loads(process.communicate(timeout=60)[0])["findings"] for process in running]
    assert all(report == reports[0] for report in reports)
    assert sorted(os.listdir(space.root / cache.FOLDER)) == [".gitignore", "CACHEDIR.TAG", "history", "pages"]


# ------------------------------------------------------------------------------------------------------------ processes


@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_the_number_of_processes_changes_nothing(workspace: MakeWorkspace, jobs: int) -> None:
    space = workspace({**pages(), "odd.md": "Caf\u00c3\u00a9 [x](no.md)\n", "bytes.md": b"\xff\xfe\x00"})
    assert found(space, jobs=jobs, cached=False) == found(space, cached=False)


def test_where_fork_is_missing(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(space, cached=False)
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert found(space, jobs=2, cached=False) == first


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the stand-in is handed over by fork")
def test_a_process_that_is_killed_leaves_its_pages_to_the_run(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = found(space, cached=False)
    read, run_itself = reading.parse_page, os.getpid()

    def dying(source: Source, wanted: reading.Wanted, *, with_code: bool = False) -> Parsed:
        if os.getpid() != run_itself and source.path == "p40.md":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(source, wanted, with_code=with_code)

    monkeypatch.setattr(workers, "parse_page", dying)
    assert found(space, jobs=2, cached=False) == first


@pytest.mark.parametrize(("number", "wanted", "jobs"), [(0, None, 1), (399, None, 1), (5, 9, 5), (0, 3, 1), (9, 1, 1)])
def test_processes_only_where_they_pay(number: int, wanted: int | None, jobs: int) -> None:
    assert workers.jobs_for(number, wanted) == jobs


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_an_interrupt_ends_all_processes_at_once(workspace: MakeWorkspace) -> None:
    space = workspace({f"p{count}.md": "# a\n\n" + "*a **b [c](d.md) " * 3_000 for count in range(240)})
    command = [sys.executable, "-m", "doclint", "check", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=space.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode in (130, 1)
    assert b"Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    left = os.listdir(space.root / cache.FOLDER) if (space.root / cache.FOLDER).exists() else []
    assert set(left) <= {".gitignore", "CACHEDIR.TAG", "history"} or process.returncode == 1


KILLED = """
import os, signal
from doclint import run, settings, workers

read, run_itself = workers.parse_page, os.getpid()

def parse_page(source, wanted, **flags):
    if os.getpid() == run_itself:
        os.kill(run_itself, signal.SIGKILL)
    return read(source, wanted, **flags)

workers.parse_page = parse_page
run.check((), settings.Settings(), os.getcwd(), jobs=3)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")
def test_when_the_run_is_killed_no_process_stays_behind(workspace: MakeWorkspace) -> None:
    # More than a pipe holds.
    space = workspace({f"p{count}.md": "# a\n\n" + "[c](d.md) " * 3_000 for count in range(120)})
    process = subprocess.Popen([sys.executable, "-c", KILLED], cwd=space.root, start_new_session=True)
    assert process.wait(timeout=60) == -signal.SIGKILL
    for _ in range(300):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("a process waits for ever")


# ---------------------------------------------------------------------------------------------- what a kept page means


@pytest.mark.parametrize(
    "room",
    [
        "parse/fast/skim.py",
        "slug/github.py",
        "plain_links.py",
        "model/links.py",
        "kept.py",
        "certain.py",
        "repair/page.py",
    ],
)
def test_other_code_keeps_other_pages(room: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = fingerprint.fingerprint()
    home = tmp_path / "doclint"
    shutil.copytree(os.path.dirname(fingerprint.__file__), home, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "__file__", str(home / "fingerprint.py"))
    assert fingerprint.fingerprint() == before
    with open(home / room, "a", encoding="utf-8") as file:
        file.write("# another line\n")
    assert fingerprint.fingerprint() != before


SIGNS = "aé技\x00\x7f\x85\u00a0\u200b\u2028\u202e\u2066\u2069\ufeff\ufffd\udc80Ã©`\n "


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_of_a_page_that_is_kept_no_rule_on_encodings_has_anything_to_say(text: str) -> None:
    source = decode.decode("a.md", text.encode("utf-8", "surrogateescape"))
    if not isinstance(source, Source) or not reading.is_whole(source) or reading.holds_strange(source.text):
        return
    page = reading.read_page(source, reading.Wanted())
    index = index_of({})
    assert [hit for rule in RULES if rule.looks_at is Aspect.TEXT for hit in rule.check(page, index)] == []


def test_names_of_anchors_are_known_in_the_next_run(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({f"p{count}.md": f"# Cup\n\n[next](p{count // 2}.md#cup)\n" for count in range(60)})
    assert found(space) == ()
    monkeypatch.setattr(skimmed.Skimmed, "_gather", lambda _: pytest.fail("anchors were made again"))
    assert found(space) == ()
