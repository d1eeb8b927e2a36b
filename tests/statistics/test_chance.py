"""A difference is called one only when chance seldom gives it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from followup.statistics.chance import fisher, is_within_chance


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_fisher_agrees_with_scipy(one: int, rest: int, other: int, other_rest: int) -> None:
    expected = fisher_exact([[one, rest], [other, other_rest]]).pvalue
    assert fisher(one, one + rest, other, other + other_rest) == pytest.approx(expected, abs=1e-9)


def test_the_printed_outcomes_of_two_years_differ_by_less_than_chance() -> None:
    assert is_within_chance(40, 56, 28, 42)
    assert not is_within_chance(40, 56, 12, 42)


def test_a_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="larger"):
        fisher(5, 4, 1, 2)
