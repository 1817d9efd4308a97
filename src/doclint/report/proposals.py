"""The fixes that another program can be handed to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import Safety
from doclint.report.visible import SURROGATE

if TYPE_CHECKING:
    from doclint.model import Finding, Fix


def proposed(finding: Finding) -> Fix | None:
    """Return the fix of a finding, where edits of text say all of it and give every byte as `doclint fix` does.

    That leaves out a fix that is only shown, that renames files, that saves a page in another encoding, or whose text
    is not UTF-8.
    """
    fix = finding.fix
    if fix is None or fix.safety is Safety.DISPLAY or fix.renames or fix.saved_as or not fix.edits:
        return None
    if any(SURROGATE.search(f"{edit.text}{edit.path or ''}") for edit in fix.edits):
        return None
    return fix
