"""What `init` saw and wrote, for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from doclint.model import Change
from doclint.report.diff import unified
from doclint.report.paths import shown_path
from doclint.report.visible import visible
from doclint.report.words import counted, summary_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.init import Beginning, NewText

_SHOWN = 6


def render(beginning: Beginning, *, cwd: str, written: bool, diff: bool, color: bool) -> str:
    """Return what was seen, what was written (or would be, unless `written`), and what to do next.

    Paths are shown relative to `cwd`. With `diff`, only the changes of the files.
    """
    if diff:
        return "".join(_diff(text, color=color) for text in beginning.texts)
    lines = [
        *_seen(beginning),
        "",
        *_done(beginning, written=written),
        "",
        "Next:",
        *_next(beginning, cwd, written=written),
    ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _diff(text: NewText, *, color: bool) -> str:
    change = Change(text.name, (text.before or b"").decode(), text.after.decode(), 0)
    return unified(change, None if text.before is None else text.name, exact=not color, color=color)


def _seen(beginning: Beginning) -> Iterator[str]:
    seen = beginning.survey
    yield f"In {seen.root}:"
    host = f"{seen.server} (flavour {seen.host})" if seen.host else seen.server or "no remote"
    yield f"  host       {host}"
    sites = [f"{guess.folder or '.'} is {guess.flavour} ({guess.config})" for guess in seen.guesses]
    if sites:
        yield f"  sites      {'; '.join(sites[:_SHOWN])}{_more(len(sites))}"
    yield f"  pages      {', '.join(f'{number:,} {name}' for name, number in seen.formats) or 'none'}"
    if beginning.languages:
        yield f"  languages  {', '.join(f'{tag} {round(share * 100)}%' for tag, share in beginning.languages[:_SHOWN])}"
    yield f"  found      {'; '.join(summary_sentences(beginning.outcome, 'check'))}"
    rules = Counter(finding.rule for finding in beginning.outcome.findings)
    width = max((len(f"{number:,}") for number in rules.values()), default=0)
    yield from (f"             {number:>{width},} {name}" for name, number in rules.most_common())


def _more(number: int) -> str:
    return f"; and {number - _SHOWN} more" if number > _SHOWN else ""


def _done(beginning: Beginning, *, written: bool) -> Iterator[str]:
    for text in beginning.texts:
        verb = "made" if text.before is None else "added to"
        yield f"{verb} {text.name}" if written else f"would have {verb} {text.name}"
    for name, reason in beginning.left:
        yield f"left {name} as it is: {reason}"
    if not beginning.texts and not beginning.left:
        yield "nothing to write"


def _next(beginning: Beginning, cwd: str, *, written: bool) -> Iterator[str]:
    if beginning.texts and not written:
        yield "  run the command without --dry-run"
    yield from (f"  {sentence}" for sentence in beginning.by_hand)
    number = counted(len(beginning.outcome.findings), "finding")
    if beginning.outcome.findings:
        yield "  doclint fix --diff    shows what is certain; `doclint fix` writes it"
        if beginning.baseline:
            yield f"  doclint check         shows what is new: {beginning.baseline} knows {number}"
        else:
            yield f"  doclint check         shows {number}"
        first = beginning.outcome.findings[0]
        path = shown_path(first.path, root=beginning.survey.root, cwd=cwd)
        yield f"  doclint explain {path}:{first.place.line}    says why"
    else:
        yield "  doclint check         nothing is found now; keep it so in a hook or in CI"
