"""What is only ever added to stays so, but for the words of who is being erased."""

import re

import pytest

from azora_tui.data.database import Database
from azora_tui.data.transaction import StatementError
from azora_tui.models.accounts import Claims
from tests.engine import sqlite
from tests.roles.school import School

REFUSED = re.compile("only|never")


def attempt(database: Database, statement: str, *, erasing: tuple[int, str] | None = None) -> None:
    with database.write() as transaction:
        if erasing is not None:
            sqlite(transaction).execute("INSERT INTO erasing VALUES (?, ?)", erasing)
        transaction.execute(statement)


TRIED = (
    "UPDATE events SET payload = '{}' WHERE payload <> '{}'",
    "DELETE FROM events",
    "UPDATE answers SET given = '2'",
    "DELETE FROM answers",
    "DELETE FROM rest_days",
    "UPDATE rest_days SET weekdays = 0",
    "DELETE FROM submissions",
    "UPDATE submissions SET text = ''",
    "DELETE FROM task_answers",
    "UPDATE task_answers SET words = ''",
    "UPDATE credentials SET jwt = ''",
    "DELETE FROM credentials",
    "DELETE FROM attempts",
    "DELETE FROM review_log",
    "DELETE FROM minutes_spent",
    "DELETE FROM log_entries",
)


@pytest.mark.parametrize("other", [False, True], ids=["nobody", "somebody else"])
@pytest.mark.parametrize("statement", TRIED)
def test_what_is_only_added_to_stays_so_for_all_others(school: School, statement: str, other: bool) -> None:
    """Also while somebody is erased: every statement here would change rows of the others, too."""
    with pytest.raises(StatementError, match=REFUSED):
        attempt(school.lms.database, statement, erasing=(999, "nobody at all") if other else None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET at = '' WHERE user_id = :me",
        "UPDATE events SET user_id = 0 WHERE user_id = :me",
        "UPDATE events SET number = number + 1000 WHERE user_id = :me",
        "DELETE FROM events WHERE user_id = :me",
        "UPDATE answers SET correct = 1 - correct",
        "UPDATE credentials SET issued_at = '' WHERE enrollment_id IN (SELECT id FROM enrollments WHERE user_id = :me)",
        "UPDATE credentials SET jwt = 'x' WHERE enrollment_id IN (SELECT id FROM enrollments WHERE user_id = :me)",
        "UPDATE credentials SET revoked_at = 'x', reason = 'y' WHERE revoked_at IS NOT NULL",
        "UPDATE task_answers SET words = '' WHERE user_id = :me",
    ],
)
def test_of_who_is_erased_only_words_can_be_taken(school: School, who: Claims, statement: str) -> None:
    with pytest.raises(StatementError, match=REFUSED):
        attempt(school.lms.database, statement.replace(":me", str(who.user_id)), erasing=(who.user_id, who.user_uuid))


@pytest.mark.parametrize("statement", ["UPDATE events SET payload = '{}'", "DELETE FROM events"])
def test_events_of_accounts_stay_too(school: School, statement: str) -> None:
    with pytest.raises(StatementError, match=REFUSED):
        attempt(school.auth.database, statement, erasing=(999, "nobody at all"))
