"""The values that travel from room to room: frozen, slotted, without behaviour beyond a few small views.

Offsets count characters of the text they speak of, from 0; lines and columns start at 1 and exist only in reports.
Paths are relative to the root of the run, with `/` between folders, as git spells them.
"""

from doclint.model.damage import Damage, DamageKind, Intact, Repaired
from doclint.model.deferred import Deferred
from doclint.model.disk import NOTHING, FileKind, Files, Look, Source, Unreadable
from doclint.model.edits import Edit, Fix, Inference, Rename, Safety
from doclint.model.findings import Change, Finding, Guess, HeldBack, Hit, Outcome, Place, Severity, Summary
from doclint.model.graph import Graph, Reference
from doclint.model.links import KINDS, NO_LINKS, Link, LinkKind, Links, Row, row_of
from doclint.model.pages import (
    Comment,
    Definition,
    ElementId,
    Fault,
    Heading,
    Mark,
    MarkupId,
    MarkupSyntax,
    Page,
    Parsed,
    Part,
    PartKind,
    UndefinedReference,
)
from doclint.model.targets import Anchor, AnchorKind, Empty, InRepo, Other, Outside, SamePage, Target, Web
from doclint.model.text import Span, UsageError

__all__ = [
    "KINDS",
    "NOTHING",
    "NO_LINKS",
    "Anchor",
    "AnchorKind",
    "Change",
    "Comment",
    "Damage",
    "DamageKind",
    "Deferred",
    "Definition",
    "Edit",
    "ElementId",
    "Empty",
    "Fault",
    "FileKind",
    "Files",
    "Finding",
    "Fix",
    "Graph",
    "Guess",
    "Heading",
    "HeldBack",
    "Hit",
    "InRepo",
    "Inference",
    "Intact",
    "Link",
    "LinkKind",
    "Links",
    "Look",
    "Mark",
    "MarkupId",
    "MarkupSyntax",
    "Other",
    "Outcome",
    "Outside",
    "Page",
    "Parsed",
    "Part",
    "PartKind",
    "Place",
    "Reference",
    "Rename",
    "Repaired",
    "Row",
    "Safety",
    "SamePage",
    "Severity",
    "Source",
    "Span",
    "Summary",
    "Target",
    "UndefinedReference",
    "Unreadable",
    "UsageError",
    "Web",
    "row_of",
]
