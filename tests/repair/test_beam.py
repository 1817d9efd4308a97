"""The way through the candidates: the likeliest one, and posteriors that are what counting all ways gives."""

from __future__ import annotations

from collections import defaultdict
from math import exp, log
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.repair import beam
from doclint.repair.balance import PAIRS, balance
from doclint.repair.beam import RIVALS, TEMPER, search
from doclint.repair.infer import InContext, Manner, restore
from doclint.repair.language import Reader
from doclint.repair.lattice import Edge
from doclint.repair.loss import Loss

steady = settings(derandomize=True, deadline=None, max_examples=150)

LETTERS = "абвгд"

Lattice = list[list[Edge]]
Way = tuple[tuple[int, Edge], ...]


class Likes:
    """A reader who likes some letters behind others, and looks back at one letter only."""

    def __init__(self, liked: dict[str, float]) -> None:
        self._liked = liked

    def after(self, history: str) -> dict[str, float]:
        last = history[-1:]
        return defaultdict(lambda: 0.1, {key[-1]: share for key, share in self._liked.items() if key[:-1] == last})


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    """Draw a lattice all of whose ways lead to its end."""
    length = draw(st.integers(1, 5))
    found: Lattice = []
    for place in range(length):
        ends = st.integers(place + 1, min(place + 2, length))
        keys = draw(st.lists(st.tuples(ends, st.sampled_from(LETTERS)), min_size=1, max_size=4, unique=True))
        costs = [draw(st.floats(0, 3)) for _ in keys]
        pairs = zip(keys, costs, strict=True)
        found.append([Edge(end, char, cost, guessed=True) for (end, char), cost in pairs])
    return found


likings = st.dictionaries(
    st.tuples(st.sampled_from(LETTERS + " "), st.sampled_from(LETTERS)).map("".join), st.floats(0.01, 1), max_size=8
).map(Likes)


def ways(lattice: Lattice, place: int = 0) -> list[Way]:
    if place == len(lattice):
        return [()]
    return [((place, edge), *rest) for edge in lattice[place] for rest in ways(lattice, edge.end)]


def weight(way: Way, reader: Likes) -> float:
    """The likelihood of a way, as the beam has it; the line's end costs every way what the reader says."""
    result, before = 0.0, " "
    for _, edge in way:
        result += TEMPER * log(reader.after(before)[edge.char]) - edge.cost
        before = edge.char
    return exp(result)


class TestPosteriors:
    @steady
    @given(lattice=lattices(), reader=likings)
    def test_they_are_what_counting_all_ways_gives(self, lattice: Lattice, reader: Likes) -> None:
        with patch.object(beam, "WIDTH", 1000), patch.object(beam, "WORST", 1000.0):  # nothing is given up
            path = search(len(lattice), lattice.__getitem__, reader)
        assert path is not None
        shares: defaultdict[tuple[int, str], float] = defaultdict(float)
        total = 0.0
        for way in ways(lattice):
            total += weight(way, reader)
            for place, edge in way:
                shares[place, edge.char] += weight(way, reader)
        if all(len(each) > 1 for each in lattice):
            for slot in path.slots:
                assert slot.posterior == pytest.approx(shares[slot.start, slot.char] / total, rel=1e-6, abs=1e-9)

    @steady
    @given(lattice=lattices(), reader=likings)
    def test_each_is_a_share_and_rivals_are_less_than_the_rest(self, lattice: Lattice, reader: Likes) -> None:
        path = search(len(lattice), lattice.__getitem__, reader)
        assert path is not None
        for slot in path.slots:
            assert 0 < slot.posterior <= 1
            assert slot.posterior + sum(share for _, share in slot.rivals) <= 1 + 1e-9
            assert len(slot.rivals) <= RIVALS
            assert slot.char not in dict(slot.rivals)
            assert [share for _, share in slot.rivals] == sorted((share for _, share in slot.rivals), reverse=True)

    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def test_candidates_of_one_place_share_all_of_it(self, number: int) -> None:
        lattice = [[Edge(1, char, 0.3 * index, guessed=True) for index, char in enumerate(LETTERS[:number])]]
        path = search(1, lattice.__getitem__, Likes({}))
        assert path is not None
        [slot] = path.slots
        assert slot.posterior + sum(share for _, share in slot.rivals) == pytest.approx(1)
        assert len(slot.rivals) == number - 1

    def test_equals_are_equally_likely(self) -> None:
        lattice = [[Edge(1, "б", 1.0, guessed=True), Edge(1, "а", 1.0, guessed=True)]]
        path = search(1, lattice.__getitem__, Likes({}))
        assert path is not None
        assert path.slots[0].posterior == pytest.approx(0.5)

    def test_nothing_guessed_nothing_inferred(self) -> None:
        lattice = [[Edge(1, "а")], [Edge(2, "б")]]
        path = search(2, lattice.__getitem__, Likes({}))
        assert path is not None
        assert path.slots == ()
        assert [edge.char for _, edge in path.steps] == ["а", "б"]


class TestWays:
    @steady
    @given(lattice=lattices(), reader=likings)
    def test_it_leads_from_the_beginning_to_the_end(self, lattice: Lattice, reader: Likes) -> None:
        path = search(len(lattice), lattice.__getitem__, reader)
        assert path is not None
        place = 0
        for start, edge in path.steps:
            assert start == place
            assert edge in lattice[start]
            place = edge.end
        assert place == len(lattice)

    def test_none_where_there_is_none(self) -> None:
        lattice: Lattice = [[Edge(1, "а")], []]
        assert search(2, lattice.__getitem__, Likes({})) is None

    def test_an_empty_line(self) -> None:
        path = search(0, [].__getitem__, Likes({}))
        assert path is None or path.steps == ()

    @pytest.mark.parametrize(("before", "wanted"), [("а", "б"), ("в", "г")])
    def test_what_stands_in_front_counts(self, before: str, wanted: str) -> None:
        lattice = [[Edge(1, "б", guessed=True), Edge(1, "г", guessed=True)]]
        path = search(1, lattice.__getitem__, Likes({"аб": 0.9, "вг": 0.9}), before)
        assert path is not None
        assert path.slots[0].char == wanted

    @pytest.mark.parametrize(("after", "wanted"), [("а", "б"), ("в", "г")])
    def test_what_stands_behind_counts(self, after: str, wanted: str) -> None:
        lattice = [[Edge(1, "б", guessed=True), Edge(1, "г", guessed=True)]]
        path = search(1, lattice.__getitem__, Likes({"ба": 0.9, "гв": 0.9}), " ", after)
        assert path is not None
        assert path.slots[0].char == wanted


def certain(text: str) -> Lattice:
    return [[Edge(index + 1, char)] for index, char in enumerate(text)]


def choice(place: int, characters: str) -> list[Edge]:
    return [Edge(place + 1, char, guessed=True) for char in characters]


class TestBalance:
    @pytest.mark.parametrize(("opening", "closing"), [pair for pair in PAIRS.items() if pair[0] != "„"])
    def test_what_was_opened_is_closed(self, opening: str, closing: str) -> None:
        lattice = [*certain(opening + "字"), choice(2, opening + closing)]
        balance(lattice)
        assert min(lattice[2], key=lambda edge: edge.cost).char == closing

    @pytest.mark.parametrize(("opening", "closing"), [pair for pair in PAIRS.items() if pair[0] != "„"])
    def test_what_is_closed_was_opened(self, opening: str, closing: str) -> None:
        lattice = [choice(0, opening + closing), [Edge(2, "字")], [Edge(3, closing)]]
        balance(lattice)
        assert min(lattice[0], key=lambda edge: edge.cost).char == opening

    def test_nothing_changes_without_a_choice(self) -> None:
        lattice = certain("（字」")
        before = [list(each) for each in lattice]
        balance(lattice)
        assert lattice == before

    def test_letters_cost_what_they_cost(self) -> None:
        lattice = [*certain("（"), choice(1, "字符）")]
        balance(lattice)
        assert [edge.cost for edge in lattice[1] if edge.char in "字符"] == [0, 0]


def test_a_line_with_too_many_candidates_is_left_alone() -> None:
    lines = [InContext("â€" * 3), InContext("â€" * 30_000)]
    short, long = restore(lines, Manner("cp1252", Loss.DROPPED), Reader({"en": 1.0}), twice=False)
    assert short
    assert not long


def test_equal_lines_are_told_alike() -> None:
    lines = [InContext("a â€ b"), InContext("c â€™ d"), InContext("a â€ b")]
    first, other, last = restore(lines, Manner("cp1252", Loss.DROPPED), Reader({"en": 1.0}))
    assert first == last != other
