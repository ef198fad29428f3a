"""Two learners and how they stand, to try what one may do about the other (the second table of `docs/roles.md`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from azora_tui.data import connections
from azora_tui.data.transaction import value
from azora_tui.lms import enrolling, reading
from azora_tui.lms.events import know_learner
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import circles
from azora_tui.models.accounts import Claims
from tests.conftest import course_source


@dataclass(frozen=True)
class Company:
    """Who asks, and the other."""

    lms: Lms
    me: Claims
    they: Claims


@dataclass(frozen=True)
class Between:
    """A call: `do` is false where it shows nothing of the other; `before` makes what it is about, as strangers do."""

    do: Callable[[Company], object]
    before: Callable[[Company], object] = lambda company: None


def connect(company: Company) -> None:
    """Whatever was asked before: to be connected takes no profile that is open."""
    lms, pair = company.lms, {"one": company.me.user_id, "other": company.they.user_id}
    with lms.database.write() as transaction:
        row = value(
            transaction,
            "SELECT id FROM connections WHERE asker_id IN (:one, :other) AND asked_id IN (:one, :other)",
            pair,
        )
        if row is None:
            row = connections.add(
                transaction, uuid="c", asker_id=pair["one"], asked_id=pair["other"], words="", now=lms.now_text()
            )
        connections.accept(transaction, row, now=lms.now_text())


def block(company: Company, *, by_me: bool) -> None:
    """All that was between the two is still there, so that each call has to leave it out by itself."""
    blocker, blocked = (company.me, company.they) if by_me else (company.they, company.me)
    with company.lms.database.write() as transaction:
        connections.block(
            transaction,
            blocker_id=blocker.user_id,
            blocked_id=blocked.user_id,
            name="",
            now=company.lms.now_text(),
        )


def know(company: Company) -> None:
    with company.lms.database.write() as transaction:
        know_learner(transaction, company.me)
        know_learner(transaction, company.they)


def course_of(company: Company) -> tuple[int, int]:
    """A course that both are in and the lesson of it that both have completed; the same with each call."""
    lms = company.lms
    with lms.database.write() as transaction:
        course = value(transaction, "SELECT id FROM courses WHERE slug = 'knots'")
        if course is None:
            course = install(lms, transaction, course_source("knots", lessons="one"))
        lesson = value(transaction, "SELECT id FROM lessons WHERE course_id = :id", {"id": course})
    for who in (company.me, company.they):
        enrolling.enroll(lms, who, course)
        reading.complete_lesson(lms, who, lesson)
    return course, lesson


def circle_of(company: Company) -> str:
    """The word of a circle that the other has made."""
    made = circles.mine(company.lms, company.they)
    if made:
        return made[0].word
    course, _ = course_of(company)
    until = company.lms.today() + timedelta(days=9)
    return circles.make(company.lms, company.they, course, name="Ropes", goal="Hitches", until=until).word


def share_a_circle(company: Company) -> None:
    circles.join(company.lms, company.me, circle_of(company))


def block_in_a_circle(company: Company) -> None:
    share_a_circle(company)
    block(company, by_me=False)


STANDINGS: dict[str, tuple[Callable[[Company], None], ...]] = {
    "connected": (connect,),
    "same circle": (share_a_circle,),
    "stranger": (lambda company: None,),
    "blocked": (
        lambda company: block(company, by_me=True),
        lambda company: block(company, by_me=False),
        block_in_a_circle,
    ),
}
"""What makes two people stand as a column of the table says; each of them is tried."""
