"""Accounts of the original Auth Service in ours."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.auth import adopting, passwords, service
from azora_tui.auth.context import Auth
from azora_tui.data.legacy import OriginalAccount
from azora_tui.errors import FieldError, RefusedError, SessionError
from tests.engine import sqlite
from tests.originals import BCRYPT


def original(number: int, **fields: Any) -> OriginalAccount:
    values = {
        "id": number,
        "email": f"l{number}@azora.world",
        "name": f"L {number}",
        "created_at": "2025-11-01 00:00:00",
        "password": f"secret-{number}",
    }
    return OriginalAccount(**{**values, **fields})


def ids(auth: Auth, sql: str = "SELECT id, email FROM users ORDER BY id") -> list[Any]:
    with auth.database.read() as connection:
        return sqlite(connection).execute(sql).fetchall()


def test_ids_are_kept_where_they_are_free(auth: Auth) -> None:
    service.register(auth, name="Ours", email="ours@example.org", password="a long passphrase")
    adopted = adopting.adopt_accounts(auth, [original(1), original(5), original(2**40)])
    assert adopted.ids == {1: 2, 5: 5, 2**40: 6}
    assert (adopted.people, adopted.known, adopted.admin) == (3, 0, None)
    assert [email for _, email in ids(auth)] == [
        "ours@example.org",
        "l1@azora.world",
        "l5@azora.world",
        f"l{2**40}@azora.world",
    ]


def test_the_first_account_of_a_school_is_its_admin_and_their_times_are_kept(auth: Auth) -> None:
    adopted = adopting.adopt_accounts(auth, [original(3), original(4, created_at=None)])
    assert adopted.admin
    assert adopted.admin.id == 3
    assert ids(auth, "SELECT role, created_at FROM users") == [
        ("admin", "2025-11-01 00:00:00"),
        ("learner", "2026-11-22 12:00:00"),
    ]
    assert ids(auth, "SELECT kind, user_id, at FROM events") == [
        ("registered", 3, "2025-11-01 00:00:00.000000"),
        ("registered", 4, "2026-11-22 12:00:00.000000"),
    ]
    assert adopting.adopt_accounts(auth, [original(3), original(4)]).admin is None


def test_one_email_in_several_spellings_is_one_person_who_keeps_the_first_password(auth: Auth) -> None:
    adopted = adopting.adopt_accounts(auth, [original(1), original(2, email=" Ｌ1@Azora.World"), original(3)])
    assert adopted.ids == {1: 1, 2: 1, 3: 3}
    assert adopted.people == 2
    service.sign_in(auth, email="l1@azora.world", password="secret-1")
    with pytest.raises(FieldError):
        service.sign_in(auth, email="l1@azora.world", password="secret-2")


def test_an_account_that_is_here_keeps_its_name_its_role_and_its_password(auth: Auth) -> None:
    service.register(auth, name="Ours", email="l1@azora.world", password="a long passphrase")
    adopted = adopting.adopt_accounts(auth, [original(9, email="L1@AZORA.WORLD")])
    assert adopted.ids == {9: 1}
    assert adopted.known == 1
    assert ids(auth, "SELECT email, name, role FROM users") == [("l1@azora.world", "Ours", "admin")]
    service.sign_in(auth, email="l1@azora.world", password="a long passphrase")


@pytest.mark.parametrize(
    "password",
    ["ubuntu123", "$2a$10$is not a hash", "$argon2id$neither", "ǅ in another form", "x" * 1024, "  blanks  "],
)
def test_what_was_typed_signs_in_and_is_kept_as_a_hash(auth: Auth, password: str) -> None:
    adopting.adopt_accounts(auth, [original(1, password=password)])
    ((stored,),) = ids(auth, "SELECT password FROM users")
    assert stored.startswith("$argon2id$v=19$")
    service.sign_in(auth, email="l1@azora.world", password=password)


def test_a_bcrypt_hash_signs_in_and_is_renewed_then(auth: Auth) -> None:
    adopting.adopt_accounts(auth, [original(1, password=BCRYPT)])
    assert ids(auth, "SELECT password FROM users") == [(BCRYPT,)]
    service.sign_in(auth, email="l1@azora.world", password="older-2025")
    ((renewed,),) = ids(auth, "SELECT password FROM users")
    assert renewed.startswith("$argon2id$")
    assert passwords.verify("older-2025", renewed)


def test_nobody_signs_in_with_a_password_that_was_empty(auth: Auth) -> None:
    adopting.adopt_accounts(auth, [original(1, password="")])
    with pytest.raises(FieldError):
        service.sign_in(auth, email="l1@azora.world", password="")


def test_an_account_without_an_email_or_a_name_gets_one(auth: Auth) -> None:
    adopting.adopt_accounts(
        auth, [original(1, email="", name=""), original(2, email="x" * 300), original(3, name="n" * 400)]
    )
    assert ids(auth, "SELECT email, length(name) FROM users") == [
        ("account-1@original.invalid", 9),
        ("account-2@original.invalid", 3),
        ("l3@azora.world", 300),
    ]


def test_who_is_interrupted_among_many_goes_on_there(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [original(number) for number in range(1, 6)]
    monkeypatch.setattr(adopting, "_AT_ONCE", 2)
    hashed: list[str] = []
    hash_password: Callable[[str], str] = passwords.hash_password

    def interrupted(password: str) -> str:
        if password == "secret-4" and password not in hashed:
            hashed.append(password)
            raise KeyboardInterrupt
        hashed.append(password)
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", interrupted)
    heard: list[tuple[int, int]] = []
    with pytest.raises(KeyboardInterrupt):
        adopting.adopt_accounts(auth, many, told=lambda done, every: heard.append((done, every)))
    assert heard == [(0, 5), (2, 5)]
    assert ids(auth) == [(1, "l1@azora.world"), (2, "l2@azora.world")]
    assert adopting.adopt_accounts(auth, many).people == 5
    assert hashed.count("secret-1") == 1
    assert [number for number, _ in ids(auth)] == [1, 2, 3, 4, 5]


def test_a_school_with_people_in_it_takes_others_from_its_admin(auth: Auth) -> None:
    _, first = service.register(auth, name="Ours", email="ours@example.org", password="a long passphrase")
    _, second = service.register(auth, name="Other", email="other@example.org", password="a long passphrase")
    admin, learner = service.authenticate(auth, first), service.authenticate(auth, second)
    for originals in ([original(5)], []):
        with pytest.raises(RefusedError, match="only an admin who is signed in"):
            adopting.adopt_accounts(auth, originals, claims=learner)
    service.sign_out(auth, learner)
    with pytest.raises(SessionError, match="has ended"):
        adopting.adopt_accounts(auth, [original(5)], claims=learner)
    assert len(ids(auth)) == 2
    assert adopting.adopt_accounts(auth, [original(5)], claims=admin).ids == {5: 5}


def test_who_registers_while_passwords_are_hashed_is_not_overlooked(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = adopting._hashes

    def meanwhile(*args: Any) -> dict[str, str]:
        service.register(auth, name="Ours", email="ours@example.org", password="a long passphrase")
        monkeypatch.setattr("os.getuid", lambda: 4_000_000)
        return hashes(*args)

    monkeypatch.setattr(adopting, "_hashes", meanwhile)
    with pytest.raises(RefusedError, match="only an admin who is signed in"):
        adopting.adopt_accounts(auth, [original(5)])
    assert [email for _, email in ids(auth)] == ["ours@example.org"]


def test_whether_there_are_accounts_is_told_without_making_a_file(auth: Auth) -> None:
    assert not service.has_accounts(auth)
    assert not auth.database.path.exists()
    service.register(auth, name="Ours", email="ours@example.org", password="a long passphrase")
    assert service.has_accounts(auth)
