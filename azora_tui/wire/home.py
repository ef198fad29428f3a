"""The JSON shape of Home. Days are the learner's own, `YYYY-MM-DD`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from azora_tui.lms.activity import first_day, last_weeks
from azora_tui.wire.courses import enrolled_course
from azora_tui.wire.news import news_item
from azora_tui.wording.dates import weekday_name

if TYPE_CHECKING:
    from azora_tui.models.home import HomePage
    from azora_tui.wire.answers import Json


def home(page: HomePage) -> Json:
    """All of it; `days` are those with learning in the calendar's year."""
    *_, last_week, this_week = last_weeks(page.days, page.today, 2)
    first = first_day(page.today)
    return {
        "today": page.today.isoformat(),
        "continue": None if page.go_on is None else enrolled_course(page.go_on),
        "others": [enrolled_course(each) for each in page.others],
        "under_way": page.under_way,
        "waits_in_vain": [{"course_id": course_id, "title": title} for course_id, title in page.waits_in_vain],
        "review": page.review._asdict(),
        "news": [news_item(item) for item in page.news],
        "this_week": asdict(this_week),
        "last_week": asdict(last_week),
        "streak": page.streak._asdict(),
        "rest_days": [weekday_name(weekday) for weekday in sorted(page.rest_days)],
        "days": [
            {"day": day.isoformat(), "minutes": learned.minutes, "lessons": learned.lessons}
            for day, learned in sorted(page.days.items())
            if first <= day <= page.today
        ],
        "achievements": [{"title": each.title, "day": each.day.isoformat()} for each in page.achievements],
        "next_achievement": None if page.next_achievement is None else page.next_achievement._asdict(),
    }
