from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from doclint.model import (
    Change,
    Edit,
    Finding,
    Fix,
    Graph,
    HeldBack,
    Inference,
    Outcome,
    Place,
    Reference,
    Rename,
    Safety,
    Span,
)
from doclint.report import render
from doclint.report.html.excerpts import Change as Replaced
from doclint.report.html.excerpts import before_and_after, marked
from doclint.report.html.graph import drawn
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, LOSSY, OPTIONS, outcomes


class Elements(HTMLParser):
    """All elements of a page with their attributes and what stands in them, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._is_open = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        self._is_open = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - whichever it is
        self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.found[-1][2].append(data)

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(text)) for name, attributes, text in self.found if name == tag]


def page_of(outcome: Outcome, command: str = "check") -> str:
    return render("html", outcome, replace(OPTIONS, command=command))


def data_of(outcome: Outcome, command: str = "check") -> dict[str, Any]:
    [(_, text)] = [script for script in Elements(page_of(outcome, command)).of("script") if script[0]]
    data: dict[str, Any] = json.loads(text)
    return data


# ------------------------------------------------------------------------------------------------- nothing gets out


def test_the_page_needs_nothing_else() -> None:
    page = page_of(replace(CLEAN, findings=(ANCHOR, LOSSY)))
    elements = Elements(page)
    assert not [attributes for _, attributes, _ in elements.found if {"src", "srcset", "style"} & attributes.keys()]
    assert {attributes.get("href") for _, attributes, _ in elements.found} == {None, "#list"}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|import\(", page)


def test_the_policy_lets_in_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    elements = Elements(page_of(CLEAN))
    [policy] = [
        attributes["content"] or ""
        for attributes, _ in elements.of("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    [(_, style)] = elements.of("style")
    [(_, script)] = [found for found in elements.of("script") if not found[0]]

    def called(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {called(style)}",
        f"script-src {called(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_script_makes_no_markup() -> None:
    [(_, script)] = [found for found in Elements(page_of(CLEAN)).of("script") if not found[0]]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser", script
    )


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "{{script}}", "\u2028", "]]>", "\udcff"]
)
def test_content_stays_in_the_data(hostile: str) -> None:
    finding = replace(ANCHOR, message=hostile, help=hostile, path=hostile, rule=hostile, excerpt=hostile)
    outcome = replace(CLEAN, findings=(finding,), held_back=(HeldBack(hostile, hostile),), root=f"/{hostile}")
    plain, page = Elements(page_of(replace(CLEAN, findings=(ANCHOR,)))), page_of(outcome)
    assert [tag for tag, _, _ in Elements(page).found] == [tag for tag, _, _ in plain.found]
    shown = hostile.replace("\u2028", "\\u2028").replace("\udcff", "\\xff")
    assert data_of(outcome)["findings"][0]["message"] == shown


@settings(max_examples=50)
@given(outcome=outcomes())
def test_whatever_a_repository_holds_the_page_has_the_same_elements(outcome: Outcome) -> None:
    page = page_of(outcome)
    page.encode()
    assert [tag for tag, _, _ in Elements(page).found] == [tag for tag, _, _ in Elements(page_of(CLEAN)).found]
    assert len(data_of(outcome)["findings"]) == len(outcome.findings)


# --------------------------------------------------------------------------------------------------- what is in it


def test_nothing_found() -> None:
    data = data_of(CLEAN)
    assert data["findings"] == data["rules"] == data["changes"] == []
    assert data["graph"] is None
    assert data["sentences"] == ["all good: 125 pages, 4,310 links"]


def test_a_finding_with_its_line_before_and_after() -> None:
    data = data_of(replace(CLEAN, findings=(ANCHOR,)))
    [finding] = data["findings"]
    assert data["paths"][finding["path"]] == "docs/a.md"
    assert finding["excerpt"] == [["See [setup](", ""], ["guide.md#instal", "mark"], [") first.", ""]]
    assert finding["fix"]["way"] == "fix --unsafe"
    assert finding["fix"]["before"] == [["See [setup](guide.md#instal", ""], ["", "gone"], [") first.", ""]]
    assert finding["fix"]["after"] == [["See [setup](guide.md#instal", ""], ["l", "new"], [") first.", ""]]


def test_restored_characters_say_how_sure_they_are() -> None:
    [finding] = data_of(replace(CLEAN, findings=(LOSSY,)))["findings"]
    assert finding["fix"]["confidence"] == 0.61
    assert [piece for piece in finding["fix"]["after"] if piece[1] == "likely"] == [
        ["à", "likely", 0.97, [["í", 0.02]]],
        ["É", "likely", 0.61, [["Í", 0.3], ["Á", 0.05]]],
    ]
    assert "".join(piece[0] for piece in finding["fix"]["after"]) == "un à plein Été de plus"


def test_what_a_fix_changes_elsewhere_is_listed() -> None:
    edits = (Edit(Span(0, 1), "x", "docs/c.md"), Edit(Span(0, 1), "y"))
    fix = Fix("x", edits, Safety.SAFE, (Rename("docs/Ã©.md", "docs/é.md"),))
    places = (Place(3, 1, 3, 2), Place(7, 2, 7, 3))
    [finding] = data_of(replace(CLEAN, findings=(replace(ANCHOR, fix=fix, edit_places=places),)))["findings"]
    assert finding["fix"]["elsewhere"] == ["docs/c.md:3:1: x", "docs/a.md:7:2: y", "docs/Ã©.md becomes docs/é.md"]
    assert finding["fix"]["after"] == []


@pytest.mark.parametrize(
    ("before", "after", "hunks"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", [(2, "b", "B")]),
        ("a\nb\nc\n", "a\nc\n", [(2, "b", "")]),
        ("a\n", "a\nb\n", [(2, "", "b")]),
        ("a\r\nb\r\n", "a\r\nc\r\n", [(2, "b", "c")]),
        ("a\n", "a\n", []),
    ],
)
def test_what_fix_wrote(before: str, after: str, hunks: list[tuple[int, str, str]]) -> None:
    outcome = replace(CLEAN, changed=(Change("a.md", before, after, 1),))
    assert data_of(outcome)["changes"] == []
    [change] = data_of(outcome, "fix")["changes"]

    def text(pieces: list[list[str]]) -> str:
        return "".join(piece[0] for piece in pieces)

    assert [(hunk["line"], text(hunk["before"]), text(hunk["after"])) for hunk in change["hunks"]] == hunks


# ------------------------------------------------------------------------------------------------------------ lines


def joined(pieces: list[list[object]]) -> str:
    return "".join(str(piece[0]) for piece in pieces)


def test_a_short_line_is_whole() -> None:
    assert joined(marked("abc", 1, 2)) == "abc"
    assert marked("abc", 3, 9) == [["abc", ""], ["", "mark"]]


def test_of_a_long_line_the_part_that_matters_is_shown() -> None:
    pieces = marked("x" * 1_000_000 + "mark" + "y" * 1_000_000, 1_000_000, 1_000_004)
    assert joined(pieces) == "…" + "x" * 80 + "mark" + "y" * 80 + "…"


def test_what_matters_is_cut_where_it_is_very_long() -> None:
    assert len(joined(marked("x" * 1_000_000, 0, 1_000_000))) < 700
    before, after = before_and_after("x" * 1_000_000, [Replaced(Span(0, 1_000_000), "y" * 1_000_000)])
    assert len(joined(before)) < 700
    assert len(joined(after)) < 700


def test_of_a_long_line_that_only_grows_the_place_is_shown() -> None:
    before, after = before_and_after("x" * 500 + "y" * 500, [Replaced(Span(500, 500), "!")])
    assert joined(before) == "…" + "x" * 80 + "y" * 80 + "…"
    assert joined(after) == "…" + "x" * 80 + "!" + "y" * 80 + "…"


def test_what_stays_between_changes_is_not_marked() -> None:
    changes = [Replaced(Span(0, 2), "é"), Replaced(Span(5, 10), "x d y")]
    before, after = before_and_after("Ã© a a d b!", changes)
    assert joined(after) == "é a x d y!"
    assert [piece[0] for piece in before if piece[1] == "gone"] == ["Ã©", "a", "b"]
    assert [piece[0] for piece in after if piece[1] == "new"] == ["é", "x", "y"]


def test_an_inferred_character_is_marked_also_where_it_looks_as_before() -> None:
    _, after = before_and_after("a?b", [Replaced(Span(0, 3), "a?c", (Inference("?", 0.9, (), 1),))])
    assert after == [["a", ""], ["?", "likely", 0.9, []], ["c", "new"]]


# ------------------------------------------------------------------------------------------------------------ graph


def broken(path: str, start: int) -> Finding:
    return replace(ANCHOR, path=path, span=Span(start, start + 1))


def test_no_findings_no_nodes() -> None:
    assert drawn(Graph(("a.md", "b.md"), (Reference("a.md", "b.md", Span(0, 1)),)), ())["nodes"] == []


def test_pages_with_findings_and_their_neighbours_are_drawn() -> None:
    references = (
        Reference("a.md", "gone.md", Span(0, 1)),
        Reference("a.md", "b.md", Span(5, 6)),
        Reference("a.md", "b.md", Span(9, 10)),
        Reference("c.md", "a.md", Span(0, 1)),
        Reference("c.md", "d.md", Span(5, 6)),
    )
    picture = drawn(Graph(("a.md", "b.md", "c.md", "d.md"), references), (broken("a.md", 0),))
    assert picture["nodes"] == [
        ["a.md", "page", 1, 1],
        ["b.md", "page", 0, 1],
        ["c.md", "page", 0, 1],
        ["gone.md", "missing", 0, 1],
    ]
    assert picture["links"] == [[0, 3, 1, 1], [0, 1, 2, 0], [2, 0, 1, 0]]
    assert picture["broken"] == 1


def test_a_finding_that_is_not_about_links_breaks_none() -> None:
    references = (Reference("a.md", "b.md", Span(0, 1)),)
    picture = drawn(Graph(("a.md", "b.md"), references), (replace(broken("a.md", 0), rule="mojibake"),))
    assert picture["broken"] == 0
    assert [node[0] for node in picture["nodes"]] == ["a.md", "b.md"]  # type: ignore[attr-defined]


def test_of_too_many_pages_those_with_few_findings_stand_for_their_folder() -> None:
    pages = tuple(f"docs/{number % 30:02}/{number:05}.md" for number in range(9_000))
    references = tuple(Reference(page, "index.md", Span(0, 1)) for page in pages)
    found = [broken(page, 5) for page in pages] + [broken(pages[7], 0)] * 3
    picture: dict[str, Any] = drawn(Graph((*pages, "index.md"), references), found)
    assert len(picture["nodes"]) <= 200
    kinds = {node[1] for node in picture["nodes"]}
    assert kinds == {"page", "folder"}
    assert sum(node[3] for node in picture["nodes"]) == 9_001
    assert [pages[7], "page", 4, 1] in picture["nodes"]
    folders = {node[0] for node in picture["nodes"] if node[1] == "folder"}
    assert folders == {"/", *(f"docs/{number:02}/" for number in range(30))}


def test_folders_stand_together_where_there_are_too_many() -> None:
    pages = tuple(f"{number % 5}/{number}/a.md" for number in range(2_000))
    picture: dict[str, Any] = drawn(Graph(pages, ()), [broken(page, 0) for page in pages])
    assert [node[0] for node in picture["nodes"] if node[1] == "folder"] == [f"{number}/" for number in range(5)]


def test_of_too_many_links_the_broken_ones_are_drawn() -> None:
    pages = tuple(f"{number:03}.md" for number in range(100))
    references = tuple(
        Reference(page, other, Span(place, place + 1))
        for page in pages
        for place, other in enumerate(pages)
        if other != page
    )
    picture: dict[str, Any] = drawn(
        Graph(pages, references), [broken(pages[99], 3), *(broken(page, 200) for page in pages)]
    )
    assert len(picture["links"]) == 1_500
    assert picture["leftOut"] == 9_900 - 1_500
    assert picture["links"][0] == [99, 3, 1, 1]
