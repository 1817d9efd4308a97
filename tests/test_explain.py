"""`doclint explain`: each step is told, and the verdict is that of a check."""

from __future__ import annotations

import json
import os
import pathlib
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import doclint
from doclint.cli import cli
from doclint.explain import Explained, Verdict, explain, place_of
from doclint.model import UsageError
from doclint.report.explanation import render
from doclint.report.visible import columns
from doclint.settings import Settings
from doclint.slug import FLAVOURS

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace


def things(space: Workspace, file: str, line: int, column: int | None = None, **wishes: object) -> list[Explained]:
    settings = Settings(**wishes)  # type: ignore[arg-type]
    return list(explain(file, line, column, settings, str(space.root)).things)


def said(space: Workspace, file: str, line: int, column: int | None = None, **wishes: object) -> str:
    [thing] = things(space, file, line, column, **wishes)
    return "\n".join((thing.verdict.value, *thing.steps))


def test_a_fault_of_the_file_is_told_on_its_first_line(workspace: MakeWorkspace) -> None:
    names = ("cafÃ© crÃ¨me.md", "thÃ© vert.md", "pÃ¢tÃ© chaud.md")
    space = workspace(dict.fromkeys(names, "# Menu\n\nBread.\n"))
    [thing] = things(space, names[0], 1)
    assert thing.what == "the file"
    assert "Rule mojibake-name reports it" in thing.steps[0]
    assert things(space, names[0], 3) == []


def test_a_cell_of_a_notebook_and_a_wiki_link_are_explained(workspace: MakeWorkspace) -> None:
    cell = '{"cells": [\n{"cell_type": "markdown", "metadata": {}, "source": ["[x](gone.md)"]}\n]}\n'
    space = workspace({"a.ipynb": cell, "w.md": "[[Rye Bread]] [[Gone]]\n", "rye-bread.md": "# Rye\n"})
    assert said(space, "a.ipynb", 2).startswith("wrong\n")
    right, wrong = things(space, "w.md", 1, wiki_links=True)
    assert (right.verdict, wrong.verdict) == (Verdict.RIGHT, Verdict.WRONG)


def test_a_flag_is_told_from_a_setting(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"a.md": "[b](b.md)\n", "b.md": "", "doclint.toml": 'flavour = "gitlab"\n'})
    monkeypatch.chdir(space.root)
    assert "gitlab, as the setting `flavour` says" in CliRunner().invoke(cli, ["explain", "a.md:1"]).output
    done = CliRunner().invoke(cli, ["explain", "a.md:1", "--flavour", "gitea"])
    assert "gitea, as --flavour says" in done.output


def test_a_folder_of_the_settings_is_named(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = '[[folder]]\npath = "docs"\nflavour = "hugo"\n'
    space = workspace({"docs/a.md": "[b](b.md)\n", "docs/b.md": "", "doclint.toml": settings})
    monkeypatch.chdir(space.root)
    output = CliRunner().invoke(cli, ["explain", "docs/a.md:1"]).output
    assert "hugo, as a table [[folder]] of the settings says of docs" in output


# ----------------------------------------------------------------------------------------------------- right and silent


def test_a_line_without_links_and_damage_has_nothing_to_explain(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# Bread\n\nFlour, water, salt.\n"})
    explanation = explain("a.md", 3, None, Settings(), str(space.root))
    assert explanation.things == ()
    assert explanation.silence == "there is no link and no damage"


@pytest.mark.parametrize(
    "line", ["[b](b.md)", "[b](b.md#rye)", "[b](docs/)", "[up](#bread)", "![i](i.png)", "[l](b.md#L3)"]
)
def test_what_a_check_finds_right_is_right(workspace: MakeWorkspace, line: str) -> None:
    tree = {"a.md": f"# Bread\n\n{line}\n", "b.md": "# Dough\n\n## Rye\n", "docs/c.md": "# C\n", "i.png": ""}
    text = said(workspace(tree), "a.md", 3)
    assert text.startswith("right\n")
    assert "No rule reports it." in text


@pytest.mark.parametrize("line", ["<https://example.org>", "[m](mailto:a@example.org)"])
def test_what_is_not_checked_is_not_judged(workspace: MakeWorkspace, line: str) -> None:
    assert said(workspace({"a.md": f"{line}\n"}), "a.md", 1).startswith("not judged\n")


def test_an_anchor_is_traced_to_its_heading(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md#rye-bread)\n", "b.md": "# Dough\n\n## Rye *bread*\n"})
    assert '#rye-bread is made of the heading "Rye bread" in line 3 of b.md.' in said(space, "a.md", 1)


def test_an_anchor_behind_a_repair_is_told_with_its_line_on_the_disk(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md#x)\n", "b.md": "CafÃ© crÃ¨me brÃ»lÃ©e\n\n<a id='x'></a>\n"})
    assert "#x is written in line 3 of b.md." in said(space, "a.md", 1)


# ---------------------------------------------------------------------------------------------------------------- links


def test_a_missing_file_is_told_with_what_git_says(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": "[b](gone.md)\n"}), "a.md", 1)
    assert text.startswith("wrong\n")
    assert "gone.md: git does not track it." in text
    assert "no file moved away from there" in text
    assert "Rule missing-file reports it" in text
    assert "Nothing silences it." in text


def test_where_git_saw_a_file_go_is_told(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](old.md)\n", "old.md": "# Sourdough\n\nFlour and water, kept warm.\n"})
    space.git("mv", "old.md", "new.md")
    space.commit({})
    assert "In git's history it moved to new.md; nothing else was ever there." in said(space, "a.md", 1)


def test_an_untracked_file_is_told_apart(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md)\n"})
    space.write({"b.md": "# B\n"})
    assert "it is on your disk, but git does not track it" in said(space, "a.md", 1)


def test_a_missing_anchor_is_told_with_how_anchors_are_made(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[b](b.md#instal)\n", "b.md": "# Dough\n\n## Install\n"})
    text = said(space, "a.md", 1)
    assert "None of them is #instal." in text
    assert '#install is made of the heading "Install" in line 3 of b.md.' in text
    assert "How github makes an anchor:" in text


def test_a_name_that_the_host_does_not_read_is_told(workspace: MakeWorkspace) -> None:
    tree = {"a.md": "[b](b.md#set-up)\n", "b.md": "# Dough\n\n## Install {#set-up}\n"}
    text = said(workspace(tree), "a.md", 1)
    assert "{#set-up} stands behind a heading; github shows that as text." in text
    assert "shows that as text" not in said(workspace(tree), "a.md", 1, flavour="docusaurus")


def test_of_a_page_without_anchors_nothing_more_is_told(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": "[b](b.md#x)\n", "b.md": "Flour.\n"}), "a.md", 1)
    assert "has 0 anchors; #x is looked for." in text
    assert "None of them" not in text
    assert "How github makes" not in text


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_how_anchors_are_made_is_told_without_names_of_our_files(workspace: MakeWorkspace, flavour: str) -> None:
    space = workspace({"a.md": "# A\n\n[b](b.md#instal)\n", "b.md": "# Dough\n\n## Install\n"})
    text = said(space, "a.md", 3, None, flavour=flavour)
    assert f"How {flavour} makes an anchor:" in text
    assert ".py" not in text


def test_a_name_is_looked_for_once(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": '<a id="Z"></a> [z](#Z)\n'}), "a.md", 1, 20)
    assert "#Z or #z is looked for." in text


def test_a_destination_is_told_as_written_and_as_meant(workspace: MakeWorkspace) -> None:
    assert "is written a&amp;b.md, which means a&b.md." in said(workspace({"p.md": "[x](a&amp;b.md)\n"}), "p.md", 1)


def test_a_column_chooses_one_of_two_links(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[one](one.md) and [two](two.md)\n"})
    assert len(things(space, "a.md", 1)) == 2
    assert [thing.what for thing in things(space, "a.md", 1, 20)] == ["the link two.md"]
    assert things(space, "a.md", 1, 15) == []


def test_on_a_site_each_path_that_is_tried_is_told(workspace: MakeWorkspace) -> None:
    tree = {"mkdocs.yml": "site_name: x\n", "docs/a.md": "[b](../b/)\n", "docs/b/index.md": "# B\n"}
    text = said(workspace(tree), "docs/a.md", 1)
    assert "The page's flavour is mkdocs, guessed from mkdocs.yml for docs." in text
    assert "git does not track docs/b.md" not in text.partition("several files")[0]
    assert "docs/b/index.md: git tracks this file." in text


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({}, "by default: no setting and no configuration of a site generator says otherwise"),
        ({"flavour": "gitlab"}, "gitlab, as the setting `flavour` says"),
    ],
)
def test_why_a_page_has_its_flavour_is_told(workspace: MakeWorkspace, wishes: dict[str, object], reason: str) -> None:
    assert reason in said(workspace({"a.md": "[b](b.md)\n", "b.md": ""}), "a.md", 1, None, **wishes)


# ------------------------------------------------------------------------------------------------------------- silences


def test_the_comment_that_silences_is_named(workspace: MakeWorkspace) -> None:
    page = "# A\n\n<!-- doclint-disable-next-line missing-file: made later -->\n[b](gone.md)\n"
    text = said(workspace({"a.md": page}), "a.md", 4)
    assert text.startswith("wrong\n")
    assert "The comment <!-- doclint-disable-next-line missing-file: made later --> in line 3 silences it." in text


def test_a_rule_that_is_not_selected_is_named(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": "[b](gone.md)\n"}), "a.md", 1, ignore=("missing-file",))
    assert "The settings do not select missing-file, so it is not reported." in text


def test_a_setting_for_some_files_is_named(workspace: MakeWorkspace) -> None:
    ignores = (("a.md", ("missing-file",)),)
    text = said(workspace({"a.md": "[b](gone.md)\n"}), "a.md", 1, per_file_ignores=ignores)
    assert "`per-file-ignores` silences missing-file" in text


def test_the_baseline_that_knows_it_is_named(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"a.md": "[b](gone.md)\n"})
    monkeypatch.chdir(space.root)
    run = CliRunner().invoke
    run(cli, ["check", "--baseline", "known.json", "--write-baseline"])
    assert "The baseline known.json knows it" in run(cli, ["explain", "a.md:1", "--baseline", "known.json"]).output


# --------------------------------------------------------------------------------------------------------------- damage


def test_damage_is_told_with_its_code_page_and_its_proof(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": "# A\n\nUn cafÃ© crÃ¨me.\n"}), "a.md", 3)
    assert text.startswith("damaged\n")
    assert "was read as windows-1252" in text
    assert 'In UTF-8 "é" is C3 A9; windows-1252 reads that as "Ã©".' in text
    assert "Proof: damaging the repaired text again in the same way gives exactly what is on the disk." in text
    assert "certain enough for `doclint fix`" in text
    assert "Rule mojibake reports it" in text


def test_damage_of_two_rounds_is_told_round_by_round(workspace: MakeWorkspace) -> None:
    twice = "Un café crème.".encode().decode("cp1252").encode().decode("cp1252")
    text = said(workspace({"a.md": f"{twice}\n"}), "a.md", 1)
    assert 'In UTF-8 "é" is C3 A9; windows-1252 reads that as "Ã©".' in text
    assert 'In UTF-8 "Ã©" is C3 83 C2 A9; windows-1252 reads that as "Ã\N{LATIN SMALL LETTER F WITH HOOK}Â©".' in text


def test_damage_without_an_exact_way_back_has_no_proof(workspace: MakeWorkspace) -> None:
    text = said(workspace({"a.md": "# A\n\nUn cafÃ© noir, une crÃ¨me brÃ»lÃ©e et dÃ©jÃ\ufffd tout.\n"}), "a.md", 3)
    assert "There is no exact way back" in text
    assert "Proof" not in text


def test_clean_prose_with_accents_is_not_damage(workspace: MakeWorkspace) -> None:
    assert things(workspace({"a.md": "Un café crème, déjà vu.\n"}), "a.md", 1) == []


def test_every_finding_of_a_check_is_explained_as_a_fault(workspace: MakeWorkspace) -> None:
    tree = {
        "a.md": "[b](B.md) [c](gone.md) [d](b.md#no)\n\nUn cafÃ© crÃ¨me.\n\n[e]() [t][u]\n\nzero\u200bwidth\n",
        "b.md": "# B\n",
    }
    space = workspace(tree)
    for finding in space.check():
        found = things(space, "a.md", finding.place.line, finding.place.column)
        assert any(f"Rule {finding.rule} reports" in step for thing in found for step in thing.steps), finding.rule
        assert {thing.verdict for thing in found} <= {Verdict.WRONG, Verdict.DAMAGED}


# ------------------------------------------------------------------------------------------------------------ wrong use


@pytest.mark.parametrize("words", ["a.md", "a.md:", "a.md:x", ":3", "a.md:0", "a.md:1:0", "a.md:1:2:x"])
def test_a_place_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match=r"PATH:LINE|count from 1"):
        place_of(words)


def test_a_name_with_a_colon_is_a_name() -> None:
    assert place_of("C:\\docs\\a.md:3") == ("C:\\docs\\a.md", 3, None)
    assert place_of("notes:2.md:3:4") == ("notes:2.md", 3, 4)


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        ("a.md:9", "a.md:9: there is no such line; the page has 2"),
        ("a.md:1:99", "there is no such column; the line has 3 characters"),
        ("b.md:1", "no such file or folder: 'b.md'"),
        (".:1", "is no file"),
        ("bin.md:1", "cannot be read"),
    ],
)
def test_a_place_that_is_not_there_is_one_line(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, place: str, complaint: str
) -> None:
    space = workspace({"a.md": "# A\nb\n", "bin.md": bytes(range(256)) * 4})
    monkeypatch.chdir(space.root)
    done = CliRunner().invoke(cli, ["explain", place])
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_a_page_says_cannot_speak_to_the_terminal(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({"a.md": "[x](gone\x1b[31m.md) \x1b]0;t\x07\n"})
    monkeypatch.chdir(space.root)
    done = CliRunner().invoke(cli, ["explain", "a.md:1"])
    assert done.exit_code == 0
    assert "\x1b" not in done.output


# ----------------------------------------------------------------------------------------------------------------- JSON

SCHEMA = pathlib.Path(doclint.__file__).parent / "report" / "explanation.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def told(*words: str) -> dict[str, Any]:
    """Return what `explain` says as JSON."""
    done = CliRunner().invoke(cli, ["explain", *words, "--format", "json"])
    assert (done.exit_code, done.stderr) == (0, "")
    explanation: dict[str, Any] = json.loads(done.stdout)
    VALIDATOR.validate(explanation)
    return explanation


def test_a_program_is_told_the_same(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"docs/a.md": "# A\n\n[b](b.md#instal) [c](gone.md)\n", "docs/b.md": "# B\n\n## Install\n"})
    monkeypatch.chdir(space.root / "docs")
    explanation = told("a.md:3")
    assert {key: explanation[key] for key in ("version", "path", "line", "text", "silence")} == {
        "version": 1,
        "path": "a.md",
        "line": 3,
        "text": "[b](b.md#instal) [c](gone.md)",
        "silence": None,
    }
    monkeypatch.chdir(space.root)
    expected = things(space, "docs/a.md", 3)
    assert [thing["what"] for thing in explanation["things"]] == [thing.what for thing in expected]
    assert [thing["verdict"] for thing in explanation["things"]] == ["wrong", "wrong"]
    assert [thing["rules"] for thing in explanation["things"]] == [["missing-anchor"], ["missing-file"]]
    assert [thing["column"] for thing in explanation["things"]] == [5, 22]
    assert "None of them is #instal." in explanation["things"][0]["steps"]


def test_a_program_is_told_of_silence(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace({"a.md": "# Bread\n\n[up](#bread) <https://example.org>\n"}).root)
    nothing = told("a.md:1")
    assert (nothing["things"], nothing["silence"]) == ([], "there is no link and no damage")
    right = told("a.md:3")
    assert right["silence"] is None
    assert [(thing["verdict"], thing["rules"]) for thing in right["things"]] == [("right", []), ("not-judged", [])]


def test_a_step_of_several_lines_is_one_step_for_a_program(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace({"a.md": "[b](b.md#instal)\n", "b.md": "# Dough\n\n## Install\n"}).root)
    [thing] = told("a.md:1")["things"]
    assert all(step and not step.startswith(" ") for step in thing["steps"])
    shown = CliRunner().invoke(cli, ["explain", "a.md:1"]).stdout
    assert len(thing["steps"]) == sum(line.lstrip().partition(".")[0].isdecimal() for line in shown.splitlines()[3:])


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes there")
def test_json_holds_what_no_text_can(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace({"a\udcff.md": b"[x](gone\xff\x1b.md) caf\xc3\x83\xc2\xa9\n"}).root)
    done = CliRunner().invoke(cli, ["explain", "a\udcff.md:1", "--format", "json"])
    assert "\x1b" not in done.stdout
    explanation = json.loads(done.stdout)
    VALIDATOR.validate(explanation)
    assert explanation["path"] == "a\\xff.md"


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_steps_are_broken_between_words(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.chdir(workspace({"a.md": "[b](b.md#安装)\n", "b.md": "# 技术文档 面包\n\n## 如何安装\n"}).root)
    explanation = explain("a.md", 1, None, Settings(), os.getcwd())
    plain = render(explanation, cwd=os.getcwd(), color=False).splitlines()[3:]
    shown = render(explanation, cwd=os.getcwd(), color=False, width=width).splitlines()[3:]
    assert " ".join(" ".join(shown).split()) == " ".join(" ".join(plain).split())
    assert all(sum(map(columns, line)) <= min(width, 100) or len(line.split()) <= 2 for line in shown)
    assert all(line[:6].strip(" 0123456789.") == "" for line in shown)


def test_a_narrow_terminal_gets_a_short_line(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace({"a.md": f"{'bread ' * 30}[b](gone.md){' rye' * 30}\n"}).root)
    explanation = explain("a.md", 1, None, Settings(), os.getcwd())
    for width, most in ((20, 20), (60, 60), (None, 100), (300, 100)):
        _, line, carets, *_ = render(explanation, cwd=os.getcwd(), color=False, width=width).splitlines()
        assert len(line) <= most
        marked = line[carets.index("^") : carets.rindex("^") + 1]
        assert marked in ("gone.md", "gone.md"[: len(marked)])
        assert len(marked) > 5
