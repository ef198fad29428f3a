"""The lower bound of Wilson's interval: between 0 and the share, higher with more thanks, lower with more readers."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.lms.together.ranking import Z, wilson_lower_bound

COUNTS = st.integers(0, 10_000).flatmap(lambda seen: st.tuples(st.integers(0, seen), st.just(seen)))


@pytest.mark.parametrize(
    ("thanks", "seen", "bound"),
    # Brown, Cai and DasGupta (2001) discuss the interval; these values are of any statistics program.
    [(0, 0, 0.0), (0, 9, 0.0), (1, 1, 0.2065493), (3, 3, 0.4385030), (5, 10, 0.2365931), (90, 100, 0.8256343)],
)
def test_known_values(thanks: int, seen: int, bound: float) -> None:
    assert isclose(wilson_lower_bound(thanks, seen), bound, abs_tol=1e-7)


@given(COUNTS)
def test_it_lies_below_the_share_and_solves_wilsons_equation(counts: tuple[int, int]) -> None:
    thanks, seen = counts
    bound = wilson_lower_bound(thanks, seen)
    assert 0 <= bound <= 1
    if thanks:
        share = thanks / seen
        assert bound < share
        assert isclose(share - bound, Z * sqrt(bound * (1 - bound) / seen), rel_tol=1e-6, abs_tol=1e-12)


@given(COUNTS)
def test_it_grows_with_thanks_and_falls_with_who_does_not_thank(counts: tuple[int, int]) -> None:
    thanks, seen = counts
    bound = wilson_lower_bound(thanks, seen)
    if thanks < seen:
        assert wilson_lower_bound(thanks + 1, seen) > bound
    assert wilson_lower_bound(thanks + 1, seen + 1) > bound
    assert wilson_lower_bound(thanks, seen + 1) <= bound
    if thanks:
        assert wilson_lower_bound(thanks, seen + 1) < bound


@given(st.integers(1, 100), st.integers(1, 100), st.integers(2, 50))
def test_the_same_share_of_more_readers_is_surer(thanks: int, others: int, times: int) -> None:
    seen = thanks + others
    assert wilson_lower_bound(thanks * times, seen * times) > wilson_lower_bound(thanks, seen)


@pytest.mark.parametrize(("thanks", "seen"), [(-1, 3), (4, 3), (1, 0)])
def test_counts_that_cannot_be(thanks: int, seen: int) -> None:
    with pytest.raises(ValueError, match=f"{thanks} of {seen}"):
        wilson_lower_bound(thanks, seen)
