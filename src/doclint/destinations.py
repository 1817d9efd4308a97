"""How a destination is written anew; pure. Only the part that is meant to change changes, in the way it was written."""

from __future__ import annotations

import html as html_room
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from doclint.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Left as they are in a path: what needs no encoding in Markdown, with or without angle brackets, nor in HTML's quotes.
_PLAIN = "/-._~!$*+,;=:@"
# A `#` or `?` that begins a part of the destination, not one inside a character reference such as `&#61;`.
_FRAGMENT = re.compile(r"(?<!&)#")
_PATH_END = re.compile(r"\\?(?:\?|(?<!&)#)")
_ENCODED_BEYOND_ASCII = re.compile(r"%[89A-Fa-f]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);)")


def with_fragment(written: str, fragment: str) -> str:
    """Return the destination `written` with `fragment` behind its `#`, percent-encoded if it was before.

    >>> with_fragment("a.md#caf%C3%A9", "cafés")
    'a.md#caf%C3%A9s'
    """
    match = _FRAGMENT.search(written)
    front, old = (written[: match.start()], written[match.end() :]) if match else (written, "")
    return f"{front}#{_encoded(fragment, everything='%' in old)}"


def with_path(written: str, path: str) -> str:
    """Return the destination `written` with another path; its query and fragment stay.

    >>> with_path("Guide%20A.md#x", "guide a.md")
    'guide%20a.md#x'
    """
    tail = _PATH_END.search(written)
    everything = "%" in (written[: tail.start()] if tail else written)
    return _encoded(path, everything=everything) + (written[tail.start() :] if tail else "")


def path_parts(written: str, destination: str, *, html: bool) -> list[str] | None:
    """Return the decoded parts of the path of a destination, one for each that stands between slashes in `written`.

    Args:
        written: The destination as written.
        destination: What it means to Markdown or HTML: character references and escapes resolved, not percent-encoding.
        html: Whether it is the value of an attribute.

    Returns:
        The parts, "" in front of a leading slash; None where the slashes in `written` are not those of `destination`.

    >>> path_parts("../caf%C3%A9/a&amp;b.md#x", "../caf%C3%A9/a&b.md#x", html=False)
    ['..', 'café', 'a&b.md']
    """
    parts = [_plain(part, html=html) for part in _path(written).of(written).split("/")]
    if "/".join(parts) != destination.partition("#")[0].partition("?")[0]:
        return None
    decoded = [unquote(part, errors="surrogateescape") if "%" in part else part for part in parts]
    return None if any("/" in part for part in decoded) else decoded


def with_parts(written: str, names: Mapping[int, str]) -> Iterator[tuple[Span, str]]:
    """Yield, for each part of a path that gets another name, its place in `written` and what to write there.

    `names` holds the new names by the number of the part, as `path_parts` counts them, in order.

    >>> list(with_parts("../caf%C3%A9/x.md", {1: "thé"}))
    [(Span(start=3, end=12), 'th%C3%A9')]
    """
    path = _path(written)
    start = path.start
    for number, part in enumerate(path.of(written).split("/")):
        if number in names:
            # What stood there bare may stand there again, as a space between angle brackets.
            bare = "" if _ESCAPE.search(part) else part.replace("%", "")
            yield Span(start, start + len(part)), _encoded(names[number], everything="%" in part, bare=bare)
        start += len(part) + 1


def _path(written: str) -> Span:
    """Return the place of the path in a destination, without white space around it."""
    tail = _PATH_END.search(written)
    end = tail.start() if tail else len(written)
    front = written[:end]
    start = len(front) - len(front.lstrip())
    return Span(start, max(start, len(front.rstrip()) if tail is None else end))


def _plain(written: str, *, html: bool) -> str:
    """Return what a part of a destination means to Markdown or HTML."""
    if html:
        return html_room.unescape(written)
    return _ESCAPE.sub(lambda found: found[1] or html_room.unescape(found[2]), written)


def respelled(written: str, names: Sequence[str], *, html: bool, angled: bool) -> tuple[Span, str]:
    """Return the place of the path in the destination `written`, and the same path made of other parts.

    A part that stood there keeps its spelling; another one is encoded as far as the place asks for it, and beyond
    ASCII where the path was before.

    Args:
        written: The destination as written; `path_parts` can tell its parts apart.
        names: The parts of the new path, decoded: "" in front of a leading slash and behind a closing one.
        html: Whether it is the value of an attribute.
        angled: Whether it stands between `<` and `>`, where spaces and parentheses need no encoding.

    >>> respelled("a%20b/c.md#x", ["..", "a b", "d e.md"], html=False, angled=False)
    (Span(start=0, end=10), '../a%20b/d%20e.md')
    """
    path = _path(written)
    parts = path.of(written).split("/")
    spelled = {unquote(_plain(part, html=html), errors="surrogateescape"): part for part in parts}
    everything = _ENCODED_BEYOND_ASCII.search(path.of(written)) is not None
    # What stood there bare may stand there again; an ampersand or a backslash may begin something with another name.
    bare = " ()" if angled else re.sub(r"[%&\\]", "", path.of(written))
    new = [spelled[name] if name in spelled else _part(name, everything=everything, bare=bare) for name in names]
    # `a:b.md` would be an address of the scheme `a`.
    if ":" in new[0] and names[0] not in spelled:
        new[0] = new[0].replace(":", "%3A")
    return path, "/".join(new)


def _part(name: str, *, everything: bool, bare: str) -> str:
    if name.count("(") != name.count(")"):
        bare = bare.replace("(", "").replace(")", "")
    return _encoded(name, everything=everything, bare=bare)


def relative(page: str, path: str) -> str:
    """Return `path` as a link on `page` names it; both are relative to the root.

    >>> relative("docs/a/b.md", "docs/c.md")
    '../c.md'
    """
    here, there = page.split("/")[:-1], path.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "/".join([".."] * len(here) + there)


def renamed(destination: str, page: str, path: str, *, folder: bool = False) -> str:
    """Return `path` as a link on `page` names it, with the `/` or `./` in front that `destination` has.

    `folder` puts a slash behind it.

    >>> renamed("./instal.md", "docs/a.md", "docs/install.md"), renamed("/Docs", "a.md", "docs", folder=True)
    ('./install.md', '/docs/')
    """
    if destination.startswith("/"):
        written = f"/{path}"
    else:
        written = relative(page, path)
        if destination.startswith("./") and not written.startswith("../"):
            written = f"./{written}"
    return f"{written}/" if folder else written


def _encoded(text: str, *, everything: bool, bare: str = "") -> str:
    """Percent-encode what must not stand in a destination; with `everything`, all that is not ASCII too.

    What is in `bare` stays as it is, if it is ASCII. A byte of a name that is not UTF-8 is always encoded.
    """
    safe = _PLAIN + "".join(char for char in bare if char.isascii())
    if everything:
        return quote(text, safe=safe, errors="surrogateescape")
    return "".join(
        char
        if char.isalnum() or (ord(char) > 0x7F and not "\ud800" <= char <= "\udfff") or char in safe
        else quote(char, errors="surrogateescape")
        for char in text
    )
