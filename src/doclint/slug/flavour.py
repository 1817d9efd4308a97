"""What a host is to the rest of doclint: how it makes anchors and finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.model import Anchor, Heading, Mark

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


class Naming(Value):
    """What can be told of the name of a heading without looking at the rest of the page.

    It holds for headings that stand below a blank line, and where the page has no explicit anchors but those in HTML.

    Attributes:
        name: A heading to a name that is then certainly on the page; "" for none.
        words: The same for a heading of nothing but words, by its text: a shorter way, if there is one.
        in_front: Whether `<a name="x"></a>` in front of a heading's text takes its name out of use.
        inside_html: Whether a heading between the tags of raw HTML is one.
        spoils: What may take names out of use where it stands in the text of another heading above.
    """

    name: Callable[[Heading], str]
    words: Callable[[str], str] | None = None
    in_front: bool = False
    inside_html: bool = True
    spoils: tuple[str, ...] = ()


class Flavour(Value):
    """How a host makes anchors and finds them.

    Attributes:
        name: What the setting `flavour` calls it.
        anchors: Headings and explicit ids of a page, in the order of the rendered page, to its anchors.
        lookups: A fragment as written, without `#`, to the names under which the host looks for it, in that order.
        always_there: Tells of a fragment (as written) that the host understands without an anchor, such as `#L10`.
        reachable: Tells whether any fragment leads to an explicit id.
        naming: What can be told of the name of a heading without looking at the rest of the page.
    """

    name: str
    anchors: Callable[[Sequence[Mark]], tuple[Anchor, ...]]
    lookups: Callable[[str], tuple[str, ...]] = exact
    always_there: Callable[[str], bool] = on_every_page
    reachable: Callable[[str], bool] = all_reachable
    naming: Naming | None = None
