"""What an explanation is made of."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    from doclint.model import Place


class Verdict(Enum):
    """What an explanation comes to."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_JUDGED = "not judged"
    DAMAGED = "damaged"


class Explained(Value):
    """Why one thing on a line is right or wrong.

    Attributes:
        what: The thing, as the beginning of a sentence.
        place: Where it is on the disk.
        verdict: What the steps come to.
        steps: Sentences, in the order in which doclint takes these steps; one that begins with blanks goes on with
            the one before it.
        rules: Names of the rules that report it, whether or not something silences them, in the order of `steps`.
    """

    what: str
    place: Place
    verdict: Verdict
    steps: tuple[str, ...]
    rules: tuple[str, ...] = ()


class Explanation(Value):
    """All that there is to say of one line.

    Attributes:
        path: The page, relative to `root`.
        root: Absolute path of the folder that paths are relative to.
        line: The line, from 1.
        text: Its text.
        things: What is on it, in the order of the line.
        silence: Why nothing is said, where nothing is on it.
    """

    path: str
    root: str
    line: int
    text: str
    things: tuple[Explained, ...]
    silence: str = ""
