from __future__ import annotations

import pytest

from doclint.mentions import Lost, Mentions


def mentions(text: str | bytes, *lost: Lost) -> bool:
    return Mentions(lost)(text if isinstance(text, bytes) else text.encode())


FILE = Lost("docs/guide book.md")
ANCHOR = Lost("docs/guide.md", frozenset({"to-go", "café"}))


@pytest.mark.parametrize(
    "text",
    [
        "[a](<guide book.md>)",
        "[a](../docs/guide%20book.md#x)",
        "[a](docs%2Fguide%20book.md)",
        "[a](guide&#32;book.md)",
        "[a](<guide\\ book.md>) [b](<guide book\\.md>)",
        '<a href="guide book.html">',
        "<a href=/docs/guide%20book/>",
        "\N{BYTE ORDER MARK}[a]: <guide book.md>",
        "[a](<guide book.md>)".encode("utf-16"),
        b"\xff nothing",
    ],
)
def test_a_page_that_may_name_a_lost_file(text: str | bytes) -> None:
    assert mentions(text, FILE)


@pytest.mark.parametrize("text", ["", "Words.", "[a](guide.md)", "[a](guide-book.md)", "a guide books", "[a](docs/)"])
def test_a_page_that_cannot(text: str) -> None:
    assert not mentions(text, FILE)


@pytest.mark.parametrize(
    "text",
    ["[a](guide.md#to-go)", "[a](guide.md#To-Go)", "[a](guide#user-content-to-go)", "[a](guide.md#caf%C3%A9)"],
)
def test_a_page_that_may_name_a_lost_anchor(text: str) -> None:
    assert mentions(text, ANCHOR)


@pytest.mark.parametrize("text", ["[a](guide.md)", "[a](guide.md#to)", "[a](guide.md#to-gobi)", "[a](#to-go)", "to-go"])
def test_a_page_that_names_another_anchor_or_another_page(text: str) -> None:
    assert not mentions(text, ANCHOR)


@pytest.mark.parametrize("link", ["..", "../", "./", ".", "/", "x/..", "../?a"])
def test_a_folder_page_may_be_meant_without_a_name(link: str) -> None:
    for page in ("README.md", "index.md", "docs/_index.md"):
        assert mentions(f"[a]({link})", Lost(page))
    assert mentions(f"[a]({link}#top)", Lost("docs/README.md", frozenset({"top"})))
    assert not mentions(f"[a]({link})", Lost("docs/readable.md"))


def test_a_folder_page_may_be_meant_by_the_name_of_its_folder() -> None:
    assert mentions("[a](x/docs)", Lost("docs/README.md"))


def test_what_is_damaged_may_name_what_is_not_ascii() -> None:
    damaged = "[a](café-für-gäste.md)".encode().decode("cp1252")
    assert mentions(damaged, Lost("café-für-gäste.md"))
    assert not mentions(damaged, Lost("cafe.md"))


def test_with_very_much_lost_every_page_is_read() -> None:
    assert mentions("Words.", *(Lost(f"{number}.md") for number in range(1_000)))


def test_nothing_is_mentioned_when_nothing_is_lost() -> None:
    assert not Mentions(())
    assert Mentions([FILE])
