"""Home: where to go on, and what a learner has done, by the days of the calendar where they did it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from azora_tui.data import activity as rows
from azora_tui.data import course_rules, due, enrollments, locks
from azora_tui.errors import RefusedError
from azora_tui.lms import activity
from azora_tui.lms.achievements import Activity, earned, nearest
from azora_tui.lms.days import left_out, placed
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.news import news_of
from azora_tui.lms.service import check_claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.home import DayActivity, HomePage
from azora_tui.times import local_day, to_exact_text

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

_MAX_COURSES = 5

_EVENTS = {"completed": Activity.LESSON, "course_completed": Activity.COURSE, "answered": Activity.ANSWER}
_GRANTED = "completion_granted"
"""A lesson that counts since its task was accepted: done, but not on a day of its learner's."""
_HANDED_IN = "task_handed_in"


def page(lms: Lms, claims: Claims) -> HomePage:
    """All of Home. Today is the day that it is where the learner is now, all else the day that it was there then."""
    check_claims(lms, claims)
    user_id = claims.user_id
    with lms.database.read() as transaction:
        mine = enrollments.enrolled_courses(
            transaction, user_id=user_id, statuses=(EnrollmentStatus.ACTIVE,), limit=_MAX_COURSES
        )
        counts = enrollments.enrollment_counts(transaction, user_id)
        minutes = rows.minutes_of(transaction, user_id)
        happened = rows.events_of(transaction, user_id, (*_EVENTS, _GRANTED, _HANDED_IN))
        notes = rows.notes_of(transaction, user_id)
        reviewed = rows.reviews_of(transaction, user_id)
        perfect = rows.perfect_quizzes_of(transaction, user_id)
        choices = rows.rest_days_of(transaction, user_id)
        offsets = rows.offsets_placed(transaction, user_id)
        in_vain = course_rules.waits_in_vain(transaction, user_id)
        review = due.counts(transaction, user_id=user_id, now=lms.now_text())
        news = news_of(transaction, user_id)

    events = [event for event in happened if event.kind in _EVENTS]
    handed_in = [event for event in happened if event.kind == _HANDED_IN]
    done = [*events, *handed_in, *notes, *perfect, *reviewed, *minutes]
    offset_of = placed(lms, claims, done, offsets)

    def day_of(deed: rows.Deed) -> date:
        return local_day(deed.at, offset_of(deed))

    deeds: dict[Activity, list[date]] = {deed: [] for deed in Activity}
    days: dict[date, DayActivity] = {}
    for event in events:
        deeds[_EVENTS[event.kind]] += [day_of(event)] * event.number
    deeds[Activity.NOTE] = [day_of(note) for note in notes]
    deeds[Activity.PERFECT_QUIZ] = [day_of(quiz) for quiz in perfect]
    for deed in (Activity.ANSWER, Activity.NOTE):
        _add(days, dict.fromkeys(deeds[deed], DayActivity(days=1)))
    _add(days, dict.fromkeys(map(day_of, reviewed), DayActivity(days=1)))
    _add(days, dict.fromkeys(map(day_of, handed_in), DayActivity(days=1)))
    for day in deeds[Activity.LESSON]:
        _add(days, {day: DayActivity(days=1, lessons=1)})
    granted = [event for event in happened if event.kind == _GRANTED]
    deeds[Activity.LESSON] = sorted(
        [*deeds[Activity.LESSON], *(day_of(each) for each in granted for _ in range(each.number))]
    )
    for spent in minutes:
        _add(days, {day_of(spent): DayActivity(days=1, minutes=spent.number)})
    deeds[Activity.DAY] = sorted(days)

    now, here = lms.now(), lms.utc_offset(lms.now_text())
    # Nobody's calendar goes back: who has flown to the west stays on the day that they have learned on.
    today = max([local_day(now, here), *(day_of(deed) for deed in done if deed.at <= now)])
    never = left_out(chain(((deed.at, offset_of(deed)) for deed in done), [(now, here)]))
    # A streak of seven is kept, whatever rest days are chosen after it.
    records = [activity.records(days, rest, never) for rest in {frozenset[int](), *choices}]
    deeds[Activity.STREAK] = [
        min(record[number] for record in records if len(record) > number)
        for number in range(max(len(record) for record in records))
    ]
    rest = choices[-1] if choices else frozenset()
    streak = activity.streak(days, rest, today, never)
    go_on = next((course for course in mine if course.next_lesson_id is not None), None)
    return HomePage(
        today=today,
        begun=bool(counts or days),
        go_on=go_on,
        others=tuple(course for course in mine if course is not go_on),
        under_way=counts.get(EnrollmentStatus.ACTIVE, 0),
        review=review,
        news=news,
        days=days,
        streak=streak,
        rest_days=rest,
        achievements=earned(deeds),
        next_achievement=nearest(deeds, streak=streak.current),
        waits_in_vain=tuple(in_vain),
    )


def choose_rest_days(lms: Lms, claims: Claims, weekdays: Collection[int]) -> None:
    """Let these weekdays (Monday is 0), and no others, neither count in a streak nor end it."""
    check_claims(lms, claims)
    if not set(weekdays) <= set(range(7)):
        raise RefusedError("rest_day_invalid")
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        choices = rows.rest_days_of(transaction, claims.user_id)
        if set(weekdays) != (choices[-1] if choices else set()):
            # The last choice holds, also where the clock was set back since the one before.
            last = rows.last_choice_at(transaction, claims.user_id)
            moment = lms.now() if last is None else max(lms.now(), last + timedelta(microseconds=1))
            uuid, now, bits = lms.new_id(), to_exact_text(moment), rows.bits_of(weekdays)
            rows.add_rest_days(transaction, uuid=uuid, user_id=claims.user_id, weekdays=bits, now=now)
            add_event(
                lms,
                transaction,
                "rest_days_chosen",
                id=uuid,
                user_id=claims.user_id,
                at=now,
                payload={"weekdays": bits},
            )


def _add(days: dict[date, DayActivity], more: Mapping[date, DayActivity]) -> None:
    """Add to what each day has; a day is one day, however much is done in it."""
    for day, learned in more.items():
        before = days.get(day, DayActivity())
        days[day] = DayActivity(1, before.minutes + learned.minutes, before.lessons + learned.lessons)
