"""What repair promises of any text, and of any page that a wrong codec has damaged."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from damage import CODECS, Policy, clean, clean_names, misread, survives
from doclint.decode import decode, encode
from doclint.lines import DiskMap
from doclint.model import DamageKind, Repaired, Safety, Source, Span
from doclint.parse import parse
from doclint.repair import repair, suspicious
from doclint.repair.codecs import SINGLE_BYTE, codec
from doclint.repair.proof import corrupt

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)

SENTENCES = sorted({line for name in clean_names() if name != "signs" for line in clean(name).split("\n") if line})

codecs = st.sampled_from(CODECS)
times = st.integers(1, 2)
losing: st.SearchStrategy[Policy] = st.sampled_from(["drop", "fffd", "qmark"])
policies: st.SearchStrategy[Policy] = st.sampled_from(["keep", "keep", "drop", "drop-c", "fffd", "qmark"])
pages = st.sampled_from([name for name in clean_names() if name != "signs"])
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)
noise = st.text(alphabet="aé Ã©ÐÑ¸â€™œ”Â\xa0°├─│┬┴╨╤Ðя技\ufffd?\n\r\x81\xad\udcff\ufeff`", max_size=40)
any_text = st.one_of(noise, st.text(st.characters(codec=None), max_size=40))


@st.composite
def damaged_pages(draw: st.DrawFn) -> str:
    """Pages of sentences in any languages, some of the lines damaged, some with bytes lost."""
    wrong, policy = draw(codecs), draw(policies)
    lines = draw(sentences)
    chosen = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    number = draw(times)
    return "\n".join(
        misread(line, wrong, policy, number) if hit else line for line, hit in zip(lines, chosen, strict=True)
    )


def repaired(text: str) -> Repaired:
    return repair(Source("page.md", text), parse(text).code)


@steady
@given(st.one_of(any_text, damaged_pages()))
def test_every_edit_is_proved(text: str) -> None:
    page = repaired(text)
    for damage in page.damages:
        if damage.kind is DamageKind.LOSSY:
            assert (damage.edits, damage.safety) == ((), Safety.DISPLAY)
        for edit in damage.edits:
            assert damage.span.holds(edit.span)
            wrongs = [damage.codecs[:rounds] for rounds in range(1, len(damage.codecs) + 1)]
            assert edit.span.of(text) in [corrupt(edit.text, wrong) for wrong in wrongs]
            assert not edit.span.of(text).isascii()


@steady
@given(st.one_of(any_text, damaged_pages()))
def test_ascii_lines_and_order_stay(text: str) -> None:
    page = repaired(text)
    assert "".join(char for char in page.text if char.isascii()) == "".join(char for char in text if char.isascii())
    assert "\ufffd" not in page.text or page.text.count("\ufffd") == text.count("\ufffd")
    ends = [span.end for span in (edit.span for edit in page.edits)]
    assert all(end <= edit.span.start for end, edit in zip(ends, page.edits[1:], strict=False))
    for damage in page.damages:
        assert not set(damage.span.of(text)) & set("\r\n")


@steady
@given(damaged_pages())
def test_a_second_run_finds_nothing_to_write(text: str) -> None:
    once = repaired(text)
    assert repaired(once.text).text == once.text


@steady
@given(pages, codecs, times)
def test_a_whole_page_never_becomes_a_third_text(name: str, wrong: str, number: int) -> None:
    before, after = clean(name), misread(clean(name), wrong, times=number)
    for old, new, got in zip(before.split("\n"), after.split("\n"), repaired(after).text.split("\n"), strict=True):
        assert got in (old, new)


@steady
@given(pages, codecs, losing, st.lists(st.booleans(), min_size=60, max_size=60))
def test_a_line_that_lost_bytes_is_not_half_repaired(name: str, wrong: str, policy: Policy, chosen: list[bool]) -> None:
    before = clean(name).split("\n")
    after = [misread(line, wrong, policy) if hit else line for line, hit in zip(before, chosen, strict=False)]
    for old, new, got in zip(before, after, repaired("\n".join(after)).text.split("\n"), strict=True):
        if got != new:
            assert got == old
            assert survives(old, wrong, policy)


@steady
@given(sentences)
def test_clean_text_in_any_mixture_is_silent(lines: list[str]) -> None:
    assert repaired("\n\n".join(lines)).damages == ()


@steady
@given(pages, pages, codecs)
def test_a_clean_page_behind_a_damaged_one_stays(damaged: str, whole: str, wrong: str) -> None:
    page = repaired(misread(clean(damaged), wrong) + clean(whole))
    assert page.text.endswith(clean(whole))


@steady
@given(any_text, codecs, times)
def test_misreading_is_undone_by_the_codec_that_did_it(text: str, wrong: str, number: int) -> None:
    assume(not any("\ud800" <= char <= "\udfff" for char in text))
    damaged = misread(text, wrong, times=number)
    assert corrupt(text, (wrong,) * number) == damaged
    for _ in range(number):
        damaged = codec(wrong).bytes_of(damaged).encode("latin-1").decode("utf-8")
    assert damaged == text


@steady
@given(st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), min_size=1, max_size=20), codecs)
def test_nothing_that_is_damaged_escapes_the_scan(text: str, wrong: str) -> None:
    assert wrong in SINGLE_BYTE
    assert suspicious(misread(text, wrong))


@steady
@given(
    st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), min_size=1, max_size=5),
    codecs,
    st.sampled_from(["plain words ", "слово ", "λέξη ", "文字", "mot été ", "\ufeff\n"]),
    st.integers(0, 1_000),
    st.integers(0, 1_000),
)
def test_no_surroundings_hide_damage_from_the_scan(text: str, wrong: str, around: str, before: int, after: int) -> None:
    assert suspicious(around * before + misread(text, wrong) + around * after)


# ------------------------------------------------------------------------------------------------- places, and bytes


@steady
@given(st.one_of(any_text, damaged_pages()), st.data())
def test_every_place_leads_to_where_its_text_came_from(text: str, data: st.DataObject) -> None:
    page = repaired(text)
    start = data.draw(st.integers(0, len(page.text)))
    here = Span(start, data.draw(st.integers(start, len(page.text))))
    there = DiskMap(page.edits).on_disk(here)
    assert 0 <= there.start <= there.end <= len(text)
    inside = [edit for edit in page.edits if there.holds(edit.span)]
    assert not [edit for edit in page.edits if there.overlaps(edit.span) and edit not in inside], "cuts a repair in two"
    pieces, position = [], there.start
    for edit in inside:
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    assert here.of(page.text) in "".join([*pieces, text[position : there.end]])


@steady
@given(st.one_of(any_text, damaged_pages()))
def test_places_keep_their_order(text: str) -> None:
    page = repaired(text)
    moved = [DiskMap(page.edits).on_disk(Span(offset, offset + 1)) for offset in range(len(page.text))]
    assert moved == sorted(moved)


@steady
@given(st.one_of(st.binary(max_size=80), st.text(max_size=40).map(str.encode)))
def test_bytes_come_back(data: bytes) -> None:
    source = decode("page.md", data)
    if isinstance(source, Source):
        assert encode(source, source.text) == data


@steady
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_what_a_byte_order_mark_names_is_read(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    source = decode("page.md", data)
    assert isinstance(source, Source)
    assert source.text == "\ufeff" + text
    assert encode(source, source.text) == data
