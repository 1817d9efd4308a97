from __future__ import annotations

import pytest

from conftest import look
from doclint.rules.unreachable_anchor import RULE


@pytest.mark.parametrize(
    "text",
    [
        '<a id="setup"></a>\n\n[a](#setup)',
        '<a id="setup"></a>\n\n[a](#SETUP)',
        '<a id="Setup"></a>',
        '<a id="Setup"></a>\n\n[a](#other)',
        '`<a id="Setup">`\n\n[a](#Setup)',
        "# Setup\n\n[a](#Setup)",
        '<a id="größe-1_x"></a>\n\n[a](#größe-1_x)',
        '<a id="安装"></a>\n\n[a](#安装)',
    ],
)
def test_silent(text: str) -> None:
    assert not look(RULE, text)


def test_an_anchor_with_a_capital_that_a_link_names() -> None:
    [seen] = look(RULE, '<a id="Setup"></a>\n\n[a](#Setup)')
    assert seen.text == "Setup"
    assert seen.message == 'on GitHub no link reaches the anchor "Setup", because of its capitals'
    assert seen.help == 'write "setup", here and in the links to it'
    assert seen.hit.fix is None


@pytest.mark.parametrize(
    ("element", "link"),
    [
        ("<a name='Setup'></a>", "#Setup"),
        ("<div id=Setup></div>", "page.md#Setup"),
        ("# <a name='Setup'></a> Title", "#Setup"),
        ("<a id='Étape'></a>", "#Étape"),
        ("<a id='Étape'></a>", "#%C3%89tape"),
        ("<a id='Setup'></a>", "#user-content-Setup"),
    ],
)
def test_every_way_to_name_it(element: str, link: str) -> None:
    assert [seen.text for seen in look(RULE, f"{element}\n\n[a]({link})")] == [
        element.partition("=")[2].split(">")[0].strip("'")
    ]


def test_a_link_on_another_page_counts() -> None:
    [seen] = look(RULE, '<a id="Setup"></a>\n', {"other.md": "[a](page.md#Setup)"})
    assert seen.text == "Setup"


def test_it_is_found_once_however_many_links_name_it() -> None:
    assert len(look(RULE, '<a id="Setup"></a>\n\n[a](#Setup) [b](#Setup)\n', {"other.md": "[a](page.md#Setup)"})) == 1
