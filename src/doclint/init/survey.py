"""[disk] What a repository is like: who shows it, what is in it, in which languages, and what is found in it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from doclint import git
from doclint.discover import discover
from doclint.formats import format_of
from doclint.guess import guessed
from doclint.model import FileKind, Repaired
from doclint.settings import Settings
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.areas import Area
    from doclint.model import Files, Guess, Page

_SERVERS = {
    "github.com": "github",
    "gitlab": "gitlab",
    "codeberg.org": "gitea",
    "gitea": "gitea",
    "forgejo": "gitea",
    "bitbucket.org": "bitbucket",
    "dev.azure.com": "azure-devops",
    "ssh.dev.azure.com": "azure-devops",
}
"""Servers, whole or by the first part of their name, and the flavour that shows what they keep."""

_ADDRESS = re.compile(r"(?:[a-z+]+://)?(?:[^@/]*@)?([A-Za-z0-9.-]+)[:/].*")
_VENDORED = frozenset({"node_modules", "bower_components", "vendor", "third_party", "third-party"})
_MOST_PAGES, _MOST_CHARACTERS = 100, 20_000
"""So much is read to tell the languages."""

_WORD = re.compile(r"[^\W\d_]+")
_END_OF_LATIN = "\u0370"

_FEWEST_CHARACTERS = 400
"""A shorter page tells little of its language."""

_ENGLISH = frozenset(
    ("the", "of", "and", "to", "is", "that", "for", "with", "are", "from", "this", "by", "not", "or", "be")
)
_OFTEN = 0.02
"""So many of the words in Latin letters are words that tell their language, at least, in prose of any language.

In prose it is 0.04 to 0.25, and for words of another language 0.025 at most, mostly none at all.
"""


class Survey(Value):
    """What a repository is like.

    Attributes:
        root: Absolute path of its top level.
        in_git: Whether it is one of git.
        server: The server that the remote `origin` leads to; "" where there is none.
        host: The flavour of that server; None where it is not known.
        guesses: Which sites were guessed.
        sites: Their areas.
        formats: How many tracked files there are of each format, most first.
        vendored: Folders whose pages were written elsewhere, each with a slash at its end, sorted.
        vault: Whether it is one of Obsidian.
    """

    root: str
    in_git: bool
    server: str
    host: str | None
    guesses: tuple[Guess, ...]
    sites: tuple[Area, ...]
    formats: tuple[tuple[str, int], ...]
    vendored: tuple[str, ...]
    vault: bool


def survey(cwd: str) -> Survey:
    """Look at the repository around a folder, or outside git at the folder, without reading its pages.

    Raises:
        UsageError: There is none, or git refuses.
    """
    top = git.top_level([cwd], cwd)
    files = discover([top or cwd], Settings(), cwd)
    areas, guesses = guessed(files)
    server = _server(files) if files.in_git else ""
    forms = Counter(form.value for path in _files(files) if (form := format_of(path)) is not None)
    return Survey(
        files.root,
        files.in_git,
        server,
        host_of(server),
        guesses,
        areas.areas,
        tuple(forms.most_common()),
        tuple(sorted({folder for path in files.pages if (folder := _vendored(path))})),
        vault=any(path.startswith(".obsidian/") or "/.obsidian/" in path for path in files.tracked),
    )


def _files(files: Files) -> Iterable[str]:
    return (path for path, kind in files.tracked.items() if kind is FileKind.FILE)


def _server(files: Files) -> str:
    """Return the server that `origin` leads to; "" where it leads to none."""
    match = _ADDRESS.fullmatch(git.origin(files.root))
    return match[1].lower() if match else ""


def host_of(server: str) -> str | None:
    """Return the flavour that shows what a server keeps.

    >>> host_of("gitlab.example.org"), host_of("example.org")
    ('gitlab', None)
    """
    return _SERVERS.get(server) or _SERVERS.get(server.partition(".")[0])


def _vendored(path: str) -> str:
    """Return the outermost folder of a path that holds what was written elsewhere; "" without one."""
    parts = path.split("/")[:-1]
    at = next((at for at, part in enumerate(parts) if part in _VENDORED), None)
    folder = "" if at is None else "/".join(parts[: at + 1]) + "/"
    return folder if is_text(folder) else ""


def is_text(name: str) -> bool:
    """Tell whether a name is UTF-8: another one cannot stand in the settings."""
    return name.encode("utf-8", "ignore") == name.encode("utf-8", "surrogateescape")


def languages(pages: Iterable[Page]) -> tuple[tuple[str, float], ...]:
    """Return the languages of pages as BCP 47 tags with their shares, the most frequent first; 5 % is the least."""
    texts = (_prose(page.content.text) for page in pages if isinstance(page.content, Repaired))
    heard: Counter[str] = Counter()
    for text in islice((text for text in texts if len(text) >= _FEWEST_CHARACTERS), _MOST_PAGES):
        for language, share in _languages_of(text).items():
            heard[language] += int(share * len(text))
    return tuple((tag, number / heard.total()) for tag, number in heard.most_common() if number >= 0.05 * heard.total())


def _prose(text: str) -> str:
    """Return the beginning of a page without the lines that may be damaged: they look like some other language."""
    from doclint.repair import suspicious

    lines = text[:_MOST_CHARACTERS].splitlines(keepends=True)
    return "".join(line for line in lines if not suspicious(line))


def _languages_of(text: str) -> dict[str, float]:
    """Return the languages of a text with their shares.

    `spoken` is made for text with letters beyond ASCII. Commands, names and addresses are in Latin letters and in no
    language, so one in these letters must be told by its words.
    """
    from doclint.repair.language import languages as known
    from doclint.repair.language import spoken

    words = Counter(word for word in _WORD.findall(text.lower()) if word[0] < _END_OF_LATIN)
    english = sum(words[word] for word in _ENGLISH)
    shares: dict[str, float] = {}
    for tag, share in spoken(text).items():
        if known()[tag].script != "LATIN":
            shares[tag] = share
            continue
        own = sum(words[word] for word in known()[tag].words)
        if max(own, english) >= _OFTEN * words.total():
            shares["en" if english > own else tag] = share
    return {tag: share / sum(shares.values()) for tag, share in shares.items()}
