from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import assert_mends, look
from doclint.model import Safety
from doclint.rules.mojibake import RULE

if TYPE_CHECKING:
    from conftest import MakeWorkspace


def damaged(text: str, *codecs: str) -> str:
    """Return `text` as it looks after its UTF-8 was read in each of `codecs` (windows-1252 if there is none)."""
    for codec in codecs or ("cp1252",):
        text = text.encode().decode(codec)
    return text


@pytest.mark.parametrize(
    "text",
    [
        "Nothing but plain letters here.",
        "Voilà un élève qui a reçu sa note à Noël, où l’on fête.",
        "Füße, Größe, „ja“, »nein« und 25 °C für 3 € je m².",
        "A avó não dá pão à irmã; são três maçãs.",
        "NÃO HÁ SÃO JOÃO SEM BALÃO; MAÇÃ E AVÓ.",
        "Ã é uma letra.",
        "Âge tendre, âme sœur, Île-de-France, Être.",
        "Tiếng Việt có nhiều dấu: ấm, ề, ỗ, ữ, Ễ, Ặ.",
        "Zażółć gęślą jaźń. Příliš žluťoučký kůň.",
        "Ş, ğ, İ ve ı: Türkçe harfler.",
        "Ångström, smörgåsbord, œuvre, naïve.",
        "Привет, мир! Съешь ещё этих булок.",
        "Ελληνικά: Ά, έ, ώ και ς.",
        "你好，世界。这是一段干净的文字。",
        "日本語の文章です。「はい」と言った。",
        "한국어 문장도 그대로 둡니다.",
        "नमस्ते दुनिया, यह साफ़ है।",
        "مرحبا بالعالم",
        "Rocket 🚀, family 👨‍👩‍👧, keycap 1️⃣, gear ⚙️.",
        "± 5 % · ≤ 3 × 4 ÷ 2 ≠ √2 → ∞",
        "┌──┐\n│ok│\n└──┘",
        "Copyright © 2020 Zoë™ — “quoted” – ‘so’ …",
        "CITÉ® du vin",
        "VOILÀ™, Zoë® et Chloë™",
        "10 £, 20 ¥, 30 ¢, § 4, ¶ 5, ¿qué?, ¡no!",
    ],
)
def test_silent_for_clean_text(text: str) -> None:
    assert not look(RULE, text)
    assert not look(RULE, f"# {text}\n\n> {text}\n\n`{text}`\n")


@pytest.mark.parametrize(
    "text",
    [
        "A span `CafÃ©` shows it.\n",
        "Ein schöner Tag.\n\n```\nCafÃ©\n```\n",
        "Ein schöner Tag.\n\n    Itâ€™s late\n",
        "``` text\nÐŸÑ€Ð¸Ð²ÐµÑ‚\n```\n",
    ],
)
def test_silent_for_what_is_quoted_in_code(text: str) -> None:
    assert not look(RULE, text)


def test_silent_for_an_example_on_a_page_about_encodings() -> None:
    text = (
        "# Save as UTF-8\n\nThe word “Café” was shown as CafÃ©, because Latin-1 was assumed.\n\n"
        "Über kurz oder lang trifft es jeden.\n\nÀ bientôt, où que ce soit.\n\nEnde – wirklich.\n"
    )
    assert not look(RULE, text)


@pytest.mark.parametrize(
    "text",
    [
        "Mojibake: when UTF-8 is read as windows-1252, é turns into Ã©.\n",
        "UTF-8 read as Latin-1:\n\n| meant | shown |\n|---|---|\n| é | Ã© |\n| ü | Ã¼ |\n",
    ],
)
def test_silent_where_what_is_meant_stands_beside_what_is_shown(text: str) -> None:
    assert not look(RULE, text)


def test_silent_where_bytes_are_missing() -> None:
    assert not look(RULE, "the â€œquoteâ€ that ends here\n")


# ------------------------------------------------------------------------------------------------------------ loud


def test_a_damaged_word() -> None:
    [seen] = look(RULE, "# Menu\n\nCafÃ© au lait\n")
    assert seen.text == "Ã©"
    assert seen.message == 'text is UTF-8 read as windows-1252: "Ã©" should be "é"'
    assert seen.help == "doclint fix repairs it"
    assert seen.hit.on_disk


def test_twice_damaged() -> None:
    [seen] = look(RULE, f"{damaged('Crème brûlée à la carte', 'cp1252', 'cp1252')}\n")
    assert seen.message.startswith("text is UTF-8 read as windows-1252, twice: ")


def test_one_finding_a_line_from_its_first_damage_to_its_last() -> None:
    [first, second] = look(RULE, "EspaÃ±a y JapÃ³n\nnada\nPerÃº\n")
    assert first.text == "Ã±a y JapÃ³"
    assert second.text == "Ãº"


def test_a_long_sample_is_cut() -> None:
    [seen] = look(RULE, damaged("Добрый·вечер·и·большое·спасибо·всем", "cp1251") + "\n")
    shown = seen.message.partition('"')[2].partition('"')[0]
    assert shown.endswith("...")
    assert len(shown) == 24 + 3


@pytest.mark.parametrize(
    ("clean", "codec"),
    [
        ("It’s late – really, he said…", "cp1252"),
        ("Die Straße führt über die Brücke", "cp1252"),
        ("Die Straße führt über die Brücke", "mac_roman"),
        ("Die Straße führt über die Brücke", "cp437"),
        ("Die Straße führt über die Brücke", "cp850"),
        ("Добрый вечер и большое спасибо", "cp1251"),
        ("Добрый вечер и большое спасибо", "koi8-r"),
        ("Добрый вечер и большое спасибо", "latin-1"),
        ("今日は良い天気です", "latin-1"),
        ("今天天气很好，我们去公园。", "latin-1"),
    ],
)
def test_each_codec_is_undone(workspace: MakeWorkspace, clean: str, codec: str) -> None:
    lines = [f"# {clean}", f"{clean}, and then some plain words.", f"- {clean}", f"> {clean}!"]
    before = {"page.md": damaged("\n\n".join(lines), codec) + "\n"}
    assert before["page.md"] != "\n\n".join(lines) + "\n"
    assert_mends(workspace, RULE.name, before, {"page.md": "\n\n".join(lines) + "\n"}, Safety.SAFE)


# --------------------------------------------------------------------------------------------------- before -> after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("CafÃ© au lait", "Café au lait"),
        ("one\r\nCafÃ© au lait \t\r\n\r\ntwo", "one\r\nCafé au lait \t\r\n\r\ntwo"),
        ("\ufeffCafÃ© au lait\n", "\ufeffCafé au lait\n"),
        ("Itâ€™s “fine” so far\n", "It’s “fine” so far\n"),
        ("| CafÃ© | thÃ© |\n|---|---|\n| â‚¬ | 1 |\n", "| Café | thé |\n|---|---|\n| € | 1 |\n"),
        ("[CafÃ©](x.md 'CafÃ©')\n", "[Café](x.md 'Café')\n"),
        ("---\ntitle: CafÃ©\n---\n\nCafÃ©\n", "---\ntitle: Café\n---\n\nCafé\n"),
        ("CafÃƒÂ© au lait\n", "Café au lait\n"),
    ],
)
def test_the_way_back_is_written(workspace: MakeWorkspace, before: str, after: str) -> None:
    assert_mends(workspace, RULE.name, {"page.md": before}, {"page.md": after}, Safety.SAFE)


def test_where_two_code_pages_fit_only_unsafe_writes(workspace: MakeWorkspace) -> None:
    before = {"page.md": damaged("žluť", "cp1250") + "\n"}
    [seen] = look(RULE, before["page.md"])
    assert seen.help == "more than one code page fits; doclint fix --unsafe takes the likelier"
    assert_mends(workspace, RULE.name, before, {"page.md": "žluť\n"}, Safety.UNSAFE)


def test_code_on_a_page_that_is_damaged_throughout_is_repaired_too(workspace: MakeWorkspace) -> None:
    clean = "# Überblick\n\nDie Größe zählt.\n\n    größe = 3\n\nSchöne Grüße, `größe` später.\n\nTschüß\n"
    assert_mends(workspace, RULE.name, {"page.md": damaged(clean)}, {"page.md": clean}, Safety.SAFE)


def test_other_damaged_pages_bear_witness_against_code(workspace: MakeWorkspace) -> None:
    clean = {
        "a.md": "Die Größe zählt für Höfe und Türen.\n",
        "b.md": "Schöne Grüße aus München und Köln.\n",
        "c.md": "Set it so:\n\n    größe = höhe + 3\n",
    }
    before = {path: damaged(text) for path, text in clean.items()}
    assert_mends(workspace, RULE.name, before, clean, Safety.SAFE)


def test_witnesses_are_heard_in_the_whole_run(workspace: MakeWorkspace) -> None:
    clean = {"a.md": "Die Größe zählt für Höfe und Türen.\n", "b.md": "Schöne Grüße aus München und Köln.\n"}
    code = damaged("Set it so:\n\n    größe = höhe + 3\n")
    space = workspace({path: damaged(text) for path, text in clean.items()} | {"c.md": code})
    (space.root / "c.md").chmod(0o444)
    outcome = space.fix()
    assert space.tree() == {path: text.encode() for path, text in clean.items()} | {"c.md": code.encode()}
    assert [(finding.path, finding.rule) for finding in outcome.findings] == [("c.md", "mojibake")]


def test_a_single_damaged_page_is_no_witness(workspace: MakeWorkspace) -> None:
    before = {"a.md": damaged("Die Größe zählt für Höfe.\n"), "c.md": damaged("Set it so:\n\n    größe = 3\n")}
    assert_mends(workspace, RULE.name, before, {"a.md": "Die Größe zählt für Höfe.\n"}, Safety.SAFE)


# ------------------------------------------------------------------------------------- links to a damaged heading

HEADING = "# CafÃ© menu\n"  # its anchor is #cafã-menu; after repair #café-menu


@pytest.mark.parametrize(
    ("link", "moved"),
    [
        ("#cafã-menu", "#café-menu"),
        ("#caf%C3%A3-menu", "#caf%C3%A9-menu"),
        ("#CAFÃ-menu", "#café-menu"),
        ("page.md#cafã-menu", "page.md#café-menu"),
        ("./page.md?plain=0#cafã-menu", "./page.md?plain=0#café-menu"),
    ],
)
def test_links_on_the_same_page_move_with_it(workspace: MakeWorkspace, link: str, moved: str) -> None:
    before = {"page.md": f"{HEADING}\n[a]({link} 't')\n"}
    after = {"page.md": f"# Café menu\n\n[a]({moved} 't')\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


def test_links_on_other_pages_move_with_it(workspace: MakeWorkspace) -> None:
    before = {
        "docs/page.md": HEADING,
        "README.md": "See [the menu](docs/page.md#cafã-menu) and [more](docs/page.md).\r\n",
        "docs/side.md": "![x](y.png) <a href='page.md#cafã-menu'>menu</a>, [m]\n\n[m]: ../docs/page.md#cafã-menu\n",
    }
    after = {
        "docs/page.md": "# Café menu\n",
        "README.md": "See [the menu](docs/page.md#café-menu) and [more](docs/page.md).\r\n",
        "docs/side.md": "![x](y.png) <a href='page.md#café-menu'>menu</a>, [m]\n\n[m]: ../docs/page.md#café-menu\n",
    }
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


def test_the_advice_counts_the_links_that_move() -> None:
    [seen] = look(RULE, HEADING)
    assert seen.help == "doclint fix repairs it"
    [seen] = look(RULE, f"{HEADING}\n[a](#cafã-menu)\n")
    assert seen.help == "doclint fix repairs it, with the link to it"
    [seen] = look(RULE, HEADING, {"other.md": "[a](page.md#cafã-menu)\n[b](page.md#cafã-menu)\n"})
    assert seen.help == "doclint fix repairs it, with 2 links to the heading"


def test_links_move_also_when_only_the_damaged_page_is_named(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": HEADING, "other.md": "[a](page.md#cafã-menu)\n"})
    space.fix("page.md")
    assert space.tree() == {"page.md": b"# Caf\xc3\xa9 menu\n", "other.md": b"[a](page.md#caf\xc3\xa9-menu)\n"}


def test_a_link_that_is_right_after_the_repair_stays(workspace: MakeWorkspace) -> None:
    before = {"page.md": f"{HEADING}\n[a](#café-menu)\n"}
    assert_mends(workspace, RULE.name, before, {"page.md": "# Café menu\n\n[a](#café-menu)\n"}, Safety.SAFE)


def test_a_link_that_was_damaged_with_the_heading_is_repaired_with_it(workspace: MakeWorkspace) -> None:
    before = {"page.md": f"{HEADING}\n[CafÃ©](#cafÃ©-menu)\n", "other.md": "[CafÃ©](page.md#cafÃ©-menu)\n"}
    after = {"page.md": "# Café menu\n\n[Café](#café-menu)\n", "other.md": "[Café](page.md#café-menu)\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


def test_a_link_to_another_heading_stays(workspace: MakeWorkspace) -> None:
    before = {"page.md": f"{HEADING}\n## Prices\n\n[a](#prices) [b](#cafã-menu)\n"}
    after = {"page.md": "# Café menu\n\n## Prices\n\n[a](#prices) [b](#café-menu)\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


def test_the_counter_of_a_duplicate_moves_too(workspace: MakeWorkspace) -> None:
    before = {"page.md": "# Café\n\n# CafÃ©\n\n[a](#café) [b](#cafã)\n"}
    after = {"page.md": "# Café\n\n# Café\n\n[a](#café) [b](#café-1)\n"}
    assert_mends(workspace, RULE.name, before, after, Safety.SAFE)


def test_the_links_to_a_damaged_heading_are_no_second_fault(workspace: MakeWorkspace) -> None:
    space = workspace({"page.md": f"{HEADING}\n[a](#cafã-menu) [b](#café-menu)\n"})
    assert [finding.rule for finding in space.check()] == ["mojibake"]


def test_what_a_comment_silences_is_not_repaired(workspace: MakeWorkspace) -> None:
    text = f"<!-- doclint-disable mojibake -->\n{HEADING}\n[a](#cafã-menu)\n"
    space = workspace({"page.md": text})
    assert not space.fix(select=("default",)).changed
