"""What a host is to the rest of doclint: how it makes anchors and finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.slug.scheme import all_reachable, exact, on_every_page
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.model import Anchor, Mark


class Flavour(Value):
    """How a host makes anchors and finds them.

    Attributes:
        name: What the setting `flavour` calls it.
        anchors: Headings and explicit ids of a page, in the order of the rendered page, to its anchors.
        lookups: A fragment as written, without `#`, to the names under which the host looks for it, in that order.
        always_there: Tells of a fragment (as written) that the host understands without an anchor, such as `#L10`.
        reachable: Tells whether any fragment leads to an explicit id.
    """

    name: str
    anchors: Callable[[Sequence[Mark]], tuple[Anchor, ...]]
    lookups: Callable[[str], tuple[str, ...]] = exact
    always_there: Callable[[str], bool] = on_every_page
    reachable: Callable[[str], bool] = all_reachable
