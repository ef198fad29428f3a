"""Every statement and check of the Auth Service, with another person's rows beside those that are asked for."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from azora_tui.auth import fields, guesses, passwords, service, session_file, tokens
from azora_tui.auth.context import Auth
from azora_tui.auth.transactions import SESSION_LENGTH
from azora_tui.data import accounts
from azora_tui.errors import FieldError, RefusedError, SessionError
from azora_tui.models.accounts import Claims

if TYPE_CHECKING:
    from tests.auth.conftest import Clock

PASSWORDS = {"thandi": "ngiyakwazi ngoba", "zola": "sikwazi sonke manje"}


def email(name: str) -> str:
    return f"{name}@example.org"


def register(auth: Auth, name: str) -> Claims:
    _, token = service.register(auth, name=name.title(), email=email(name), password=PASSWORDS[name])
    return service.authenticate(auth, token)


def sign_in(auth: Auth, name: str, password: str = "") -> Claims:
    token = service.sign_in(auth, email=email(name), password=password or PASSWORDS[name])
    return service.authenticate(auth, token)


@pytest.fixture
def thandi(auth: Auth) -> Claims:
    """The first account, so an admin."""
    return register(auth, "thandi")


@pytest.fixture
def zola(auth: Auth, thandi: Claims) -> Claims:
    return register(auth, "zola")


def is_alive(auth: Auth, claims: Claims) -> bool:
    try:
        service.check_session(auth, claims)
    except SessionError:
        return False
    return True


def test_signing_in_drops_one_s_own_expired_sessions_and_nobody_else_s(
    auth: Auth, clock: "Clock", thandi: Claims, zola: Claims
) -> None:
    clock.forward(days=29)
    later = {name: sign_in(auth, name) for name in PASSWORDS}
    clock.forward(days=1)
    sign_in(auth, "thandi")
    assert zola.session_id in {each.id for each in service.sessions(auth, later["zola"])}
    assert thandi.session_id not in {each.id for each in service.sessions(auth, later["thandi"])}
    assert later["thandi"].session_id in {each.id for each in service.sessions(auth, later["thandi"])}


@pytest.mark.parametrize("seconds", [-1, 0])
def test_a_session_is_dropped_from_its_last_moment_on(auth: Auth, clock: "Clock", thandi: Claims, seconds: int) -> None:
    clock.moment = thandi.expires_at + timedelta(seconds=seconds)
    listed = {each.id for each in service.sessions(auth, sign_in(auth, "thandi"))}
    assert (thandi.session_id in listed) == (seconds < 0)


@pytest.mark.parametrize("whose", ["token", "database"])
def test_a_session_ends_with_the_earlier_of_its_two_ends(
    auth: Auth, clock: "Clock", thandi: Claims, whose: str
) -> None:
    """What a token says and what is kept differ only where one of them was changed."""
    day = timedelta(days=1)
    if whose == "token":
        claims = replace(thandi, expires_at=clock.moment + day)
    else:
        claims = replace(thandi, expires_at=thandi.expires_at + 100 * day)
    ends = min(claims.expires_at, thandi.expires_at)
    clock.moment = ends - timedelta(seconds=1)
    assert is_alive(auth, claims)
    clock.moment = ends
    assert not is_alive(auth, claims)


def test_ending_sessions_ends_those_of_one_person(auth: Auth, thandi: Claims, zola: Claims) -> None:
    others = [sign_in(auth, "thandi"), sign_in(auth, "zola")]
    assert service.revoke_sessions(auth, thandi, None) == 1
    assert [is_alive(auth, each) for each in (thandi, zola, *others)] == [True, True, False, True]
    assert service.revoke_sessions(auth, thandi, None) == 0, "what was ended is not ended again"
    service.sign_out(auth, thandi)
    assert [is_alive(auth, each) for each in (thandi, zola)] == [False, True]
    ended = {each.id: each.revoked_at for each in service.sessions(auth, zola)}
    assert set(ended.values()) == {None}


def test_one_session_is_ended_once_and_keeps_its_time(auth: Auth, clock: "Clock", thandi: Claims) -> None:
    other = sign_in(auth, "thandi")
    assert service.revoke_sessions(auth, thandi, other.session_id) == 1
    first = {each.id: each.revoked_at for each in service.sessions(auth, thandi)}
    assert first[other.session_id] == clock.moment
    clock.forward(hours=1)
    assert service.revoke_sessions(auth, thandi, other.session_id) == 0
    assert {each.id: each.revoked_at for each in service.sessions(auth, thandi)} == first
    service.sign_out(auth, other)
    assert {each.id: each.revoked_at for each in service.sessions(auth, thandi)} == first


def test_sessions_of_one_moment_and_of_several_are_listed_newest_first(
    auth: Auth, clock: "Clock", thandi: Claims
) -> None:
    ids = [thandi.session_id]
    for _ in range(3):
        clock.forward(minutes=1)
        ids.append(sign_in(auth, "thandi").session_id)
    assert [each.id for each in service.sessions(auth, thandi)] == ids[::-1]


def test_a_changed_password_is_one_person_s(auth: Auth, thandi: Claims, zola: Claims) -> None:
    service.change_password(auth, thandi, current=PASSWORDS["thandi"], new="quite another one")
    assert is_alive(auth, zola)
    assert sign_in(auth, "zola").user_id == zola.user_id
    assert sign_in(auth, "thandi", "quite another one").user_id == thandi.user_id
    with pytest.raises(FieldError):
        sign_in(auth, "thandi")


def test_a_reset_password_is_one_person_s(auth: Auth, thandi: Claims, zola: Claims) -> None:
    service.reset_password(auth, thandi, email=email("zola"), new="quite another one")
    assert (is_alive(auth, thandi), is_alive(auth, zola)) == (True, False)
    assert sign_in(auth, "thandi").user_id == thandi.user_id
    assert sign_in(auth, "zola", "quite another one").user_id == zola.user_id
    with pytest.raises(RefusedError):
        service.reset_password(
            auth, sign_in(auth, "zola", "quite another one"), email=email("thandi"), new="one more of them"
        )


def test_wrong_passwords_are_forgotten_for_who_signs_in_and_after_a_day(
    auth: Auth, clock: "Clock", thandi: Claims, zola: Claims
) -> None:
    def count(name: str) -> int:
        with auth.database.read() as transaction:
            found = accounts.failures(transaction, accounts.email_key(email(name)))
        return found.count if found else 0

    for _ in range(2):
        for name in PASSWORDS:
            with pytest.raises(FieldError):
                sign_in(auth, name, "not this one at all")
    assert (count("thandi"), count("zola")) == (2, 2)
    sign_in(auth, "thandi")
    assert (count("thandi"), count("zola")) == (0, 2)
    clock.moment += guesses.REMEMBERED
    sign_in(auth, "thandi")
    assert count("zola") == 2
    clock.forward(seconds=1)
    sign_in(auth, "thandi")
    assert count("zola") == 0


def test_five_wrong_passwords_are_free_and_the_next_waits(auth: Auth, clock: "Clock", thandi: Claims) -> None:
    for _ in range(guesses.FREE_TRIES):
        with pytest.raises(FieldError) as refused:
            sign_in(auth, "thandi", "not this one at all")
        assert "Try again in" not in str(refused.value)
    for _ in range(2):
        with pytest.raises(FieldError) as refused:
            sign_in(auth, "thandi")
        assert "1 second" in str(refused.value)
    clock.forward(seconds=1)
    assert sign_in(auth, "thandi").user_id == thandi.user_id


def payload(claims: Claims, **changes: object) -> str:
    """A token of that content, whose signature nobody looks at any more."""
    said = {
        "sub": str(claims.user_id), "userId": claims.user_id, "userUuid": claims.user_uuid, "email": claims.email, "name": claims.name,
        "role": claims.role, "jti": claims.session_id, "iat": int(claims.issued_at.timestamp()),
        "exp": int(claims.expires_at.timestamp()),
    }  # fmt: skip
    return f"x.{urlsafe_b64encode(json.dumps({**said, **changes}).encode()).decode().rstrip('=')}.x"


@pytest.mark.parametrize(
    "changes",
    [{"exp": number} for number in (10**11, 10**15, 10**20, 10**30, -(10**20), 1.5, True, "1", None)]
    + [{"iat": number} for number in (10**15, 10**30, -(10**30), None)]
    + [{"sub": "9"}, {"userId": "1"}, {"userId": True}, {"role": "owner"}, {"jti": 5}, {"name": None}, {"email": 5}],
    ids=str,
)
def test_what_is_kept_is_read_with_the_same_care(auth: Auth, thandi: Claims, changes: dict[str, object]) -> None:
    assert tokens.read_verified(payload(thandi), auth.now()) == thandi
    if changes == {"exp": 10**11}:
        assert tokens.read_verified(payload(thandi, **changes), auth.now()).expires_at.year == 5138
        return
    with pytest.raises(SessionError):
        tokens.read_verified(payload(thandi, **changes), auth.now())


@pytest.mark.parametrize("token", ["x.x", "x.é.x", "x.W10.x", "x.NQ.x", "x.e30.x", "x./w.x", "x.eyJ.x"])
def test_what_is_kept_and_is_no_token_is_no_session(auth: Auth, token: str) -> None:
    with pytest.raises(SessionError):
        tokens.read_verified(token, auth.now())


def test_a_token_is_good_until_just_before_its_end_and_from_a_minute_before_its_beginning(
    auth: Auth, thandi: Claims
) -> None:
    second = timedelta(seconds=1)
    for now, good in (
        (thandi.issued_at - tokens.CLOCK_SKEW, True),
        (thandi.issued_at - tokens.CLOCK_SKEW - second, False),
        (thandi.issued_at + SESSION_LENGTH - second, True),
        (thandi.issued_at + SESSION_LENGTH, False),
    ):
        if good:
            assert tokens.read_verified(payload(thandi), now) == thandi
        else:
            with pytest.raises(SessionError):
                tokens.read_verified(payload(thandi), now)


def test_a_kept_token_of_the_greatest_length_is_read_and_a_longer_one_is_not(auth: Auth) -> None:
    for length in (tokens.MAX_LENGTH, tokens.MAX_LENGTH + 1):
        token = f"{'x' * (length - 4)}.y.z"
        auth.paths.session.write_text(token)
        kept = session_file.load(auth.paths)
        assert (kept.token if kept else None) == (token if length == tokens.MAX_LENGTH else None)
        auth.paths.session.write_text(f"{token}\n{'a' * 64}")
        kept = session_file.load(auth.paths)
        assert (kept is not None) == (length == tokens.MAX_LENGTH)
        assert kept is None or not kept.is_verified


@pytest.mark.parametrize(("length", "taken"), [(7, False), (8, True), (1024, True), (1025, False)])
def test_a_new_password_has_its_length(length: int, taken: bool) -> None:
    def check() -> None:
        passwords.check_new(
            "wXq9" * 256 + "z" if length > 1024 else ("wXq9" * 256)[:length], field="f", name="", email=""
        )

    if taken:
        check()
    else:
        with pytest.raises(FieldError):
            check()


@pytest.mark.parametrize(
    "password", ["Thandi Nkosi", "thandi nkosi", "THANDI@EXAMPLE.ORG", "thandi99", "thirteen geese of thandi"]
)
def test_a_new_password_is_not_one_s_own_name_or_address(password: str) -> None:
    def check() -> None:
        passwords.check_new(
            password,
            field="new",
            name="Thandi Nkosi",
            email="thandi99@example.org" if password == "thandi99" else "thandi@example.org",
        )

    if password.startswith("thirteen"):
        check()
    else:
        with pytest.raises(FieldError) as refused:
            check()
        assert refused.value.field == "new"


def test_names_and_addresses_have_their_length() -> None:
    assert fields.checked_name("x" * fields.MAX_NAME_LENGTH) == "x" * 300
    longest = "x" * (fields.MAX_EMAIL_LENGTH - 12) + "@example.org"
    assert fields.checked_email(longest) == longest
    for refused in (
        lambda: fields.checked_name("x" * 301),
        lambda: fields.checked_email(f"x{longest}"),
        lambda: fields.known_email_key(f"x{longest}"),
        lambda: fields.checked_email("ﷺ" * 20 + "@example.org"),  # eighteen characters each, once it is normal
    ):
        with pytest.raises(FieldError):
            refused()
    assert fields.known_email_key(longest) == longest
