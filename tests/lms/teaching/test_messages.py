"""Who teaches a course writes to its learners, and to nobody else."""

from collections.abc import Callable

import pytest

from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms import enrolling, news
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import messages
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource
from tests.conftest import Clock
from tests.lms.teaching.test_access import bring_in

ClaimsOf = Callable[..., Claims]


@pytest.fixture
def courses(lms: Lms, claims: ClaimsOf, make_course: Callable[..., CourseSource]) -> dict[str, int]:
    """3 teaches knots, in which 1 and 2 learn, and 4 teaches ropes, in which 5 does."""
    made = {
        slug: bring_in(lms, claims(teacher, role="instructor"), make_course(slug=slug))
        for slug, teacher in (("knots", 3), ("ropes", 4))
    }
    for user, slug in ((1, "knots"), (2, "knots"), (5, "ropes")):
        enrolling.enroll(lms, claims(user), made[slug])
    return made


def test_a_message_reaches_one_learner(lms: Lms, claims: ClaimsOf, courses: dict[str, int]) -> None:
    messages.write(lms, claims(3, role="instructor"), courses["knots"], 1, "How is the bowline?")
    assert [[item.text for item in news.news(lms, claims(user))] for user in (1, 2, 3, 5)] == [
        ["How is the bowline?"], [], [], [],
    ]  # fmt: skip


def test_only_who_teaches_the_course_writes_and_finds_people(
    lms: Lms, claims: ClaimsOf, courses: dict[str, int]
) -> None:
    knots, email = courses["knots"], claims(1).email
    for who, sentence in (
        (claims(4, role="instructor"), "You do not teach this course"),
        (claims(3), "Only instructors and admins"),
        (claims(2), "Only instructors and admins"),
    ):
        with pytest.raises(RefusedError, match=sentence):
            messages.write(lms, who, knots, 1, "Hello")
        with pytest.raises(RefusedError, match=sentence):
            messages.learner_with_email(lms, who, knots, email)
    admin = claims(8, role="admin")
    messages.write(lms, admin, knots, messages.learner_with_email(lms, admin, knots, email), "Hello")
    assert len(news.news(lms, claims(1))) == 1


def test_only_who_is_in_the_course_is_written_to(lms: Lms, claims: ClaimsOf, courses: dict[str, int]) -> None:
    teacher = claims(3, role="instructor")
    enrolling.leave(lms, claims(2), courses["knots"])
    for user in (2, 5, 99):
        with pytest.raises(RefusedError, match="not in the course, so nothing was sent"):
            messages.write(lms, teacher, courses["knots"], user, "Hello")
        with pytest.raises(NotFoundError, match="Nobody in this course has the e-mail"):
            messages.learner_with_email(lms, teacher, courses["knots"], claims(user).email)
    with lms.database.read() as transaction:
        assert list(transaction.execute("SELECT 1 FROM messages")) == []


@pytest.mark.parametrize("written", ["learner1@example.org", " Learner1@Example.ORG ", "LEARNER1@EXAMPLE.ORG"])
def test_an_email_is_found_however_it_is_written(
    lms: Lms, claims: ClaimsOf, courses: dict[str, int], written: str
) -> None:
    assert messages.learner_with_email(lms, claims(3, role="instructor"), courses["knots"], written) == 1


def test_an_email_beyond_ascii_is_found_as_it_is_written(lms: Lms, claims: ClaimsOf, courses: dict[str, int]) -> None:
    enrolling.enroll(lms, claims(6, email="ÉLODIE@example.org"), courses["knots"])
    teacher = claims(3, role="instructor")
    assert messages.learner_with_email(lms, teacher, courses["knots"], "ÉLODIE@example.org") == 6


def test_of_two_with_one_email_it_is_who_came_last(lms: Lms, claims: ClaimsOf, courses: dict[str, int]) -> None:
    enrolling.enroll(lms, claims(7, email=claims(1).email), courses["knots"])
    teacher = claims(3, role="instructor")
    assert messages.learner_with_email(lms, teacher, courses["knots"], claims(1).email) == 7


def test_a_course_that_is_not_there_has_no_learners(lms: Lms, claims: ClaimsOf) -> None:
    with pytest.raises(NotFoundError, match="Course not found"):
        messages.write(lms, claims(1, role="admin"), 99, 1, "Hello")
    with pytest.raises(NotFoundError, match="Course not found"):
        messages.learner_with_email(lms, claims(1, role="admin"), 99, "a@example.org")


def test_a_session_that_has_run_out_writes_nothing(
    lms: Lms, claims: ClaimsOf, clock: Clock, courses: dict[str, int]
) -> None:
    clock.advance(days=400)
    with pytest.raises(SessionError):
        messages.write(lms, claims(3, role="instructor"), courses["knots"], 1, "Late")


@pytest.mark.parametrize(("text", "sentence"), [(" \n", "nothing to send"), ("x" * 4_001, "4,000 is the most")])
def test_nothing_and_too_much_are_refused(
    lms: Lms, claims: ClaimsOf, courses: dict[str, int], text: str, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        messages.write(lms, claims(3, role="instructor"), courses["knots"], 1, text)
