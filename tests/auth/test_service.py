"""Registering, signing in and out, passwords changed and reset."""

import os
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import bcrypt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from azora_tui.auth import passwords, service, session_file, tokens
from azora_tui.auth.context import Auth
from azora_tui.data import accounts
from azora_tui.errors import FieldError, NotFoundError, RefusedError, SessionError, StorageError
from azora_tui.models.account_records import Account
from azora_tui.models.accounts import Claims

if TYPE_CHECKING:
    from tests.auth.conftest import Clock

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EMAIL = "thandi@example.org"
PASSWORD = "ngiyakwazi ngoba"
NEW = "sikwazi sonke manje"


def register(auth: Auth, email: str = EMAIL, password: str = PASSWORD) -> Claims:
    _, token = service.register(auth, name="Thandi", email=email, password=password)
    return service.authenticate(auth, token)


def sign_in(auth: Auth, email: str = EMAIL, password: str = PASSWORD) -> Claims:
    return service.authenticate(auth, service.sign_in(auth, email=email, password=password))


def add_older(auth: Auth, stored: str, email: str = EMAIL) -> Account:
    """An account as an adopted database brings it."""
    with auth.database.write() as connection:
        account = accounts.add_account(
            connection, email=email, name="Thandi", role="learner", password_hash=stored, created_at=NOW, uuid="uuid"
        )
    assert account is not None
    return account


def stored_hash(auth: Auth, email: str = EMAIL) -> str:
    with auth.database.read() as connection:
        found = accounts.credentials(connection, email)
    assert found is not None
    return found.password_hash


def events(auth: Auth) -> list[str]:
    with auth.database.read() as connection:
        return [kind for (kind,) in connection.execute("SELECT kind FROM events ORDER BY rowid")]


def ended(auth: Auth, claims: Claims) -> bool:
    try:
        service.check_session(auth, claims)
    except SessionError as error:
        return "has ended" in str(error)
    return False


def test_register_answers_with_the_account_and_a_token_that_works(auth: Auth) -> None:
    account, token = service.register(auth, name=" Thandi  Mkhize ", email=EMAIL, password=PASSWORD)
    assert account == Account(1, account.uuid, EMAIL, "Thandi Mkhize", "admin", NOW)
    claims = service.authenticate(auth, token)
    assert (claims.user_id, claims.email, claims.name, claims.role) == (1, EMAIL, "Thandi Mkhize", "admin")
    assert (claims.issued_at, claims.expires_at) == (NOW, NOW + timedelta(days=30))
    assert events(auth) == ["registered"]


def test_password_is_kept_as_a_hash(auth: Auth) -> None:
    register(auth)
    assert stored_hash(auth).startswith("$argon2id$")
    for file in auth.paths.home.iterdir():
        assert PASSWORD.encode() not in file.read_bytes()


def test_first_account_is_admin_and_the_next_are_learners(auth: Auth) -> None:
    roles = [register(auth, f"{name}@example.org").role for name in ("a", "b", "c")]
    assert roles == ["admin", "learner", "learner"]


@pytest.mark.parametrize("again", ["THANDI@EXAMPLE.ORG", " thandi@example.org", "ｔｈａｎｄｉ@example.org"])
def test_email_in_other_capitals_is_taken(auth: Auth, again: str) -> None:
    register(auth)
    with pytest.raises(FieldError, match="already has an account") as refused:
        register(auth, again)
    assert refused.value.field == "email"
    assert events(auth) == ["registered"]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": "\x1b"}),
        ("email", {"email": "thandi"}),
        ("password", {"password": "short"}),
        ("password", {"password": "password1"}),
        ("password", {"password": EMAIL.upper()}),
        ("password", {"password": "Thandi The First"}),
        ("password", {"password": "x" * 1_000_000}),
    ],
)
def test_register_says_what_is_wrong_and_keeps_nothing(auth: Auth, field: str, changed: dict[str, str]) -> None:
    form = {"name": "Thandi the First", "email": EMAIL, "password": PASSWORD} | changed
    with pytest.raises(FieldError) as refused:
        service.register(auth, **form)
    assert refused.value.field == field
    assert list(auth.paths.home.iterdir()) == []


@pytest.mark.parametrize("email", [EMAIL, "THANDI@Example.ORG", f"  {EMAIL} "])
def test_sign_in_in_whatever_capitals(auth: Auth, email: str) -> None:
    register(auth)
    claims = sign_in(auth, email)
    assert (claims.user_id, claims.email) == (1, EMAIL)
    assert events(auth) == ["registered", "signed_in"]


def test_sign_in_with_the_password_composed_differently(auth: Auth) -> None:
    word = "Éléphant ﬁn"
    register(auth, password=unicodedata.normalize("NFC", word))
    assert sign_in(auth, password=unicodedata.normalize("NFD", word)).user_id == 1


def test_wrong_password_and_unknown_account_read_the_same(auth: Auth) -> None:
    register(auth)
    told = []
    for email, password in ((EMAIL, "wrong one"), ("nobody@example.org", PASSWORD)):
        with pytest.raises(FieldError) as refused:
            sign_in(auth, email, password)
        told.append((refused.value.field, str(refused.value)))
    assert told[0] == told[1]
    assert told[0][0] == "password"


def test_million_characters_at_sign_in_are_refused_at_once(auth: Auth, hash_checks: list[str]) -> None:
    register(auth)
    with pytest.raises(FieldError, match="at most 1,024"):
        sign_in(auth, password="x" * 1_000_000)
    assert hash_checks == []


@pytest.mark.parametrize("email", ["x" * 1_000_000, "half \ud800 pair"])
def test_impossible_email_at_sign_in_is_a_field_error(auth: Auth, email: str) -> None:
    with pytest.raises(FieldError) as refused:
        service.sign_in(auth, email=email, password=PASSWORD)
    assert refused.value.field == "email"


def test_bcrypt_hash_is_renewed_from_the_whole_password(auth: Auth) -> None:
    whole = "x" * 72 + " and the rest"
    older = bcrypt.hashpw(whole.encode()[:72], bcrypt.gensalt(4, prefix=b"2a")).decode()
    add_older(auth, older)
    sign_in(auth, password=whole)
    assert stored_hash(auth).startswith("$argon2id$")
    sign_in(auth, password=whole)
    with pytest.raises(FieldError):
        sign_in(auth, password="x" * 72)


def test_bcrypt_hash_stays_after_a_wrong_password(auth: Auth) -> None:
    older = bcrypt.hashpw(b"older-2025", bcrypt.gensalt(4, prefix=b"2a")).decode()
    add_older(auth, older)
    with pytest.raises(FieldError):
        sign_in(auth, password="wrong one")
    assert stored_hash(auth) == older


def test_older_password_under_our_rules_still_signs_in(auth: Auth) -> None:
    add_older(auth, bcrypt.hashpw(b"short", bcrypt.gensalt(4)).decode())
    sign_in(auth, password="short")
    assert sign_in(auth, password="short").user_id == 1


def test_older_argon2_parameters_are_renewed(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    register(auth)
    monkeypatch.setattr(passwords, "MEMORY_KIB", 16)
    passwords._context.cache_clear()
    sign_in(auth)
    renewed = stored_hash(auth)
    assert "m=16," in renewed
    sign_in(auth)
    assert stored_hash(auth) == renewed


def test_plain_text_in_the_database_is_no_password(auth: Auth) -> None:
    add_older(auth, "ubuntu123")
    with pytest.raises(FieldError):
        sign_in(auth, password="ubuntu123")


def test_two_sign_ins_that_renew_one_hash_both_succeed(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    add_older(auth, bcrypt.hashpw(b"older-2025", bcrypt.gensalt(4)).decode())
    verify = passwords.verify
    inner: list[str] = []

    def other_first(password: str, stored: str | None) -> bool:
        right = verify(password, stored)
        if not inner:
            inner.append("begun")
            inner.append(sign_in(auth, password="older-2025").session_id)
        return right

    monkeypatch.setattr(passwords, "verify", other_first)
    outer = sign_in(auth, password="older-2025")
    assert outer.session_id != inner[1]
    assert not ended(auth, outer)


def test_password_changed_while_the_older_one_is_checked(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    register(auth)
    verify = passwords.verify
    changed: list[bool] = []

    def changed_meanwhile(password: str, stored: str | None) -> bool:
        right = verify(password, stored)
        if not changed:
            changed.append(True)
            service.reset_password(auth, None, email=EMAIL, new=NEW)
        return right

    monkeypatch.setattr(passwords, "verify", changed_meanwhile)
    with pytest.raises(FieldError, match="do not go together"):
        sign_in(auth)
    assert sign_in(auth, password=NEW).user_id == 1


def test_session_ends_after_thirty_days(auth: Auth, clock: "Clock") -> None:
    claims = register(auth)
    clock.forward(days=30, seconds=-1)
    assert not ended(auth, claims)
    clock.forward(seconds=1)
    assert ended(auth, claims)


def test_token_with_a_fraction_of_a_second_still_works(auth: Auth, clock: "Clock") -> None:
    clock.forward(seconds=0.75)
    assert register(auth).issued_at == NOW


def test_sign_out_ends_the_session_at_once(auth: Auth) -> None:
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=PASSWORD)
    claims, other = service.authenticate(auth, token), sign_in(auth)
    service.sign_out(auth, claims)
    assert ended(auth, claims)
    with pytest.raises(SessionError):
        service.authenticate(auth, token)
    assert not ended(auth, other)
    service.sign_out(auth, claims)
    assert events(auth) == ["registered", "signed_in", "signed_out"]


def test_who_is_signed_in_here_is_known_again_without_what_checks_signatures(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.resume(auth) is None
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=PASSWORD)
    claims = service.authenticate(auth, token)
    session_file.keep(auth.paths, token)
    for heavy in ("jwt", "cryptography"):
        monkeypatch.setitem(sys.modules, heavy, None)
    assert service.resume(auth) == claims


def test_a_kept_token_that_bears_no_seal_of_ours_is_checked_by_its_signature(auth: Auth) -> None:
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=PASSWORD)
    auth.paths.session.write_text(token)
    assert service.resume(auth) == service.authenticate(auth, token)
    forged = tokens.sign(ec.generate_private_key(ec.SECP256R1()), service.authenticate(auth, token))
    session_file.keep(auth.paths, token)
    auth.paths.session.write_text(auth.paths.session.read_text().replace(token, forged))
    with pytest.raises(SessionError, match="could not be confirmed"):
        service.resume(auth)


def test_a_kept_token_ends_with_its_session_with_its_time_and_with_the_key(auth: Auth, clock: "Clock") -> None:
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=PASSWORD)
    session_file.keep(auth.paths, token)
    auth.paths.token_key.rename(auth.paths.home / "old-key")
    with pytest.raises(SessionError, match="could not be confirmed"):
        service.resume(auth)
    (auth.paths.home / "old-key").rename(auth.paths.token_key)
    clock.forward(days=31)
    with pytest.raises(SessionError, match="too long ago"):
        service.resume(auth)
    clock.forward(days=-31)
    claims = service.resume(auth)
    assert claims is not None
    service.sign_out(auth, claims)
    with pytest.raises(SessionError, match="has ended"):
        service.resume(auth)


def test_rubbish_that_was_kept_is_no_sign_in(auth: Auth) -> None:
    register(auth)
    session_file.keep(auth.paths, "a.b.c")
    with pytest.raises(SessionError, match="could not be confirmed"):
        service.resume(auth)


def test_token_of_a_session_that_never_was_is_refused(auth: Auth) -> None:
    claims = register(auth)
    for forged in (replace(claims, session_id="id-99"), replace(claims, user_id=2)):
        with pytest.raises(SessionError):
            service.authenticate(auth, tokens.sign(tokens.private_key(auth), forged))


def test_session_of_another_person_is_refused(auth: Auth) -> None:
    mine, theirs = register(auth), register(auth, "sipho@example.org")
    assert ended(auth, replace(mine, session_id=theirs.session_id))


def test_removed_account_has_no_session(auth: Auth) -> None:
    claims = register(auth)
    with auth.database.write() as connection:
        connection.execute("DELETE FROM users")
    assert ended(auth, claims)


def test_change_password_ends_the_others_and_gives_a_new_session(auth: Auth) -> None:
    here, there = register(auth), sign_in(auth)
    fresh = service.authenticate(auth, service.change_password(auth, here, current=PASSWORD, new=NEW))
    assert ended(auth, here)
    assert ended(auth, there)
    assert not ended(auth, fresh)
    assert sign_in(auth, password=NEW).user_id == 1
    with pytest.raises(FieldError):
        sign_in(auth)
    assert "password_changed" in events(auth)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("current", {"current": "wrong one"}),
        ("current", {"current": "x" * 1_000_000}),
        ("new", {"new": "short"}),
        ("new", {"new": "Thandi"}),
        ("new", {"new": EMAIL}),
    ],
)
def test_change_password_says_what_is_wrong(auth: Auth, field: str, changed: dict[str, str]) -> None:
    claims = register(auth)
    before = stored_hash(auth)
    with pytest.raises(FieldError) as refused:
        service.change_password(auth, claims, **({"current": PASSWORD, "new": NEW} | changed))
    assert refused.value.field == field
    assert stored_hash(auth) == before
    assert not ended(auth, claims)


def test_change_password_forgets_the_wrong_guesses(auth: Auth) -> None:
    claims = register(auth)
    for _ in range(4):
        with pytest.raises(FieldError):
            sign_in(auth, password="wrong one")
    service.change_password(auth, claims, current=PASSWORD, new=NEW)
    with pytest.raises(FieldError, match="do not go together"):
        sign_in(auth, password="wrong one")
    assert sign_in(auth, password=NEW).user_id == 1


def test_password_of_another_account_is_not_the_current_one(auth: Auth) -> None:
    mine = register(auth)
    register(auth, "sipho@example.org", "the password of sipho")
    before = stored_hash(auth, "sipho@example.org")
    mistaken = replace(mine, email="sipho@example.org")
    with pytest.raises(FieldError, match="not your current"):
        service.change_password(auth, mistaken, current="the password of sipho", new=NEW)
    assert stored_hash(auth, "sipho@example.org") == before


def test_password_changed_from_two_sessions_at_once(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = register(auth), sign_in(auth)
    hash_password = passwords.hash_password
    won: list[str] = []

    def overtaken(password: str) -> str:
        if not won:
            won.append("there")
            service.change_password(auth, there, current=PASSWORD, new=NEW)
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", overtaken)
    with pytest.raises(SessionError):
        service.change_password(auth, here, current=PASSWORD, new="the later password")
    assert sign_in(auth, password=NEW).user_id == 1


def test_each_call_needs_a_living_session(auth: Auth) -> None:
    claims = register(auth)
    service.sign_out(auth, claims)
    calls = [
        lambda: service.check_session(auth, claims),
        lambda: service.change_password(auth, claims, current=PASSWORD, new=NEW),
        lambda: service.sessions(auth, claims),
        lambda: service.revoke_sessions(auth, claims, None),
        lambda: service.revoke_sessions(auth, claims, claims.session_id),
        lambda: service.reset_password(auth, claims, email=EMAIL, new=NEW),
    ]
    for call in calls:
        with pytest.raises(SessionError):
            call()
    assert events(auth) == ["registered", "signed_out"]


def test_session_ended_while_the_password_is_checked(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = register(auth)
    verify = passwords.verify

    def signed_out_meanwhile(password: str, stored: str | None) -> bool:
        service.sign_out(auth, claims)
        return verify(password, stored)

    monkeypatch.setattr(passwords, "verify", signed_out_meanwhile)
    before = stored_hash(auth)
    with pytest.raises(SessionError):
        service.change_password(auth, claims, current=PASSWORD, new=NEW)
    assert stored_hash(auth) == before


def test_sessions_lists_the_own_ones_newest_first(auth: Auth, clock: "Clock") -> None:
    first = register(auth)
    register(auth, "sipho@example.org")
    clock.forward(hours=1)
    second = sign_in(auth)
    service.sign_out(auth, first)
    listed = service.sessions(auth, second)
    assert [session.id for session in listed] == [second.session_id, first.session_id]
    assert [session.revoked_at for session in listed] == [None, NOW + timedelta(hours=1)]


def test_expired_sessions_are_dropped_at_the_next_sign_in(auth: Auth, clock: "Clock") -> None:
    register(auth)
    clock.forward(days=31)
    claims = sign_in(auth)
    assert [session.id for session in service.sessions(auth, claims)] == [claims.session_id]


def test_revoke_one_session(auth: Auth) -> None:
    here, there = register(auth), sign_in(auth)
    assert service.revoke_sessions(auth, here, there.session_id) == 1
    assert service.revoke_sessions(auth, here, there.session_id) == 0
    assert ended(auth, there)
    assert not ended(auth, here)
    assert events(auth).count("session_revoked") == 1


def test_revoke_all_other_sessions(auth: Auth) -> None:
    here, there, third = register(auth), sign_in(auth), sign_in(auth)
    other = register(auth, "sipho@example.org")
    assert service.revoke_sessions(auth, here, None) == 2
    assert [ended(auth, claims) for claims in (here, there, third, other)] == [False, True, True, False]
    assert events(auth).count("session_revoked") == 2


@pytest.mark.parametrize("session_id", ["", "id-99", "half \ud800 pair", "theirs"])
def test_only_own_sessions_can_be_revoked(auth: Auth, session_id: str) -> None:
    mine, theirs = register(auth), register(auth, "sipho@example.org")
    with pytest.raises(NotFoundError):
        service.revoke_sessions(auth, mine, theirs.session_id if session_id == "theirs" else session_id)
    assert not ended(auth, theirs)


def test_admin_resets_a_password(auth: Auth) -> None:
    admin, sipho = register(auth), register(auth, "sipho@example.org")
    service.reset_password(auth, admin, email="SIPHO@example.org", new=NEW)
    assert ended(auth, sipho)
    assert not ended(auth, admin)
    assert sign_in(auth, "sipho@example.org", NEW).user_id == 2
    assert events(auth)[-2:] == ["password_reset", "signed_in"]


def test_learner_cannot_reset_a_password(auth: Auth) -> None:
    admin, sipho = register(auth), register(auth, "sipho@example.org")
    before = stored_hash(auth)
    for claims in (sipho, replace(sipho, role="admin")):
        with pytest.raises(RefusedError, match="Only an admin"):
            service.reset_password(auth, claims, email=EMAIL, new=NEW)
    assert stored_hash(auth) == before
    assert not ended(auth, admin)


def test_former_admin_cannot_reset_a_password(auth: Auth) -> None:
    admin = register(auth)
    with auth.database.write() as connection:
        connection.execute("UPDATE users SET role = 'learner'")
    with pytest.raises(RefusedError):
        service.reset_password(auth, admin, email=EMAIL, new=NEW)


def test_admin_no_more_while_the_new_password_is_hashed(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = register(auth)
    before = stored_hash(auth)

    def demoted_meanwhile(password: str) -> str:
        with auth.database.write() as connection:
            connection.execute("UPDATE users SET role = 'learner'")
        return "never kept"

    monkeypatch.setattr(passwords, "hash_password", demoted_meanwhile)
    with pytest.raises(RefusedError):
        service.reset_password(auth, admin, email=EMAIL, new=NEW)
    assert stored_hash(auth) == before


def test_owner_of_the_file_resets_without_signing_in(auth: Auth) -> None:
    claims = register(auth)
    for _ in range(6):
        with pytest.raises(FieldError):
            sign_in(auth, password="wrong one")
    service.reset_password(auth, None, email=EMAIL, new=NEW)
    assert ended(auth, claims)
    assert sign_in(auth, password=NEW).user_id == 1


def test_another_user_of_the_computer_cannot_reset(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    register(auth)
    before = stored_hash(auth)
    real = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: real + 1)
    with pytest.raises(RefusedError, match="the owner of"):
        service.reset_password(auth, None, email=EMAIL, new=NEW)
    assert stored_hash(auth) == before


def test_reset_before_there_are_accounts_makes_no_file(auth: Auth) -> None:
    with pytest.raises(NotFoundError):
        service.reset_password(auth, None, email=EMAIL, new=NEW)
    assert list(auth.paths.home.iterdir()) == []


def test_reset_of_an_unknown_account_or_with_a_bad_password(auth: Auth) -> None:
    register(auth)
    with pytest.raises(NotFoundError):
        service.reset_password(auth, None, email="nobody@example.org", new=NEW)
    with pytest.raises(FieldError) as refused:
        service.reset_password(auth, None, email=EMAIL, new="Thandi")
    assert refused.value.field == "new"


def test_damaged_key_keeps_registering_from_half_happening(auth: Auth) -> None:
    auth.paths.token_key.write_bytes(b"rubbish")
    with pytest.raises(StorageError, match="is damaged"):
        register(auth)
    assert not auth.paths.auth_database.exists()
