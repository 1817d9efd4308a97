"""The rule finds nothing by itself; `tests/test_baseline.py` holds what is reported in its name."""

from __future__ import annotations

import pytest

from conftest import look
from doclint.rules import selected, stale_baseline


@pytest.mark.parametrize("text", ["", "# Title\n", "[a](gone.md)\n"])
def test_no_page_has_it(text: str) -> None:
    assert look(stale_baseline.RULE, text) == []


def test_it_runs_unless_it_is_ignored() -> None:
    assert stale_baseline.RULE in selected(("default",), ())
    assert stale_baseline.RULE not in selected(("default",), ("hygiene",))
