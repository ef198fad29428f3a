"""Figures of a class of 200 over twelve weeks are those that another hand, numpy, computes from everybody's diary."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from azora_tui.lms.teaching import insights, people
from azora_tui.models.insights import Quartiles, Which
from tests.lms.teaching.classroom import HARD, LESSONS, OPTIONAL, WITH_QUIZ, Classroom, Diary, play

REQUIRED = len(LESSONS) - 1


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    return play(tmp_path_factory.mktemp("class"))


def today_of(diary: Diary, classroom: Classroom) -> date:
    return (classroom.now + timedelta(minutes=diary.zone)).date()


def last_sign(diary: Diary) -> date:
    return max([diary.enrolled, *diary.days])


def is_silent(diary: Diary, classroom: Classroom) -> bool:
    under_way = not diary.left and diary.completed_on is None
    return under_way and (today_of(diary, classroom) - last_sign(diary)).days >= 14


def is_failing(diary: Diary) -> bool:
    tried = [[attempt.score >= 75 for attempt in attempts] for attempts in diary.attempts.values()]
    return not diary.left and diary.completed_on is None and any(len(each) >= 3 and not any(each) for each in tried)


def percent(diary: Diary) -> int:
    return 100 * len(set(diary.completed) - {OPTIONAL}) // REQUIRED


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def close(found: Quartiles | None, numbers: list[int]) -> None:
    if not numbers:
        assert found is None
        return
    assert found is not None
    assert found.people == len(numbers)
    assert found[1:] == pytest.approx(np.percentile(numbers, [25, 50, 75]))


def test_the_head_of_the_course(classroom: Classroom) -> None:
    head = insights.head(classroom.lms, classroom.teacher, classroom.course_id)
    figures = insights.course_figures(classroom.lms, classroom.teacher, classroom.course_id)
    week = insights.monday(classroom.lms, classroom.teacher, classroom.course_id).active_7
    assert week == figures.active_7
    inside = [each for each in classroom.diaries.values() if not each.left]
    assert head.enrolled == len(inside)
    for days, found in ((7, figures.active_7), (30, figures.active_30)):
        active = [each for each in inside if each.days and (today_of(each, classroom) - max(each.days)).days < days]
        assert found == len(active) > 10


def test_the_course_as_a_whole(classroom: Classroom) -> None:
    found = insights.course_figures(classroom.lms, classroom.teacher, classroom.course_id)
    diaries = list(classroom.diaries.values())
    done = [each for each in diaries if each.completed_on]
    assert (found.ever, found.left, found.completed) == (200, sum(each.left for each in diaries), len(done))
    close(found.days, [(each.completed_on - each.enrolled).days for each in done if each.completed_on])
    stopped = Counter(each.last_lesson for each in diaries if is_silent(each, classroom))
    for lesson in found.lessons:
        slug = LESSONS[lesson.number - 1]
        assert lesson.opened == sum(slug in each.opened for each in diaries)
        assert lesson.completed == sum(slug in each.completed for each in diaries)
        assert lesson.stopped_here == stopped[slug]
        close(lesson.minutes, [each.minutes[slug] for each in diaries if each.minutes.get(slug)])
    assert sum(lesson.stopped_here for lesson in found.lessons) > 10


def test_cohorts(classroom: Classroom) -> None:
    found = insights.course_figures(classroom.lms, classroom.teacher, classroom.course_id).cohorts
    assert len(found) >= 6
    for cohort in found:
        members = [each for each in classroom.diaries.values() if monday(each.enrolled) == cohort.monday]
        assert cohort.enrolled == len(members)
        weeks: Counter[int] = Counter()
        for each in members:
            weeks.update({(monday(day) - cohort.monday).days // 7 for day in each.days})
        assert cohort.active == tuple(weeks[week] for week in range(len(cohort.active)))
    assert len(found[-1].active) < len(found[0].active), "it is a triangle"


def test_who_was_active_in_each_week(classroom: Classroom) -> None:
    found = insights.course_figures(classroom.lms, classroom.teacher, classroom.course_id).weeks
    this_week = monday(classroom.now.date())
    for back, number in enumerate(reversed(found)):
        week = this_week - timedelta(weeks=back)
        assert number == sum(any(monday(day) == week for day in diary.days) for diary in classroom.diaries.values())
    assert len(found) == 12
    assert max(found) > 50


def test_questions_and_outcomes(classroom: Classroom) -> None:
    found = insights.course_figures(classroom.lms, classroom.teacher, classroom.course_id)
    assert [each.question.id for each in found.questions] == [
        f"{lesson}-{letter}" for lesson in WITH_QUIZ for letter in HARD
    ]
    by_outcome: dict[int, list[bool]] = {1: [], 2: []}
    for question in found.questions:
        lesson = question.question.id.rpartition("-")[0]
        firsts = [each.attempts[lesson][0] for each in classroom.diaries.values() if lesson in each.attempts]
        here = np.array([attempt.right[question.question.id] for attempt in firsts], dtype=float)
        rest = np.array([sum(attempt.right.values()) for attempt in firsts]) - here
        assert (question.answered, question.right, question.attempts) == (len(here), here.sum(), len(here))
        assert question.discrimination == pytest.approx(np.corrcoef(here, rest)[0, 1])
        by_outcome[question.question.outcomes[0]] += list(here)
    for number, outcome in enumerate(found.outcomes, start=1):
        assert (outcome.answered, outcome.right) == (len(by_outcome[number]), sum(by_outcome[number]))
    misleading = insights.monday(classroom.lms, classroom.teacher, classroom.course_id).misleading
    assert {each.question.id for each in misleading} == {f"{lesson}-d" for lesson in WITH_QUIZ}


def test_one_question(classroom: Classroom) -> None:
    for lesson in WITH_QUIZ:
        for letter in HARD:
            key = f"{lesson}-{letter}"
            page = insights.question_page(classroom.lms, classroom.teacher, classroom.course_id, key)
            firsts = [each.attempts[lesson][0] for each in classroom.diaries.values() if lesson in each.attempts]
            assert page.group == round(0.27 * len(firsts))
            assert sum(option.lower for option in page.options) == page.group
            assert sum(option.upper for option in page.options) == page.group
            # Who is in a group where many have the same rest is for the order of their answers to say: counted from
            # rests that surely are in it.
            rests = sorted(sum(each.right.values()) - each.right[key] for each in firsts)
            below, above = rests[page.group - 1], rests[len(rests) - page.group]
            for place, option in enumerate(page.options):
                chose = [each for each in firsts if each.chosen[key] == place]
                surely = sum(sum(each.right.values()) - each.right[key] < below for each in chose)
                perhaps = sum(sum(each.right.values()) - each.right[key] <= below for each in chose)
                assert surely <= option.lower <= perhaps
                surely = sum(sum(each.right.values()) - each.right[key] > above for each in chose)
                perhaps = sum(sum(each.right.values()) - each.right[key] >= above for each in chose)
                assert surely <= option.upper <= perhaps
            for known in page.known:
                asked = [
                    knew
                    for each in classroom.diaries.values()
                    for question, at, knew in each.reviews
                    if question == key
                    and abs((at - each.first_right[key]) / timedelta(days=1) - known.days) <= known.days / 4
                ]
                assert (known.asked, known.right) == (len(asked), sum(asked))


def test_who_is_stuck_and_nearly_done_and_that_the_lists_say_what_the_state_says(classroom: Classroom) -> None:
    expected = {
        Which.STUCK: {
            number for number, each in classroom.diaries.items() if is_silent(each, classroom) or is_failing(each)
        },
        Which.NEARLY_DONE: {
            number
            for number, each in classroom.diaries.items()
            if percent(each) >= 80 and not each.left and each.completed_on is None
        },
        Which.COMPLETED: {number for number, each in classroom.diaries.items() if each.completed_on and not each.left},
        Which.LEFT: {number for number, each in classroom.diaries.items() if each.left},
        Which.ALL: {number for number, each in classroom.diaries.items() if not each.left},
    }
    everybody: dict[int, Any] = {}
    for which, members in expected.items():
        found, number = people.people(classroom.lms, classroom.teacher, classroom.course_id, which, limit=500)
        assert {person.user_id for person in found} == members
        assert number == len(found) == len(members)
        everybody |= {person.user_id: person for person in found}
    assert {number for number, each in everybody.items() if each.state.stuck} == expected[Which.STUCK]
    assert {number for number, each in everybody.items() if each.state.nearly_done} == expected[Which.NEARLY_DONE]
    for number, person in everybody.items():
        assert person.state.silent == is_silent(classroom.diaries[number], classroom)
        assert bool(person.state.failing) == is_failing(classroom.diaries[number])
        assert person.progress == percent(classroom.diaries[number])


@pytest.mark.parametrize("which", Which)
def test_the_parts_of_a_list_are_the_list(classroom: Classroom, which: Which) -> None:
    def part(offset: int, limit: int) -> list[int]:
        found, _ = people.people(
            classroom.lms, classroom.teacher, classroom.course_id, which, limit=limit, offset=offset
        )
        return [person.user_id for person in found]

    whole = part(0, 500)
    assert [number for offset in range(0, 220, 7) for number in part(offset, 7)] == whole
    assert len(set(whole)) == len(whole)


def test_a_learner_s_own_way(classroom: Classroom) -> None:
    number, diary = next((number, each) for number, each in classroom.diaries.items() if len(each.attempts) > 1)
    found = people.way(classroom.lms, classroom.teacher, classroom.course_id, number)
    assert people.way(classroom.lms, classroom.teacher, classroom.course_id, f"LEARNER{number}@example.org") == found
    done = {LESSONS[place] for place, state in enumerate(found.lessons) if state.completed}
    assert done == set(diary.completed)
    tried = {lesson: [each.score for each in attempts] for lesson, attempts in diary.attempts.items()}
    assert {
        slug: [each.score for each in found.attempts[classroom.lessons[slug]]]
        for slug in LESSONS
        if classroom.lessons[slug] in found.attempts
    } == tried


def test_quantiles_are_of_the_type_that_numpy_has() -> None:
    from azora_tui.lms.teaching.statistics import quartiles

    for numbers in ([3], [1, 2], [5, 5, 9], [1, 2, 3, 4], list(range(11)), [0, 0, 0, 100]):
        close(quartiles(sorted(Counter(numbers).items())), numbers)
    assert quartiles([]) is None
