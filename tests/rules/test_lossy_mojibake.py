from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import look
from doclint.model import Safety
from doclint.rules.lossy_mojibake import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace


# Each holds a character one of whose bytes windows-1252 has no sign for (81, 8D, 8F, 90, 9D).
LINES = ("技术文档应当清楚、准确。", "请先阅读安装指南，然后开始。", "请在这里写下你的名字。")


def damaged(text: str) -> str:
    """Return `text` as it looks after its UTF-8 was read as windows-1252, by a program that drops what has no sign."""
    return text.encode().decode("cp1252", "ignore")


@pytest.mark.parametrize(
    "text",
    [
        "the “quote” that ends here",
        "A avó não dá pão à irmã.",
        "今天天气很好，我们去公园。",
        "Добрый вечер",
        "CafÃ© au lait",
        "`the â€œquoteâ€ that ends here`",
        "3 € and â as in âge",
        "? ?? ??? really?",
        "na\ufffdve",
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, f"{text}\n")


def test_silent_where_the_way_back_is_exact() -> None:
    assert not look(RULE, "今天天气很好，我们去公园。".encode().decode("latin-1") + "\n")


def test_a_line_that_lost_bytes() -> None:
    [seen] = look(RULE, "First.\n\nthe â€œquoteâ€ that ends here\n")
    assert seen.text == "â€œquoteâ€"
    assert seen.message == "text is UTF-8 read as windows-1252, bytes are missing"
    # A page by itself, without the repository, restores nothing.
    assert seen.help.startswith("nothing tells what is missing: restore the line from a copy")
    assert seen.hit.fix is None
    assert seen.hit.on_disk


def test_each_damaged_line_is_found() -> None:
    lines = [damaged(line) for line in LINES]
    found = look(RULE, "\n\n".join([*lines, "plain words"]))
    assert [seen.text for seen in found] == lines


HEADING = "安装指南"
TEXT = "\n\n".join((f"# {HEADING}", *LINES)) + "\n"
ANCHOR = "".join(char.lower() for char in damaged(HEADING) if char.isalnum())
LINKS = {"page.md": f"{damaged(TEXT)}\n[same](#{ANCHOR})\n", "other.md": f"[other](page.md#{ANCHOR})\n"}
MENDED = {"page.md": f"{TEXT}\n[same](#{HEADING})\n", "other.md": f"[other](page.md#{HEADING})\n"}


def texts(space: Workspace) -> dict[str, str]:
    return {path: data.decode() for path, data in space.tree().items()}


def test_what_is_inferred_is_never_written_by_plain_fix(workspace: MakeWorkspace) -> None:
    space = workspace(LINKS)
    assert not space.fix().changed
    assert texts(space) == LINKS
    found = space.check()
    assert {finding.rule for finding in found} == {"lossy-mojibake"}
    for finding in found:
        assert finding.fix is not None
        assert finding.fix.safety is Safety.UNSAFE
        assert finding.fix.confidence is not None
        assert f"at least {int(finding.fix.confidence * 100)}% likely" in finding.help
        assert all(inference.char in finding.fix.edits[0].text for inference in finding.fix.inferred)


def test_unsafe_writes_what_is_inferred_and_moves_the_links(workspace: MakeWorkspace) -> None:
    space = workspace(LINKS)
    outcome = space.fix(level=Safety.UNSAFE)
    assert texts(space) == MENDED
    assert not outcome.findings
    other, page = outcome.changed
    assert not other.inferred
    assert [inference.char for inference in page.inferred] == ["南", "、", "南", "后", "名"]


def test_the_help_counts_the_links(workspace: MakeWorkspace) -> None:
    heading = workspace(LINKS).check()[0]
    assert heading.help.split("\n")[0].endswith("likely, with 2 links to the heading")
    assert heading.fix is not None
    assert {edit.text for edit in heading.fix.edits} == {HEADING, f"#{HEADING}", f"page.md#{HEADING}"}


def test_an_older_version_proves_the_text_and_plain_fix_writes_it(workspace: MakeWorkspace) -> None:
    space = workspace({})
    space.commit({"page.md": TEXT})
    space.write(LINKS)
    space.git("add", ".")
    heading = space.check()[0]
    assert heading.fix is not None
    assert (heading.fix.safety, heading.fix.confidence) == (Safety.SAFE, None)
    assert heading.help.startswith("doclint fix restores it: an older version of the page proves it, with 2 links")
    outcome = space.fix()
    assert texts(space) == MENDED
    assert not outcome.findings
    assert not any(change.inferred for change in outcome.changed)


def test_an_older_version_proves_the_text_of_a_page_in_a_folder_that_is_renamed(workspace: MakeWorkspace) -> None:
    space = workspace({})
    space.commit({"CafÃ©/page.md": TEXT})
    space.write({"CafÃ©/page.md": damaged(TEXT)})
    space.fix(level=Safety.UNSAFE)
    assert texts(space) == {"Café/page.md": TEXT}


def test_below_the_confidence_all_stays(workspace: MakeWorkspace) -> None:
    space = workspace(LINKS)
    assert not space.fix(level=Safety.UNSAFE, confidence=1.0).changed
    assert texts(space) == LINKS
    for finding in space.check(confidence=1.0):
        assert finding.fix is None
        assert finding.help.startswith("what is missing is too uncertain: restore the line from a copy")


def test_a_line_below_the_confidence_stays_beside_others(workspace: MakeWorkspace) -> None:
    space = workspace(LINKS)
    sure = [finding.fix.confidence for finding in space.check() if finding.fix and finding.fix.confidence]
    limit = (min(sure) + sorted(sure)[1]) / 2
    space.fix(level=Safety.UNSAFE, confidence=limit)
    lines = texts(space)["page.md"].split("\n")
    kept = [line for line in lines if line in damaged(TEXT).split("\n") and line]
    assert len(kept) == 1
    assert set(lines) - set(kept) <= set(MENDED["page.md"].split("\n"))


def test_quoted_in_code_but_witnessed_elsewhere(workspace: MakeWorkspace) -> None:
    pages = {"code.md": f"`CafÃ© au lait`\n\n`{damaged(LINES[0])}`\n", "a.md": damaged(TEXT), "b.md": damaged(TEXT)}
    space = workspace(pages)
    space.fix(level=Safety.UNSAFE)
    assert texts(space) == {"code.md": f"`Café au lait`\n\n`{LINES[0]}`\n", "a.md": TEXT, "b.md": TEXT}


def test_a_restored_line_waits_where_a_link_in_it_would_lose_a_file_with_a_damaged_name(
    workspace: MakeWorkspace,
) -> None:
    line = f"{LINES[0]}[技](技.md)\n"
    space = workspace({})
    space.commit({"page.md": line})
    # The name keeps all of its bytes.
    name = "技.md".encode().decode("cp1252")
    space.write({"page.md": damaged(line), name: "# A\n"})
    space.git("add", ".")
    [finding] = [finding for finding in space.check() if finding.rule == "lossy-mojibake"]
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE
    assert "leads to a file whose name is damaged" in finding.help
    assert not space.fix().changed
    assert not space.fix(level=Safety.UNSAFE).findings
    assert texts(space) == {"page.md": line, "技.md": "# A\n"}
