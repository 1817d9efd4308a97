"""How a destination is written anew; pure. Only the part that is meant to change changes, in the way it was written."""

from __future__ import annotations

import re
from urllib.parse import quote

# Left as they are in a path: what needs no encoding in Markdown, with or without angle brackets, nor in HTML's quotes.
_PLAIN = "/-._~!$*+,;=:@"
# A `#` or `?` that begins a part of the destination, not one inside a character reference such as `&#61;`.
_FRAGMENT = re.compile(r"(?<!&)#")
_PATH_END = re.compile(r"\\?(?:\?|(?<!&)#)")


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


def _encoded(text: str, *, everything: bool) -> str:
    """Percent-encode what must not stand in a destination; with `everything`, all that is not ASCII too."""
    if everything:
        return quote(text, safe=_PLAIN, errors="surrogateescape")
    return "".join(char if char.isalnum() or ord(char) > 0x7F or char in _PLAIN else quote(char) for char in text)
