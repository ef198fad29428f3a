"""Times, days and lengths of time as words, by the learner's own calendar."""

from datetime import UTC, date, datetime, timedelta

from azora_tui.wording.numbers import counted

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    return _WEEKDAYS[weekday]


def short_weekday(weekday: int) -> str:
    return _WEEKDAYS[weekday][:3]


def month_name(month: date) -> str:
    """ "November 2026"."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def short_month(month: date) -> str:
    return _MONTHS[month.month - 1][:3]


def short_date(day: date) -> str:
    """ "12 Nov 2026"."""
    return f"{day.day} {short_month(day)} {day.year}"


def day_of_year(day: date, today: date | None = None) -> str:
    """ "1 March"; with the year where it is not that of `today`."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def short_day(day: date) -> str:
    """ "Thu 26 Nov"."""
    return f"{short_weekday(day.weekday())} {day.day} {short_month(day)}"


def since(moment: datetime, now: datetime) -> str:
    """How long ago, in days by the learner's own calendar: "today", "yesterday", "12 Nov 2026"."""
    day = _local_day(moment)
    days = (_local_day(now) - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 28:
        return f"{days} days ago"
    return short_date(day)


def _local_day(moment: datetime) -> date:
    """The day here; that of UTC at the ends of the calendar, where there is none here."""
    try:
        return moment.astimezone().date()
    except OverflowError:
        return moment.date()


def until(moment: datetime, now: datetime) -> str:
    """When something comes, from minutes to days of the learner's own calendar: "in 10 minutes", "tomorrow",
    "on Thu 26 Nov"."""
    seconds = (moment - now).total_seconds()
    if seconds <= 0:
        return "now"
    minutes = -int(-seconds // 60)
    if minutes <= 60:
        return f"in {counted(minutes, 'minute')}"
    day, today = _local_day(moment), _local_day(now)
    if day == today:
        return f"in {counted(round(minutes / 60), 'hour')}"
    return "tomorrow" if (day - today).days == 1 else f"on {calendar_day(day, today)}"


def interval(length: timedelta) -> str:
    """A length of time in a few letters: "10 min", "8 days", "4 months"."""
    minutes = -int(-length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if length < timedelta(days=1):
        return f"{round(minutes / 60)} h"
    days = round(length / timedelta(days=1))
    if days < 60:
        return counted(days, "day")
    return counted(round(days / 30.4), "month") if days < 730 else counted(round(days / 365.25), "year")


def calendar_day(day: date, today: date) -> str:
    """ "today", "tomorrow", "Thu 26 Nov"; with the year where it is another."""
    if day == today:
        return "today"
    if (day - today).days == 1:
        return "tomorrow"
    return short_day(day) + (f" {day.year}" if day.year != today.year else "")


def day(moment: datetime) -> str:
    """ "22 November 2026" in UTC, the same whatever the locale: for what is signed, and for what is printed of it."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}"
