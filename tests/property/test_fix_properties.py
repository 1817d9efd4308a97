"""What the pure part of `fix` promises of any fixes whatsoever."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doclint.lines import apply_edits
from doclint.model import Edit, Finding, Fix, Place, Safety, Severity, Span
from doclint.parse import parse
from doclint.plan import keeps_shape, plan

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

PAGES = {
    "a.md": "# Title\n\nSome [words](b.md) and `code`.\n\n- an item\n- another\n",
    "b.md": "Other words\n===========\n\n> quoted [a](a.md#title) text\n\n| h |\n|---|\n| c |\n",
}


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    found = []
    for _ in range(draw(st.integers(0, 6))):
        path = draw(st.sampled_from(sorted(PAGES)))
        edits: list[Edit] = []
        for _ in range(draw(st.integers(1, 2))):
            where = draw(st.sampled_from(sorted(PAGES)))
            start = draw(st.integers(0, len(PAGES[where])))
            span = Span(start, min(start + draw(st.integers(0, 4)), len(PAGES[where])))
            if any((edit.path or path) == where and _meet(edit.span, span) for edit in edits):
                continue
            text = draw(st.sampled_from(["", "x", "yz", "é", "\n", "# ", "[l](m.md)", "`", "b.md"]))
            edits.append(Edit(span, text, where if where != path else None))
        safety = draw(st.sampled_from(list(Safety)))
        found.append(
            Finding(
                "a-rule",
                Severity.ERROR,
                path,
                edits[0].span,
                Place(1, 1, 1, 1),
                "x",
                fix=Fix("y", tuple(edits), safety),
            )
        )
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


@steady
@given(findings(), st.sampled_from(list(Safety)))
def test_a_plan_keeps_the_shape_of_every_page(found: list[Finding], level: Safety) -> None:
    made = plan(found, level, PAGES.__getitem__, parse)
    assert not made.refused & made.texts.keys()
    assert made.texts.keys() == made.fixes.keys()
    for path, text in made.texts.items():
        before = PAGES[path]
        assert text.count("\n") == before.count("\n")
        assert parse(text).blocks == parse(before).blocks
        assert [link.kind for link in parse(text).links] == [link.kind for link in parse(before).links]
        assert keeps_shape(parse(before), parse(text), before, text)


@steady
@given(findings())
def test_nothing_that_is_only_shown_is_made(found: list[Finding]) -> None:
    for level in (Safety.UNSAFE, Safety.SAFE):
        enough = [finding for finding in found if finding.fix is not None and finding.fix.safety >= level]
        made = plan(found, level, PAGES.__getitem__, parse)
        assert made == plan(enough, level, PAGES.__getitem__, parse)
        assert sum(made.fixes.values()) <= sum(len(finding.fix.edits) for finding in enough if finding.fix is not None)


@steady
@given(findings())
def test_what_is_refused_stays_refused(found: list[Finding]) -> None:
    made = plan(found, Safety.DISPLAY, PAGES.__getitem__, parse, refused=["a.md"])
    assert "a.md" not in made.texts
    assert "a.md" in made.refused


@steady
@given(findings())
def test_the_first_fix_of_all_is_made_unless_its_page_is_refused(found: list[Finding]) -> None:
    made = plan(found, Safety.DISPLAY, PAGES.__getitem__, parse)
    if not found or found[0].fix is None:
        assert made.texts == {}
        return
    paths = {edit.path or found[0].path for edit in found[0].fix.edits}
    assert paths <= made.texts.keys() or paths & made.refused


@steady
@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text(max_size=3)), max_size=5),
    st.randoms(use_true_random=False),
)
def test_apply_gives_the_pieces_between_the_edits_whatever_their_order(
    text: str, wanted: list[tuple[int, int, str]], random: object
) -> None:
    edits: list[Edit] = []
    for start, length, new in sorted(wanted):
        span = Span(start, start + length)
        if span.end <= len(text) and (not edits or edits[-1].span.end < span.start):
            edits.append(Edit(span, new))
    expected = list(text)
    for edit in reversed(edits):
        expected[edit.span.start : edit.span.end] = edit.text
    shuffled = list(edits)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert apply_edits(text, shuffled) == "".join(expected)
