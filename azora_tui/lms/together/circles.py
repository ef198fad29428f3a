"""Circles: three to twelve people around a course, with a goal and a day.

Only who is in one knows that it is there; teaching the course or running the school makes no difference. In a circle
everybody knows the names of the others, but those who do not exist for each other (`data.company`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from azora_tui.data import boards, locks
from azora_tui.data import circles as rows
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.courses import visible_course
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.together import invitation_words
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.models.circles import MOST, CirclePage, CircleWeek
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.text import clean

if TYPE_CHECKING:
    from datetime import date

    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.circles import Circle

MAX_NAME = 60
MAX_GOAL = 200
"""Characters, on one line."""


def make(lms: Lms, claims: Claims, course_id: int, *, name: str, goal: str, until: date) -> Circle:
    """A new circle with its maker in it, who changes it and renews its word.

    Raises `NotFoundError` for a course that is not there, `RefusedError` for who is not in it, for no words and too
    many, for a day that is over.
    """
    check_claims(lms, claims)
    name, goal = _line(name, MAX_NAME, "circle_needs_name"), _line(goal, MAX_GOAL, "circle_needs_goal")
    _check_day(lms, until)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        if not _is_in_course(transaction, claims, course_id):
            raise RefusedError("circle_needs_course", course=course_id)
        count_post(lms, transaction, claims)
        now = lms.now_text()
        circle_id = rows.add_circle(
            transaction,
            uuid=lms.new_id(),
            course_id=course_id,
            maker_id=claims.user_id,
            name=name,
            goal=goal,
            until=until,
            word=invitation_words.new_word(transaction),
            now=now,
        )
        rows.add_member(transaction, circle_id=circle_id, user_id=claims.user_id, now=now)
        return _mine(transaction, claims, circle_id)


def mine(lms: Lms, claims: Claims) -> tuple[Circle, ...]:
    """The circles that somebody is in; whose day comes first stands first."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return tuple(rows.circles_of(transaction, viewer=claims.user_id))


def circle(lms: Lms, claims: Claims, circle_id: int) -> CirclePage:
    """A circle, who is in it, and what it did since Monday of the reader's own week. Raises `NotFoundError`."""
    check_claims(lms, claims)
    today = lms.today()
    monday = datetime.combine(today - timedelta(days=today.weekday()), datetime.min.time())
    since = (monday - timedelta(minutes=lms.utc_offset(lms.now_text()))).isoformat(" ", "seconds")
    with lms.database.read() as transaction:
        found = _mine(transaction, claims, circle_id)
        viewer = claims.user_id
        week = CircleWeek(
            rows.lessons_since(transaction, circle_id, viewer=viewer, since=since),
            rows.posts_since(transaction, circle_id, viewer=viewer, since=since),
        )
        return CirclePage(found, tuple(rows.members(transaction, circle_id, viewer=viewer)), week)


def change(
    lms: Lms,
    claims: Claims,
    circle_id: int,
    *,
    name: str | None = None,
    goal: str | None = None,
    until: date | None = None,
) -> Circle:
    """Give it another name, goal or day; with another goal nobody is there yet. What is None stays.

    Raises `NotFoundError`, and `RefusedError` for who has not made it and as `make`.
    """
    check_claims(lms, claims)
    if name is not None:
        name = _line(name, MAX_NAME, "circle_needs_name")
    if goal is not None:
        goal = _line(goal, MAX_GOAL, "circle_needs_goal")
    if until is not None:
        _check_day(lms, until)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        before = _made_by(transaction, claims, circle_id)
        rows.change_circle(
            transaction, circle_id, name=name or before.name, goal=goal or before.goal, until=until or before.until
        )
        if goal not in (None, before.goal):
            rows.forget_there(transaction, circle_id)
        return _mine(transaction, claims, circle_id)


def invitation(lms: Lms, claims: Claims, circle_id: int, *, renew: bool = False) -> str:
    """The word that lets somebody in, for everybody who is in; with `renew` a new one, for who has made the circle.

    Raises `NotFoundError`, `RefusedError`.
    """
    check_claims(lms, claims)
    if not renew:
        with lms.database.read() as transaction:
            return _mine(transaction, claims, circle_id).word
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        _made_by(transaction, claims, circle_id)
        word = invitation_words.new_word(transaction)
        rows.set_word(transaction, circle_id, word)
        return word


def join(lms: Lms, claims: Claims, word: str) -> Circle:
    """Come into the circle that a word is of; who is in it already stays as they are.

    A wrong word is noted. Raises `RefusedError` for one, after too many of them, for who is not in the circle's course,
    and where there are `MOST` people.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        invitation_words.check_tries(lms, transaction, claims)
        found = rows.circle_with_word(transaction, invitation_words.as_kept(word))
        if found is not None:
            return _let_in(lms, transaction, claims, found)
        rows.add_wrong_word(transaction, claims.user_id, at=lms.now_text())
    raise RefusedError("circle_word_wrong")  # only now, as a wrong word is noted


def leave(lms: Lms, claims: Claims, circle_id: int, *, keep_posts: bool = False) -> bool:
    """Leave no trace in a circle but, with `keep_posts`, what one wrote. True where nobody is left and it is gone.

    Who has been there longest takes the place of its maker. Raises `NotFoundError`.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        _mine(transaction, claims, circle_id)
        if not keep_posts:
            for post_id in boards.post_ids_of(transaction, claims.user_id, circle_id=circle_id):
                boards.take_back(transaction, post_id)
        return _take_out(transaction, claims.user_id, circle_id)


def depart(transaction: Transaction, user_id: int) -> None:
    """Take somebody who leaves the school out of every circle, with every word of theirs, in those that they had left
    before, too."""
    for post_id in boards.post_ids_of(transaction, user_id):
        boards.take_back(transaction, post_id)
    for circle_id in rows.circle_ids_of(transaction, user_id):
        _take_out(transaction, user_id, circle_id)
    rows.forget_wrong_words(transaction, user_id)


def show_progress(lms: Lms, claims: Claims, circle_id: int, shown: bool) -> None:
    """Let the others see how far one is in the course, or no longer. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        _mine(transaction, claims, circle_id)
        rows.set_shows_progress(transaction, circle_id=circle_id, user_id=claims.user_id, shown=shown)


def say_there(lms: Lms, claims: Claims, circle_id: int, there: bool) -> None:
    """Say that one has reached the goal, or take it back. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        _mine(transaction, claims, circle_id)
        at = lms.now_text() if there else None
        rows.set_there(transaction, circle_id=circle_id, user_id=claims.user_id, at=at)


def _mine(transaction: Transaction, claims: Claims, circle_id: int) -> Circle:
    """Raises `NotFoundError` for one that is not there, or that this person is not in, which sound alike."""
    found = rows.circle(transaction, circle_id, viewer=claims.user_id)
    if found is None:
        raise NotFoundError("circle_missing")
    return found


def _made_by(transaction: Transaction, claims: Claims, circle_id: int) -> Circle:
    found = _mine(transaction, claims, circle_id)
    if not found.made_here:
        raise RefusedError("circle_not_yours")
    return found


def _let_in(lms: Lms, transaction: Transaction, claims: Claims, found: Any) -> Circle:
    circle_id, course_id = found.id, found.course_id
    inside = rows.member_ids(transaction, circle_id)
    if claims.user_id not in inside:
        if not _is_in_course(transaction, claims, course_id):
            raise RefusedError("circle_of_other_course", title=found.course_title, course=course_id)
        if len(inside) >= MOST:
            raise RefusedError("circle_full", maximum=MOST)
        rows.add_member(transaction, circle_id=circle_id, user_id=claims.user_id, now=lms.now_text())
        for user_id in inside:
            tell(
                lms,
                transaction,
                user_id,
                "circle_joined",
                circle_id,
                actor_id=claims.user_id,
                course_id=course_id,
            )
    rows.forget_wrong_words(transaction, claims.user_id)
    return _mine(transaction, claims, circle_id)


def _take_out(transaction: Transaction, user_id: int, circle_id: int) -> bool:
    """Whether the circle is gone, as nobody is left in it."""
    rows.remove_member(transaction, circle_id=circle_id, user_id=user_id)
    left = rows.member_ids(transaction, circle_id)
    if not left:
        rows.remove_circle(transaction, circle_id)
        return True
    rows.pass_on(transaction, circle_id, from_id=user_id, to_id=left[0])
    return False


def _is_in_course(transaction: Transaction, claims: Claims, course_id: int) -> bool:
    _, enrollment = visible_course(transaction, claims, course_id)
    return enrollment is not None and enrollment.status is not EnrollmentStatus.LEFT


def _line(text: str, maximum: int, empty: str) -> str:
    return checked_words(
        " ".join(clean(text[: 4 * maximum + 1], keep_newlines=False).split()), maximum=maximum, empty=empty
    )


def _check_day(lms: Lms, until: date) -> None:
    if until < lms.today():
        raise RefusedError("circle_day_over", day=until.isoformat())
