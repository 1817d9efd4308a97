"""Pages and repositories that were made to hurt: each ends in findings or in silence, never in a stack trace or a hang.

Sizes are bounded: what is held here is that doclint ends as it should; how fast it is, the benchmarks hold.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from doclint.parse import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from conftest import MakeWorkspace

HANG = 60
"""Seconds after which a run counts as hanging: a hundred times what any of them takes."""

SIZE = 20_000
"""Bytes of a flood."""

needs_posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and symbolic links")
needs_any_bytes = pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes any bytes")


def doclint(cwd: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "doclint", *words],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")[-2000:]
    assert done.stderr == b""
    return done


def findings(cwd: Path, *words: str) -> list[dict[str, Any]]:
    done = doclint(cwd, "check", "--format", "json", *words)
    report = json.loads(done.stdout)
    assert done.returncode == bool(report["findings"])
    found: list[dict[str, Any]] = report["findings"]
    return found


def rules(cwd: Path, *words: str) -> list[str]:
    return sorted({finding["rule"] for finding in findings(cwd, *words)})


def flood(piece: str) -> str:
    return piece * (SIZE // len(piece.encode()))


def rows(row: str, number: int) -> str:
    """Return `row` so many times, each with its number in the place of `@`."""
    return "".join(row.replace("@", str(index)) for index in range(number))


def misread(text: str, codec: str) -> str:
    return text.encode().decode(codec, "replace")


# ---------------------------------------------------------------------------------------------- floods that say nothing

HARMLESS = {
    "brackets": flood("["),
    "links that never end": flood("[a]("),
    "links back to front": flood("]("),
    "images that never end": flood("!["),
    "references that never end": flood("[a]["),
    "angle destinations that never end": flood("[a](<b"),
    "titles that never end": flood('[a](b "'),
    "tags that never end": flood("<a "),
    "attributes that never end": flood("<a href='"),
    "end tags that never end": flood("</a "),
    "comments that never end": flood("<!--"),
    "blocks of HTML that never end": flood("\n\n<pre>"),
    "blocks of HTML that end otherwise": flood("\n\n<pre></script>"),
    "paragraphs of HTML that never end": flood("\n\n<p>a\n<"),
    "attributes that say nothing and never end": flood('\n\n<p class="'),
    "links in HTML that never end": flood('\n\n<a class="b" '),
    "headings of code that never ends": flood("\n\n# `"),
    "headings of escapes": flood("\n\n# \\*a\\*"),
    "declarations": flood("<!X "),
    "character data": flood("<![CDATA["),
    "instructions": flood("<?"),
    "an unknown declaration": flood("<![x["),
    "back-ticks": flood("`"),
    "back-ticks of every length": " ".join("`" * length for length in range(1, 200)),
    "quotes in quotes": ">" * 2_000 + " a",
    "quotes and lists in each other": flood("> - " * 40 + "a\n"),
    "lists in lists": "".join(f"{'  ' * depth}- a\n" for depth in range(300)),
    "equal headings": "# same\n\n" * 5_000,
    "emphasis": flood("*a _b "),
    "strong emphasis": flood("**a "),
    "strike-through": flood("~~a"),
    "footnotes that never end": flood("[^"),
    "footnotes": rows("x[^n@]\n\n", 700) + rows("[^n@]: note\n\n", 700),
    "definitions": rows("[label @]: https://example.org/@\n", 700),
    "equal definitions": flood("[a]: https://example.org\n"),
    "wiki links": flood("[[a]] "),
    "an open front matter": "---\n" + flood("a: b\n"),
    "an endless heading": flood("a\n") + "===\n",
    "a table of columns": f"{'|a' * 3_000}|\n{'|-' * 3_000}|\n",
    "a table of rows": "|a|b|\n|-|-|\n" + flood("|c|d|\n"),
    "a table of escaped pipes": "|a|\n|-|\n|" + "\\|" * 9_000 + "|\n",
    "attributes": f"<a {rows('a@=b ', 2_000)}>\n",
    "commas in a srcset": f'<img srcset="{"," * SIZE}">\n',
    "addresses": flood("https://example.org/a "),
    "an address with a tail": f"https://example.org/{').' * 9_000} x\n",
    "entities": flood("&amp;"),
    "backslashes": flood("\\"),
    "line ends of old": flood("\r"),
    "one line of ASCII": flood("word "),
    "one line of letters with accents": flood("é"),
    "one line of Chinese": flood("技"),
    "a drawing in one line": flood("╔═╗│┤"),
    "a drawing": flood("│ a ├──┤ b │\n"),
    "all kinds of characters": "".join(map(chr, range(0x4E00, 0x9F00))),
    "an empty page": "",
    "a byte-order mark in the middle": flood("a \ufeff b\n\n"),
}


def pages(floods: Mapping[str, str]) -> dict[str, str]:
    """Name each page after its flood, so that a finding says which one it is."""
    return {f"{name.replace(' ', '-').replace(',', '')}.md": text for name, text in floods.items()}


def test_floods_without_a_fault_are_silent(workspace: MakeWorkspace) -> None:
    assert findings(workspace(pages(HARMLESS)).root) == []


def test_no_harmless_flood_is_written_to(workspace: MakeWorkspace) -> None:
    space = workspace(pages(HARMLESS))
    untouched = space.tree()
    assert doclint(space.root, "fix", "--unsafe").returncode == 0
    assert space.tree() == untouched


# --------------------------------------------------------------------------------------------------- floods with faults

HARMFUL = {
    "broken links, one a line": (rows("[a](b@)\n\n", 1_500), ["missing-file"]),
    "broken links in one line": (rows("[a](b@) ", 1_500), ["missing-file"]),
    "broken links in raw HTML": (rows("<img src=b@> ", 1_500), ["missing-file"]),
    "empty links": (flood("[]() "), ["empty-link"]),
    "undefined references": (rows("`c` [a@][b@]\n", 900), ["undefined-reference"]),
    "used definitions": (rows("[a@]: b@.md\n", 800) + "\n" + rows("[a@]\n", 800), ["missing-file"]),
    "a srcset of broken links": (f'<img srcset="{rows("a@.png 1x, ", 1_200)}">\n', ["missing-file"]),
    "missing anchors beside headings": (
        rows("# Section number @\n\n", 400) + rows("[a](#section-numbr-@)\n\n", 300),
        ["missing-anchor"],
    ),
    "lost characters in one line": (flood("\ufffd a "), ["replacement-character"]),
    "lost characters": (flood("a\ufffdb\n\n"), ["replacement-character"]),
    "C1 controls": (flood("a\x91b\n"), ["control-character"]),
    "C1 controls in one line": (flood("\x85 "), ["control-character"]),
    "zero-width characters in one word": (flood("a\u200b") + "a", ["control-character"]),
    "bidirectional controls": (flood("a\u202eb\n"), ["control-character"]),
    "suppressions that silence nothing": (
        rows("<!-- doclint-disable-next-line missing-file -->\n\n", 300),
        ["unused-suppression"],
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_flood_of_faults_is_reported(name: str, workspace: MakeWorkspace) -> None:
    text, expected = HARMFUL[name]
    space = workspace({"page.md": text})
    assert rules(space.root) == expected


def test_a_flood_of_faults_fits_every_report(workspace: MakeWorkspace) -> None:
    space = workspace({f"page{number}.md": text[-2_000:] for number, (text, _) in enumerate(HARMFUL.values())})
    for form in ("text", "github"):
        assert doclint(space.root, "check", "--format", form).returncode == 1
    assert doclint(space.root, "check", "--quiet").stdout.count(b"\n") == len(findings(space.root))


LOSSLESS = ("latin-1", "cp1251", "iso8859-2", "mac_roman", "cp437", "cp850", "koi8-r")


@pytest.mark.parametrize("codec", LOSSLESS)
def test_a_page_that_is_damaged_throughout_is_mended_throughout(codec: str, workspace: MakeWorkspace) -> None:
    whole = rows("Съешь ещё этих мягких булок, да выпей чаю: строка @.\n\n", 150)
    damaged = misread(whole, codec)
    if "\ufffd" in damaged:
        # cp1251 has no character for one byte; browsers keep it as a control, and so must a way back.
        damaged = "".join(misread_byte(byte, codec) for byte in whole.encode())
    space = workspace({"page.md": damaged})
    doclint(space.root, "fix")
    assert space.read("page.md").decode() == whole


def misread_byte(byte: int, codec: str) -> str:
    character = bytes((byte,)).decode(codec, "replace")
    return chr(byte) if character == "\ufffd" else character


@pytest.mark.parametrize("codec", ["cp1252", "cp1253", "cp1257"])
def test_a_flood_with_lost_bytes_is_reported_and_left_alone(codec: str, workspace: MakeWorkspace) -> None:
    damaged = misread(rows("Съешь ещё этих мягких булок, да выпей чаю: строка @.\n\n", 150), codec)
    space = workspace({"page.md": damaged})
    assert doclint(space.root, "fix").returncode == 1
    assert space.read("page.md").decode() == damaged


def test_a_stray_byte_among_mojibake_is_no_character(workspace: MakeWorkspace) -> None:
    # A closing quotation mark ends in the byte 0x9d, which windows-1252 does not know and a program kept as it was.
    lines = "".join(f"Größe {number}: schöne Grüße aus Köln, “sehr” früh\n" for number in range(4))
    damaged = lines.encode().decode("cp1252", "surrogateescape").encode("utf-8", "surrogateescape")
    space = workspace({"page.md": damaged})
    assert "lossy-mojibake" in rules(space.root) or "mojibake" in rules(space.root)


# -------------------------------------------------------------------------------------------------------- other formats

FLOODS_OF_FORMATS = {
    "a.mdx": ["{", "}", "{/*", "<A ", '<A b={"', "<A><B.c", "export {", "import x\n", "```\n", "`a``b", "{`", "~~~a\n"],
    "a.html": ["<a ", "<!--", "<script>", "<a href=", "&", "<![x[", "<pre>", "<p id=a>", "<base href=x>"],
    "a.rst": [
        ".. ",
        "`a <b>`_ ",
        "::\n\n",
        "* a\n ",
        "|a| ",
        "{/*",
        "*a\n",
        "x:`a",
        "A\n=\n",
        ".. |a| replace:: |a|\n\n",
    ],
}


@pytest.mark.parametrize(
    ("name", "piece"), [(name, piece) for name, pieces in FLOODS_OF_FORMATS.items() for piece in pieces]
)
def test_a_flood_in_another_format_ends(name: str, piece: str) -> None:
    if name.endswith(".rst"):
        pytest.importorskip("docutils", reason="an optional extra")
    text = flood(piece)
    for link in parse(text, name).links:
        assert link.destination_span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"cells": [' * 5_000,
        "[" * 50_000 + "]" * 50_000,
        '{"cells": [{"cell_type": "markdown", "source": "' + "\\\\u0041" * 3_000 + '"}]}',
        '{"cells": [{"cell_type": "markdown", "source": ["' + "[a](" * 5_000 + '"]}]}',
        '{"cells": [{"cell_type": "markdown", "source": ["' + "$a `b` " * 3_000 + '"]}]}',
        '{"cells": [{"cell_type": "markdown", "source": "' + "\\ud83d" * 3_000 + '"}]}',
        '{"cells": {"cell_type": "markdown", "source": 1}}',
        '{"cells": [1, null, [], {"source": {"a": ["x"]}, "cell_type": ["markdown"]}]}',
        '{"cells": [{"cell_type": "markdown", "source": ' + "9" * 20_000 + "}]}",
    ],
)
def test_a_hostile_notebook_is_a_finding_or_silence(text: str, workspace: MakeWorkspace) -> None:
    space = workspace({"a.ipynb": text})
    assert rules(space.root) in ([], ["unreadable-page"], ["control-character"])
    doclint(space.root, "fix", "--unsafe")
    assert space.read("a.ipynb").decode() == text


# ------------------------------------------------------------------------------------------------------ what is no page


NO_TEXT = {
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\xff\xfe",
    "UTF-16 cut off": b"\xff\xfe#\0 \0a",
    "UTF-32 that is none": b"\xff\xfe\0\0abc",
    "UTF-32 without a mark": "# Titel\n".encode("utf-32-le") * 50,
    "NUL bytes": b"a\0\0b\0\0" * 500,
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_one_finding_and_stays_as_it_is(name: str, workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": NO_TEXT[name]})
    assert [finding["rule"] for finding in findings(space.root)] == ["unreadable-page"]
    doclint(space.root, "fix", "--unsafe")
    assert space.read("page.md") == NO_TEXT[name]


def test_utf_16_with_a_mark_is_read_and_stays_utf_16(workspace: MakeWorkspace) -> None:
    text = "# Größe\r\n\r\n[a](#größe) [b](gone.md)\r\n".encode("utf-16")
    space = workspace({"page.md": text})
    assert rules(space.root) == ["missing-file", "not-utf8"]
    doclint(space.root, "fix")
    assert space.read("page.md") == text


def test_stray_bytes_beside_mojibake_do_no_harm(workspace: MakeWorkspace) -> None:
    text = "DÃ©jÃ\xa0 vu Ã\xa0 cÃ´tÃ© de l'Ã©tÃ©.\n\n".encode() * 20
    space = workspace({"page.md": text + b"\xff\xfe und \xe4\n"})
    assert "not-utf8" in rules(space.root)
    doclint(space.root, "fix", "--unsafe")
    assert space.read("page.md").endswith(b"\xff\xfe und \xe4\n")


# ------------------------------------------------------------------------------------------------ the file system's own


def symlink(folder: Path, name: str, target: str) -> None:
    os.symlink(target, folder / name)


@needs_posix
def test_what_is_no_regular_file_is_passed_over(workspace: MakeWorkspace) -> None:
    space = workspace({"dir.md/inside.md": "# In\n", "README.md": "[a](dir.md) [b](dir.md/inside.md#in)\n"})
    os.mkfifo(space.root / "pipe.md")
    symlink(space.root, "dangling.md", "nowhere")
    symlink(space.root, "one.md", "two.md")
    symlink(space.root, "two.md", "one.md")
    symlink(space.root, "myself", ".")
    assert findings(space.root) == []
    space.git("add", "--all")
    assert findings(space.root) == []


@needs_posix
def test_a_socket_is_passed_over(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"README.md": "# Title\n"})
    monkeypatch.chdir(space.root)  # the path of a socket may have a hundred characters only
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert findings(space.root) == []


@needs_posix
def test_a_pipe_in_the_place_of_a_tracked_page_hangs_nothing(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "[a](pipe.md#title)\n", "pipe.md": "# Title\n"})
    (space.root / "pipe.md").unlink()
    os.mkfifo(space.root / "pipe.md")
    assert findings(space.root) == []
    doclint(space.root, "fix")


@needs_posix
def test_links_through_a_symbolic_link_to_a_page_are_not_judged(workspace: MakeWorkspace) -> None:
    space = workspace({"README.md": "# Title\n"})
    symlink(space.root, "twin.md", "README.md")
    space.commit({"page.md": "[a](twin.md) [b](twin.md#title)\n"})
    assert findings(space.root) == []


def test_a_percent_sign_in_a_name_is_found(workspace: MakeWorkspace) -> None:
    space = workspace({"100%.md": "# Full\n", "README.md": "[a](100%25.md#full) [b](100%.md)\n"})
    assert findings(space.root) == []


@needs_any_bytes
def test_names_that_are_not_text_are_found_and_shown_on_one_line(workspace: MakeWorkspace) -> None:
    names = (os.fsdecode(b"bad\xff.md"), "new\nline.md", "\x1b[31mred.md")
    space = workspace(dict.fromkeys(names, "# Title\n\n[a](gone.md)\n"))
    space.commit({"README.md": "[a](bad%FF.md#title) [b](new%0Aline.md#title) [c](%1b[31mred.md#title)\n"})
    lines = doclint(space.root, "check", "--quiet").stdout.decode().splitlines()
    assert len(lines) == len(names)
    assert not any(line.startswith("README.md") for line in lines)
    assert not any("\x1b" in line for line in lines)


@needs_any_bytes
def test_a_name_that_is_not_text_is_written_back_with_its_bytes(workspace: MakeWorkspace) -> None:
    name = os.fsdecode(b"bad\xff.md")
    space = workspace({name: "# Title\n", "README.md": "[a](BAD%FF.md)\n"})
    assert doclint(space.root, "fix").returncode == 0
    assert space.read("README.md").upper() == b"[A](BAD%FF.MD)\n"
    assert findings(space.root) == []


def test_a_large_target_is_read_once(workspace: MakeWorkspace) -> None:
    target = "".join(f"# h {number}\n" for number in range(10_000))
    links = "".join(f"[a](target.md#h-{number})\n" for number in range(0, 10_000, 50))
    space = workspace({"README.md": links, "target.md": target})
    assert findings(space.root, "README.md") == []


# ----------------------------------------------------------------------------------------------------- outside the root

SPY = """
import os, runpy, sys

opened = open(sys.argv.pop(1), "wb", buffering=0)  # a run ends without closing what it has open
refuses_links = getattr(os, "O_NOFOLLOW", 0)
def note(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if event == "open" and arguments[2] & refuses_links and os.path.islink(path):
            return  # the system opens nothing then
        opened.write(os.fsencode(os.path.realpath(path) + "\\0"))
sys.addaudithook(note)
runpy.run_module("doclint", run_name="__main__", alter_sys=True)
"""


def opened_below(folder: Path, cwd: Path, words: Sequence[str], log: Path) -> list[str]:
    """Return which files below `folder` a run opens, symbolic links resolved."""
    command = [sys.executable, "-c", SPY, str(log), *words]
    done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=HANG, check=False)
    assert done.returncode in (0, 1), done.stderr
    names = log.read_text(encoding="utf-8", errors="surrogateescape").split("\0")
    assert names, "the spy saw nothing"
    return [name for name in names if name.startswith(str(folder))]


LURES = (
    "[a](../../../../../../dev/zero) [b](../secret/page.md#title) [c](%2e%2e/secret/page.md#x) [d](/dev/zero)\n"
    "[e](file:///etc/passwd) [f](<..\\\\secret\\\\page.md>) [g](data/notes.txt#L99) [h](pages/page.md#nope)\n"
    "[i](twin.md#title) <img src=../secret/picture.png>\n"
)


@needs_posix
@pytest.mark.parametrize("command", [("check", "--select", "all"), ("fix", "--unsafe", "--select", "all")])
def test_nothing_outside_the_root_is_opened(command: tuple[str, ...], workspace: MakeWorkspace, tmp_path: Path) -> None:
    secret = tmp_path.resolve() / "secret"
    secret.mkdir()
    (secret / "page.md").write_text("# CafÃ© et thÃ©\n")
    (secret / "notes.txt").write_text("one\n")
    untouched = {file.name: file.read_bytes() for file in secret.iterdir()}
    space = workspace({"README.md": LURES, "data/notes.txt": "one\n", "pages/page.md": "# Title\n", "own.md": "# a\n"})
    for folder in ("data", "pages"):
        # What git tracks below a folder, while the disk has a symbolic link in the folder's place.
        for file in (space.root / folder).iterdir():
            file.unlink()
        (space.root / folder).rmdir()
        symlink(space.root, folder, "../secret")
    (space.root / "own.md").unlink()
    symlink(space.root, "own.md", "../secret/page.md")
    symlink(space.root, "twin.md", "../secret/page.md")
    assert opened_below(secret, space.root, command, tmp_path / "log") == []
    assert {file.name: file.read_bytes() for file in secret.iterdir()} == untouched


def test_the_spy_sees_what_is_opened(workspace: MakeWorkspace, tmp_path: Path) -> None:
    space = workspace({"README.md": "# Title\n"})
    assert opened_below(space.root, space.root, ["check"], tmp_path / "log") != []


@needs_posix
def test_settings_of_a_repository_do_not_lead_out_of_it(workspace: MakeWorkspace, tmp_path: Path) -> None:
    secret = tmp_path.resolve() / "secret"
    secret.mkdir()
    (secret / "page.md").write_text("# CafÃ© et thÃ©\n")
    space = workspace({"README.md": "# Title\n", "doclint.toml": 'root = ".."\n'})
    done = subprocess.run(
        [sys.executable, "-m", "doclint", "check", "--format", "json"],
        cwd=space.root,
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    assert done.returncode == 2
    assert b"root" in done.stderr
