"""The anchors of one page, looked up as the host looks them up."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.alike import decoded, folded
from doclint.model import AnchorKind
from doclint.slug.flavour import USER_CONTENT, exact

if TYPE_CHECKING:
    from doclint.model import Anchor
    from doclint.slug import Flavour


class AnchorTable:
    """The anchors of one page, looked up as the host looks them up."""

    def __init__(self, anchors: tuple[Anchor, ...], flavour: Flavour) -> None:
        self.anchors = anchors
        self._flavour = flavour
        self._by_name = {alias: anchor for anchor in reversed(anchors) for alias in anchor.aliases}
        self._by_name |= {anchor.name: anchor for anchor in reversed(anchors)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that a link can reach, each once, in order."""
        reachable = self._flavour.reachable
        return tuple(
            dict.fromkeys(
                anchor.name for anchor in self.anchors if anchor.kind is AnchorKind.HEADING or reachable(anchor.name)
            )
        )

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The same names, in no order."""
        return frozenset(self.names)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The names that are found by a fragment that is written like them."""
        lookups = self._flavour.lookups
        if lookups is exact:
            return frozenset(name for name in self._by_name if "%" not in name and not name.startswith(USER_CONTENT))
        return frozenset(name for name in self._by_name if name in lookups(name))

    def spelled_alike(self, fragment: str) -> tuple[str, ...]:
        """Return the names that differ from `fragment` only in percent-encoding, letter case or normal form."""
        wanted = folded(decoded(fragment))
        return tuple(name for name in self.names if folded(decoded(name)) == wanted)

    def find(self, fragment: str) -> Anchor | None:
        """Return the anchor that `fragment`, as written and without `#`, leads to."""
        return next((self._by_name[name] for name in self._flavour.lookups(fragment) if name in self._by_name), None)
