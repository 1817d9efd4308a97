"""What a report needs to know beside the outcome."""

from __future__ import annotations

from typing import Literal

from doclint.value import Value

Command = Literal["check", "fix", "diff", "mv"]


class ReportOptions(Value):
    """How to report.

    Attributes:
        cwd: Absolute path of the folder that paths are shown relative to.
        color: Whether ANSI colours may be used.
        quiet: One line per finding, and nothing else.
        width: Columns of the terminal; None when the report does not go to one.
        hyperlinks: Whether the terminal knows hyperlinks.
        statistics: Whether findings are counted by rule, where a form does not do so anyway.
        command: What was asked for; "diff" is `--diff`, of `fix` or `mv`.
        encoding_rules: Rules whose findings may come by the hundred in one file, and are not all shown in full.
    """

    cwd: str
    color: bool = False
    quiet: bool = False
    width: int | None = None
    hyperlinks: bool = False
    statistics: bool = False
    command: Command = "check"
    encoding_rules: frozenset[str] = frozenset()
