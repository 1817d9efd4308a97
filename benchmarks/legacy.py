"""Tells how often doclint reads a page in a legacy code page rightly, beside charset-normalizer and chardet.

    python benchmarks/legacy.py --clean FOLDER [--samples 20] [--languages de,fr] [--tools doclint,chardet]

FOLDER holds clean Markdown, one file for each language: `de.jsonl` with a line `{"text": "..."}` for each page. Pages
are saved in the encodings that their language was written in, cut to 200 and to 10,000 bytes, and handed over without
a name. What counts is the text that comes back, not what the encoding is called. "close" are pages that doclint calls
too close to call, and leaves alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.decode import decode
from doclint.model import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp437", "cp850")
CENTRAL = ("cp1250", "iso8859-2")
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
BALTIC = ("cp1257", "iso8859-13")
ENCODINGS = {
    "ar": ("cp1256", "iso8859-6"),
    "bg": CYRILLIC,
    "ca": WESTERN,
    "cs": CENTRAL,
    "da": WESTERN,
    "de": WESTERN,
    "el": ("cp1253", "iso8859-7"),
    "es": WESTERN,
    "et": (*BALTIC, "cp1252"),
    "fa": ("cp1256",),
    "fi": WESTERN,
    "fr": WESTERN,
    "he": ("cp1255", "iso8859-8"),
    "hr": CENTRAL,
    "hu": CENTRAL,
    "it": WESTERN,
    "ja": ("cp932", "euc_jp"),
    "ko": ("euc_kr", "cp949"),
    "lt": BALTIC,
    "lv": BALTIC,
    "nb": WESTERN,
    "nl": WESTERN,
    "pl": CENTRAL,
    "pt": WESTERN,
    "ro": CENTRAL,
    "ru": CYRILLIC,
    "sk": CENTRAL,
    "sl": CENTRAL,
    "sr": ("cp1251", "iso8859-5"),
    "sv": WESTERN,
    "th": ("cp874", "iso8859-11"),
    "tr": ("cp1254", "iso8859-9"),
    "uk": ("cp1251", "koi8-u", "iso8859-5"),
    "vi": ("cp1258",),
    "zh": ("gb18030", "gb2312"),
    "zh-tw": ("big5", "gb18030"),
}
"""What pages of a language were saved in before UTF-8.

ISO 8859-16 is left out: Romanian in it has the same bytes as in windows-1250, where they are the letters with a
cedilla; which of the two was meant no byte can tell.
"""

UNICODE = ("utf-16-le", "utf-16-be", "utf-16-le+mark", "utf-16-be+mark")
AS_IT_WAS_WRITTEN = {
    "ro": str.maketrans("șțȘȚ", "şţŞŢ"),  # the letters with a comma came too late for most code pages
    "fa": str.maketrans("ی۰۱۲۳۴۵۶۷۸۹", "ي0123456789"),  # windows-1256 has the Arabic letter alone, and no such digits
}
SIZES = (200, 10_000)
FEWEST = 10  # bytes beyond ASCII in a sample
TRIES = 200
TOO_CLOSE = "\0"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page without a name, and what it says."""

    language: str
    encoding: str
    size: int
    data: bytes
    text: str


def pages(path: Path) -> list[str]:
    """Read the pages of a language."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def in_bytes(text: str, encoding: str) -> bytes:
    """Encode a text, with a byte-order mark where the name of the encoding says so."""
    name = encoding.removesuffix("+mark")
    return (("\ufeff" if name != encoding else "") + text).encode(name)


def encodable(text: str, encoding: str) -> bool:
    """Tell whether an encoding has all characters of a text."""
    try:
        return in_bytes(text, encoding).decode(encoding.removesuffix("+mark")).removeprefix("\ufeff") == text
    except UnicodeError:
        return False


def samples(language: str, texts: Sequence[str], number: int, seed: int) -> Iterator[Sample]:
    """Yield up to `number` samples of a language for each encoding and size; the same ones for the same seed."""
    for encoding in (*ENCODINGS.get(language, ()), *UNICODE):
        chance = random.Random(f"{seed} {language} {encoding}")  # noqa: S311 - not for secrets
        letters = {} if encoding in UNICODE else AS_IT_WAS_WRITTEN.get(language, {})
        pieces = [line for text in texts for line in (*text.translate(letters).splitlines(keepends=True), "\n")]
        lines = [line for line in pieces if encodable(line, encoding)]
        for size in SIZES:
            for _ in range(number):
                if (sample := cut(lines, language, encoding, size, chance)) is not None:
                    yield sample


def cut(lines: Sequence[str], language: str, encoding: str, size: int, chance: random.Random) -> Sample | None:
    """Cut a sample out of lines, from a random one on and round the end; whole characters only."""
    for _ in range(TRIES):
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
        if encoding in UNICODE or sum(byte > 0x7F for byte in data) >= FEWEST:
            return Sample(language, encoding, size, data, text)
    return None


def by_doclint(data: bytes) -> str | None:
    """Return the text that doclint reads."""
    source = decode("page.md", data)
    if not isinstance(source, Source):
        return None
    return TOO_CLOSE if len(source.guesses) > 1 else source.text


def by_charset_normalizer(data: bytes) -> str | None:
    """Return the text that charset-normalizer reads."""
    best = importlib.import_module("charset_normalizer").from_bytes(data).best()
    return None if best is None else str(best)


def by_chardet(data: bytes) -> str | None:
    """Return the text in the encoding that chardet names."""
    name = importlib.import_module("chardet").detect(data)["encoding"]
    try:
        return None if name is None else data.decode(name)
    except (UnicodeError, LookupError):
        return None


TOOLS: dict[str, Callable[[bytes], str | None]] = {
    "doclint": by_doclint,
    "charset-normalizer": by_charset_normalizer,
    "chardet": by_chardet,
}


def verdict_on(text: str | None, sample: Sample) -> str:
    """Return "right", "close" or "wrong"."""
    if text == TOO_CLOSE:
        return "close"
    return "right" if text is not None and text.removeprefix("\ufeff") == sample.text else "wrong"


def report(tool: str, chosen: Sequence[Sample], *, failures: bool) -> None:
    """Print how a tool does, by language and by encoding."""
    by_language: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    by_encoding: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    seconds: Counter[int] = Counter()
    for sample in chosen:
        began = time.process_time()
        text = TOOLS[tool](sample.data)
        seconds[sample.size] += round(1e6 * (time.process_time() - began))
        verdict = verdict_on(text, sample)
        kind = "UTF-16" if sample.encoding in UNICODE else "code pages"
        for name in (sample.language, kind, "all"):
            by_language[name, sample.size][verdict] += 1
        by_encoding[sample.encoding, sample.size][verdict] += 1
        if failures and verdict != "right":
            print(
                verdict, sample.language, sample.encoding, sample.size, repr(sample.text[:60]), repr((text or "")[:60])
            )
    print(f"\n{tool}")
    for table in (by_language, by_encoding):
        for name in dict.fromkeys(name for name, _ in table):
            print(f"{name:14}", *(_percent(table[name, size]) for size in SIZES))
        print()
    for size in SIZES:
        print(f"{size} bytes: {seconds[size] / 1000 / max(1, by_language['all', size].total()):.1f} ms each")


def _percent(counts: Counter[str]) -> str:
    total = max(1, counts.total())
    shares = (f"{verdict} {counts[verdict] / total:7.2%}" for verdict in ("right", "close", "wrong"))
    return f"{'  '.join(shares)}  of {counts.total():<6}"


def main() -> None:
    """Read the words of the command line, and report on each tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, required=True, help="folder of LANGUAGE.jsonl")
    parser.add_argument("--samples", type=int, default=20, help="of each language, encoding and size")
    parser.add_argument("--languages", default="", help="separated by commas; all unless told")
    parser.add_argument("--tools", default="doclint", help=f"of {', '.join(TOOLS)}; separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true", help="also print what was not right")
    options = parser.parse_args()
    paths = sorted(options.clean.glob("*.jsonl"))
    wanted = options.languages.split(",") if options.languages else [path.stem for path in paths]
    chosen = [
        sample
        for path in paths
        if path.stem in wanted
        for sample in samples(path.stem, pages(path), options.samples, options.seed)
    ]
    for tool in options.tools.split(","):
        report(tool, chosen, failures=options.failures)


if __name__ == "__main__":
    main()
