"""Texts that look like damage and are none: the encoding rules say nothing of them, and repair leaves them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from silent_signs import SILENT_SIGNS
from silent_words import SILENT_WORDS

import doclint

if TYPE_CHECKING:
    from pathlib import Path

CASES = [
    pytest.param(text, id=f"{kind}: {name}")
    for kind, texts in (SILENT_WORDS | SILENT_SIGNS).items()
    for name, text in texts.items()
]
RULES = ("mojibake", "lossy-mojibake", "replacement-character", "control-character")


def pages(text: str) -> dict[str, str]:
    """Return the text alone, among plain words, and where one line of it can stand."""
    found = {"alone.md": text, "page.md": f"# Title\n\nSome words in front.\n\n{text}\n\nAnd some behind.\n"}
    if "\n" not in text:
        found |= {"heading.md": f"# {text}\n", "list.md": f"> - {text}\n"}
    return found


@pytest.mark.parametrize("text", CASES)
def test_nothing_is_said_and_nothing_is_done(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, page in pages(text).items():
        (tmp_path / name).write_bytes(page.encode())
        repaired = doclint.repair(page)
        assert repaired.text == page
        assert not repaired.damages
    monkeypatch.chdir(tmp_path)
    outcome = doclint.check(settings=doclint.Settings(select=RULES))
    assert [(finding.rule, finding.message) for finding in outcome.findings] == []
    assert outcome.summary.pages == len(pages(text))


def test_there_are_many() -> None:
    assert len(CASES) >= 380
