from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from doclint.model import Safety
from doclint.parse import parse

if TYPE_CHECKING:
    from conftest import MakeWorkspace
    from doclint.model import Parsed


def cell(source: str | list[str], kind: str = "markdown", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells: dict[str, Any], ascii_only: bool = False, indent: int | None = 1) -> str:
    return json.dumps({"cells": list(cells), "nbformat": 4}, ensure_ascii=ascii_only, indent=indent)


def read(text: str) -> Parsed:
    return parse(text, "a.ipynb")


def links(text: str) -> list[tuple[str, str]]:
    """Each destination with what stands at its place in the file."""
    return [(link.destination, link.destination_span.of(text)) for link in read(text).links]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("before", ["", "é", "😀", '"quoted" \\ ', "tab\t", "x\u2028", "é" * 50])
def test_a_destination_is_found_behind_any_escape(before: str, indent: int | None, ascii_only: bool) -> None:
    text = notebook(
        cell([f"{before}\n", f"{before} [a](b.md#c) and ![d](e%20f.png)\n"]), ascii_only=ascii_only, indent=indent
    )
    assert links(text) == [("b.md#c", "b.md#c"), ("e%20f.png", "e%20f.png")]


def test_an_escape_inside_a_destination_belongs_to_it() -> None:
    text = notebook(cell("[a](grüße😀.md)"), ascii_only=True)
    assert links(text) == [("grüße😀.md", r"gr\u00fc\u00dfe\ud83d\ude00.md")]


def test_a_quoted_attribute_is_found_without_its_quotes() -> None:
    assert links(notebook(cell('<img src="a.png" alt="x">'))) == [("a.png", "a.png")]


def test_all_markdown_cells_count_and_a_source_may_be_one_string() -> None:
    text = notebook(cell("[a](b.md)"), cell(["[c]", "(d.md)"]))
    assert [link.destination for link in read(text).links] == ["b.md", "d.md"]


def test_the_keys_of_a_cell_may_stand_in_any_order() -> None:
    text = '{"nbformat": 4, "cells": [{"source": "[a](b.md)", "cell_type": "markdown"}]}'
    assert links(text) == [("b.md", "b.md")]


@pytest.mark.parametrize(
    "text",
    [
        notebook(cell("[a](b.md)", "code")),
        notebook(cell("[a](b.md)", "raw")),
        notebook(cell("x", "code", outputs=[{"data": {"text/markdown": "[a](b.md)", "source": "[a](b.md)"}}])),
        notebook(cell("x", attachments={"source": {"cell_type": "markdown", "x": "[a](b.md)"}})),
        notebook(cell("`[a](b.md)` and\n\n    [a](b.md)\n")),
        notebook(cell("The sum $a[i](j)$ and $$x[a](b.md)$$.")),
        json.dumps({"metadata": {"cells": [cell("[a](b.md)")]}, "cells": []}),
        "{}",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    ],
)
def test_what_is_no_markdown_of_a_cell_has_no_links(text: str) -> None:
    parsed = read(text)
    assert not parsed.links
    assert not parsed.undefined
    assert parsed.fault is None


def test_money_is_no_formula() -> None:
    assert [link.destination for link in read(notebook(cell("It costs $5, see [a](b.md), or $6."))).links] == ["b.md"]


def test_a_reference_of_one_cell_that_another_defines_is_not_reported() -> None:
    assert not read(notebook(cell("[a][b]"), cell("[b]: c.md"))).undefined
    assert [found.label for found in read(notebook(cell("[a][b]"))).undefined] == ["b"]


def test_everything_but_the_cells_is_code() -> None:
    text = notebook(cell("prose `code`"), cell("print()", "code"))
    code = "".join(span.of(text) for span in read(text).code)
    assert "print()" in code
    assert "`code`" in code
    assert "prose" not in code


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ('{"cells": [', "it is not JSON: expecting value", 11),
        ("", "it is not JSON: expecting value", 0),
        ("<<<<<<< ours\n{}", "it is not JSON: expecting value", 0),
        ('{"cells": ["a\nb"]}', "it is not JSON: invalid control character at", 13),
        ("[]", "its JSON is no object", 0),
        ("[" * 100_000 + "]" * 100_000, "its JSON is nested too deeply", 0),
    ],
)
def test_what_is_no_notebook_is_told_once(text: str, reason: str, place: int) -> None:
    fault = read(text).fault
    assert fault is not None
    assert (fault.reason, fault.span.start) == (reason, place)


def test_a_broken_notebook_is_one_finding(workspace: MakeWorkspace) -> None:
    [finding] = workspace({"a.ipynb": '{\n "cells": [}\n', "b.md": "[a](a.ipynb#x)\n"}).check()
    assert (finding.rule, finding.path, finding.place.line, finding.place.column) == (
        "unreadable-page",
        "a.ipynb",
        2,
        12,
    )


def test_a_fragment_into_a_notebook_is_not_judged(workspace: MakeWorkspace) -> None:
    space = workspace({"a.ipynb": notebook(cell("# Title\n[b](#nowhere)")), "b.md": "[a](a.ipynb#nowhere)\n"})
    outcome = space.outcome()
    assert not outcome.findings
    assert outcome.summary.unknown == 2


def test_a_fix_changes_the_destination_and_nothing_else(workspace: MakeWorkspace) -> None:
    before = notebook(cell(['He said "hé" \\\n', "[a](Guide.md#x)\n"]), ascii_only=True)
    space = workspace({"a.ipynb": before, "guide.md": "# X\n"})
    space.fix(select=("wrong-case",))
    after = space.read("a.ipynb").decode()
    assert after == before.replace("Guide.md", "guide.md")
    assert json.loads(after)["cells"][0]["source"][1] == "[a](guide.md#x)\n"


def test_a_link_to_a_quote_stays_json(workspace: MakeWorkspace) -> None:
    space = workspace({"a.ipynb": notebook(cell("[a](Say%20%22hi%22.md)")), 'say "hi".md': "# X\n"})
    space.fix(select=("wrong-case",))
    assert json.loads(space.read("a.ipynb"))["cells"][0]["source"] == "[a](say%20%22hi%22.md)"


def test_mojibake_of_a_cell_is_repaired_and_the_file_stays_json(workspace: MakeWorkspace) -> None:
    whole = notebook(*(cell(f"Größe {n}: schöne Grüße aus Köln, sehr früh\n") for n in range(4)))
    space = workspace(
        {"a.ipynb": whole.encode().decode("cp1252", "surrogateescape").encode("utf-8", "surrogateescape")}
    )
    space.fix(level=Safety.SAFE)
    assert json.loads(space.read("a.ipynb"))["cells"][0]["source"].startswith("Größe 0")


def test_a_comment_in_a_cell_silences(workspace: MakeWorkspace) -> None:
    source = ["<!-- doclint-disable-next-line missing-file -->\n", "[a](gone.md)\n"]
    assert not workspace({"a.ipynb": notebook(cell(source))}).check()


def test_a_clean_notebook_is_silent(workspace: MakeWorkspace) -> None:
    text = notebook(
        cell(["# Title\n", "\n", "![x](attachment:x.png) [b](#Title) [c](c.md)\n", "$$\\frac{a}{b}[0][1]$$"]),
        cell("x = a[0][1]\n# Ã©", "code", outputs=[{"output_type": "stream", "text": ["[a][b] \\u001b[0m\n"]}]),
    )
    assert not workspace({"n/a.ipynb": text, "n/c.md": "# C\n"}).check(select=("all",), ignore=("orphan-page",))
