"""What a finding is known by in the reports of programs that remember findings from run to run."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from doclint.baseline import known_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.model import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return a fingerprint of 32 hexadecimal digits for each finding; no two are equal.

    A finding is known by what the baseline knows it by (page, rule, words and line, but not where the line stands),
    and, among those that this does not tell apart, by its number.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        known = known_by(finding)
        identity = f"{known.path}\0{known.rule}\0{known.line}\0{known.text}"
        seen[identity] += 1
        numbered = f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")
        found.append(hashlib.sha256(numbered).hexdigest()[:32])
    return found
