"""What a marker may have swallowed behind the last byte of a character, and how likely that is.

Some decoders put one marker for a pair of bytes that their code page does not have, even where the second byte is a
character of ASCII. What stands behind it tells most: a line's end goes before what begins a block, an asterisk before
another. The shares were counted behind letters beyond ASCII in Markdown about software, in Chinese and Japanese, and
in Korean and Russian, which put spaces between words and ASCII behind sentences.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from doclint.repair.lattice import TAIL
from doclint.repair.ngrams import END
from doclint.value import replace

if TYPE_CHECKING:
    from doclint.repair.lattice import Edge, Tokens

_SELDOM = 0.003
"""The share of a character that was never seen between the two."""

_BETWEEN = 0.1
"""How often ASCII stands between two characters of a script without spaces, against nothing at all."""

_UNSPACED = {
    "line": {END: 0.85, ":": 0.1, ".": 0.02},
    "block": {END: 0.75, " ": 0.1, '"': 0.1},
    "*": {END: 0.65, " ": 0.3, "*": 0.03},
    "open *": {"*": 0.9, " ": 0.03, END: 0.03},
    "space": {":": 0.33, END: 0.25, "*": 0.2, ",": 0.05, ")": 0.03, ".": 0.03},
    "letter": {" ": 0.85, "<": 0.05, ".": 0.03, "*": 0.01, "/": 0.01, "(": 0.01},
    "digit": {" ": 0.64, ".": 0.2, END: 0.06},
    "high": {"/": 0.3 * _BETWEEN, "*": 0.2 * _BETWEEN, " ": 0.3 * _BETWEEN, END: 0.02 * _BETWEEN},
    "mark": {" ": 0.9, ")": 0.03, END: 0.02, ".": 0.02},
}
_SPACED = {
    "line": {".": 0.45, ":": 0.4, END: 0.1},
    "block": {" ": 0.5, '"': 0.4, END: 0.05},
    "*": {" ": 0.65, END: 0.3, "*": 0.03},
    "open *": {"*": 0.9, " ": 0.03, END: 0.03},
    "space": {",": 0.6, ":": 0.15, ".": 0.12, ")": 0.03, "*": 0.025, END: 0.015},
    "letter": {" ": 0.9, ".": 0.04, "/": 0.03, "(": 0.02},
    "digit": {" ": 0.7, ".": 0.25},
    "high": {" ": 0.95, "/": 0.025, "(": 0.005},
    "mark": {" ": 0.75, ")": 0.13, ".": 0.03, END: 0.025},
}


def charge(candidates: list[list[Edge]], known: Tokens, *, spaced: bool, carriage: bool) -> None:
    """Charge the characters of ASCII that markers may have swallowed, in place, for being rare where they stand.

    Args:
        candidates: The candidates that begin at each token.
        known: The tokens.
        spaced: Whether the language puts spaces between words.
        carriage: Whether lines end with CRLF, of which a marker swallows no more than the CR.
    """
    for position, value in enumerate(known.values):
        if value == TAIL:
            behind = known.text[position + 2] if position + 2 < len(known.text) else ""
            kind = _kind(behind)
            if kind == "*" and "".join(known.text[:position]).count("**") % 2:
                kind = "open *"
            shares = (_SPACED if spaced else _UNSPACED)[kind]
            least = _SELDOM * sum(shares.values())
            if carriage:
                ends = {"\r": shares.get(END, least)} if not behind else {}
                shares = {**{char: share for char, share in shares.items() if char != END}, **ends}
            impossible = {END, "\r"} - shares.keys() if carriage else {"\r"}
            candidates[position] = [
                replace(edge, cost=edge.cost - log(shares.get(edge.char, least)))
                for edge in candidates[position]
                if edge.char not in impossible
            ]


def _kind(behind: str) -> str:
    """Return what a character behind a marker is, "" standing for the end of a line."""
    if not behind:
        return "line"
    if not behind.isascii():
        return "high"
    if behind.isalnum():
        return "digit" if behind.isdigit() else "letter"
    return "block" if behind in "#-|>+=" else "space" if behind.isspace() else "*" if behind == "*" else "mark"
