"""The rules, in reading order; one file each."""

from __future__ import annotations

from doclint.rules import (
    byte_order_mark,
    control_character,
    duplicate_definition,
    empty_link,
    line_out_of_range,
    lossy_mojibake,
    missing_anchor,
    missing_file,
    mojibake,
    mojibake_name,
    not_utf8,
    orphan_image,
    orphan_page,
    outside_repository,
    replacement_character,
    stale_baseline,
    undefined_reference,
    unreachable_anchor,
    unreadable_page,
    untracked_target,
    unused_definition,
    unused_suppression,
    wrong_case,
)
from doclint.rules.base import Group, Rule
from doclint.settings import matcher

RULES: tuple[Rule, ...] = (
    mojibake.RULE,
    lossy_mojibake.RULE,
    mojibake_name.RULE,
    not_utf8.RULE,
    unreadable_page.RULE,
    byte_order_mark.RULE,
    replacement_character.RULE,
    control_character.RULE,
    missing_file.RULE,
    missing_anchor.RULE,
    wrong_case.RULE,
    untracked_target.RULE,
    outside_repository.RULE,
    undefined_reference.RULE,
    empty_link.RULE,
    unreachable_anchor.RULE,
    unused_definition.RULE,
    duplicate_definition.RULE,
    line_out_of_range.RULE,
    orphan_page.RULE,
    orphan_image.RULE,
    unused_suppression.RULE,
    stale_baseline.RULE,
)

BY_NAME = {rule.name: rule for rule in RULES}
GROUPS = ("default", "all", *(group.value for group in Group))


def selected(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules that `select` names and `ignore` does not, in reading order.

    Both hold names of rules and groups. A group holds its rules that are on by default; "all" holds all rules.
    """
    return tuple(rule for rule in RULES if _named(rule, select) and not _named(rule, ignore, every=True))


def _named(rule: Rule, names: tuple[str, ...], *, every: bool = False) -> bool:
    if rule.name in names or "all" in names:
        return True
    return (rule.default or every) and ("default" in names or rule.group.value in names)


class Chosen:
    """The rules that report, everywhere and on each page.

    Args:
        select: Names of rules and groups that report.
        ignore: Names of those that do not, although selected.
        per_file_ignores: Globs, each with the names of those that do not report on the pages that match.
    """

    def __init__(
        self,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = (),
    ) -> None:
        self.everywhere = selected(select, ignore)
        self._ignores = [(matcher([glob]), names) for glob, names in per_file_ignores]

    def on(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that report on a page, those left out that are ignored there."""
        if not self._ignores:
            return self.everywhere
        ignored = tuple(name for matches, names in self._ignores if matches(path) for name in names)
        chosen = set(selected(("all",), ignored)) if ignored else set(self.everywhere)
        return tuple(rule for rule in self.everywhere if rule in chosen)
