"""A link points at a heading that is not there.

Why:   the reader lands at the top of the page and has to search.
Bad:   [setup](guide.md#instal), where `guide.md` has the heading "Install"
Good:  [setup](guide.md#install)
Fix:   `doclint fix`, when git shows another heading in the very place of the one that was there, or when only the way
       of writing differs; `doclint fix --unsafe`, when exactly one heading is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.judged import Fragment
from doclint.model import Edit, Fix, Hit, Link, LinkKind, Page, Safety, Severity
from doclint.rules.base import Aspect, Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.anchor_table import AnchorTable
    from doclint.index import RepoIndex


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    broken = [judged for judged in repo.links(page).questionable if judged.fragment is Fragment.MISSING]
    if not broken:
        return
    # Here, as all that only a broken link needs: most runs find none.
    from doclint.companions import LikelyEdits

    likely = LikelyEdits(page.content)
    for judged in broken:
        link = judged.link
        # What is about to be repaired is judged when it is.
        if likely.touch(link.destination_span):
            continue
        path = repo.page_of(page.path, judged.target)
        table = repo.anchors(path) if path is not None else None
        if path is not None and table is not None:
            yield _hit(page, link, path, table, repo)


def _hit(page: Page, link: Link, path: str, table: AnchorTable, repo: RepoIndex) -> Hit:
    from urllib.parse import unquote

    from doclint.destinations import with_fragment

    fragment = unquote(link.destination.partition("#")[2])
    if link.kind is LinkKind.WIKI:
        fragment = fragment.partition("|")[0]
    where = "on this page" if path == page.path else f"in {path}"
    message = f'no heading or anchor "{fragment}" {where}'
    proposed = repo.proposed_anchors(path)
    if proposed is not None and proposed.find(link.destination.partition("#")[2]):
        return Hit(link.destination_span, message, "doclint fix --unsafe repairs the damaged heading that is meant")
    candidates, safety = _candidates(fragment, path, table, repo)
    written = repo.written(page, link)
    level = safety if len(candidates) == 1 else Safety.DISPLAY
    ways = tuple(
        Fix(f"link to #{name}", (Edit(link.destination_span, with_fragment(written, name)),), level)
        for name in (candidates if link.kind is not LinkKind.WIKI else ())
    )
    if candidates:
        advice = f"did you mean {' or '.join(f'#{name}' for name in candidates)}?"
    elif table.anchors:
        advice = "correct the part behind #; `doclint anchors` lists what the page offers"
    else:
        advice = "the page has no headings and no anchors: remove the part from #"
    fix, choices = (ways[0], ()) if len(ways) == 1 else (None, ways)
    return Hit(link.destination_span, message, advice, fix, choices=choices)


def _candidates(fragment: str, path: str, table: AnchorTable, repo: RepoIndex) -> tuple[tuple[str, ...], Safety]:
    """Return the anchors that may be meant, and how sure the only one is."""
    if alike := table.spelled_alike(fragment):
        return alike, Safety.SAFE
    from doclint.counterpart import successor
    from doclint.near import near

    found = successor(repo, path, fragment)
    if found is not None and found.certain:
        return (found.name,), Safety.SAFE
    guessed = near(fragment, table.names)
    return tuple(dict.fromkeys((found.name, *guessed) if found is not None else guessed)), Safety.UNSAFE


RULE = Rule("missing-anchor", Group.LINKS, Severity.ERROR, check, looks_at=Aspect.LINKS)
