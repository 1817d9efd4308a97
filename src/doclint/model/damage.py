"""What repair finds on a page."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cached_property

from doclint.model.disk import Source
from doclint.model.edits import Edit, Safety
from doclint.model.text import Span
from doclint.value import Value


class DamageKind(Enum):
    """Whether the way back is exact, or bytes are missing."""

    EXACT = "exact"
    LOSSY = "lossy"


class Damage(Value):
    """Damaged text: one run, or the runs of one line where they can only be judged together.

    Attributes:
        kind: Exact, or lossy.
        span: Where it is in the text on the disk; over a line's end only where that cuts a character.
        codecs: The wrong codecs in the order in which they were applied, e.g. ("cp1252", "cp1252").
        edits: The way back, in places on the disk, as far as there is one.
        safety: How far the way back can be trusted.
        loss: What happened to the missing bytes, in words; "" when none are missing.
        held: How many stretches are left as they are, because a character in them is too uncertain.
        witness: What proves lost characters, in words; "" when nothing does.
        cut: Whether a line end cuts one of its characters, which the edits put together in front of it.
    """

    kind: DamageKind
    span: Span
    codecs: tuple[str, ...]
    edits: tuple[Edit, ...]
    safety: Safety
    loss: str = ""
    held: int = 0
    witness: str = ""
    cut: bool = False


class Repaired:
    """A page after repair. `text` is the source with the edits of every SAFE damage made.

    `quoted` names the codecs of mojibake that was taken for an example and left alone.
    """

    __match_args__ = ("source", "text", "damages", "quoted")

    def __init__(
        self,
        source: Source,
        text: str,
        damages: tuple[Damage, ...] = (),
        quoted: frozenset[str] = frozenset(),
    ) -> None:
        self.source = source
        self.text = text
        self.damages = damages
        self.quoted = quoted

    def __eq__(self, other: object) -> bool:
        """Compare all that is known of two pages."""
        return isinstance(other, Repaired) and self._all == other._all

    def __hash__(self) -> int:
        """Agree with `__eq__`."""
        return hash(self._all)

    @property
    def _all(self) -> tuple[Source, str, tuple[Damage, ...], frozenset[str]]:
        return self.source, self.text, self.damages, self.quoted

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that lead from the text on the disk to `text`, sorted."""
        return self.edits_from(Safety.SAFE)

    def edits_from(self, safety: Safety) -> tuple[Edit, ...]:
        """Return the edits of all damages that are at least as safe as `safety`, sorted."""
        chosen = [edit for damage in self.damages if damage.safety >= safety for edit in damage.edits]
        return tuple(sorted(chosen, key=lambda edit: edit.span))


class Intact(Repaired):
    """A page of which it is known that nothing is to be repaired; its text is read when it is first asked for.

    Args:
        read: Returns the page as it is on the disk.
        quoted: As in `Repaired`.
        is_strange: Whether it holds characters of which rules on encodings may have something to say.
    """

    def __init__(
        self, read: Callable[[], Source], quoted: frozenset[str] = frozenset(), *, is_strange: bool = False
    ) -> None:
        self._read = read
        self.damages = ()
        self.quoted = quoted
        self.is_strange = is_strange

    @cached_property
    def source(self) -> Source:  # type: ignore[override]
        """The page as it is on the disk."""
        return self._read()

    @property
    def text(self) -> str:  # type: ignore[override]
        """Its text."""
        return self.source.text
