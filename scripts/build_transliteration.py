"""Write src/doclint/slug/transliteration.xz from the tables of the Rust crate deunicode.

python scripts/build_transliteration.py FOLDER

FOLDER holds `mapping.txt` and `pointers.bin` of deunicode 1.3.1, as Debian's librust-deunicode-dev installs them. Three
bytes of `pointers.bin` stand for each code point: up to two characters and their number, or where the text begins in
`mapping.txt` and how long it is; a text that would end behind the table says that the character is not known.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "doclint" / "slug" / "transliteration.xz"


def texts(mapping: str, pointers: bytes) -> list[str]:
    """Return the text of each code point from 0; "-" stands for one that is not known, as the crate slug has it."""
    found = []
    for at in range(0, len(pointers), 3):
        low, high, length = pointers[at : at + 3]
        start = low | high << 8
        if length <= 2:
            found.append(bytes((low, high)[:length]).decode("ascii"))
        else:
            found.append(mapping[start : start + length] if start + length <= len(mapping) else "-")
    return found


def main(folder: Path) -> None:
    """Write the table: a line for each code point, line ends in a text as spaces."""
    found = texts((folder / "mapping.txt").read_text("ascii"), (folder / "pointers.bin").read_bytes())
    lines = "\n".join(text.replace("\n", " ") for text in found)
    TARGET.write_bytes(lzma.compress(lines.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
