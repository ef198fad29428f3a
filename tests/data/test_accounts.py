"""The statements on azora.db, one transaction each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.data import accounts, events, schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.transaction import ConstraintError
from azora_tui.models.account_records import Account, Failures
from azora_tui.models.accounts import Session
from tests.engine import sqlite

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AT = "2026-11-22 12:00:00.000000"
SECRET_HASH = "$argon2id$secret"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "azora.db", schema.AUTH)
    yield opened
    opened.close()


def add(database: Database, email: str = "thandi@example.org") -> Account | None:
    with database.write() as connection:
        return accounts.add_account(
            connection,
            email=email,
            name="Thandi",
            role="learner",
            password_hash=SECRET_HASH,
            created_at=NOW + timedelta(microseconds=5),
            uuid=f"uuid of {email}",
        )


def start(database: Database, session_id: str, user_id: int, at: datetime = NOW) -> None:
    with database.write() as connection:
        accounts.add_session(
            connection,
            session_id=session_id,
            user_id=user_id,
            created_at=at,
            expires_at=at + timedelta(days=30),
        )


def test_added_account_is_read_back_as_it_was_answered(database: Database) -> None:
    account = add(database)
    assert account == Account(1, "uuid of thandi@example.org", "thandi@example.org", "Thandi", "learner", NOW)
    with database.read() as connection:
        by_key = accounts.credentials(connection, "thandi@example.org")
        assert by_key == accounts.credentials_by_id(connection, 1)
    assert by_key is not None
    assert by_key.account == account
    assert by_key.password_hash == SECRET_HASH
    assert SECRET_HASH not in repr(by_key)


def test_no_account_is_none(database: Database) -> None:
    with database.read() as connection:
        assert not accounts.any_account(connection)
        assert accounts.credentials(connection, "nobody@example.org") is None
        assert accounts.credentials_by_id(connection, 7) is None


def test_any_account_sees_the_first(database: Database) -> None:
    add(database)
    with database.read() as connection:
        assert accounts.any_account(connection)


@pytest.mark.parametrize(
    "again", ["THANDI@example.org", "thandi@EXAMPLE.ORG", " thandi@example.org ", "ｔｈａｎｄｉ@example.org"]
)
def test_one_email_one_account(database: Database, again: str) -> None:
    assert add(database) is not None
    assert add(database, again) is None
    with database.read() as connection:
        assert sqlite(connection).execute("SELECT count(*) FROM users").get == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("STRASSE@example.org", "straße@example.org"), ("É@example.org", "e\u0301@example.org")],
)
def test_email_key_joins_capitals_and_forms(one: str, other: str) -> None:
    assert accounts.email_key(one) == accounts.email_key(other)


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_email_key_ignores_ascii_capitals(email: str) -> None:
    assert accounts.email_key(email.upper()) == accounts.email_key(email.lower()) == accounts.email_key(email)


def test_set_password_changes_one_account(database: Database) -> None:
    add(database)
    add(database, "sipho@example.org")
    with database.write() as connection:
        accounts.set_password(connection, 1, "new")
    with database.read() as connection:
        first, second = (accounts.credentials_by_id(connection, user_id) for user_id in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.password_hash, second.password_hash) == ("new", SECRET_HASH)


def test_failures_are_counted_for_each_key(database: Database) -> None:
    with database.write() as connection:
        assert accounts.failures(connection, "a") is None
        for minute in range(3):
            accounts.count_failure(connection, "a", NOW + timedelta(minutes=minute))
        accounts.count_failure(connection, "b", NOW)
        assert accounts.failures(connection, "a") == Failures(3, NOW + timedelta(minutes=2))
        accounts.forget_failures(connection, "a")
        assert accounts.failures(connection, "a") is None
        assert accounts.failures(connection, "b") == Failures(1, NOW)


def test_time_of_a_failure_is_rounded_up(database: Database) -> None:
    with database.write() as connection:
        accounts.count_failure(connection, "a", NOW + timedelta(microseconds=1))
        assert accounts.failures(connection, "a") == Failures(1, NOW + timedelta(seconds=1))


def test_old_failures_are_forgotten_and_newer_kept(database: Database) -> None:
    with database.write() as connection:
        accounts.count_failure(connection, "old", NOW - timedelta(seconds=1))
        accounts.count_failure(connection, "new", NOW)
        accounts.forget_failures_before(connection, NOW)
        assert accounts.failures(connection, "old") is None
        assert accounts.failures(connection, "new") is not None


def test_session_is_its_owners_alone(database: Database) -> None:
    add(database)
    add(database, "sipho@example.org")
    start(database, "one", 1)
    with database.write() as connection:
        assert accounts.session(connection, "one", 1) == Session("one", NOW, NOW + timedelta(days=30), None)
        assert accounts.session(connection, "one", 2) is None
        assert not accounts.end_session(connection, "one", 2, NOW)
        assert accounts.end_session(connection, "one", 1, NOW)
        assert not accounts.end_session(connection, "one", 1, NOW + timedelta(days=1))
        ended = accounts.session(connection, "one", 1)
        assert ended is not None
        assert ended.revoked_at == NOW


def test_sessions_newest_first_and_own(database: Database) -> None:
    add(database)
    add(database, "sipho@example.org")
    start(database, "older", 1)
    start(database, "newer", 1, NOW + timedelta(hours=1))
    start(database, "other", 2)
    with database.read() as connection:
        assert [session.id for session in accounts.sessions(connection, 1)] == ["newer", "older"]


def test_end_sessions_counts_and_keeps(database: Database) -> None:
    add(database)
    add(database, "sipho@example.org")
    for name in ("a", "b", "c"):
        start(database, name, 1)
    start(database, "d", 2)
    with database.write() as connection:
        assert accounts.end_sessions(connection, 1, NOW, keep="b") == 2
        assert accounts.end_sessions(connection, 1, NOW, keep="b") == 0
        for kept in (accounts.session(connection, "b", 1), accounts.session(connection, "d", 2)):
            assert kept is not None
            assert kept.revoked_at is None
        assert accounts.end_sessions(connection, 1, NOW) == 1


def test_expired_sessions_are_forgotten(database: Database) -> None:
    add(database)
    start(database, "expired", 1, NOW - timedelta(days=30))
    start(database, "alive", 1, NOW - timedelta(days=30) + timedelta(seconds=1))
    with database.write() as connection:
        accounts.forget_expired_sessions(connection, 1, NOW)
        assert [session.id for session in accounts.sessions(connection, 1)] == ["alive"]


def test_session_needs_an_account(database: Database) -> None:
    with pytest.raises(ConstraintError):
        start(database, "one", 1)


def test_account_events_are_only_added(database: Database) -> None:
    with database.write() as connection:
        events.add_account_event(connection, id="e", kind="signed_in", user_id=1, at=AT, machine="m")
        events.add_account_event(connection, id="f", kind="signed_out", user_id=1, at=AT, machine="m")
        assert list(connection.execute("SELECT id, kind, user_id, at, payload, number FROM events")) == [
            ("e", "signed_in", 1, AT, "{}", 1),
            ("f", "signed_out", 1, AT, "{}", 2),
        ]
    with pytest.raises(ConstraintError), database.write() as connection:
        connection.execute("DELETE FROM events")
    with pytest.raises(ConstraintError), database.write() as connection:
        events.add_account_event(connection, id="g", kind="invented", user_id=1, at=AT, machine="m")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM users WHERE email_key = 'a'",
        "SELECT failures FROM sign_in_failures WHERE email_key = 'a'",
        "DELETE FROM sign_in_failures WHERE last_failed_at < 'a'",
        "SELECT id FROM sessions WHERE id = 'a' AND user_id = 1",
        "SELECT id FROM sessions WHERE user_id = 1 ORDER BY created_at DESC, id",
        "DELETE FROM sessions WHERE user_id = 1 AND expires_at <= 'a'",
    ],
)
def test_no_account_statement_scans_a_table(database: Database, statement: str) -> None:
    assert not [step for step in database.plan(statement) if step.startswith("SCAN")]
