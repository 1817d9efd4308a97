"""How Markdown compares the labels of reference links (CommonMark 6.3, as markdown-it reads it); pure."""

from __future__ import annotations

import re

WHITE = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What Markdown trims from the text of a block. `str.strip` alone takes off some control characters, too."""

_RUN = re.compile(f"[{WHITE}]+")


def label_key(label: str) -> str:
    """Return `label` as Markdown compares labels: white space folded, and case by both of Unicode's mappings.

    >>> label_key(" Straße  9 ") == label_key("STRASSE 9")
    True
    """
    return _RUN.sub(" ", label.strip(WHITE)).lower().upper()
