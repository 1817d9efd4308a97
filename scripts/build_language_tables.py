"""Writes src/doclint/repair/tables: what character follows which, in each language that doclint can restore.

    mkdir sources && cd sources
    apt-get download $(python ../scripts/build_language_tables.py --packages)
    for package in *.deb; do dpkg-deb -x "$package" . ; done
    cd .. && pip install wordfreq jieba opencc-python-reimplemented pythainlp langcodes ftfy
    python scripts/build_language_tables.py sources [LANGUAGE ...]

The sources are prose about software (LibreOffice's help and messages, GNOME's user documentation, the Debian
Administrator's Handbook, all as Debian packages them) and lists of words with their frequencies (wordfreq, jieba,
PyThaiNLP); their licences stand in src/doclint/repair/tables/LICENSE.md. All n-grams of characters are counted, and
those are kept that tell most: the ones that are frequent and not what the shorter n-gram within them would have made
expect. N-grams of ASCII alone are left out but for contexts, because damage never touches ASCII.
"""

from __future__ import annotations

import gettext
import html
import importlib.resources
import json
import lzma
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from doclint.repair.language import QUANTUM, Kind, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLES = Path(__file__).parent.parent / "src/doclint/repair/tables"

WORDS_AS_TEXT = 1e6
"""So many words of running text does a list of words count for."""

RAREST = 0.02
"""The least that a word of a list counts, in words of running text."""

LONGEST_LIST = 80_000
TELLING = 60
"""So many telling words, or characters, are kept for each language."""


class Plan(NamedTuple):
    """What is built for a language: the longest n-gram, how many n-grams, and what its sources call it."""

    order: int
    size: int
    office: str = ""
    gnome: str = ""
    words: str = ""


PLANS = {
    "zh": Plan(4, 300_000, "zh-CN", "zh_CN"),
    "zh-Hant": Plan(4, 160_000, "zh-TW", "zh_TW", "zh"),
    "ja": Plan(4, 180_000),
    "ko": Plan(5, 90_000),
    "th": Plan(5, 45_000),
    "vi": Plan(6, 60_000),
    "ru": Plan(6, 60_000),
    "uk": Plan(6, 50_000),
    "bg": Plan(6, 25_000),
    "sr": Plan(6, 25_000),
    "el": Plan(6, 50_000),
    "ar": Plan(6, 45_000),
    "fa": Plan(6, 45_000),
    "he": Plan(6, 40_000),
    "hi": Plan(6, 45_000),
    "bn": Plan(6, 30_000),
    "ta": Plan(6, 30_000),
    "tr": Plan(6, 40_000),
    "pl": Plan(6, 40_000),
    "cs": Plan(6, 40_000),
    "sk": Plan(6, 25_000),
    "hu": Plan(6, 40_000),
    "ro": Plan(6, 35_000),
    "hr": Plan(6, 15_000),
    "sl": Plan(6, 15_000),
    "lt": Plan(6, 15_000),
    "lv": Plan(6, 15_000),
    "et": Plan(6, 15_000),
    "fr": Plan(6, 35_000),
    "es": Plan(6, 25_000),
    "pt": Plan(6, 30_000, "pt-BR", "pt_BR"),
    "ca": Plan(6, 15_000),
    "it": Plan(6, 20_000),
    "de": Plan(6, 25_000),
    "nl": Plan(6, 15_000),
    "sv": Plan(6, 20_000),
    "da": Plan(6, 15_000),
    "nb": Plan(6, 12_000),
    "fi": Plan(6, 20_000),
    "id": Plan(6, 6_000),
    "en": Plan(6, 8_000, "en-US", "C"),
}
WITHOUT_SPACES = {"zh", "zh-Hant", "ja", "th"}

_BLOCK = re.compile(r"</?(?:p|div|h\d|li|td|tr|br|title|item|note|section)\b[^>]*>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


MUCH_MORE = 4
"""A word tells a language when it is so many times as frequent there as in any other."""

MORE = 1.5
"""The same, for a language that is much like another."""


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


def count(language: str, lines: Iterable[str]) -> Counter[str]:
    """Count the n-grams of a language."""
    plan = PLANS[language]
    kind = kind_of(language)
    text = "".join(f" {folded(line, kind).strip()}\n" for line in lines if not line.isascii())
    counts: Counter[str] = Counter()
    for length in range(1, plan.order + 1):
        counts.update(text[start : start + length] for start in range(len(text) - length + 1))
    for key in [key for key in counts if "\n" in key[:-1]]:
        del counts[key]
    edge = "" if language in WITHOUT_SPACES else " "
    for plain, frequency in words(language):
        word = edge + folded(plain, kind) + edge
        weight = max(frequency * WORDS_AS_TEXT, RAREST)
        for start in range(len(word)):
            for end in range(start + 1, min(start + plan.order, len(word)) + 1):
                counts[word[start:end]] += weight  # type: ignore[assignment]
    return counts


def kind_of(language: str) -> Kind:
    """Return how a language is written."""
    if language in WITHOUT_SPACES:
        return Kind.UNSPACED
    latin = "vi tr pl cs sk hu ro hr sl lt lv et fr es pt ca it de nl sv da nb fi id en"
    return Kind.LATIN if language in latin.split() else Kind.SPACED


def chosen(counts: Counter[str], size: int) -> dict[str, float]:
    """Return the `size` n-grams that tell most, with all the shorter ones that they begin with."""
    following: defaultdict[str, float] = defaultdict(float)
    for key, number in counts.items():
        following[key[:-1]] += number

    def share(key: str) -> float:
        return counts[key] / following[key[:-1]]

    kept = {key for key, number in counts.items() if len(key) == 1 and number >= 1}
    surprise = {
        key: number * abs(math.log(share(key) / share(key[1:])))
        for key, number in counts.items()
        if len(key) > 1 and number >= 1 and not key.isascii() and key[1:] in counts
    }
    for key in sorted(surprise, key=lambda key: (-surprise[key], key)):
        if len(kept) >= size:
            break
        while key not in kept:
            kept.add(key)
            key = key[:-1]  # noqa: PLW2901 - the way down to the root
    return {key: counts[key] for key in kept}


def packed(order: int, counts: dict[str, float]) -> bytes:
    """Return the bytes of a table; `language.Table.read` is the way back."""
    shared, rests, logarithms = bytearray(), [], bytearray()
    last = ""
    for key in sorted(counts):
        same = next((i for i, (a, b) in enumerate(zip(key, last, strict=False)) if a != b), min(len(key), len(last)))
        shared.append(same << 4 | len(key) - same)
        rests.append(key[same:])
        logarithms.append(max(0, round(QUANTUM * math.log2(max(counts[key], 1.0)))))
        last = key
    body = "".join(rests)
    alphabet = [char for char, _ in Counter(body).most_common()]
    place = {char: index for index, char in enumerate(alphabet)}
    header = json.dumps({"order": order, "keys": len(shared), "characters": len(body), "alphabet": "".join(alphabet)})
    high, low = bytes(place[char] >> 8 for char in body), bytes(place[char] & 255 for char in body)
    data = header.encode() + b"\n" + bytes(shared) + bytes(logarithms) + high + low
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
    return lzma.compress(data, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)


def tokens(language: str, lines: Iterable[str]) -> Counter[str]:
    """Count what tells a language: its words, or its characters where it is written without spaces."""
    text = " ".join(lines).lower()
    if language in WITHOUT_SPACES:
        return Counter(char for char in text if not char.isascii() and char.isalpha())
    return Counter(re.findall(r"[^\W\d_]+", text))


def telling(found: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Return, for each language, the words that are frequent in it and hardly found in the others."""
    rates = {language: {t: n / sum(counts.values()) for t, n in counts.items()} for language, counts in found.items()}
    result = {}
    for language, own in rates.items():
        elsewhere: defaultdict[str, float] = defaultdict(float)
        for other, theirs in rates.items():
            if other != language:
                for token in own.keys() & theirs.keys():
                    elsewhere[token] = max(elsewhere[token], theirs[token])
        much = {token for token, rate in own.items() if rate > MUCH_MORE * elsewhere[token]}
        more = {token for token, rate in own.items() if rate > MORE * elsewhere[token]}
        result[language] = sorted(more, key=lambda token: (token not in much, -own[token], token))[:TELLING]
    return result


def main(arguments: list[str]) -> None:
    """Build all tables, or those of the languages that are named."""
    if arguments[:1] == ["--packages"]:
        print(*packages())
        return
    sources = Path(arguments[0])
    TABLES.mkdir(exist_ok=True)
    found = {}
    for language, plan in PLANS.items():
        lines = prose(sources, language)
        found[language] = tokens(language, lines)
        if len(arguments) > 1 and language not in arguments[1:]:
            continue
        data = packed(plan.order, chosen(count(language, lines), plan.size))
        (TABLES / f"{language}.xz").write_bytes(data)
        print(f"{language:8} {len(lines):7,} lines {len(data):9,} bytes", file=sys.stderr, flush=True)
    languages = {
        language: {"kind": kind_of(language).value, "words": " ".join(tokens)}
        for language, tokens in telling(found).items()
    }
    text = json.dumps(languages, ensure_ascii=False, indent=1)
    (TABLES / "languages.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
