"""The guarded write: whatever happens, a file is whole, as it was or as it should be."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from doclint import decode
from doclint.model import Source
from doclint.write import WriteError, check, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import MakeWorkspace

posix = pytest.mark.skipif(os.name != "posix", reason="needs modes and symbolic links as POSIX has them")

BEFORE = "# Cafe\n"
AFTER = "# Café\n"


def page(folder: Path, data: bytes = BEFORE.encode(), name: str = "page.md") -> Source:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    source = decode.read(str(folder), name)
    assert isinstance(source, Source)
    return source


def refusal(folder: Path, source: Source, text: str = AFTER) -> str:
    """Return why nothing is written, and make sure that nothing is left behind."""
    names = sorted(os.listdir(folder))
    with pytest.raises(WriteError) as caught:
        write(str(folder), source, text)
    assert sorted(os.listdir(folder)) == names
    reason = str(caught.value)
    assert reason
    assert "\n" not in reason
    return reason


def refuse(number: int) -> Callable[..., object]:
    def refusing(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return refusing


# ------------------------------------------------------------------------------------------------------ what stays


def test_the_new_text_is_all_that_is_left(tmp_path: Path) -> None:
    write(str(tmp_path), page(tmp_path), AFTER)
    assert (tmp_path / "page.md").read_bytes() == AFTER.encode()
    assert os.listdir(tmp_path) == ["page.md"]


def test_a_page_in_a_folder_is_written_there(tmp_path: Path) -> None:
    write(str(tmp_path), page(tmp_path, name="docs/page.md"), AFTER)
    assert os.listdir(tmp_path) == ["docs"]
    assert os.listdir(tmp_path / "docs") == ["page.md"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(encoding: str, line_end: str, tmp_path: Path) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    source = page(tmp_path, f"{mark}# Cafe{line_end}text{line_end}".encode(encoding))
    write(str(tmp_path), source, source.text.replace("Cafe", "Café"))
    assert (tmp_path / "page.md").read_bytes() == f"{mark}# Café{line_end}text{line_end}".encode(encoding)


def test_stray_bytes_stay(tmp_path: Path) -> None:
    source = page(tmp_path, "été déjà ça\n".encode() + b"\xff Cafe\n")
    write(str(tmp_path), source, source.text.replace("Cafe", "Café"))
    assert (tmp_path / "page.md").read_bytes() == "été déjà ça\n".encode() + b"\xff Caf\xc3\xa9\n"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o640])
def test_the_mode_stays(mode: int, tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").chmod(mode)
    umask = os.umask(0o077)
    try:
        write(str(tmp_path), source, AFTER)
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "page.md").stat().st_mode) == mode


@posix
def test_who_must_not_give_files_away_writes_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(tmp_path)
    monkeypatch.setattr(os, "chown", refuse(errno.EPERM))
    write(str(tmp_path), source, AFTER)
    assert (tmp_path / "page.md").read_bytes() == AFTER.encode()


def test_a_name_of_great_length_can_be_written(tmp_path: Path) -> None:
    name = f"{'n' * 250}.md"
    write(str(tmp_path), page(tmp_path, name=name), AFTER)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes long names of any bytes")
@pytest.mark.parametrize("character", ["技", "\N{GRINNING FACE}", "é"])
def test_a_long_name_of_large_characters_can_be_written(character: str, tmp_path: Path) -> None:
    name = character * (250 // len(character.encode())) + ".md"
    write(str(tmp_path), page(tmp_path, name=name), AFTER)
    assert os.listdir(tmp_path) == [name]


# ------------------------------------------------------------------------------------------------------ what refuses


@posix
def test_a_read_only_page_is_not_written(tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").chmod(0o444)
    assert "read-only" in refusal(tmp_path, source)
    assert (tmp_path / "page.md").read_bytes() == BEFORE.encode()
    assert stat.S_IMODE((tmp_path / "page.md").stat().st_mode) == 0o444


@posix
def test_a_page_in_a_read_only_folder_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # root may write to any folder, so the system's answer is played.
    source = page(tmp_path)
    monkeypatch.setattr("tempfile.mkstemp", refuse(errno.EACCES))
    assert "permission" in refusal(tmp_path, source)
    assert (tmp_path / "page.md").read_bytes() == BEFORE.encode()


def test_a_page_that_is_gone_stays_gone(tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").unlink()
    assert "no longer there" in refusal(tmp_path, source)
    assert os.listdir(tmp_path) == []


def test_a_page_whose_folder_is_gone_stays_gone(tmp_path: Path) -> None:
    source = page(tmp_path, name="docs/page.md")
    shutil.rmtree(tmp_path / "docs")
    assert "no longer there" in refusal(tmp_path, source)


@pytest.mark.parametrize(
    "now", [b"", b"# Cafe!\n", b"# Cafe\r\n", b"\xef\xbb\xbf# Cafe\n", b"\xff\xfe", AFTER.encode()]
)
def test_what_somebody_else_has_written_meanwhile_stays(now: bytes, tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").write_bytes(now)
    assert "changed meanwhile" in refusal(tmp_path, source)
    assert (tmp_path / "page.md").read_bytes() == now


def test_what_somebody_writes_during_the_write_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(tmp_path)
    flush = os.fsync

    def interrupted(descriptor: int) -> None:
        (tmp_path / "page.md").write_bytes(b"# Tea\n")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", interrupted)
    assert "changed meanwhile" in refusal(tmp_path, source)
    assert (tmp_path / "page.md").read_bytes() == b"# Tea\n"


@posix
def test_a_symbolic_link_in_the_page_s_place_is_not_followed(tmp_path: Path) -> None:
    source = page(tmp_path)
    elsewhere = tmp_path / "elsewhere.txt"
    (tmp_path / "page.md").replace(elsewhere)
    (tmp_path / "page.md").symlink_to("elsewhere.txt")
    refusal(tmp_path, source)
    assert (tmp_path / "page.md").is_symlink()
    assert elsewhere.read_bytes() == BEFORE.encode()


@posix
def test_a_symbolic_link_in_the_folder_s_place_is_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    source = page(root, name="docs/page.md")
    (root / "docs").rename(outside)
    (root / "docs").symlink_to("../outside")
    with pytest.raises(WriteError):
        write(str(root), source, AFTER)
    assert (outside / "page.md").read_bytes() == BEFORE.encode()


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_longer_a_file_is_left_alone(kind: str, tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").unlink()
    if kind == "folder":
        (tmp_path / "page.md").mkdir()
    else:
        os.mkfifo(tmp_path / "page.md")
    refusal(tmp_path, source)
    assert not (tmp_path / "page.md").is_file()


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_refuses_leaves_the_page_whole(
    call: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = page(tmp_path)
    monkeypatch.setattr(os, call, refuse(number))
    assert refusal(tmp_path, source) == os.strerror(number).lower()
    monkeypatch.undo()
    assert (tmp_path / "page.md").read_bytes() == BEFORE.encode()


def test_an_interruption_leaves_the_page_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = page(tmp_path)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(str(tmp_path), source, AFTER)
    monkeypatch.undo()
    assert os.listdir(tmp_path) == ["page.md"]
    assert (tmp_path / "page.md").read_bytes() == BEFORE.encode()


def test_a_character_that_the_encoding_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes("naïve".encode("latin-1"))
    source = Source("page.md", "naïve", "latin-1")
    reason = refusal(tmp_path, source, "naïve 技")
    assert "U+6280" in reason
    assert "latin-1" in reason
    assert (tmp_path / "page.md").read_bytes() == "naïve".encode("latin-1")


# ---------------------------------------------------------------------------------------------------- asked beforehand


def test_what_can_be_written_is_not_written_by_the_question(tmp_path: Path) -> None:
    source = page(tmp_path)
    check(str(tmp_path), source, AFTER)
    assert (tmp_path / "page.md").read_bytes() == BEFORE.encode()
    assert os.listdir(tmp_path) == ["page.md"]


@pytest.mark.parametrize("fault", ["read-only", "gone", "changed", "folder", "encoding", "link", "closed folder"])
def test_the_answer_is_what_the_write_would_say(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(tmp_path)
    file = tmp_path / "page.md"
    match fault:
        case "read-only":
            file.chmod(0o444)
        case "changed":
            file.write_bytes(b"# Tea\n")
        case "encoding":
            source = Source("page.md", BEFORE, "ascii")
        case "closed folder":
            # root may write to any folder, so the system's answer is played.
            monkeypatch.setattr(os, "access", lambda path, _: str(path) != str(tmp_path))
        case _:
            file.unlink()
    if fault == "folder":
        file.mkdir()
    if fault == "link":
        (tmp_path / "other.md").write_bytes(BEFORE.encode())
        file.symlink_to("other.md")
    with pytest.raises(WriteError) as caught:
        check(str(tmp_path), source, AFTER)
    assert str(caught.value) == refusal(tmp_path, source)


# --------------------------------------------------------------------------------------------------- a run as a whole


def damaged(text: str) -> bytes:
    return text.encode().decode("latin-1").encode()


WHOLE = "# Café à côté\n\nVoilà déjà l'été.\n\nÇa y est, c'était très léger.\n"


def test_a_page_that_cannot_be_written_is_reported_and_hides_no_other(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({f"page{number}.md": damaged(WHOLE) for number in range(3)})
    replace = os.replace

    def full(source: str, target: str) -> None:
        if target.endswith("page1.md"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    outcome = space.fix()
    assert [change.path for change in outcome.changed] == ["page0.md", "page2.md"]
    assert [(held.path, held.ours) for held in outcome.held_back] == [("page1.md", False)]
    assert {finding.path for finding in outcome.findings} == {"page1.md"}
    assert space.tree() == {
        "page0.md": WHOLE.encode(),
        "page1.md": damaged(WHOLE),
        "page2.md": WHOLE.encode(),
    }


def test_a_page_without_a_fault_is_never_opened_for_writing(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({"page.md": WHOLE})
    monkeypatch.setattr("doclint.together.write", refuse(errno.EIO))
    assert not space.fix().changed
    assert space.tree() == {"page.md": WHOLE.encode()}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_at_any_moment_each_page_is_old_or_new(workspace: MakeWorkspace) -> None:
    names = [f"page{number}.md" for number in range(120)]
    space = workspace(dict.fromkeys(names, damaged(WHOLE)))
    seen = set()
    for written in (1, 30, 90):
        space.write(dict.fromkeys(names, damaged(WHOLE)))
        process = subprocess.Popen(
            [sys.executable, "-m", "doclint", "fix", "--quiet"],
            cwd=space.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while sum(space.read(name) != damaged(WHOLE) for name in names) < written and process.poll() is None:
            assert time.monotonic() < deadline, "nothing was written"
        process.kill()
        process.wait()
        texts = {space.read(name) for name in names}
        seen |= texts
        assert texts <= {damaged(WHOLE), WHOLE.encode()}
    assert WHOLE.encode() in seen
    # What the killed runs have left beside the pages is no page, and the next run copes with it.
    done = subprocess.run(
        [sys.executable, "-m", "doclint", "fix", "--quiet"], cwd=space.root, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert {space.read(name) for name in names} == {WHOLE.encode()}
