"""Where a link leads to, and which links lead to a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.server.here import Goal, anchor_at, definition_at, goal_of, link_at, links, on_screen
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.model import Anchor, Link, Page, Span
    from doclint.server.folder import Folder


class Spot(Value):
    """A stretch of a file; `line` counts where the file is no page that was read."""

    path: str
    span: Span
    line: int | None = None


def definition(folder: Folder, name: str, offset: int) -> Spot | None:
    """Return what the link at a place leads to: a heading, a page, a file; of a reference, its definition."""
    here = link_at(folder, name, offset)
    if here is None:
        used = definition_at(folder, name, offset)
        return None if used is None else Spot(name, used.span)
    goal = goal_of(folder, folder.page(name), here.target)
    return None if goal is None else Spot(goal.path, goal.span, goal.line)


def references(folder: Folder, name: str, offset: int, *, declaration: bool) -> list[Spot]:
    """Return the links to the heading at a place, or to the one that the link there leads to.

    Args:
        folder: The folder.
        name: The page.
        offset: The place.
        declaration: Whether the heading itself is wanted, too.
    """
    goal = heading(folder, name, offset)
    if goal is None or goal.anchor is None:
        return []
    found = [Spot(goal.path, goal.span)] if declaration else []
    for page, link in links_to(folder, goal.path, goal.anchor):
        found.append(Spot(page.path, on_screen(page, link.destination_span)))
    return found


def heading(folder: Folder, name: str, offset: int) -> Goal | None:
    """Return the heading or anchor at a place, or the one that the link there leads to; None without an anchor."""
    here = link_at(folder, name, offset)
    if here is not None:
        goal = goal_of(folder, folder.page(name), here.target)
        return goal if goal is not None and goal.anchor is not None else None
    anchor = anchor_at(folder, name, offset)
    return None if anchor is None else Goal(name, on_screen(folder.page(name), anchor.span), anchor)


def links_to(folder: Folder, path: str, anchor: Anchor) -> Iterator[tuple[Page, Link]]:
    """Yield the links that lead to an anchor of a page."""
    table = folder.index.anchors(path)
    for page, link, fragment in folder.index.links_to(path):
        if table is not None and table.find(fragment) is anchor:
            yield page, link


def document_links(folder: Folder, name: str) -> Iterator[tuple[Span, Goal]]:
    """Yield the destinations on a page that lead to a file, each with where it leads."""
    page = folder.page(name)
    for link in links(folder, name):
        if (goal := goal_of(folder, page, link.target)) is not None:
            yield link.destination_span, goal
