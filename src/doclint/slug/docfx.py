"""DocFX and Microsoft Learn: Markdig with the identifiers `GitHub`, and what DocFX adds to them.

The rule: the heading's text with alternative texts, without tags, emoji shortcodes, `[!INCLUDE [x](y)]`,
`:::no-loc:::` and references to programs (`<xref:name>`, `@name`); letters and decimal digits, lower-cased one by one,
`-` and `_` are kept, each space becomes `-`, the rest goes, also what lies beyond U+FFFF; a heading without any is
`section`. Duplicates are counted, skipping names in use. `<a name="x"></a>` or `<a id="x"></a>` in front of a
heading's text names it instead, and the heading is counted all the same; so is the title of a tab, `# [x](#tab/y)`,
which has no anchor. `{#name}` is text unless the site turns the extension on. Headings in raw HTML have no anchor but
their own id. Letter case counts in a fragment, and does not in the path of a file (see below), as on Windows, where
Microsoft Learn is built; on Linux docfx would tell them apart. Pages that take in others have their anchors, too.

Sources: dotnet/docfx `src/Docfx.MarkdigEngine.Extensions`: MarkdownExtensions.cs, HeadingId/HeadingIdRewriter.cs,
TabGroup/TabGroupAggregator.cs, Xref/XrefInlineShortParser.cs; branch v3, which publishes Microsoft Learn:
`lib/markdown/MarkdownEngine.cs`, `build/page/BookmarkValidator.cs`, `build/link/LinkResolver.cs` (`/` and `~/`),
`lib/path/PathUtility.cs`, `docs/specs/casing.yml`; Markdig `Extensions/AutoIdentifiers/AutoIdentifierExtension.cs`,
`Helpers/LinkHelper.cs` (UrilizeAsGfm), `Renderers/Html/Inlines`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Anchor, AnchorKind, ElementId, Heading, PartKind
from doclint.slug.characters import kept, lower_one_by_one
from doclint.slug.counters import Skipping
from doclint.slug.emoji import without_shortcodes
from doclint.slug.flavour import Flavour, Naming, on_every_page
from doclint.slug.headings import text_of
from doclint.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Mark

_PLAIN = re.compile(r"[0-9A-Za-z_\- ]*")
_NOT_A_WORD_ASCII = re.compile(r"[^0-9A-Za-z_\- ]")
_VERSION = 15  # of Unicode, as .NET 8 has it
_OPENED = re.compile(r'<a +(?:name|id)="([\w \-.]+)" *>')
_TAB = re.compile(r"\[.*\]\(#tab/[A-Za-z0-9\-+]+(?:/[A-Za-z0-9\-]*)?\)\s*")
# What DocFX reads as something of its own: Markdig makes the name without it.
_OWN = re.compile(
    r"""\[!(?i:include)-?\s*[^\]]*\]|:::no-loc\s[^:]*:::|@[A-Za-z](?:(?![.,;:!?~](?:[\s"'<>\[\]|.,;:!?~]|$))[^\s"'<>\[\]|])*"""
)


def slug(text: str) -> str:
    """Return the name, without counter, of a heading's text.

    >>> slug("What's new in C++?"), slug("???")
    ('whats-new-in-c', 'section')
    """
    if text.isascii():
        return _NOT_A_WORD_ASCII.sub("", text.lower()).replace(" ", "-") or "section"
    near = "".join(char for char in text if char <= "\uffff")
    lowered = "İ".join(map(lower_one_by_one, near.split("İ")))
    return kept(lowered, ("L", "Nd"), "-_ ", _VERSION).replace(" ", "-") or "section"


def _text(heading: Heading) -> str:
    """Return the text that a reader sees, as far as Markdig makes the name of it."""
    parts = heading.parts
    if len(parts) == 1 and parts[0].kind is PartKind.TEXT:
        return parts[0].text
    if any(part.kind is PartKind.ADDRESS and part.text.startswith("xref:") for part in parts):
        parts = tuple(part for part in parts if part.kind is not PartKind.ADDRESS or not part.text.startswith("xref:"))
    return text_of(replace(heading, parts=parts), alt=True, footnotes="written")


def _names(text: str) -> tuple[str, str]:
    """Return the name of a heading's text, and another one where it is not certain what Markdig takes for plain."""
    if _PLAIN.fullmatch(text):
        name = text.lower().replace(" ", "-") or "section"
        return name, name
    bare = without_shortcodes(_OWN.sub("", text))
    return slug(bare), slug(text)


def anchors(marks: Sequence[Mark]) -> tuple[Anchor, ...]:
    """Return the anchors of a page whose headings and ids are `marks`, in the same order."""
    counter = Skipping()
    found: list[Anchor] = []
    named = ""
    for mark in marks:
        match mark:
            case Heading() if not mark.html:
                text = _text(mark)
                name, other = _names(text)
                counted = counter.name(name)
                named = _name_in_front(mark)
                if named:
                    # The tag itself, which stands in front of the heading, has been found already.
                    while found and found[-1].span.start >= mark.span.start:
                        found.pop()
                    found.append(Anchor(named, AnchorKind.HEADING, text.strip(), mark.span))
                elif "(#tab/" not in mark.source or not _TAB.fullmatch(mark.source):
                    aliases = (other,) if other != name else ()
                    found.append(Anchor(counted, AnchorKind.HEADING, text, mark.span, aliases))
            case ElementId(name, span):
                found.append(Anchor(name, AnchorKind.HTML, "", span))
            case _:
                pass
    return tuple(found)


def _name_in_front(heading: Heading) -> str:
    """Return the name that an empty `<a>` in front of a heading's text gives it; "" where there is none."""
    if len(heading.parts) < 3 or heading.parts[0].kind is not PartKind.TAG:
        return ""
    match heading.parts:
        case (opening, closing, _, *_) if opening.kind is closing.kind is PartKind.TAG and closing.text == "</a>":
            opened = _OPENED.fullmatch(opening.text)
            return opened[1] if opened else ""
        case _:
            return ""


def always_there(fragment: str) -> bool:
    """Tell whether every page has `fragment`, or is taken to have it; `tab/name` is no place, but makes a tab."""
    return fragment.startswith("tab/") or on_every_page(fragment)


def _name(heading: Heading) -> str:
    """Return the name of a heading, unless another one has it already."""
    return _of_words(_text(heading))


def _of_words(text: str) -> str:
    return _names(text)[0]


_NAMING = Naming(_name, _of_words, in_front=True, spoils=("](#tab/", "<a"))
FLAVOUR = Flavour("docfx", anchors, always_there=always_there, naming=_NAMING)
