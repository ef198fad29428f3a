"""States, times and numbers as words, the same on a screen and in a plain command."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from azora_tui.models import EnrollmentStatus
from azora_tui.review_models import DueDay
from azora_tui.signs import Signs

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 lesson", "6 lessons", "1,204 learners"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def course_state(status: EnrollmentStatus | None, progress: int | None, signs: Signs) -> tuple[str, str]:
    """(sign and words, role) of a learner's state in a course; the role names the colour."""
    if status is None:
        return f"{signs.new} new", "muted"
    if status is EnrollmentStatus.LEFT:
        return f"{signs.new} left", "muted"
    if status is EnrollmentStatus.COMPLETED:
        return f"{signs.done} completed", "done"
    if not progress:
        return f"{signs.active} enrolled", "active"
    return f"{signs.active} {progress} %", "active"


def since(moment: datetime, now: datetime) -> str:
    """How long ago, in days by the learner's own calendar: "today", "yesterday", "12 Nov 2026"."""
    day = moment.astimezone().date()
    days = (now.astimezone().date() - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 28:
        return f"{days} days ago"
    return f"{day.day} {day:%b %Y}"


def until(moment: datetime, now: datetime) -> str:
    """When something comes, from minutes to days of the learner's own calendar: "in 10 minutes", "tomorrow",
    "on Thu 26 Nov"."""
    seconds = (moment - now).total_seconds()
    if seconds <= 0:
        return "now"
    minutes = -int(-seconds // 60)
    if minutes <= 60:
        return f"in {counted(minutes, 'minute')}"
    day, today = moment.astimezone().date(), now.astimezone().date()
    if day == today:
        return f"in {counted(round(minutes / 60), 'hour')}"
    return "tomorrow" if day == today + timedelta(days=1) else f"on {calendar_day(day, today)}"


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
    if day == today + timedelta(days=1):
        return "tomorrow"
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def forecast_words(forecast: Sequence[DueDay]) -> str:
    """The days on which something falls due, as a sentence."""
    today = forecast[0].day
    days = [f"{calendar_day(each.day, today)} {each.count:,}" for each in forecast if each.count]
    if not days:
        return "Nothing falls due in the next two weeks."
    words = ", ".join(days)
    return f"{words[0].upper()}{words[1:]}."


def day(moment: datetime) -> str:
    """ "22 November 2026" in UTC, the same whatever the locale: for what is signed, and for what is printed of it."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {MONTHS[utc.month - 1]} {utc.year}"


def bar(percent: int, width: int, signs: Signs) -> tuple[str, str]:
    """A progress bar of `width` cells as (done part, rest)."""
    filled = width * percent // 100
    return signs.bar * filled, signs.bar_rest * (width - filled)


def progress_line(what: str, done: int, of: int, signs: Signs) -> str:
    """How far something is that goes lesson by lesson; `of` is 0 while nobody knows how many there are."""
    if not of:
        return f"{what} {counted(done, 'lesson')} …"
    drawn = "".join(bar(100 * done // of, 30, signs))
    return f"{what} {drawn} {done:,} of {counted(of, 'lesson')}"


def sentence(error: Exception) -> str:
    """An error's words with a full stop; those of the wire contract come without."""
    words = str(error)
    return words if words.endswith((".", "?", "…")) else f"{words}."
