"""Nothing is said of short texts that only look like damage, wherever they stand."""

from __future__ import annotations

import pytest
from pages_at_hand import mended
from silent_lines import FRAMES, SILENT_LINES

CASES = [pytest.param(text, id=f"{kind}: {text!a}") for kind, texts in SILENT_LINES.items() for text in texts]


@pytest.mark.parametrize("text", CASES)
def test_nothing_is_said(text: str) -> None:
    for frame in FRAMES:
        assert mended(frame.replace("{}", text)).damages == ()


def test_there_are_many() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        # A page that is really damaged may have quotation marks, and speak of text.
        ('She said "cafÃ©" and left.\n', 'She said "café" and left.\n'),
        ('# CafÃ©\n\nFix "cafÃ©".\n', '# Café\n\nFix "café".\n'),
        ('Show "CafÃ©" here, schÃ¶n.\n', 'Show "Café" here, schön.\n'),
        ("Statt â€žMÃ¼nchenâ€œ steht da nichts.\n", "Statt „München“ steht da nichts.\n"),
        ('- Fixed: "CafÃ©"\n\nDas GebÃ¤ude ist schÃ¶n.\n', '- Fixed: "Café"\n\nDas Gebäude ist schön.\n'),
        # Little evidence, but of a kind that everybody knows.
        ("20 Â°C\n", "20 °C\n"),
        ("5 Âµm\n", "5 µm\n"),
        ("Ãœber\n", "Über\n"),
    ],
)
def test_damage_is_still_repaired(damaged: str, expected: str) -> None:
    assert mended(damaged).text == expected
