from __future__ import annotations

import os
import stat
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from conftest import look
from doclint.model import HeldBack, Outcome, Rename, Safety
from doclint.names import judged
from doclint.repair.proof import corrupt
from doclint.rules.mojibake_name import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree, Workspace
    from doclint.model import Finding


def damaged(text: str, codec: str = "cp1252") -> str:
    return corrupt(text, (codec,))


TECHNIQUE = damaged("技术.md")
COFFEE = damaged("café")
CLEAN = (
    "技术.md", "説明書.md", "기술.md", "Ärger.md", "naïve.md", "её.md", "ЕЩЁ.md", "CAFÉ.md", "Größe.md", "Straße.md",
    "año.md", "coração.md", "è.md", "à-propos.md", "Übersicht über Äpfel.md", "żółw.md", "příliš žluťoučký.md",
    "árvíztűrő.md", "înălțime.md", "Ελληνικά.md", "Ή.md", "Türkçe-İstanbul.md", "עברית.md", "العربية.md", "हिन्दी.md",
    "Tiếng Việt.md", "ไทย.md", "українська-ґ.md", "lietuvių.md", "Ålesund.md", "smørrebrød.md", "þorn.md", "català.md",
    "Ünïcödé.md", "🚀.md", "👩‍👩‍👧.md", "❤️.md", "“quotes”.md", "a–b.md", "5 €.md", "§1.md", "½.md", "x² ± y.md", "Ÿ.md",
    "ÀÉ.md", "Ã.md", "São.md", "AÇÃO.md", "Â.md",
)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- silent


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", CLEAN)
def test_silent_for_a_clean_name(name: str, form: str) -> None:
    assert not judged([unicodedata.normalize(form, name)])  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_silent_for_all_clean_names_together(form: str) -> None:
    assert not judged(unicodedata.normalize(form, name) for name in CLEAN)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["readme.md", "a b.md", "%C3%83%C2%A9.md", "a\\b.md", "-.md"])
def test_silent_for_a_name_of_ascii(name: str) -> None:
    assert not judged([name])
    assert not look(RULE, "", page=name)


@pytest.mark.parametrize("name", ["caf\udce9.md", "\udcc3\udc28.md", "CafÃ©\udcff.md", "\ud800.md"])
def test_silent_for_a_name_that_is_no_text(name: str) -> None:
    assert not judged([name])
    assert not look(RULE, "", [name])


def test_silent_for_examples_of_mojibake() -> None:
    assert not judged(["mojibake-é-als-Ã©.md", "Größe.md", "Straße.md", "Übersicht.md"])


def test_silent_for_what_only_the_page_says() -> None:
    assert not look(RULE, f"# {damaged('Größe')}\n\n{damaged('Überfälle')}\n")


def test_silent_on_pages_beside_a_damaged_name() -> None:
    assert not look(RULE, "[a](b.md)", [TECHNIQUE])


def test_silent_for_a_folder_that_was_reported_at_its_first_file() -> None:
    assert not look(RULE, "", [f"{COFFEE}/a.png"], page=f"{COFFEE}/b.md")


def test_silent_outside_the_paths_and_where_it_is_excluded(workspace: MakeWorkspace) -> None:
    space = workspace({"docs/a.md": "", f"img/{COFFEE}.png": b"\x89PNG", TECHNIQUE: ""})
    assert not space.check("docs")
    assert not space.check("docs/a.md")
    assert not space.check("img", exclude=("img/",))
    assert not space.check(ignore=("mojibake-name",))
    assert not space.check(per_file_ignores=(("*", ("mojibake-name",)),))
    assert [finding.path for finding in space.check("img")] == [f"img/{COFFEE}.png"]
    assert [finding.path for finding in space.check(TECHNIQUE)] == [TECHNIQUE]
    assert [finding.path for finding in space.check(include=("*.md",))] == [TECHNIQUE]


def test_silent_where_a_comment_says_so(workspace: MakeWorkspace) -> None:
    space = workspace({TECHNIQUE: "<!-- doclint-disable-file mojibake-name: as it came -->\n"})
    assert not space.check()


def test_silent_where_git_ignores_the_file(workspace: MakeWorkspace) -> None:
    space = workspace({".gitignore": "*.png\n", "a.md": ""})
    space.write({f"{COFFEE}.png": b"\x89PNG"})
    assert not space.check()


# ------------------------------------------------------------------------------------------------------------ loud


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1251", "mac_roman", "cp437", "koi8-r"])
def test_each_name_is_told_what_it_should_be(codec: str) -> None:
    names = ["Übersicht über Größen.md", "Ärger mit Behörden.md", "Straße.png"]
    found = judged(damaged(name, codec) for name in names)
    assert {verdict.repaired for verdict in found.values()} == set(names)


def test_damaged_twice() -> None:
    assert judged([damaged(damaged("Übersicht.md"))])[damaged(damaged("Übersicht.md"))].repaired == "Übersicht.md"


def test_a_page() -> None:
    [seen] = look(RULE, "# Title\n", page=f"docs/{TECHNIQUE}")
    assert seen.message == f'file name "{TECHNIQUE}" is UTF-8 read as windows-1252: it should be "技术.md"'
    assert seen.help == "doclint fix --unsafe renames it"
    assert seen.hit.fix is not None
    assert seen.hit.fix.renames == (Rename(f"docs/{TECHNIQUE}", "docs/技术.md"),)
    assert seen.hit.fix.safety is Safety.UNSAFE


def test_a_finding_shows_no_line_of_the_page(workspace: MakeWorkspace) -> None:
    [finding] = workspace({TECHNIQUE: "# Title\n"}).check()
    assert (finding.place.line, finding.place.column, finding.excerpt) == (1, 1, "")


def test_a_folder_once(workspace: MakeWorkspace) -> None:
    tree: Tree = {f"docs/{COFFEE}/{number}.md": "" for number in range(50)}
    [finding] = workspace(tree).check()
    assert finding.path == f"docs/{COFFEE}/0.md"
    expected = f'name of the folder "docs/{COFFEE}" is UTF-8 read as windows-1252: it should be "café"'
    assert finding.message == expected


def test_a_file_that_is_no_page_and_one_that_is_not_tracked(workspace: MakeWorkspace) -> None:
    space = workspace({f"{COFFEE}.png": b"\x89PNG"})
    space.write({f"sub/{TECHNIQUE}": "", f"{damaged('über')}.jpg": b""})
    assert [finding.path for finding in space.check()] == sorted(
        [f"{COFFEE}.png", f"sub/{TECHNIQUE}", f"{damaged('über')}.jpg"]
    )


def test_bytes_are_missing() -> None:
    names = [damaged(name) for name in ("Übersicht über Größen.md", "Prüfungen für Köche.md", "für „alle“.md")]
    lossy = names[2].replace("\x9d", "").replace("œ", "")
    found = judged([*names[:2], lossy])
    assert found[names[0]].repaired == "Übersicht über Größen.md"
    assert lossy not in found or found[lossy].repaired is None


def test_bytes_are_missing_says_so() -> None:
    lossy = damaged("技术文档的说明.md").replace("\x81", "").replace("\x8d", "").replace("š", "").replace("\xad", "")
    [seen] = look(RULE, "", page=lossy)
    assert seen.message.endswith("and bytes are missing")
    assert seen.hit.fix is None


def test_a_name_that_cannot_be_given() -> None:
    [seen] = look(RULE, "", ["技术.md"], page=TECHNIQUE)
    assert seen.help == 'not to be renamed by doclint: "技术.md" is there already'
    assert seen.hit.fix is None


@pytest.mark.parametrize("other", ["CAFÉ.md", "cafe\u0301.md", "Café.md/x.png"])
def test_nearly_the_same_name_is_there(other: str) -> None:
    [seen] = look(RULE, "", [other], page=f"{COFFEE}.md")
    assert seen.hit.fix is None


def test_two_that_would_become_the_same() -> None:
    name = "Übersicht über Größen.md"
    [seen] = look(RULE, "", [damaged(name, "mac_roman")], page=damaged(name))
    assert seen.help == "not to be renamed by doclint: another damaged name would become the same"


def test_a_submodule_keeps_its_name() -> None:
    [seen] = look(RULE, "", submodules=[f"{COFFEE}/lib"], page=f"{COFFEE}/a.md")
    assert seen.hit.fix is None
    assert "submodule" in seen.help


def test_a_link_that_cannot_be_rewritten_keeps_the_name() -> None:
    link = quote(f"{COFFEE}/a.md", safe="")
    assert "%2F" in link
    [seen] = look(RULE, "", {"docs/x.md": f"[a](../{link})"}, page=f"{COFFEE}/a.md")
    assert seen.help == 'not to be renamed by doclint: it cannot rewrite a link in "docs/x.md"'
    assert seen.hit.fix is None


# --------------------------------------------------------------------------------------------------- before -> after


def renamed(space: Workspace) -> Outcome:
    """Fix with --unsafe, and assert what must hold of every rename."""
    untouched, index = space.tree(), space.git("ls-files", "-s")
    assert not space.fix(select=("mojibake-name",)).renamed, "a plain fix renames nothing"
    shown = space.fix(level=Safety.UNSAFE, dry=True)
    assert (space.tree(), space.git("ls-files", "-s")) == (untouched, index), "a dry run wrote"
    done = space.fix(level=Safety.UNSAFE)
    assert (shown.renamed, shown.moved, shown.changed) == (done.renamed, done.moved, done.changed)
    after = space.tree()
    assert len(after) == len(untouched), "a file is lost"
    again = space.fix(level=Safety.UNSAFE)
    assert not again.renamed
    assert not again.changed
    assert space.tree() == after
    return done


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.path}: {finding.rule}" for finding in findings]


LINKS = [
    ("[a]({raw})", "[a]({new})"),
    ("[a](<{raw}> 'title')", "[a](<{new}> 'title')"),
    ("[a]({quoted}#x)", "[a]({new_quoted}#x)"),
    ("[a](./{raw}?plain=1#L3)", "[a](./{new}?plain=1#L3)"),
    ("[a](/{raw})", "[a](/{new})"),
    ("![a]({quoted})", "![a]({new_quoted})"),
    ("[a][b]\n\n[b]: {raw} 'why'", "[a][b]\n\n[b]: {new} 'why'"),
    ("[b]: <{raw}>", "[b]: <{new}>"),
    ('<a href="{raw}">a</a>', '<a href="{new}">a</a>'),
    ("<img src={raw}>", "<img src={new}>"),
    ("<img srcset='{quoted} 2x, other.png'>", "<img srcset='{new_quoted} 2x, other.png'>"),
    ("[a](sub/../{raw})", "[a](sub/../{new})"),
    ("[a]({new}) `{raw}` [{raw}](other.md)", "[a]({new}) `{raw}` [{raw}](other.md)"),
]


@pytest.mark.parametrize(("before", "after"), LINKS)
def test_links_are_written_anew_as_they_were_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    words = {"raw": TECHNIQUE, "new": "技术.md", "quoted": quote(TECHNIQUE), "new_quoted": quote("技术.md")}
    tree: Tree = {
        # Enough that is intact, so that the page itself is left alone.
        "page.md": f"<!-- latin-1 mojibake -->\n# Größe\n\nÄrger\n\nÜbung\n\nöde\n\n{before.format(**words)}\n",
        TECHNIQUE: "",
        "other.md": "",
        "other.png": b"",
        "sub/x.md": "",
    }
    space = workspace(tree)
    done = renamed(space)
    assert done.renamed == (Rename(TECHNIQUE, "技术.md"),)
    assert space.read("page.md").decode().endswith(f"öde\n\n{after.format(**words)}\n")
    assert space.git("-c", "core.quotepath=no", "ls-files") == "other.md\nother.png\npage.md\nsub/x.md\n技术.md"
    assert "missing-file" not in {finding.rule for finding in space.check()}


def test_a_name_with_spaces(workspace: MakeWorkspace) -> None:
    old, new = damaged("Grüße aus Köln.md"), "Grüße aus Köln.md"
    text = "# Mojibake and latin-1\n\nä\n\nö\n\nü\n\n[a](<{}>) [b]({})\n"
    space = workspace({"page.md": text.format(old, quote(old)), old: ""})
    renamed(space)
    assert space.read("page.md").decode() == text.format(new, quote(new))


def test_a_folder_with_all_that_is_in_it(workspace: MakeWorkspace) -> None:
    inside = damaged("Größe.md")
    before: Tree = {
        "README.md": f"[a](docs/{quote(COFFEE)}/{quote(inside)}) [b](docs/{quote(COFFEE)}/) [c](docs/café/Größe.md)\n",
        f"docs/{COFFEE}/{inside}": f"[a](../../README.md) [b](pic.png) [c](../{quote(COFFEE)}/pic.png)\n",
        f"docs/{COFFEE}/pic.png": b"\x89PNG",
        ".gitignore": "*.tmp\n",
    }
    space = workspace(before)
    space.write({f"docs/{COFFEE}/new.md": "[a](pic.png)\n", f"docs/{COFFEE}/x.tmp": "ignored"})
    done = renamed(space)
    assert space.tree() == {
        "README.md": f"[a](docs/{quote('café')}/{quote('Größe.md')}) [b](docs/{quote('café')}/) "
        "[c](docs/café/Größe.md)\n".encode(),
        "docs/café/Größe.md": f"[a](../../README.md) [b](pic.png) [c](../{quote('café')}/pic.png)\n".encode(),
        "docs/café/pic.png": b"\x89PNG",
        "docs/café/new.md": b"[a](pic.png)\n",
        "docs/café/x.tmp": b"ignored",
        ".gitignore": b"*.tmp\n",
    }
    assert done.renamed == (
        Rename(f"docs/{COFFEE}", "docs/café"),
        Rename(f"docs/{COFFEE}/{inside}", "docs/café/Größe.md"),
    )
    assert not done.findings
    assert not space.check()
    assert space.git("status", "--porcelain", "-z").split("\0")[-2] == "?? docs/café/new.md"


def test_a_page_whose_text_is_damaged_like_its_name(workspace: MakeWorkspace) -> None:
    text = "# Überblick\n\n[Größe](Größe.md) und [Übung](<Übung für Köche.md>), schön\n"
    names = {"Größe.md": "", "Übung für Köche.md": "", "Überblick.md": text}
    space = workspace({damaged(name): damaged(content) for name, content in names.items()})
    untouched = space.tree()
    assert "missing-file" not in {finding.rule for finding in space.check()}
    plain = space.fix()
    assert "missing-file" not in {finding.rule for finding in plain.findings}
    links = [name for name, content in untouched.items() if b"](" in content]
    [line] = [line for line in space.read(links[0]).decode().split("\n") if "](" in line]
    assert line in damaged(text).split("\n"), "a plain fix breaks no link that works"
    renamed(space)
    assert space.tree() == {name: content.encode() for name, content in names.items()}
    assert not space.check()


def test_what_is_staged_stays_staged(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": ""})
    space.write({TECHNIQUE: "staged\n"})
    space.git("add", TECHNIQUE)
    space.write({TECHNIQUE: "not staged\n"})
    renamed(space)
    assert space.read("技术.md") == b"not staged\n"
    assert space.git("show", ":技术.md") == "staged"


def test_an_untracked_file(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"[a]({quote(TECHNIQUE)})\n"})
    space.write({TECHNIQUE: "text\n", f"{COFFEE}/x.png": b"x"})
    done = space.fix(level=Safety.UNSAFE)
    assert [rename.new for rename in done.renamed] == ["café", "技术.md"]
    assert space.tree() == {
        "a.md": f"[a]({quote('技术.md')})\n".encode(),
        "技术.md": b"text\n",
        "café/x.png": b"x",
    }
    assert space.git("ls-files") == "a.md"


def test_only_the_names_that_are_asked_about(workspace: MakeWorkspace) -> None:
    space = workspace({f"docs/{TECHNIQUE}": "", f"img/{COFFEE}.png": b"", "x.md": f"[a](docs/{quote(TECHNIQUE)})\n"})
    done = space.fix("docs", level=Safety.UNSAFE)
    assert [rename.new for rename in done.renamed] == ["docs/技术.md"]
    assert set(space.tree()) == {"docs/技术.md", f"img/{COFFEE}.png", "x.md"}
    assert space.read("x.md") == f"[a](docs/{quote('技术.md')})\n".encode()


def test_the_repaired_name_is_right_before_and_after(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[a](技术.md) [b](技木.md)\n", TECHNIQUE: "", "技朮.md": ""})
    missing = [finding for finding in space.check() if finding.rule == "missing-file"]
    assert missing[0].help == f'it is there as "{TECHNIQUE}", a damaged name: doclint fix --unsafe renames it'
    assert missing[0].fix is None
    space.fix(level=Safety.UNSAFE, select=("mojibake-name",))
    assert space.read("a.md") == "[a](技术.md) [b](技木.md)\n".encode()


def test_a_link_in_another_letter_case(workspace: MakeWorkspace) -> None:
    old = f"{COFFEE}-X.md"
    space = workspace({"a.md": f"[a]({quote(COFFEE)}-x.md)\n", old: ""})
    renamed(space)
    assert space.read("a.md") == f"[a]({quote('café')}-X.md)\n".encode()


# ------------------------------------------------------------------------------------------------------- held back


def test_never_over_a_file_that_git_ignores(workspace: MakeWorkspace) -> None:
    space = workspace({".gitignore": "技术.md\n", TECHNIQUE: "mine\n", "a.md": f"[a]({quote(TECHNIQUE)})\n"})
    space.write({"技术.md": "ignored\n"})
    untouched = space.tree()
    done = space.fix(level=Safety.UNSAFE)
    assert done.held_back == (HeldBack(TECHNIQUE, 'there is something called "技术.md" on the disk already'),)
    assert told(done.findings) == [f"{TECHNIQUE}: mojibake-name"]
    assert not done.renamed
    assert space.tree() == untouched


def test_what_a_symbolic_link_leads_to_keeps_its_name(workspace: MakeWorkspace) -> None:
    space = workspace({f"{COFFEE}/a.md": ""})
    (space.root / "link.md").symlink_to(f"{COFFEE}/a.md")
    space.commit({})
    done = space.fix(level=Safety.UNSAFE)
    assert [held.reason for held in done.held_back] == ['the symbolic link "link.md" leads to it']
    assert (space.root / "link.md").exists()


def test_not_through_a_symbolic_link(workspace: MakeWorkspace) -> None:
    space = workspace({f"docs/{COFFEE}.png": b"x", "a.md": ""})
    (space.root / "docs").rename(space.root.parent / "elsewhere")
    (space.root / "docs").symlink_to(space.root.parent / "elsewhere")
    done = space.fix(level=Safety.UNSAFE)
    assert [held.reason for held in done.held_back] == ["it lies behind a symbolic link"]
    assert (space.root.parent / "elsewhere" / f"{COFFEE}.png").exists()


def test_a_file_that_is_not_checked_out(workspace: MakeWorkspace) -> None:
    space = workspace({f"{COFFEE}.png": b"x", "a.md": ""})
    (space.root / f"{COFFEE}.png").unlink()
    done = space.fix(level=Safety.UNSAFE)
    assert [held.reason for held in done.held_back] == ["it is not on the disk"]


def test_git_refuses(workspace: MakeWorkspace) -> None:
    space = workspace({f"{COFFEE}/{TECHNIQUE}": "", "a.md": f"[a]({quote(COFFEE)}/{quote(TECHNIQUE)})\n"})
    (space.root / ".git" / "index.lock").touch()
    done = space.fix(level=Safety.UNSAFE)
    assert len(done.held_back) == 2
    assert all("index.lock" in held.reason for held in done.held_back)
    assert not done.renamed
    (space.root / ".git" / "index.lock").unlink()
    # The links were written first: the next run gives the files the names that they spell.
    assert [rename.new for rename in space.fix(level=Safety.UNSAFE).renamed] == ["café", "café/技术.md"]
    assert not space.check()


def test_a_page_that_cannot_be_written_keeps_the_name(workspace: MakeWorkspace) -> None:
    space = workspace({TECHNIQUE: "", "a.md": f"[a]({quote(TECHNIQUE)})\n", f"{COFFEE}.png": b""})
    (space.root / "a.md").chmod(stat.S_IRUSR)
    done = space.fix(level=Safety.UNSAFE)
    assert [rename.new for rename in done.renamed] == ["café.png"]
    assert [held.path for held in done.held_back] == ["a.md", TECHNIQUE]
    assert told(done.findings) == [f"{TECHNIQUE}: mojibake-name"]


def test_outside_git(tmp_path: os.PathLike[str]) -> None:
    from doclint import mending, run
    from doclint.settings import Settings

    root = os.path.join(os.path.realpath(tmp_path), "plain")
    os.makedirs(os.path.join(root, COFFEE))
    for name, text in {f"{COFFEE}/a.md": "", "b.md": f"[a]({quote(COFFEE)}/a.md)\n"}.items():
        with open(os.path.join(root, name), "w", encoding="utf-8") as file:
            file.write(text)
    done = mending.fix((), Settings(), root, level=Safety.UNSAFE)
    assert done.renamed == (Rename(COFFEE, "café"),)
    assert sorted(os.listdir(root)) == ["b.md", "café"]
    assert not run.check((), Settings(), root).findings


# --------------------------------------------------------------------------------------------------------- reports


def said(space: Workspace, *words: str, stdin: bytes = b"") -> str:
    command = [sys.executable, "-m", "doclint", *words]
    done = subprocess.run(command, cwd=space.root, input=stdin, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


def space_with_folder(workspace: MakeWorkspace) -> Workspace:
    tree: Tree = {
        "README.md": f"# Read\n\n[a]({quote(COFFEE)}/a%20b.md)\n",
        f"{COFFEE}/a b.md": f"[a](../{quote(COFFEE)}/)\n",
        f"{COFFEE}/x.png": b"\x89PNG",
        f"{COFFEE}/y.png": b"\x89PNG!",
    }
    return workspace(tree)


def test_the_diff_is_one_that_git_applies(workspace: MakeWorkspace) -> None:
    space = space_with_folder(workspace)
    untouched = space.tree()
    patch = said(space, "fix", "--unsafe", "--diff")
    assert space.tree() == untouched
    assert f"rename from {COFFEE}/x.png\nrename to café/x.png\n" in patch
    assert patch.index("rename to café/a b.md\n") < patch.index("+[a](../caf%C3%A9/)\n")
    subprocess.run(["git", "apply", "--index", "-"], cwd=space.root, input=patch.encode(), check=True)
    applied = space.tree()
    assert set(applied) == {"README.md", "café/a b.md", "café/x.png", "café/y.png"}
    space.git("reset", "--quiet", "--hard")
    space.fix(level=Safety.UNSAFE)
    assert space.tree() == applied


def test_the_reports_tell_what_was_renamed(workspace: MakeWorkspace) -> None:
    import json

    [finding, *_] = json.loads(said(space_with_folder(workspace), "check", "--format", "json"))["findings"]
    assert finding["fix"]["renames"] == [{"from": COFFEE, "to": "café"}]
    assert {edit.get("path", finding["path"]) for edit in finding["fix"]["edits"]} == {"README.md", f"{COFFEE}/a b.md"}
    text = said(space_with_folder(workspace), "fix", "--unsafe")
    assert f"fixed café/a b.md (1 fix)\nrenamed {COFFEE} to café\n" in text
    report = json.loads(said(space_with_folder(workspace), "fix", "--unsafe", "--format", "json"))
    assert report["summary"]["renamed"] == [{"from": COFFEE, "to": "café"}]
    annotations = said(space_with_folder(workspace), "fix", "--unsafe", "--format", "github")
    assert f"::notice file=café,title=doclint%3A renamed::{COFFEE} is now café\n" in annotations


def test_a_page_on_standard_input_is_not_renamed(workspace: MakeWorkspace) -> None:
    space = workspace({TECHNIQUE: "# A\n", "b.md": f"[a]({quote(TECHNIQUE)})\n"})
    untouched = space.tree()
    page = f"[a]({quote(TECHNIQUE)})\n"
    assert said(space, "fix", "--unsafe", "--stdin-filename", TECHNIQUE, "-", stdin=page.encode()) == page
    assert space.tree() == untouched


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_names_that_are_not_utf8_do_no_harm(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": f"[a](caf%E9/{quote(TECHNIQUE)})\n"})
    folder = os.path.join(os.fsencode(space.root), b"caf\xe9")
    os.mkdir(folder)
    for name in (TECHNIQUE.encode(), b"\xff.md"):
        with open(os.path.join(folder, name), "wb"):
            pass
    space.git("add", "--all")
    for form in ("text", "json", "github"):
        assert "mojibake-name" in said(space, "check", "--format", form)
    done = space.fix(level=Safety.UNSAFE)
    assert [rename.new for rename in done.renamed] == ["caf\udce9/技术.md"]
    assert sorted(os.listdir(folder)) == sorted([b"\xff.md", "技术.md".encode()])
    assert space.read("a.md") == f"[a](caf%E9/{quote('技术.md')})\n".encode()


# -------------------------------------------------------------------------------------------- in other circumstances


def test_addresses_of_the_repository_itself(workspace: MakeWorkspace) -> None:
    folder = "https://github.com/ours/manual/blob/main/docs"
    text = (
        "[a]({0}/{1}#x) <{0}/{1}> [b](../../blob/main/docs/{1}) [c](https://github.com/theirs/x/blob/main/docs/{1})\n"
    )
    space = workspace({"page.md": text.format(folder, quote(TECHNIQUE)), f"docs/{TECHNIQUE}": "# x\n"})
    space.git("remote", "add", "origin", "https://github.com/ours/manual.git")
    renamed(space)
    foreign = f"theirs/x/blob/main/docs/{quote('技术.md')}"
    wanted = text.format(folder, quote("技术.md")).replace(foreign, foreign.replace(quote("技术.md"), quote(TECHNIQUE)))
    assert space.read("page.md").decode() == wanted


def test_a_root_below_the_top_level(workspace: MakeWorkspace) -> None:
    from doclint import mending
    from doclint.settings import Settings
    from doclint.value import replace

    space = workspace({f"site/{COFFEE}/a.md": "", "site/b.md": f"[a](/{quote(COFFEE)}/a.md)\n", "c.md": ""})
    settings = replace(Settings(), root=str(space.root / "site"))
    done = mending.fix((), settings, str(space.root / "site"), level=Safety.UNSAFE)
    assert done.renamed == (Rename(COFFEE, "café"),)
    assert space.read("site/b.md") == f"[a](/{quote('café')}/a.md)\n".encode()
    assert space.git("-c", "core.quotepath=no", "ls-files") == "c.md\nsite/b.md\nsite/café/a.md"


def test_a_file_in_the_middle_of_a_merge_is_held_back(workspace: MakeWorkspace) -> None:
    space = workspace({TECHNIQUE: "one\n"})
    space.git("checkout", "--quiet", "-b", "other")
    space.commit({TECHNIQUE: "two\n"})
    space.git("checkout", "--quiet", "main")
    space.commit({TECHNIQUE: "three\n"})
    with pytest.raises(subprocess.CalledProcessError):
        space.git("merge", "other")
    untouched = space.tree()
    done = space.fix(level=Safety.UNSAFE)
    assert [held.path for held in done.held_back] == [TECHNIQUE]
    assert space.tree() == untouched


def test_a_moved_anchor_and_a_moved_page_in_one_link(workspace: MakeWorkspace) -> None:
    space = workspace({TECHNIQUE: damaged("# Übersicht über Größen\n"), "a.md": ""})
    link = f"[a]({quote(TECHNIQUE)}#{quote(damaged('übersicht-über-größen').lower())})\n"
    space.commit({"a.md": link})
    space.fix(level=Safety.UNSAFE)
    assert space.read("技术.md") == "# Übersicht über Größen\n".encode()
    assert space.read("a.md").startswith(f"[a]({quote('技术.md')}#".encode())
    assert not space.fix(level=Safety.UNSAFE).renamed


def test_deep_below_one_another(workspace: MakeWorkspace) -> None:
    parts = ["für", "über", "Öl", "Maß", "süß", "Tür", "Gruß", "Käse", "Übung", "schön", "Höhe", "Größe"]
    old, new = "/".join(map(damaged, parts)), "/".join(parts)
    space = workspace({f"{old}.md": f"[a]({'../' * 11}b.md)\n", "b.md": f"[a]({quote(old)}.md) [b]({new}.md)\n"})
    done = renamed(space)
    assert len(done.renamed) == len(parts)
    assert space.read("b.md") == f"[a]({quote(new)}.md) [b]({new}.md)\n".encode()
    assert not space.check()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](/guide/{raw})", "[a](/guide/{new})"),
        ("[a](@site/docs/guide/{raw}#x)", "[a](@site/docs/guide/{new}#x)"),
        ("[a](guide/{raw})", "[a](guide/{new})"),
    ],
)
def test_a_link_on_a_site_follows(workspace: MakeWorkspace, before: str, after: str) -> None:
    page = "<!-- latin-1 mojibake -->\n# Größe\n\nÄrger\n\nÜbung\n\nöde\n\n"
    space = workspace(
        {
            "docusaurus.config.js": "",
            "docs/page.md": page + before.format(raw=TECHNIQUE) + "\n",
            f"docs/guide/{TECHNIQUE}": "# x\n",
        }
    )
    renamed(space)
    assert space.read("docs/page.md").decode() == page + after.format(new="技术.md") + "\n"


def test_an_address_that_leaves_out_the_ending_keeps_the_name(workspace: MakeWorkspace) -> None:
    page = "<!-- latin-1 mojibake -->\n# Größe\n\nÄrger\n\nÜbung\n\nöde\n\n[a](/guide/{})\n"
    text = page.format(TECHNIQUE.removesuffix(".md"))
    space = workspace({"docusaurus.config.js": "", "docs/page.md": text, f"docs/guide/{TECHNIQUE}": "# x\n"})
    assert renamed(space).renamed == ()
    assert space.read("docs/page.md").decode() == text
