"""What a course allows, as words: for who may enrol, before they press enter, and for who teaches it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from azora_tui.models.course_rules import CourseState
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.wording.dates import day_of_year
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.models.course_rules import CourseRules, RulesSet

STATES = {
    CourseState.DRAFT: "a draft, seen only by who teaches it",
    CourseState.PUBLISHED: "published",
    CourseState.ARCHIVED: "archived: it goes on for who is in it, and takes nobody new",
}


class Takes(Protocol):
    """A course, as far as enrolling goes."""

    @property
    def students(self) -> int: ...
    @property
    def seats(self) -> int | None: ...
    @property
    def opens(self) -> date | None: ...
    @property
    def closes(self) -> date | None: ...
    @property
    def needs_key(self) -> bool: ...


def enrollment_facts(
    course: Takes, today: date, *, needs: Sequence[str] = (), said: EnrollOutcome | None = None
) -> list[str]:
    """What there is to know before enrolling: "3 of 30 seats left", "opens on 1 March", "a key is needed",
    "needs: Knots". What a refusal says already (`said`) is left out."""
    facts = []
    if course.seats is not None and said is not EnrollOutcome.FULL:
        left = max(0, course.seats - course.students)
        facts.append(f"{left:,} of {counted(course.seats, 'seat')} left")
    if course.opens is not None and today < course.opens and said is not EnrollOutcome.NOT_OPEN_YET:
        facts.append(f"opens on {day_of_year(course.opens, today)}")
    if course.closes is not None and said is not EnrollOutcome.OVER:
        closes = "closes" if today <= course.closes else "closed"
        facts.append(f"{closes} on {day_of_year(course.closes, today)}")
    if course.needs_key:
        facts.append("a key is needed")
    if needs:
        facts.append(f"needs: {', '.join(needs)}")
    return facts


def window_words(opens: date | None, closes: date | None) -> str:
    """ "from 1 March 2027 to 30 June 2027"."""
    if opens is not None and closes is not None:
        return f"from {day_of_year(opens)} to {day_of_year(closes)}, both days in it"
    if opens is not None:
        return f"from {day_of_year(opens)} on"
    return f"until {day_of_year(closes)}, that day in it" if closes is not None else "at any time"


def seats_words(rules: CourseRules) -> str:
    """ "28 of 30 taken, 2 wait"."""
    waits = f", {counted(rules.waiting, 'waits', 'wait')}" if rules.waiting else ""
    if rules.seats is None:
        return f"any number; {counted(rules.students, 'learner')} now{waits}"
    return f"{rules.students:,} of {rules.seats:,} taken{waits}"


def what_was_set(set_: RulesSet) -> str:
    """What a change came to, in one or some sentences."""
    rules = set_.rules
    if not set_.changed:
        return "Nothing was changed: it stood so already."
    said = [f"{rules.title} is changed."]
    if set_.moved_up:
        said.append(f"{counted(set_.moved_up, 'learner has', 'learners have')} moved up from the waitlist.")
    if "seats" in set_.changed and rules.is_overfull:
        learners, seats = counted(rules.students, "learner is", "learners are"), counted(rules.seats or 0, "seat")
        said.append(f"{learners} in {seats}: nobody is put out, and nobody new comes in until there is room.")
    if "state" in set_.changed and rules.state is CourseState.ARCHIVED and rules.waiting:
        waiting = counted(rules.waiting, "learner waits", "learners wait")
        said.append(f"{waiting} for a seat, and Home tells them that they do so in vain.")
    return " ".join(said)
