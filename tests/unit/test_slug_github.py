from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import page_of
from doclint.model import Anchor, AnchorKind, ElementId, Heading, Part, PartKind, Span
from doclint.slug.github import always_there, anchors, live_slug, lookups, reachable, slugger_slug, text_of

SHARED = Path(__file__).resolve().parents[3] / "shared" / "slugs"
NOWHERE = Span(0, 0)


def heading(*parts: tuple[PartKind, str]) -> Heading:
    return Heading(1, tuple(Part(kind, text) for kind, text in parts), NOWHERE)


def names(*texts: str) -> list[str]:
    """Return the anchors of headings with these texts."""
    return [anchor.name for anchor in anchors([heading((PartKind.TEXT, text)) for text in texts])]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("", ""),
        ("Quick start", "quick-start"),
        ("QUICK_start-2", "quick_start-2"),
        ("two  spaces", "two--spaces"),
        (" edges ", "-edges-"),
        ("tab\there", "tabhere"),
        ("a & b / c + d", "a--b--c--d"),
        ("v1.2.3 (beta)", "v123-beta"),
        ("???", ""),
        ("-", "-"),
        ("`~!@#$%^&*()=+[]{}|;:'\",.<>/?", ""),
        ("Größe", "größe"),
        ("ÀÉÎ", "àéî"),
        ("Straße", "straße"),
        ("ПРИВЕТ, Мир!", "привет-мир"),
        ("安装（中文）", "安装中文"),
        ("日本語・テスト", "日本語テスト"),
        ("한국어 제목", "한국어-제목"),
        ("हिन्दी", "हिन्दी"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("naïve “quotes” – dash", "naïve-quotes--dash"),
        ("caf\u00e9", "caf\u00e9"),
        ("cafe\u0301", "cafe\u0301"),
        ("a\u00a0b\u2003c\u3000d", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth", "zerowidth"),
        ("x²", "x"),
        ("½ ①", "-"),
        ("Ⅷ", "ⅷ"),
        ("Ⓐ", "ⓐ"),
        ("٣ ३", "٣-३"),
        ("a‿b", "a‿b"),
        ("🚀 Go", "-go"),
        ("⚙️ Go", "\ufe0f-go"),
        ("1️⃣ Go", "1\ufe0f\u20e3-go"),
        ("🅰 Go", "🅰-go"),
        ("© 2020 ™", "-2020-"),
        ("€ 5", "-5"),
    ],
)
def test_both_rules_agree(text: str, slug: str) -> None:
    assert live_slug(text) == slug
    assert slugger_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "live", "slugger"),
    [
        ("می\u200cشود", "می\u200cشود", "میشود"),
        ("👩\u200d🔬 Lab", "\u200d-lab", "-lab"),
        ("ΛΟΓΟΣ", "λογοσ", "λογος"),
        ("İzmir", "izmir", "i\u0307zmir"),
        ("\U0003174f", "\U0003174f", ""),
    ],
)
def test_where_the_live_site_and_the_package_differ(text: str, live: str, slugger: str) -> None:
    assert live_slug(text) == live
    assert slugger_slug(text) == slugger


@pytest.mark.parametrize("text", ["ΛΟΓΟΣ", "👩\u200d🔬 Lab", "İzmir"])
def test_both_are_accepted(text: str) -> None:
    [anchor] = anchors([heading((PartKind.TEXT, text))])
    assert (anchor.name, anchor.aliases) == (live_slug(text), (slugger_slug(text),))


def test_no_alias_where_they_agree() -> None:
    [anchor] = anchors([heading((PartKind.TEXT, "Größe"))])
    assert anchor.aliases == ()


def test_the_space_before_a_comment_may_count_or_not() -> None:
    [anchor] = anchors([heading((PartKind.TEXT, "Usage "), (PartKind.TAG, "<!-- old -->"))])
    assert {anchor.name, *anchor.aliases} == {"usage-", "usage"}


# ---------------------------------------------------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("foo", "foo", "foo"), ["foo", "foo-1", "foo-2"]),
        (("foo", "foo", "foo-1"), ["foo", "foo-1", "foo-1-1"]),
        (("foo-1", "foo", "foo"), ["foo-1", "foo", "foo-2"]),
        (("foo", "FOO", "Foo!"), ["foo", "foo-1", "foo-2"]),
        (("?", "!", ""), ["", "-1", "-2"]),
        (("a", "b", "a", "b"), ["a", "b", "a-1", "b-1"]),
        (("a", "a-1", "a", "a-1", "a"), ["a", "a-1", "a-2", "a-1-1", "a-3"]),
        (("caf\u00e9", "cafe\u0301"), ["caf\u00e9", "cafe\u0301"]),
    ],
)
def test_duplicates(texts: tuple[str, ...], expected: list[str]) -> None:
    assert names(*texts) == expected


def test_no_two_headings_share_an_anchor() -> None:
    found = names(*["x", "x-1", "x", "x-2", "x-1", "x"] * 50)
    assert len(set(found)) == len(found)


def test_explicit_ids_take_no_part_in_the_counting() -> None:
    marks: list[Heading | ElementId] = [
        ElementId("foo", NOWHERE),
        heading((PartKind.TEXT, "foo")),
        heading((PartKind.TEXT, "foo")),
    ]
    assert [anchor.name for anchor in anchors(marks)] == ["foo", "foo", "foo-1"]


def test_an_explicit_id_keeps_its_case_and_loses_the_sites_prefix() -> None:
    [first, second] = anchors([ElementId("Here", Span(3, 7)), ElementId("user-content-there", NOWHERE)])
    assert (first.name, first.kind, first.text, first.span) == ("Here", AnchorKind.HTML, "", Span(3, 7))
    assert second.name == "there"


def test_a_heading_keeps_its_text_and_place() -> None:
    [anchor] = anchors([Heading(2, (Part(PartKind.TEXT, "Set up!"),), Span(5, 12))])
    assert (anchor.kind, anchor.text, anchor.span) == (AnchorKind.HEADING, "Set up!", Span(5, 12))


def test_the_pieces_that_count() -> None:
    whole = heading(
        (PartKind.TAG, "<b>"),
        (PartKind.TEXT, "Set"),
        (PartKind.TAG, "</b>"),
        (PartKind.ALT, "a picture"),
        (PartKind.TEXT, " "),
        (PartKind.CODE, "up()"),
        (PartKind.BREAK, "\n"),
        (PartKind.TEXT, "now"),
        (PartKind.FOOTNOTE, "1"),
    )
    assert text_of(whole) == "Set up()\nnow1"
    assert anchors([whole])[0].name == "set-upnow1"


def test_headings_in_footnotes_are_counted_last() -> None:
    page = page_of("A note[^n].\n\n[^n]:\n    # Twin\n\n# Twin\n")
    found = {anchor.name: anchor.span.start for anchor in anchors(page.parsed.marks)}
    assert found["twin"] > found["twin-1"], "the one in the footnote stands first on the page, and last in the reader's"


# ------------------------------------------------------------------------------------------------------------ look-up


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("set-up", ["set-up"]),
        ("gr%C3%B6%C3%9Fe", ["größe"]),
        ("a%2520b", ["a%20b"]),
        ("100%", ["100%"]),
        ("user-content-set-up", ["set-up"]),
        ("user%2Dcontent-set-up", ["set-up"]),
        ("Set-Up", ["Set-Up", "set-up"]),
        ("user-content-Set-Up", ["Set-Up", "set-up"]),
        ("%C3%9Cber", ["Über", "über"]),
    ],
)
def test_lookups(fragment: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(lookups(fragment))) == expected


@pytest.mark.parametrize("name", ["ΛΟΓΟΣ", "İzmir", "ÜBER UNS", "Quick Start"])
def test_a_fragment_with_the_headings_capitals_finds_it(name: str) -> None:
    [anchor] = anchors([heading((PartKind.TEXT, name))])
    assert {anchor.name, *anchor.aliases} & set(lookups(name.replace(" ", "-")))


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "Top",
        "readme",
        "README",
        "L1",
        "L10-L20",
        "L1C2-L3C4",
        "l7",
        ":~:text=a",
        "fn-1",
        "fnref-x-2",
        "user-content-fn-a",
    ],
)
def test_always_there(fragment: str) -> None:
    assert always_there(fragment)


@pytest.mark.parametrize(
    "fragment", ["topic", "atop", "L", "L1x", "L1-", "readme-2", "fn", "fn-", "footnote-1", "x:~:text=a", "line-1"]
)
def test_not_always_there(fragment: str) -> None:
    assert not always_there(fragment)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("setup", True), ("Setup", False), ("größe", True), ("GRÖSSE", False), ("安装", True), ("a_b-1", True)],
)
def test_reachable(name: str, expected: bool) -> None:
    assert reachable(name) is expected


# --------------------------------------------------------------------------------------------- what was asked elsewhere


def rows(file: str) -> list[dict[str, Any]]:
    path = SHARED / file
    if not path.exists():
        pytest.skip(f"{path} is not there: it is measured where the shared material lies beside the repository")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents_of(file: str) -> list[dict[str, Any]]:
    # The programs that were asked know no front matter and take its last line for a setext heading; the site does not.
    found = [row for row in rows(file) if "document" in row and row["name"] != "front-matter"]
    assert found
    return found


def headings_of(markdown: str) -> list[Anchor]:
    return [anchor for anchor in anchors(page_of(markdown).parsed.marks) if anchor.kind is AnchorKind.HEADING]


def test_the_live_site_heading_by_heading() -> None:
    headings = [row for row in rows("github.jsonl") if "text" in row]
    assert headings
    wrong = {row["text"]: live_slug(row["text"]) for row in headings if live_slug(row["text"]) != row["slug"]}
    assert not wrong


def test_the_live_site_document_by_document() -> None:
    documents = documents_of("github.jsonl")
    found = {row["name"]: [anchor.name for anchor in headings_of(row["document"])] for row in documents}
    assert found == {row["name"]: row["slugs"] for row in documents}


def test_the_package_heading_by_heading() -> None:
    headings = [row for row in rows("github-slugger.jsonl") if "text" in row]
    assert headings
    wrong = {row["text"]: slugger_slug(row["text"]) for row in headings if slugger_slug(row["text"]) != row["slug"]}
    assert not wrong


def test_the_package_document_by_document() -> None:
    documents = documents_of("github-slugger.jsonl")
    for row in documents:
        found = [{anchor.name, *anchor.aliases} for anchor in headings_of(row["document"])]
        assert len(found) == len(row["slugs"])
        assert all(slug in accepted for slug, accepted in zip(row["slugs"], found, strict=True)), row["name"]


def test_what_people_have_seen_on_the_live_site() -> None:
    seen = rows("github-observed.jsonl")
    assert seen
    assert {row["text"]: live_slug(row["text"]) for row in seen} == {row["text"]: row["slug"] for row in seen}
