"""How a wiki link is written once files have moved, so that it finds what it found; pure.

What is written changes only where the link would find another file, or none. It then names the file by as many parts of
its path as before, with or without its ending as before; more parts are taken where fewer would find another file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.formats import format_of
from doclint.model import Edit, InRepo, LinkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doclint.model import Parsed
    from doclint.wiki_names import WikiNames


def wiki_edits(
    page: str, parsed: Parsed, before: WikiNames, after: WikiNames, where: Callable[[str], str]
) -> Iterator[Edit]:
    """Yield what lets the wiki links of `page` find the same files after a move.

    Args:
        page: Where the page is before.
        parsed: Its parse, with wiki links.
        before: What wiki links find before the move.
        after: What they find afterwards.
        where: Makes of a path before the path afterwards.
    """
    for link in parsed.links:
        if link.kind is not LinkKind.WIKI:
            continue
        target, name = before.found(page, link.destination)
        if not isinstance(target, InRepo) or not before.has(target.path):
            continue
        wanted = where(target.path)
        if _leads_to(wanted, where(page), link.destination, after):
            continue
        written = name.of(link.destination)
        for other in _spellings(written, target.path, wanted):
            destination = link.destination[: name.start] + other + link.destination[name.end :]
            if _leads_to(wanted, where(page), destination, after):
                yield Edit(name.shifted(link.destination_span.start), other)
                break


def _leads_to(path: str, page: str, destination: str, names: WikiNames) -> bool:
    target, _ = names.found(page, destination)
    return isinstance(target, InRepo) and target.path == path


def _spellings(written: str, old: str, new: str) -> Iterator[str]:
    """Yield ways to name `new` like `written` names `old`, shortest first."""
    bare = format_of(new) is not None and format_of(written) is None
    name = new.rpartition(".")[0] if bare else new
    if " " in written and " " not in old:
        name = name.replace("-", " ")
    lead = "/" if written.startswith("/") else ""
    parts = name.split("/")
    for count in range(min(written.strip("/").count("/") + 1, len(parts)), len(parts) + 1):
        yield lead + "/".join(parts[-count:])
