"""Capitals that look like small letters once both have lost their last byte."""

from __future__ import annotations

import pytest
from pages_at_hand import mended, written

from damage import misread
from doclint.repair.lattice import Edge
from doclint.repair.letter_case import charge


def costs(*places: str | list[str]) -> list[list[float]]:
    """Return what candidates cost; a string stands for certain characters, a list for guesses at one place."""
    candidates: list[list[Edge]] = []
    for place in places:
        if isinstance(place, str):
            candidates += [[Edge(len(candidates) + number + 1, char)] for number, char in enumerate(place)]
        else:
            candidates.append([Edge(len(candidates) + 1, char, guessed=True) for char in place])
    charge(candidates)
    return [[edge.cost for edge in found] for found in candidates]


class TestCost:
    def test_behind_a_small_letter(self) -> None:
        *_, (capital, small) = costs("vla", ["Í", "í"])
        assert capital > small == 0

    def test_at_the_beginning_of_a_word_less(self) -> None:
        inside, beginning = costs("a", ["Í", "í"])[-1][0], costs("a ", ["Í", "í"])[-1][0]
        assert inside > beginning > 0

    def test_between_capitals_it_is_the_small_one(self) -> None:
        capital, small = costs("V", ["Í", "í"], "CE")[1]
        assert small > capital == 0

    def test_what_is_certain_is_never_charged(self) -> None:
        assert costs("aÍÍb") == [[0.0]] * 4

    def test_nor_what_has_no_case(self) -> None:
        assert costs("在", ["与", "中", "不"])[-1] == [0.0] * 3


@pytest.mark.parametrize(
    "line",
    [
        "Výpis příkazů, které se píší do příkazového řádku, najdete v příručce.",
        "Las líneas vacías y los índices de las páginas se omiten aquí.",
    ],
)
def test_lines_whose_small_and_capital_letters_look_alike(line: str) -> None:
    text = f"{line}\n" * 3
    assert written(mended(misread(text, "cp1252", "drop-c"))) == text
