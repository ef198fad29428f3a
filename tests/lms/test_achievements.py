"""What is reached, by which deed, and what is nearest."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from azora_tui.lms.achievements import ACHIEVEMENT_RULES, Activity, earned, nearest
from azora_tui.models.home import Achievement, NextAchievement

FIRST = date(2026, 1, 1)


def deeds(**counts: int) -> dict[Activity, list[date]]:
    """So many deeds of a kind, one a day from the first of January on."""
    return {
        deed: [FIRST + timedelta(days=number) for number in range(counts.get(deed.name.lower(), 0))]
        for deed in Activity
    }


COUNTS = st.fixed_dictionaries({deed.name.lower(): st.integers(0, 120) for deed in Activity})


def test_who_has_done_nothing_has_reached_nothing_and_a_first_lesson_is_next() -> None:
    assert earned(deeds()) == ()
    assert nearest(deeds(), streak=0) == NextAchievement("First lesson completed", 0, 1)


def test_an_achievement_has_the_day_of_the_deed_that_reached_it() -> None:
    assert earned(deeds(lesson=12)) == (
        Achievement("Ten lessons completed", date(2026, 1, 10)),
        Achievement("First lesson completed", FIRST),
    )


def test_one_deed_less_is_not_enough() -> None:
    for goal in ACHIEVEMENT_RULES:
        kind = goal.deed.name.lower()
        assert goal.title in {each.title for each in earned(deeds(**{kind: goal.needed}))}
        assert goal.title not in {each.title for each in earned(deeds(**{kind: goal.needed - 1}))}


def test_what_is_next_is_what_is_nearest() -> None:
    assert nearest(deeds(lesson=1, note=9), streak=0) == NextAchievement("Ten notes", 9, 10)


def test_a_streak_that_is_over_is_not_so_far() -> None:
    assert nearest(deeds(lesson=1, streak=6), streak=0) != NextAchievement("Seven days in a row", 6, 7)
    assert nearest(deeds(lesson=1, streak=6), streak=6) == NextAchievement("Seven days in a row", 6, 7)


def test_after_everything_nothing_is_next() -> None:
    everything = {deed.name.lower(): 1000 for deed in Activity}
    assert len(earned(deeds(**everything))) == len(ACHIEVEMENT_RULES)
    assert nearest(deeds(**everything), streak=1000) is None


def test_every_title_is_there_once() -> None:
    assert len({goal.title for goal in ACHIEVEMENT_RULES}) == len(ACHIEVEMENT_RULES)


@given(COUNTS, COUNTS)
def test_more_deeds_never_take_an_achievement_away(before: dict[str, int], more: dict[str, int]) -> None:
    after = {kind: before[kind] + more[kind] for kind in before}
    assert set(earned(deeds(**before))) <= set(earned(deeds(**after)))


@given(COUNTS)
def test_a_goal_is_reached_or_still_to_be_reached_never_both(counts: dict[str, int]) -> None:
    following = nearest(deeds(**counts), streak=counts["streak"])
    assert following is None or following.title not in {each.title for each in earned(deeds(**counts))}
    assert following is None or 0 <= following.done < following.needed
