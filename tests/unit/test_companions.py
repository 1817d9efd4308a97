from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import PAGE, Tree, assert_mends, index_of, look
from doclint import reading
from doclint.companions import LikelyEdits, companions, fragment_edit, moved_anchors
from doclint.lines import apply_edits
from doclint.model import Damage, Repaired, Safety, Source, Span
from doclint.repair import CONFIDENCE, repair
from doclint.rules import missing_anchor, missing_file, mojibake
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from conftest import MakeWorkspace
    from doclint.repair.evidence import Evidence

HEADING = "# CafÃ© menu\n"


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every repair one that is only likely, but for lines that hold "sure"."""

    def unsure_repair(  # noqa: PLR0913 - as `repair`
        source: Source,
        code: Sequence[Span] = (),
        witnesses: Collection[str] = (),
        evidence: Evidence | None = None,
        confidence: float = CONFIDENCE,
        *,
        known: Collection[str] = (),
    ) -> Repaired:
        done = repair(source, code, witnesses, evidence, confidence, known=known)

        def doubted(damage: Damage) -> Damage:
            end = source.text.find("\n", damage.span.end)
            line = source.text[source.text.rfind("\n", 0, damage.span.start) + 1 : end]
            return damage if "sure" in line else replace(damage, safety=Safety.UNSAFE)

        changed = replace(done, text=source.text, damages=tuple(map(doubted, done.damages)))
        return replace(changed, text=apply_edits(source.text, changed.edits))

    monkeypatch.setattr(reading, "repair", unsure_repair)


# ------------------------------------------------------------------------------------------------------------ anchors


def test_anchors_before_and_after_repair() -> None:
    index = index_of({PAGE: "# One\n\n# CafÃ©\n\n# Two\n"})
    [(before, after)] = moved_anchors(index, index.pages[PAGE], Safety.SAFE)
    assert (before.name, after.name) == ("cafã", "café")
    assert not list(moved_anchors(index, index.pages[PAGE], Safety.UNSAFE))


def test_no_anchor_moves_on_an_intact_page() -> None:
    index = index_of({PAGE: "# Café\n\nnaïve\n"})
    assert not list(moved_anchors(index, index.pages[PAGE], Safety.SAFE))
    assert not list(moved_anchors(index, index.pages[PAGE], Safety.UNSAFE))


@pytest.mark.usefixtures("unsure")
def test_anchors_after_what_is_only_likely() -> None:
    index = index_of({PAGE: "# CafÃ© sure\n\n# ThÃ©\n"})
    certain = [(old.name, new.name) for old, new in moved_anchors(index, index.pages[PAGE], Safety.SAFE)]
    likely = [(old.name, new.name) for old, new in moved_anchors(index, index.pages[PAGE], Safety.UNSAFE)]
    assert certain == [("cafã-sure", "café-sure")]
    assert likely == [("cafã-sure", "café-sure"), ("thã", "thé")]


def test_the_edit_of_a_fragment_lies_in_the_text_on_the_disk() -> None:
    text = "CafÃ©, mÃªme [a](other.md#old)\n"
    page = index_of({PAGE: text, "other.md": ""}).pages[PAGE]
    edit = fragment_edit(page, page.parsed.links[0], "new", LikelyEdits(page.content).disk)
    assert edit is not None
    assert edit.path == PAGE
    assert edit.span.of(text) == "other.md#old"
    assert edit.text == "other.md#new"


def test_a_destination_that_holds_damage_gets_no_edit() -> None:
    page = index_of({PAGE: "CafÃ©, mÃªme [a](other.md#cafÃ©)\n", "other.md": ""}).pages[PAGE]
    assert fragment_edit(page, page.parsed.links[0], "new", LikelyEdits(page.content).disk) is None


@pytest.mark.usefixtures("unsure")
def test_where_a_page_waits_for_a_likely_repair() -> None:
    text = "Mise sure en CafÃ© ici\n[ThÃ©](thÃ©.md) [b](b.md)\n"
    page = index_of({PAGE: text}).pages[PAGE]
    assert isinstance(page.content, Repaired)
    likely = LikelyEdits(page.content)
    touched = [likely.touch(Span(at, at + 1)) for at in range(len(page.content.text))]
    assert "".join(char for char, hit in zip(page.content.text, touched, strict=True) if hit) == "Ã©Ã©"


# ---------------------------------------------------------------------------------- links to a heading that is likely


def test_a_code_page_in_doubt_takes_the_links_along(workspace: MakeWorkspace) -> None:
    before = {"page.md": "# {0}\n\n[a](#{1})\n", "other.md": "[a](page.md#{1})\n"}
    heading = "žluť".encode().decode("cp1250")
    filled = {path: text.format(heading, "ĺľluĺą") for path, text in before.items()}
    after = {path: text.format("žluť", "žluť") for path, text in before.items()}
    assert_mends(workspace, "mojibake", filled, after, Safety.UNSAFE)


@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            {"page.md": f"{HEADING}\n[a](#cafã-menu) [b](#caf%C3%A3-menu)\n"},
            {"page.md": "# Café menu\n\n[a](#café-menu) [b](#caf%C3%A9-menu)\n"},
            id="on the page itself",
        ),
        pytest.param(
            {
                "page.md": HEADING,
                "docs/other.md": "<a href='../page.md#cafã-menu'>m</a> [x]\n\n[x]: /page.md#cafã-menu\n",
            },
            {
                "page.md": "# Café menu\n",
                "docs/other.md": "<a href='../page.md#café-menu'>m</a> [x]\n\n[x]: /page.md#café-menu\n",
            },
            id="on another page",
        ),
        pytest.param(
            {"page.md": f"{HEADING}\nthÃ© [a](#cafã-menu) thÃ©\n"},
            {"page.md": "# Café menu\n\nthé [a](#café-menu) thé\n"},
            id="on a line with its own damage",
        ),
        pytest.param(
            {"page.md": f"{HEADING}\n[a](#cafÃ©-menu)\n", "other.md": "[a](page.md#cafÃ©-menu)\n"},
            {"page.md": "# Café menu\n\n[a](#café-menu)\n", "other.md": "[a](page.md#café-menu)\n"},
            id="damaged itself",
        ),
        pytest.param(
            {"page.md": "CafÃ©\nmenÃ¹\n===\n\n[a](#cafãmenã) [b](#cafãmenã)\n", "other.md": "[a](page.md#cafãmenã)\n"},
            {"page.md": "Café\nmenù\n===\n\n[a](#cafémenù) [b](#cafémenù)\n", "other.md": "[a](page.md#cafémenù)\n"},
            id="a heading on two damaged lines",
        ),
        pytest.param(
            {"page.md": "".join(f"# CafÃ© {n}\n\n[a](#cafã-{n})\n\n" for n in range(40))},
            {"page.md": "".join(f"# Café {n}\n\n[a](#café-{n})\n\n" for n in range(40))},
            id="every line of the page",
        ),
        pytest.param(
            {"page.md": f"{HEADING}\n[a](#café-menu)\n"},
            {"page.md": "# Café menu\n\n[a](#café-menu)\n"},
            id="right after the repair",
        ),
    ],
)
def test_links_move_with_a_likely_repair(workspace: MakeWorkspace, before: Tree, after: Tree) -> None:
    assert_mends(workspace, "mojibake", before, after, Safety.UNSAFE)
    space = workspace(before)
    assert not space.fix(level=Safety.UNSAFE).findings, "and no other rule interferes"
    assert {path: space.read(path).decode() for path in after} == after


@pytest.mark.usefixtures("unsure")
def test_only_a_likely_repair_takes_the_links_of_a_likely_heading_along(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": "# CafÃ© menu\n\n# ThÃ© sure\n\n[a](#cafã-menu) [b](#thã-sure)\n"})
    space.fix()
    assert space.read("page.md").decode() == "# CafÃ© menu\n\n# Thé sure\n\n[a](#cafã-menu) [b](#thé-sure)\n"
    space.fix(level=Safety.UNSAFE)
    assert space.read("page.md").decode() == "# Café menu\n\n# Thé sure\n\n[a](#café-menu) [b](#thé-sure)\n"


@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize(
    ("level", "heading", "anchor"),
    [(Safety.SAFE, "Café sure\nmenÃ¹", "café-suremenã"), (Safety.UNSAFE, "Café sure\nmenù", "café-suremenù")],
)
def test_a_heading_of_a_certain_and_a_likely_line(
    workspace: MakeWorkspace, level: Safety, heading: str, anchor: str
) -> None:
    space = workspace({"page.md": "CafÃ© sure\nmenÃ¹\n===\n\n[a](#cafã-suremenã)\n"})
    outcome = space.fix(level=level)
    assert space.read("page.md").decode() == f"{heading}\n===\n\n[a](#{anchor})\n"
    assert not [finding for finding in outcome.findings if finding.rule == "missing-anchor"]


@pytest.mark.usefixtures("unsure")
def test_companions_share_what_several_damages_need() -> None:
    index = index_of({PAGE: "CafÃ©\nmenÃ¹\n===\n\nthÃ©\n", "other.md": f"[a]({PAGE}#cafãmenã)\n"})
    along = companions(index.pages[PAGE], index)
    assert len(along) == 2
    assert {tuple(edit.text for edit in found.links) for found in along.values()} == {("page.md#cafémenù",)}
    assert sorted(edit.text for found in along.values() for edit in found.texts) == ["é", "ù"]


# --------------------------------------------------------------------------------------------- what other rules say


@pytest.mark.usefixtures("unsure")
def test_a_link_whose_heading_is_likely_to_come_back_is_told_so() -> None:
    [seen] = look(missing_anchor.RULE, f"{HEADING}\n[a](#café-menu)\n")
    assert seen.help == "doclint fix --unsafe repairs the damaged heading that is meant"
    assert seen.hit.fix is None


@pytest.mark.usefixtures("unsure")
def test_a_damaged_destination_is_judged_when_it_is_repaired() -> None:
    text = "# Menu\n\n[a](#menÃ¹) [b](cafÃ©.md) [c](#menuu) [d](cafe.md)\n"
    assert [seen.text for seen in look(missing_anchor.RULE, text)] == ["#menuu"]
    assert [seen.text for seen in look(missing_file.RULE, text)] == ["cafe.md"]
    assert len(look(mojibake.RULE, text)) == 1
