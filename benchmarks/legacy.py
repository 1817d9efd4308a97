"""Tells how often doclint reads a page in a legacy code page rightly, beside charset-normalizer and chardet.

    python benchmarks/legacy.py --clean FOLDER [--samples 20] [--languages de,fr] [--seed 1]

FOLDER holds clean Markdown, one file for each language: `de.jsonl` with a line `{"text": "..."}` for each page. Each
page is saved in the encodings that its language was written in, cut to 200 and to 10,000 bytes, and handed over
without a name. What counts is the text that comes back, not what the encoding is called.
"""

from __future__ import annotations

import argparse
import codecs
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from doclint.decode import decode
from doclint.model import Source

WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp437", "cp850")
UNICODE = ("utf-16-le", "utf-16-be", "utf-16-le+mark", "utf-16-be+mark")
CENTRAL = ("cp1250", "iso8859-2")
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
ENCODINGS = {
    "ar": ("cp1256", "iso8859-6"),
    "bg": CYRILLIC,
    "cs": CENTRAL,
    "de": WESTERN,
    "el": ("cp1253", "iso8859-7"),
    "es": WESTERN,
    "et": ("cp1257", "iso8859-13", "cp1252"),
    "fa": ("cp1256",), "sk": CENTRAL, "sl": CENTRAL, "fi": WESTERN, "da": WESTERN, "nb": WESTERN, "ca": WESTERN, "vi": ("cp1258",),
    "fr": WESTERN,
    "he": ("cp1255", "iso8859-8"),
    "hr": CENTRAL,
    "hu": CENTRAL,
    "it": WESTERN,
    "ja": ("cp932", "euc_jp"),
    "ko": ("euc_kr", "cp949"),
    "lt": ("cp1257", "iso8859-13"),
    "lv": ("cp1257", "iso8859-13"),
    "nl": WESTERN,
    "pl": CENTRAL,
    "pt": WESTERN,
    "ro": CENTRAL,
    "ru": CYRILLIC,
    "sr": ("cp1251", "iso8859-5"),
    "sv": WESTERN,
    "th": ("cp874", "iso8859-11"),
    "tr": ("cp1254", "iso8859-9"),
    "uk": ("cp1251", "koi8-u", "iso8859-5"),
    "zh": ("gb18030", "gb2312"),
    "zh-tw": ("big5", "gb18030"),
}
"""What pages of a language were saved in before UTF-8; UTF-16 is added for all of them."""

AS_IT_WAS_WRITTEN = {
    "ro": str.maketrans("șțȘȚ", "şţŞŢ"),  # the letters with a comma came too late for most code pages
    "fa": str.maketrans("ی۰۱۲۳۴۵۶۷۸۹", "ي0123456789"),  # windows-1256 has the Arabic letter alone, and no such digits
}
SIZES = (200, 10_000)
FEWEST = 10  # bytes beyond ASCII in a sample
TOO_CLOSE = "\0too close to call"


@dataclass(frozen=True)
class Sample:
    language: str
    encoding: str
    size: int
    data: bytes
    text: str


def pages(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def in_bytes(text: str, encoding: str) -> bytes:
    name = encoding.removesuffix("+mark")
    return (("\ufeff" if name != encoding else "") + text).encode(name)


def encodable(text: str, encoding: str) -> bool:
    try:
        return in_bytes(text, encoding).decode(encoding.removesuffix("+mark")).removeprefix("\ufeff") == text
    except UnicodeError:
        return False


def samples(language: str, texts: list[str], number: int, seed: int) -> Iterator[Sample]:
    for encoding in (*ENCODINGS.get(language, ()), *UNICODE):
        chance = random.Random(f"{seed} {language} {encoding}")
        table = AS_IT_WAS_WRITTEN.get(language, {}) if not encoding.startswith(("utf", "iso8859-16")) else {}
        lines = [
            line
            for text in texts
            for line in (*text.translate(table).splitlines(keepends=True), "\n")
            if encodable(line, encoding)
        ]
        for size in SIZES:
            for _ in range(number):
                if (sample := cut(lines, language, encoding, size, chance)) is not None:
                    yield sample


def cut(lines: list[str], language: str, encoding: str, size: int, chance: random.Random) -> Sample | None:
    """Cut a sample out of lines: from a random one on, round the end, whole characters only."""
    for _ in range(200):
        first = chance.randrange(len(lines))
        text, length = "", 0
        for line in (*lines[first:], *lines[:first]):
            text += line
            length += len(in_bytes(line, encoding))
            if length >= size:
                break
        while len(in_bytes(text, encoding)) > size:
            text = text[:-1]
        data = in_bytes(text, encoding)
        if encoding.startswith("utf-16") or sum(byte > 0x7F for byte in data) >= FEWEST:
            return Sample(language, encoding, size, data, text)
    return None


def by_doclint(data: bytes) -> str | None:
    source = decode("page.md", data)
    if not isinstance(source, Source):
        return None
    return TOO_CLOSE if len(source.guesses) > 1 else source.text


def by_charset_normalizer(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def by_chardet(data: bytes) -> str | None:
    import chardet

    name = chardet.detect(data)["encoding"]
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


TOOLS: dict[str, Callable[[bytes], str | None]] = {
    "doclint": by_doclint,
    "charset-normalizer": by_charset_normalizer,
    "chardet": by_chardet,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--languages", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tools", default="doclint")
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    found = [path for path in sorted(options.clean.glob("*.jsonl"))
             if not options.languages or path.stem in options.languages.split(",")]
    chosen = [s for path in found for s in samples(path.stem, pages(path), options.samples, options.seed)]
    for tool in options.tools.split(","):
        report(tool, chosen, options.failures)


def report(tool: str, chosen: list[Sample], failures: bool) -> None:
    results: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    by_encoding: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    seconds = dict.fromkeys(SIZES, 0.0)
    for sample in chosen:
        began = time.process_time()
        text = TOOLS[tool](sample.data)
        seconds[sample.size] += time.process_time() - began
        verdict = ("close" if text == TOO_CLOSE else
                   "right" if (text or "").removeprefix("\ufeff") == sample.text else "wrong")
        results[sample.language, sample.size][verdict] += 1
        results["all", sample.size][verdict] += 1
        by_encoding[sample.encoding.removesuffix("+mark"), sample.size][verdict] += 1
        if failures and verdict != "right":
            s = decode("p", sample.data)
            g = getattr(s, "guesses", None) or getattr(s, "encoding", None)
            print(verdict, sample.language, sample.encoding, sample.size, g, repr([w for w in sample.text.split() if not w.isascii()][:9]), repr([w for w in (text or '').split() if not w.isascii()][:9]))
    print(f"\n{tool}")
    for table in (results, by_encoding):
        for name in dict.fromkeys(name for name, _ in table):
            print(f"{name:12}", *(f"{_percent(table[name, size])}" for size in SIZES))
        print()
    for size in SIZES:
        print(f"{size}: {seconds[size] / max(1, results['all', size].total()) * 1000:.1f} ms")


def _percent(counts: Counter[str]) -> str:
    total = counts.total() or 1
    return f"right {counts['right'] / total:7.2%} close {counts['close'] / total:6.2%} wrong {counts['wrong'] / total:6.2%} ({total})  "


if __name__ == "__main__":
    main()
