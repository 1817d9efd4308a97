"""Holds the fast parse against the reference parse, on the pages of any folders and on mutations of them.

    python benchmarks/same.py [--mutations N] [--seed N] [--time] FOLDER ...

Prints every page on which they differ, and ends with 1 if there is one. `--time` tells how fast both are, in user
seconds, and which share of the text the fast parse hands over.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.parse import reference
from doclint.parse.fast import page as fast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from doclint.model import Parsed

FIELDS = ("marks", "links", "definitions", "undefined", "comments")
"""What the fast parse reads by itself; the rest it takes from the reference parse as it is."""

# What a page is made of besides words, and what stands where it matters.
PIECES = (
    *"[]()<>!`*_#|>-=+~^:\\\"'&;{}/. \t\n1a\xa0\x85\f\u2028\u3000\u00e9\u6280",
    *(
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n    ",
        "\n\t",
        "\n```\n",
        "\n~~~~\n",
        "\n---\n",
        "\n===\n",
        "\n# ",
        "\n## x\n",
    ),
    *("[a](b)", "![a](b)", "[a][b]", "[a]", "\n[a]: b\n", "\n[b]: <c> 'd'\n", "[^1]", "](", "][", "]:", "![", "``"),
    *(
        "<a id='b'>",
        "<a href>",
        "</a>",
        "<div>\n",
        "</div>\n",
        "<!-- ",
        "-->",
        "<pre>",
        "</pre>",
        "<h2>",
        "</h2>",
        "<https://a.b>",
    ),
    *("https://a.b/c", "&amp;", "{#a}", "\n(a)=\n", "\n: ", "|---|---|\n", "\n| a | b |\n|---|---|\n", "\\|", "***"),
)
LINE_HEADS = (" ", "  ", "    ", "\t", "> ", "- ", "| ", "10. ", "# ")


def pages(folders: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Yield the Markdown files below the folders; bytes that are not UTF-8 become lone surrogates."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.md")):
            if path.is_file():
                yield path, path.read_bytes().decode("utf-8", "surrogateescape")


def mutated(chance: random.Random, text: str, other: str) -> str:
    """Return `text`, or a part of it, with a few things put in, left out, moved or taken from `other`."""
    if len(text) > 1000:
        start = chance.randrange(len(text) - 500)
        text = text[start : start + chance.randrange(100, 2000)]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at, to = sorted((chance.randrange(len(text) + 1), min(len(text), chance.randrange(len(text) + 1))))
        match chance.randrange(6):
            case 0 | 1:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 2:
                text = text[:at] + text[min(to, at + chance.randrange(1, 12)) :]
            case 3:
                line = text.rfind("\n", 0, at) + 1
                text = text[:line] + chance.choice(LINE_HEADS) + text[line:]
            case 4:
                start = chance.randrange(len(other) + 1)
                text = text[:at] + other[start : start + chance.randrange(60)] + text[at:]
            case _:
                line = text.find("\n", at) + 1
                text = text[:line] + text[at : at + chance.randrange(100)] + text[line:]
    return text


def differences(text: str) -> list[str]:
    """Name what the two parses say differently of `text`."""
    ours, theirs = fast.parse(text), reference.parse(text)
    return [name for name in FIELDS if getattr(ours, name) != getattr(theirs, name)]


def smallest(text: str) -> str:
    """Return a small part of `text` on which the parses still differ."""
    size = max(1, len(text) // 2)
    while size:
        position = 0
        while position < len(text):
            shorter = text[:position] + text[position + size :]
            if differences(shorter):
                text = shorter
            else:
                position += size
        size //= 2
    return text


def report(name: str, text: str, differing: list[str]) -> None:
    """Print what differs, on a part of the page that is as small as can be."""
    small = smallest(text)
    print(f"{name}: {', '.join(differing)}\n  {small!r}")
    for field in differences(small):
        print(f"  fast      {getattr(fast.parse(small), field)}\n  reference {getattr(reference.parse(small), field)}")


def seconds(parse: Callable[[str], Parsed], texts: Sequence[str]) -> float:
    """Return the user seconds that the parse of all texts takes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for text in texts:
        parse(text)
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def main() -> int:
    """Compare, and return the exit code."""
    parser = argparse.ArgumentParser(description="Holds the fast parse against the reference parse.")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--mutations", type=int, default=0, metavar="N", help="how many mutated pages to compare")
    parser.add_argument("--seed", type=int, default=1, help="which mutations")
    parser.add_argument("--time", action="store_true", help="time both instead of comparing")
    options = parser.parse_args()
    found = list(pages(options.folders))
    if not found:
        print("no Markdown files there", file=sys.stderr)
        return 2
    if options.time:
        _time([text for _, text in found])
        return 0
    chance = random.Random(options.seed)  # noqa: S311 - no secrets here
    faults = 0
    if options.mutations:
        for number in range(options.mutations):
            text = mutated(chance, chance.choice(found)[1], chance.choice(found)[1])
            if differing := differences(text):
                faults += 1
                report(f"mutation {number}", text, differing)
    else:
        for path, text in found:
            if differing := differences(text):
                faults += 1
                report(str(path), text, differing)
    print(f"{options.mutations or len(found)} compared, {faults} differ")
    return 1 if faults else 0


def _time(texts: list[str]) -> None:
    megabytes = sum(len(text.encode("utf-8", "surrogateescape")) for text in texts) / 1e6
    quick, slow = seconds(fast.parse, texts), seconds(reference.parse, texts)
    print(f"{len(texts)} pages, {megabytes:.1f} MB")
    print(f"fast      {quick:7.2f} s {megabytes / quick:6.1f} MB/s")
    print(f"reference {slow:7.2f} s {megabytes / slow:6.1f} MB/s, {slow / quick:.1f} times as long")


if __name__ == "__main__":
    sys.exit(main())
