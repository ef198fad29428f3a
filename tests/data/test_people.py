"""The statements on people and invitations, with another person's rows beside those that are asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from azora_tui.data import accounts, invitations, people, schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.transaction import ConstraintError
from azora_tui.models.account_records import Invitation
from azora_tui.models.accounts import Role

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "azora.db", schema.AUTH)
    yield opened
    opened.close()


def add(database: Database, name: str, role: Role = "learner") -> int:
    with database.write() as transaction:
        account = accounts.add_account(
            transaction,
            email=f"{name}@example.org",
            name=name,
            role=role,
            password_hash="hash",
            created_at=NOW,
            uuid=f"uuid of {name}",
        )
    assert account is not None
    return account.id


def test_people_of_a_file_from_before_are_found_by_their_folded_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = schema.migrations(schema.AUTH)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda kind: steps[:2])
        old = open_database(tmp_path / "azora.db", schema.AUTH)
        with old.write() as transaction:
            transaction.execute(
                """INSERT INTO users (email, password, name, created_at, email_key, uuid)
                VALUES ('Émile@Example.org', 'h', 'Émile Zola', '2026-11-22 12:00:00', 'x', 'u')"""
            )
        old.close()
    new = open_database(tmp_path / "azora.db", schema.AUTH)
    with new.read() as transaction:
        (person,) = people.page(transaction, words=["emile", "zola", "emile@example.org"], offset=0, limit=2)
    new.close()
    assert (person.account.name, person.account.is_disabled) == ("Émile Zola", False)
    assert (person.last_seen, person.invited_until) == (None, None)


def test_what_is_changed_is_changed_of_one(database: Database) -> None:
    one, other = add(database, "one"), add(database, "other")
    with database.write() as transaction:
        people.set_role(transaction, one, "admin")
        people.set_disabled(transaction, one, NOW)
        accounts.see(transaction, one, NOW)
        invitations.put(transaction, [(one, Invitation("hash", NOW, by_admin=True))])
    with database.read() as transaction:
        first, second = people.page(transaction, words=[], offset=0, limit=3)
        assert accounts.last_seen(transaction, other) is None
        assert invitations.invitation(transaction, other) is None
    assert (first.account.role, first.account.is_disabled, first.last_seen, first.invited_until) == (
        "admin", True, NOW, NOW,
    )  # fmt: skip
    assert (second.account.role, second.account.is_disabled, second.last_seen, second.invited_until) == (
        "learner", False, None, None,
    )  # fmt: skip


def test_an_invitation_is_replaced_and_forgotten_for_one(database: Database) -> None:
    one, other = add(database, "one"), add(database, "other")
    later = NOW + timedelta(days=1)
    with database.write() as transaction:
        invitations.put(transaction, [(each, Invitation(f"of {each}", NOW, by_admin=False)) for each in (one, other)])
        invitations.put(transaction, [(one, Invitation("new", later, by_admin=True))])
        assert invitations.invitation(transaction, one) == Invitation("new", later, by_admin=True)
        assert invitations.invitation(transaction, other) == Invitation(f"of {other}", NOW, by_admin=False)
        assert invitations.forget(transaction, one)
        assert not invitations.forget(transaction, one)
        assert invitations.invitation(transaction, other) is not None


@pytest.mark.parametrize("missing", ["nobody", "themselves", "instructor", "disabled", "invited"])
def test_another_admin_is_one_who_can_act(database: Database, missing: str) -> None:
    one = add(database, "one", "admin")
    if missing == "themselves":
        other = one
    elif missing != "nobody":
        other = add(database, "other", "instructor" if missing == "instructor" else "admin")
    with database.write() as transaction:
        if missing == "disabled":
            people.set_disabled(transaction, other, NOW)
        elif missing == "invited":
            invitations.put(transaction, [(other, Invitation("hash", NOW, by_admin=True))])
        assert not people.has_other_admin(transaction, one)
    add(database, "third", "admin")
    with database.read() as transaction:
        assert people.has_other_admin(transaction, one)


def test_why_a_session_was_ended_is_one_of_two_reasons(database: Database) -> None:
    one, other = add(database, "one"), add(database, "other")
    with database.write() as transaction:
        for user_id in (one, other):
            accounts.add_session(
                transaction,
                session_id=f"of {user_id}",
                user_id=user_id,
                created_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )
        accounts.end_sessions(transaction, one, NOW, why="role_changed")
        assert [each.ended_for for each in accounts.sessions(transaction, one)] == ["role_changed"]
        assert [each.ended_for for each in accounts.sessions(transaction, other)] == [None]
    with pytest.raises(ConstraintError), database.write() as transaction:
        accounts.end_sessions(transaction, other, NOW, why="whim")  # type: ignore[arg-type]


def test_pages_read_no_more_than_the_index_before_they_begin(database: Database) -> None:
    plan = database.plan("SELECT id FROM users ORDER BY search_text, id LIMIT 10 OFFSET 90000")
    assert plan == ["SCAN users USING COVERING INDEX users_by_search_text"]
