"""Damage text the way wrong programs do, so that tests can ask for it back.

Text becomes mojibake when its UTF-8 bytes are read in a single-byte code page and saved again. What happens to a byte
to which the code page gives no character differs from program to program; that is the policy:

keep    it becomes the C1 control of the same value, and nothing is lost
drop    it vanishes
drop-c  it vanishes, and so does every invisible character (soft hyphen, C1 control) that was read
fffd    it becomes U+FFFD
qmark   it becomes a question mark

Written from that description alone, and without a line of `src/doclint`: a test that damages text with the code that
repairs it would prove little. `python tests/damage.py` writes `fixtures/mojibake/damaged` and `repaired` anew.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Policy = Literal["keep", "drop", "drop-c", "fffd", "qmark"]

CODECS = (
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1257",
    "cp437",
    "cp850",
    "iso8859-2",
    "koi8-r",
    "latin-1",
    "mac_roman",
)
"""The code pages of one byte for each character that doclint promises to undo."""

PAIR_CODECS = ("gbk", "cp932", "cp949", "big5")
"""The code pages of East Asia, which read UTF-8 two bytes at a time."""

FIXTURES = Path(__file__).parent / "fixtures" / "mojibake"


def misread(text: str, codec: str, policy: Policy = "keep", times: int = 1) -> str:
    """Return what becomes of `text` when it is saved as UTF-8 and read as `codec`, so many `times`."""
    for _ in range(times):
        text = "".join(_character(byte, codec, policy) for byte in text.encode("utf-8"))
    return text


def misread_lines(text: str, codec: str, policy: Policy = "keep", times: int = 1, every: int = 1) -> str:
    """Return `text` with the first of `every` so many lines damaged."""
    lines = text.split("\n")
    return "\n".join(
        misread(line, codec, policy, times) if number % every == 0 else line for number, line in enumerate(lines)
    )


def misread_pairs(text: str, codec: str, policy: Policy) -> str:
    """Return what becomes of `text` when it is saved as UTF-8 and read in a code page of East Asia."""
    lines = text.encode("utf-8").split(b"\n")
    if policy in ("drop", "drop-c"):
        return "\n".join(line.decode(codec, "ignore") for line in lines)
    read = "\n".join(line.decode(codec, "replace") for line in lines)
    return read.replace("\N{REPLACEMENT CHARACTER}", "?") if policy == "qmark" else read


def swallowed(text: str, codec: str) -> str:
    """Return what becomes of `text` in a program that puts one U+FFFD for a pair of bytes which `codec` does not have.

    The second byte is gone with the first, even where it is ASCII that ends a line.
    """
    data = text.encode("utf-8")
    pieces = []
    position = 0
    while position < len(data):
        width = 2 if _begins_pairs(data[position], codec) else 1
        pieces.append(data[position : position + width].decode(codec, "replace")[:1])
        if width == 2 and not _reads(data[position : position + 2], codec):
            pieces[-1] = "\N{REPLACEMENT CHARACTER}"
        position += width
    return "".join(pieces)


@cache
def _begins_pairs(byte: int, codec: str) -> bool:
    return not _reads(bytes((byte,)), codec) and any(_reads(bytes((byte, other)), codec) for other in range(256))


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def spaced(text: str) -> str:
    """Return `text` as an editor saves it that makes no-break spaces plain ones and cuts spaces at the lines' ends."""
    return "\n".join(line.replace("\xa0", " ").rstrip(" ") for line in text.split("\n"))


def trimmed(text: str) -> str:
    """Return `text` as an editor saves it that cuts all white space at the lines' ends, no-break spaces included."""
    return "\n".join(line.rstrip(" \xa0") for line in text.split("\n"))


def unhyphenated(text: str) -> str:
    """Return `text` as a program saves it that strips soft hyphens."""
    return text.replace("\xad", "")


def wrapped(text: str, width: int, gap: str = "\n") -> str:
    """Return one line of text as a program wraps it that breaks after so many characters, whatever they are.

    `gap` is what it puts between two lines.
    """
    return gap.join(text[start : start + width] for start in range(0, len(text), width))


def survives(text: str, codec: str, policy: Policy, times: int = 1) -> bool:
    """Tell whether the policy loses nothing of `text`, so that there is an exact way back."""
    return misread(text, codec, policy, times) == misread(text, codec, "keep", times)


def _character(byte: int, codec: str, policy: Policy) -> str:
    try:
        char = bytes((byte,)).decode(codec)
    except UnicodeDecodeError:
        return {"keep": chr(byte), "drop": "", "drop-c": "", "fffd": "\N{REPLACEMENT CHARACTER}", "qmark": "?"}[policy]
    if policy == "drop-c" and byte >= 0x80 and unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    return char


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a damaged fixture is made of a clean one."""

    clean: str
    codec: str
    policy: Policy = "keep"
    times: int = 1
    every: int = 1

    @property
    def name(self) -> str:
        """The file's name in `damaged/` and in `repaired/`."""
        words = [self.clean, self.codec]
        words += [self.policy] if self.policy != "keep" else []
        words += [f"x{self.times}"] if self.times > 1 else []
        words += [f"every{self.every}"] if self.every > 1 else []
        return "-".join(words) + ".md"

    @property
    def damaged(self) -> str:
        """The text of the damaged page."""
        return misread_lines(clean(self.clean), self.codec, self.policy, self.times, self.every)

    @property
    def repaired(self) -> str:
        """What an exact repair must make of it: all of the page, but for the lines that lost something."""
        before, after = clean(self.clean).split("\n"), self.damaged.split("\n")
        return "\n".join(
            old if number % self.every or survives(old, self.codec, self.policy, self.times) else new
            for number, (old, new) in enumerate(zip(before, after, strict=True))
        )


RECIPES = (
    Recipe("german", "cp1252"),
    Recipe("french", "latin-1"),
    Recipe("polish", "cp1250", times=2),
    Recipe("czech", "iso8859-2", every=5),
    Recipe("russian", "cp1251"),
    Recipe("ukrainian", "koi8-r"),
    Recipe("greek", "cp1253"),
    Recipe("turkish", "cp1254", times=2),
    Recipe("portuguese", "mac_roman"),
    Recipe("spanish", "cp850"),
    Recipe("chinese", "cp1252", policy="drop"),
    Recipe("japanese", "cp1254", policy="drop-c"),
    Recipe("korean", "cp437"),
    Recipe("lithuanian", "cp1257"),
    Recipe("hebrew", "cp1252", policy="qmark"),
    Recipe("vietnamese", "cp1252", policy="fffd"),
)


def clean(name: str) -> str:
    """Return the text of a clean fixture."""
    return (FIXTURES / "clean" / f"{name}.md").read_text(encoding="utf-8")


def clean_names() -> list[str]:
    """Return the names of the clean fixtures."""
    return sorted(path.stem for path in (FIXTURES / "clean").glob("*.md"))


def _write() -> None:
    for recipe in RECIPES:
        for folder, text in (("damaged", recipe.damaged), ("repaired", recipe.repaired)):
            (FIXTURES / folder / recipe.name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    _write()
