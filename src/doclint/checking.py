"""The command `check`: what its flags say to a run, its outcome to reports and exit code."""

from __future__ import annotations

import os
from typing import Any

from doclint.console import UsageErrors, warn, watch_for
from doclint.output import refuse_unwritable, report
from doclint.request import page_on_stdin, request_of, settings_of


def check(*, write_baseline: bool, no_cache: bool, jobs: int | None, **flags: Any) -> int:  # noqa: ANN401 - what the flags say
    """Check, report and return the exit code; what the user can mend ends the process with 2."""
    request = request_of(flags)
    with UsageErrors():
        from doclint import run

        refuse_unwritable(request)
        settings = settings_of(request)
        outcome = run.check(
            request.paths,
            settings,
            os.getcwd(),
            page_on_stdin(request),
            write_baseline=write_baseline,
            cached=not no_cache,
            jobs=jobs,
            with_graph=request.wants_graph,
            watch=watch_for(quiet=request.quiet),
        )
        if write_baseline:
            from doclint.report.words import counted

            number = counted(outcome.summary.known, "finding")
            warn(f"{settings.baseline} now holds {number}")
        report(outcome, request, "check")
    return 1 if outcome.findings else 0
