"""How what one learner wrote is tried by another (`tests.test_roles_together`): at lessons, in circles, for who is stuck."""

from collections.abc import Callable
from typing import Any

from azora_tui.data.transaction import value
from azora_tui.lms.together import boards, circles, giving, helping, inbox, moderation, profiles, reporting, wisdom
from azora_tui.models.wisdom import WisdomKind
from tests.roles.company import Between, Company, circle_of, course_of

MISSING = 999_999


def _theirs(company: Company, table: str, column: str = "author_id") -> int:
    """What the other wrote; a number that nothing has where they wrote nothing."""
    with company.lms.database.read() as transaction:
        found = value(transaction, f"SELECT id FROM {table} WHERE {column} = :they", {"they": company.they.user_id})
    return found or MISSING


def _posted(company: Company) -> None:
    circle_of(company)
    boards.post(company.lms, company.they, circles.mine(company.lms, company.they)[0].id, "Hello")


def _left(company: Company) -> None:
    _, lesson = course_of(company)
    wisdom.write(company.lms, company.they, lesson, WisdomKind.TIP, "Lay it flat.")


def _asked(company: Company) -> None:
    _, lesson = course_of(company)
    profiles.change(company.lms, company.me, is_open=True, helps=True)
    helping.ask(company.lms, company.they, lesson, "Why twice?")


def _answered(company: Company) -> None:
    _, lesson = course_of(company)
    profiles.change(company.lms, company.they, is_open=True, helps=True)
    asked = helping.ask(company.lms, company.me, lesson, "Why twice?")
    helping.reply(company.lms, company.they, asked.id, "Because.")
    helping.settle(company.lms, company.me, asked.id)


def _to(work: Callable[..., Any], table: str, *more: Any, column: str = "author_id") -> Callable[[Company], object]:
    return lambda company: work(company.lms, company.me, _theirs(company, table, column), *more) or True


def _own_circle(company: Company) -> int:
    mine = circles.mine(company.lms, company.me)
    return mine[0].id if mine else MISSING


def _seen_as_member(company: Company) -> bool:
    members = circles.circle(company.lms, company.me, _own_circle(company)).members
    return company.they.user_id in [each.author.user_id for each in members]


def _post_seen(company: Company) -> bool:
    return bool(boards.page(company.lms, company.me, _own_circle(company)).threads)


def _told(company: Company) -> bool:
    return bool(inbox.page(company.lms, company.me, read=True).new)


def _post_told(company: Company) -> bool:
    """Of what is posted from now on."""
    boards.post(company.lms, company.they, circles.mine(company.lms, company.they)[0].id, "Again")
    return _told(company)


def _piece_seen(company: Company) -> bool:
    _, lesson = course_of(company)
    return bool(wisdom.of_lesson(company.lms, company.me, lesson).pieces)


def _wanted(company: Company) -> bool:
    return bool(helping.wanted(company.lms, company.me)[0])


def _own_request(company: Company) -> int:
    with company.lms.database.read() as transaction:
        found = value(transaction, "SELECT id FROM help_requests WHERE asker_id = :me", {"me": company.me.user_id})
    return found or MISSING


def _answer_seen(company: Company) -> bool:
    return bool(helping.request(company.lms, company.me, _own_request(company)).replies)


def _give(company: Company) -> object:
    return giving.give(company.lms, company.me, _own_request(company), _theirs(company, "help_replies"))


def _report_answer(company: Company) -> object:
    reporting.report_reply(
        company.lms, company.me, _own_request(company), _theirs(company, "help_replies"), "It is unkind."
    )
    return True


_QUESTION: dict[str, Any] = {"column": "asker_id"}
TOGETHER_BETWEEN: dict[str, Between] = {
    "lms.together.boards.page of their post": Between(_post_seen, _posted),
    "lms.together.boards.reply to their post": Between(_to(boards.reply, "circle_posts", "Yes."), _posted),
    "lms.together.circles.circle that they are in": Between(_seen_as_member, circle_of),
    "lms.together.giving.give of their answer": Between(_give, _answered),
    "lms.together.helping.reply to their question": Between(
        _to(helping.reply, "help_requests", "So.", **_QUESTION), _asked
    ),
    "lms.together.helping.request of their question": Between(
        _to(helping.request, "help_requests", **_QUESTION), _asked
    ),
    "lms.together.helping.request with their answer": Between(_answer_seen, _answered),
    "lms.together.helping.wanted by them": Between(_wanted, _asked),
    "lms.together.inbox.page of their post": Between(_post_told, circle_of),
    "lms.together.inbox.page of their question": Between(_told, _asked),
    "lms.together.moderation.report of their piece": Between(_to(moderation.report, "wisdom", "Unkind."), _left),
    "lms.together.reporting.report_post of their post": Between(
        _to(reporting.report_post, "circle_posts", "It is unkind."), _posted
    ),
    "lms.together.reporting.report_question of their question": Between(
        _to(reporting.report_question, "help_requests", "It is unkind.", **_QUESTION), _asked
    ),
    "lms.together.reporting.report_reply of their answer": Between(_report_answer, _answered),
    "lms.together.wisdom.of_lesson with their piece": Between(_piece_seen, _left),
    "lms.together.wisdom.piece of theirs": Between(_to(wisdom.piece, "wisdom"), _left),
    "lms.together.wisdom.take_back_thanks for their piece": Between(_to(wisdom.take_back_thanks, "wisdom"), _left),
    "lms.together.wisdom.thank for their piece": Between(_to(wisdom.thank, "wisdom"), _left),
}
"""By the rows of the table."""

_OWN = "what is one's own"
_TEACHES = "for who teaches the course, which no block ends"
TOGETHER_ALONE = {
    **{f"lms.together.boards.{name}": _OWN for name in ("change", "delete", "mark_seen", "post")},
    **{
        f"lms.together.circles.{name}": _OWN
        for name in ("change", "invitation", "leave", "make", "mine", "say_there", "show_progress")
    },
    "lms.together.circles.join": "by a word, whoever told it; who is blocked there is not seen, nor sees",
    **{f"lms.together.inbox.{name}": _OWN for name in ("count", "mark_read")},
    **{
        f"lms.together.helping.{name}": _OWN
        for name in ("ask", "change_reply", "delete_reply", "mine", "reach", "settle", "take_back")
    },
    **{
        f"lms.together.moderation.{name}": _TEACHES
        for name in (
            "answer", "count", "dismiss", "hide", "pin", "reports", "show_again", "take_answer_away", "take_over",
            "taken_over", "unpin",
        )
    },
    **{f"lms.together.reporting.{name}": _TEACHES for name in ("hide", "show_again")},
    **{f"lms.together.wisdom.{name}": _OWN for name in ("change", "delete", "mine", "write")},
    "lms.together.wisdom.mark_seen": "counts only what one may see",
    "lms.together.wisdom.of_paragraph": "as of_lesson, whose condition it has",
    "lms.together.wisdom.paragraph_with": "the course's own words",
}  # fmt: skip
"""Calls that are about nobody else, and why."""
