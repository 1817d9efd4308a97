"""Anchors, and what destinations mean."""

from __future__ import annotations

from enum import Enum

from doclint.model.text import Span
from doclint.value import Value


class AnchorKind(Enum):
    """Where an anchor comes from."""

    HEADING = "heading"
    HTML = "html"


class Anchor(Value):
    """A place in a page that a fragment can name.

    Attributes:
        name: The anchor as the host makes it.
        kind: From a heading, also one whose name is written behind it, or an explicit anchor of anything else.
        text: The heading's text; "" for an explicit anchor.
        span: Where it is in the parsed text.
        aliases: Further names, where versions of the host differ.
    """

    name: str
    kind: AnchorKind
    text: str
    span: Span
    aliases: tuple[str, ...] = ()


class InRepo(Value):
    """A file or folder below the root. `path` is normalised and "" for the root itself.

    `folder` says that the destination ends in a slash; `fragment` is None where there is no `#`, and still encoded.
    On a site that is built of pages, `others` are the files that may be meant, likeliest first, `judged` tells
    whether it is a fault when none of them is there, and `any_case` whether letter case does not count.
    """

    path: str
    fragment: str | None
    folder: bool = False
    others: tuple[str, ...] = ()
    judged: bool = True
    any_case: bool = False


class SamePage(Value):
    """A place on the page itself; `fragment` as in `InRepo`."""

    fragment: str


class Outside(Value):
    """A path that leaves the repository; `path` begins with `../`."""

    path: str


class Web(Value):
    """An address on the web, which doclint does not visit."""

    url: str


class Other(Value):
    """Another scheme: `mailto:`, `tel:`, `javascript:`, ..."""

    scheme: str


class Empty(Value):
    """A destination with nothing in it."""


Target = InRepo | SamePage | Outside | Web | Other | Empty
