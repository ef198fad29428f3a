"""Every table of both databases says what of it is somebody's: what they take along, and what becomes of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import personal, schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.personal import Held
from azora_tui.data.transaction import StatementError
from tests.engine import sqlite

KINDS = {
    "azora": (schema.AUTH, personal.AUTH, personal.AUTH_HOLDS_NOBODY),
    "lms": (schema.LMS, personal.LMS, personal.LMS_HOLDS_NOBODY),
}
_WHO = (
    "user|author|asker|asked|blocker|blocked|actor|owner|member|helper|writer|reader|reporter|hider|inviter|invited|by"
)
PERSON = re.compile(rf"(^|_)({_WHO})(_id)?$|email|^name$|pseudonym|^jwt$")
"""Columns that say who somebody is; so does whatever refers to an account or a learner."""
NOT_PEOPLE = {
    ("issuer", "name"),  # the school's
    ("log_heads", "jwt"),  # signs hashes
    ("circles", "name"),  # the circle's
}


def tables(database: Database) -> dict[str, set[str]]:
    """The columns of every table that is no part of an index of texts."""
    with database.read() as transaction:
        named: Any = sqlite(transaction).execute(
            "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')"
        )
        return {
            name: {
                column for (column,) in sqlite(transaction).execute("SELECT name FROM pragma_table_info(?)", (name,))
            }
            for (name,) in named.fetchall()
            if not name.startswith("sqlite_")
        }


def people_in(database: Database, table: str) -> set[str]:
    """The columns of a table that say who somebody is."""
    with database.read() as transaction:
        refer: Any = sqlite(transaction).execute(
            "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE \"table\" IN ('users', 'learners')", (table,)
        )
        people = {column for (column,) in refer}
    return people | {column for column in tables(database)[table] if PERSON.search(column)}


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, tuple[Held, ...], dict[str, str]]]:
    which, held, nobody = KINDS[request.param]
    database = open_database(tmp_path / f"{request.param}.db", which)
    yield database, held, nobody
    database.close()


def test_every_table_stands_in_the_registry_or_holds_nobody(kind) -> None:
    database, held, nobody = kind
    found = set(tables(database))
    listed = [each.table for each in held]
    assert len(set(listed)) == len(listed)
    assert set(listed) & set(nobody) == set()
    assert set(listed) | set(nobody) == found


def test_what_holds_nobody_has_no_column_of_a_person(kind) -> None:
    database, _, nobody = kind
    assert {(table, column) for table in nobody for column in people_in(database, table)} <= NOT_PEOPLE


def test_every_column_of_a_person_is_in_what_becomes_of_its_table(kind) -> None:
    """A name in a row that stays, or a person by whom rows are found, cannot be passed over in silence."""
    database, held, _ = kind
    for each in held:
        said = " ".join([each.taken, each.goes, *(part for blank in each.blanks for part in blank)])
        if each.table in ("erasing", "leaving"):
            continue
        people = {column for column in people_in(database, each.table) if (each.table, column) not in NOT_PEOPLE}
        missing = {column for column in people if column not in said}
        if each.goes:  # what somebody is called goes with the row that is found by who they are
            missing = {column for column in missing if column.endswith("_id")}
        assert missing == set(), each.table


def test_what_is_not_taken_along_says_why_and_its_conditions_can_be_asked(kind) -> None:
    database, held, _ = kind
    person = {"user_id": 1, "uuid": "u", "nobody": "n", "email_key": "e", "now": "2026-11-22 12:00:00"}
    for each in held:
        assert each.what
        assert bool(each.taken) != bool(each.why), each.table
        assert set(each.hidden) <= tables(database)[each.table]
        if each.taken:
            with database.read() as transaction:
                columns, rows = personal.rows_of(transaction, each, person)
                assert list(rows) == []
                assert columns
    with database.write() as transaction:
        personal.erase(transaction, held, person)


def test_no_secret_is_taken_along(kind) -> None:
    _, held, _ = kind
    hidden = {(each.table, column) for each in held for column in each.hidden}
    others = {("circles", "maker_id"), ("wisdom", "author_id")}
    others |= {(table, "hidden_by") for table in ("wisdom", "circle_posts", "help_replies", "help_requests")}
    assert hidden == ({("users", "password"), ("users", "search_text")} if len(held) < 10 else others)
    assert [each.table for each in held if each.table == "invitations" and each.taken] == []


def test_nothing_stands_in_erasing_once_it_has_ended(kind) -> None:
    database, held, _ = kind
    person = {"user_id": 1, "uuid": "u", "nobody": "n", "email_key": "e", "now": "2026-11-22 12:00:00"}
    with database.write() as transaction:
        personal.erase(transaction, held, person)
    with database.read() as transaction:
        assert sqlite(transaction).execute("SELECT COUNT(*) FROM erasing").get == 0


def test_a_condition_that_is_none_is_noticed(kind) -> None:
    """The control."""
    database, _, _ = kind
    wrong = Held("erasing", "Nothing", "no_such_column = 1")
    with pytest.raises(StatementError), database.read() as transaction:
        personal.rows_of(transaction, wrong, {})
