"""Edits, renames and fixes, and how safe they are."""

from __future__ import annotations

from enum import IntEnum

from doclint.model.text import Span
from doclint.value import Value


class Safety(IntEnum):
    """How far a fix can be trusted, so that "may it run?" is one comparison."""

    DISPLAY = 0  # shown, never applied
    UNSAFE = 1  # likely: `fix --unsafe`
    SAFE = 2  # certain: `fix`


class Inference(Value):
    """A character that was lost, and is inferred.

    Attributes:
        char: The likeliest character.
        posterior: How likely it is, between 0 and 1.
        rivals: The next likely ones, each with its posterior.
        offset: Where it stands in the text of its edit.
    """

    char: str
    posterior: float
    rivals: tuple[tuple[str, float], ...] = ()
    offset: int = 0


class Edit(Value):
    """Put `text` where `span` is now. `path` is None for the page that the fix belongs to.

    `inferred` are the characters of `text` that are not certain, in order.
    """

    span: Span
    text: str
    path: str | None = None
    inferred: tuple[Inference, ...] = ()


class Rename(Value, order=True):
    """Give the file or folder `old` the path `new`. Both are paths before any rename is made.

    A fix renames within the same folder; only `mv` goes elsewhere.
    """

    old: str
    new: str


class Fix(Value):
    """Edits and renames that belong together: all of them are made, or none.

    Only a crash, or a disk that refuses a rename after the links to it were written, can leave one of them made and
    another not. `saved_as` is the encoding that the page is to be saved in, if another.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety
    renames: tuple[Rename, ...] = ()
    saved_as: str = ""

    @property
    def inferred(self) -> tuple[Inference, ...]:
        """The characters that are not certain, in order."""
        return tuple(inference for edit in self.edits for inference in edit.inferred)

    @property
    def confidence(self) -> float | None:
        """How likely the least certain character is; None when nothing was inferred."""
        return min((inference.posterior for inference in self.inferred), default=None)
