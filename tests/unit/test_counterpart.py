from __future__ import annotations

import pytest

from doclint.anchor_table import AnchorTable
from doclint.counterpart import Counterpart, counterparts
from doclint.parse import parse
from doclint.slug import FLAVOURS


def found(before: str, after: str, fragment: str = "old") -> Counterpart | None:
    flavour = FLAVOURS["github"]
    old, new = (AnchorTable(flavour.anchors(parse(text).marks), flavour) for text in (before, after))
    anchor = old.find(fragment)
    return None if anchor is None else counterparts((before, old), (after, new)).get(anchor)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n\n## Old\n\ntext\n", "# T\n\n## New\n\ntext\n"),
        ("## Old\n\n## Next\n", "## New\n\n## Next\n"),
        ("# T\n\nOld\n---\n\ntext\n", "# T\n\nNew\n---\n\ntext\n"),
        ("# T\n\nOld\n---\n\ntext\n", "# T\n\nNew\n------\n\ntext\n"),
        ("# T\n\n## Old\n\ntext\n", "# T\n\n### New\ntext\n"),
        ("## Old\r\n\r\ntext\r\n", "## New\n\ntext\n"),
        ("a\n\n## Old\n\nb\n", "more\n\na\n\n## New\n\nb\n\nmore\n"),
        ("## First\n\na\n\n## Old\n\nb\n", "## Last\n\na\n\n## New\n\nb\n"),
        ('<a id="old"></a>\n\n# T\n', '<a id="new"></a>\n\n# T\n'),
    ],
)
def test_the_heading_in_the_same_place(before: str, after: str) -> None:
    assert found(before, after) == Counterpart("new", certain=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n\n## Old\n\ntext\n\n## Z\n", "# T\n\n## New\n\nwords\n\n## Z\n"),
        ("# T\n\nsome\n\n## Old\n\ntext\n", "# T\n\nother\n\n## New\n\ntext\n"),
    ],
)
def test_where_more_changed_than_the_heading_it_is_only_likely(before: str, after: str) -> None:
    assert found(before, after) == Counterpart("new", certain=False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n\n## Old\n\ntext\n", "# T\n\ntext\n"),
        ("# T\n\n## Old\n\ntext\n", "# T\n\nplain words\n\ntext\n"),
        ("# T\n\n## Old\n\ntext\n", "# T\n\n## New\n\n## Newer\n\ntext\n"),
        ("# T\n\n## Old\n\n## Older\n\ntext\n", "# T\n\n## New\n\ntext\n"),
        ("# T\n\n## Old\n\n## Older\n\ntext\n", "# T\n\n## New\n\n## Newer\n\ntext\n"),
        ("## Other\n\na\n\n## Old\n\nb\n", "## New\n\nb\n\n## Other\n\na\n"),
        ("## Old\n\na\n", "## Same\n\na\n\n## Old\n\nb\n"),
        ("## Old\n\na\n", '<a id="new"></a>\n\na\n'),
        ("## Old\n\na\n", '<a id="New"></a>\n\na\n'),
        ("# T\n", "# New\n"),
        ("```\n## Old\n```\n\na\n", "```\n## New\n```\n\na\n"),
    ],
)
def test_silent_where_not_one_went_and_one_came(before: str, after: str) -> None:
    assert found(before, after) is None


def test_of_two_equal_headings_nobody_knows_which_was_meant() -> None:
    twice = "## Old\n\na\n\n## Old\n\nb\n"
    assert found(twice, "## Old\n\nb\n", "old-1") is None
    assert found(twice, "## Old\n\na\n", "old-1") is None


def test_of_two_equal_headings_the_one_that_was_renamed_is_known_by_its_place() -> None:
    twice = "## Old\n\na\n\n## Old\n\nb\n"
    assert found(twice, "## Old\n\na\n\n## New\n\nb\n", "old-1") == Counterpart("new", certain=True)


def test_pages_that_have_nothing_in_common_are_not_compared_for_long() -> None:
    before = "## Old\n" + "".join(f"line {number}\n" for number in range(5_000))
    after = "## New\n" + "".join(f"word {number}\n" for number in range(5_000))
    assert found(before, after) is None
