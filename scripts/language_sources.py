"""What the language tables are built from: prose about software, and lists of words with their frequencies.

All of it is had as `build_language_tables.py` tells; the licences stand in src/doclint/repair/tables/LICENSE.md.
"""

from __future__ import annotations

import gettext
import html
import importlib.resources
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LIST = 80_000
"""So many words of a list are taken, the most frequent ones."""


class Plan(NamedTuple):
    """What is built for a language: the longest n-gram, how many n-grams, and what its sources call it."""

    order: int
    size: int
    office: str = ""
    gnome: str = ""
    words: str = ""


PLANS = {
    "zh": Plan(4, 280_000, "zh-CN", "zh_CN"),
    "zh-Hant": Plan(4, 130_000, "zh-TW", "zh_TW", "zh"),
    "ja": Plan(4, 145_000),
    "ko": Plan(5, 74_000),
    "th": Plan(5, 37_000),
    "vi": Plan(6, 49_000),
    "ru": Plan(6, 49_000),
    "uk": Plan(6, 41_000),
    "bg": Plan(6, 20_500),
    "sr": Plan(6, 20_500),
    "el": Plan(6, 41_000),
    "ar": Plan(6, 37_000),
    "fa": Plan(6, 37_000),
    "he": Plan(6, 33_000),
    "hi": Plan(6, 37_000),
    "bn": Plan(6, 24_500),
    "ta": Plan(6, 24_500),
    "tr": Plan(6, 33_000),
    "pl": Plan(6, 33_000),
    "cs": Plan(6, 33_000),
    "sk": Plan(6, 20_500),
    "hu": Plan(6, 33_000),
    "ro": Plan(6, 28_500),
    "hr": Plan(6, 12_500),
    "sl": Plan(6, 12_500),
    "lt": Plan(6, 12_500),
    "lv": Plan(6, 12_500),
    "et": Plan(6, 12_500),
    "fr": Plan(6, 28_500),
    "es": Plan(6, 20_500),
    "pt": Plan(6, 24_500, "pt-BR", "pt_BR"),
    "ca": Plan(6, 12_500),
    "it": Plan(6, 16_500),
    "de": Plan(6, 20_500),
    "nl": Plan(6, 12_500),
    "sv": Plan(6, 16_500),
    "da": Plan(6, 12_500),
    "nb": Plan(6, 10_000),
    "fi": Plan(6, 16_500),
    "id": Plan(6, 5_000),
    "en": Plan(6, 6_500, "en-US", "C"),
}
WITHOUT_SPACES = {"zh", "zh-Hant", "ja", "th"}

REPOSITORIES = {
    "reactjs/zh-hans.react.dev": ("zh", "f6cda05526ceff44b24588e9e0c2e2106d4588d4"),
    "vuejs-translations/docs-zh-cn": ("zh", "c2715ff75bae5376bc5bf212280ae76e30089fbd"),
    "KaiserY/trpl-zh-cn": ("zh", "49df980589ccd5c1b8829b9be47439136dc34101"),
    "d2l-ai/d2l-zh": ("zh", "e6b18ccea71451a55fcd861d7b96fddf2587b09a"),
    "pingcap/docs-cn": ("zh", "ae9ab0fd89873986fabc4c8873d77d46ba76f066"),
    "doocs/advanced-java": ("zh", "efb95ddac45c0d5bc69565cfd2f05b7ec65785e5"),
    "doocs/source-code-hunter": ("zh", "3facefba32a533b317c1d6028d4c9725ad1c17a0"),
    "doocs/leetcode": ("zh", "b6ee4f59f28bcf325b7ec535d0a0e12b409e70f4"),
    "dunwu/db-tutorial": ("zh", "47d7d1552f1be6cde030d44b19d976553965886a"),
    "dunwu/linux-tutorial": ("zh", "b672dd04296093c4a525bb6682f3f41b8afcbbd7"),
    "dunwu/javacore": ("zh", "85a88352790f3fca5b6683e8891a71779abbb311"),
    "reactjs/zh-hant.react.dev": ("zh-Hant", "19692fa83681619db5849b5d24b14b67b9650329"),
    "reactjs/ja.react.dev": ("ja", "7f38231d9d5dddaae6ac51da7d0f173d697f835c"),
    "rust-lang-ja/book-ja": ("ja", "822ffbb7b5ecf28ff5393e4057c8b9189a5d3fe1"),
    "reactjs/ko.react.dev": ("ko", "2e8c873c3cea6703d1c94d01b5d5716259005c8e"),
}
"""Repositories on GitHub whose Markdown is counted: the language, and the commit."""

_BLOCK = re.compile(r"</?(?:p|div|h\d|li|td|tr|br|title|item|note|section)\b[^>]*>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[`~]*[ ]*$|\Z)", re.MULTILINE | re.DOTALL)
_DESTINATION = re.compile(r"\]\([^)\s]*\)")


def packages() -> list[str]:
    """Return the Debian packages that the tables are built from."""
    names = {"gnome-user-docs", "debian-handbook"}
    without_help = {"th", "uk", "bg", "sr", "ar", "fa", "he", "bn", "ta", "ro", "hr", "lt", "lv"}
    for language, plan in PLANS.items():
        name = (plan.office or language).lower()
        if language not in without_help:
            names.add(f"libreoffice-help-{name}")
        if language != "en":
            names.add(f"libreoffice-l10n-{name}")
    return sorted(names)


def lines_of(markup: str) -> Iterator[str]:
    """Yield the lines of prose in HTML, Mallard or a message."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", _SCRIPT.sub("", markup))))
    for line in text.split("\n"):
        if words := line.split():
            yield unicodedata.normalize("NFC", " ".join(words))


def commands() -> Iterator[str]:
    """Yield the shell commands that bring the sources into the current folder."""
    yield f"apt-get download {' '.join(packages())}"
    yield 'for package in *.deb; do dpkg-deb -x "$package" . ; done'
    for name, (_, commit) in REPOSITORIES.items():
        yield f"git clone https://github.com/{name} github/{name} && git -C github/{name} checkout {commit}"


def lines_of_markdown(text: str) -> Iterator[str]:
    """Yield the lines of prose in Markdown: no code blocks, no destinations, no tags."""
    yield from lines_of(_DESTINATION.sub("]", _FENCED.sub("", text)))


def prose(sources: Path, language: str) -> list[str]:
    """Return all distinct lines of prose in a language."""
    plan = PLANS[language]
    office, gnome = plan.office or language, plan.gnome or language
    handbook = office if "-" in office else f"{language}-"
    files = [
        *sources.glob(f"usr/share/libreoffice/help/{office}/**/*.html"),
        *sources.glob(f"usr/share/help/{gnome}/**/*.page"),
        *sources.glob(f"usr/share/help/{gnome}/**/*.docbook"),
        *sources.glob(f"usr/share/doc/debian-handbook/html/{handbook}*/*.html"),
    ]
    lines = {line for file in files for line in lines_of(file.read_text("utf-8", "ignore"))}
    for name in {office, gnome, language}:
        for file in sources.glob(f"usr/lib/libreoffice/program/resource/{name}/LC_MESSAGES/*.mo"):
            with file.open("rb") as opened:
                catalogue = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
            # A tilde or an underscore marks a letter as the key to press.
            messages = (text.replace("~", "").replace("_", "") for text in catalogue.values() if isinstance(text, str))
            lines.update(line for message in messages for line in lines_of(message))
    for name, (tongue, _) in REPOSITORIES.items():
        if tongue == language:
            for file in (sources / "github" / name).rglob("*.md"):
                lines.update(lines_of_markdown(file.read_text("utf-8", "ignore")))
    return sorted(lines)


def words(language: str) -> list[tuple[str, float]]:
    """Return words that are not ASCII with their frequencies (1 in all), most frequent first."""
    if language == "th":
        text = (importlib.resources.files("pythainlp") / "corpus/tnc_freq.txt").read_text("utf-8")
        pairs = [line.split("\t") for line in text.splitlines()]
        total = sum(int(count) for _, count in pairs)
        return [(word, int(count) / total) for word, count in pairs if int(count) > 5]
    if language == "sr":
        return []  # wordfreq's list is in Latin letters, the prose in Cyrillic ones
    import wordfreq

    try:
        listed = wordfreq.get_frequency_dict(PLANS[language].words or language, "best")
    except LookupError:
        return []
    found = sorted(((w, f) for w, f in listed.items() if not w.isascii()), key=lambda pair: -pair[1])[:LONGEST_LIST]
    if language.startswith("zh"):
        known = {word for word, _ in found}
        text = (importlib.resources.files("jieba") / "dict.txt").read_text("utf-8")
        entries = [(word, int(count)) for word, count, _ in (line.split(" ") for line in text.splitlines())]
        total = sum(count for _, count in entries)
        found += [(w, c / total) for w, c in entries if 1 < len(w) < 6 and w not in known and c > 2]
    if language == "zh-Hant":
        from opencc import OpenCC

        traditional = OpenCC("s2twp").convert("\n".join(word for word, _ in found)).split("\n")
        found = [(word, frequency) for word, (_, frequency) in zip(traditional, found, strict=True)]
    return found
