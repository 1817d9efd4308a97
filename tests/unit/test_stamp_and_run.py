from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

import doclint
from conftest import PAGE, index_of
from doclint import mending, rules, run
from doclint.model import Edit, Fix, Hit, Place, Repaired, Safety, Severity, Span, Summary, UsageError
from doclint.plan import GUARD
from doclint.rules import BY_NAME, GROUPS, RULES, selected
from doclint.rules.base import Group, Rule
from doclint.settings import Settings
from doclint.stamp import findings, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import MakeWorkspace
    from doclint.index import RepoIndex
    from doclint.model import Page


def rule_of(*hits: Hit) -> Rule:
    """Return a rule that finds just these."""

    def check(_page: Page, _repo: RepoIndex) -> Iterator[Hit]:
        yield from hits

    return Rule("a-rule", Group.LINKS, Severity.INFO, check)


# -------------------------------------------------------------------------------------------------------------- stamp


def test_a_finding_has_what_its_rule_did_not_say() -> None:
    index = index_of({PAGE: "# One\n\nSome words.\n"})
    hit = Hit(Span(7, 11), "wrong", "mend it")
    [finding] = findings(index.pages[PAGE], index, [rule_of(hit)])[0]
    assert (finding.rule, finding.severity, finding.path) == ("a-rule", Severity.INFO, PAGE)
    assert (finding.message, finding.help, finding.fix) == ("wrong", "mend it", None)
    assert finding.span == Span(7, 11)
    assert finding.place == Place(3, 1, 3, 5)
    assert finding.excerpt == "Some words."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_count_lines_as_people_do(end: str) -> None:
    text = f"one{end}\x0b\x0c\u2028 two words{end}"
    index = index_of({PAGE: text})
    start = text.index("words")
    [finding] = findings(index.pages[PAGE], index, [rule_of(Hit(Span(start, start + 5), "wrong"))])[0]
    assert finding.place == Place(2, 9, 2, 14)
    assert finding.excerpt == "\x0b\x0c\u2028 two words"


def test_a_place_in_the_repaired_text_is_taken_to_the_disk() -> None:
    text = "CafÃ© [a](gone.md) crÃ¨me\n"
    index = index_of({PAGE: text})
    page = index.pages[PAGE]
    [finding] = findings(page, index, [BY_NAME["missing-file"]])[0]
    assert finding.span.of(text) == "gone.md"
    assert finding.place == Place(1, 11, 1, 18)
    assert finding.excerpt == text.rstrip()


def test_a_fix_is_taken_to_the_disk_too() -> None:
    text = "CafÃ© [a](Guide.md)\n"
    index = index_of({PAGE: text, "guide.md": ""})
    [finding] = findings(index.pages[PAGE], index, [BY_NAME["wrong-case"]])[0]
    assert finding.fix is not None
    assert [(edit.span.of(text), edit.text) for edit in finding.fix.edits] == [("Guide.md", "guide.md")]
    assert finding.edit_places == (Place(1, 11, 1, 19),)


def test_an_edit_of_another_page_has_its_place_there() -> None:
    other = "one\ntwo three\n"
    index = index_of({PAGE: "x\n", "other.md": other})
    fix = Fix("both", (Edit(Span(0, 1), "y"), Edit(Span(8, 13), "four", "other.md")), Safety.SAFE)
    [finding] = findings(index.pages[PAGE], index, [rule_of(Hit(Span(0, 1), "wrong", fix=fix))])[0]
    assert finding.edit_places == (Place(1, 1, 1, 2), Place(2, 5, 2, 10))
    assert finding.fix == fix


def test_comments_silence_and_are_counted() -> None:
    index = index_of(
        {PAGE: "<!-- doclint-disable-next-line missing-file -->\n[a](gone.md) [b](lost.md)\n[c](away.md)\n"}
    )
    kept, silenced = findings(index.pages[PAGE], index, RULES)
    assert [finding.message for finding in kept] == ['no file "away.md" in the repository']
    assert silenced == 2


def test_comments_are_read_where_repair_has_moved_them() -> None:
    damaged = "Größe zählt – für Höfe und Türen.".encode().decode("cp1252")
    text = f"{damaged}\n<!-- doclint-disable-next-line missing-file -->\n[a](gone.md) {damaged}\n[b](lost.md)\n"
    index = index_of({PAGE: text})
    kept, silenced = findings(index.pages[PAGE], index, [BY_NAME["missing-file"]])
    assert [finding.place.line for finding in kept] == [4]
    assert silenced == 1


def test_what_was_looked_at() -> None:
    text = (
        "[a](x.c) [b](x.c#f) [c](#gone) [d](https://example.com) <https://example.com> https://example.com/x\n"
        "[e](mailto:x@example.com) ![f](tel:1) [g]() [h](../x) `[i](x.c#f)` [j](docs#x)\n"
    )
    index = index_of({PAGE: text, "x.c": "", "docs/x.c": "", "other.md": "[k](x.c#f)\n"})
    assert summary([PAGE], index, 7) == Summary(pages=1, links=11, web=3, other=2, unknown=2, suppressed=7)
    assert summary([PAGE, "other.md"], index, 0).unknown == 3


# ------------------------------------------------------------------------------------------------------------ selection


def names(select: tuple[str, ...], ignore: tuple[str, ...] = ()) -> set[str]:
    return {rule.name for rule in selected(select, ignore)}


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(RULES) == 23
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in BY_NAME)
    assert not set(BY_NAME) & set(GROUPS)


def test_a_rule_is_called_as_its_file_is() -> None:
    assert [rule.check.__module__ for rule in RULES] == [
        f"doclint.rules.{rule.name.replace('-', '_')}" for rule in RULES
    ]


def test_what_is_off_by_default() -> None:
    off = {"unused-definition", "duplicate-definition", "line-out-of-range", "orphan-page", "orphan-image"}
    assert names(("all",)) - names(("default",)) == off
    assert {rule.name for rule in RULES if not rule.default} == off


def test_groups() -> None:
    assert names(("encoding",)) | names(("links",)) | names(("hygiene",)) == names(("default",))
    assert names(("hygiene",)) == {"unused-suppression", "stale-baseline"}
    assert "line-out-of-range" not in names(("links",))
    assert "line-out-of-range" in names(("links", "line-out-of-range"))


def test_ignore_wins_and_takes_whole_groups() -> None:
    assert names(("all",), ("links",)) == names(("encoding", "hygiene"))
    assert names(("missing-file",), ("missing-file",)) == set()
    assert names(("default",), ("all",)) == set()
    assert names((), ()) == set()


def test_the_order_is_the_reading_order() -> None:
    assert [rule.name for rule in selected(("wrong-case", "mojibake"), ())] == ["mojibake", "wrong-case"]


# ------------------------------------------------------------------------------------------------------------------ run


def test_nothing_wrong(workspace: MakeWorkspace) -> None:
    outcome = workspace({"README.md": "# Hello\n\n[a](#hello)\n"}).outcome(select=("all",))
    assert not outcome.findings
    assert outcome.summary == Summary(pages=1, links=1)
    assert not outcome.changed
    assert not outcome.held_back


def test_findings_are_sorted_by_path_place_and_rule(workspace: MakeWorkspace) -> None:
    tree = {
        "b.md": "[x](gone.md) [y](#gone)\n\n[z]()\n",
        "a/z.md": "[x](gone.md)\n",
        "a.md": "\n\n[x](lost.md)\n",
        "Z.md": "[x](gone.md)\n",
    }
    found = [(finding.path, finding.span, finding.rule) for finding in workspace(tree).check()]
    assert found == sorted(found)
    assert [path for path, _, _ in found] == ["Z.md", "a.md", "a/z.md", "b.md", "b.md", "b.md"]


def test_two_runs_say_the_same(workspace: MakeWorkspace) -> None:
    space = workspace({f"{number}.md": "[x](gone.md) [y][z] CafÃ©\n" for number in range(9)})
    assert space.outcome() == space.outcome()


def test_only_the_pages_that_were_asked_about_are_reported(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md)\n", "docs/b.md": "[x](gone.md) [y](../a.md#gone)\n"})
    assert {finding.path for finding in space.check("docs")} == {"docs/b.md"}
    assert {finding.rule for finding in space.check("docs")} == {"missing-file", "missing-anchor"}
    assert space.outcome("docs").summary.pages == 1


def test_ignores_for_some_pages(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md) [y]()\n", "old/b.md": "[x](gone.md) [y]()\n"})

    def found(*ignores: tuple[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        return [(finding.path, finding.rule) for finding in space.check(per_file_ignores=ignores)]

    here = [("a.md", "missing-file"), ("a.md", "empty-link")]
    assert found(("old/**", ("missing-file",))) == [*here, ("old/b.md", "empty-link")]
    assert found(("old/", ("links",))) == here
    assert found(("*.md", ("missing-file",)), ("old/*", ("empty-link",))) == [("a.md", "empty-link")]
    assert found(("*.md", ("all",))) == []
    assert len(found(("new/**", ("all",)))) == 4


def test_ignores_for_some_pages_do_not_switch_rules_on(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x]: unused.md\n[y]()\n"})
    assert not space.check(select=("encoding",), per_file_ignores=(("*.md", ("mojibake",)),))


def test_the_summary_counts_what_comments_silence(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "<!-- doclint-disable-file missing-file -->\n[x](gone.md)\n", "b.md": "[x](gone.md)\n"})
    outcome = space.outcome()
    assert outcome.summary == Summary(pages=2, links=2, suppressed=1)
    assert [finding.path for finding in outcome.findings] == ["b.md"]


def test_a_page_that_is_not_checked_out_offers_its_anchors(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](b.md#there) [y](b.md#gone)\n", "b.md": "# There\n"})
    (space.root / "b.md").unlink()
    assert [finding.message for finding in space.check()] == ['no heading or anchor "gone" in b.md']


def test_standard_input_takes_the_place_of_the_page(workspace: MakeWorkspace) -> None:
    space = workspace({"docs/a.md": "# Old\n", "b.md": "[x](docs/a.md#old)\n"})
    outcome = run.check((), Settings(), str(space.root), ("docs/a.md", b"# New\n\n[x](../b.md) [y](b.md) [z](#old)\n"))
    assert [(finding.path, finding.rule) for finding in outcome.findings] == [
        ("docs/a.md", "missing-file"),
        ("docs/a.md", "missing-anchor"),
    ]


def test_standard_input_is_fixed_without_a_write(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "CafÃ©\n", "guide.md": ""})
    before = space.tree()
    outcome = mending.fix((), Settings(), str(space.root), stdin=("a.md", b"[x](Guide.md)\n"))
    assert [change.after for change in outcome.changed] == ["[x](guide.md)\n"]
    assert space.tree() == before


def test_a_path_that_is_not_there_is_wrong_use(workspace: MakeWorkspace) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        workspace({"a.md": ""}).check("gone.md")


# ------------------------------------------------------------------------------------------------------------------ fix


def test_fixes_of_several_rules_on_one_line(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "CafÃ© [x](Guide.md) crÃ¨me [y](instal.md)\r\n", "guide.md": "", "install.md": ""})
    outcome = space.fix(level=Safety.UNSAFE)
    assert space.read("a.md").decode() == "Café [x](guide.md) crème [y](install.md)\r\n"
    assert not outcome.findings
    [change] = outcome.changed
    assert change.path == "a.md"
    assert change.after == space.read("a.md").decode()
    assert change.fixes == 3


def test_only_as_safe_as_asked(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](Guide.md) [y](instal.md)\n", "guide.md": "", "install.md": ""})
    outcome = space.fix()
    assert space.read("a.md") == b"[x](guide.md) [y](instal.md)\n"
    assert [finding.rule for finding in outcome.findings] == ["missing-file"]


def test_what_is_not_selected_is_not_fixed(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "CafÃ© [x](Guide.md)\n", "guide.md": ""})
    space.fix(select=("links",))
    assert space.read("a.md").decode() == "CafÃ© [x](guide.md)\n"


def test_a_file_with_nothing_to_fix_is_not_written(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](gone.md)\n"})
    before = os.stat(space.root / "a.md")
    space.fix(level=Safety.UNSAFE)
    after = os.stat(space.root / "a.md")
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_the_mode_of_a_file_is_kept(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](Guide.md)\n", "guide.md": ""})
    (space.root / "a.md").chmod(0o640)
    space.fix()
    assert os.stat(space.root / "a.md").st_mode & 0o777 == 0o640
    assert set(space.tree()) == {"a.md", "guide.md"}, "nothing is left beside it"


def test_a_read_only_file_is_held_back_and_stays_reported(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "[x](Guide.md)\n", "b.md": "[x](Guide.md)\n", "guide.md": ""})
    (space.root / "a.md").chmod(0o444)
    outcome = space.fix()
    assert [(held.path, held.reason, held.ours) for held in outcome.held_back] == [("a.md", "it is read-only", False)]
    assert [change.path for change in outcome.changed] == ["b.md"]
    assert [finding.path for finding in outcome.findings] == ["a.md"]
    assert space.read("a.md") == b"[x](Guide.md)\n"


def test_a_fix_that_would_change_blocks_is_refused(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
        if page.path == "a.md" and not page.parsed.code:
            yield Hit(Span(0, 4), "wrong", fix=Fix("break it", (Edit(Span(0, 0), "    "),), Safety.SAFE), on_disk=True)

    monkeypatch.setattr(rules, "selected", lambda *_: (Rule("a-rule", Group.LINKS, Severity.ERROR, check),))
    space = workspace({"a.md": "some words\n"})
    outcome = space.fix()
    assert [(held.path, held.reason, held.ours) for held in outcome.held_back] == [("a.md", GUARD, True)]
    assert not outcome.changed
    assert space.read("a.md") == b"some words\n"


def test_a_page_that_became_empty_is_fixed_as_an_empty_one(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(page: Page, _repo: RepoIndex) -> Iterator[Hit]:
        if isinstance(page.content, Repaired):
            text = page.content.text
            steps = {"\ufeff": (Span(0, 1), ""), "": (Span(0, 0), " ")}
            if text in steps:
                span, then = steps[text]
                yield Hit(span, "wrong", fix=Fix("mend it", (Edit(span, then),), Safety.SAFE))

    monkeypatch.setattr(rules, "selected", lambda *_: (Rule("a-rule", Group.LINKS, Severity.ERROR, check),))
    space = workspace({"a.md": "\ufeff"})
    space.fix()
    assert space.read("a.md") == b" "


def test_the_two_promised_functions(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({"docs/a.md": "CafÃ© [x](instal.md)\n", "docs/install.md": ""})
    monkeypatch.chdir(space.root / "docs")
    assert {finding.rule for finding in doclint.check().findings} == {"mojibake", "missing-file"}
    assert {finding.rule for finding in doclint.check(["a.md"], Settings(select=("links",))).findings} == {
        "missing-file"
    }
    assert [finding.rule for finding in doclint.fix().findings] == ["missing-file"]
    assert space.read("docs/a.md").decode() == "Café [x](instal.md)\n"
    assert not doclint.fix(unsafe=True).findings
    assert space.read("docs/a.md").decode() == "Café [x](install.md)\n"


def test_repair_of_a_text_can_be_asked_for_again() -> None:
    assert doclint.repair("CafÃ© au lait").text == "Café au lait"
    assert doclint.repair("Café au lait").text == "Café au lait"


def test_a_page_that_was_changed_to_nothing_is_fixed_from_there(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "\ufeff"})
    outcome = space.fix(level=Safety.UNSAFE)
    assert [(change.before, change.after, change.fixes) for change in outcome.changed] == [("\ufeff", "", 1)]
    assert space.read("a.md") == b""


def test_a_file_that_is_no_page_but_read_for_its_anchors_has_no_links_to_judge(workspace: MakeWorkspace) -> None:
    space = workspace({"a.md": "# A\n\n[x](\u00fc.mdx#b)\n", "\u00fc.mdx": "# B\n\n[y](gone.md)\n"})
    assert run.check((), Settings(formats=("markdown",)), str(space.root)).findings == ()
