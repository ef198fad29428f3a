"""Who teaches a course speaks to everybody in it, and nobody else does."""

from collections.abc import Callable

import pytest

from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms import enrolling, news
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import announcing
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource
from tests.conftest import Clock
from tests.lms.teaching.test_access import bring_in

ClaimsOf = Callable[..., Claims]


@pytest.fixture
def knots(lms: Lms, claims: ClaimsOf, make_course: Callable[..., CourseSource]) -> int:
    """A course that 3 teaches; 4 teaches another one, 1 and 2 learn in both."""
    ropes = bring_in(lms, claims(4, role="instructor"), make_course(slug="ropes"))
    course = bring_in(lms, claims(3, role="instructor"), make_course(slug="knots"))
    for user in (1, 2):
        for each in (course, ropes):
            enrolling.enroll(lms, claims(user), each)
    return course


def test_only_who_teaches_the_course_speaks_to_it(lms: Lms, claims: ClaimsOf, knots: int) -> None:
    mine = announcing.announce(lms, claims(3, role="instructor"), knots, "Mine")
    announcing.announce(lms, claims(1, role="admin"), knots, "An admin's")
    for who, sentence in (
        (claims(4, role="instructor"), "You do not teach this course"),
        (claims(3), "Only instructors and admins"),
        (claims(2), "Only instructors and admins"),
    ):
        for work in (
            lambda who=who: announcing.announce(lms, who, knots, "Theirs"),
            lambda who=who: announcing.announcements(lms, who, knots),
            lambda who=who: announcing.withdraw(lms, who, knots, mine.id),
        ):
            with pytest.raises(RefusedError, match=sentence):
                work()
    assert [each.text for each in announcing.announcements(lms, claims(3, role="instructor"), knots)] == [
        "An admin's", "Mine",
    ]  # fmt: skip


def test_a_session_that_has_run_out_says_nothing(lms: Lms, claims: ClaimsOf, clock: Clock, knots: int) -> None:
    clock.advance(days=400)
    with pytest.raises(SessionError):
        announcing.announce(lms, claims(3, role="instructor"), knots, "Late")


def test_a_course_that_is_not_there_hears_nothing(lms: Lms, claims: ClaimsOf, knots: int) -> None:
    who = claims(1, role="admin")
    for work in (
        lambda: announcing.announce(lms, who, 99, "Is anybody there?"),
        lambda: announcing.announcements(lms, who, 99),
        lambda: announcing.withdraw(lms, who, 99, 1),
    ):
        with pytest.raises(NotFoundError, match="Course not found"):
            work()


def test_they_are_listed_newest_first_with_how_many_have_read_them(
    lms: Lms, claims: ClaimsOf, clock: Clock, knots: int
) -> None:
    teacher = claims(3, role="instructor", name="Elara")
    for text in ("First", "Second"):
        announcing.announce(lms, teacher, knots, text)
        clock.advance(minutes=1)
    for user, texts in ((1, {"First", "Second"}), (2, {"First"})):
        items = news.news(lms, claims(user))
        news.mark_read(lms, claims(user), [item for item in items if item.text in texts])
    second, first = announcing.announcements(lms, teacher, knots)
    assert [(each.text, each.author, each.readers) for each in (second, first)] == [
        ("Second", "Elara", 1), ("First", "Elara", 2),
    ]  # fmt: skip


def test_one_is_withdrawn_once_and_only_where_it_was_said(lms: Lms, claims: ClaimsOf, knots: int) -> None:
    admin = claims(5, role="admin")
    announced = announcing.announce(lms, admin, knots, "Wrong")
    announcing.announce(lms, admin, knots, "Right")
    ropes = next(each.enrollment.course_id for each in enrolling.my_courses(lms, claims(1)) if each.title == "Ropes")
    with pytest.raises(NotFoundError, match="no such announcement"):
        announcing.withdraw(lms, admin, ropes, announced.id)
    announcing.withdraw(lms, admin, knots, announced.id)
    assert [each.text for each in announcing.announcements(lms, admin, knots)] == ["Right"]
    assert announcing.announcements(lms, admin, ropes) == ()
    with pytest.raises(NotFoundError, match="no such announcement"):
        announcing.withdraw(lms, admin, knots, announced.id)
    with lms.database.read() as transaction:
        kept = list(transaction.execute("SELECT text, withdrawn_at IS NULL FROM announcements ORDER BY id"))
        told = list(transaction.execute("SELECT COUNT(*) FROM events WHERE kind = 'announcement_withdrawn'"))
    assert kept == [("Wrong", 0), ("Right", 1)]
    assert told == [(1,)]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x1b\x07"])
def test_nothing_is_not_announced(lms: Lms, claims: ClaimsOf, knots: int, text: str) -> None:
    with pytest.raises(RefusedError, match="nothing to send"):
        announcing.announce(lms, claims(3, role="instructor"), knots, text)


def test_a_text_has_a_length_that_it_may_reach(lms: Lms, claims: ClaimsOf, knots: int) -> None:
    teacher = claims(3, role="instructor")
    most = announcing.MAX_TEXT_LENGTH
    assert announcing.announce(lms, teacher, knots, f" {'x' * most}\n").text == "x" * most
    with pytest.raises(RefusedError, match=r"This has 4,001 characters, and 4,000 is the most\. It was not sent"):
        announcing.announce(lms, teacher, knots, "x" * (most + 1))
    assert len(announcing.announcements(lms, teacher, knots)) == 1


def test_what_would_steer_a_terminal_is_no_part_of_it(lms: Lms, claims: ClaimsOf, knots: int) -> None:
    text = "\x1b[31mred\x1b[0m [bold]and[/bold]\r\nmore\u202e \ud800<b>"
    announced = announcing.announce(lms, claims(3, role="instructor"), knots, text)
    assert announced.text == "[31mred[0m [bold]and[/bold]\nmore <b>"
