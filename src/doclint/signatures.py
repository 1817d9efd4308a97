"""By what a page is known again from one run to the next: its size, its times, and the digest of its bytes."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    import os

DIGEST = 16
"""How many bytes a digest has."""


class Signature(Value):
    """By what a page is known again.

    Attributes:
        size: How many bytes it has.
        modified: When it was modified, in nanoseconds, as the disk has it.
        changed: When it was changed, in nanoseconds, as the disk has it.
        seen: When it was looked at.
        digest: Of its bytes.
    """

    size: int
    modified: int
    changed: int
    seen: int
    digest: bytes


def signature_of(data: bytes, there: os.stat_result, seen: int) -> Signature:
    """Return by what a page is known again that holds `data`."""
    return Signature(len(data), there.st_mtime_ns, there.st_ctime_ns, seen, digest_of(data))


def digest_of(data: bytes) -> bytes:
    """Return the bytes by which the bytes of a page are known again."""
    return blake2b(data, digest_size=DIGEST).digest()


NO_SIGNATURE = Signature(0, 0, 0, 0, bytes(DIGEST))
"""That of a page which is not to be known again."""
