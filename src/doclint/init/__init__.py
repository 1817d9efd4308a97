"""[disk] The first contact: what a repository is like, and the files that bring doclint into it.

survey          who shows it, what is in it, in which languages
settings_text   the settings for it, with comments
installed       where doclint was installed from, for the hooks
hook            doclint's hooks in the configuration of pre-commit
open_values     which lines of that file go on with the one before

Nothing that is there is overwritten: settings and a baseline stay as they are, and the configuration of pre-commit
gets an entry more.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from doclint import baseline as baselines
from doclint import settings_file
from doclint.init import hook, installed
from doclint.init.settings_text import BASELINE, settings_text
from doclint.init.survey import Survey, languages, survey
from doclint.model import Outcome, UsageError
from doclint.rules import BY_NAME, GROUPS
from doclint.run import Run
from doclint.slug import FLAVOURS
from doclint.value import Value
from doclint.write import WriteError, put

if TYPE_CHECKING:
    from doclint.settings import Settings

__all__ = ["Beginning", "NewText", "Survey", "Wishes", "begin", "write"]


class Wishes(Value):
    """What the user asks for beside the settings.

    Attributes:
        pyproject: Whether the settings go into the `pyproject.toml` that is there.
        hook: Whether the hooks are added to the configuration of pre-commit.
        baseline: Whether all that is found becomes known.
    """

    pyproject: bool = False
    hook: bool = False
    baseline: bool = False


class NewText(Value):
    """A file and its new text, in bytes; `before` is None where there is no file yet."""

    name: str
    before: bytes | None
    after: bytes


class Beginning(Value):
    """What was seen, and what is to be written.

    Attributes:
        survey: What the repository is like.
        languages: Its languages, with their shares.
        outcome: What a check finds with the settings, before a baseline is written.
        texts: The files to write.
        left: Files that stay as they are, each with the reason.
        by_hand: What only the user can do, as sentences.
        baseline: The name of the baseline that is written; "" where none is.
    """

    survey: Survey
    languages: tuple[tuple[str, float], ...]
    outcome: Outcome
    texts: tuple[NewText, ...]
    left: tuple[tuple[str, str], ...]
    by_hand: tuple[str, ...]
    baseline: str


def begin(wishes: Wishes, cwd: str, version: str) -> Beginning:
    """Look at the repository around `cwd` and work out what to write; nothing is written.

    Args:
        wishes: What is asked for.
        cwd: Absolute path of a folder in the repository.
        version: That of doclint, for the hooks.

    Raises:
        UsageError: What is asked for cannot be done.
    """
    seen = survey(cwd)
    texts: list[NewText] = []
    left: list[tuple[str, str]] = []
    by_hand: list[str] = []
    root = Path(seen.root)
    there = settings_file.file_in(root)
    new_baseline = wishes.baseline and not os.path.lexists(root / BASELINE)
    if there is not None:
        left.append((there.name, "it holds settings of doclint already"))
        settings = _settings(there, there.read_bytes())
        if new_baseline and settings.baseline is None:
            by_hand.append(f'add to the settings in {there.name}: baseline = "{BASELINE}"')
    else:
        settings_new = _new_settings(seen, wishes, root)
        texts.append(settings_new)
        settings = _settings(root / settings_new.name, settings_new.after)
    if wishes.hook:
        _add_hooks(seen, version, texts, left, by_hand)
    run = Run([seen.root], settings, cwd, None, new_baseline=True)
    outcome = run.outcome({})
    if new_baseline:
        text = baselines.written(None, outcome.findings, lambda _path, _rule: True)
        texts.append(NewText(BASELINE, None, text.encode()))
    else:
        outcome = run.reported(outcome, {}, run.library)
        if wishes.baseline:
            left.append((BASELINE, "it is there already"))
    pages = run.library.index({}).pages
    spoken = languages(pages[path] for path in run.files.pages)
    new = BASELINE if new_baseline else ""
    return Beginning(seen, spoken, outcome, tuple(texts), tuple(left), tuple(by_hand), new)


def _settings(file: Path, content: bytes) -> Settings:
    names = {"rules": BY_NAME, "groups": GROUPS, "flavours": FLAVOURS}
    return settings_file.settings_of(file, content, **names)


def _new_settings(seen: Survey, wishes: Wishes, root: Path) -> NewText:
    """Return the file that gets the settings."""
    text = settings_text(seen, embedded=wishes.pyproject, baseline=wishes.baseline)
    if not wishes.pyproject:
        if os.path.lexists(root / "doclint.toml"):
            raise UsageError(f"{root / 'doclint.toml'} is no regular file; move it away")
        return NewText("doclint.toml", None, text.encode())
    try:
        before = (root / "pyproject.toml").read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"--pyproject: {root / 'pyproject.toml'}: {reason}; leave the flag out") from error
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before else line_end if before.endswith(b"\n") else line_end * 2
    return NewText("pyproject.toml", before, before + gap + text.encode().replace(b"\n", line_end))


def _add_hooks(
    seen: Survey, version: str, texts: list[NewText], left: list[tuple[str, str]], by_hand: list[str]
) -> None:
    if not seen.in_git:
        raise UsageError("--hook: pre-commit needs a repository of git; run `git init` first, or leave the flag out")
    file = Path(seen.root, hook.FILE)
    try:
        before = file.read_bytes() if os.path.lexists(file) else None
        text = before.decode() if before is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--hook: {file} cannot be read: {error}; see to it, or leave the flag out") from error
    origin = installed.origin(version)
    after = hook.with_hooks(text, origin)
    if after is None:
        left.append((hook.FILE, "it has a hook of doclint already"))
    else:
        texts.append(NewText(hook.FILE, before, after.encode()))
        if not origin.url:
            by_hand.append(f"see that the package index has doclint {version}, or name your clone in {hook.FILE}")
        by_hand.append("run `pre-commit install`, which needs pre-commit: https://pre-commit.com")


def write(beginning: Beginning) -> None:
    """Write the files of a beginning.

    Raises:
        UsageError: One was made or changed meanwhile, or the disk refuses; those before it are written.
    """
    for text in beginning.texts:
        file = os.path.realpath(os.path.join(beginning.survey.root, text.name))
        try:
            now = Path(file).read_bytes() if os.path.lexists(file) else None
            if now != text.before:
                raise UsageError(f"{file} was changed meanwhile; run `doclint init` again")
            put(file, text.after)
        except (OSError, WriteError) as error:
            raise UsageError(f"{file} cannot be written: {error}; see to it, and run `doclint init` again") from error
