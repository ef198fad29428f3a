"""Home: where to go on, and what a learner has done, by the days of their own calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from azora_tui.data import activity as rows
from azora_tui.data import due, enrollments, locks
from azora_tui.errors import RefusedError
from azora_tui.lms import activity
from azora_tui.lms.achievements import Activity, earned, nearest
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import check_claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.home import DayActivity, HomePage
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

_MAX_COURSES = 5

_EVENTS = {"completed": Activity.LESSON, "course_completed": Activity.COURSE, "answered": Activity.ANSWER}


def page(lms: Lms, claims: Claims, *, zone: tzinfo | None = None) -> HomePage:
    """All of Home. `zone` is where the learner's days begin and end, without one this computer's."""
    check_claims(lms, claims)
    user_id = claims.user_id
    with lms.database.read() as transaction:
        mine = enrollments.enrolled_courses(
            transaction, user_id=user_id, statuses=(EnrollmentStatus.ACTIVE,), limit=_MAX_COURSES
        )
        counts = enrollments.enrollment_counts(transaction, user_id)
        minutes = rows.minutes_of(transaction, user_id)
        events = rows.events_of(transaction, user_id, _EVENTS)
        notes = rows.notes_of(transaction, user_id)
        reviewed = rows.reviews_of(transaction, user_id)
        perfect = rows.perfect_quizzes_of(transaction, user_id)
        choices = rows.rest_days_of(transaction, user_id)
        review = due.counts(transaction, user_id=user_id, now=lms.now_text())

    deeds: dict[Activity, list[date]] = {deed: [] for deed in Activity}
    days: dict[date, DayActivity] = {}
    for kind, at, count in events:
        deeds[_EVENTS[kind]] += [_day(at, zone)] * count
    deeds[Activity.NOTE] = [_day(at, zone) for at in notes]
    deeds[Activity.PERFECT_QUIZ] = [_day(at, zone) for at in perfect]
    for deed in (Activity.ANSWER, Activity.NOTE):
        _add(days, dict.fromkeys(deeds[deed], DayActivity(days=1)))
    _add(days, dict.fromkeys((_day(at, zone) for at in reviewed), DayActivity(days=1)))
    for day in deeds[Activity.LESSON]:
        _add(days, {day: DayActivity(days=1, lessons=1)})
    for at, number in minutes:
        _add(days, {_day(at, zone): DayActivity(days=1, minutes=number)})
    deeds[Activity.DAY] = sorted(days)
    # A streak of seven is kept, whatever rest days are chosen after it.
    records = [activity.records(days, rest) for rest in {frozenset[int](), *choices}]
    deeds[Activity.STREAK] = [
        min(record[number] for record in records if len(record) > number)
        for number in range(max(len(record) for record in records))
    ]

    rest = choices[-1] if choices else frozenset()
    today = _day(lms.now(), zone)
    streak = activity.streak(days, rest, today)
    go_on = next((course for course in mine if course.next_lesson_id is not None), None)
    return HomePage(
        today=today,
        begun=bool(counts or days),
        go_on=go_on,
        others=tuple(course for course in mine if course is not go_on),
        under_way=counts.get(EnrollmentStatus.ACTIVE, 0),
        review=review,
        days=days,
        streak=streak,
        rest_days=rest,
        achievements=earned(deeds),
        next_achievement=nearest(deeds, streak=streak.current),
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


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()


def _add(days: dict[date, DayActivity], more: Mapping[date, DayActivity]) -> None:
    """Add to what each day has; a day is one day, however much is done in it."""
    for day, learned in more.items():
        before = days.get(day, DayActivity())
        days[day] = DayActivity(1, before.minutes + learned.minutes, before.lessons + learned.lessons)
