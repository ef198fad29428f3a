"""How the calls of reporting are tried (`tests.roles.calls`), and what somebody else says in each one's circle and to them.

Another has replied in each circle, and asked something in ants to which each has replied, and they have replied again.
Victor has reported what was replied in his.
"""

from collections.abc import Callable
from typing import Any

from azora_tui.data.transaction import value
from azora_tui.lms.together import moderation, reporting
from tests.roles.school import VICTOR, School

REASON = "It is unkind."
LONG_AGO = "2020-01-01 00:00:00"  # what was asked last is found first


def say_to_each(school: School) -> None:
    with school.lms.database.write() as transaction:
        for name, claims in school.claims.items():
            other = school.claims["zola" if name == VICTOR else VICTOR]
            given = {"them": other.user_id, "at": LONG_AGO}
            transaction.execute(
                """
                INSERT INTO circle_posts (uuid, circle_id, parent_id, author_id, text, at)
                SELECT :uuid, posts.circle_id, posts.id, :them, 'No.', :at FROM circle_posts AS posts
                WHERE posts.author_id = :me AND posts.parent_id IS NULL
                """,
                {**given, "me": claims.user_id, "uuid": school.lms.new_id()},
            )
            asked = value(
                transaction,
                """
                INSERT INTO help_requests (uuid, asker_id, course_id, lesson_id, text, asked_at, settled_at)
                VALUES (:uuid, :them, :course, :lesson, 'Why?', :at, :at) RETURNING id
                """,
                {
                    **given,
                    "uuid": school.lms.new_id(),
                    "course": school.course["ants"],
                    "lesson": school.lesson["one of ants"],
                },
            )
            for user_id in (claims.user_id, other.user_id):
                transaction.execute(
                    """
                    INSERT INTO help_replies (uuid, request_id, author_id, text, at)
                    VALUES (:uuid, :asked, :user_id, 'So.', :at)
                    """,
                    {"uuid": school.lms.new_id(), "asked": asked, "user_id": user_id, "at": LONG_AGO},
                )
    victor = school.claims[VICTOR]
    reporting.report_post(school.lms, victor, _said_under(school, victor), REASON)


def _id(school: School, statement: str, **given: object) -> int:
    with school.lms.database.read() as transaction:
        found: int = value(transaction, statement, given)
    return found


def _said_under(school: School, claims: Any) -> int:
    """What another replied to one's own post."""
    statement = """
        SELECT said.id FROM circle_posts AS said JOIN circle_posts AS roots ON roots.id = said.parent_id
        WHERE roots.author_id = :me
    """
    return _id(school, statement, me=claims.user_id)


def _answered(school: School, claims: Any) -> int:
    """The question of another that one has answered."""
    statement = """
        SELECT asked.id FROM help_requests AS asked JOIN help_replies AS said ON said.request_id = asked.id
        WHERE said.author_id = :me AND asked.asker_id <> :me ORDER BY asked.id LIMIT 1
    """
    return _id(school, statement, me=claims.user_id)


def _in_beetles(school: School, claims: Any) -> int:
    """What Victor asked in beetles."""
    statement = "SELECT id FROM help_requests WHERE asker_id = :victor AND course_id = :course"
    return _id(school, statement, victor=school.claims[VICTOR].user_id, course=school.course["beetles"])


def _said_to(school: School, request_id: int) -> int:
    """What its asker said to a question."""
    statement = """
        SELECT said.id FROM help_replies AS said JOIN help_requests AS asked ON asked.id = said.request_id
        WHERE asked.id = :id AND said.author_id = asked.asker_id
    """
    return _id(school, statement, id=request_id)


def _question(of: Callable[[School, Any], int]) -> Callable[[School, Any], object]:
    return lambda s, c: reporting.report_question(s.lms, c, of(s, c), REASON)


def _reply(of: Callable[[School, Any], int]) -> Callable[[School, Any], object]:
    return lambda s, c: reporting.report_reply(s.lms, c, of(s, c), _said_to(s, of(s, c)), REASON)


def _reported(school: School) -> int:
    return moderation.reports(school.lms, school.claims["nomsa"])[-1].id


REPORTING: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.together.reporting.hide": (lambda s, c: reporting.hide(s.lms, c, _reported(s), REASON),),
    "lms.together.reporting.report_post": (
        lambda s, c: reporting.report_post(s.lms, c, _said_under(s, c), REASON),
        lambda s, c: reporting.report_post(s.lms, c, _said_under(s, s.claims[VICTOR]), REASON),
    ),
    "lms.together.reporting.report_question": (_question(_answered), _question(_in_beetles)),
    "lms.together.reporting.report_reply": (_reply(_answered), _reply(_in_beetles)),
    "lms.together.reporting.show_again": (lambda s, c: reporting.show_again(s.lms, c, _reported(s)),),
}
"""By the name of each call: it on what is one's own or nobody's, and on what is somebody else's, where that differs."""
