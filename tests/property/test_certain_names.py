"""Names of anchors that are told without making the anchors are names of anchors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.anchor_table import AnchorTable
from doclint.certain import certain
from doclint.parse import PATTERNS_HOLD, parse
from doclint.parse.fast.skimmed import Skimmed
from doclint.slug import FLAVOURS

WORDS = [
    "Cup", "cup", "Cup 1", "Tea and milk", "Über uns", "技术", "100%", "user-content-x", "-", "a--b", "İx", "C++?",
    "What's new", "snake_case_name", "dots...", '"quoted"', "3 ways", "1", "?", "a/b", "x,y;z", "ﬁne", "e\u0301",
]  # fmt: skip
OTHERS = [
    "# [Cup](#tab/cup)", '# <a name="cup"></a>Cup', '# <a id="Tea"></a> Tea and milk', "# `Cup`", "# **Cup**",
    "# Cup {#mug}", "Cup\n===", "# :tea: Cup", "# Cup &amp; x", "<h2>Cup</h2>", '<a id="cup"></a>', "(cup)=", "Words",
    '# <a name="x"></a>`Cup`', "# Cup <!-- x -->", "# [!INCLUDE [x](y.md)]", "Cup\n: term", "text\n# Cup",
    '# <a name="x"></a>~Cup', "<div>\n", "</div>", "{: #cup}", "# `cup`-x",
]  # fmt: skip
lines = st.lists(st.sampled_from([*(f"# {words}" for words in WORDS), *OTHERS]), max_size=8)


@pytest.mark.parametrize("host", sorted(FLAVOURS))
@settings(derandomize=True, deadline=None, max_examples=150)
@given(lines, st.sampled_from(["\n\n", "\n"]))
def test_what_is_told_so_is_there(host: str, headings: list[str], between: str) -> None:
    flavour = FLAVOURS[host]
    marks = parse(between.join(headings) + "\n", whole=False).marks
    table = AnchorTable(flavour.anchors(marks), flavour)
    wanted = {
        *table.names,
        *(name for words in WORDS for name in (words, words.lower(), words.lower().replace(" ", "-"))),
    }
    assert certain(marks, flavour, wanted) <= table.plain


@pytest.mark.parametrize("host", sorted(FLAVOURS))
def test_headings_of_words_and_code_are_told(host: str) -> None:
    marks = parse("# Tea and `milk`\n\n# Cup\n\n# Cup\n", whole=False).marks
    flavour = FLAVOURS[host]
    first, second, *_ = AnchorTable(flavour.anchors(marks), flavour).names
    # By the reference parse there is nothing that could be told soon.
    expected = {first, second} if isinstance(marks, Skimmed) else set()
    assert certain(marks, flavour, {first, second, "mug"}) == expected


def test_this_python_reads_by_patterns() -> None:
    assert isinstance(parse("# Cup\n", whole=False).marks, Skimmed) == (__import__("sys").version_info >= PATTERNS_HOLD)
