"""What a host is to the rest of doclint: how it makes anchors and finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.model import Anchor, Mark

USER_CONTENT = "user-content-"
"""What some hosts put before each id of a page's text; links are written without it."""

# As text: `re` makes patterns of them where they are first used, and most runs need none.
# Everywhere: the top of the page, a text fragment, a footnote and the way back from it as hosts name them.
_ALWAYS = r"(?i)top|:~:.*|(?:user-content-)?(?:fn|footnote)(?:ref|-ref|-reference)?[-:_.]?\w.*"
_LINES = r"(?i)L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines-\d[\d:,]*"


def exact(fragment: str) -> tuple[str, ...]:
    """Return the names that a fragment may find where letter case counts: as it is and percent-decoded, without prefix.

    >>> exact("user-content-caf%C3%A9")
    ('café', 'caf%C3%A9')
    """
    bare = fragment.removeprefix(USER_CONTENT)
    if "%" not in bare:
        return (bare,)
    from urllib.parse import unquote

    decoded = unquote(bare, errors="surrogateescape")
    return (decoded,) if decoded == bare else (decoded, bare)


def on_every_page(fragment: str) -> bool:
    """Tell whether every page of every host has `fragment`, or is taken to have it, as a footnote."""
    return not fragment or re.fullmatch(_ALWAYS, fragment) is not None


def on_every_file(fragment: str) -> bool:
    """As `on_every_page`, for hosts that show files and their lines."""
    return on_every_page(fragment) or re.fullmatch(_LINES, fragment) is not None


def all_reachable(_name: str) -> bool:
    """Tell that a link can reach every explicit id."""
    return True


class Flavour(Value):
    """How a host makes anchors and finds them.

    Attributes:
        name: What the setting `flavour` calls it.
        anchors: Headings and explicit ids of a page, in the order of the rendered page, to its anchors.
        lookups: A fragment as written, without `#`, to the names under which the host looks for it, in that order.
        always_there: Tells of a fragment (as written) that the host understands without an anchor, such as `#L10`.
        reachable: Tells whether any fragment leads to an explicit id.
        words: The text of a heading that is nothing but words, not even punctuation that may be markup, and stands
            below a blank line, to a name that is certainly on a page which has this heading; "" for none. None where
            the rest of the page decides.
        spoils: What makes that uncertain where it stands in the text of another heading of the page.
    """

    name: str
    anchors: Callable[[Sequence[Mark]], tuple[Anchor, ...]]
    lookups: Callable[[str], tuple[str, ...]] = exact
    always_there: Callable[[str], bool] = on_every_page
    reachable: Callable[[str], bool] = all_reachable
    words: Callable[[str], str] | None = None
    spoils: tuple[str, ...] = ()
