"""The fast parse and the reference parse say the same of every page."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_examples import EXAMPLES

from doclint.parse import PATTERNS_HOLD, reference
from doclint.parse.fast import page as fast
from doclint.parse.fast.records import HandedOver

pytestmark = pytest.mark.skipif(sys.version_info < PATTERNS_HOLD, reason="this Python reads by the reference parse")

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))  # a folder of scripts, not a package

import same  # noqa: E402 - the script that compares any folders

steady = settings(derandomize=True, deadline=None, max_examples=600, suppress_health_check=[HealthCheck.too_slow])


def assert_same(text: str) -> None:
    ours, theirs = fast.parse(text), reference.parse(text)
    for field in same.FIELDS:
        assert getattr(ours, field) == getattr(theirs, field), (field, text)


def own_pages() -> list[str]:
    """The project's own pages and the Markdown files among its fixtures."""
    folders = [ROOT / "docs", ROOT / "benchmarks", ROOT / "tests"]
    found = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(path for folder in folders for path in folder.rglob("*.md"))]
    return [path.read_bytes().decode("utf-8", "surrogateescape") for path in sorted(found) if path.is_file()]


@pytest.mark.parametrize("section", EXAMPLES)
def test_examples_by_section(section: str) -> None:
    for text in EXAMPLES[section]:
        assert_same(text)
        assert_same(f"[x](y) {{#z}}\n{text}\n{text}\n\n[b]: z\n")
        assert_same("".join(f"> {line}\n" for line in text.split("\n")))
        assert_same("- " + text.replace("\n", "\n  ") + "\n\nz\n")


def test_white_space_of_other_kinds_below_a_table() -> None:
    assert_same("a||\n-|-\n\x0c\n#")


@pytest.mark.parametrize(
    "text", ["# |D\n|-|-", "# a | b\n---|---\n| [c](d) | e |", "x\n\n## |||\n:-|-|-", "# a | b\n\n|-|-"]
)
def test_titles_of_a_table_that_look_like_a_heading(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize("text", ["[ http://]()", "x [a http://b](c)", "[a https://b][c]", "![http://a](b)"])
def test_an_address_in_the_text_of_a_link(text: str) -> None:
    assert_same(f"# a\n\n{text}\n")


def test_own_pages() -> None:
    for text in own_pages():
        assert_same(text)


@steady
@given(st.lists(st.sampled_from([*same.PIECES, *same.LINE_HEADS, "words"]), max_size=16).map("".join))
def test_generated_pages(text: str) -> None:
    assert_same(text)


TAGS = [
    "<p>", "</p>", "<pre>", "</pre>", "</PRE>", '<pre class="x">', "<script>", "</script>", "</style>", "<!-- x -->",
    "<h2>", "</h2>", "<div>", "</DIV>", "<div/>", '<b class="x">', '<p id="x">', "<ul>", "<li x=y>", "<title>", "<br/>",
    '<img src="x">', "<img src='y'>", "<img src/>", '<IMG alt="z" SRC="w" />', '<img src="a b">', '<img src="">',
    '<img alt="a src=" src="b">', '<img srcset="h 2x" src="i">', "<a href>", '<a href="c&amp;d">', "</a>",
    '<a href="e" href="f" id="g">', '<a class="j" href="k">', '<a title=" href=" href="c">',
    "\n", "\n\n", "\n    ", "\n  \n", "[a](b)", "words", "<", "# H\n", "- ", "> ", "```\n",
]  # fmt: skip


@steady
@given(st.lists(st.sampled_from(TAGS), max_size=14).map("".join))
def test_generated_html(text: str) -> None:
    assert_same(f"a\n\n{text}\n\n[b](c)\n")


TITLES = [
    "`x`", "``y``", '<a name="n"></a>', '<a id="m"></a> ', "_a_", "a_b", "*c*", "*h*", "**i**", "|", "#", " #", ":", "://",
    "(x)=", "(", "&amp;", "&x", "\\", "\\*", "\\_", "\\`", "\\a", "[d](e)", "[f]", "{#g}", "words", " ", "\t", "~",
    "<br>", "!", "`", "\n", "\n\n", "\n# ",
]  # fmt: skip


@steady
@given(st.lists(st.sampled_from(TITLES), max_size=10).map("".join))
def test_generated_headings(text: str) -> None:
    assert_same(f"a\n\n## {text}\n\n[b](c)\n")


def test_mutated_pages() -> None:
    chance = random.Random(3)  # noqa: S311 - no secrets here
    found = [*own_pages(), *("\n\n".join(texts) for texts in EXAMPLES.values())]
    for _ in range(2000):
        assert_same(same.mutated(chance, chance.choice(found), chance.choice(found)))


def test_code_and_blocks_are_those_of_the_reference() -> None:
    for text in own_pages()[:5]:
        ours, theirs = fast.parse(text), reference.parse(text)
        assert ours == theirs
        assert ours.code[:1] == theirs.code[:1]
        assert len(ours.blocks) == len(theirs.blocks)


ORDINARY = """---
title: A page
---

# A page with `code`

Words, [a link](a.md "title"), **bold** and a [reference][here].
Another line with <br> and https://example.com/.

> [!NOTE]
> A note with ![a picture](b.png).

- one
  - two, [three](c.md#four)

    ```python
    [no](link)
    ```

1. <a id="five"></a>six

| a | b |
|---|---|
| [c](d.md) | `e` |

<details>

<!-- a comment -->
</details>

Setext
------

[here]: e.md
"""


def imports_markdown_it(text: str) -> bool:
    code = f"import sys; from doclint.parse import parse; parse({text!r}); print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip() == "True"


def test_an_ordinary_page_does_without_the_reference() -> None:
    assert_same(ORDINARY)
    assert not imports_markdown_it(ORDINARY)


def test_the_test_would_see_the_reference() -> None:
    assert imports_markdown_it("<? a\n?> [b](c)\n")


def test_only_the_unusual_block_is_handed_over() -> None:
    text = "# a\n\n<? b\n?> [c](d)\n\n# e\n\n[f](g)\n"
    notes = fast.notes_of(text)
    handed = [record for record in notes.records if isinstance(record, HandedOver)]
    assert [record.tokens[0].map for record in handed] == [[2, 4]]
    assert (len(notes.records), len(notes.links)) == (3, 1)
    assert_same(text)
