"""What was seen of a repository to the text of its settings, with a comment on each; pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from doclint.formats import DEFAULT
from doclint.init.survey import is_text

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from doclint.init.survey import Survey

BASELINE = "doclint-baseline.json"


def settings_text(survey: Survey, *, embedded: bool, baseline: bool) -> str:
    """Return the settings for a repository, as TOML.

    Args:
        survey: What the repository is like.
        embedded: Whether they stand in `pyproject.toml`, below `[tool.doclint]`.
        baseline: Whether there is a baseline.
    """
    lines = [*(["[tool.doclint]"] if embedded else []), *_lines(survey, "tool.doclint." if embedded else "", baseline)]
    return "".join(f"{line}\n" for line in lines)


def _lines(survey: Survey, prefix: str, baseline: bool) -> Iterator[str]:
    yield "# Settings of doclint. What is commented out shows the default, or an example."
    yield ""
    if survey.vendored:
        yield "# Pages that were written elsewhere; they are not reported on, links to them are still judged."
        yield f"exclude = {_list(tuple(map(_glob, survey.vendored)))}"
    else:
        yield '# exclude = ["docs/archive/**"]  # globs as in .gitignore'
    yield ""
    tables = yield from _flavour(survey, prefix)
    yield ""
    yield '# select = ["default"]  # rules, or the groups default, all, encoding, links, hygiene; see `doclint rules`'
    yield "# ignore = []"
    others = [f"{number} {name}" for name, number in survey.formats if name not in DEFAULT]
    unread = f"; not checked: {', '.join(others)}" if others else ""
    yield f"# formats = {_list(DEFAULT)}  # there are html and rst, too{unread}"
    yield f"{'wiki-links = true' if survey.vault else '# wiki-links = false'}  # whether [[page#heading]] is a link"
    yield "# confidence = 0.5  # of each inferred character, for `doclint fix --unsafe`"
    if baseline:
        yield f"baseline = {_string(BASELINE)}  # findings that were there at the beginning"
    else:
        yield f"# baseline = {_string(BASELINE)}  # known findings; `doclint check --write-baseline` writes it"
    yield ""
    yield f"# [{prefix}per-file-ignores]"
    yield '# "CHANGELOG.md" = ["missing-anchor"]'
    yield from tables


def _flavour(survey: Survey, prefix: str) -> Generator[str, None, list[str]]:
    """Yield what the settings say of the host; return the tables of folders, which come last.

    A setting turns guessing off, so that it must say all that was guessed. What a table cannot say (that `/` begins
    in another folder than the site's pages) stays guessed.
    """
    yield "# Whose links and anchors are meant. Else guessed from the files of site generators, else github."
    for guess in survey.guesses:
        folder = _string(guess.folder) if guess.folder else "the whole repository"
        yield f"# Guessed: {folder} is {guess.flavour}, from {_string(guess.config)}."
    sayable = all(area.root == area.folder and is_text(area.folder) for area in survey.sites)
    if survey.host in (None, "github") or not sayable:
        if survey.host not in (None, "github"):
            yield f"# The rest is shown by {survey.server}, whose flavour is {survey.host}."
        yield f"# flavour = {_string(survey.host or 'github')}"
        return []
    yield f"flavour = {_string(survey.host)}  # {survey.server}"
    tables = []
    for area in survey.sites:
        tables += ["", f"[[{prefix}folder]]", f"path = {_string(area.folder or '.')}"]
        tables.append(f"flavour = {_string(area.flavour.name)}")
    return tables


def _glob(folder: str) -> str:
    """Return the glob that matches what is in one folder; its name may hold what means something in a glob."""
    escaped = re.sub(r"([*?\[\\])", r"\\\1", folder)
    return f"/{escaped}"


def _string(text: str | None) -> str:
    # A string of JSON is one of TOML, but for DELETE, which must not stand there bare.
    written = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return written.encode("utf-8", "backslashreplace").decode()


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_string, names))}]"
