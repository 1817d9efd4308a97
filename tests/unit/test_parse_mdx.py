from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doclint.model import Heading
from doclint.parse import parse

if TYPE_CHECKING:
    from conftest import MakeWorkspace


def links(text: str) -> list[str]:
    parsed = parse(text, "a.mdx")
    for link in parsed.links:
        assert link.destination_span.of(text) == link.destination
    return [link.destination for link in parsed.links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="b.md">x</a>', ["b.md"]),
        ("<img src='b.png' />", ["b.png"]),
        ('<img src="b.png" style={{width: "50%"}} />', ["b.png"]),
        ('<Card href="./b.md" />', ["./b.md"]),
        ('<Card title="x" href="../b.md">\n  [in](c.md)\n</Card>', ["../b.md", "c.md"]),
        ('<Tabs.Item\n  icon={<Icon name="}" />}\n  href="#b"\n/>', ["#b"]),
        ("<Tabs>\n[a](b.md)\n</Tabs>", ["b.md"]),
        ("Text {props.name} [a](b.md) {`}`} [c](d.md)", ["b.md", "d.md"]),
        ("{/* a comment } with a brace */} [a](b.md)", ["b.md"]),
        ("# Title {#name}\n\n[a](b.md)", ["b.md"]),
        ("It opens { and never closes. [a](b.md)", ["b.md"]),
        (r"\{ escaped [a](b.md)", ["b.md"]),
        ("---\ntitle: {x\n---\n\n[a](b.md)", ["b.md"]),
    ],
)
def test_links(text: str, found: list[str]) -> None:
    assert links(text) == found
    assert links(text.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    "text",
    [
        "import Card from './b.md'\nimport {\n  a,\n} from '[a](b.md)'",
        "export const a = () => {\n  return <a href='b.md'>x</a>\n}",
        "<a href={url}>x</a> <img src={`b.png`} />",
        '{list.map(item => <a href="b.md">x</a>)}',
        "{/* [a](b.md) */}",
        '<Code src="b.js" file="c.js" />',
        '<Trans href="b" />',
        '```jsx\n<a href="b.md">\n{\n```',
        '`<Card href="./b.md">`',
        "`{` [a]\\(b) `}`",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == []


def test_headings_stay_where_they_are() -> None:
    text = 'import A from "a"\n\n# One {1 + 1}\n\n<A>\n\n## Two\n\n</A>\n'
    marks = parse(text, "a.mdx").marks
    assert [mark.span.of(text) for mark in marks if isinstance(mark, Heading)] == ["One", "Two"]


def test_a_comment_silences(workspace: MakeWorkspace) -> None:
    text = "{/* doclint-disable-next-line missing-file: made by the build */}\n[a](gone.md)\n"
    assert not workspace({"a.mdx": text}).check()
    assert [finding.rule for finding in workspace({"a.mdx": "[a](gone.md)\n"}).check()] == ["missing-file"]


def test_what_a_component_may_bring_is_not_judged(workspace: MakeWorkspace) -> None:
    assert not workspace({"a.mdx": "<Field name='x' />\n\n[a](#param-x)\n"}).check()
    assert [found.rule for found in workspace({"a.mdx": "# X\n\n[a](#param-x)\n"}).check()] == ["missing-anchor"]


def test_an_address_of_a_site_is_not_judged(workspace: MakeWorkspace) -> None:
    text = "[a](/guide) [b](./other) [c](/img/x.png) [d](guide/) <a href='/x'>e</a>\n"
    assert not workspace({"a.mdx": text, "b.mdx": "# B\n"}).check()


def test_an_address_finds_its_page(workspace: MakeWorkspace) -> None:
    space = workspace({"a.mdx": "[b](./b#nowhere) [c](./b#title)\n", "b.mdx": "# Title\n"})
    assert [found.excerpt[found.place.column - 1 :][:11] for found in space.check()] == ["./b#nowhere"]
