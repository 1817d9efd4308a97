"""Writes src/doclint/repair/tables: what character follows which, in each language that doclint can restore.

    mkdir sources && cd sources
    python ../scripts/build_language_tables.py --commands | sh
    cd .. && pip install wordfreq jieba opencc-python-reimplemented pythainlp langcodes ftfy
    python scripts/build_language_tables.py sources [LANGUAGE ...]

`language_sources.py` says what is read, `ngram_model.py` what is made of it: all n-grams of characters are counted, and
those are kept that tell most.
"""

from __future__ import annotations

import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from language_sources import PLANS, WITHOUT_SPACES, commands, prose, words
from ngram_model import Model, estimated, reduced

from doclint.repair.ngrams import NO_WEIGHT, QUANTUM, Kind, Table, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES = Path(__file__).parent.parent / "src/doclint/repair/tables"

WORDS_AS_TEXT = 1e6
"""So many words of running text does a list of words count for."""

RAREST = 0.02
"""The least that a word of a list counts, in words of running text."""

TELLING = 60
"""So many telling words, or characters, are kept for each language."""


RARE_LETTER = 1e-4
"""A letter that is a smaller share of a language's text comes from foreign names."""

MUCH_MORE = 4
"""A word tells a language when it is so many times as frequent there as in any other."""

MORE = 1.5
"""The same, for a language that is much like another."""


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


def packed(order: int, model: Model) -> bytes:
    """Return the bytes of a table; `Table.read` is the way back."""
    shared, rests, probabilities, weights = bytearray(), [], bytearray(), bytearray()
    last = ""
    for key in sorted(model.probabilities):
        same = next((i for i, (a, b) in enumerate(zip(key, last, strict=False)) if a != b), min(len(key), len(last)))
        shared.append(same << 4 | len(key) - same)
        rests.append(key[same:])
        probabilities.append(_logarithm(model.probabilities[key], QUANTUM))
        weight = model.weights.get(key)
        weights.append(0 if weight is None else max(1, NO_WEIGHT + _logarithm(weight, 1)))
        last = key
    body = "".join(rests)
    alphabet = [char for char, _ in Counter(body).most_common()]
    place = {char: index for index, char in enumerate(alphabet)}
    known = {
        "order": order,
        "keys": len(shared),
        "characters": len(body),
        "unknown": model.unknown,
        "alphabet": "".join(alphabet),
    }
    high, low = bytes(place[char] >> 8 for char in body), bytes(place[char] & 255 for char in body)
    data = json.dumps(known).encode() + b"\n" + bytes(shared + probabilities + weights) + high + low
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
    return lzma.compress(data, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)


def _logarithm(number: float, steps: int) -> int:
    """Return how often `number` is halved from 1, in steps of a part of a halving."""
    return min(255 - NO_WEIGHT, round(-math.log2(number) * steps))


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


def letters(language: str) -> str:
    """Return the letters beyond ASCII of a language with spaces between words, as its table has them; sorted."""
    if language in WITHOUT_SPACES:
        return ""
    known = Table.read((TABLES / f"{language}.xz").read_bytes(), kind_of(language)).probabilities
    return "".join(
        sorted(
            key
            for key, share in known.items()
            if len(key) == 1 and key.isalpha() and not key.isascii() and share > RARE_LETTER
        )
    )


def main(arguments: list[str]) -> None:
    """Build all tables, or those of the languages that are named."""
    if arguments[:1] == ["--commands"]:
        print(*commands(), sep="\n")
        return
    sources = Path(arguments[0])
    TABLES.mkdir(exist_ok=True)
    found = {}
    for language, plan in PLANS.items():
        lines = prose(sources, language)
        found[language] = tokens(language, lines)
        if len(arguments) > 1 and language not in arguments[1:]:
            continue
        counts = count(language, lines)
        data = packed(plan.order, reduced(estimated(counts, plan.order), counts, plan.size))
        (TABLES / f"{language}.xz").write_bytes(data)
        print(f"{language:8} {len(lines):7,} lines {len(data):9,} bytes", file=sys.stderr, flush=True)
    languages = {
        language: {
            "kind": kind_of(language).value,
            "letters": letters(language),
            "words": " ".join(tokens),
        }
        for language, tokens in telling(found).items()
    }
    text = json.dumps(languages, ensure_ascii=False, indent=1)
    (TABLES / "languages.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
