"""What repair finds on a page."""

from __future__ import annotations

from enum import Enum

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


class Repaired(Value):
    """A page after repair. `text` is the source with the edits of every SAFE damage made.

    `quoted` names the codecs of mojibake that was taken for an example and left alone.
    """

    source: Source
    text: str
    damages: tuple[Damage, ...] = ()
    quoted: frozenset[str] = frozenset()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that lead from the text on the disk to `text`, sorted."""
        return self.edits_from(Safety.SAFE)

    def edits_from(self, safety: Safety) -> tuple[Edit, ...]:
        """Return the edits of all damages that are at least as safe as `safety`, sorted."""
        chosen = [edit for damage in self.damages if damage.safety >= safety for edit in damage.edits]
        return tuple(sorted(chosen, key=lambda edit: edit.span))
