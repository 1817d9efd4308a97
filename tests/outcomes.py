"""Outcomes for the tests of reports: one of everyday, and whatever a repository could hold."""

from __future__ import annotations

from hypothesis import strategies as st

from doclint.model import (
    Edit,
    Finding,
    Fix,
    Graph,
    HeldBack,
    Inference,
    Outcome,
    Place,
    Reference,
    Rename,
    Safety,
    Severity,
    Span,
    Summary,
)
from doclint.report import ReportOptions

OPTIONS = ReportOptions(cwd="/repo")
CLEAN = Outcome("/repo", (), Summary(pages=125, links=4310))

ANCHOR = Finding(
    rule="missing-anchor",
    severity=Severity.ERROR,
    path="docs/a.md",
    span=Span(300, 315),
    place=Place(12, 13, 12, 28),
    message='no heading or anchor "instal" in docs/guide.md',
    help="did you mean #install?",
    fix=Fix("link to #install", (Edit(Span(300, 315), "guide.md#install"),), Safety.UNSAFE),
    edit_places=(Place(12, 13, 12, 28),),
    excerpt="See [setup](guide.md#instal) first.",
)
"""An everyday finding."""

LOSSY = Finding(
    rule="lossy-mojibake",
    severity=Severity.ERROR,
    path="docs/b.md",
    span=Span(3, 30),
    place=Place(1, 4, 1, 31),
    message="text is UTF-8 read as windows-1252, bytes are missing",
    fix=Fix(
        "restore the text",
        (
            Edit(Span(3, 5), "à ", None, (Inference("à", 0.97, (("í", 0.02),), 0),)),
            Edit(Span(11, 13), "É", None, (Inference("É", 0.61, (("Í", 0.3), ("Á", 0.05)), 0),)),
        ),
        Safety.UNSAFE,
    ),
    edit_places=(Place(1, 4, 1, 6), Place(1, 12, 1, 14)),
    excerpt="un Ã plein Ã‰té de plus",
)
"""A finding whose repair holds characters that are more and less certain."""

ANY_TEXT = st.text(st.characters() | st.sampled_from("\n\r\t\x1b\x85\u2028\u202e\udcff\ufffe<>&\"'%{}[]()`\\|~@:$^="))
PLACES = st.builds(Place, *[st.integers(1, 99)] * 4)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Return a finding with a fix whose edits are as many as their places."""
    edits = draw(st.lists(st.builds(Edit, st.just(Span(0, 1)), ANY_TEXT, st.none() | ANY_TEXT), max_size=3))
    fix = st.builds(
        Fix,
        title=ANY_TEXT,
        edits=st.just(tuple(edits)),
        safety=st.sampled_from(Safety),
        renames=st.lists(st.builds(Rename, ANY_TEXT, ANY_TEXT), max_size=1).map(tuple),
    )
    return Finding(
        rule=draw(ANY_TEXT),
        severity=draw(st.sampled_from(Severity)),
        path=draw(ANY_TEXT),
        span=Span(0, 1),
        place=draw(PLACES),
        message=draw(ANY_TEXT),
        help=draw(ANY_TEXT),
        fix=draw(st.none() | fix),
        edit_places=tuple(draw(PLACES) for _ in edits),
        excerpt=draw(ANY_TEXT),
        of_file=draw(st.booleans()),
    )


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Return an outcome with all that a repository could put into it."""
    found = tuple(sorted(draw(st.lists(findings(), max_size=4)), key=lambda finding: finding.path))
    references = st.builds(Reference, ANY_TEXT, ANY_TEXT, st.just(Span(0, 1)))
    graph = st.builds(Graph, st.just(()), st.lists(references, max_size=4).map(tuple))
    return Outcome(
        "/repo",
        found,
        Summary(9),
        held_back=tuple(draw(st.lists(st.builds(HeldBack, ANY_TEXT, ANY_TEXT, st.booleans()), max_size=2))),
        renamed=tuple(draw(st.lists(st.builds(Rename, ANY_TEXT, ANY_TEXT), max_size=2))),
        graph=draw(st.none() | graph),
    )
